package directory_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// canary is the number of a person, and of nothing else.
const canary = 31

// marked stores the canary, with words that nobody else has, all of which contain "quagga".
func (h *house) marked(t *testing.T) csdn.Person {
	t.Helper()
	return h.person(t, canary, func(p *csdn.PersonProfile) {
		p.Name, p.Email, p.Position = "Quagga One", "quagga@people.example", "Keeper of quagga"
		p.Biography, p.Alias, p.Gender, p.Consent.Source = "Born quagga.", "A quagga", "quagga", "quagga form"
	})
}

// gathering is a full meeting to come, 1, that the canary accepted and where person 2 waits; another, 2, that the canary was asked to; and
// one that is past, 3, where the canary was, all with links and messages.
func gathering(t *testing.T) *house {
	t.Helper()
	h := open(t)
	h.phase(t, 4)
	h.organisation(t, 1)
	h.marked(t)
	h.person(t, 2)
	h.meeting(t, 1, csdn.MeetingOpen, seats(1, 1))
	h.invite(t, personID(canary), personID(2))
	_, err := h.invitations.Respond(t.Context(), tokenOf(personID(canary), 1), csdn.Response{Answer: csdn.Accept, Note: "Brings a quagga."})
	must(t, err)
	h.clock.pass(time.Minute)
	h.answers(t, 2, csdn.Accept, "")
	h.meeting(t, 2, csdn.MeetingOpen)
	past := h.meeting(t, 3, csdn.MeetingHeld, func(p *csdn.MeetingProfile) {
		p.Start, p.End = local(t, "2026-02-01T09:15"), local(t, "2026-02-01T11:30")
	})
	_, err = h.invitations.Draft(t.Context(), planner, meetingID(2), people(canary), "", "")
	must(t, err)
	_, err = h.invitations.Send(t.Context(), planner, meetingID(2), people(canary))
	must(t, err)
	was := csdn.Invitation{
		Meeting: past.ID, Person: personID(canary), Phase: 4, Organisation: organisationID(1), Category: csdn.CivilSociety, Mode: csdn.Online,
		Areas: []csdn.AreaSlug{"mediation"}, Status: csdn.Attended, Note: "quagga", Round: 1, RespondedAt: noon, CreatedAt: noon, Version: 1,
	}
	change := csdn.InvitationChange{Person: was.Person, Change: h.change()}
	must(t, h.participation.WriteInvitations(t.Context(), csdn.InvitationWrite{
		Meeting: past.ID, MeetingVersion: 1, Invitations: []csdn.Invitation{was}, Changes: []csdn.InvitationChange{change},
	}))
	return h
}

// nothingOf checks that no item of any table has the text, whatever its case, but for those whose key begins as allowed.
func (h *house) nothingOf(t *testing.T, text string, allowed ...string) {
	t.Helper()
items:
	for place, item := range h.stored(t) {
		for _, a := range allowed {
			if strings.HasPrefix(place, a) {
				continue items
			}
		}
		if strings.Contains(strings.ToLower(place+item), strings.ToLower(text)) {
			t.Errorf("%q is left in %s: %s", text, place, item)
		}
	}
}

func TestErasureLeavesNothingOfAPerson(t *testing.T) {
	h := gathering(t)
	before, err := h.participation.Invitations(t.Context(), meetingID(3))
	must(t, err)
	past, err := h.network.Meeting(t.Context(), meetingID(3))
	must(t, err)
	h.stand(t, csdn.Reserved, csdn.Accepted)
	mails := len(h.messages(t, personID(canary)))
	e, err := h.rights.Erase(t.Context(), representative, personID(canary), 1)
	must(t, err)

	h.nothingOf(t, "quagga")
	h.nothingOf(t, string(personID(canary)), "DirectoryTable NETWORK#CSDN ERASURE#", "PeopleTable PERSON#")
	h.stand(t, csdn.Offered)
	same(t, csdn.Erasure{
		ID: e.ID, Status: csdn.ErasureDone, Person: personID(canary), BegunAt: h.clock.now(), DoneAt: h.clock.now(), By: representative.Account,
		Traces: csdn.Traces{"profiles": 1, "changes": 9, "invitations": 3, "links": 1, "deliveries": mails, "others": 1}, Version: e.Version,
	}, e)
	stored, err := h.rights.Read(t.Context(), secretariat, e.ID)
	must(t, err)
	same(t, e, stored)

	after, err := h.participation.Invitations(t.Context(), meetingID(3))
	must(t, err)
	same(t, csdn.Compose(past, before, nil), csdn.Compose(past, after, nil))
	count := func(list []csdn.Invitation) csdn.Indicators {
		n, _ := csdn.Count(past, list, func(csdn.PersonID) csdn.Country { return "" }, csdn.Roll{})
		n.Organisations = 0
		return n
	}
	same(t, count(before), count(after))
	listed, err := h.invitations.List(t.Context(), secretariat, meetingID(3), first)
	must(t, err)
	same(t, []csdn.Invitation{}, listed.Items)
	_, err = h.invitations.Read(t.Context(), secretariat, meetingID(3), after[0].Person)
	refused(t, csdn.NotFound, err)

	_, err = h.people.Read(t.Context(), secretariat, personID(canary))
	refused(t, csdn.NotFound, err)
	h.refuses(t, csdn.NotFound, func() error {
		_, err := h.rights.Erase(t.Context(), secretariat, personID(canary), directory.AnyVersion)
		return err
	})
	h.person(t, 3, func(p *csdn.PersonProfile) { p.Email = "quagga@people.example" }) // the address is free
}

// TestASearchForgetsWhoIsErased searches before and after with the same index in memory.
func TestASearchForgetsWhoIsErased(t *testing.T) {
	h := gathering(t)
	total := func() int {
		found, err := h.people.Search(t.Context(), secretariat, directory.Filter{Text: "quagga"}, first)
		must(t, err)
		return found.Total + len(found.Items)
	}
	same(t, 2, total())
	_, err := h.rights.Erase(t.Context(), secretariat, personID(canary), 1)
	must(t, err)
	same(t, 0, total())
}

func TestWhoMayEraseWhom(t *testing.T) {
	h := gathering(t)
	stranger := csdn.Caller{Account: id[csdn.AccountID](906), Role: csdn.OrganisationRole, Organisation: organisationID(2)}
	for caller, kind := range map[csdn.Caller]csdn.Kind{stranger: csdn.NotFound, planner: csdn.Forbidden, official: csdn.Forbidden} {
		h.refuses(t, kind, func() error {
			_, err := h.rights.Erase(t.Context(), caller, personID(canary), 1)
			return err
		})
	}
	h.refuses(t, csdn.Stale, func() error {
		_, err := h.rights.Erase(t.Context(), secretariat, personID(canary), 2)
		return err
	})
}

// breaking is a store that fails at the nth thing that it is asked to do: before it is done, or after.
type breaking struct {
	csdn.ErasureStore
	left *int
	late bool
}

var errKilled = errors.New("killed")

func (b breaking) step(do func() error) error {
	*b.left--
	if *b.left == 0 && !b.late {
		return errKilled
	}
	err := do()
	if err == nil && *b.left == 0 {
		return errKilled
	}
	return err
}

func (b breaking) BeginErasure(ctx context.Context, e csdn.Erasure, p csdn.Person, a csdn.Account) error {
	return b.step(func() error { return b.ErasureStore.BeginErasure(ctx, e, p, a) })
}

func (b breaking) EraseRecords(ctx context.Context, e csdn.Erasure) (after csdn.Erasure, left bool, err error) {
	err = b.step(func() error { after, left, err = b.ErasureStore.EraseRecords(ctx, e); return err })
	return after, left, err
}

func (b breaking) EraseInvitation(ctx context.Context, e csdn.Erasure, i csdn.Invitation, rest *csdn.Invitation) (after csdn.Erasure, left bool, err error) {
	err = b.step(func() error { after, left, err = b.ErasureStore.EraseInvitation(ctx, e, i, rest); return err })
	return after, left, err
}

func (b breaking) FinishErasure(ctx context.Context, e csdn.Erasure) error {
	return b.step(func() error { return b.ErasureStore.FinishErasure(ctx, e) })
}

// TestErasureBrokenOffAnywhereGoesOn breaks an erasure off before and after each of its steps, and has it done again, by whoever asks
// or by the clock. It comes to the same, and the seat is offered once.
func TestErasureBrokenOffAnywhereGoesOn(t *testing.T) {
	const steps = 8 // begin; an invitation thrice; records thrice; finish
	for step := 1; step <= steps+1; step++ {
		t.Run(fmt.Sprint(step), func(t *testing.T) {
			t.Parallel()
			h := gathering(t)
			left, broken := step, h.rights
			broken.Store = breaking{ErasureStore: h.store, left: &left, late: step%2 == 0}
			_, err := broken.Erase(t.Context(), secretariat, personID(canary), 1)
			if killed := errors.Is(err, errKilled); killed != (left <= 0) {
				t.Fatalf("at step %d: %v", step, err)
			}
			if step > 1 || broken.Store.(breaking).late {
				_, err = h.people.Read(t.Context(), secretariat, personID(canary))
				refused(t, csdn.NotFound, err)
			}
			if _, err = h.rights.GoOn(t.Context()); step == 1 {
				_, err = h.rights.Erase(t.Context(), secretariat, personID(canary), 1)
			}
			must(t, err)
			h.nothingOf(t, "quagga")
			h.nothingOf(t, string(personID(canary)), "DirectoryTable NETWORK#CSDN ERASURE#", "PeopleTable PERSON#")
			h.stand(t, csdn.Offered)
			same(t, []string{"invitation", "offer", "reserve"}, h.messages(t, personID(2)))
			list, err := h.rights.List(t.Context(), secretariat, first)
			must(t, err)
			traces := csdn.Traces{"profiles": 1, "changes": 9, "invitations": 3, "links": 1, "deliveries": 3, "others": 1}
			if len(list.Items) != 1 || list.Items[0].Status != csdn.ErasureDone {
				t.Fatalf("the certificates are %+v", list.Items)
			}
			same(t, traces, list.Items[0].Traces)
			h.silent(t, func() error { _, err := h.rights.GoOn(t.Context()); return err })
		})
	}
}

// TestWhatWasDecidedBeforeAnErasureIsRemovedToo drafts an invitation for somebody who was there when that was decided.
func TestWhatWasDecidedBeforeAnErasureIsRemovedToo(t *testing.T) {
	h := gathering(t)
	e, err := h.rights.Erase(t.Context(), secretariat, personID(canary), 1)
	must(t, err)
	late := csdn.Invitation{Meeting: meetingID(2), Person: personID(canary), Phase: 4, Status: csdn.Draft, Note: "quagga", Round: 1, Version: 1}
	must(t, h.participation.WriteInvitations(t.Context(), csdn.InvitationWrite{Meeting: meetingID(2), MeetingVersion: 1, Invitations: []csdn.Invitation{late}}))
	for _, minutes := range []time.Duration{9, 1} {
		h.clock.pass(minutes * time.Minute)
		_, err = h.rights.GoOn(t.Context())
		must(t, err)
	}
	h.nothingOf(t, "quagga")
	h.nothingOf(t, string(personID(canary)), "DirectoryTable NETWORK#CSDN ERASURE#", "PeopleTable PERSON#")
	after, err := h.rights.Read(t.Context(), secretariat, e.ID)
	must(t, err)
	same(t, e.Traces["invitations"]+1, after.Traces["invitations"])
	h.clock.pass(time.Hour)
	h.silent(t, func() error {
		done, err := h.rights.GoOn(t.Context())
		same(t, 0, done)
		return err
	})
}
