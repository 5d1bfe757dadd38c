package csdn

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestOutcomes(t *testing.T) {
	answered := time.Date(2027, 1, 10, 12, 0, 0, 0, time.UTC)
	tests := []struct {
		status   InvitationStatus
		answered time.Time
		want     Outcome
		sent     bool
	}{
		{Draft, time.Time{}, "", false},
		{Revoked, answered, "", false},
		{Invited, time.Time{}, NoReply, true},
		{Expired, time.Time{}, NoReply, true},
		{Expired, answered, OtherReply, true}, // once tentative
		{Declined, answered, OtherReply, true},
		{Withdrawn, answered, OtherReply, true},
		{Reserved, answered, OtherReply, true},
		{Lapsed, answered, OtherReply, true},
		{Accepted, answered, WasAwaited, true},
		{Absent, answered, WasAwaited, true},
		{Attended, answered, WasThere, true},
	}
	for _, test := range tests {
		got, sent := Invitation{Status: test.status, RespondedAt: test.answered}.Outcome()
		if got != test.want || sent != test.sent {
			t.Errorf("%s, answered %t: %q, %t", test.status, !test.answered.IsZero(), got, sent)
		}
	}
}

func TestCountingAMeeting(t *testing.T) {
	m := Meeting{ID: "M", MeetingProfile: MeetingProfile{Phase: 4, Type: "policy-meeting"}, UpdatedAt: time.Unix(9, 0)}
	homes := map[PersonID]Country{"a": "ML", "b": "ML", "c": "BE"}
	n, roll := Count(m, []Invitation{
		{Person: "a", Status: Attended, Category: CivilSociety, Organisation: "o1", Areas: []AreaSlug{"ddr", "gender"}},
		{Person: "b", Status: Accepted, Category: CivilSociety, Organisation: "o2", Areas: []AreaSlug{"ddr"}},
		{Person: "c", Status: Absent, Category: CivilSociety, Organisation: "o3"},
		{Person: "d", Status: Attended, Category: "academic", Organisation: "o2"},
		{Person: "e", Status: Invited, Category: "academic", Organisation: "o4"},
		{Person: "f", Status: Draft, Category: "academic", Organisation: "o5"},
	}, func(p PersonID) Country { return homes[p] }, Roll{Phase: 4, Organisations: []OrganisationID{"o1"}, Version: 3})
	want := Indicators{
		Meeting: "M", Phase: 4, Type: "policy-meeting", ClosedAt: time.Unix(9, 0),
		Outcomes: map[Outcome]map[Category]int{
			WasThere: {CivilSociety: 1, "academic": 1}, WasAwaited: {CivilSociety: 2}, NoReply: {"academic": 1},
		},
		Countries: map[Country]int{"ML": 2}, Areas: map[AreaSlug]int{"ddr": 2, "gender": 1}, Organisations: 1,
	}
	if diff := cmp.Diff(want, n); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(Roll{Phase: 4, Organisations: []OrganisationID{"o1", "o2"}, Version: 4}, roll); diff != "" {
		t.Error(diff)
	}
}

func attendance(cells map[Category]int) Indicators {
	return Indicators{Type: "policy-meeting", Outcomes: map[Outcome]map[Category]int{WasThere: cells}, Organisations: 2}
}

// TestSmallCellsWaitForMore reports three meetings: what is too small at one is counted when enough have come.
func TestSmallCellsWaitForMore(t *testing.T) {
	closed := []Indicators{
		attendance(map[Category]int{CivilSociety: 12, "academic": 2, "member-state": 5}),
		attendance(map[Category]int{CivilSociety: 10, "academic": 1, "member-state": 4}),
		attendance(map[Category]int{CivilSociety: 11, "academic": 4, "member-state": 4}),
	}
	want := []Report{
		{Organisations: 0, Attended: Tally{19, map[Category]int{CivilSociety: 12}}}, // member states wait too: 19 − 12 − 5 is 2
		{Organisations: 4, Attended: Tally{34, map[Category]int{CivilSociety: 22, "academic": 3, "member-state": 9}}},
		{Organisations: 4, Attended: Tally{53, map[Category]int{CivilSociety: 33, "academic": 7, "member-state": 13}}},
	}
	for n, w := range want {
		got := NewReport(Phase{}, closed[:n+1])
		if diff := cmp.Diff(w.Attended, got.Attended); diff != "" || got.Organisations != w.Organisations {
			t.Errorf("after %d meetings: %d organisations, %s", n+1, got.Organisations, diff)
		}
		if got.Meetings["policy-meeting"] != n+1 {
			t.Errorf("%d meetings are %v", n+1, got.Meetings)
		}
	}
	if empty := NewReport(Phase{}, nil); empty.ResponseRate != nil || empty.Invited.Total != 0 {
		t.Errorf("the report of nothing is %+v", empty)
	}
}

// TestNoReportTellsOfOneOrTwo reads the report after every closing of random phases: no number grows by one or two, nor does what
// a reader has left by subtracting the cells of a breakdown from its total.
func TestNoReportTellsOfOneOrTwo(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		var closed []Indicators
		before := map[string]int{}
		for range 12 {
			m := Indicators{Type: "other", Outcomes: map[Outcome]map[Category]int{}, Countries: map[Country]int{}, Areas: map[AreaSlug]int{}}
			for _, o := range []Outcome{WasThere, WasAwaited, OtherReply, NoReply} {
				m.Outcomes[o] = map[Category]int{}
				for _, c := range Categories() {
					m.Outcomes[o][c] = max(0, random.IntN(9)-3)
				}
			}
			m.Countries["ML"], m.Areas["ddr"], m.Organisations = random.IntN(4), random.IntN(4), random.IntN(4)
			closed = append(closed, m)
			after := told(NewReport(Phase{}, closed))
			for name, n := range after {
				if grown := n - before[name]; grown != 0 && grown < SmallCell {
					t.Fatalf("%s grew by %d: %v after %v", name, grown, after, before)
				}
			}
			before = after
		}
	}
}

// told are the numbers that a reader has, or has by subtraction, that must not grow by one or two.
func told(r Report) map[string]int {
	numbers := map[string]int{"organisations": r.Organisations}
	for name, tally := range map[string]Tally{"attended": r.Attended, "accepted": r.Accepted, "invited": r.Invited} {
		numbers[name] = tally.Total
		for c, n := range tally.ByCategory {
			numbers[name+" "+string(c)] = n
		}
	}
	numbers["absent"] = r.Accepted.Total - r.Attended.Total
	numbers["not accepted"] = r.Invited.Total - r.Accepted.Total
	for c := range maps.Keys(r.Invited.ByCategory) {
		numbers[fmt.Sprint("absent ", c)] = r.Accepted.ByCategory[c] - r.Attended.ByCategory[c]
		numbers[fmt.Sprint("not accepted ", c)] = r.Invited.ByCategory[c] - r.Accepted.ByCategory[c]
	}
	for c, n := range r.Countries {
		numbers["of "+string(c)] = n
	}
	for a, n := range r.Areas {
		numbers["on "+string(a)] = n
	}
	return numbers
}
