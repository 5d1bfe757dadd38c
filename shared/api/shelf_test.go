package api

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
	"csdn.example/directory/shared/web"
)

// shelf is the ports of the directory over maps in memory. Versions and trails are the store's own tests' matter. When fault is
// set every port fails with it.
type shelf struct {
	csdn.InvitationStore // what is not defined here is not asked for
	csdn.TokenStore
	csdn.MergerStore
	fault         error
	areas         map[csdn.AreaSlug]csdn.Area
	merges        map[csdn.AreaSlug]csdn.Merge
	organisations map[csdn.OrganisationID]csdn.Organisation
	people        map[csdn.PersonID]csdn.Person
	phases        map[csdn.PhaseNumber]csdn.Phase
	types         map[csdn.MeetingType]csdn.ListedMeetingType
	meetings      map[csdn.MeetingID]csdn.Meeting
	invitations   map[csdn.PersonID]csdn.Invitation
	accounts      map[csdn.AccountID]csdn.Account
	keyrings      map[csdn.AccountID]csdn.Keyring
	links         map[csdn.LinkHash]csdn.Link
	receipts      map[csdn.ReceiptName]csdn.Receipt
	notes         []csdn.NoteVersion
	draft         csdn.Summary
	published     csdn.PublishedSummary
	writes        int
}

func newShelf() *shelf {
	return &shelf{
		areas: map[csdn.AreaSlug]csdn.Area{}, merges: map[csdn.AreaSlug]csdn.Merge{}, organisations: map[csdn.OrganisationID]csdn.Organisation{},
		people: map[csdn.PersonID]csdn.Person{}, phases: map[csdn.PhaseNumber]csdn.Phase{}, types: map[csdn.MeetingType]csdn.ListedMeetingType{},
		meetings: map[csdn.MeetingID]csdn.Meeting{}, invitations: map[csdn.PersonID]csdn.Invitation{},
		accounts: map[csdn.AccountID]csdn.Account{}, links: map[csdn.LinkHash]csdn.Link{},
		keyrings: map[csdn.AccountID]csdn.Keyring{},
		receipts: map[csdn.ReceiptName]csdn.Receipt{},
	}
}

func take[K comparable, V any](s *shelf, from map[K]V, key K) (V, error) {
	one, found := from[key]
	if s.fault == nil && !found {
		return one, csdn.Errorf(csdn.NotFound, "There is nothing here.")
	}
	return one, s.fault
}

func keep[K comparable, V any](s *shelf, in map[K]V, key K, value V) error {
	if s.fault == nil {
		in[key] = value
		s.writes++
	}
	return s.fault
}

func inOrder[K ~string | ~int, V any](s *shelf, from map[K]V) ([]V, error) {
	var list []V
	for _, key := range slices.Sorted(maps.Keys(from)) {
		list = append(list, from[key])
	}
	return list, s.fault
}

func (s *shelf) Receipt(_ context.Context, name csdn.ReceiptName, _ time.Time) (csdn.Receipt, error) {
	return take(s, s.receipts, name)
}

// Hold holds nothing: that writes and receipt are one is the store's own tests' matter.
func (s *shelf) Hold(ctx context.Context) (context.Context, func(context.Context, csdn.Receipt) error) {
	return ctx, func(_ context.Context, r csdn.Receipt) error {
		s.receipts[r.Name] = r
		return s.fault
	}
}

func (s *shelf) Areas(context.Context) ([]csdn.Area, error) { return inOrder(s, s.areas) }
func (s *shelf) Area(_ context.Context, slug csdn.AreaSlug) (csdn.Area, error) {
	return take(s, s.areas, slug)
}
func (s *shelf) PutArea(_ context.Context, a csdn.Area, _ csdn.Change) error {
	return keep(s, s.areas, a.Slug, a)
}
func (s *shelf) Merge(_ context.Context, slug csdn.AreaSlug) (csdn.Merge, error) {
	return take(s, s.merges, slug)
}
func (s *shelf) Merges(context.Context) ([]csdn.Merge, error) { return inOrder(s, s.merges) }
func (s *shelf) StartMerge(_ context.Context, a, _ csdn.Area, m csdn.Merge, _ csdn.Change) error {
	s.areas[a.Slug] = a
	return keep(s, s.merges, m.Area, m)
}
func (s *shelf) EndMerge(_ context.Context, m csdn.Merge) error { return keep(s, s.merges, m.Area, m) }
func (s *shelf) DeleteArea(_ context.Context, a csdn.Area, _ csdn.Change) error {
	delete(s.areas, a.Slug)
	return s.fault
}

func (s *shelf) Organisation(_ context.Context, id csdn.OrganisationID) (csdn.Organisation, error) {
	return take(s, s.organisations, id)
}
func (s *shelf) OrganisationsByID(_ context.Context, ids []csdn.OrganisationID) ([]csdn.Organisation, error) {
	var list []csdn.Organisation
	for _, id := range ids {
		list = append(list, s.organisations[id])
	}
	return list, s.fault
}
func (s *shelf) PutOrganisation(_ context.Context, o csdn.Organisation, _ csdn.Change) error {
	return keep(s, s.organisations, o.ID, o)
}
func (s *shelf) OrganisationChanges(context.Context, csdn.OrganisationID, csdn.PageRequest) (csdn.Page[csdn.Change], error) {
	return csdn.Page[csdn.Change]{}, s.fault
}

func (s *shelf) Person(_ context.Context, id csdn.PersonID) (csdn.Person, error) {
	return take(s, s.people, id)
}
func (s *shelf) MergedInto(context.Context, csdn.PersonID) (csdn.PersonID, csdn.Version, error) {
	return "", 0, csdn.Errorf(csdn.NotFound, "no merger")
}
func (s *shelf) FormerPeople(context.Context, csdn.PersonID) ([]csdn.Person, error) {
	return nil, s.fault
}
func (s *shelf) PeopleByID(_ context.Context, ids []csdn.PersonID) ([]csdn.Person, error) {
	var list []csdn.Person
	for _, id := range ids {
		list = append(list, s.people[id])
	}
	return list, s.fault
}
func (s *shelf) PutPerson(_ context.Context, _, p csdn.Person, _ csdn.Change) error {
	return keep(s, s.people, p.ID, p)
}

func (s *shelf) Phases(context.Context) ([]csdn.Phase, error) { return inOrder(s, s.phases) }
func (s *shelf) Phase(_ context.Context, number csdn.PhaseNumber) (csdn.Phase, error) {
	return take(s, s.phases, number)
}
func (s *shelf) PutPhase(_ context.Context, p csdn.Phase, _ csdn.Change) error {
	return keep(s, s.phases, p.Number, p)
}

func (s *shelf) MeetingTypes(context.Context) ([]csdn.ListedMeetingType, error) {
	list, err := inOrder(s, s.types)
	return csdn.ListMeetingTypes(list), err
}
func (s *shelf) PutMeetingType(_ context.Context, t csdn.ListedMeetingType, _ csdn.Change) error {
	return keep(s, s.types, t.Slug, t)
}

func (s *shelf) Meeting(_ context.Context, id csdn.MeetingID) (csdn.Meeting, error) {
	return take(s, s.meetings, id)
}
func (s *shelf) Meetings(_ context.Context, phase csdn.PhaseNumber) ([]csdn.Meeting, error) {
	list, err := inOrder(s, s.meetings)
	return slices.DeleteFunc(list, func(m csdn.Meeting) bool { return m.Phase != phase }), err
}
func (s *shelf) PutMeeting(_ context.Context, _, m csdn.Meeting, _ csdn.Change) error {
	return keep(s, s.meetings, m.ID, m)
}
func (s *shelf) DeleteMeeting(_ context.Context, m csdn.Meeting, _ csdn.Change) error {
	delete(s.meetings, m.ID)
	return s.fault
}

// compared says that titles differ, whatever they are.
func compared(before, after csdn.ConceptNote) []csdn.SectionDifference {
	return []csdn.SectionDifference{{Section: "title", Parts: []csdn.TextPart{
		{Change: csdn.DeletedText, Text: before.Meeting.Title}, {Change: csdn.InsertedText, Text: after.Meeting.Title},
	}}}
}

func (s *shelf) Summary(context.Context, csdn.MeetingID) (csdn.Summary, error) {
	if s.fault == nil && s.draft.Version == 0 {
		return s.draft, csdn.Errorf(csdn.NotFound, "There is nothing here.")
	}
	return s.draft, s.fault
}
func (s *shelf) PutSummary(_ context.Context, draft csdn.Summary, _ csdn.Change) error {
	s.draft = draft
	return s.fault
}
func (s *shelf) PublishSummary(_ context.Context, draft csdn.Summary, p csdn.PublishedSummary, _ csdn.Version, _ csdn.Change) error {
	s.draft, s.published = draft, p
	return s.fault
}
func (s *shelf) PublishedSummary(context.Context, csdn.MeetingID) (csdn.PublishedSummary, error) {
	if s.fault == nil && s.published.Version == 0 {
		return s.published, csdn.Errorf(csdn.NotFound, "There is nothing here.")
	}
	return s.published, s.fault
}
func (s *shelf) PutFeedback(_ context.Context, p csdn.PublishedSummary, _ csdn.Change) error {
	s.published = p
	return s.fault
}
func (s *shelf) Recommendations(context.Context, csdn.PhaseNumber) (csdn.RecommendationTally, error) {
	return s.published.Tally(), s.fault
}

func (s *shelf) NoteVersions(context.Context, csdn.MeetingID) ([]csdn.NoteVersion, error) {
	newestFirst := slices.Clone(s.notes)
	slices.Reverse(newestFirst)
	return newestFirst, s.fault
}
func (s *shelf) NoteVersion(_ context.Context, _ csdn.MeetingID, number int) (csdn.NoteVersion, error) {
	if s.fault == nil && number > len(s.notes) {
		return csdn.NoteVersion{}, csdn.Errorf(csdn.NotFound, "There is nothing here.")
	}
	if s.fault != nil {
		return csdn.NoteVersion{}, s.fault
	}
	return s.notes[number-1], nil
}
func (s *shelf) NewestNote(context.Context, csdn.MeetingID) (csdn.NoteVersion, error) {
	if len(s.notes) == 0 {
		return csdn.NoteVersion{}, s.fault
	}
	return s.notes[len(s.notes)-1], s.fault
}
func (s *shelf) PutNoteVersion(_ context.Context, v csdn.NoteVersion, _ csdn.Change) error {
	if s.fault == nil {
		s.notes = append(s.notes, v)
	}
	return s.fault
}

func (s *shelf) Invitation(_ context.Context, _ csdn.MeetingID, person csdn.PersonID) (csdn.Invitation, error) {
	return take(s, s.invitations, person)
}
func (s *shelf) Invitations(context.Context, csdn.MeetingID) ([]csdn.Invitation, error) {
	return inOrder(s, s.invitations)
}
func (s *shelf) InvitationsOfOrganisation(context.Context, csdn.OrganisationID, csdn.PhaseNumber, csdn.PageRequest) (csdn.Page[csdn.Invitation], error) {
	return csdn.Page[csdn.Invitation]{}, s.fault
}
func (s *shelf) Seating(context.Context, csdn.MeetingID) (csdn.Seating, error) {
	return csdn.Seating{}, s.fault
}
func (s *shelf) WriteInvitations(context.Context, csdn.InvitationWrite) error { return s.fault }
func (s *shelf) Link(_ context.Context, hash csdn.LinkHash) (csdn.Link, error) {
	return take(s, s.links, hash)
}

func (s *shelf) Account(_ context.Context, id csdn.AccountID) (csdn.Account, error) {
	return take(s, s.accounts, id)
}
func (s *shelf) AccountByEmail(context.Context, string) (csdn.Account, error) {
	return csdn.Account{}, csdn.Errorf(csdn.NotFound, "There is nothing here.")
}
func (s *shelf) AccountBySubject(context.Context, string) (csdn.Account, error) {
	return csdn.Account{}, csdn.Errorf(csdn.NotFound, "There is nothing here.")
}
func (s *shelf) PutAccount(_ context.Context, _, a csdn.Account, _ csdn.Change) error {
	return keep(s, s.accounts, a.ID, a)
}
func (s *shelf) Accounts(context.Context) ([]csdn.Account, error) { return inOrder(s, s.accounts) }
func (s *shelf) WriteAccount(_ context.Context, write csdn.AccountWrite) error {
	if write.After.ID == "" {
		delete(s.accounts, write.Before.ID)
		return s.fault
	}
	return keep(s, s.accounts, write.After.ID, write.After)
}
func (s *shelf) Keyring(_ context.Context, account csdn.AccountID) (csdn.Keyring, error) {
	return s.keyrings[account], s.fault
}
func (s *shelf) PutKeyring(_ context.Context, _, k csdn.Keyring, _ csdn.Change) error {
	return keep(s, s.keyrings, k.Account, k)
}

// News implements csdn.Feed: everything is news for ever.
func (s *shelf) News(ctx context.Context, subject csdn.Subject, _ time.Time) ([]csdn.News, error) {
	cards, err := s.Cards(ctx, subject)
	var news []csdn.News
	for _, card := range cards {
		news = append(news, csdn.News{Change: csdn.ChangeID(fmt.Sprint(card.ID, card.Version)), ID: card.ID})
	}
	return news, err
}

// CardsByID implements csdn.Feed.
func (s *shelf) CardsByID(ctx context.Context, subject csdn.Subject, ids []string) ([]csdn.Card, error) {
	cards, err := s.Cards(ctx, subject)
	return slices.DeleteFunc(cards, func(card csdn.Card) bool { return !slices.Contains(ids, card.ID) }), err
}

// Cards implements csdn.Feed.
func (s *shelf) Cards(_ context.Context, subject csdn.Subject) ([]csdn.Card, error) {
	var cards []csdn.Card
	for _, o := range s.organisations {
		if subject == csdn.Organisations {
			cards = append(cards, o.Card())
		}
	}
	for _, p := range s.people {
		if subject == csdn.People {
			cards = append(cards, p.Card())
		}
	}
	return cards, s.fault
}

// Guests implements csdn.RotationStore.
func (s *shelf) Mergers(context.Context) ([]csdn.Merger, error) { return nil, s.fault }

func (s *shelf) Guests(context.Context) ([]csdn.Guest, error) { return nil, s.fault }

// Entry implements csdn.Calendars.
func (s *shelf) Entry(csdn.Letter) ([]byte, error) { return []byte("BEGIN:VCALENDAR\r\n"), s.fault }

const aULID = "01HZX3V4K8M2N6P9Q1R5S7T0WA"

func aTime() time.Time { return time.Date(2027, 1, 15, 8, 15, 0, 0, time.UTC) }

// face is the whole API over a shelf, behind the guard that it has in every function.
type face struct {
	*shelf
	handler http.Handler
	api     *API
	log     *bytes.Buffer
}

func newFace(s *shelf) face {
	clerk := directory.Clerk{Now: aTime, NewID: func() string { return aULID }}
	areas := &directory.Vocabularies{Areas: s, Now: aTime}
	organisations := &directory.Finder{Subject: csdn.Organisations, Feed: s, Now: aTime}
	people := &directory.Finder{Subject: csdn.People, Feed: s, Now: aTime}
	network := directory.Organisations{Clerk: clerk, Store: s, Areas: areas, Finder: organisations}
	persons := directory.People{Clerk: clerk, Store: s, Organisations: s, Areas: areas, Finder: people, Members: organisations}
	log := &bytes.Buffer{}
	logger := slog.New(slog.NewTextHandler(log, nil))
	invitations := directory.Invitations{Clerk: clerk, Store: s, Meetings: s, People: s, Phases: s, Areas: areas, Pause: func(int) {}}
	a := New(logger,
		Organisations{network},
		OrganisationExports{network, organisationForms(), aTime},
		People{persons, extracted("vCard")},
		PersonExports{persons, personForms(), aTime},
		Areas{Directory: directory.Areas{Clerk: clerk, Store: s}, Turtle: linkedData("Turtle"), JSONLD: linkedData("JSON-LD")},
		Claims{directory.Claims{
			Clerk: clerk, Areas: s, Organisations: s, People: s, Meetings: s, Phases: s,
			Claimed: map[csdn.Subject]csdn.Feed{csdn.Organisations: s, csdn.People: s},
		}},
		Phases{directory.Phases{Clerk: clerk, Store: s}},
		Reports{
			Directory: directory.Reports{Phases: s, Closed: s, Summaries: s, Areas: s, Types: s},
			Forms:     ReportForms{HTML: s.reported("HTML of "), CSV: s.reported("CSV of "), XLSX: s.reported("XLSX of "), Style: "sha256-report"},
		},
		Meetings{
			Directory:    directory.Meetings{Clerk: clerk, Store: s, Notes: s, Phases: s, Areas: areas, Types: s},
			ConceptNotes: ConceptNotes{HTML: s.written("HTML of "), PDF: s.written("PDF of "), DOCX: s.written("DOCX of "), Style: "sha256-style", Differences: compared},
			Calendar:     func(m csdn.Meeting) ([]byte, error) { return []byte("entry of " + m.Title + m.OnlineURL), s.fault },
		},
		MeetingTypes{directory.MeetingTypes{Clerk: clerk, Store: s, Meetings: s, Phases: s}},
		Invitations{Directory: invitations, Calendars: s, PageURL: "https://directory.example"},
		Recommendations{directory.Recommendations{Clerk: clerk, Meetings: s, Published: s}},
		Summaries{directory.Summaries{Invitations: invitations, Organisations: s, Mergers: s, Drafts: s, Published: s, Log: logger}},
		Shortlists{directory.Shortlists{
			Invitations: s, Meetings: s, People: s, Areas: areas, Now: aTime,
			Finder: people, Rotations: &directory.Rotations{Store: s, Now: aTime},
		}},
		Accounts{
			Me:        directory.Identity{Clerk: clerk, Accounts: s},
			Directory: directory.Accounts{Clerk: clerk, Store: s, Tokens: s, Organisations: s},
		},
		Tokens{directory.Tokens{Clerk: clerk, Store: s, NewSecret: func() [20]byte { return [20]byte{7} }}},
		importing(s, clerk, areas, time.Minute),
		Duplicates{directory.Duplicates{Organisations: s, People: s, Feeds: map[csdn.Subject]csdn.Feed{csdn.Organisations: s, csdn.People: s}}},
		Receipts{Store: s, Now: aTime, Pause: func(int) {}},
	)
	return face{s, web.Guard(a, logger, aTime, func(*http.Request) string { return "REQUEST-1" }), a, log}
}

// linkedData writes areas as their number, and the one that is asked for.
func linkedData(format string) func([]csdn.Area, csdn.AreaSlug) ([]byte, error) {
	return func(areas []csdn.Area, only csdn.AreaSlug) ([]byte, error) {
		return fmt.Appendf(nil, "%s of %d areas %s", format, len(areas), only), nil
	}
}

// secretariat may do everything.
var secretariat = csdn.Caller{Account: "ACCOUNT-1", Role: csdn.SecretariatRole}

// do answers the request; headers are pairs of name and value.
func (f face) do(t *testing.T, caller csdn.Caller, method, target string, body io.Reader, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(web.WithCaller(t.Context(), caller), method, target, body)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	answer := httptest.NewRecorder()
	f.handler.ServeHTTP(answer, r)
	return answer
}

// problemIn returns the problem that the answer is, which must be of the status.
func problemIn(t *testing.T, answer *httptest.ResponseRecorder, status int) web.Problem {
	t.Helper()
	var p web.Problem
	if err := json.Unmarshal(answer.Body.Bytes(), &p); err != nil {
		t.Fatalf("%d: no problem document: %v: %.300s", answer.Code, err, answer.Body)
	}
	if answer.Code != status || p.Status != status || answer.Header().Get("Content-Type") != web.ProblemType {
		t.Fatalf("%d %s, want the problem %d: %.600s", answer.Code, answer.Header().Get("Content-Type"), status, answer.Body)
	}
	return p
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// written returns a writer of concept notes that says of which meeting it writes.
func (s *shelf) written(kind string) func(csdn.Meeting, csdn.Phase) ([]byte, error) {
	return func(m csdn.Meeting, _ csdn.Phase) ([]byte, error) { return []byte(kind + m.Title), s.fault }
}

// reported returns a writer of reports that says of which phase it writes, and what an area and a type are called.
func (s *shelf) reported(kind string) func(csdn.Report, csdn.ReportNames) ([]byte, error) {
	return func(r csdn.Report, names csdn.ReportNames) ([]byte, error) {
		return []byte(kind + r.Phase.Label + " on " + names.Areas["ssr"] + " at a " + names.Types["training-seminar"]), s.fault
	}
}

// Indicators implements csdn.IndicatorStore.
func (s *shelf) Indicators(context.Context, csdn.PhaseNumber) ([]csdn.Indicators, error) {
	return nil, s.fault
}
