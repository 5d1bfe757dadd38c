package web

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"math"
	"net/http"
	"strconv"
	"strings"

	"csdn.example/directory/shared/csdn"
)

// ProblemType is the media type of problem documents.
const ProblemType = "application/problem+json"

// Problem is a problem document (RFC 9457). Errors lists the broken rules of a body or a query; the submitted values are
// never repeated.
type Problem struct {
	Type   string         `json:"type" doc:"Where the documentation explains this kind of problem" example:"/docs#problem-stale"`
	Title  string         `json:"title" doc:"The kind of problem" example:"Precondition Failed"`
	Status int            `json:"status" doc:"The HTTP status" example:"412"`
	Detail string         `json:"detail,omitempty" doc:"What happened here, and what to do"`
	Errors []ProblemField `json:"errors,omitempty" doc:"The broken rules"`

	retryAfter string
}

// ProblemField is one broken rule.
type ProblemField struct {
	Location string `json:"location" doc:"Where: a path into the body or the query" example:"body.areas[0]"`
	Message  string `json:"message" doc:"What is wrong there" example:"is not an area of the vocabulary"`
}

// statuses is the one table from kinds of error to statuses.
var statuses = map[csdn.Kind]int{
	csdn.Malformed:       http.StatusBadRequest,
	csdn.Invalid:         http.StatusUnprocessableEntity,
	csdn.Unauthenticated: http.StatusUnauthorized,
	csdn.Forbidden:       http.StatusForbidden,
	csdn.NotFound:        http.StatusNotFound,
	csdn.Conflict:        http.StatusConflict,
	csdn.Stale:           http.StatusPreconditionFailed,
	csdn.Unconditional:   http.StatusPreconditionRequired,
	csdn.TooLarge:        http.StatusRequestEntityTooLarge,
	csdn.TooMany:         http.StatusTooManyRequests,
	csdn.Unavailable:     http.StatusServiceUnavailable,
}

// NewProblem returns a problem of the status with a public detail.
func NewProblem(status int, detail string, fields ...ProblemField) *Problem {
	title := http.StatusText(status)
	return &Problem{
		Type:   "/docs#problem-" + strings.ReplaceAll(strings.ToLower(title), " ", "-"),
		Title:  title,
		Status: status,
		Detail: detail,
		Errors: fields,
	}
}

// ProblemOf translates an error. What is not an error of the domain becomes an opaque 500; its text is for the log alone. What
// took longer than a request may is a 503.
// location is where the fields of an Invalid error lie: "body" or "query".
func ProblemOf(err error, location string) *Problem {
	var known *csdn.Error
	if !errors.As(err, &known) && errors.Is(err, context.DeadlineExceeded) {
		known = &csdn.Error{Kind: csdn.Unavailable, Message: "It took too long; try again in a moment.", Cause: err}
	}
	if known == nil || statuses[known.Kind] == 0 {
		return NewProblem(http.StatusInternalServerError, "Something went wrong on our side. Nothing can be said about it here; try again later.")
	}
	p := NewProblem(statuses[known.Kind], known.Message)
	for _, f := range known.Fields {
		p.Errors = append(p.Errors, ProblemField{Location: location + "." + f.Location, Message: f.Message})
	}
	if p.Status == http.StatusTooManyRequests || p.Status == http.StatusServiceUnavailable {
		p.retryAfter = strconv.Itoa(max(1, int(math.Ceil(known.RetryAfter.Seconds()))))
	}
	return p
}

// Error implements error; the text is for logs.
func (p *Problem) Error() string { return strconv.Itoa(p.Status) + " " + p.Detail }

// GetStatus returns the HTTP status.
func (p *Problem) GetStatus() int { return p.Status }

// GetHeaders returns the headers that go with the problem.
func (p *Problem) GetHeaders() http.Header {
	h := http.Header{}
	if p.retryAfter != "" {
		h.Set("Retry-After", p.retryAfter)
	}
	if p.Status == http.StatusUnauthorized {
		h.Set("WWW-Authenticate", "Bearer")
	}
	return h
}

// ContentType returns the media type of problems whatever the client would rather have.
func (p *Problem) ContentType(string) string { return ProblemType }

// WriteProblem answers with the problem.
func WriteProblem(w http.ResponseWriter, p *Problem) {
	for name, values := range p.GetHeaders() {
		w.Header()[name] = values
	}
	w.Header().Set("Content-Type", ProblemType)
	w.WriteHeader(p.Status)
	if err := json.NewEncoder(w).Encode(p); err != nil {
		slog.Warn("a problem was not written", "status", p.Status, "cause", err)
	}
}
