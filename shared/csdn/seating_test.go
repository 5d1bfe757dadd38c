package csdn

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// sequences is how many random histories of a meeting are lived through.
const sequences = 10_000

// plain is the model: who holds a seat, who waits in which line, told in the simplest words.
type plain struct {
	status map[PersonID]InvitationStatus
	mode   map[PersonID]Mode
	line   []PersonID // the reserve, the longest waiting first
	limits Seats
	last   map[PersonID]Category
}

func (p *plain) seated(m Mode) int {
	n := 0
	for person, status := range p.status {
		if p.mode[person] == m && (status == Accepted || status == Offered) {
			n++
		}
	}
	return n
}

func (p *plain) leaveLine(who PersonID) {
	p.line = slices.DeleteFunc(p.line, func(one PersonID) bool { return one == who })
}

// end takes whatever the person held away, and hands a freed seat on.
func (p *plain) end(who PersonID, to InvitationStatus) {
	held := p.status[who] == Accepted || p.status[who] == Offered
	p.status[who] = to
	p.leaveLine(who)
	if held {
		p.handOn(p.mode[who], p.last[who], who)
	}
}

func (p *plain) handOn(m Mode, c Category, not PersonID) {
	for p.seated(m) < *p.limits.Limit(m) {
		first := slices.IndexFunc(p.line, func(one PersonID) bool { return one != not && p.mode[one] == m && p.last[one] == c })
		if first < 0 {
			first = slices.IndexFunc(p.line, func(one PersonID) bool { return one != not && p.mode[one] == m })
		}
		if first < 0 {
			return
		}
		next := p.line[first]
		p.leaveLine(next)
		p.status[next] = Offered
	}
}

func (p *plain) accept(who PersonID, m Mode) (refused bool) {
	held := p.status[who] == Accepted || p.status[who] == Offered
	switch {
	case held && p.mode[who] == m:
		p.status[who] = Accepted
	case p.seated(m) < *p.limits.Limit(m):
		from := p.mode[who]
		p.leaveLine(who)
		p.status[who], p.mode[who] = Accepted, m
		if held {
			p.handOn(from, p.last[who], who)
		}
	case held:
		return true
	case p.status[who] == Reserved && p.mode[who] == m:
	default:
		p.leaveLine(who)
		p.line = append(p.line, who)
		p.status[who], p.mode[who] = Reserved, m
	}
	return false
}

// history is the rules under test: invitations and seating as the directory keeps them.
type history struct {
	meeting     Meeting
	invitations map[PersonID]Invitation
	seating     Seating
	at          time.Time
}

// put stores what an act came to, and the offers of a seat that it freed, as the directory does.
func (h *history) put(before, after Invitation, seating Seating) {
	h.invitations[after.Person], h.seating = after, seating
	if !before.Seated() || after.Seated() && after.Mode == before.Mode {
		return
	}
	var waiting []Invitation
	for _, i := range h.invitations {
		waiting = append(waiting, i)
	}
	offers, seating := NextOffers(h.meeting, h.seating, waiting, before, h.at, h.at.Add(time.Hour))
	for _, offer := range offers {
		h.invitations[offer.Person] = offer
	}
	h.seating = seating
}

func (h *history) end(who PersonID, end func(Invitation) (Invitation, error)) error {
	before := h.invitations[who]
	after, err := end(before)
	if err == nil {
		h.put(before, after, h.seating.Leave(before))
	}
	return err
}

// TestRandomHistories lives through random sequences of invitations, answers, withdrawals, revocations, lapses and
// expiries, and compares the rules with the model after every step.
func TestRandomHistories(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for n := range sequences {
		liveThrough(t, random, n)
		if t.Failed() {
			return
		}
	}
}

func liveThrough(t *testing.T, random *rand.Rand, n int) {
	limits := Seats{InPerson: ptr(random.IntN(4)), Online: ptr(random.IntN(3))}
	m := openMeeting(t)
	m.Seats = limits
	h := &history{meeting: m, invitations: map[PersonID]Invitation{}, at: noon}
	p := &plain{status: map[PersonID]InvitationStatus{}, mode: map[PersonID]Mode{}, limits: limits, last: map[PersonID]Category{}}
	people := 1 + random.IntN(7)
	for who := range people {
		id, category := PersonID(fmt.Sprint(who)), Categories()[random.IntN(2)]
		h.invitations[id] = Invitation{Person: id, Category: category, Mode: InPerson, Status: Draft, Version: 1}
		p.status[id], p.mode[id], p.last[id] = Draft, InPerson, category
	}
	var story []string
	for range 25 {
		h.at = h.at.Add(time.Second)
		who := PersonID(fmt.Sprint(random.IntN(people)))
		mode := []Mode{InPerson, Online}[random.IntN(2)]
		did, err, expected := step(h, p, who, mode, random.IntN(10))
		story = append(story, fmt.Sprintf("%s %s %s: %v", who, did, mode, err))
		if (err != nil) != expected {
			t.Errorf("history %d: refused is %v, the model says %v", n, err, expected)
		}
		compare(t, h, p)
		if t.Failed() {
			t.Fatalf("history %d, seats %d and %d:\n%q", n, *limits.InPerson, *limits.Online, story)
		}
	}
}

// step does one act on the rules and on the model. It returns what it was, what the rules said, and whether the model
// refuses it.
func step(h *history, p *plain, who PersonID, mode Mode, act int) (did string, err error, refused bool) {
	status := p.status[who]
	answer := func(a Answer) error {
		before := h.invitations[who]
		after, seating, err := before.Respond(Response{Answer: a, Mode: mode}, h.meeting, h.seating, h.at)
		if err == nil {
			h.put(before, after, seating)
		}
		return err
	}
	answerable := status != Draft && status != Revoked
	switch act {
	case 0:
		err = h.end(who, func(i Invitation) (Invitation, error) { return i.Send(h.at, h.meeting) })
		if refused = status != Draft; !refused {
			p.status[who] = Invited
		}
		return "send", err, refused
	case 1, 2, 3:
		if refused = !answerable; !refused {
			refused = p.accept(who, mode)
		}
		return "accept", answer(Accept), refused
	case 4:
		if refused = !answerable; !refused {
			p.end(who, Declined)
		}
		return "decline", answer(Decline), refused
	case 5:
		if refused = status != Invited && status != Tentative && status != Declined; !refused {
			p.end(who, Tentative)
		}
		return "maybe", answer(Maybe), refused
	case 6:
		if refused = status != Accepted && status != Reserved && status != Offered && status != Withdrawn; !refused {
			p.end(who, Withdrawn)
		}
		return "withdraw", answer(Withdraw), refused
	case 7:
		err = h.end(who, func(i Invitation) (Invitation, error) { return i.Revoke(h.at, "") })
		if refused = !slices.Contains([]InvitationStatus{Draft, Invited, Accepted, Tentative, Reserved, Offered}, status); !refused {
			p.end(who, Revoked)
		}
		return "revoke", err, refused
	}
	if act == 9 {
		h.meeting.Calendar++
		for person, i := range h.invitations {
			again, err := i.AskAgain(h.at, h.meeting)
			if (err != nil) != (p.status[person] == Draft || p.status[person] == Revoked) {
				return "ask again", err, err == nil
			}
			if err == nil {
				h.seating, h.invitations[person] = h.seating.Leave(i), again
				p.status[person] = Invited
			}
		}
		p.line = nil
		return "ask again", nil, false
	}
	if status == Offered {
		p.end(who, Lapsed)
		return "lapse", h.end(who, func(i Invitation) (Invitation, error) { return i.Lapse(h.at) }), false
	}
	if refused = status != Invited && status != Tentative; !refused {
		p.end(who, Expired)
	}
	return "expire", h.end(who, func(i Invitation) (Invitation, error) { return i.Expire(h.at) }), refused
}

func compare(t *testing.T, h *history, p *plain) {
	t.Helper()
	for who, i := range h.invitations {
		if i.Status != p.status[who] || (i.Status == Accepted || i.Status == Offered || i.Status == Reserved) && i.Mode != p.mode[who] {
			t.Errorf("%s is %s %s, the model says %s %s", who, i.Status, i.Mode, p.status[who], p.mode[who])
		}
	}
	for _, m := range []Mode{InPerson, Online} {
		if taken := h.seating.taken(m); taken != p.seated(m) || taken < 0 || taken > *p.limits.Limit(m) {
			t.Errorf("%d seats %s are taken of %d, the model says %d", taken, m, *p.limits.Limit(m), p.seated(m))
		}
	}
}

func TestOffersEndAtTheStart(t *testing.T) {
	m := openMeeting(t)
	waiting := []Invitation{{Person: "A", Status: Reserved, Mode: InPerson, ReservedAt: noon}}
	offers, seating := NextOffers(m, Seating{}, waiting, Invitation{Mode: InPerson}, noon, m.StartsAt().Add(time.Hour))
	if len(offers) != 1 || !offers[0].DueAt.Equal(m.StartsAt()) || seating.InPerson != 1 {
		t.Errorf("got %+v, %+v", offers, seating)
	}
}

func TestAttendance(t *testing.T) {
	for _, status := range []InvitationStatus{Accepted, Attended, Absent} {
		if i, err := (Invitation{Status: status}).Attend(noon, true); err != nil || i.Status != Attended {
			t.Errorf("%s: %s, %v", status, i.Status, err)
		}
	}
	if _, err := (Invitation{Status: Invited}).Attend(noon, true); !errors.Is(err, Conflict) {
		t.Errorf("somebody who never accepted attended: %v", err)
	}
}
