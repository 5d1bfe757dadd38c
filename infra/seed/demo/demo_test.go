package demo

import (
	"slices"
	"strings"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"

	"github.com/google/go-cmp/cmp"
)

var now = time.Date(2026, 3, 14, 15, 9, 26, 0, time.UTC)

// sameTimes compares times of csdn, whose insides are its own.
var sameTimes = cmp.Comparer(func(a, b csdn.LocalTime) bool { return a == b })

func network(t *testing.T) Network {
	t.Helper()
	n, err := At(now)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestEveryRecordIsCleanAndValid(t *testing.T) {
	n := network(t)
	check := func(what string, err error, stored, cleaned any) {
		if err != nil {
			t.Errorf("%s: %v", what, err)
		}
		if diff := cmp.Diff(stored, cleaned, sameTimes); diff != "" {
			t.Errorf("%s is changed by Clean (-stored +clean):\n%s", what, diff)
		}
	}
	for _, a := range n.Areas {
		check(string(a.Slug), a.Validate(), a.AreaProfile, a.Clean())
		if !a.Slug.Valid() {
			t.Errorf("%q is not a slug", a.Slug)
		}
	}
	for _, p := range n.Phases {
		check(p.Label, p.Validate(), p.PhaseProfile, p.Clean())
	}
	for _, o := range n.Organisations {
		check(o.Name, o.Validate(), o.OrganisationProfile, o.Clean())
	}
	for _, p := range n.People {
		check(p.Email, p.Validate(), p.PersonProfile, p.Clean())
	}
	for _, m := range n.Meetings {
		check(m.Title, m.Validate(), m.MeetingProfile, m.Clean())
	}
}

// The tables are kept clean too, so that a reader sees what is stored.
func TestTablesHoldWhatIsStored(t *testing.T) {
	n := network(t)
	areas, organisations, people := rows(t, "areas.csv"), rows(t, "organisations.csv"), rows(t, "people.csv")
	for i, a := range n.Areas {
		stored := []string{a.LabelEN, a.LabelFR, a.Definition}
		if diff := cmp.Diff([]string{areas[i]["english"], areas[i]["french"], areas[i]["definition"]}, stored); diff != "" {
			t.Errorf("%s (-table +stored):\n%s", a.Slug, diff)
		}
	}
	for i, o := range n.Organisations {
		stored := []string{o.Name, o.ShortName, o.Mission, string(o.Status)}
		if diff := cmp.Diff([]string{organisations[i]["name"], organisations[i]["short"], organisations[i]["mission"], organisations[i]["status"]}, stored); diff != "" {
			t.Errorf("%s (-table +stored):\n%s", o.ShortName, diff)
		}
	}
	for i, p := range n.People {
		stored := []string{p.Name, p.Position, p.Biography, p.Alias, string(p.PreferredLanguage)}
		if diff := cmp.Diff([]string{people[i]["name"], people[i]["position"], people[i]["biography"], people[i]["alias"], people[i]["preferred"]}, stored); diff != "" {
			t.Errorf("%s (-table +stored):\n%s", p.Email, diff)
		}
	}
}

func rows(t *testing.T, name string) []row {
	t.Helper()
	all, err := read(name)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestVocabularyHoldsTogether(t *testing.T) {
	n := network(t)
	vocabulary := csdn.NewVocabulary(n.Areas)
	if len(n.Areas) < 45 || len(vocabulary) != len(n.Areas) {
		t.Errorf("%d areas with %d slugs, want at least 45, each with its own", len(n.Areas), len(vocabulary))
	}
	var tops []csdn.AreaSlug
	for _, a := range n.Areas {
		if err := vocabulary.Check(a); err != nil {
			t.Errorf("%s: %v", a.Slug, err)
		}
		if a.Definition == "" {
			t.Errorf("%s has no definition", a.Slug)
		}
		if len(a.Broader) == 0 {
			tops = append(tops, a.Slug)
		}
	}
	below := map[csdn.AreaSlug]bool{}
	for _, top := range tops {
		for _, slug := range vocabulary.Narrower(top) {
			below[slug] = true
		}
	}
	if len(tops) < 5 || len(below) != len(vocabulary) {
		t.Errorf("%d top concepts reach %d of %d areas", len(tops), len(below), len(vocabulary))
	}
	for _, o := range n.Organisations {
		if err := vocabulary.CheckUse(o.Name, o.Areas); err != nil {
			t.Error(err)
		}
	}
	for _, p := range n.People {
		if err := vocabulary.CheckUse(p.Email, p.Areas); err != nil {
			t.Error(err)
		}
	}
	for _, m := range n.Meetings {
		for _, area := range m.Areas {
			if _, known := vocabulary[area]; !known {
				t.Errorf("meeting %q is about %s, which is no area", m.Title, area)
			}
		}
	}
}

func TestIdentities(t *testing.T) {
	n := network(t)
	var all []string
	for _, o := range n.Organisations {
		all = append(all, string(o.ID))
	}
	for _, p := range n.People {
		all = append(all, string(p.ID))
	}
	for _, m := range n.Meetings {
		all = append(all, string(m.ID))
	}
	for _, a := range n.Accounts {
		all = append(all, string(a.ID))
	}
	for _, id := range append(all, identity[string](changeSeries, 1), identity[string](entrySeries, 1)) {
		if !csdn.ValidID(id) {
			t.Errorf("%q is not a ULID", id)
		}
	}
	slices.Sort(all)
	if len(slices.Compact(slices.Clone(all))) != len(all) {
		t.Error("two records have one identity")
	}
}

func TestAddressesAreOfTheExampleDomainAndUnique(t *testing.T) {
	n := network(t)
	seen := map[string]bool{}
	check := func(email string) {
		if !strings.HasSuffix(email, ".example") || strings.Trim(email, "abcdefghijklmnopqrstuvwxyz-.@") != "" || seen[email] {
			t.Errorf("%q is not a unique address in ASCII under .example", email)
		}
		seen[email] = true
	}
	for _, o := range n.Organisations {
		check(o.Email)
		if !strings.HasSuffix(o.Website, ".example") {
			t.Errorf("%q is not under .example", o.Website)
		}
	}
	mailboxes := map[string]bool{}
	for _, p := range n.People {
		check(p.Email)
		mailbox, _, _ := strings.Cut(p.Email, "@")
		if mailboxes[mailbox] {
			t.Errorf("two people have the mailbox %q, by which lists of guests name them", mailbox)
		}
		mailboxes[mailbox] = true
	}
	for _, a := range n.Accounts {
		check(a.Email)
	}
}

func TestAccounts(t *testing.T) {
	n := network(t)
	got := map[csdn.AccountID]string{}
	for _, a := range n.Accounts {
		got[a.ID] = a.Email + " " + string(a.Role) + " " + string(a.Organisation)
	}
	want := map[csdn.AccountID]string{
		Secretariat:  "secretariat@demo.example secretariat ",
		Planner:      "planner@demo.example planner ",
		Organisation: "organisation@demo.example organisation " + string(Passerelles),
		Official:     "official@demo.example official ",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("accounts (-want +got):\n%s", diff)
	}
	i := slices.IndexFunc(n.Organisations, func(o csdn.Organisation) bool { return o.ID == Passerelles })
	if i < 0 || n.Organisations[i].ShortName != "Passerelles" {
		t.Fatal("the account's organisation is not Passerelles")
	}
	colleagues := 0
	for _, p := range n.People {
		if p.Organisation == Passerelles {
			colleagues++
		}
	}
	if colleagues < 3 {
		t.Errorf("Passerelles has %d people, want several", colleagues)
	}
}

func TestPhases(t *testing.T) {
	var got []csdn.Phase
	for _, p := range network(t).Phases {
		got = append(got, csdn.Phase{Number: p.Number, PhaseProfile: p.PhaseProfile})
	}
	want := []csdn.Phase{
		{Number: 4, PhaseProfile: csdn.PhaseProfile{Label: "Fourth phase", From: 2020, To: 2023, Instrument: "Instrument contributing to Stability and Peace"}},
		{Number: 5, PhaseProfile: csdn.PhaseProfile{Label: "Fifth phase (demo)", From: 2024, To: 2027, Instrument: "NDICI – Global Europe (demo)"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("phases (-want +got):\n%s", diff)
	}
}

func TestAtIsTheSameForTheSameSecond(t *testing.T) {
	first, err := At(now.Add(400 * time.Millisecond))
	if err != nil {
		t.Fatal(err)
	}
	second, err := At(now.In(time.FixedZone("", 3600)))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(first, second, sameTimes); diff != "" {
		t.Errorf("two readings differ:\n%s", diff)
	}
}
