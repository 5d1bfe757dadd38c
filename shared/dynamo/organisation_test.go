package dynamo_test

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
)

func organisation(n int) csdn.Organisation {
	return csdn.Organisation{
		ID: id[csdn.OrganisationID](n),
		OrganisationProfile: csdn.OrganisationProfile{
			Name: "Peace Women of the Niger", ShortName: "PWN", Type: "ngo", Mission: "We *mediate*.\n\nIn Gao.",
			Website: "https://pwn.example", Email: "office@pwn.example", Country: "ML", Regions: []csdn.Region{"011"},
			Countries: []csdn.Country{"ML", "NE"}, Languages: []csdn.Language{"fr", "en"},
			Areas: []csdn.Expertise{
				{Area: "mediation", Level: "expert", Evidence: "https://pwn.example/report", ConfirmedAt: noon.Add(-time.Hour)},
			},
			Phases: []csdn.PhaseNumber{2, 3}, Identifiers: []csdn.Identifier{{Scheme: "iati", Value: "XM-1"}}, Status: csdn.Active,
		},
		MergedInto: id[csdn.OrganisationID](8), Merging: id[csdn.MergerID](7),
		ConfirmedAt: noon.Add(-2 * time.Hour), CreatedAt: noon.Add(-3 * time.Hour), UpdatedAt: noon, Version: 1,
	}
}

func TestOrganisationComesBackWhole(t *testing.T) {
	h := open(t)
	whole := organisation(1)
	full(t, "organisation", reflect.ValueOf(whole))
	bare := csdn.Organisation{ID: id[csdn.OrganisationID](2), Version: 1}
	for n, want := range []csdn.Organisation{whole, bare} {
		must(t, h.directory.PutOrganisation(t.Context(), want, change(n, 1)))
		got, err := h.directory.Organisation(t.Context(), want.ID)
		must(t, err)
		same(t, want, got)
	}
	_, err := h.directory.Organisation(t.Context(), id[csdn.OrganisationID](3))
	refused(t, csdn.NotFound, err)
}

func TestOrganisationIsWrittenAtTheVersionBehindTheStoredOne(t *testing.T) {
	h := open(t)
	o := organisation(1)
	must(t, h.directory.PutOrganisation(t.Context(), o, change(1, 1)))
	o.Version, o.Name = 2, "Women's Peace Network"
	must(t, h.directory.PutOrganisation(t.Context(), o, change(2, 2)))

	for _, c := range []struct {
		name    string
		id      int
		version csdn.Version
		change  int
		want    csdn.Kind
	}{
		{"created twice", 1, 1, 3, csdn.Conflict},
		{"the stored version again", 1, 2, 3, csdn.Stale},
		{"a version ahead", 1, 4, 3, csdn.Stale},
		{"changed but never created", 2, 2, 3, csdn.Stale},
		{"a change that is recorded already", 1, 3, 2, csdn.Conflict},
	} {
		t.Run(c.name, func(t *testing.T) {
			other := organisation(c.id)
			other.Version, other.Name = c.version, "Another name"
			h.unchanged(t, c.want, func() error {
				return h.directory.PutOrganisation(t.Context(), other, change(c.change, c.version))
			})
		})
	}
}

func TestOrganisationsByIDKeepsTheOrderAsked(t *testing.T) {
	h := open(t)
	for n := 1; n <= 3; n++ {
		must(t, h.directory.PutOrganisation(t.Context(), organisation(n), change(n, 1)))
	}
	var got []csdn.OrganisationID
	found, err := h.directory.OrganisationsByID(t.Context(), []csdn.OrganisationID{
		id[csdn.OrganisationID](3), id[csdn.OrganisationID](9), id[csdn.OrganisationID](1), id[csdn.OrganisationID](3),
	})
	must(t, err)
	for _, o := range found {
		got = append(got, o.ID)
	}
	same(t, []csdn.OrganisationID{id[csdn.OrganisationID](3), id[csdn.OrganisationID](1), id[csdn.OrganisationID](3)}, got)

	none, err := h.directory.OrganisationsByID(t.Context(), nil)
	must(t, err)
	same(t, []csdn.Organisation{}, none)
}

func TestOrganisationChangesInPages(t *testing.T) {
	h := open(t)
	const changes = 5
	var trail []csdn.Change
	for n := 1; n <= changes; n++ {
		o, c := organisation(1), change(n, csdn.Version(n))
		o.Version = csdn.Version(n)
		must(t, h.directory.PutOrganisation(t.Context(), o, c))
		trail = append(trail, c)
	}
	must(t, h.directory.PutOrganisation(t.Context(), organisation(2), change(8, 1)))
	slices.Reverse(trail)
	full(t, "change", reflect.ValueOf(trail[0]))

	for _, limit := range []int{1, 2, changes - 1, changes, csdn.MaximumLimit} {
		var got []csdn.Change
		page := csdn.PageRequest{Limit: limit}
		for pages := 1; ; pages++ {
			p, err := h.directory.OrganisationChanges(t.Context(), id[csdn.OrganisationID](1), page)
			must(t, err)
			if got = append(got, p.Items...); p.Next == "" {
				if want := (changes + limit - 1) / limit; pages != want {
					t.Errorf("limit %d took %d pages, want %d", limit, pages, want)
				}
				break
			}
			page.Cursor = p.Next
		}
		same(t, trail, got)
	}
}

func TestCursorOfAnotherQueryIsMalformed(t *testing.T) {
	h := open(t)
	for n := 1; n <= 2; n++ {
		o := organisation(1)
		o.Version = csdn.Version(n)
		must(t, h.directory.PutOrganisation(t.Context(), o, change(n, o.Version)))
	}
	first, err := h.directory.OrganisationChanges(t.Context(), id[csdn.OrganisationID](1), csdn.PageRequest{Limit: 1})
	must(t, err)
	if first.Next == "" {
		t.Fatal("there is no second page")
	}
	own := "changes of organisation " + string(id[csdn.OrganisationID](1))
	for name, c := range map[string]struct {
		of     int
		cursor csdn.Cursor
	}{
		"of another organisation":   {2, first.Next},
		"not one at all":            {1, "nonsense"},
		"sealed, but at no place":   {1, csdn.SealCursor(own, "nowhere")},
		"sealed, in another range":  {1, csdn.SealCursor(own, "ORG")},
		"of a query of other nouns": {1, csdn.SealCursor("invitations", string(id[csdn.ChangeID](1)))},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := h.directory.OrganisationChanges(t.Context(), id[csdn.OrganisationID](c.of), csdn.PageRequest{Limit: 1, Cursor: c.cursor})
			refused(t, csdn.Malformed, err)
		})
	}
}

func TestReadyReadsTheTable(t *testing.T) {
	h := open(t)
	must(t, h.directory.Ready(t.Context()))
	h.directory.Table = "NoSuchTable"
	if h.directory.Ready(t.Context()) == nil {
		t.Error("a table that does not exist is ready")
	}
}
