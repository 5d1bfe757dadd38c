package prove

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"

	gocmp "github.com/google/go-cmp/cmp"
)

const seats = 15

// TestSimultaneousAcceptancesTakeExactlyTheSeats lets everybody accept at the same moment.
func TestSimultaneousAcceptancesTakeExactlyTheSeats(t *testing.T) {
	for round := range count(1, 20) {
		t.Run(fmt.Sprintf("round %d", round+1), func(t *testing.T) {
			h := start(t, "")
			h.meets(t, seats)
			guests := h.knows(t, count(120, 1000), numbered)
			h.invites(t, guests)
			planner := h.planner(t)

			told := h.acceptAtOnce(t, guests)
			if told["accepted"] != seats || told["reserve"] != len(guests)-seats {
				t.Errorf("the invitees were told %v", told)
			}
			h.agreeOnSeats(t, seats, seats)
			queue := h.reserve(t, planner)
			if len(queue) != len(guests)-seats {
				t.Errorf("%d are in the reserve", len(queue))
			}
			if diff := gocmp.Diff(queue, h.reserve(t, planner)); diff != "" {
				t.Errorf("the reserve reads otherwise the second time:\n%s", diff)
			}
			h.oneLeaves(t, guests)
			if diff := gocmp.Diff(queue[1:], h.reserve(t, planner)); diff != "" {
				t.Errorf("the seat that became free did not go to the first in the reserve:\n%s", diff)
			}
			h.agreeOnSeats(t, seats-1, seats)
		})
	}
}

// acceptAtOnce has all guests accept at once and counts what they are told. A guest who is told to come back later (503
// with Retry-After) does; any other failure fails the test.
func (h *house) acceptAtOnce(t *testing.T, guests []guest) map[string]int {
	t.Helper()
	var group sync.WaitGroup
	var lock sync.Mutex
	var later atomic.Int64
	told, begin := map[string]int{}, make(chan struct{})
	for _, g := range guests {
		group.Go(func() {
			<-begin
			status, failures, err := h.insist(t.Context(), g.token, "accepted")
			if err != nil {
				t.Errorf("guest %s: %v", g.person, err)
			}
			for _, f := range failures {
				later.Add(1)
				if f.code != http.StatusServiceUnavailable || f.retryAfter == 0 {
					t.Errorf("guest %s was answered %d", g.person, f.code)
				}
			}
			lock.Lock()
			defer lock.Unlock()
			told[status]++
		})
	}
	began := time.Now()
	close(begin)
	group.Wait()
	t.Logf("%d acceptances in %v; %d were told to come back later", len(guests), time.Since(began).Round(time.Millisecond), later.Load())
	return told
}

// agreeOnSeats fails the test unless so many have accepted, so many hold a seat, and the meeting counts the same.
func (h *house) agreeOnSeats(t *testing.T, accepted, seated int) {
	t.Helper()
	invitations, err := h.participation.Invitations(t.Context(), meeting)
	if err != nil {
		t.Fatal(err)
	}
	rows := map[csdn.InvitationStatus]int{}
	holding := 0
	for _, i := range invitations {
		rows[i.Status]++
		if i.Seated() {
			holding++
		}
	}
	seating, err := h.participation.Seating(t.Context(), meeting)
	if err != nil {
		t.Fatal(err)
	}
	if rows[csdn.Accepted] != accepted || holding != seated || seating.InPerson != seated || seating.Online != 0 {
		t.Errorf("%v, and %+v are taken; want %d accepted, %d seated", rows, seating, accepted, seated)
	}
}

// oneLeaves lets the first guest with a seat withdraw.
func (h *house) oneLeaves(t *testing.T, guests []guest) {
	t.Helper()
	for _, g := range guests {
		i, err := h.participation.Invitation(t.Context(), meeting, g.person)
		if err != nil {
			t.Fatal(err)
		}
		if i.Status != csdn.Accepted {
			continue
		}
		if _, failures, err := h.insist(t.Context(), g.token, "withdrawn"); err != nil || failures != nil {
			t.Fatalf("withdrawing: %v, %v", failures, err)
		}
		return
	}
	t.Fatal("nobody has a seat")
}

// waiting is one in the reserve, as planners see it.
type waiting struct {
	Since  time.Time
	Person string
}

// reserve returns who waits in the reserve, in order.
func (h *house) reserve(t *testing.T, planner string) []waiting {
	t.Helper()
	var queue []waiting
	for cursor := ""; ; {
		var page struct {
			Items []struct {
				Person, Status string
				Reserve        struct{ Since time.Time }
			}
			Next string
		}
		h.get(t, "/v1/meetings/"+string(meeting)+"/invitations?limit=100"+cursor, planner, &page)
		for _, i := range page.Items {
			if i.Status == string(csdn.Reserved) {
				queue = append(queue, waiting{i.Reserve.Since, i.Person})
			}
		}
		if page.Next == "" {
			break
		}
		cursor = "&cursor=" + page.Next
	}
	slices.SortFunc(queue, func(a, b waiting) int {
		return cmp.Or(a.Since.Compare(b.Since), cmp.Compare(a.Person, b.Person))
	})
	return queue
}

// planner signs in somebody who may read the invitations, and returns the token.
func (h *house) planner(t *testing.T) string {
	t.Helper()
	now := time.Now().UTC()
	err := h.people.PutAccount(t.Context(), csdn.Account{}, csdn.Account{
		ID: id[csdn.AccountID](1), Email: "secretariat@demo.example", Role: csdn.SecretariatRole,
		CreatedAt: now, UpdatedAt: now, Version: 1,
	}, change(0))
	if err != nil {
		t.Fatal(err)
	}
	body, err := json.Marshal(map[string]string{"email": "secretariat@demo.example"})
	if err != nil {
		t.Fatal(err)
	}
	response, err := h.http.Post(h.URL+"/local/token", "application/json", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var token struct {
		AccessToken string `json:"access_token"`
	}
	if err := json.NewDecoder(response.Body).Decode(&token); err != nil {
		t.Fatal(err)
	}
	return token.AccessToken
}
