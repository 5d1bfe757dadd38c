package web

import (
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"

	"csdn.example/directory/shared/csdn"
)

// Links are guessed at no faster than guesses wrong ones in each window of time from one address.
const (
	guesses     = 30
	guessWindow = 10 * time.Minute
)

// LimitGuesses surrounds a face that answers links. An address from which too many wrong links came is refused every link,
// with 429, until the window is over: so a right guess among them is not noticed either.
func LimitGuesses(next http.Handler, attempts csdn.AttemptStore, log *slog.Logger, now func() time.Time) http.Handler {
	return Behind(next, func(w http.ResponseWriter, r *http.Request) {
		if !strings.Contains(r.URL.Path, "/rsvp/") && !strings.HasPrefix(r.URL.Path, "/confirm/") {
			next.ServeHTTP(w, r)
			return
		}
		origin, _, err := net.SplitHostPort(r.RemoteAddr)
		if err != nil {
			origin = r.RemoteAddr
		}
		window := now().Truncate(guessWindow)
		failed, err := attempts.Attempts(r.Context(), origin, window)
		if err != nil {
			log.ErrorContext(r.Context(), "attempts cannot be counted", "cause", err.Error())
			Refuse(next, w, r, ProblemOf(err, ""))
			return
		}
		if failed >= guesses {
			Refuse(next, w, r, ProblemOf(&csdn.Error{
				Kind: csdn.TooMany, Message: "Too many links that are none came from your address. Try again later.",
				RetryAfter: window.Add(guessWindow).Sub(now()),
			}, ""))
			return
		}
		answer := &recorder{ResponseWriter: w}
		next.ServeHTTP(answer, r)
		if answer.status != http.StatusNotFound {
			return
		}
		if err := attempts.AddAttempt(r.Context(), origin, window, window.Add(2*guessWindow)); err != nil {
			log.ErrorContext(r.Context(), "an attempt was not counted", "cause", err.Error())
		}
	})
}
