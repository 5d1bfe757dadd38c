package directory_test

import (
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
)

func labelled(en, fr string) csdn.MeetingTypeProfile {
	return csdn.MeetingTypeProfile{LabelEN: en, LabelFR: fr}
}

// TestTheListOfMeetingTypes: an empty network has the first types; types are added, renamed, retired and removed, and what was removed
// can come again.
func TestTheListOfMeetingTypes(t *testing.T) {
	h := open(t)
	h.phase(t, 4)
	list := func() []csdn.MeetingType {
		page, err := h.types.List(t.Context(), anonymous, first)
		must(t, err)
		var slugs []csdn.MeetingType
		for _, one := range page.Items {
			slugs = append(slugs, one.Slug)
		}
		return slugs
	}
	same(t, []csdn.MeetingType{"funding-instruments-meeting", "geographic-meeting", "member-state-meeting", "other", "policy-meeting", "training-seminar"}, list())

	_, err := h.types.Write(t.Context(), secretariat, "retreat", 0, labelled(" Retreat ", "Retraite"))
	must(t, err)
	h.clock.pass(time.Hour)
	renamed, err := h.types.Write(t.Context(), secretariat, "policy-meeting", 1, labelled("Policy Dialogue", "Dialogue politique"))
	must(t, err)
	same(t, csdn.ListedMeetingType{Slug: "policy-meeting", MeetingTypeProfile: labelled("Policy Dialogue", "Dialogue politique"), UpdatedAt: noon.Add(time.Hour), Version: 2}, renamed)
	must(t, h.types.Delete(t.Context(), secretariat, "other", 1))
	must(t, h.types.Delete(t.Context(), secretariat, "retreat", 1))
	same(t, []csdn.MeetingType{"funding-instruments-meeting", "geographic-meeting", "member-state-meeting", "policy-meeting", "training-seminar"}, list())
	_, err = h.types.Read(t.Context(), secretariat, "other")
	missing(t, err)
	again, err := h.types.Write(t.Context(), secretariat, "retreat", 0, labelled("Retreat", "Retraite"))
	must(t, err)
	if again.Version != 3 {
		t.Errorf("the version of what comes again is %d, so that an ETag of before would be one of now", again.Version)
	}
	h.silent(t, func() error {
		_, err := h.types.Write(t.Context(), secretariat, "retreat", 3, labelled("Retreat", "Retraite"))
		return err
	})
	entries, err := h.trails.Latest(t.Context(), secretariat, csdn.PageRequest{Limit: 1})
	must(t, err)
	if got := entries.Items[0]; got.Noun != "meeting-type" || got.ID != "retreat" || got.Act != "meeting-type.written" || len(got.Fields) != 3 {
		t.Errorf("the trail says %+v", got)
	}
}

// TestReportsCallTypesAsTheListDoes: by the present label, also of a type that is retired; a removed one has no name.
func TestReportsCallTypesAsTheListDoes(t *testing.T) {
	h := open(t)
	h.phase(t, 4)
	h.area(t, "mediation")
	retired := labelled("Policy Dialogue", "Dialogue politique")
	retired.Retired = true
	_, err := h.types.Write(t.Context(), secretariat, "policy-meeting", 1, retired)
	must(t, err)
	must(t, h.types.Delete(t.Context(), secretariat, "other", 1))
	names, err := h.reports.Names(t.Context(), official)
	must(t, err)
	same(t, []string{"Policy Dialogue", "Training Seminar", ""}, []string{names.Types["policy-meeting"], names.Types["training-seminar"], names.Types["other"]})
	same(t, 1, len(names.Areas))
	h.refuses(t, csdn.Unauthenticated, func() error { _, err := h.reports.Names(t.Context(), anonymous); return err })
}

func TestMeetingTypesThatMayNotBeWritten(t *testing.T) {
	h := open(t)
	must(t, h.types.Delete(t.Context(), secretariat, "other", 1))
	for name, c := range map[string]struct {
		slug    csdn.MeetingType
		read    csdn.Version
		profile csdn.MeetingTypeProfile
		want    csdn.Kind
		where   []string
	}{
		"without labels":                 {"retreat", 0, labelled(" ", ""), csdn.Invalid, []string{"label.en", "label.fr"}},
		"with a slug that is none":       {"A b", 0, labelled("A", "A"), csdn.Invalid, []string{"slug"}},
		"a first one as new":             {"policy-meeting", 0, labelled("A", "A"), csdn.Stale, nil},
		"a first one at another version": {"policy-meeting", 2, labelled("A", "A"), csdn.Stale, nil},
		"one that is not there":          {"retreat", 1, labelled("A", "A"), csdn.Stale, nil},
		"any version of none":            {"retreat", -1, labelled("A", "A"), csdn.Stale, nil},
		"a removed one at its version":   {"other", 2, labelled("A", "A"), csdn.Stale, nil},
	} {
		t.Run(name, func(t *testing.T) {
			h.refuses(t, c.want, func() error {
				_, err := h.types.Write(t.Context(), secretariat, c.slug, c.read, c.profile)
				same(t, c.where, locations(err))
				return err
			})
		})
	}
	for slug, kind := range map[csdn.MeetingType]csdn.Kind{"other": csdn.NotFound, "retreat": csdn.NotFound, "policy-meeting": csdn.Stale} {
		h.refuses(t, kind, func() error { return h.types.Delete(t.Context(), secretariat, slug, 9) })
	}
}

// TestMeetingsAreOfAListedType: a meeting takes a type of the list alone, keeps one that is retired, and its type cannot be removed.
func TestMeetingsAreOfAListedType(t *testing.T) {
	h := open(t)
	h.phase(t, 4)
	of := func(slug csdn.MeetingType) func(*csdn.MeetingProfile) {
		return func(p *csdn.MeetingProfile) { p.Type = slug }
	}
	_, err := h.types.Write(t.Context(), secretariat, "retreat", 0, labelled("Retreat", "Retraite"))
	must(t, err)
	m, err := h.meetings.Create(t.Context(), planner, agenda(t, 1, of("retreat")))
	must(t, err)
	retired := labelled("Retreat", "Retraite")
	retired.Retired = true
	h.refuses(t, csdn.Conflict, func() error { return h.types.Delete(t.Context(), secretariat, "retreat", 1) })
	_, err = h.types.Write(t.Context(), secretariat, "retreat", 1, retired)
	must(t, err)
	for _, slug := range []csdn.MeetingType{"retreat", "party", ""} {
		h.refuses(t, csdn.Invalid, func() error {
			_, err := h.meetings.Create(t.Context(), planner, agenda(t, 2, of(slug)))
			same(t, []string{"type"}, locations(err))
			return err
		})
	}
	m, err = h.meetings.Change(t.Context(), planner, m.ID, m.Version, func(p csdn.MeetingProfile) (csdn.MeetingProfile, error) {
		p.Title = "Still a retreat"
		return p, nil
	})
	must(t, err)
	note, err := h.meetings.ConceptNote(t.Context(), planner, m.ID)
	must(t, err)
	same(t, retired, note.Meeting.TypeProfile)
	listed, _ := h.listed(t, secretariat, csdn.MeetingFilter{Types: []csdn.MeetingType{"retreat"}}, first)
	same(t, []csdn.MeetingID{m.ID}, listed)

	must(t, h.meetings.Delete(t.Context(), planner, m.ID, m.Version))
	must(t, h.types.Delete(t.Context(), secretariat, "retreat", 2))
}
