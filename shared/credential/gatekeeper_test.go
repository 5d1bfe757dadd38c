package credential

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/lestrrat-go/jwx/v3/jwa"

	"csdn.example/directory/shared/csdn"
)

// register is what the directory knows of subjects and API tokens, and how often it was asked.
type register struct {
	lock    sync.Mutex
	callers map[string]csdn.Caller // by subject, or by the hash of an API token
	expires time.Time              // of every API token
	fault   error
	asked   int
}

func (r *register) identify(_ context.Context, claims csdn.Claims) (csdn.Caller, error) {
	return r.find(claims.Subject)
}

func (r *register) identifyToken(_ context.Context, hash csdn.TokenHash) (csdn.Caller, time.Time, error) {
	caller, err := r.find(string(hash))
	return caller, r.expires, err
}

func (r *register) find(name string) (csdn.Caller, error) {
	r.lock.Lock()
	defer r.lock.Unlock()
	r.asked++
	if r.fault != nil {
		return csdn.Caller{Role: csdn.AnonymousRole}, r.fault
	}
	caller, known := r.callers[name]
	if !known {
		return csdn.Caller{Role: csdn.AnonymousRole}, nil
	}
	return caller, nil
}

func (r *register) set(subject string, caller csdn.Caller) {
	r.lock.Lock()
	defer r.lock.Unlock()
	r.callers[issuerURL+" "+subject] = caller
}

func (r *register) revoke(subject string) {
	r.lock.Lock()
	defer r.lock.Unlock()
	delete(r.callers, issuerURL+" "+subject)
}

var (
	planner   = csdn.Caller{Account: "ACCOUNT-7", Role: csdn.PlannerRole}
	anonymous = csdn.Caller{Role: csdn.AnonymousRole}
)

// newGatekeeper returns a gatekeeper that knows subject-7 as the planner, with the parts that it goes by.
func newGatekeeper(t *testing.T, cacheFor time.Duration) (*Gatekeeper, *register, *publisher) {
	t.Helper()
	keys := newPublisher(t, public(t, ecKey, "es", jwa.ES256()))
	known := &register{callers: map[string]csdn.Caller{}}
	known.set("subject-7", planner)
	return &Gatekeeper{Issuer: keys.issuer(), Identify: known.identify, IdentifyToken: known.identifyToken, CacheFor: cacheFor, Now: keys.clock}, known, keys
}

func tokenOf(t *testing.T, keys *publisher, subject string) string {
	t.Helper()
	return signed(t, keys.claims(map[string]any{"sub": subject}), jwa.ES256(), ecKey, "es", nil)
}

func is(t *testing.T, g *Gatekeeper, header string, want csdn.Caller) {
	t.Helper()
	got, _, err := g.Caller(t.Context(), header)
	must(t, err)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the caller differs (-want +got):\n%s", diff)
	}
}

func TestCallerByTheHeader(t *testing.T) {
	g, _, keys := newGatekeeper(t, time.Minute)
	token := tokenOf(t, keys, "subject-7")
	for _, test := range []struct {
		name, header string
		want         csdn.Caller
		reason       string
	}{
		{"Bearer", "Bearer " + token, planner, ""},
		{"bearer", "bearer " + token, planner, ""},
		{"BEARER", "BEARER " + token, planner, ""},
		{"several spaces", "Bearer   " + token + " ", planner, ""},
		{"no header", "", anonymous, "no bearer token"},
		{"a space", " ", anonymous, "no bearer token"},
		{"the scheme alone", "Bearer", anonymous, "no bearer token"},
		{"the scheme and spaces", "Bearer   ", anonymous, "no bearer token"},
		{"no scheme", token, anonymous, "no bearer token"},
		{"another scheme", "Basic " + token, anonymous, "no bearer token"},
		{"a longer scheme", "Bearers " + token, anonymous, "no bearer token"},
		{"a space before", " Bearer " + token, anonymous, "no bearer token"},
		{"no space between", "Bearer" + token, anonymous, "no bearer token"},
		{"two tokens", "Bearer " + token + ", Bearer " + token, anonymous, "the token is refused"},
		{"rubbish", "Bearer rubbish", anonymous, "the token is refused"},
		{"too long", "Bearer " + strings.Repeat("x", 8<<10), anonymous, "the token is refused: it is too long"},
		{"a subject without an account", "Bearer " + tokenOf(t, keys, "subject-8"), anonymous, "no active account of this subject or token"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, reason, err := g.Caller(t.Context(), test.header)
			must(t, err)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("the caller differs (-want +got):\n%s", diff)
			}
			if !strings.HasPrefix(reason, test.reason) || (reason == "") != (test.reason == "") {
				t.Errorf("the reason is %q, want %q", reason, test.reason)
			}
		})
	}
}

func TestAnswersAreRememberedForTheirTime(t *testing.T) {
	g, known, keys := newGatekeeper(t, time.Minute)
	header := "Bearer " + tokenOf(t, keys, "subject-7")
	asked := func(want int) {
		t.Helper()
		if known.asked != want {
			t.Fatalf("the directory was asked %d times, want %d", known.asked, want)
		}
	}
	is(t, g, header, planner)
	known.set("subject-7", csdn.Caller{Account: "ACCOUNT-7", Role: csdn.OfficialRole})
	keys.pass(time.Minute - time.Nanosecond)
	is(t, g, header, planner)
	asked(1)
	keys.pass(time.Nanosecond)
	is(t, g, header, csdn.Caller{Account: "ACCOUNT-7", Role: csdn.OfficialRole})
	asked(2)
	known.revoke("subject-7")
	is(t, g, header, csdn.Caller{Account: "ACCOUNT-7", Role: csdn.OfficialRole})
	keys.pass(time.Minute)
	is(t, g, header, anonymous)
	asked(3)
}

func TestAnswersOfOneTokenAreNotThoseOfAnother(t *testing.T) {
	g, known, keys := newGatekeeper(t, time.Minute)
	secretariat := csdn.Caller{Account: "ACCOUNT-8", Role: csdn.SecretariatRole}
	known.set("subject-8", secretariat)
	first, second := tokenOf(t, keys, "subject-7"), tokenOf(t, keys, "subject-8")
	for range 3 {
		is(t, g, "Bearer "+first, planner)
		is(t, g, "Bearer "+second, secretariat)
		is(t, g, "Bearer "+first[:len(first)-4]+"AAAA", anonymous)
	}
}

func TestNothingIsRememberedWithoutATimeToRemember(t *testing.T) {
	g, known, keys := newGatekeeper(t, 0)
	header := "Bearer " + tokenOf(t, keys, "subject-7")
	is(t, g, header, planner)
	is(t, g, header, planner)
	if known.asked != 2 {
		t.Errorf("the directory was asked %d times for two calls", known.asked)
	}
	known.revoke("subject-7")
	is(t, g, header, anonymous)
}

func TestWhoHasNoAccountIsKnownAsSoonAsThereIsOne(t *testing.T) {
	g, known, keys := newGatekeeper(t, time.Hour)
	header := "Bearer " + tokenOf(t, keys, "subject-9")
	is(t, g, header, anonymous)
	known.set("subject-9", csdn.Caller{Account: "ACCOUNT-9", Role: csdn.OfficialRole})
	is(t, g, header, csdn.Caller{Account: "ACCOUNT-9", Role: csdn.OfficialRole})
}

func TestCallersThatCannotBeKnownAreAnError(t *testing.T) {
	t.Run("the directory fails", func(t *testing.T) {
		g, known, keys := newGatekeeper(t, time.Hour)
		known.fault = errors.New("the store is away")
		header := "Bearer " + tokenOf(t, keys, "subject-7")
		got, reason, err := g.Caller(t.Context(), header)
		if !errors.Is(err, known.fault) || got != anonymous || reason != "" {
			t.Errorf("got %+v, %q, %v", got, reason, err)
		}
		known.fault = nil
		is(t, g, header, planner)
	})
	t.Run("the issuer fails", func(t *testing.T) {
		g, known, keys := newGatekeeper(t, time.Hour)
		keys.says(http.StatusBadGateway, nil)
		got, reason, err := g.Caller(t.Context(), "Bearer "+tokenOf(t, keys, "subject-7"))
		if err == nil || refused(err) || got != anonymous || reason != "" {
			t.Errorf("got %+v, %q, %v", got, reason, err)
		}
		if known.asked != 0 {
			t.Error("the directory was asked about a token that nobody verified")
		}
	})
}

func TestReasonsAreWithoutTheToken(t *testing.T) {
	g, _, keys := newGatekeeper(t, time.Hour)
	for _, f := range forgeries(t, keys) {
		_, reason, err := g.Caller(t.Context(), "Bearer "+f.token)
		must(t, err)
		for piece := range strings.SplitSeq(f.token, ".") {
			if len(piece) > 20 && strings.Contains(reason, piece) {
				t.Errorf("%s: the reason repeats a part of the token: %.200s", f.name, reason)
			}
		}
	}
}

func TestRememberedAnswersAreLimited(t *testing.T) {
	g, known, keys := newGatekeeper(t, time.Hour)
	for n := range crowd + crowd/2 {
		subject := "many-" + strconv.Itoa(n)
		want := csdn.Caller{Account: csdn.AccountID(fmt.Sprintf("ACCOUNT-%d", n)), Role: csdn.OfficialRole}
		known.set(subject, want)
		is(t, g, "Bearer "+tokenOf(t, keys, subject), want)
		if len(g.known) > crowd {
			t.Fatalf("%d answers are remembered", len(g.known))
		}
	}
}

func TestManyCallersAtOnce(t *testing.T) {
	g, known, keys := newGatekeeper(t, time.Second)
	headers, want := make([]string, 10), make([]csdn.Caller, 10)
	for n := range headers {
		subject := "many-" + strconv.Itoa(n)
		want[n] = csdn.Caller{Account: csdn.AccountID(subject), Role: csdn.OfficialRole}
		known.set(subject, want[n])
		headers[n] = "Bearer " + tokenOf(t, keys, subject)
	}
	var all sync.WaitGroup
	for worker := range 16 {
		all.Go(func() {
			for round := range 40 {
				n := (worker + round) % len(headers)
				got, _, err := g.Caller(t.Context(), headers[n])
				if err != nil || got != want[n] {
					t.Errorf("token %d is of %+v, %v", n, got, err)
				}
				if worker == 0 {
					keys.pass(200 * time.Millisecond)
				}
			}
		})
	}
	all.Wait()
	if n := keys.fetched(); n != 1 {
		t.Errorf("the keys were fetched %d times", n)
	}
}
