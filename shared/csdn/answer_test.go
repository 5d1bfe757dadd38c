package csdn

import (
	"errors"
	"fmt"
	"testing"
	"time"
)

var noon = time.Date(2027, 1, 10, 12, 0, 0, 0, time.UTC)

// openMeeting is a hybrid meeting that starts at 08:15 UTC on 1 February 2027, with one seat in each mode.
func openMeeting(t *testing.T) Meeting {
	t.Helper()
	return Meeting{Status: MeetingOpen, MeetingProfile: MeetingProfile{
		Start: localTime(t, "2027-02-01T09:15"), End: localTime(t, "2027-02-01T11:30"), Zone: "Europe/Brussels",
		Mode: Hybrid, Seats: Seats{InPerson: ptr(1), Online: ptr(1)}, ResponseDeadline: noon.Add(24 * time.Hour),
	}}
}

func localTime(t *testing.T, text string) LocalTime {
	t.Helper()
	parsed, err := ParseLocalTime(text)
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

func ptr(n int) *int { return &n }

// TestRespond walks the whole table of statuses and answers, with a free seat of the mode and without one.
func TestRespond(t *testing.T) {
	const refused = InvitationStatus("")
	tests := map[InvitationStatus]map[Answer][2]InvitationStatus{ // with a free seat, without one
		Draft:     {Accept: {}, Decline: {}, Maybe: {}, Withdraw: {}},
		Invited:   {Accept: {Accepted, Reserved}, Decline: {Declined, Declined}, Maybe: {Tentative, Tentative}, Withdraw: {}},
		Tentative: {Accept: {Accepted, Reserved}, Decline: {Declined, Declined}, Maybe: {Tentative, Tentative}, Withdraw: {}},
		Accepted:  {Accept: {Accepted, Accepted}, Decline: {Declined, Declined}, Maybe: {}, Withdraw: {Withdrawn, Withdrawn}},
		Declined:  {Accept: {Accepted, Reserved}, Decline: {Declined, Declined}, Maybe: {Tentative, Tentative}, Withdraw: {}},
		Reserved:  {Accept: {Accepted, Reserved}, Decline: {Declined, Declined}, Maybe: {}, Withdraw: {Withdrawn, Withdrawn}},
		Offered:   {Accept: {Accepted, Accepted}, Decline: {Declined, Declined}, Maybe: {}, Withdraw: {Withdrawn, Withdrawn}},
		Lapsed:    {Accept: {Accepted, Reserved}, Decline: {Declined, Declined}, Maybe: {}, Withdraw: {}},
		Withdrawn: {Accept: {Accepted, Reserved}, Decline: {Declined, Declined}, Maybe: {}, Withdraw: {Withdrawn, Withdrawn}},
		Expired:   {Accept: {Accepted, Reserved}, Decline: {Declined, Declined}, Maybe: {}, Withdraw: {}}, // after the deadline was put off
		Revoked:   {Accept: {}, Decline: {}, Maybe: {}, Withdraw: {}},
		Attended:  {Accept: {}, Decline: {}, Maybe: {}, Withdraw: {}},
		Absent:    {Accept: {}, Decline: {}, Maybe: {}, Withdraw: {}},
	}
	m := openMeeting(t)
	for from, answers := range tests {
		for answer, wanted := range answers {
			for n, want := range wanted {
				t.Run(fmt.Sprintf("%s %s %d", from, answer, n), func(t *testing.T) {
					i := Invitation{Status: from, Mode: InPerson, Version: 3}
					seating := Seating{InPerson: n}
					if i.Seated() {
						seating.InPerson = 1
					}
					next, after, err := i.Respond(Response{Answer: answer}, m, seating, noon)
					if want == refused {
						if !errors.Is(err, Conflict) || next.Status != from || after != seating {
							t.Fatalf("got %s, %+v, %v; want it refused and nothing changed", next.Status, after, err)
						}
						return
					}
					if err != nil || next.Status != want {
						t.Fatalf("got %s, %v; want %s", next.Status, err, want)
					}
					if held := seating.InPerson - seats(i) + seats(next); after.InPerson != held {
						t.Errorf("%d seats taken, want %d", after.InPerson, held)
					}
					if moved := next.Status != from; (next.Version > i.Version) != moved || (next.Sequence > i.Sequence) != moved {
						t.Errorf("version %d, sequence %d after %s → %s", next.Version, next.Sequence, from, next.Status)
					}
				})
			}
		}
	}
}

func seats(i Invitation) int {
	if i.Seated() {
		return 1
	}
	return 0
}

func TestRespondInAnotherMode(t *testing.T) {
	m := openMeeting(t)
	tests := []struct {
		name    string
		from    InvitationStatus
		seating Seating
		want    InvitationStatus
		mode    Mode
		after   Seating
		refused bool
	}{
		{"a decline becomes an acceptance online", Declined, Seating{InPerson: 1}, Accepted, Online, Seating{InPerson: 1, Online: 1}, false},
		{"from the reserve of the room to online", Reserved, Seating{InPerson: 1}, Accepted, Online, Seating{InPerson: 1, Online: 1}, false},
		{"from the room to online", Accepted, Seating{InPerson: 1}, Accepted, Online, Seating{Online: 1}, false},
		{"from the room to online, where no seat is free", Accepted, Seating{InPerson: 1, Online: 1}, Accepted, InPerson, Seating{InPerson: 1, Online: 1}, true},
		{"an offer of the room is not lost to a full online", Offered, Seating{InPerson: 1, Online: 1}, Offered, InPerson, Seating{InPerson: 1, Online: 1}, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			next, after, err := Invitation{Status: test.from, Mode: InPerson}.Respond(Response{Answer: Accept, Mode: Online}, m, test.seating, noon)
			if (err != nil) != test.refused || next.Status != test.want || next.Mode != test.mode || after != test.after {
				t.Errorf("got %s %s, %+v, %v", next.Status, next.Mode, after, err)
			}
		})
	}
}

func TestTimesOfAnswers(t *testing.T) {
	m := openMeeting(t)
	late, begun := m.ResponseDeadline.Add(time.Second), m.StartsAt()
	tests := []struct {
		name    string
		from    InvitationStatus
		answer  Answer
		at      time.Time
		refused bool
	}{
		{"accept at the deadline", Invited, Accept, m.ResponseDeadline, false},
		{"accept after the deadline", Invited, Accept, late, true},
		{"decline after the deadline", Accepted, Decline, late, true},
		{"withdraw after the deadline", Accepted, Withdraw, late, false},
		{"take an offer after the deadline", Offered, Accept, late, false},
		{"withdraw once it has begun", Accepted, Withdraw, begun, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			i := Invitation{Status: test.from, Mode: InPerson}
			if _, _, err := i.Respond(Response{Answer: test.answer}, m, Seating{InPerson: 1}, test.at); errors.Is(err, Conflict) != test.refused {
				t.Errorf("got %v", err)
			}
		})
	}
	for _, status := range []MeetingStatus{MeetingDraft, MeetingHeld, MeetingClosed, MeetingCancelled} {
		m.Status = status
		if choices := (Invitation{Status: Invited, Mode: InPerson}).Choices(m, noon); len(choices) != 0 {
			t.Errorf("a meeting that is %s offers %v", status, choices)
		}
	}
}

func TestChoices(t *testing.T) {
	m := openMeeting(t)
	for status, want := range map[InvitationStatus]string{
		Invited: "[accepted declined tentative]", Accepted: "[accepted declined withdrawn]", Tentative: "[accepted declined]",
		Withdrawn: "[accepted declined]", Offered: "[accepted declined withdrawn]", Revoked: "[]",
	} {
		if got := fmt.Sprint(Invitation{Status: status, Mode: InPerson}.Choices(m, noon)); got != want {
			t.Errorf("%s: got %s, want %s", status, got, want)
		}
	}
	m.Mode = InPerson
	if got := fmt.Sprint(Invitation{Status: Accepted, Mode: InPerson}.Choices(m, noon)); got != "[declined withdrawn]" {
		t.Errorf("an acceptance of a room that is the only mode offers %s", got)
	}
}

func TestWaitingKeepsItsPlace(t *testing.T) {
	i := Invitation{Status: Reserved, Mode: InPerson, ReservedAt: noon.Add(-time.Hour), Version: 2}
	next, _, err := i.Respond(Response{Answer: Accept, Note: "I would gladly come."}, openMeeting(t), Seating{InPerson: 1}, noon)
	if err != nil || !next.ReservedAt.Equal(i.ReservedAt) || next.Version != 3 || next.Sequence != 0 || next.Note == "" {
		t.Errorf("got %+v, %v", next, err)
	}
}
