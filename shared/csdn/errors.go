package csdn

import (
	"errors"
	"fmt"
	"time"
)

// Kind classifies an error by what its receiver can do about it. A Kind is itself an error, so that
// errors.Is(err, csdn.NotFound) asks for the kind of any error in the chain.
type Kind string

// The kinds of error. Each face of the system translates them in one place.
const (
	Malformed       Kind = "malformed"         // cannot be read at all: a cursor of another query, a broken date
	Invalid         Kind = "invalid"           // was read, and breaks a rule; Fields says which
	Unauthenticated Kind = "unauthenticated"   // no or bad credentials
	Forbidden       Kind = "forbidden"         // known but not allowed, where existence is no secret
	NotFound        Kind = "not found"         // absent, or foreign: the two look the same
	Conflict        Kind = "conflict"          // the state of the subject forbids the act
	Stale           Kind = "stale"             // the subject changed since the caller read it
	Unconditional   Kind = "unconditional"     // a write that must name the version it read did not
	TooLarge        Kind = "too large"         // what was asked for is more than can be answered at once
	TooMany         Kind = "too many requests" // the caller exceeds a limit; RetryAfter says when to return
	Unavailable     Kind = "unavailable"       // overloaded or contended; nothing was done; RetryAfter says when to return
)

// Error implements error.
func (k Kind) Error() string { return string(k) }

// Error is what every exported function of the floors returns when it fails for a reason of the domain. Message and
// Fields are public: they never carry submitted values, names or addresses. Cause is for logs alone.
type Error struct {
	Kind       Kind
	Message    string
	Fields     []Field
	RetryAfter time.Duration
	Cause      error
}

// Field is one broken rule: where in the submitted body, such as "agenda[2].start", and what is wrong there.
type Field struct {
	Location string
	Message  string
}

// Error implements error; the text is for logs.
func (e *Error) Error() string {
	text := string(e.Kind) + ": " + e.Message
	for _, f := range e.Fields {
		text += fmt.Sprintf("; %s %s", f.Location, f.Message)
	}
	if e.Cause != nil {
		text += ": " + e.Cause.Error()
	}
	return text
}

// Is reports whether target is the kind of e.
func (e *Error) Is(target error) bool {
	kind, ok := target.(Kind)
	return ok && kind == e.Kind
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// Errorf returns an error of the kind with a public message.
func Errorf(kind Kind, format string, args ...any) *Error {
	return &Error{Kind: kind, Message: fmt.Sprintf(format, args...)}
}

// KindOf returns the kind of the first domain error in the chain of err, or "" when there is none.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}

// violations collects the broken rules of one subject, so that a person mends a form once and not field by field.
type violations []Field

func (v *violations) add(location, format string, args ...any) {
	*v = append(*v, Field{Location: location, Message: fmt.Sprintf(format, args...)})
}

// err returns nil when no rule is broken.
func (v violations) err(subject string) error {
	if len(v) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Message: subject + " breaks a rule; errors says which.", Fields: v}
}
