package site

import (
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"csdn.example/directory/infra/local/enginetest"
	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
	"csdn.example/directory/shared/dynamo"

	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"golang.org/x/net/html"
)

// The links of the two invitees, and the address by which people meet online.
const (
	careful = "CAREFUL-TOKEN"
	second  = "SECOND-TOKEN"
	meet    = "https://meet.example/1"
)

// house is the pages over real stores: an open hybrid meeting with one seat in the room, to which two people are invited.
type house struct {
	http.Handler
	client  *dynamodb.Client
	pages   Pages
	people  dynamo.People
	network dynamo.Directory
	issuer  *issuer
	now     time.Time
	numbers int
}

var secretariat = csdn.Caller{Account: "01J00000000000000000000900", Role: csdn.SecretariatRole}

func open(t *testing.T) *house {
	t.Helper()
	h := &house{client: enginetest.Start(t).Client, now: time.Date(2027, 1, 11, 9, 30, 0, 0, time.UTC)}
	store := dynamo.Directory{Client: h.client, Table: "DirectoryTable"}
	people := dynamo.People{Client: h.client, Table: "PeopleTable"}
	participation := dynamo.Participation{
		Client: h.client, Table: "ParticipationTable", DirectoryTable: "DirectoryTable", OutboxTable: "OutboxTable",
	}
	h.people, h.network, h.issuer = people, store, &issuer{}
	clerk := directory.Clerk{Now: func() time.Time { return h.now }, NewID: h.newID}
	now := func() time.Time { return h.now }
	areas := &directory.Vocabularies{Areas: store, Now: now}
	organisations := &directory.Finder{Subject: csdn.Organisations, Feed: store, Now: now}
	rights := dynamo.Rights{Client: h.client, DirectoryTable: "DirectoryTable", PeopleTable: "PeopleTable", ParticipationTable: "ParticipationTable", OutboxTable: "OutboxTable"}
	invitations := directory.Invitations{Clerk: clerk, Store: participation, Meetings: store, Phases: store, Areas: areas, People: people, Pause: func(int) {}}
	persons := &directory.Finder{Subject: csdn.People, Feed: people, Now: now}
	h.pages = Pages{
		SignIn:        h.issuer,
		Sessions:      directory.Sessions{Identity: directory.Identity{Clerk: clerk, Accounts: people}, Store: people, NewToken: rand.Text},
		Areas:         directory.Areas{Clerk: clerk, Store: store},
		Organisations: directory.Organisations{Clerk: clerk, Store: store, Areas: areas, Finder: organisations},
		People: directory.People{
			Clerk: clerk, Store: people, Organisations: store, Areas: areas, Members: organisations,
			Finder: persons,
		},
		Phases:   directory.Phases{Clerk: clerk, Store: store},
		Reports:  directory.Reports{Phases: store, Closed: store, Summaries: store, Areas: store, Types: store},
		Meetings: directory.Meetings{Clerk: clerk, Store: store, Notes: store, Phases: store, Areas: areas, Types: store},
		Types:    directory.MeetingTypes{Clerk: clerk, Store: store, Meetings: store, Phases: store},
		Duplicates: directory.Duplicates{
			Organisations: store, People: people, Feeds: map[csdn.Subject]csdn.Feed{csdn.Organisations: store, csdn.People: people},
		},
		Invitations: invitations,
		Closings:    directory.Closings{Invitations: invitations, Closing: participation},
		Summaries: directory.Summaries{
			Invitations: invitations, Organisations: store, Mergers: dynamo.Mergers{Client: h.client, DirectoryTable: "DirectoryTable"}, Drafts: participation, Published: store, Log: slog.New(slog.DiscardHandler),
		},
		Recommendations: directory.Recommendations{Clerk: clerk, Meetings: store, Published: store},
		Shortlists: directory.Shortlists{
			Invitations: participation, Meetings: store, People: people, Areas: areas, Now: now,
			Finder: persons, Rotations: &directory.Rotations{Store: participation, Now: now},
		},
		Accounts: directory.Accounts{Clerk: clerk, Store: people, Tokens: people, Organisations: store},
		Tokens:   directory.Tokens{Clerk: clerk, Store: people, NewSecret: func() [20]byte { return [20]byte{byte(h.numbers)} }},
		Rights:   directory.Rights{Clerk: clerk, Store: rights, Dossiers: rights, People: people, Accounts: people},
		Ready:    store.Ready,
	}
	h.pages.Renewals = directory.RenewalLinks{
		Store:         dynamo.Renewals{Client: h.client, DirectoryTable: "DirectoryTable", OutboxTable: "OutboxTable"},
		Organisations: h.pages.Organisations, People: h.pages.People,
	}
	h.Handler = New(slog.New(slog.DiscardHandler), h.pages)

	m := sahel(t)
	must(t, store.PutMeeting(t.Context(), csdn.Meeting{}, m, csdn.Change{ID: csdn.ChangeID(h.newID()), At: h.now, Version: 1}))
	var invited []csdn.PersonID
	for _, p := range []csdn.Person{aminata(), jonas()} {
		must(t, people.PutPerson(t.Context(), csdn.Person{}, p, csdn.Change{ID: csdn.ChangeID(h.newID()), At: h.now, Version: 1}))
		invited = append(invited, p.ID)
	}
	_, err := h.pages.Invitations.Draft(t.Context(), secretariat, m.ID, invited, "", csdn.InPerson)
	must(t, err)
	_, err = h.pages.Invitations.Send(t.Context(), secretariat, m.ID, nil)
	must(t, err)
	for n, token := range []string{careful, second} {
		must(t, participation.PutLink(t.Context(), csdn.Link{Hash: directory.HashToken(token), Meeting: m.ID, Person: invited[n], Round: 1}))
	}
	return h
}

// account stores an account of the role, with the address of the name at eplo.example.
func (h *house) account(t *testing.T, name string, role csdn.Role, organisation ...csdn.OrganisationID) csdn.Account {
	t.Helper()
	a := csdn.Account{ID: csdn.AccountID(h.newID()), Email: name + "@eplo.example", Role: role, CreatedAt: h.now, UpdatedAt: h.now, Version: 1}
	for _, o := range organisation {
		a.Organisation = o
	}
	must(t, h.people.PutAccount(t.Context(), csdn.Account{}, a, csdn.Change{ID: csdn.ChangeID(h.newID()), At: h.now, Version: 1}))
	return a
}

func (h *house) newID() string {
	h.numbers++
	return csdn.FirstID(h.now)[:10] + fmt.Sprintf("%016d", h.numbers)
}

func sahel(t *testing.T) csdn.Meeting {
	t.Helper()
	start, err := csdn.ParseLocalTime("2027-02-01T09:15")
	must(t, err)
	end, err := csdn.ParseLocalTime("2027-02-01T11:30")
	must(t, err)
	one := 1
	return csdn.Meeting{
		ID: "01J00000000000000000000801", Status: csdn.MeetingOpen, Version: 1,
		MeetingProfile: csdn.MeetingProfile{
			Phase: 4, Type: "policy-meeting", Title: "Mediation in the Sahel", Start: start, End: end, Zone: "Europe/Brussels",
			Mode: csdn.Hybrid, Venue: csdn.Venue{Name: "House of Dialogue", Address: "1 Rue de la Paix, Brussels"},
			OnlineURL: meet, Language: "en", Rule: csdn.ChathamHouse, Seats: csdn.Seats{InPerson: &one},
			ResponseDeadline: time.Date(2027, 1, 25, 17, 0, 0, 0, time.UTC), Planners: []csdn.AccountID{"01J00000000000000000000901"},
		},
	}
}

func aminata() csdn.Person {
	return csdn.Person{ID: "01J00000000000000000000701", Version: 1, PersonProfile: csdn.PersonProfile{
		Name: "Aminata Diallo", Email: "aminata@sdf.example", Organisation: "01J00000000000000000000601", Zone: "Africa/Bamako",
		PreferredLanguage: "fr-ML", Safety: csdn.Careful, Alias: "Expert du Sahel", Category: csdn.CivilSociety,
	}}
}

func jonas() csdn.Person {
	return csdn.Person{ID: "01J00000000000000000000702", Version: 1, PersonProfile: csdn.PersonProfile{
		Name: "Jonas Berg", Email: "jonas@berg.example", Organisation: "01J00000000000000000000602", Zone: "Europe/Brussels",
		PreferredLanguage: "en", Safety: csdn.Open, Category: csdn.CivilSociety,
	}}
}

// ask asks for a page. header lists names and values.
func ask(h http.Handler, method, target, form string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, strings.NewReader(form))
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for n := 0; n < len(header); n += 2 {
		r.Header.Set(header[n], header[n+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// answers posts the form of a link.
func (h *house) answers(token, answer, mode, note string) *httptest.ResponseRecorder {
	form := url.Values{"answer": {answer}, "mode": {mode}, "note": {note}}
	return ask(h, http.MethodPost, "/rsvp/"+token, form.Encode(), "Sec-Fetch-Site", "same-origin")
}

// taken posts the form of a link and returns the page that the browser is sent to.
func (h *house) taken(t *testing.T, token, answer, mode, note string) string {
	t.Helper()
	w := h.answers(token, answer, mode, note)
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/rsvp/"+token {
		t.Fatalf("the answer %s came to %d, Location %q: %s", answer, w.Code, w.Header().Get("Location"), text(t, w.Body.String()))
	}
	page := ask(h, http.MethodGet, w.Header().Get("Location"), "")
	if page.Code != http.StatusOK {
		t.Fatalf("the page after the answer %s is a %d", answer, page.Code)
	}
	return page.Body.String()
}

// stored returns every item of the four tables.
func (h *house) stored(t *testing.T) []map[string]any {
	t.Helper()
	var all []map[string]any
	for _, table := range []string{"DirectoryTable", "PeopleTable", "ParticipationTable", "OutboxTable"} {
		pages := dynamodb.NewScanPaginator(h.client, &dynamodb.ScanInput{TableName: &table})
		for pages.HasMorePages() {
			page, err := pages.NextPage(t.Context())
			must(t, err)
			var items []map[string]any
			must(t, attributevalue.UnmarshalListOfMaps(page.Items, &items))
			all = append(all, items...)
		}
	}
	slices.SortFunc(all, func(a, b map[string]any) int {
		return strings.Compare(fmt.Sprint(a["pk"], a["sk"]), fmt.Sprint(b["pk"], b["sk"]))
	})
	return all
}

// parsed returns the elements of a page in order.
func parsed(t *testing.T, page string) []*html.Node {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	must(t, err)
	var elements []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			elements = append(elements, n)
		}
	}
	return elements
}

// text returns what a page says, white space made one space.
func text(t *testing.T, page string) string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	must(t, err)
	var words []string
	for n := range root.Descendants() {
		if n.Type == html.TextNode {
			words = append(words, strings.Fields(n.Data)...)
		}
	}
	return strings.Join(words, " ")
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// says checks that a page says every one of the sentences.
func says(t *testing.T, page string, sentences ...string) {
	t.Helper()
	whole := text(t, page)
	for _, s := range sentences {
		if !strings.Contains(whole, strings.Join(strings.Fields(s), " ")) {
			t.Errorf("the page does not say %q:\n%s", s, whole)
		}
	}
}

// hides checks that a page holds none of the texts anywhere, markup included.
func hides(t *testing.T, page string, texts ...string) {
	t.Helper()
	for _, s := range texts {
		if strings.Contains(page, s) {
			t.Errorf("the page holds %q:\n%s", s, page)
		}
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
