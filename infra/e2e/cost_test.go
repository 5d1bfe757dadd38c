package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"csdn.example/directory/infra/local/enginetest"
	"csdn.example/directory/infra/seed/demo"
)

// meter stands before an engine and adds up what requests cost, as the engine tells it.
type meter struct {
	engine string
	lock   sync.Mutex
	read   float64
	write  float64
}

func (m *meter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	_, operation, _ := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
	reads := operation == "GetItem" || operation == "Query" || operation == "BatchGetItem"
	writes := operation == "PutItem" || operation == "UpdateItem" || operation == "DeleteItem" || operation == "TransactWriteItems"
	if reads || writes {
		if body, err = telling(body); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
	}
	forward, err := http.NewRequestWithContext(r.Context(), r.Method, m.engine+r.URL.Path, bytes.NewReader(body))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	forward.Header = r.Header.Clone()
	answer, err := http.DefaultClient.Do(forward)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	m.charge(text, writes)
	for name, values := range answer.Header {
		w.Header()[name] = values
	}
	w.WriteHeader(answer.StatusCode)
	_, _ = w.Write(text)
}

// telling returns the request as one whose answer tells what it cost.
func telling(request []byte) ([]byte, error) {
	members := map[string]json.RawMessage{}
	if err := json.Unmarshal(request, &members); err != nil {
		return nil, err
	}
	members["ReturnConsumedCapacity"] = json.RawMessage(`"TOTAL"`)
	return json.Marshal(members)
}

// charge adds what an answer tells, for one table or for several.
func (m *meter) charge(answer []byte, write bool) {
	type capacity struct{ CapacityUnits float64 }
	var one struct{ ConsumedCapacity capacity }
	var several struct{ ConsumedCapacity []capacity }
	units := 0.0
	if json.Unmarshal(answer, &several) == nil {
		for _, c := range several.ConsumedCapacity {
			units += c.CapacityUnits
		}
	} else if json.Unmarshal(answer, &one) == nil {
		units = one.ConsumedCapacity.CapacityUnits
	}
	m.lock.Lock()
	defer m.lock.Unlock()
	if write {
		m.write += units
		return
	}
	m.read += units
}

// of returns what an act costs, the mean of n times.
func (m *meter) of(n int, act func(n int)) (read, write float64) {
	m.lock.Lock()
	m.read, m.write = 0, 0
	m.lock.Unlock()
	for i := range n {
		act(i)
	}
	m.lock.Lock()
	defer m.lock.Unlock()
	return m.read / float64(n), m.write / float64(n)
}

// measured is a row of the handbook's table of units: the act, its read units and its write units.
var measured = regexp.MustCompile(`(?m)^\| ([^|]+) \| ([0-9.]+) \| ([0-9.]+) \|$`)

// TestTheHandbooksUnitsAreMeasured does the acts of the handbook's page on cost through the whole, and compares its table with what
// they cost.
func TestTheHandbooksUnitsAreMeasured(t *testing.T) {
	store := enginetest.StartWith(t, nil)
	m := &meter{engine: store.Endpoint}
	proxy := httptest.NewServer(m)
	t.Cleanup(proxy.Close)
	h := startWith(t, map[string]string{"RequestsPerMinute": "600"}, proxy.URL)
	got := map[string][2]float64{}
	note := func(name string, n int, act func(n int)) {
		read, write := m.of(n, act)
		got[name] = [2]float64{read, write}
	}
	organisation := "/v1/organisations/" + string(demo.Passerelles)
	search := func(int) { h.planner.get(t, "/v1/people?area=mediation&language=fr&limit=20").is(t, 200) }
	search(0) // which loads the index
	note("A search of people", 10, search)
	note("A search of organisations", 10, func(n int) {
		h.planner.get(t, "/v1/organisations?area=mediation&limit=20").is(t, 200)
	})
	note("An update of a profile", 10, func(n int) {
		tag := h.organisation.get(t, organisation).is(t, 200).etag()
		h.organisation.patch(t, organisation, tag, map[string]string{"mission": fmt.Sprint("Bridges ", n)}).is(t, 200)
	})
	_, path := openSmallMeeting(t, h)
	people := all[person](t, h.secretariat, "/v1/people?organisation="+string(demo.Passerelles), "10")[:1]
	note("An invitation, from the draft to the answer", 1, func(int) {
		h.planner.post(t, path+"/invitations", map[string]any{"people": []string{people[0].ID}}).is(t, 201)
		h.planner.post(t, path+"/invitations/send", nil).is(t, 200)
		link := h.inbox(t, people[0].Email, 1)[0].link(t)
		h.anonymous.get(t, "/v1/rsvp/"+link).is(t, 200)
		say(t, h, link, "accepted", "accepted")
		h.inbox(t, people[0].Email, 2)
	})
	tick := func(int) {
		for _, function := range []string{"ClockFunction", "ClaimsFunction", "MergersFunction", "ImportsFunction"} {
			if _, err := h.Invoke(t.Context(), function, []byte(`{}`)); err != nil {
				t.Error(err)
			}
		}
	}
	quiet := 0
	eventually(t, "nothing was due, and what had been due was sent", func() bool {
		if _, written := m.of(1, tick); written > 0 {
			quiet = 0
			return false
		}
		quiet++
		return quiet == 5
	})
	note("A minute in which nothing is due", 3, tick)

	page, err := os.ReadFile(filepath.Join(enginetest.Root(t), "infra", "handbook", "cost.md"))
	if err != nil {
		t.Fatal(err)
	}
	told := map[string][2]float64{}
	for _, row := range measured.FindAllStringSubmatch(string(page), -1) {
		read, _ := strconv.ParseFloat(row[2], 64)
		write, _ := strconv.ParseFloat(row[3], 64)
		told[row[1]] = [2]float64{read, write}
	}
	for name, units := range got {
		t.Logf("| %s | %.1f | %.1f |", name, units[0], units[1])
		for n, unit := range units {
			// Links and ids differ in length from run to run, and a tick of the clock may fall in between.
			if _, there := told[name]; !there || math.Abs(told[name][n]-unit) > 2+0.25*unit {
				t.Errorf("the handbook says of “%s”: %v; measured are %.1f", name, told[name], units)
			}
		}
	}
	if len(told) != len(got) {
		t.Errorf("the handbook tells of %d acts, and %d are measured", len(told), len(got))
	}
}
