package api

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"csdn.example/directory/shared/csdn"
)

const aPhase = `{"number": 5, "label": "Fifth phase", "from": 2024, "to": 2027}`

// ordered sends a creation with a key.
func (f face) ordered(t *testing.T, caller csdn.Caller, key, body string) (status int, replayed, etag, location, text string) {
	t.Helper()
	answer := f.do(t, caller, http.MethodPost, "/v1/phases", strings.NewReader(body), keyHeader, key, "Content-Type", "application/json")
	h := answer.Header()
	return answer.Code, h.Get(replayedHeader), h.Get("ETag"), h.Get("Location"), answer.Body.String()
}

func TestARequestIsAnsweredAgainAsItWas(t *testing.T) {
	s := newShelf()
	f := newFace(s)
	status, replayed, etag, location, first := f.ordered(t, secretariat, "key", aPhase)
	if status != 201 || replayed != "" || s.writes != 1 {
		t.Fatalf("%d %q after %d writes: %s", status, replayed, s.writes, first)
	}
	s.phases[5] = csdn.Phase{Number: 5, Version: 9} // it has changed since
	status, replayed, again, there, second := f.ordered(t, secretariat, "key", aPhase)
	if status != 201 || replayed != "true" || s.writes != 1 || again != etag || there != location || location != "/v1/phases/5" {
		t.Errorf("%d %q %s %s after %d writes", status, replayed, again, there, s.writes)
	}
	if diff := cmp.Diff(first, second); diff != "" {
		t.Errorf("the body is another:\n%s", diff)
	}
}

func TestKeys(t *testing.T) {
	other := csdn.Caller{Account: "ACCOUNT-2", Role: csdn.SecretariatRole}
	for _, test := range []struct {
		name      string
		caller    csdn.Caller
		key, body string
		status    int
		writes    int
	}{
		{"another body", secretariat, "key", strings.Replace(aPhase, "2027", "2028", 1), 422, 1},
		{"a body that differs in a space", secretariat, "key", aPhase + " ", 422, 1},
		{"another caller", other, "key", aPhase, 201, 2},
		{"another key", secretariat, "key2", aPhase, 201, 2},
		{"another case of the key", secretariat, "KEY", aPhase, 201, 2},
		{"no key", secretariat, "", aPhase, 201, 2},
		{"the longest key", secretariat, strings.Repeat("é", 255), aPhase, 201, 2},
		{"too long a key", secretariat, strings.Repeat("é", 256), aPhase, 422, 1},
		{"a role that may not", csdn.Caller{Account: "ACCOUNT-1", Role: csdn.OfficialRole}, "key", aPhase, 403, 1},
		{"nobody", csdn.Caller{Role: csdn.AnonymousRole}, "key", aPhase, 401, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := newShelf()
			f := newFace(s)
			f.ordered(t, secretariat, "key", aPhase)
			status, replayed, _, _, text := f.ordered(t, test.caller, test.key, test.body)
			if status != test.status || replayed != "" || s.writes != test.writes {
				t.Errorf("%d %q after %d writes: %s", status, replayed, s.writes, text)
			}
		})
	}
}

func TestARefusedRequestLeavesItsKey(t *testing.T) {
	s := newShelf()
	f := newFace(s)
	for _, body := range []string{"{", `{"number": 5}`, strings.Replace(aPhase, "2024", "2029", 1)} {
		if status, _, _, _, text := f.ordered(t, secretariat, "key", body); status < 400 || len(s.receipts) > 0 {
			t.Errorf("%d, %d receipts: %s", status, len(s.receipts), text)
		}
	}
	if status, replayed, _, _, text := f.ordered(t, secretariat, "key", aPhase); status != 201 || replayed != "" {
		t.Errorf("mended it is %d: %s", status, text)
	}
}

func TestASealedAnswerTellsNothing(t *testing.T) {
	e, err := newEnvelope("key", secretariat, "POST /v1/people")
	if err != nil {
		t.Fatal(err)
	}
	want := keptAnswer{Request: [32]byte{1}, Status: 201, Header: http.Header{"Etag": {`"1"`}}, Body: []byte("Aminata Canary")}
	sealed, err := e.seal(want)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(sealed, []byte("Canary")) || strings.Contains(string(e.name), "key") {
		t.Errorf("%s: %q", e.name, sealed)
	}
	again, err := e.seal(want)
	if err != nil || bytes.Equal(sealed, again) {
		t.Errorf("two seals are alike: %v", err)
	}
	got, err := e.open(sealed)
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
	for name, of := range map[string][3]string{
		"another key": {"Key", "ACCOUNT-1", "POST /v1/people"}, "another caller": {"key", "ACCOUNT-2", "POST /v1/people"},
		"another route": {"key", "ACCOUNT-1", "POST /v1/persons"},
	} {
		other, err := newEnvelope(of[0], csdn.Caller{Account: csdn.AccountID(of[1]), Role: csdn.SecretariatRole}, of[2])
		if err != nil || other.name == e.name {
			t.Errorf("%s has the same name: %v", name, err)
		}
		other.name = e.name
		if _, err := other.open(sealed); err == nil {
			t.Errorf("%s opens it", name)
		}
	}
	sealed[len(sealed)-1] ^= 1
	if _, err := e.open(sealed); err == nil {
		t.Error("a broken seal opens")
	}
}

// untold hides how long it is.
type untold struct{ io.Reader }

func TestBodiesOfUntoldLengthHaveALimit(t *testing.T) {
	for _, key := range []string{"", "key"} {
		s := newShelf()
		body := untold{strings.NewReader(`{"label": "` + strings.Repeat("a", 1<<20) + `"}`)}
		answer := newFace(s).do(t, secretariat, http.MethodPost, "/v1/phases", body, keyHeader, key, "Content-Type", "application/json")
		problemIn(t, answer, http.StatusRequestEntityTooLarge)
		if s.writes > 0 || len(s.receipts) > 0 {
			t.Error("something was written")
		}
	}
}

func TestABodyThatBreaksOffIsNoFaultOfOurs(t *testing.T) {
	broken := untold{io.MultiReader(strings.NewReader(aPhase[:10]), failing{})}
	answer := newFace(newShelf()).do(t, secretariat, http.MethodPost, "/v1/phases", broken, keyHeader, "key", "Content-Type", "application/json")
	problemIn(t, answer, http.StatusBadRequest)
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("gone") }
