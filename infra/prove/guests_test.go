package prove

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// guest is a person who is invited, the token of the link, and the delivery of the invitation if one was made.
type guest struct {
	person   csdn.PersonID
	email    string
	token    string
	delivery csdn.DeliveryID
}

// id returns the identity of a number.
func id[T ~string](number int) T { return T(fmt.Sprintf("01HK153X00PR0VE0%010d", number)) }

// meeting is the one of every house.
const meeting csdn.MeetingID = "01HK153X00PR0VE0MEET000000"

// change is the entry of the trail that makes a record.
func change(number int) csdn.Change {
	return csdn.Change{ID: id[csdn.ChangeID](number), At: time.Now().UTC(), By: csdn.Clock, Act: "proof.prepared", Version: 1}
}

// meets opens the meeting, which is a month ahead, with so many seats.
func (h *house) meets(t *testing.T, seats int) {
	t.Helper()
	h.seats = seats
	now := time.Now().UTC().Truncate(time.Millisecond)
	day := now.AddDate(0, 1, 0).Format(time.DateOnly)
	begin, err := csdn.ParseLocalTime(day + "T09:15")
	if err != nil {
		t.Fatal(err)
	}
	end, err := csdn.ParseLocalTime(day + "T11:30")
	if err != nil {
		t.Fatal(err)
	}
	m := csdn.Meeting{
		ID: meeting, Status: csdn.MeetingOpen, CreatedAt: now, UpdatedAt: now, Version: 1,
		MeetingProfile: csdn.MeetingProfile{
			Phase: 5, Type: "policy-meeting", Title: "A proof", Start: begin, End: end, Zone: "Europe/Brussels",
			Mode: csdn.InPerson, Venue: csdn.Venue{Name: "The house"}, Language: "en", Rule: csdn.ChathamHouse,
			Seats: csdn.Seats{InPerson: &seats},
		},
	}
	if err := h.directory.PutMeeting(t.Context(), csdn.Meeting{}, m, change(0)); err != nil {
		t.Fatal(err)
	}
}

// knows writes n people, each with a link.
func (h *house) knows(t *testing.T, n int, address func(number int) string) []guest {
	t.Helper()
	guests := make([]guest, n)
	for i := range guests {
		guests[i] = guest{
			person: id[csdn.PersonID](i), email: address(i), token: fmt.Sprintf("the-link-of-guest-%06d", i),
		}
	}
	h.each(t, guests, func(ctx context.Context, i int, g guest) error {
		now := time.Now().UTC()
		return h.people.PutPerson(ctx, csdn.Person{}, csdn.Person{
			ID: g.person, Derived: csdn.CivilSociety, CreatedAt: now, UpdatedAt: now, Version: 1,
			PersonProfile: csdn.PersonProfile{
				Name: fmt.Sprintf("Guest %d", i), Email: g.email, Country: "BE", Zone: "Europe/Brussels", PreferredLanguage: "en",
				Safety: csdn.Open,
			},
		}, change(i))
	})
	return guests
}

// numbered is the address of the guest of a number.
func numbered(number int) string { return fmt.Sprintf("guest%d@proof.example", number) }

// invites writes an invitation of each guest as sent, with its link.
func (h *house) invites(t *testing.T, guests []guest) {
	t.Helper()
	h.writes(t, guests)
	h.each(t, guests, func(ctx context.Context, _ int, g guest) error {
		return h.participation.PutLink(ctx, csdn.Link{
			Hash: directory.HashToken(g.token), Meeting: meeting, Person: g.person, Round: 1,
		})
	})
}

// posts writes an invitation of each guest as sent, with its delivery in the outbox.
func (h *house) posts(t *testing.T, guests []guest) {
	t.Helper()
	for i := range guests {
		guests[i].delivery = id[csdn.DeliveryID](i)
	}
	h.writes(t, guests)
}

func (h *house) writes(t *testing.T, guests []guest) {
	t.Helper()
	number := 0
	for chunk := range slices.Chunk(guests, 30) {
		write := csdn.InvitationWrite{Meeting: meeting, MeetingVersion: 1}
		now := time.Now().UTC().Truncate(time.Millisecond)
		for _, g := range chunk {
			write.Invitations = append(write.Invitations, csdn.Invitation{
				Meeting: meeting, Person: g.person, Phase: 5, Category: csdn.CivilSociety, Mode: csdn.InPerson,
				Status: csdn.Invited, Round: 1, Calendar: "calendar-" + string(g.person), CreatedAt: now, UpdatedAt: now, Version: 1,
			})
			c := change(number)
			c.Fields = []csdn.Difference{{Field: "status", After: string(csdn.Invited)}}
			write.Changes = append(write.Changes, csdn.InvitationChange{Person: g.person, Change: c})
			if g.delivery != "" {
				write.Deliveries = append(write.Deliveries, csdn.Delivery{
					ID: g.delivery, Message: csdn.InvitationMessage, Meeting: meeting, Person: g.person, Round: 1, CreatedAt: now,
				})
			}
			number++
		}
		if err := h.participation.WriteInvitations(t.Context(), write); err != nil {
			t.Fatal(err)
		}
	}
}

// each does something for every guest, eight at a time.
func (h *house) each(t *testing.T, guests []guest, do func(ctx context.Context, number int, g guest) error) {
	t.Helper()
	var workers sync.WaitGroup
	for w := range 8 {
		workers.Go(func() {
			for i := w; i < len(guests); i += 8 {
				if err := do(t.Context(), i, guests[i]); err != nil {
					t.Errorf("guest %d: %v", i, err)
					return
				}
			}
		})
	}
	workers.Wait()
	if t.Failed() {
		t.FailNow()
	}
}
