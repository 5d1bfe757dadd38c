package web

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// tally is an AttemptStore in memory.
type tally map[string]int

func (c tally) Attempts(_ context.Context, origin string, window time.Time) (int, error) {
	return c[origin+window.String()], nil
}

func (c tally) AddAttempt(_ context.Context, origin string, window, _ time.Time) error {
	c[origin+window.String()]++
	return nil
}

func TestGuessesAreLimited(t *testing.T) {
	now := time.Date(2027, 1, 10, 12, 3, 0, 0, time.UTC)
	links := LimitGuesses(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasSuffix(r.URL.Path, "/right") {
			w.WriteHeader(http.StatusNotFound)
		}
	}), tally{}, slog.New(slog.DiscardHandler), func() time.Time { return now })
	ask := func(path, from string) *httptest.ResponseRecorder {
		r := httptest.NewRequest("GET", path, nil)
		r.RemoteAddr = from + ":0"
		w := httptest.NewRecorder()
		links.ServeHTTP(w, r)
		return w
	}
	for n := range guesses {
		if w := ask("/v1/rsvp/wrong", "192.0.2.1"); w.Code != http.StatusNotFound {
			t.Fatalf("guess %d: %d", n, w.Code)
		}
		ask("/v1/rsvp/right", "192.0.2.1")
		ask("/v1/areas/wrong", "192.0.2.2")
	}
	refused := ask("/v1/rsvp/right", "192.0.2.1")
	if refused.Code != http.StatusTooManyRequests || refused.Header().Get("Retry-After") != "420" {
		t.Errorf("a right link after too many wrong ones: %d, %v", refused.Code, refused.Header())
	}
	if w := ask("/confirm/right", "192.0.2.1"); w.Code != http.StatusTooManyRequests {
		t.Errorf("the link of a renewal: %d", w.Code)
	}
	if w := ask("/v1/rsvp/right", "192.0.2.2"); w.Code != http.StatusOK {
		t.Errorf("another address: %d", w.Code)
	}
	now = now.Add(guessWindow)
	if w := ask("/v1/rsvp/right", "192.0.2.1"); w.Code != http.StatusOK {
		t.Errorf("in the next window: %d", w.Code)
	}
}
