package directory_test

import (
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// confirmations are when the claims of a list were confirmed.
func confirmations(list []csdn.Expertise) []time.Time {
	var times []time.Time
	for _, e := range list {
		times = append(times, e.ConfirmedAt)
	}
	return times
}

func TestConfirmOrganisation(t *testing.T) {
	h := open(t)
	h.organisation(t, 1, func(p *csdn.OrganisationProfile) { p.Areas = []csdn.Expertise{{Area: "ssr"}, {Area: "ihl"}} })
	h.clock.pass(time.Hour)
	confirm := func(read csdn.Version, areas ...csdn.AreaSlug) (csdn.Organisation, error) {
		return h.organisations.Confirm(t.Context(), representative, organisationID(1), read, areas)
	}
	h.refuses(t, csdn.Stale, func() error { _, err := confirm(7); return err })
	h.refuses(t, csdn.Invalid, func() error {
		_, err := confirm(1, "ssr", "gender")
		same(t, []string{"areas[1]"}, locations(err))
		return err
	})
	o, err := confirm(1, "ihl")
	must(t, err)
	same(t, []time.Time{{}, h.clock.now()}, confirmations(o.Areas))
	h.clock.pass(time.Hour)
	_, err = confirm(directory.AnyVersion)
	must(t, err)
	o, err = h.organisations.Read(t.Context(), representative, organisationID(1))
	must(t, err)
	same(t, []time.Time{h.clock.now(), h.clock.now()}, confirmations(o.Areas))
	same(t, h.clock.now(), o.ConfirmedAt)
	same(t, []csdn.Act{"organisation.confirmed", "organisation.confirmed", "fixture"}, h.trailOfOrganisation(t, o.ID))
	must(t, h.organisations.Archive(t.Context(), secretariat, organisationID(1), directory.AnyVersion))
	h.refuses(t, csdn.Conflict, func() error { _, err := confirm(directory.AnyVersion); return err })
}

func TestConfirmPerson(t *testing.T) {
	h := open(t)
	h.organisation(t, 1)
	h.person(t, 1, func(p *csdn.PersonProfile) { p.Areas = []csdn.Expertise{{Area: "ssr"}, {Area: "ihl"}} })
	h.person(t, 2)
	h.clock.pass(time.Hour)
	confirm := func(n int, read csdn.Version, areas ...csdn.AreaSlug) (csdn.Person, error) {
		return h.people.Confirm(t.Context(), representative, personID(n), read, areas)
	}
	h.refuses(t, csdn.Stale, func() error { _, err := confirm(1, 7); return err })
	h.refuses(t, csdn.Invalid, func() error { _, err := confirm(1, 1, "gender"); return err })
	p, err := confirm(1, 1, "ssr")
	must(t, err)
	same(t, []time.Time{h.clock.now(), {}}, confirmations(p.Areas))
	h.silent(t, func() error { _, err := confirm(2, 1); return err })
}
