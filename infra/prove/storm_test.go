package prove

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"csdn.example/directory/infra/local/enginetest"
	"csdn.example/directory/infra/local/mailbox"
	"csdn.example/directory/shared/csdn"
)

// TestTheWalkThroughAStorm takes a meeting from its invitations to its close, while profiles are edited, meetings planned and searches
// made, and all that time the store throttles, fails, stalls and breaks connections off, before and after it has done what was asked.
// Nobody is told anything but to come back later, nothing is done twice, and in the end everything agrees.
func TestTheWalkThroughAStorm(t *testing.T) {
	for seed := range uint64(count(1, 8)) {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) { walkThroughAStorm(t, seed) })
	}
}

func walkThroughAStorm(t *testing.T, seed uint64) {
	weather := under(t, enginetest.StartWith(t, nil).Endpoint, seed)
	h := start(t, weather.URL)
	organisations := count(3, 12)
	h.claims(t, organisations)
	h.meets(t, 4)
	phase := csdn.Phase{Number: 5, PhaseProfile: csdn.PhaseProfile{Label: "Phase V", From: time.Now().Year(), To: time.Now().Year() + 3}, UpdatedAt: time.Now().UTC(), Version: 1}
	if err := h.directory.PutPhase(t.Context(), phase, change(2_000_000)); err != nil {
		t.Fatal(err)
	}
	w := &walker{house: h, token: h.sign(t)}
	weather.turns(storm)
	began := time.Now()

	ctx, over := context.WithCancel(t.Context())
	var searching, working sync.WaitGroup
	searching.Go(func() { w.searches(ctx, t, organisations) })
	for n := range organisations {
		working.Go(func() { w.edits(t, n, count(3, 10)) })
	}
	working.Go(func() { w.plans(t, count(2, 6)) })
	guests := w.invites(t, 2*hands)
	crowd := h.gather(t, guests)
	time.Sleep(time.Duration(count(3, 20)) * time.Second)
	answers := crowd.goHome()
	h.audit(t, crowd)
	if crowd.rude.Load() > 0 {
		t.Errorf("%d guests were not told when to come back", crowd.rude.Load())
	}
	seated := w.closes(t)
	working.Wait()
	over()
	searching.Wait()
	t.Logf("%v of storm: %d answers taken, %d times somebody was told to come back", time.Since(began).Round(time.Second), answers,
		crowd.failures.Load()+w.later.Load())

	weather.turns(fair)
	w.attended(t, seated)
	h.mailedOnceOrTwice(t)
	w.edited(t, organisations)
	w.planned(t)
}

// walker asks as the secretariat, and comes back whenever told to.
type walker struct {
	*house
	token string

	later atomic.Int64 // how often it was told to
}

// told is what came of a request in the end.
type told struct {
	status int
	etag   string
	body   []byte
	// doubt means that an attempt before may have done what was asked.
	doubt bool
}

// asks sends a request until it is answered with something else than to come back later. Any other answer of the 500s fails the test.
func (w *walker) asks(ctx context.Context, t *testing.T, method, path string, body string, headers ...string) told {
	t.Helper()
	doubt := false
	for end := time.Now().Add(patience); time.Now().Before(end); {
		request, err := http.NewRequestWithContext(ctx, method, w.URL+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Authorization", "Bearer "+w.token)
		request.Header.Set("Content-Type", "application/json")
		for n := 0; n < len(headers); n += 2 {
			request.Header.Set(headers[n], headers[n+1])
		}
		response, err := w.http.Do(request)
		if err != nil {
			if ctx.Err() == nil {
				t.Errorf("%s %s: %v", method, path, err)
			}
			return told{}
		}
		text, err := io.ReadAll(response.Body)
		response.Body.Close()
		if err != nil {
			t.Errorf("%s %s: %v", method, path, err)
			return told{}
		}
		status, pause := response.StatusCode, response.Header.Get("Retry-After")
		if status != http.StatusServiceUnavailable && status != http.StatusTooManyRequests {
			if status >= 500 {
				t.Errorf("%s %s: %d %s", method, path, status, text)
			}
			return told{status, response.Header.Get("ETag"), text, doubt}
		}
		seconds, err := strconv.Atoi(pause)
		if err != nil {
			t.Errorf("%s %s: %d without a time to come back: %s", method, path, status, text)
		}
		doubt = true
		w.later.Add(1)
		time.Sleep(time.Duration(seconds) * time.Second)
	}
	t.Errorf("%s %s was not answered for %v", method, path, patience)
	return told{}
}

// searches looks for organisations and people until ctx ends, and finds them all every time.
func (w *walker) searches(ctx context.Context, t *testing.T, organisations int) {
	for ctx.Err() == nil {
		for path, want := range map[string]int{
			"/v1/organisations?area=ssr&limit=1&facets=true": organisations, "/v1/people?area=ssr&country=ML&limit=5": 0,
		} {
			got := w.asks(ctx, t, "GET", path, "")
			if ctx.Err() != nil {
				return
			}
			var page struct{ Total int }
			if err := json.Unmarshal(got.body, &page); err != nil || got.status != 200 || want > 0 && page.Total != want {
				t.Errorf("GET %s: %d %s", path, got.status, got.body)
			}
		}
	}
}

// edits changes an organisation so many times, and tells a lost answer from a lost change by reading.
func (w *walker) edits(t *testing.T, number, times int) {
	path := "/v1/organisations/" + string(id[csdn.OrganisationID](number))
	last := int64(0)
	for n := range times {
		mission := edit(number, n)
		for written := false; !written; {
			read := w.asks(t.Context(), t, "GET", path, "")
			version := versionOf(read.etag)
			if read.status != 200 || version < last {
				t.Errorf("GET %s: %d, version %d after %d", path, read.status, version, last)
				return
			}
			last = version
			var stored struct{ Mission string }
			if err := json.Unmarshal(read.body, &stored); err != nil {
				t.Error(err)
				return
			}
			if stored.Mission == mission {
				break // an attempt whose answer was lost
			}
			patched := w.asks(t.Context(), t, "PATCH", path, `{"mission": "`+mission+`"}`, "Content-Type", "application/merge-patch+json", "If-Match", read.etag)
			written = patched.status == 200
			if !written && (patched.status != 412 || !patched.doubt) {
				t.Errorf("PATCH %s: %d %s", path, patched.status, patched.body)
				return
			}
		}
	}
}

func edit(organisation, n int) string { return fmt.Sprintf("Edit %d of %d.", n, organisation) }

// versionOf reads an entity tag.
func versionOf(etag string) int64 {
	version, _ := strconv.ParseInt(strings.Trim(etag, `"`), 10, 64)
	return version
}

// edited proves that the trail has each edit once, in order, and without a gap.
func (w *walker) edited(t *testing.T, organisations int) {
	t.Helper()
	for number := range organisations {
		path := "/v1/organisations/" + string(id[csdn.OrganisationID](number))
		var trail struct {
			Items []struct {
				Version int
				Fields  []struct{ Field, After string }
			}
		}
		got := w.asks(t.Context(), t, "GET", path+"/changes?limit=100", "")
		if err := json.Unmarshal(got.body, &trail); err != nil {
			t.Fatal(err)
		}
		var missions []string
		for _, entry := range slices.Backward(trail.Items) {
			for _, field := range entry.Fields {
				if field.Field == "mission" {
					missions = append(missions, field.After)
				}
			}
		}
		var want []string
		for n := range count(3, 10) {
			want = append(want, edit(number, n))
		}
		if !slices.Equal(missions, want) {
			t.Errorf("the trail of %s has %v, not %v", path, missions, want)
		}
	}
}

// plans makes meetings, each with a key of its own.
func (w *walker) plans(t *testing.T, n int) {
	day := time.Now().AddDate(0, 2, 0).Format(time.DateOnly)
	for number := range n {
		body := fmt.Sprintf(`{"phase": 5, "type": "policy-meeting", "title": "Planned %d", "start": "%sT09:15", "end": "%sT11:30",
			"zone": "Europe/Brussels", "mode": "online", "language": "en", "rule": "chatham-house"}`, number, day, day)
		made := w.asks(t.Context(), t, "POST", "/v1/meetings", body, "Idempotency-Key", fmt.Sprintf("plan-%d", number))
		if made.status != 201 {
			t.Errorf("planning: %d %s", made.status, made.body)
			return
		}
	}
}

// planned proves that there is one meeting of each plan.
func (w *walker) planned(t *testing.T) {
	t.Helper()
	got := w.asks(t.Context(), t, "GET", "/v1/meetings?limit=100&status=draft", "")
	titles := regexp.MustCompile(`"title":"Planned \d+"`).FindAllString(string(got.body), -1)
	slices.Sort(titles)
	if len(titles) != count(2, 6) || len(slices.Compact(titles)) != count(2, 6) {
		t.Errorf("%d meetings were planned: %v", count(2, 6), titles)
	}
}

var linkPattern = regexp.MustCompile(`/rsvp/([A-Z0-9]+)`)

// invites drafts and sends invitations, and returns the guests with the links of their mails.
func (w *walker) invites(t *testing.T, n int) []guest {
	t.Helper()
	for number := range n {
		if number >= 2*count(3, 12) {
			p := csdn.Person{ID: id[csdn.PersonID](number), CreatedAt: time.Now().UTC(), UpdatedAt: time.Now().UTC(), Version: 1}
			p.PersonProfile = csdn.PersonProfile{Name: fmt.Sprint("Person ", number), Email: numbered(number)}.Clean()
			if err := w.people.PutPerson(t.Context(), csdn.Person{}, p, change(10+number)); err != nil {
				t.Fatal(err)
			}
		}
	}
	path := "/v1/meetings/" + string(meeting) + "/invitations"
	var ids []string
	for number := range n {
		ids = append(ids, string(id[csdn.PersonID](number)))
	}
	body, err := json.Marshal(map[string]any{"people": ids, "category": csdn.CivilSociety})
	if err != nil {
		t.Fatal(err)
	}
	if got := w.asks(t.Context(), t, "POST", path, string(body)); got.status != 201 {
		t.Fatalf("inviting: %d %s", got.status, got.body)
	}
	if got := w.asks(t.Context(), t, "POST", path+"/send", ""); got.status != 200 {
		t.Fatalf("sending: %d %s", got.status, got.body)
	}
	links := map[string]string{}
	eventually(t, "everybody had a mail", func() bool {
		var messages []mailbox.Message
		w.get(t, "/local/mailbox.json", "", &messages)
		for _, m := range messages {
			if found := linkPattern.FindStringSubmatch(m.Text); found != nil {
				links[m.To] = found[1]
			}
		}
		return len(links) == n
	})
	guests := make([]guest, n)
	for number := range guests {
		guests[number] = guest{person: id[csdn.PersonID](number), email: numbered(number), token: links[numbered(number)]}
	}
	return guests
}

// closes has the meeting be over, notes who was there and closes it. It returns how many that were.
func (w *walker) closes(t *testing.T) int {
	t.Helper()
	before, err := w.directory.Meeting(t.Context(), meeting)
	if err != nil {
		t.Fatal(err)
	}
	over := before
	over.Version++
	yesterday := time.Now().AddDate(0, 0, -1).Format(time.DateOnly)
	for hour, of := range map[string]*csdn.LocalTime{"T09:15": &over.Start, "T11:30": &over.End} {
		if *of, err = csdn.ParseLocalTime(yesterday + hour); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.directory.PutMeeting(t.Context(), before, over, change(1_000_001)); err != nil {
		t.Fatal(err)
	}
	path := "/v1/meetings/" + string(meeting)
	if got := w.asks(t.Context(), t, "POST", path+"/hold", ""); got.status != 200 && !(got.status == 409 && got.doubt) {
		t.Fatalf("holding: %d %s", got.status, got.body)
	}
	invitations, err := w.participation.Invitations(t.Context(), meeting)
	if err != nil {
		t.Fatal(err)
	}
	seated := 0
	for _, i := range invitations {
		if i.Status != csdn.Accepted {
			continue
		}
		seated++
		if got := w.asks(t.Context(), t, "POST", path+"/invitations/"+string(i.Person)+"/attendance", `{"status": "attended"}`); got.status != 200 {
			t.Errorf("attendance: %d %s", got.status, got.body)
		}
	}
	if got := w.asks(t.Context(), t, "POST", path+"/close", ""); got.status != 200 && !(got.status == 409 && got.doubt) {
		t.Fatalf("closing: %d %s", got.status, got.body)
	}
	return seated
}

// attended proves that the closed meeting has the attendance that was noted.
func (w *walker) attended(t *testing.T, want int) {
	t.Helper()
	m, err := w.directory.Meeting(t.Context(), meeting)
	if err != nil {
		t.Fatal(err)
	}
	invitations, err := w.participation.Invitations(t.Context(), meeting)
	if err != nil {
		t.Fatal(err)
	}
	there := 0
	for _, i := range invitations {
		if i.Status == csdn.Attended {
			there++
		}
	}
	if m.Status != csdn.MeetingClosed || there != want {
		t.Errorf("the meeting is %s, and %d of %d were there", m.Status, there, want)
	}
}

// mailedOnceOrTwice proves that no delivery of the outbox brought its recipient more than two mails. One whose invitation had moved on
// brought none.
func (h *house) mailedOnceOrTwice(t *testing.T) {
	t.Helper()
	due, all := map[string]int{}, 0
	for _, p := range h.settled(t) {
		person, err := h.people.Person(t.Context(), p.Person)
		if err != nil {
			t.Fatal(err)
		}
		due[person.Email]++
	}
	came := h.mails(t)
	for email, n := range due {
		if came[email] > 2*n {
			t.Errorf("%d mails came to %s, for %d deliveries", came[email], email, n)
		}
		all += came[email]
	}
	t.Logf("%d mails of %d deliveries", all, len(h.settled(t)))
}
