package directory_test

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// order merges organisation 2, which is listed twice, into organisation 1.
var order = csdn.MergerOrder{
	Subject: csdn.Organisations, Keep: string(organisationID(1)), Absorb: string(organisationID(2)), KeepVersion: 1, AbsorbVersion: 1,
	Take: []string{"website"}, Join: []string{"phases", "identifiers", "areas"},
}

// twice is a house in which organisation 2 is organisation 1 once more, and is referred to in every way: by people, one of whom is hidden,
// an account, invitations of which one is a draft, the tallies of who was invited, and the rolls of two phases.
func twice(t *testing.T) *house {
	t.Helper()
	h := open(t)
	h.area(t, "aa")
	h.area(t, "bb")
	for _, n := range []csdn.PhaseNumber{3, 4} {
		h.phase(t, n)
	}
	aa := csdn.Expertise{Area: "aa", Level: "works-on"}
	h.organisation(t, 1, claims(aa), func(p *csdn.OrganisationProfile) {
		p.Name, p.Phases, p.Type, p.Website = "Maman Congo", []csdn.PhaseNumber{4}, "academic", "https://old.example"
	})
	h.organisation(t, 2, claims(csdn.Expertise{Area: "aa", Level: "expert"}, csdn.Expertise{Area: "bb", Level: "works-on"}), func(p *csdn.OrganisationProfile) {
		p.Name, p.Phases, p.Website = "Maman Kongo", []csdn.PhaseNumber{3}, "https://new.example"
		p.Identifiers = []csdn.Identifier{{Scheme: "ror", Value: "0twice"}}
	})
	h.organisation(t, 3)
	scholar := csdn.Person{ID: personID(11), PersonProfile: profile(11), Derived: "academic", CreatedAt: noon, UpdatedAt: noon, Version: 1}
	must(t, h.persons.PutPerson(t.Context(), csdn.Person{}, scholar, h.change()))
	h.person(t, 12, member(2), knows(aa))
	h.person(t, 13, member(2), safety(csdn.Hidden))
	h.person(t, 14, member(3))
	h.person(t, 15, member(2))
	must(t, h.persons.PutAccount(t.Context(), csdn.Account{}, csdn.Account{
		ID: id[csdn.AccountID](904), Email: "r@org.example", Role: csdn.OrganisationRole, Organisation: organisationID(2), CreatedAt: noon, UpdatedAt: noon, Version: 1,
	}, h.change()))
	h.meeting(t, 1, csdn.MeetingOpen, seats(5, 5))
	h.invite(t, personID(11), personID(12), personID(14))
	h.answers(t, 12, csdn.Accept, "")
	_, err := h.invitations.Draft(t.Context(), planner, meetingID(1), []csdn.PersonID{personID(15)}, "", "")
	must(t, err)
	for phase, list := range map[csdn.PhaseNumber][]csdn.OrganisationID{3: {organisationID(1), organisationID(2)}, 4: {organisationID(2), organisationID(3)}} {
		must(t, h.mergers.Store.PutRoll(t.Context(), csdn.Roll{Phase: phase, Organisations: list, Version: 1}))
	}
	link := csdn.NewRenewalLink(directory.HashToken("renewal"), organisationID(2), h.clock.now())
	must(t, h.renewalStore.PutRenewalLink(t.Context(), link))
	return h
}

// naming returns the items that name an organisation and are neither of its own nor of a trail, nor of the merger.
func (h *house) naming(t *testing.T, organisation csdn.OrganisationID) []string {
	t.Helper()
	var list []string
	h.items(t, func(table, pk, sk string, item map[string]types.AttributeValue) {
		told := strings.HasPrefix(sk, "CHANGE#") || strings.HasPrefix(sk, "MERGER#") || pk == "ORG#"+string(organisation)
		if !told && strings.Contains(written(&types.AttributeValueMemberM{Value: item}), string(organisation)) {
			list = append(list, table+" "+pk+" "+sk)
		}
	})
	slices.Sort(list)
	return list
}

// substance returns everything that is stored but for trails and mergers, and without versions and the times of changes.
func (h *house) substance(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	h.items(t, func(table, pk, sk string, item map[string]types.AttributeValue) {
		if strings.HasPrefix(sk, "CHANGE#") || strings.HasPrefix(sk, "MERGER#") {
			return
		}
		item = maps.Clone(item)
		delete(item, "version")
		delete(item, "updatedAt")
		if list, ok := item["organisations"].(*types.AttributeValueMemberL); ok { // a roll has no order
			slices.SortFunc(list.Value, func(a, b types.AttributeValue) int { return strings.Compare(textOf(a), textOf(b)) })
		}
		all[table+" "+pk+" "+sk] = written(&types.AttributeValueMemberM{Value: item})
	})
	return all
}

// merges starts the merger of the order and goes on with it until it is done.
func (h *house) merges(t *testing.T, o csdn.MergerOrder) csdn.Merger {
	t.Helper()
	m, err := h.mergers.Start(t.Context(), secretariat, o)
	must(t, err)
	return h.ends(t, m)
}

// ends goes on with a merger until nothing is left of it to do.
func (h *house) ends(t *testing.T, m csdn.Merger) csdn.Merger {
	t.Helper()
	h.clock.pass(2 * time.Minute)
	_, err := h.mergers.CarryOn(t.Context())
	must(t, err)
	m, err = h.mergers.Read(t.Context(), secretariat, m.ID)
	must(t, err)
	if m.Working() {
		t.Fatalf("the merger is %s", m.Status)
	}
	return m
}

func TestAMergerMovesEveryReference(t *testing.T) {
	h := twice(t)
	before := h.substance(t)
	pair, err := h.mergers.Compare(t.Context(), secretariat, order.Subject, order.Keep, order.Absorb)
	must(t, err)
	moved := csdn.References{
		csdn.PersonReference: 3, csdn.AccountReference: 1, csdn.InvitationReference: 2, csdn.GuestReference: 1, csdn.RollReference: 2,
	}
	same(t, moved, pair.References)
	m, err := h.mergers.Start(t.Context(), secretariat, order)
	must(t, err)
	absorbed, err := h.organisations.Read(t.Context(), official, organisationID(2))
	must(t, err)
	if absorbed.Status != csdn.Archived || absorbed.MergedInto != organisationID(1) {
		t.Errorf("the one that went is %+v", absorbed)
	}
	m, err = h.mergers.GoOn(t.Context(), secretariat, m.ID)
	must(t, err)
	if m.Status != csdn.MergerRunning {
		t.Error("it ends before all know of it")
	}
	same(t, moved, m.Moved)
	h.ends(t, m)
	same(t, []string{"DirectoryTable LINK#" + string(directory.HashToken("renewal")) + " LINK"}, h.naming(t, organisationID(2)))

	kept, err := h.network.Organisation(t.Context(), organisationID(1))
	must(t, err)
	same(t, csdn.OrganisationProfile{
		Name: "Maman Congo", Type: "academic", Website: "https://new.example", Country: "ML", Status: csdn.Active,
		Areas:  []csdn.Expertise{{Area: "aa", Level: "expert"}, {Area: "bb", Level: "works-on"}},
		Phases: []csdn.PhaseNumber{3, 4}, Identifiers: []csdn.Identifier{{Scheme: "ror", Value: "0twice"}},
	}, kept.OrganisationProfile)
	p, err := h.persons.Person(t.Context(), personID(12))
	must(t, err)
	if p.Organisation != organisationID(1) || p.Derived != "academic" {
		t.Errorf("the person is %+v", p)
	}
	roll, err := h.participation.Roll(t.Context(), 4)
	must(t, err)
	same(t, []csdn.OrganisationID{organisationID(3), organisationID(1)}, roll.Organisations)
	led, err := h.renewalLinks.Read(t.Context(), "renewal")
	must(t, err)
	if led.Organisation.ID != organisationID(1) || len(led.People) != 1 {
		t.Errorf("the link leads to %+v", led)
	}

	m, err = h.mergers.Undo(t.Context(), secretariat, m.ID)
	must(t, err)
	if m.Status != csdn.MergerUndone || len(m.Left) != 0 {
		t.Errorf("the merger is %+v", m)
	}
	same(t, moved, m.Returned)
	same(t, before, h.substance(t))
}

func TestMergersAtOnce(t *testing.T) {
	h := twice(t)
	h.organisation(t, 4)
	other := order
	other.Absorb, other.Take, other.Join = string(organisationID(4)), nil, nil
	var both sync.WaitGroup
	errs := make([]error, 2)
	for n, o := range []csdn.MergerOrder{order, other} {
		both.Go(func() { _, errs[n] = h.mergers.Start(t.Context(), secretariat, o) })
	}
	both.Wait()
	if (errs[0] == nil) == (errs[1] == nil) || csdn.KindOf(errors.Join(errs...)) != csdn.Conflict {
		t.Errorf("two at once: %v", errs)
	}
}

func TestWhatIsMergedStaysAsItIs(t *testing.T) {
	h := twice(t)
	for name, o := range map[string]csdn.MergerOrder{
		"one that is not there":    {Subject: csdn.Organisations, Keep: order.Keep, Absorb: string(organisationID(9)), KeepVersion: 1, AbsorbVersion: 1},
		"itself":                   {Subject: csdn.Organisations, Keep: order.Keep, Absorb: order.Keep, KeepVersion: 1, AbsorbVersion: 1},
		"no subject":               {Subject: "meeting", Keep: order.Keep, Absorb: order.Absorb, KeepVersion: 1, AbsorbVersion: 1},
		"a field that there isn't": {Subject: csdn.Organisations, Keep: order.Keep, Absorb: order.Absorb, KeepVersion: 1, AbsorbVersion: 1, Take: []string{"colour"}},
		"a joined line":            {Subject: csdn.Organisations, Keep: order.Keep, Absorb: order.Absorb, KeepVersion: 1, AbsorbVersion: 1, Join: []string{"name"}},
		"taken and joined":         {Subject: csdn.Organisations, Keep: order.Keep, Absorb: order.Absorb, KeepVersion: 1, AbsorbVersion: 1, Take: []string{"phases"}, Join: []string{"phases"}},
	} {
		t.Run(name, func(t *testing.T) {
			h.refuses(t, csdn.Invalid, func() error { _, err := h.mergers.Start(t.Context(), secretariat, o); return err })
		})
	}
	late := order
	late.AbsorbVersion = 7
	h.refuses(t, csdn.Stale, func() error { _, err := h.mergers.Start(t.Context(), secretariat, late); return err })
	m, err := h.mergers.Start(t.Context(), secretariat, order)
	must(t, err)
	edit := func(p csdn.OrganisationProfile) (csdn.OrganisationProfile, error) {
		p.Mission = "Another"
		return p, nil
	}
	for name, act := range map[string]func(csdn.OrganisationID) error{
		"changing": func(id csdn.OrganisationID) error {
			_, err := h.organisations.Change(t.Context(), secretariat, id, directory.AnyVersion, edit)
			return err
		},
		"confirming": func(id csdn.OrganisationID) error {
			_, err := h.organisations.Confirm(t.Context(), secretariat, id, directory.AnyVersion, nil)
			return err
		},
		"archiving": func(id csdn.OrganisationID) error {
			return h.organisations.Archive(t.Context(), secretariat, id, directory.AnyVersion)
		},
		"merging": func(id csdn.OrganisationID) error {
			o := csdn.MergerOrder{Subject: csdn.Organisations, Keep: string(organisationID(3)), Absorb: string(id), KeepVersion: 1, AbsorbVersion: 2}
			_, err := h.mergers.Start(t.Context(), secretariat, o)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			for n := 1; n <= 2; n++ {
				h.refuses(t, csdn.Conflict, func() error { return act(organisationID(n)) })
			}
		})
	}
	h.refuses(t, csdn.Conflict, func() error { _, err := h.mergers.Undo(t.Context(), secretariat, m.ID); return err })
	h.ends(t, m)
	_, err = h.organisations.Change(t.Context(), secretariat, organisationID(1), directory.AnyVersion, edit)
	must(t, err)
	h.refuses(t, csdn.Conflict, func() error {
		_, err := h.organisations.Change(t.Context(), secretariat, organisationID(2), directory.AnyVersion, edit)
		return err
	})
	// A person who is put under the one that went belongs to the one that stays.
	p, err := h.people.Create(t.Context(), secretariat, profile(18, member(2)))
	must(t, err)
	if p.Organisation != organisationID(1) {
		t.Errorf("the person is of %s", p.Organisation)
	}
}
