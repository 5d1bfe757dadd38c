package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"maps"
	"net/http"
	"time"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/web"
)

// Receipts lets creations be repeated safely, by their Idempotency-Key. What a creation writes waits until its answer is known, and
// is written with the answer in one transaction: there is no moment at which the one is there without the other, and of many at once
// one is first and all others are answered as it was. A request that was refused leaves nothing, so its key serves again.
type Receipts struct {
	Store csdn.ReceiptStore
	Now   func() time.Time
	Pause func(attempt int) // before a creation that lost against another is tried again
}

func (n Receipts) register(a *API) { a.receipts = n }

const (
	keyHeader      = "Idempotency-Key"
	replayedHeader = "Idempotent-Replayed"
	maximumKey     = 255 // characters
	keptFor        = 24 * time.Hour
	// creations is how often a creation is tried while others change what it depends on.
	creations = 8
)

// creates reports whether an operation takes an Idempotency-Key: a POST that answers 201.
func (op operation) creates() bool {
	return op.method == http.MethodPost && op.status == http.StatusCreated
}

// creation is one request with a key.
type creation struct {
	*API
	id       string
	envelope envelope
	request  [sha256.Size]byte
}

// once answers a creation with a key that was answered before as it was then, and else does it once.
func (a *API) once(op operation, described *huma.Operation) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		r, w := humago.Unwrap(ctx)
		key := r.Header.Get(keyHeader)
		if key == "" {
			next(ctx)
			return
		}
		c, body, err := a.creation(r, op.id, key)
		if err != nil {
			a.refuse(r.Context(), w, op.id, err)
			return
		}
		c.answer(w, r, func(held context.Context) *captured {
			answer := &captured{header: http.Header{}}
			again := r.WithContext(held)
			again.Body = io.NopCloser(bytes.NewReader(body))
			next(humago.NewContext(described, again, answer))
			return answer
		})
	}
}

func (a *API) creation(r *http.Request, id, key string) (creation, []byte, error) {
	if utf8.RuneCountInString(key) > maximumKey {
		return creation{}, nil, web.NewProblem(http.StatusUnprocessableEntity, "The request breaks a rule; errors says which.",
			web.ProblemField{Location: "header." + keyHeader, Message: "is longer than 255 characters"})
	}
	body, err := io.ReadAll(r.Body)
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return creation{}, nil, problem(http.StatusRequestEntityTooLarge, "")
	}
	if err != nil {
		return creation{}, nil, problem(http.StatusBadRequest, "")
	}
	e, err := newEnvelope(key, web.Caller(r.Context()), r.Method+" "+r.URL.RequestURI())
	return creation{API: a, id: id, envelope: e, request: sha256.Sum256(body)}, body, err
}

// answer answers the request. do does it, in a context that holds its writes.
func (c creation) answer(w http.ResponseWriter, r *http.Request, do func(context.Context) *captured) {
	if c.replayed(w, r) {
		return
	}
	for attempt := range creations {
		held, keep := c.receipts.Store.Hold(r.Context())
		answer := do(held)
		made := answer.status < http.StatusMultipleChoices
		var err error
		if made {
			err = c.keep(r.Context(), answer, keep)
		}
		if made && err == nil {
			answer.send(w)
			return
		}
		// Another with the same key may have been faster, which is why this one failed.
		if c.replayed(w, r) {
			return
		}
		if !made {
			answer.send(w)
			return
		}
		if !errors.Is(err, csdn.Stale) && !errors.Is(err, csdn.Unavailable) {
			c.refuse(r.Context(), w, c.id, err)
			return
		}
		c.receipts.Pause(attempt)
	}
	c.refuse(r.Context(), w, c.id, &csdn.Error{
		Kind: csdn.Unavailable, Message: "Too many others change this just now. Nothing is certain until you send the request again, with the same Idempotency-Key.", RetryAfter: time.Second,
	})
}

func (c creation) keep(ctx context.Context, answer *captured, keep func(context.Context, csdn.Receipt) error) error {
	sealed, err := c.envelope.seal(keptAnswer{Request: c.request, Status: answer.status, Header: answer.header, Body: answer.body.Bytes()})
	if err != nil {
		return err
	}
	now := c.receipts.Now()
	return keep(ctx, csdn.Receipt{Name: c.envelope.name, Sealed: sealed, MadeAt: now, Expires: now.Add(keptFor)})
}

// replayed answers by the receipt of the request, or for another request under its key, or because neither can be known. It reports
// whether it has answered.
func (c creation) replayed(w http.ResponseWriter, r *http.Request) bool {
	receipt, err := c.receipts.Store.Receipt(r.Context(), c.envelope.name, c.receipts.Now())
	if errors.Is(err, csdn.NotFound) {
		return false
	}
	var kept keptAnswer
	if err == nil {
		kept, err = c.envelope.open(receipt.Sealed)
	}
	if err == nil && kept.Request != c.request {
		err = web.NewProblem(http.StatusUnprocessableEntity, "This Idempotency-Key was sent with another body within the last 24 hours; take a new one for a new request.")
	}
	if err != nil {
		c.refuse(r.Context(), w, c.id, err)
		return true
	}
	answer := captured{header: kept.Header, status: kept.Status}
	answer.body.Write(kept.Body)
	w.Header().Set(replayedHeader, "true")
	answer.send(w)
	return true
}

// captured is an answer that is not sent yet. It implements http.ResponseWriter.
type captured struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (c *captured) Header() http.Header { return c.header }

func (c *captured) WriteHeader(status int) {
	if c.status == 0 {
		c.status = status
	}
}

func (c *captured) Write(b []byte) (int, error) {
	c.WriteHeader(http.StatusOK)
	return c.body.Write(b)
}

func (c *captured) send(w http.ResponseWriter) {
	maps.Copy(w.Header(), c.header)
	w.WriteHeader(c.status)
	// The client has gone if this fails.
	_, _ = c.body.WriteTo(w)
}
