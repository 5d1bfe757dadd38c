package prove

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"csdn.example/directory/infra/local/engine"
	"csdn.example/directory/infra/local/enginetest"
	"csdn.example/directory/infra/local/machine"
	"csdn.example/directory/infra/local/mailbox"
	"csdn.example/directory/shared/dynamo"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
)

var full = flag.Bool("full", false, "run the proofs at full size, which takes half an hour")

// count is how many of something a proof makes: few, or with -full many.
func count(few, many int) int {
	if *full {
		return many
	}
	return few
}

// house is a running local machine with empty tables, and the stores that write into them past the functions.
type house struct {
	*machine.Machine
	data          string
	seats         int // of the meeting
	http          http.Client
	client        *dynamodb.Client
	directory     dynamo.Directory
	people        dynamo.People
	participation dynamo.Participation
	outbox        dynamo.Outbox
}

// start runs a machine of the built functions for the length of the test, with an engine of its own unless another's
// endpoint is given.
func start(t *testing.T, endpoint string) *house {
	t.Helper()
	return startOn(t, endpoint, t.TempDir())
}

// startOn is start on a folder in which there may be a store already.
func startOn(t *testing.T, endpoint, data string) *house {
	t.Helper()
	root := enginetest.Root(t)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	h := &house{data: data}
	var err error
	h.Machine, err = machine.Start(ctx, machine.Options{
		Template: filepath.Join(root, "template.yaml"), Functions: functions(t), Engine: engine.Binary(root), Endpoint: endpoint,
		Listen: "127.0.0.1:0", Data: h.data, Now: time.Now, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatalf("%v (the proofs run what make build built)", err)
	}
	t.Cleanup(h.Stop)
	t.Cleanup(func() {
		if t.Failed() {
			h.confesses(t)
		}
		for _, denied := range h.Roles.Denials() {
			t.Errorf("a policy is missing: %v", &denied)
		}
	})
	h.http.Transport = &http.Transport{MaxIdleConnsPerHost: 64}
	t.Cleanup(h.http.CloseIdleConnections)
	h.client = engine.Client(h.Endpoint)
	h.directory = dynamo.Directory{Client: h.client, Table: "DirectoryTable"}
	h.people = dynamo.People{Client: h.client, Table: "PeopleTable"}
	h.participation = dynamo.Participation{
		Client: h.client, Table: "ParticipationTable", DirectoryTable: "DirectoryTable", OutboxTable: "OutboxTable",
	}
	h.outbox = dynamo.Outbox{Client: h.client, Table: "OutboxTable"}
	return h
}

// confesses logs what the functions noted as errors.
func (h *house) confesses(t *testing.T) {
	logs, err := filepath.Glob(filepath.Join(h.data, "logs", "*.log"))
	if err != nil {
		t.Error(err)
	}
	for _, log := range logs {
		text, err := os.ReadFile(log)
		if err != nil {
			t.Error(err)
		}
		for line := range strings.SplitSeq(string(text), "\n") {
			if strings.Contains(line, `"level":"ERROR"`) {
				t.Logf("%s: %s", filepath.Base(log), line)
			}
		}
	}
}

// functions is the folder of the compiled functions.
func functions(t *testing.T) string { return filepath.Join(enginetest.Root(t), ".build", "functions") }

// reply is what came of pressing a button once.
type reply struct {
	code       int
	status     string // of the invitation
	retryAfter time.Duration
}

// press answers an invitation by its link once.
func (h *house) press(ctx context.Context, token, answer string) (reply, error) {
	body, err := json.Marshal(map[string]string{"answer": answer})
	if err != nil {
		return reply{}, err
	}
	request, err := http.NewRequestWithContext(ctx, "POST", h.URL+"/v1/rsvp/"+token, bytes.NewReader(body))
	if err != nil {
		return reply{}, err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := h.http.Do(request)
	if err != nil {
		return reply{}, err
	}
	defer response.Body.Close()
	r := reply{code: response.StatusCode}
	if seconds, err := strconv.Atoi(response.Header.Get("Retry-After")); err == nil {
		r.retryAfter = time.Duration(seconds) * time.Second
	}
	// Of a problem document it is the number of the status, which is not read.
	var invitation struct{ Status any }
	err = json.NewDecoder(response.Body).Decode(&invitation)
	r.status, _ = invitation.Status.(string)
	return r, err
}

// patience is how long a person presses a button that answers with a failure of the house.
const patience = time.Minute

// insist answers an invitation until the house has taken the answer, as a person does who sees an error. It returns where
// the invitation then stands, and the failures met on the way. An answer that is refused is an error.
func (h *house) insist(ctx context.Context, token, answer string) (status string, failures []reply, err error) {
	for end := time.Now().Add(patience); time.Now().Before(end); {
		r, err := h.press(ctx, token, answer)
		if err != nil {
			return "", failures, err
		}
		if r.code == http.StatusOK {
			return r.status, failures, nil
		}
		if r.code < 500 {
			return "", failures, fmt.Errorf("the answer %s was refused with %d", answer, r.code)
		}
		failures = append(failures, r)
		time.Sleep(max(r.retryAfter, 20*time.Millisecond))
	}
	return "", failures, fmt.Errorf("the answer %s was not taken for %v", answer, patience)
}

// get reads a JSON document of the machine.
func (h *house) get(t *testing.T, path, token string, target any) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), "GET", h.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := h.http.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		t.Fatalf("GET %s: %d", path, response.StatusCode)
	}
	if err := json.NewDecoder(response.Body).Decode(target); err != nil {
		t.Fatalf("GET %s: %v", path, err)
	}
}

// mails counts the mails that came, by recipient.
func (h *house) mails(t *testing.T) map[string]int {
	t.Helper()
	var messages []mailbox.Message
	h.get(t, "/local/mailbox.json", "", &messages)
	counted := map[string]int{}
	for _, m := range messages {
		counted[m.To]++
	}
	return counted
}

// eventually waits for what happens after an answer.
func eventually(t *testing.T, what string, happened func() bool) {
	t.Helper()
	for end := time.Now().Add(2 * time.Minute); time.Now().Before(end); {
		if happened() {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("it never happened that %s", what)
}
