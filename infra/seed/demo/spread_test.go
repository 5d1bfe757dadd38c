package demo

import (
	"slices"
	"testing"
	"unicode"

	"csdn.example/directory/shared/csdn"
)

func TestSpread(t *testing.T) {
	n := network(t)
	types, statuses, phases := tally[csdn.OrganisationType]{}, tally[csdn.OrganisationStatus]{}, tally[csdn.PhaseNumber]{}
	bases, categories, safeties := tally[csdn.Country]{}, tally[csdn.Category]{}, tally[csdn.Safety]{}
	known, languages, regions := tally[csdn.Country]{}, tally[csdn.Language]{}, tally[csdn.Region]{}
	kind := map[csdn.OrganisationID]csdn.OrganisationType{}
	for _, o := range n.Organisations {
		kind[o.ID] = o.Type
		types[o.Type]++
		statuses[o.Status]++
		bases[o.Country]++
		phases.add(o.Phases)
		regions.add(o.Regions)
	}
	staffed := tally[csdn.OrganisationID]{}
	for _, p := range n.People {
		if p.Side() != csdn.CategoryOf(kind[p.Organisation]) {
			t.Errorf("%s is %s at a %s", p.Email, p.Side(), kind[p.Organisation])
		}
		staffed[p.Organisation]++
		categories[p.Side()]++
		safeties[p.Safety]++
		languages.add(p.Languages)
		for _, c := range n.countriesOf(p) {
			known[c]++
		}
	}
	least(t, "organisations", len(n.Organisations), 55)
	least(t, "people", len(n.People), 130)
	least(t, "countries with organisations", len(bases), 40)
	least(t, "regions with organisations", len(regions), 12)
	least(t, "languages", len(languages), 30)
	least(t, "organisations with people", len(staffed), len(n.Organisations))
	least(t, "inactive organisations", statuses[csdn.Inactive], 2)
	least(t, "careful people", safeties[csdn.Careful], 5)
	least(t, "hidden people", safeties[csdn.Hidden], 2)
	least(t, "civil society", categories[csdn.CivilSociety], len(n.People)/2+1)
	least(t, "officials", categories["eu-institution"], 18)
	for _, one := range csdn.OrganisationTypes() {
		least(t, "organisations of type "+string(one), types[one], 1)
	}
	for _, one := range csdn.Categories() {
		least(t, "people of category "+string(one), categories[one], 1)
	}
	for _, phase := range []csdn.PhaseNumber{3, 4, 5} {
		least(t, "organisations that joined a phase", phases[phase], 15)
	}
	for _, country := range []csdn.Country{"ML", "UA", "CO", "GE", "SD", "SS", "MM", "CD", "XK", "LB", "YE"} {
		least(t, "people who know "+string(country), known[country], 7)
	}
}

// A planner of the policy meeting must find more experts than seats.
func TestExpertsOnSecuritySectorReform(t *testing.T) {
	n := network(t)
	within := csdn.NewVocabulary(n.Areas).Narrower("security-sector-reform")
	experts, organisations := 0, tally[csdn.OrganisationID]{}
	for _, p := range n.People {
		matches := slices.ContainsFunc(p.Areas, func(e csdn.Expertise) bool { return slices.Contains(within, e.Area) })
		if matches && p.Side() == csdn.CivilSociety && p.Safety != csdn.Hidden && slices.Contains(p.Languages, "en") {
			experts++
			organisations[p.Organisation]++
		}
	}
	least(t, "civil society experts with English", experts, 16)
	least(t, "organisations of such experts", len(organisations), 15)
}

func TestNamesAreInSeveralScripts(t *testing.T) {
	scripts := map[string]*unicode.RangeTable{
		"Arabic": unicode.Arabic, "Armenian": unicode.Armenian, "Cyrillic": unicode.Cyrillic, "Ethiopic": unicode.Ethiopic,
		"Georgian": unicode.Georgian, "Greek": unicode.Greek, "Latin": unicode.Latin, "Myanmar": unicode.Myanmar,
		"Tamil": unicode.Tamil,
	}
	n := network(t)
	for script, table := range scripts {
		found := slices.ContainsFunc(n.People, func(p csdn.Person) bool { return written(p.Name, table) })
		if !found {
			t.Errorf("no person's name is written in %s", script)
		}
	}
	count := 0
	for _, table := range scripts {
		if slices.ContainsFunc(n.Organisations, func(o csdn.Organisation) bool { return written(o.Name, table) }) {
			count++
		}
	}
	least(t, "scripts of organisations' names", count, 7)
}

// Whoever is in danger is not given away by a biography or by an alias that holds a name.
func TestPeopleInDangerHaveAnAliasAndNoBiography(t *testing.T) {
	for _, p := range network(t).People {
		if p.Safety != csdn.Open && (p.Alias == "" || p.PublicName() == p.Name || p.Biography != "") {
			t.Errorf("%s has the alias %q and the biography %q", p.ID, p.Alias, p.Biography)
		}
	}
}

// written reports whether every letter of the text is of the script.
func written(text string, script *unicode.RangeTable) bool {
	for _, r := range text {
		if unicode.IsLetter(r) && !unicode.Is(script, r) {
			return false
		}
	}
	return true
}

// countriesOf returns the countries that a person lives in or knows.
func (n Network) countriesOf(p csdn.Person) []csdn.Country {
	all := append([]csdn.Country{p.Country}, p.Countries...)
	slices.Sort(all)
	return slices.Compact(all)
}

type tally[K comparable] map[K]int

func (t tally[K]) add(keys []K) {
	for _, k := range keys {
		t[k]++
	}
}

func least(t *testing.T, what string, got, want int) {
	t.Helper()
	if got < want {
		t.Errorf("%s: %d, want at least %d", what, got, want)
	}
}
