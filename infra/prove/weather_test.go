package prove

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// weather is what happens to the calls of the functions on their way to DynamoDB, and how often of a thousand. Those of the machine
// itself pass.
type weather struct {
	throttles, errors, stalls, cutsBefore, cutsAfter int
	// stall is the longest.
	stall time.Duration
}

// storm is what a network may hold for as long as it lasts.
var storm = weather{throttles: 200, errors: 50, stalls: 5, cutsBefore: 15, cutsAfter: 15, stall: 7 * time.Second}

var fair weather

// sky is a proxy before a DynamoDB with a weather that can change.
type sky struct {
	URL string

	proxy  *httputil.ReverseProxy
	now    atomic.Pointer[weather]
	lock   sync.Mutex
	random *rand.Rand
	counts map[string]int
}

// under puts a sky above the DynamoDB at the endpoint. It is fair at first.
func under(t *testing.T, endpoint string, seed uint64) *sky {
	t.Helper()
	to, err := url.Parse(endpoint)
	if err != nil {
		t.Fatal(err)
	}
	s := &sky{proxy: httputil.NewSingleHostReverseProxy(to), random: rand.New(rand.NewPCG(seed, seed)), counts: map[string]int{}}
	s.proxy.ErrorHandler = func(w http.ResponseWriter, _ *http.Request, _ error) { panic(http.ErrAbortHandler) }
	s.proxy.Transport = &http.Transport{MaxIdleConnsPerHost: 64}
	s.now.Store(&weather{})
	server := httptest.NewServer(s)
	s.URL = server.URL
	t.Cleanup(server.Close)
	t.Cleanup(func() { t.Logf("the weather, by its seed %d: %v", seed, s.counts) })
	return s
}

// turns changes the weather.
func (s *sky) turns(w weather) { s.now.Store(&w) }

// draw says what happens to the next call, and for how long it stalls.
func (s *sky) draw() (what string, stall time.Duration) {
	w := s.now.Load()
	s.lock.Lock()
	defer s.lock.Unlock()
	n := s.random.IntN(1000)
	for _, of := range []struct {
		what  string
		often int
	}{
		{"ThrottlingException", w.throttles / 2}, {"ProvisionedThroughputExceededException", w.throttles - w.throttles/2},
		{"InternalServerError", w.errors}, {"stall", w.stalls}, {"cut before", w.cutsBefore}, {"cut after", w.cutsAfter},
	} {
		if n -= of.often; n < 0 {
			s.counts[of.what]++
			return of.what, time.Duration(s.random.Int64N(int64(w.stall)))
		}
	}
	s.counts["passed"]++
	return "", 0
}

func (s *sky) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if strings.Contains(r.Header.Get("Authorization"), "Credential=local/") {
		s.proxy.ServeHTTP(w, r)
		return
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	switch what, stall := s.draw(); what {
	case "":
		s.proxy.ServeHTTP(w, r)
	case "stall":
		time.Sleep(stall)
		s.proxy.ServeHTTP(w, r)
	case "cut before":
		panic(http.ErrAbortHandler)
	case "cut after":
		s.proxy.ServeHTTP(httptest.NewRecorder(), r)
		panic(http.ErrAbortHandler)
	case "InternalServerError":
		refuse(w, http.StatusInternalServerError, what)
	default:
		refuse(w, http.StatusBadRequest, what)
	}
}

// refuse answers as DynamoDB does.
func refuse(w http.ResponseWriter, status int, what string) {
	w.Header().Set("Content-Type", "application/x-amz-json-1.0")
	w.WriteHeader(status)
	_, _ = fmt.Fprintf(w, `{"__type":"com.amazonaws.dynamodb.v20120810#%s","message":"The weather is bad."}`, what)
}
