package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"csdn.example/directory/infra/local/engine"
	"csdn.example/directory/infra/local/enginetest"
	"csdn.example/directory/infra/local/machine"
)

// house is a running local machine with the demo data, and one client of each role.
type house struct {
	*machine.Machine
	data                                                    string // the folder of all that is kept
	anonymous, secretariat, planner, organisation, official client
}

// start runs a machine of the built functions for the length of the test. Its schedules rest, so that nothing happens between two looks at
// it that the test does not do.
func start(t *testing.T) house {
	t.Helper()
	return startWith(t, nil)
}

// startWith is start with parameters of the template's, and at another DynamoDB if an endpoint is named.
func startWith(t *testing.T, parameters map[string]string, endpoint ...string) house {
	t.Helper()
	build, data := filepath.Join(enginetest.Root(t), ".build"), t.TempDir()
	log, err := os.Create(filepath.Join(data, "machine.log"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { log.Close() })
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	m, err := machine.Start(ctx, machine.Options{
		Template:    filepath.Join(enginetest.Root(t), "template.yaml"),
		Functions:   filepath.Join(build, "functions"),
		Engine:      engine.Binary(enginetest.Root(t)),
		Listen:      "127.0.0.1:0",
		Data:        data,
		Seed:        filepath.Join(build, "seed"),
		Endpoint:    strings.Join(endpoint, ""),
		Parameters:  parameters,
		Unscheduled: true,
		Now:         time.Now,
		Log:         slog.New(slog.NewJSONHandler(log, nil)),
	})
	if err != nil {
		t.Fatalf("%v (the tests run what make build built)", err)
	}
	t.Cleanup(m.Stop)
	t.Cleanup(func() { evidence.take(t, m.Roles) })
	h := house{Machine: m, data: data, anonymous: client{url: m.URL}}
	h.secretariat = h.signIn(t, "secretariat@demo.example")
	h.planner = h.signIn(t, "planner@demo.example")
	h.organisation = h.signIn(t, "organisation@demo.example")
	h.official = h.signIn(t, "official@demo.example")
	return h
}

func (h house) signIn(t *testing.T, email string) client {
	t.Helper()
	var token struct {
		AccessToken string `json:"access_token"`
	}
	h.anonymous.post(t, "/local/token", map[string]string{"email": email}).is(t, 200).into(t, &token)
	signedIn := client{url: h.URL, token: token.AccessToken}
	signedIn.get(t, "/v1/me").is(t, 200) // the first time binds the account
	return signedIn
}

// client asks as one account.
type client struct{ url, token string }

// answer is what came back.
type answer struct {
	asked  string
	status int
	header http.Header
	body   []byte
}

func (c client) get(t *testing.T, path string, headers ...string) answer {
	t.Helper()
	return c.ask(t, "GET", path, nil, headers...)
}

func (c client) post(t *testing.T, path string, body any, headers ...string) answer {
	t.Helper()
	return c.ask(t, "POST", path, body, headers...)
}

// patch sends a merge patch on the version that the entity tag names.
func (c client) patch(t *testing.T, path, etag string, body any) answer {
	t.Helper()
	return c.ask(t, "PATCH", path, body, "Content-Type", "application/merge-patch+json", "If-Match", etag)
}

// ask sends a request; a body that is a string is sent as it is, any other as JSON. headers are names and values in turn; an
// empty value is not sent.
func (c client) ask(t *testing.T, method, path string, body any, headers ...string) answer {
	t.Helper()
	var sent io.Reader
	switch b := body.(type) {
	case nil:
	case string:
		sent = strings.NewReader(b)
	default:
		text, err := json.Marshal(b)
		if err != nil {
			t.Fatal(err)
		}
		sent = bytes.NewReader(text)
	}
	request, err := http.NewRequestWithContext(t.Context(), method, c.url+path, sent)
	if err != nil {
		t.Fatal(err)
	}
	if sent != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	if c.token != "" {
		request.Header.Set("Authorization", "Bearer "+c.token)
	}
	for i := 0; i < len(headers); i += 2 {
		if headers[i+1] != "" {
			request.Header.Set(headers[i], headers[i+1])
		}
	}
	direct := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := direct.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{asked: method + " " + path, status: response.StatusCode, header: response.Header, body: text}
}

// is fails the test unless the status is the one wanted.
func (a answer) is(t *testing.T, status int) answer {
	t.Helper()
	if a.status != status {
		t.Fatalf("%s: %d, want %d: %s", a.asked, a.status, status, a.body)
	}
	return a
}

func (a answer) into(t *testing.T, target any) answer {
	t.Helper()
	if err := json.Unmarshal(a.body, target); err != nil {
		t.Fatalf("%s: %v: %s", a.asked, err, a.body)
	}
	return a
}

func (a answer) etag() string { return a.header.Get("ETag") }

// list is a page of a list.
type list[T any] struct {
	Items []T
	Next  string
	Total int
}

// all walks a list to its end, a page of the size at a time. path has a query already.
func all[T any](t *testing.T, c client, path string, size string) []T {
	t.Helper()
	var walked []T
	cursor := ""
	for range 200 {
		var page list[T]
		c.get(t, path+"&limit="+size+cursor).is(t, 200).into(t, &page)
		walked = append(walked, page.Items...)
		if page.Next == "" {
			return walked
		}
		cursor = "&cursor=" + page.Next
	}
	t.Fatalf("%s does not end", path)
	return nil
}

// eventually waits, for what happens after an answer: mails, and indexes that follow.
func eventually(t *testing.T, what string, happened func() bool) {
	t.Helper()
	for range 200 {
		if happened() {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("it never happened that %s", what)
}
