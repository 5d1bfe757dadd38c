package directory_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

func claims(list ...csdn.Expertise) func(*csdn.OrganisationProfile) {
	return func(p *csdn.OrganisationProfile) { p.Areas = list }
}

func knows(list ...csdn.Expertise) func(*csdn.PersonProfile) {
	return func(p *csdn.PersonProfile) { p.Areas = list }
}

func about(areas ...csdn.AreaSlug) func(*csdn.MeetingProfile) {
	return func(p *csdn.MeetingProfile) { p.Areas = areas }
}

// network is a thesaurus whose area dd is claimed in every way: 20 organisations, of which the last is archived, 40 people, of whom
// the last is hidden, and meetings of each status.
func network(t *testing.T) *house {
	t.Helper()
	h := thesaurus(t)
	h.area(t, "ee", "dd", "aa")
	h.phase(t, 4)
	dd := csdn.Expertise{Area: "dd", Level: "expert", Evidence: "https://work.example/dd", ConfirmedAt: noon}
	for n := 1; n <= 20; n++ {
		h.organisation(t, n, claims(csdn.Expertise{Area: "aa", Level: "works-on"}, dd), func(p *csdn.OrganisationProfile) {
			if n == 20 {
				p.Status = csdn.Archived
			}
		})
	}
	for n := 1; n <= 40; n++ {
		h.person(t, n, knows(dd, csdn.Expertise{Area: "cc", Level: "works-on"}), func(p *csdn.PersonProfile) {
			if n == 40 {
				p.Safety, p.Alias = csdn.Hidden, "Somebody"
			}
		})
	}
	for n, status := range csdn.MeetingStatuses() {
		h.meeting(t, n+1, status, about("dd", "aa"), func(p *csdn.MeetingProfile) {
			p.Agenda = []csdn.AgendaItem{{Questions: []string{"Why?"}, QuestionAreas: [][]csdn.AreaSlug{{"dd"}}}}
		})
	}
	return h
}

// merged goes on with the merge of dd into the area, which must come to its end.
func (h *house) merged(t *testing.T, into csdn.AreaSlug) {
	t.Helper()
	h.clock.pass(time.Minute)
	for range 20 {
		m, left, err := h.claims.Merge(t.Context(), secretariat, "dd", into)
		must(t, err)
		if !m.DoneAt.IsZero() {
			same(t, csdn.Remaining{}, left)
			return
		}
	}
	t.Error("the merge of dd does not end")
}

// rewritten checks that whatever could be changed claims the area instead of dd, each by one change of its trail.
func (h *house) rewritten(t *testing.T, into csdn.AreaSlug) {
	t.Helper()
	want := csdn.Expertise{Area: into, Level: "expert", Evidence: "https://work.example/dd", ConfirmedAt: noon}
	for n := 1; n <= 20; n++ {
		o, err := h.network.Organisation(t.Context(), organisationID(n))
		must(t, err)
		kept, version := want, csdn.Version(2)
		if n == 20 {
			kept.Area, version = "dd", 1
		}
		if !slices.Contains(o.Areas, kept) || len(o.Areas) != 2 || o.Version != version {
			t.Errorf("organisation %d claims %+v at version %d", n, o.Areas, o.Version)
		}
	}
	for n := 1; n <= 40; n++ {
		p, err := h.persons.Person(t.Context(), personID(n))
		must(t, err)
		if !slices.Contains(p.Areas, want) || len(p.Areas) != 2 || p.Version != 2 {
			t.Errorf("person %d claims %+v at version %d", n, p.Areas, p.Version)
		}
	}
	for n, status := range csdn.MeetingStatuses() {
		m, err := h.network.Meeting(t.Context(), meetingID(n+1))
		must(t, err)
		areas := []csdn.AreaSlug{into, "aa"}
		if status == csdn.MeetingClosed || status == csdn.MeetingCancelled {
			areas[0] = "dd"
		}
		same(t, areas, m.Areas)
		same(t, areas[:1], m.Agenda[0].AreasOf(0))
	}
	ee, err := h.network.Area(t.Context(), "ee")
	must(t, err)
	same(t, []csdn.AreaSlug{into, "aa"}, ee.Broader)
	trail, err := h.network.OrganisationChanges(t.Context(), organisationID(1), first)
	must(t, err)
	if len(trail.Items) != 2 {
		t.Fatalf("the trail of an organisation is %+v", trail.Items)
	}
	told := trail.Items[0]
	if told.Act != "area.merged" || told.By != secretariat.Account || told.Version != 2 || len(told.Fields) != 1 || told.Fields[0].Field != "areas" {
		t.Errorf("its trail tells %+v", told)
	}
}

func TestAMergeRewritesEveryClaim(t *testing.T) {
	h := network(t)
	m, left, err := h.claims.Merge(t.Context(), secretariat, "dd", "bb")
	must(t, err)
	same(t, csdn.Merge{Area: "dd", Into: "bb", By: secretariat.Account, StartedAt: noon, Version: 1}, m)
	// The first slice of 50: the area below, 19 organisations, 30 people.
	same(t, csdn.Remaining{People: 10, Meetings: 3}, left)
	dd, err := h.network.Area(t.Context(), "dd")
	must(t, err)
	if !dd.Retired || dd.ReplacedBy != "bb" || dd.Version != 2 {
		t.Errorf("the merged area is %+v", dd)
	}
	done, err := h.claims.CarryOn(t.Context())
	must(t, err)
	if done != 13 {
		t.Errorf("the clock rewrote %d claims", done)
	}
	m, left, err = h.claims.MergeOf(t.Context(), secretariat, "dd")
	must(t, err)
	same(t, csdn.Remaining{}, left)
	if !m.DoneAt.IsZero() {
		t.Error("the merge is done before all who write claims know of it")
	}
	// Somebody whose vocabulary was old claims it still.
	h.organisation(t, 21, claims(csdn.Expertise{Area: "dd", Level: "expert", Evidence: "https://work.example/dd", ConfirmedAt: noon}))
	h.merged(t, "bb")
	h.rewritten(t, "bb")
	late, err := h.network.Organisation(t.Context(), organisationID(21))
	must(t, err)
	if late.Areas[0].Area != "bb" {
		t.Errorf("the late claim is %+v", late.Areas)
	}
	h.silent(t, func() error {
		_, err := h.claims.CarryOn(t.Context())
		return err
	})
	h.silent(t, func() error {
		_, _, err := h.claims.Merge(t.Context(), secretariat, "dd", "bb")
		return err
	})
}

// power fails writes once a number of them was done, before or after the write that it meets.
type power struct {
	left  int
	after bool
}

var errPower = errors.New("the power went off")

func (p *power) write(do func() error) error {
	if p.left--; p.left > 0 {
		return do()
	}
	if p.left == 0 && p.after {
		if err := do(); err != nil {
			return err
		}
	}
	return errPower
}

// cut is the stores of the directory and of people on a power.
type cutNetwork struct {
	csdn.MergeStore
	csdn.OrganisationStore
	csdn.MeetingStore
	*power
}

func (c cutNetwork) PutArea(ctx context.Context, a csdn.Area, change csdn.Change) error {
	return c.write(func() error { return c.MergeStore.PutArea(ctx, a, change) })
}

func (c cutNetwork) StartMerge(ctx context.Context, a, into csdn.Area, m csdn.Merge, change csdn.Change) error {
	return c.write(func() error { return c.MergeStore.StartMerge(ctx, a, into, m, change) })
}

func (c cutNetwork) EndMerge(ctx context.Context, m csdn.Merge) error {
	return c.write(func() error { return c.MergeStore.EndMerge(ctx, m) })
}

func (c cutNetwork) PutOrganisation(ctx context.Context, o csdn.Organisation, change csdn.Change) error {
	return c.write(func() error { return c.OrganisationStore.PutOrganisation(ctx, o, change) })
}

func (c cutNetwork) PutMeeting(ctx context.Context, before, m csdn.Meeting, change csdn.Change) error {
	return c.write(func() error { return c.MeetingStore.PutMeeting(ctx, before, m, change) })
}

type cutPeople struct {
	csdn.PersonStore
	*power
}

func (c cutPeople) PutPerson(ctx context.Context, before, p csdn.Person, change csdn.Change) error {
	return c.write(func() error { return c.PersonStore.PutPerson(ctx, before, p, change) })
}

// TestAMergeEndsAlikeWhereverItIsBrokenOff breaks a merge off at growing distances, before or after a write, again and again.
func TestAMergeEndsAlikeWhereverItIsBrokenOff(t *testing.T) {
	for _, after := range []bool{false, true} {
		t.Run(fmt.Sprintf("after the write %v", after), func(t *testing.T) {
			h := network(t)
			h.clock.pass(time.Hour)
			broken := 0
			for writes := 1; writes <= 14; writes++ {
				p := &power{left: writes, after: after}
				cut := h.claims
				network := cutNetwork{h.network, h.network, h.network, p}
				cut.Areas, cut.Organisations, cut.Meetings, cut.People = network, network, network, cutPeople{h.persons, p}
				_, _, err := cut.Merge(t.Context(), secretariat, "dd", "bb")
				if errors.Is(err, errPower) {
					broken++
					continue
				}
				must(t, err)
			}
			if broken < 10 {
				t.Errorf("the merge was broken off %d times", broken)
			}
			h.merged(t, "bb")
			h.rewritten(t, "bb")
		})
	}
}

// meddler edits an organisation just before it is written.
type meddler struct {
	csdn.OrganisationStore
	meddle func()
}

func (m *meddler) PutOrganisation(ctx context.Context, o csdn.Organisation, change csdn.Change) error {
	if m.meddle != nil {
		m.meddle()
		m.meddle = nil
	}
	return m.OrganisationStore.PutOrganisation(ctx, o, change)
}

func TestAMergeLosesNoEditOfAnother(t *testing.T) {
	h := network(t)
	rename := func(p csdn.OrganisationProfile) (csdn.OrganisationProfile, error) {
		p.Name = "Renamed"
		return p, nil
	}
	disturbed := h.claims
	disturbed.Organisations = &meddler{h.network, func() {
		_, err := h.organisations.Change(t.Context(), representative, organisationID(1), 1, rename)
		must(t, err)
	}}
	_, left, err := disturbed.Merge(t.Context(), secretariat, "dd", "bb")
	must(t, err)
	if left.Organisations != 1 {
		t.Errorf("left are %+v", left)
	}
	h.merged(t, "bb")
	o, err := h.network.Organisation(t.Context(), organisationID(1))
	must(t, err)
	if o.Name != "Renamed" || o.Areas[1].Area != "bb" || o.Version != 3 {
		t.Errorf("the organisation is %+v", o)
	}
	h.refuses(t, csdn.Stale, func() error { // who read it before the merge
		_, err := h.organisations.Change(t.Context(), representative, organisationID(1), 2, rename)
		return err
	})
}

func TestMergesThatMayNotBe(t *testing.T) {
	h := network(t)
	retired := below()
	retired.Retired = true
	_, err := h.areas.Write(t.Context(), secretariat, "old", 0, retired)
	must(t, err)
	merge := func(slug, into csdn.AreaSlug) func() error {
		return func() error {
			_, _, err := h.claims.Merge(t.Context(), secretariat, slug, into)
			return err
		}
	}
	h.refuses(t, csdn.NotFound, merge("magic", "dd"))
	h.refuses(t, csdn.Invalid, merge("dd", "magic"))
	h.refuses(t, csdn.Conflict, merge("dd", "dd"))
	h.refuses(t, csdn.Conflict, merge("dd", "old"))
	h.refuses(t, csdn.Conflict, merge("aa", "cc")) // which is below it
	must(t, merge("dd", "bb")())
	h.refuses(t, csdn.Conflict, merge("dd", "aa"))
	h.refuses(t, csdn.Conflict, merge("bb", "dd")) // a circle
	h.refuses(t, csdn.Conflict, func() error {     // back to life while its claims are being rewritten
		_, err := h.areas.Write(t.Context(), secretariat, "dd", directory.AnyVersion, below())
		return err
	})
	h.refuses(t, csdn.Conflict, func() error {
		return h.claims.Delete(t.Context(), secretariat, "dd", directory.AnyVersion)
	})
	h.refuses(t, csdn.Conflict, func() error {
		return h.claims.Delete(t.Context(), secretariat, "bb", directory.AnyVersion)
	})
}

// TestAMergeIntoAnAreaThatIsMergedItself ends with every claim at the last of them.
func TestAMergeIntoAnAreaThatIsMergedItself(t *testing.T) {
	h := network(t)
	_, _, err := h.claims.Merge(t.Context(), secretariat, "dd", "bb")
	must(t, err)
	_, _, err = h.claims.Merge(t.Context(), secretariat, "bb", "cc")
	refused(t, csdn.Conflict, err) // cc is below bb
	_, _, err = h.claims.Merge(t.Context(), secretariat, "bb", "aa")
	must(t, err)
	h.clock.pass(time.Hour)
	for range 3 {
		_, err = h.claims.CarryOn(t.Context())
		must(t, err)
	}
	all, err := h.network.Merges(t.Context())
	must(t, err)
	for _, m := range all {
		if m.DoneAt.IsZero() {
			t.Errorf("the merge of %s is not done", m.Area)
		}
	}
	o, err := h.network.Organisation(t.Context(), organisationID(1))
	must(t, err)
	same(t, []csdn.Expertise{{Area: "aa", Level: "expert", Evidence: "https://work.example/dd", ConfirmedAt: noon}}, o.Areas)
}

func TestAreasThatAreClaimedAreNotDeleted(t *testing.T) {
	for name, claim := range map[string]func(*testing.T, *house){
		"an organisation": func(t *testing.T, h *house) { h.organisation(t, 1, claims(csdn.Expertise{Area: "dd"})) },
		"an archived one": func(t *testing.T, h *house) {
			h.organisation(t, 1, claims(csdn.Expertise{Area: "dd"}), func(p *csdn.OrganisationProfile) { p.Status = csdn.Archived })
		},
		"a person":         func(t *testing.T, h *house) { h.person(t, 1, knows(csdn.Expertise{Area: "dd"})) },
		"a hidden person":  func(t *testing.T, h *house) { h.person(t, 1, knows(csdn.Expertise{Area: "dd"}), safety(csdn.Hidden)) },
		"a meeting":        func(t *testing.T, h *house) { h.meeting(t, 1, csdn.MeetingDraft, about("dd")) },
		"a closed meeting": func(t *testing.T, h *house) { h.meeting(t, 1, csdn.MeetingClosed, about("dd")) },
	} {
		t.Run(name, func(t *testing.T) {
			h := thesaurus(t)
			h.phase(t, 4)
			claim(t, h)
			h.refuses(t, csdn.Conflict, func() error { return h.claims.Delete(t.Context(), secretariat, "dd", 1) })
		})
	}
}

func TestRetiredAreas(t *testing.T) {
	h := network(t)
	retired := below()
	retired.ReplacedBy = "bb"
	after, err := h.areas.Write(t.Context(), secretariat, "dd", 1, retired)
	must(t, err)
	if !after.Retired {
		t.Error("an area that is replaced is not retired")
	}
	_, err = h.areas.Write(t.Context(), secretariat, "bb", 1, csdn.AreaProfile{LabelEN: "b", LabelFR: "b", ReplacedBy: "dd"})
	refused(t, csdn.Invalid, err) // a circle
	h.clock.pass(time.Minute)

	// It takes no new claims; present ones stay.
	create := func(area csdn.AreaSlug) error {
		_, err := h.organisations.Create(t.Context(), secretariat, csdn.OrganisationProfile{
			Name: "New", Type: "ngo", Country: "ML", Areas: []csdn.Expertise{{Area: area}},
		})
		return err
	}
	h.refuses(t, csdn.Invalid, func() error { return create("dd") })
	h.refuses(t, csdn.Invalid, func() error {
		_, err := h.meetings.Create(t.Context(), planner, agenda(t, 9, about("dd")))
		return err
	})
	h.refuses(t, csdn.Invalid, func() error {
		_, err := h.people.Create(t.Context(), secretariat, profile(99, knows(csdn.Expertise{Area: "dd"})))
		return err
	})
	_, err = h.organisations.Change(t.Context(), secretariat, organisationID(1), 1, func(p csdn.OrganisationProfile) (csdn.OrganisationProfile, error) {
		p.Name = "Renamed"
		return p, nil
	})
	must(t, err)
	must(t, create("bb"))

	// Either finds the claims of both, which count as those of the successor.
	for _, filter := range []directory.Filter{
		{Areas: [][]csdn.AreaSlug{{"dd"}}, Facets: true}, {Areas: [][]csdn.AreaSlug{{"bb"}}, Facets: true},
		{Areas: [][]csdn.AreaSlug{{"dd"}}, Exact: true, Facets: true}, {Areas: [][]csdn.AreaSlug{{"aa"}}, Facets: true},
	} {
		found, err := h.organisations.Search(t.Context(), secretariat, filter, first)
		must(t, err)
		if found.Total != 20 {
			t.Errorf("%v finds %d organisations", filter.Areas, found.Total)
		}
		want := map[string]int{"aa": 20, "bb": 20} // bb is narrower than aa
		if filter.Exact {
			want["aa"] = 19
		}
		same(t, want, found.Facets["area"])
	}
	meetings, err := h.meetings.List(t.Context(), secretariat, csdn.MeetingFilter{Areas: []csdn.AreaSlug{"bb"}}, first)
	must(t, err)
	if len(meetings.Items) != len(csdn.MeetingStatuses()) {
		t.Errorf("%d meetings are found by the successor", len(meetings.Items))
	}

	// Without a successor it is not offered at all.
	retired.ReplacedBy, retired.Retired = "", true
	_, err = h.areas.Write(t.Context(), secretariat, "dd", 2, retired)
	must(t, err)
	h.clock.pass(time.Minute)
	found, err := h.organisations.Search(t.Context(), secretariat, directory.Filter{Areas: [][]csdn.AreaSlug{{"dd"}}, Facets: true}, first)
	must(t, err)
	same(t, map[string]int{"aa": 19}, found.Facets["area"])
}
