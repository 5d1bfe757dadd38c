package demo_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"csdn.example/directory/infra/local/enginetest"
	"csdn.example/directory/infra/seed/demo"
	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/dynamo"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

var noon = time.Date(2026, 3, 14, 12, 0, 0, 0, time.UTC)

// sameTimes compares times of csdn, whose insides are its own.
var sameTimes = cmp.Comparer(func(a, b csdn.LocalTime) bool { return a == b })

func TestWriteStoresTheNetworkOnce(t *testing.T) {
	engine := enginetest.Start(t)
	directory := dynamo.Directory{Client: engine.Client, Table: "DirectoryTable"}
	people := dynamo.People{Client: engine.Client, Table: "PeopleTable"}
	participation := dynamo.Participation{
		Client: engine.Client, Table: "ParticipationTable", DirectoryTable: "DirectoryTable", OutboxTable: "OutboxTable",
	}
	stores := demo.Stores{
		Areas: directory, Phases: directory, Organisations: directory, People: people, Accounts: people,
		Meetings: directory, Invitations: participation,
	}
	if err := demo.Write(t.Context(), stores, noon); err != nil {
		t.Fatal(err)
	}
	want, err := demo.At(noon)
	if err != nil {
		t.Fatal(err)
	}
	compare(t, want, stored(t, stores, want))
	if n := len(items(t, engine.Client, "OutboxTable")); n != 0 {
		t.Errorf("%d deliveries are waiting, want none", n)
	}
	trail, err := directory.OrganisationChanges(t.Context(), demo.Passerelles, csdn.PageRequest{Limit: 10})
	if err != nil || len(trail.Items) != 1 || trail.Items[0].By != demo.Secretariat || trail.Items[0].Version != 1 {
		t.Errorf("the trail of an organisation is %+v, %v; want one entry of version 1 by the secretariat", trail.Items, err)
	}

	before := contents(t, engine)
	err = demo.Write(t.Context(), stores, noon.Add(time.Hour))
	if !errors.Is(err, csdn.Conflict) || !strings.Contains(err.Error(), "empty tables") {
		t.Errorf("writing again: %v, want a Conflict that names empty tables", err)
	}
	if diff := cmp.Diff(before, contents(t, engine)); diff != "" {
		t.Errorf("writing again changed the tables:\n%s", diff)
	}
}

// stored reads every record of the network back.
func stored(t *testing.T, s demo.Stores, n demo.Network) demo.Network {
	t.Helper()
	ctx := t.Context()
	var got demo.Network
	var errs []error
	keep := func(err error) { errs = append(errs, err) }
	var err error
	got.Areas, err = s.Areas.Areas(ctx)
	keep(err)
	got.Phases, err = s.Phases.Phases(ctx)
	keep(err)
	for _, o := range n.Organisations {
		one, err := s.Organisations.Organisation(ctx, o.ID)
		got.Organisations = append(got.Organisations, one)
		keep(err)
	}
	for _, p := range n.People {
		one, err := s.People.Person(ctx, p.ID)
		got.People = append(got.People, one)
		keep(err)
	}
	for _, a := range n.Accounts {
		one, err := s.Accounts.AccountByEmail(ctx, a.Email)
		got.Accounts = append(got.Accounts, one)
		keep(err)
	}
	for _, m := range n.Meetings {
		one, err := s.Meetings.Meeting(ctx, m.ID)
		got.Meetings = append(got.Meetings, one)
		keep(err)
		seating, err := s.Invitations.Seating(ctx, m.ID)
		keep(err)
		invitations, err := s.Invitations.Invitations(ctx, m.ID)
		keep(err)
		if len(invitations) > 0 {
			got.Attendance = append(got.Attendance, demo.Attendance{Meeting: one, Invitations: invitations, Seating: seating})
		}
	}
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	return got
}

// compare ignores the order of areas and invitations, which stores have in that of their keys.
func compare(t *testing.T, want, got demo.Network) {
	t.Helper()
	anyOrder := cmp.Options{
		cmpopts.SortSlices(func(a, b csdn.Area) bool { return a.Slug < b.Slug }),
		cmpopts.SortSlices(func(a, b csdn.Invitation) bool { return a.Person < b.Person }),
	}
	if diff := cmp.Diff(want, got, anyOrder, sameTimes, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("stored records (-want +got):\n%s", diff)
	}
}

// contents returns the keys and versions of every item of every table.
func contents(t *testing.T, engine enginetest.Store) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	for _, table := range engine.Tables {
		all[table.Name] = items(t, engine.Client, table.Name)
	}
	return all
}

func items(t *testing.T, client *dynamodb.Client, table string) []string {
	t.Helper()
	var all []string
	pages := dynamodb.NewScanPaginator(client, &dynamodb.ScanInput{TableName: aws.String(table), ConsistentRead: aws.Bool(true)})
	for pages.HasMorePages() {
		page, err := pages.NextPage(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, item := range page.Items {
			all = append(all, text(item["pk"])+" "+text(item["sk"])+" "+text(item["version"])+" "+text(item["updatedAt"]))
		}
	}
	slices.Sort(all)
	return all
}

func text(value types.AttributeValue) string {
	switch v := value.(type) {
	case *types.AttributeValueMemberS:
		return v.Value
	case *types.AttributeValueMemberN:
		return v.Value
	}
	return ""
}
