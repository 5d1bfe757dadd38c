package site

import (
	"io"
	"net/http"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/web"
)

// healthy answers that the function runs, without any I/O.
func healthy(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	io.WriteString(w, `{"status":"ok"}`+"\n")
}

// ready answers whether the store can be read. It is asked by machines, so that its failure is a problem document.
func (s *site) ready(w http.ResponseWriter, r *http.Request) error {
	if err := s.Ready(r.Context()); err != nil {
		s.log.ErrorContext(r.Context(), "the store cannot be read", "cause", err.Error())
		web.WriteProblem(w, web.ProblemOf(&csdn.Error{
			Kind: csdn.Unavailable, Message: "The store cannot be read just now.", RetryAfter: 5 * time.Second, Cause: err,
		}, ""))
		return nil
	}
	healthy(w, r)
	return nil
}
