package directory_test

import (
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// keep is an edit that alters nothing.
func keep[P any](p P) (P, error) { return p, nil }

// rename is an edit of a name, untidy as a form may send it.
func rename(name string) func(csdn.OrganisationProfile) (csdn.OrganisationProfile, error) {
	return func(p csdn.OrganisationProfile) (csdn.OrganisationProfile, error) {
		p.Name = name
		return p, nil
	}
}

func TestOrganisationIsCreated(t *testing.T) {
	h := open(t)
	h.area(t, "mediation")
	created, err := h.organisations.Create(t.Context(), secretariat, csdn.OrganisationProfile{
		Name: "  Sahel\tDialogue Forum ", Type: "network", Country: "ML", Areas: []csdn.Expertise{{Area: "mediation"}},
	})
	must(t, err)
	want := csdn.Organisation{
		ID: created.ID, OrganisationProfile: csdn.OrganisationProfile{
			Name: "Sahel Dialogue Forum", Type: "network", Country: "ML", Status: csdn.Active,
			Areas: []csdn.Expertise{{Area: "mediation", Level: "works-on"}},
		},
		ConfirmedAt: noon, CreatedAt: noon, UpdatedAt: noon, Version: 1,
	}
	same(t, want, created)
	read, err := h.organisations.Read(t.Context(), official, created.ID)
	must(t, err)
	same(t, want, read)
	same(t, []csdn.Act{"organisation.created"}, h.trailOfOrganisation(t, created.ID))
}

// trailOfOrganisation returns the acts of an organisation's trail, the newest first.
func (h *house) trailOfOrganisation(t *testing.T, id csdn.OrganisationID) []csdn.Act {
	t.Helper()
	page, err := h.organisations.Changes(t.Context(), secretariat, id, first)
	must(t, err)
	var acts []csdn.Act
	for _, c := range page.Items {
		acts = append(acts, c.Act)
	}
	return acts
}

func TestBrokenOrganisationsAreNotWritten(t *testing.T) {
	h := open(t)
	h.area(t, "mediation")
	h.organisation(t, 1)
	for name, c := range map[string]struct {
		edit  func(*csdn.OrganisationProfile)
		where []string
	}{
		"no name":        {func(p *csdn.OrganisationProfile) { p.Name = " " }, []string{"name"}},
		"two faults":     {func(p *csdn.OrganisationProfile) { p.Type, p.Country = "club", "XX" }, []string{"type", "country"}},
		"unknown area":   {func(p *csdn.OrganisationProfile) { p.Areas = []csdn.Expertise{{Area: "mediation"}, {Area: "magic"}} }, []string{"areas[1]"}},
		"unknown region": {func(p *csdn.OrganisationProfile) { p.Regions = []csdn.Region{"999"} }, []string{"regions[0]"}},
	} {
		t.Run(name, func(t *testing.T) {
			p := csdn.OrganisationProfile{Name: "A", Type: "ngo", Country: "ML"}
			c.edit(&p)
			h.refuses(t, csdn.Invalid, func() error {
				_, err := h.organisations.Create(t.Context(), secretariat, p)
				same(t, c.where, locations(err))
				return err
			})
			h.refuses(t, csdn.Invalid, func() error {
				_, err := h.organisations.Change(t.Context(), representative, organisationID(1), 1, func(csdn.OrganisationProfile) (csdn.OrganisationProfile, error) { return p, nil })
				same(t, c.where, locations(err))
				return err
			})
		})
	}
}

func TestAnUnchangedEdit(t *testing.T) {
	h := open(t)
	o := h.organisation(t, 1)
	h.clock.pass(time.Hour)
	t.Run("by the secretariat writes nothing", func(t *testing.T) {
		h.silent(t, func() error {
			got, err := h.organisations.Change(t.Context(), secretariat, o.ID, 1, rename(" "+o.Name+"\n"))
			same(t, o, got)
			return err
		})
	})
	t.Run("by the organisation confirms", func(t *testing.T) {
		got, err := h.organisations.Change(t.Context(), representative, o.ID, 1, keep)
		must(t, err)
		want := o
		want.ConfirmedAt, want.UpdatedAt, want.Version = h.clock.now(), h.clock.now(), 2
		same(t, want, got)
		read, err := h.organisations.Read(t.Context(), official, o.ID)
		must(t, err)
		same(t, want, read)
	})
	t.Run("that changes, by the secretariat, does not confirm", func(t *testing.T) {
		confirmed := h.clock.now()
		h.clock.pass(time.Hour)
		got, err := h.organisations.Change(t.Context(), secretariat, o.ID, 2, rename("New name"))
		must(t, err)
		if !got.ConfirmedAt.Equal(confirmed) || !got.UpdatedAt.Equal(h.clock.now()) || got.Version != 3 {
			t.Errorf("got %+v", got)
		}
	})
}

func TestTheTrailSaysWhoChangedWhat(t *testing.T) {
	h := open(t)
	h.organisation(t, 1)
	_, err := h.organisations.Change(t.Context(), representative, organisationID(1), 1, func(p csdn.OrganisationProfile) (csdn.OrganisationProfile, error) {
		p.ShortName, p.Countries = "OO", []csdn.Country{"ML", "NE"}
		return p, nil
	})
	must(t, err)
	h.clock.pass(time.Minute)
	must(t, h.organisations.Archive(t.Context(), secretariat, organisationID(1), 2))
	page, err := h.organisations.Changes(t.Context(), representative, organisationID(1), csdn.PageRequest{Limit: 2})
	must(t, err)
	for n := range page.Items {
		page.Items[n].ID = ""
	}
	same(t, []csdn.Change{
		{At: noon.Add(time.Minute), By: secretariat.Account, Act: "organisation.archived", Version: 3, Fields: []csdn.Difference{{Field: "status", Before: "active", After: "archived"}}},
		{At: noon, By: representative.Account, Act: "organisation.changed", Version: 2, Fields: []csdn.Difference{{Field: "shortName", After: "OO"}, {Field: "countries", After: "ML, NE"}}},
	}, page.Items)
	rest, err := h.organisations.Changes(t.Context(), representative, organisationID(1), csdn.PageRequest{Limit: 2, Cursor: page.Next})
	must(t, err)
	if len(rest.Items) != 1 || rest.Items[0].Act != "fixture" || rest.Next != "" {
		t.Errorf("the rest is %+v", rest)
	}
	h.organisation(t, 2)
	_, err = h.organisations.Changes(t.Context(), secretariat, organisationID(2), csdn.PageRequest{Limit: 2, Cursor: page.Next})
	refused(t, csdn.Malformed, err)
}

func TestStaleAndArchivedOrganisations(t *testing.T) {
	h := open(t)
	h.organisation(t, 1)
	h.organisation(t, 2)
	must(t, h.organisations.Archive(t.Context(), secretariat, organisationID(2), directory.AnyVersion))
	change := func(n int, read csdn.Version) error {
		_, err := h.organisations.Change(t.Context(), secretariat, organisationID(n), read, rename("Other"))
		return err
	}
	archive := func(n int, read csdn.Version) error {
		return h.organisations.Archive(t.Context(), secretariat, organisationID(n), read)
	}
	for name, c := range map[string]struct {
		want csdn.Kind
		act  func(int, csdn.Version) error
		n    int
		read csdn.Version
	}{
		"change at an earlier version":    {csdn.Stale, change, 1, 0},
		"change at a version to come":     {csdn.Stale, change, 1, 2},
		"archive at an earlier version":   {csdn.Stale, archive, 2, 1},
		"change of an archived one":       {csdn.Conflict, change, 2, 2},
		"archiving of an archived one":    {csdn.Conflict, archive, 2, 2},
		"archived one, any version":       {csdn.Conflict, change, 2, directory.AnyVersion},
		"change of one that is not there": {csdn.NotFound, change, 3, directory.AnyVersion},
	} {
		t.Run(name, func(t *testing.T) {
			h.refuses(t, c.want, func() error { return c.act(c.n, c.read) })
		})
	}
	read, err := h.organisations.Read(t.Context(), official, organisationID(2))
	must(t, err)
	if read.Status != csdn.Archived {
		t.Errorf("an archived organisation reads %s", read.Status)
	}
}

// TestTwoWhoChangeAtOnce has a second change come between the reading and the writing of the first.
func TestTwoWhoChangeAtOnce(t *testing.T) {
	h := open(t)
	h.organisation(t, 1)
	_, err := h.organisations.Change(t.Context(), secretariat, organisationID(1), 1, func(p csdn.OrganisationProfile) (csdn.OrganisationProfile, error) {
		_, err := h.organisations.Change(t.Context(), representative, organisationID(1), 1, rename("Theirs"))
		must(t, err)
		p.Name = "Ours"
		return p, nil
	})
	refused(t, csdn.Stale, err)
	read, err := h.organisations.Read(t.Context(), secretariat, organisationID(1))
	must(t, err)
	if read.Name != "Theirs" || read.Version != 2 {
		t.Errorf("got %s at %d", read.Name, read.Version)
	}
}
