package directory_test

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"csdn.example/directory/infra/local/enginetest"
	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
	"csdn.example/directory/shared/document/intake"
	"csdn.example/directory/shared/dynamo"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// noon is where every test's clock starts. The meeting of fixtures begins three weeks later.
var noon = time.Date(2027, 1, 10, 12, 0, 0, 0, time.UTC)

// house is the whole floor over the four tables of the template, empty, on the real engine.
type house struct {
	client        *dynamodb.Client
	network       dynamo.Directory
	persons       dynamo.People
	participation dynamo.Participation
	outbox        dynamo.Outbox
	clock         *clock
	clerk         directory.Clerk

	areas         directory.Areas
	claims        directory.Claims
	phases        directory.Phases
	organisations directory.Organisations
	people        directory.People
	meetings      directory.Meetings
	types         directory.MeetingTypes
	invitations   directory.Invitations
	identity      directory.Identity
	closings      directory.Closings
	reports       directory.Reports
	trails        directory.Trail
	accounts      directory.Accounts
	tokens        directory.Tokens
	store         dynamo.Rights
	rights        directory.Rights
	retention     directory.Retention
	shortlists    directory.Shortlists
	renewalStore  dynamo.Renewals
	renewals      directory.Renewals
	renewalLinks  directory.RenewalLinks
	imports       directory.Imports
	duplicates    directory.Duplicates
	mergers       directory.Mergers

	summaries       directory.Summaries
	recommendations directory.Recommendations
	log             *bytes.Buffer
}

// clock shows the time that a test sets.
type clock struct {
	lock sync.Mutex
	time time.Time
}

func (c *clock) now() time.Time {
	c.lock.Lock()
	defer c.lock.Unlock()
	return c.time
}

func (c *clock) pass(d time.Duration) {
	c.lock.Lock()
	defer c.lock.Unlock()
	c.time = c.time.Add(d)
}

func open(t *testing.T) *house {
	t.Helper()
	client := enginetest.Start(t).Client
	var made atomic.Int64
	watch := &clock{time: noon}
	h := &house{
		client:  client,
		network: dynamo.Directory{Client: client, Table: "DirectoryTable"},
		persons: dynamo.People{Client: client, Table: "PeopleTable"},
		participation: dynamo.Participation{
			Client: client, Table: "ParticipationTable", DirectoryTable: "DirectoryTable", OutboxTable: "OutboxTable",
		},
		outbox: dynamo.Outbox{Client: client, Table: "OutboxTable"},
		clock:  watch,
		clerk:  directory.Clerk{Now: watch.now, NewID: func() string { return ulid(watch.now(), int(made.Add(1))) }},
	}
	vocabularies := &directory.Vocabularies{Areas: h.network, Now: watch.now}
	h.areas = directory.Areas{Clerk: h.clerk, Store: h.network}
	h.claims = directory.Claims{
		Clerk: h.clerk, Areas: h.network, Organisations: h.network, People: h.persons, Meetings: h.network, Phases: h.network,
		Claimed: map[csdn.Subject]csdn.Feed{csdn.Organisations: h.network, csdn.People: h.persons},
	}
	h.phases = directory.Phases{Clerk: h.clerk, Store: h.network}
	h.organisations = directory.Organisations{Clerk: h.clerk, Store: h.network, Areas: vocabularies, Finder: h.finder(csdn.Organisations, h.network)}
	h.people = directory.People{
		Clerk: h.clerk, Store: h.persons, Organisations: h.network, Areas: vocabularies,
		Finder: h.finder(csdn.People, h.persons), Members: h.finder(csdn.Organisations, h.network),
	}
	h.meetings = directory.Meetings{Clerk: h.clerk, Store: h.network, Notes: h.network, Phases: h.network, Areas: vocabularies, Types: h.network}
	h.types = directory.MeetingTypes{Clerk: h.clerk, Store: h.network, Meetings: h.network, Phases: h.network}
	h.invitations = directory.Invitations{
		Clerk: h.clerk, Store: h.participation, Meetings: h.network, People: h.persons, Phases: h.network, Areas: vocabularies, Pause: func(int) {},
	}
	h.store = dynamo.Rights{
		Client: client, DirectoryTable: "DirectoryTable", PeopleTable: "PeopleTable",
		ParticipationTable: "ParticipationTable", OutboxTable: "OutboxTable",
	}
	h.rights = directory.Rights{
		Clerk: h.clerk, Store: h.store, Dossiers: h.store, People: h.persons, Accounts: h.persons, Tokens: h.persons,
		Phases: h.network, Invitations: h.invitations,
	}
	h.retention = directory.Retention{Clerk: h.clerk, Store: h.store, Phases: h.network, Meetings: h.network}
	h.closings = directory.Closings{Invitations: h.invitations, Closing: h.participation}
	h.reports = directory.Reports{Phases: h.network, Closed: h.network, Summaries: h.network, Areas: h.network, Types: h.network}
	h.log = &bytes.Buffer{}
	merged := dynamo.Mergers{
		Client: client, DirectoryTable: "DirectoryTable", PeopleTable: "PeopleTable", ParticipationTable: "ParticipationTable", OutboxTable: "OutboxTable",
	}
	h.summaries = directory.Summaries{
		Invitations: h.invitations, Organisations: h.network, Mergers: merged, Drafts: h.participation, Published: h.network,
		Log: slog.New(slog.NewTextHandler(h.log, nil)),
	}
	h.recommendations = directory.Recommendations{Clerk: h.clerk, Meetings: h.network, Published: h.network}
	h.trails = directory.Trail{Stores: []csdn.TrailStore{h.network, h.persons, h.participation}, Invitations: h.invitations}
	h.shortlists = directory.Shortlists{
		Invitations: h.participation, Meetings: h.network, People: h.persons, Areas: vocabularies, Now: watch.now,
		Finder:    h.finder(csdn.People, h.persons),
		Rotations: &directory.Rotations{Store: h.participation, Now: watch.now},
	}
	h.renewalStore = dynamo.Renewals{Client: client, DirectoryTable: "DirectoryTable", OutboxTable: "OutboxTable"}
	h.renewals = directory.Renewals{
		Clerk: h.clerk, Store: h.renewalStore, Organisations: h.network, People: h.persons, Accounts: h.persons,
		Finder: h.finder(csdn.People, h.persons), Zone: "Europe/Brussels",
	}
	h.renewalLinks = directory.RenewalLinks{Store: h.renewalStore, Organisations: h.organisations, People: h.people}
	h.imports = directory.Imports{
		Clerk: h.clerk, Store: h.persons, Read: intake.Read, Organisations: h.organisations, People: h.people,
		Feeds: map[csdn.Subject]csdn.Feed{csdn.Organisations: h.network, csdn.People: h.persons}, Patience: time.Minute,
	}
	h.duplicates = directory.Duplicates{
		Organisations: h.network, People: h.persons, Feeds: map[csdn.Subject]csdn.Feed{csdn.Organisations: h.network, csdn.People: h.persons},
	}
	h.mergers = directory.Mergers{
		Clerk: h.clerk, Store: merged, Places: merged,
		Organisations: h.network, Areas: h.network, People: h.persons, Accounts: h.persons, Invitations: h.participation, Meetings: h.network,
		Phases: h.network, Rotation: h.participation, Rolls: h.participation, Feed: h.persons,
	}
	h.identity = directory.Identity{Clerk: h.clerk, Accounts: h.persons, Tokens: h.persons, Unmarked: func(err error) { t.Error(err) }}
	h.accounts = directory.Accounts{Clerk: h.clerk, Store: h.persons, Tokens: h.persons, Organisations: h.network}
	h.tokens = directory.Tokens{Clerk: h.clerk, Store: h.persons, NewSecret: func() [20]byte { return [20]byte{0: 1, 19: byte(made.Add(1))} }}
	return h
}

func (h *house) finder(subject csdn.Subject, feed csdn.Feed) *directory.Finder {
	return &directory.Finder{Subject: subject, Feed: feed, Now: h.clock.now}
}

var tables = []string{"DirectoryTable", "PeopleTable", "ParticipationTable", "OutboxTable"}

// items calls f with every item of the tables.
func (h *house) items(t *testing.T, f func(table, pk, sk string, item map[string]types.AttributeValue)) {
	t.Helper()
	for _, table := range tables {
		pages := dynamodb.NewScanPaginator(h.client, &dynamodb.ScanInput{TableName: &table})
		for pages.HasMorePages() {
			page, err := pages.NextPage(t.Context())
			must(t, err)
			for _, item := range page.Items {
				f(table, textOf(item["pk"]), textOf(item["sk"]), item)
			}
		}
	}
}

// stored returns everything that the four tables hold, as text.
func (h *house) stored(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	h.items(t, func(table, pk, sk string, item map[string]types.AttributeValue) {
		all[table+" "+pk+" "+sk] = written(&types.AttributeValueMemberM{Value: item})
	})
	return all
}

// written returns an attribute as text, maps in the order of names.
func written(value types.AttributeValue) string {
	switch v := value.(type) {
	case *types.AttributeValueMemberM:
		var names []string
		for name := range v.Value {
			names = append(names, name)
		}
		slices.Sort(names)
		text := "{"
		for _, name := range names {
			text += name + ":" + written(v.Value[name]) + " "
		}
		return text + "}"
	case *types.AttributeValueMemberL:
		text := "["
		for _, one := range v.Value {
			text += written(one) + " "
		}
		return text + "]"
	}
	return fmt.Sprint(reflect.ValueOf(value).Elem().FieldByName("Value"))
}

func textOf(value types.AttributeValue) string {
	s, ok := value.(*types.AttributeValueMemberS)
	if !ok {
		return ""
	}
	return s.Value
}

// refuses does the act, which must fail with the kind and leave every table as it was.
func (h *house) refuses(t *testing.T, kind csdn.Kind, act func() error) {
	t.Helper()
	before := h.stored(t)
	refused(t, kind, act())
	same(t, before, h.stored(t))
}

// silent does the act, which must succeed and leave every table as it was.
func (h *house) silent(t *testing.T, act func() error) {
	t.Helper()
	before := h.stored(t)
	must(t, act())
	same(t, before, h.stored(t))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// refused checks that the first error of the domain in the chain is of the kind; that there is no error for the kind "".
func refused(t *testing.T, kind csdn.Kind, err error) {
	t.Helper()
	if csdn.KindOf(err) != kind || kind == "" && err != nil {
		t.Errorf("the error is %v, want %s", err, kind)
	}
}

// asError finds the first error of the domain in the chain.
func asError(err error, found **csdn.Error) bool { return errors.As(err, found) }

// locations are where an error says that rules are broken.
func locations(err error) []string {
	var broken *csdn.Error
	if !asError(err, &broken) {
		return nil
	}
	var list []string
	for _, f := range broken.Fields {
		list = append(list, f.Location)
	}
	return list
}

// same compares values; nil and empty lists are one.
func same(t *testing.T, want, got any) {
	t.Helper()
	local := cmp.Comparer(func(a, b csdn.LocalTime) bool { return a == b })
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty(), local); diff != "" {
		t.Errorf("differs (-want +got):\n%s", diff)
	}
}

// id returns the ULID that is the number.
func id[T ~string](n int) T { return T(fmt.Sprintf("01J%023d", n)) }

// ulid returns the ULID of a time that is the number.
func ulid(at time.Time, n int) string { return csdn.FirstID(at)[:10] + fmt.Sprintf("%016d", n) }

// first is the first page of a list.
var first = csdn.PageRequest{Limit: 100}
