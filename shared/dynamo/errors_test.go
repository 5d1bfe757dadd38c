package dynamo_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"csdn.example/directory/infra/local/enginetest"
	"csdn.example/directory/shared/csdn"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
)

// line is the connection to the engine with a fault: what fault answers takes the place of the engine's answer.
type line struct {
	through dynamodb.HTTPClient
	fault   func(*http.Request) (*http.Response, error)
}

// Do implements dynamodb.HTTPClient.
func (l *line) Do(r *http.Request) (*http.Response, error) {
	if l.fault != nil {
		if answer, err := l.fault(r); answer != nil || err != nil {
			return answer, err
		}
	}
	return l.through.Do(r)
}

// faulty returns a house whose line can be spoiled, and in which the SDK tries everything once.
func faulty(t *testing.T) (house, *line) {
	t.Helper()
	l := &line{}
	client := dynamodb.New(enginetest.Start(t).Client.Options(), func(o *dynamodb.Options) {
		l.through, o.HTTPClient, o.RetryMaxAttempts = o.HTTPClient, l, 1
	})
	return over(client), l
}

func answer(status int, body string) (*http.Response, error) {
	return &http.Response{
		StatusCode: status, Header: http.Header{"Content-Type": {"application/x-amz-json-1.0"}}, Body: io.NopCloser(strings.NewReader(body)),
	}, nil
}

func operation(r *http.Request) string {
	_, name, _ := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
	return name
}

func failure(code string) string {
	return `{"__type":"com.amazonaws.dynamodb.v20120810#` + code + `","message":"no"}`
}

func cancelled(reasons ...string) string {
	list := make([]string, len(reasons))
	for n, reason := range reasons {
		list[n] = `{"Code":"` + reason + `"}`
	}
	return `{"__type":"com.amazonaws.dynamodb.v20120810#TransactionCanceledException","message":"no","CancellationReasons":[` +
		strings.Join(list, ",") + `]}`
}

func TestFailedWriteIsClassified(t *testing.T) {
	h, l := faulty(t)
	for _, c := range []struct {
		name   string
		status int
		body   string
		want   csdn.Kind
	}{
		{"lost against another transaction", 400, cancelled("None", "TransactionConflict"), csdn.Unavailable},
		{"throttled within a transaction", 400, cancelled("ThrottlingError", "None"), csdn.Unavailable},
		{"throughput exceeded within a transaction", 400, cancelled("ProvisionedThroughputExceeded", "None"), csdn.Unavailable},
		{"lost, and refused as well", 400, cancelled("ConditionalCheckFailed", "TransactionConflict"), csdn.Conflict},
		{"the trail's condition", 400, cancelled("TransactionConflict", "ConditionalCheckFailed"), csdn.Conflict},
		{"invalid within a transaction", 400, cancelled("ValidationError", "None"), ""},
		{"too large within a transaction", 400, `{"__type":"com.amazonaws.dynamodb.v20120810#TransactionCanceledException",` +
			`"CancellationReasons":[{"Code":"ValidationError","Message":"Item size has exceeded the maximum allowed size"}]}`, csdn.Invalid},
		{"throttled", 400, failure("ThrottlingException"), csdn.Unavailable},
		{"throughput exceeded", 400, failure("ProvisionedThroughputExceededException"), csdn.Unavailable},
		{"too many requests of the account", 400, failure("RequestLimitExceeded"), csdn.Unavailable},
		{"the same write is in progress", 400, failure("TransactionInProgressException"), csdn.Unavailable},
		{"an error of the service", 500, failure("InternalServerError"), csdn.Unavailable},
		{"no service", 503, "<html>", csdn.Unavailable},
		{"not permitted", 400, failure("AccessDeniedException"), ""},
		{"no such table", 400, failure("ResourceNotFoundException"), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			l.fault = func(*http.Request) (*http.Response, error) { return answer(c.status, c.body) }
			err := h.directory.PutOrganisation(t.Context(), organisation(1), change(1, 1))
			if err == nil || csdn.KindOf(err) != c.want {
				t.Fatalf("error is %v, want %q", err, c.want)
			}
			var known *csdn.Error
			if errors.As(err, &known) && c.want == csdn.Unavailable && known.RetryAfter != time.Second {
				t.Errorf("retry after %s", known.RetryAfter)
			}
		})
	}
}

func TestWriteThatLostMayBeTriedAgain(t *testing.T) {
	h, l := faulty(t)
	must(t, h.directory.PutMeeting(t.Context(), csdn.Meeting{}, meeting(t, 1), change(1, 1)))
	w := act(1, csdn.Seating{InPerson: 1, Version: 1}, invitation(1, 2))
	l.fault = func(r *http.Request) (*http.Response, error) {
		if operation(r) != "TransactWriteItems" {
			return nil, nil
		}
		l.fault = nil
		return answer(400, cancelled("None", "TransactionConflict", "None", "None", "None"))
	}
	h.unchanged(t, csdn.Unavailable, func() error { return h.participation.WriteInvitations(t.Context(), w) })
	must(t, h.participation.WriteInvitations(t.Context(), w))
}

func TestMarkThatLostIsUnavailable(t *testing.T) {
	h, l := faulty(t)
	l.fault = func(*http.Request) (*http.Response, error) {
		return answer(400, failure("TransactionConflictException"))
	}
	refused(t, csdn.Unavailable, h.outbox.MarkSent(t.Context(), id[csdn.DeliveryID](1), noon))
}

func TestFailedReadIsClassified(t *testing.T) {
	h, l := faulty(t)
	reads := map[string]func(context.Context) error{
		"get": func(ctx context.Context) error {
			_, err := h.people.Person(ctx, id[csdn.PersonID](1))
			return err
		},
		"batch": func(ctx context.Context) error {
			_, err := h.people.PeopleByID(ctx, ids[csdn.PersonID](1))
			return err
		},
		"query": func(ctx context.Context) error { _, err := h.directory.Areas(ctx); return err },
		"ready": h.directory.Ready,
	}
	for name, read := range reads {
		t.Run(name, func(t *testing.T) {
			l.fault = func(*http.Request) (*http.Response, error) { return answer(400, failure("ThrottlingException")) }
			refused(t, csdn.Unavailable, read(t.Context()))
			l.fault = func(*http.Request) (*http.Response, error) { return nil, errors.New("connection refused") }
			refused(t, csdn.Unavailable, read(t.Context()))

			l.fault = func(r *http.Request) (*http.Response, error) { <-r.Context().Done(); return nil, r.Context().Err() }
			late, stop := context.WithTimeout(t.Context(), time.Millisecond)
			defer stop()
			refused(t, csdn.Unavailable, read(late))
			gone, leave := context.WithCancel(t.Context())
			leave()
			if err := read(gone); !errors.Is(err, context.Canceled) || csdn.KindOf(err) != "" {
				t.Errorf("after the caller left the error is %v", err)
			}
		})
	}
}

func TestKeysLeftUnreadAreAskedForAgain(t *testing.T) {
	h, l := faulty(t)
	for n := 1; n <= 3; n++ {
		must(t, h.people.PutPerson(t.Context(), csdn.Person{}, person(n), change(n, 1)))
	}
	const nothing = `{"Responses":{"PeopleTable":[]},"UnprocessedKeys":{"PeopleTable":{"Keys":[` +
		`{"pk":{"S":"PERSON#01J00000000000000000000001"},"sk":{"S":"PERSON"}},` +
		`{"pk":{"S":"PERSON#01J00000000000000000000003"},"sk":{"S":"PERSON"}}]}}}`
	asked := 0
	l.fault = func(*http.Request) (*http.Response, error) {
		if asked++; asked <= 2 {
			return answer(200, nothing)
		}
		return nil, nil
	}
	found, err := h.people.PeopleByID(t.Context(), ids[csdn.PersonID](3, 1))
	must(t, err)
	same(t, []csdn.Person{person(3), person(1)}, found)

	l.fault = func(*http.Request) (*http.Response, error) { return answer(200, nothing) }
	_, err = h.people.PeopleByID(t.Context(), ids[csdn.PersonID](3, 1))
	refused(t, csdn.Unavailable, err)
}

func TestIdsLongerThanKeysNameNothing(t *testing.T) {
	h := open(t)
	long := strings.Repeat("x", 3000)
	_, err := h.directory.Area(t.Context(), csdn.AreaSlug(long))
	refused(t, csdn.NotFound, err)
	_, err = h.directory.Organisation(t.Context(), csdn.OrganisationID(long))
	refused(t, csdn.NotFound, err)
	found, err := h.people.PeopleByID(t.Context(), []csdn.PersonID{csdn.PersonID(long)})
	must(t, err)
	same(t, []csdn.Person{}, found)
	trail, err := h.directory.OrganisationChanges(t.Context(), csdn.OrganisationID(long), csdn.PageRequest{Limit: 1})
	must(t, err)
	same(t, csdn.Page[csdn.Change]{}, trail)
}

func TestTextsTooLargeToKeepAreInvalid(t *testing.T) {
	h := open(t)
	o := organisation(1)
	o.Mission = strings.Repeat("x", 500_000)
	h.unchanged(t, csdn.Invalid, func() error { return h.directory.PutOrganisation(t.Context(), o, change(1, 1)) })
}
