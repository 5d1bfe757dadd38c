package directory_test

import (
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

func below(broader ...csdn.AreaSlug) csdn.AreaProfile {
	return csdn.AreaProfile{LabelEN: "Label", LabelFR: "Nom", Broader: broader}
}

// thesaurus is the areas a, under it b, under that c; and d.
func thesaurus(t *testing.T) *house {
	t.Helper()
	h := open(t)
	h.area(t, "aa")
	h.area(t, "bb", "aa")
	h.area(t, "cc", "bb")
	h.area(t, "dd")
	return h
}

func TestAreasThatMayNotBeWritten(t *testing.T) {
	h := thesaurus(t)
	replaced := func(by csdn.AreaSlug) csdn.AreaProfile {
		p := below()
		p.ReplacedBy = by
		return p
	}
	for name, c := range map[string]struct {
		slug    csdn.AreaSlug
		read    csdn.Version
		profile csdn.AreaProfile
		want    csdn.Kind
		where   []string
	}{
		"broader than itself":              {"aa", 1, below("aa"), csdn.Invalid, []string{"broader[0]"}},
		"below its child":                  {"aa", 1, below("bb"), csdn.Invalid, []string{"broader[0]"}},
		"below its grandchild":             {"aa", 1, below("dd", "cc"), csdn.Invalid, []string{"broader[1]"}},
		"new and below itself":             {"new", 0, below("new"), csdn.Invalid, []string{"broader[0]"}},
		"below an unknown one":             {"dd", 1, below("magic"), csdn.Invalid, []string{"broader[0]"}},
		"replaced by itself":               {"dd", 1, replaced("dd"), csdn.Invalid, []string{"replacedBy"}},
		"replaced by an unknown one":       {"dd", 1, replaced("magic"), csdn.Invalid, []string{"replacedBy"}},
		"without labels":                   {"dd", 1, csdn.AreaProfile{LabelEN: " "}, csdn.Invalid, []string{"label.en", "label.fr"}},
		"with a slug that is none":         {"D d", 0, below(), csdn.Invalid, []string{"slug"}},
		"at an earlier version":            {"dd", 7, below(), csdn.Stale, nil},
		"as new, though it exists":         {"dd", 0, below(), csdn.Stale, nil},
		"at a version, though it is not":   {"new", 1, below(), csdn.Stale, nil},
		"stale before it is looked at":     {"dd", 7, below("magic"), csdn.Stale, nil},
		"with a slug that is far too long": {csdn.AreaSlug("a" + string(make([]byte, 2000))), 0, below(), csdn.Invalid, []string{"slug"}},
	} {
		t.Run(name, func(t *testing.T) {
			h.refuses(t, c.want, func() error {
				_, err := h.areas.Write(t.Context(), secretariat, c.slug, c.read, c.profile)
				same(t, c.where, locations(err))
				return err
			})
		})
	}
}

func TestAreasAreWritten(t *testing.T) {
	h := thesaurus(t)
	created, err := h.areas.Write(t.Context(), secretariat, "ee", 0, below("dd", " aa "))
	must(t, err)
	want := csdn.Area{Slug: "ee", AreaProfile: below("dd", "aa"), UpdatedAt: noon, Version: 1}
	same(t, want, created)
	h.clock.pass(time.Hour)
	h.silent(t, func() error {
		_, err := h.areas.Write(t.Context(), secretariat, "ee", 1, below("dd", "aa"))
		return err
	})
	changed, err := h.areas.Write(t.Context(), secretariat, "ee", directory.AnyVersion, below("dd"))
	must(t, err)
	want = csdn.Area{Slug: "ee", AreaProfile: below("dd"), UpdatedAt: h.clock.now(), Version: 2}
	same(t, want, changed)
	read, err := h.areas.Read(t.Context(), anonymous, "ee")
	must(t, err)
	same(t, want, read)
	_, err = h.areas.Read(t.Context(), anonymous, "magic")
	refused(t, csdn.NotFound, err)
}

func TestAreasAreDeleted(t *testing.T) {
	h := thesaurus(t)
	remove := func(slug csdn.AreaSlug, read csdn.Version) func() error {
		return func() error { return h.claims.Delete(t.Context(), secretariat, slug, read) }
	}
	h.refuses(t, csdn.Conflict, remove("aa", 1))
	h.refuses(t, csdn.Conflict, remove("bb", directory.AnyVersion))
	h.refuses(t, csdn.Stale, remove("cc", 2))
	h.refuses(t, csdn.NotFound, remove("magic", directory.AnyVersion))
	for _, slug := range []csdn.AreaSlug{"cc", "bb", "aa"} {
		must(t, remove(slug, 1)())
	}
	page, err := h.areas.List(t.Context(), anonymous, first)
	must(t, err)
	if len(page.Items) != 1 || page.Items[0].Slug != "dd" {
		t.Errorf("left are %+v", page.Items)
	}
}

func TestPagesOfAreasAndPhases(t *testing.T) {
	h := thesaurus(t)
	for _, n := range []csdn.PhaseNumber{10, 9, 100} {
		h.phase(t, n)
	}
	areas, err := h.areas.List(t.Context(), anonymous, csdn.PageRequest{Limit: 3})
	must(t, err)
	rest, err := h.areas.List(t.Context(), anonymous, csdn.PageRequest{Limit: 3, Cursor: areas.Next})
	must(t, err)
	if len(areas.Items) != 3 || len(rest.Items) != 1 || rest.Items[0].Slug != "dd" || rest.Next != "" {
		t.Errorf("pages are %+v and %+v", areas, rest)
	}
	phases, err := h.phases.List(t.Context(), official, csdn.PageRequest{Limit: 2})
	must(t, err)
	last, err := h.phases.List(t.Context(), official, csdn.PageRequest{Limit: 2, Cursor: phases.Next})
	must(t, err)
	if phases.Items[0].Number != 9 || phases.Items[1].Number != 10 || len(last.Items) != 1 || last.Items[0].Number != 100 {
		t.Errorf("pages are %+v and %+v", phases, last)
	}
	_, err = h.phases.List(t.Context(), official, csdn.PageRequest{Limit: 2, Cursor: areas.Next})
	refused(t, csdn.Malformed, err)
}

func TestPhases(t *testing.T) {
	h := open(t)
	fourth := csdn.PhaseProfile{Label: " Fourth ", From: 2020, To: 2023, Instrument: "IcSP"}
	created, err := h.phases.Create(t.Context(), secretariat, 4, fourth)
	must(t, err)
	fourth.Label = "Fourth"
	want := csdn.Phase{Number: 4, PhaseProfile: fourth, UpdatedAt: noon, Version: 1}
	same(t, want, created)
	change := func(number csdn.PhaseNumber, read csdn.Version, edit func(*csdn.PhaseProfile)) func() error {
		return func() error {
			_, err := h.phases.Change(t.Context(), secretariat, number, read, func(p csdn.PhaseProfile) (csdn.PhaseProfile, error) {
				edit(&p)
				return p, nil
			})
			return err
		}
	}
	longer := func(p *csdn.PhaseProfile) { p.To = 2024 }
	h.refuses(t, csdn.Conflict, func() error {
		_, err := h.phases.Create(t.Context(), secretariat, 4, fourth)
		return err
	})
	h.refuses(t, csdn.Invalid, func() error {
		_, err := h.phases.Create(t.Context(), secretariat, 1000, csdn.PhaseProfile{From: 2020, To: 2019})
		same(t, []string{"number", "label", "to"}, locations(err))
		return err
	})
	h.refuses(t, csdn.Stale, change(4, 2, longer))
	h.refuses(t, csdn.NotFound, change(5, directory.AnyVersion, longer))
	h.refuses(t, csdn.Invalid, change(4, 1, func(p *csdn.PhaseProfile) { p.To = 2019 }))
	h.silent(t, change(4, 1, func(p *csdn.PhaseProfile) { p.Label = "Fourth\n" }))
	must(t, change(4, 1, longer)())
	read, err := h.phases.Read(t.Context(), representative, 4)
	must(t, err)
	want.To, want.Version = 2024, 2
	same(t, want, read)
}
