package e2e

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"csdn.example/directory/infra/local/engine"
	"csdn.example/directory/infra/seed/demo"
)

// traces are the words by which the canary can be told: all that it says of itself holds the first, and the second is its address,
// which is that of an account too.
var traces = []string{"quaggatrove", "official@demo.example"}

// TestErasureLeavesNoTrace follows a person from its recording to its erasure, and then looks everywhere.
func TestErasureLeavesNoTrace(t *testing.T) {
	h := start(t)
	canary := theCanary(t, h)
	_, full := openSmallMeeting(t, h)
	_, other := openSmallMeeting(t, h)
	waiting := all[person](t, h.secretariat, "/v1/people?organisation="+string(demo.Passerelles), "10")[0]
	for _, path := range []string{full, other} {
		h.planner.post(t, path+"/invitations", map[string]any{"people": []string{canary, waiting.ID}}, "Idempotency-Key", "draft quaggatrove").is(t, 201)
		h.planner.post(t, path+"/invitations/send", nil).is(t, 200)
	}
	mails := h.inbox(t, traces[1], 2)
	token := ""
	for _, m := range mails {
		h.anonymous.get(t, "/v1/rsvp/"+m.link(t)).is(t, 200)
		answered := map[string]string{"answer": "accepted", "note": "I bring a quaggatrove."}
		h.anonymous.post(t, "/v1/rsvp/"+m.link(t), answered).is(t, 200)
		token = m.link(t)
	}
	h.inbox(t, traces[1], 4)
	for _, m := range h.inbox(t, waiting.Email, 2) {
		say(t, h, m.link(t), "accepted", "reserve")
	}
	for _, export := range []answer{h.official.get(t, "/v1/me/export"), h.secretariat.get(t, "/v1/people/"+canary+"/export")} {
		if body := string(export.is(t, 200).body); strings.Count(body, "I bring a quaggatrove.") < 2 || export.header.Get("Content-Disposition") == "" {
			t.Errorf("the export is not whole: %v %s", export.header, body)
		}
	}
	for _, c := range []client{h.secretariat, h.planner} {
		if found := c.get(t, "/v1/people?q=quaggatrove").is(t, 200); !strings.Contains(string(found.body), canary) {
			t.Errorf("not found before: %s", found.body)
		}
	}

	certificate := erase(t, h, canary)

	for _, c := range []client{h.secretariat, h.planner} {
		found := c.get(t, "/v1/people?q=quaggatrove").is(t, 200)
		if !strings.Contains(string(found.body), `"total":0`) {
			t.Errorf("found: %s", found.body)
		}
		c.get(t, "/v1/people/"+canary).is(t, 404)
	}
	h.secretariat.get(t, "/v1/people/"+canary+"/export").is(t, 404)
	h.anonymous.get(t, "/v1/rsvp/"+token).is(t, 404)
	for _, m := range h.inbox(t, waiting.Email, 6)[4:] { // invited, in the reserve, and now offered, twice each
		say(t, h, m.link(t), "accepted", "accepted")
	}
	h.inbox(t, traces[1], 4)
	noTraceIn(t, "the certificate", certificate)
	noTraceIn(t, "the trail", h.secretariat.get(t, "/v1/changes?limit=100").is(t, 200).body)
	noTraceInTables(t, h)
	h.Stop()
	noTraceInFiles(t, h.data)
}

// theCanary records a person with words of its own and the address of the official's account.
func theCanary(t *testing.T, h house) (id string) {
	t.Helper()
	var made struct{ ID string }
	answered := h.secretariat.post(t, "/v1/people", map[string]any{
		"name": "Zoë Quaggatrove", "email": traces[1], "organisation": string(demo.Passerelles), "position": "Keeper of the quaggatrove",
		"biography": "Born in Quaggatrove.", "alias": "A quaggatrove", "gender": "quaggatrove", "country": "ML",
		"consent": map[string]string{"basis": "consent", "givenAt": "2026-01-01T00:00:00Z", "source": "form quaggatrove"},
	}, "Idempotency-Key", "create quaggatrove").is(t, 201).into(t, &made)
	h.secretariat.patch(t, "/v1/people/"+made.ID, answered.etag(), map[string]string{"position": "Head of the quaggatrove"}).is(t, 200)
	return made.ID
}

// erase has the canary ask for its erasure, twice, and the secretariat do it, and returns the certificate.
func erase(t *testing.T, h house, canary string) []byte {
	t.Helper()
	asked := h.official.post(t, "/v1/me/erasure", nil).is(t, 202)
	if again := h.official.post(t, "/v1/me/erasure", nil).is(t, 202); !bytes.Equal(asked.body, again.body) {
		t.Errorf("asked again: %s, and first %s", again.body, asked.body)
	}
	h.official.get(t, "/v1/erasures").is(t, 403)
	if requests := h.secretariat.get(t, "/v1/erasures").is(t, 200); !strings.Contains(string(requests.body), `"status":"requested"`) {
		t.Errorf("the requests are %s", requests.body)
	}
	read := h.secretariat.get(t, "/v1/people/"+canary).is(t, 200)
	h.planner.ask(t, "DELETE", "/v1/people/"+canary, nil, "If-Match", read.etag()).is(t, 403)
	h.secretariat.ask(t, "DELETE", "/v1/people/"+canary, nil).is(t, 428)
	h.secretariat.ask(t, "DELETE", "/v1/people/"+canary, nil, "If-Match", `"1"`).is(t, 412)
	erased := h.secretariat.ask(t, "DELETE", "/v1/people/"+canary, nil, "If-Match", read.etag()).is(t, 204)
	h.secretariat.ask(t, "DELETE", "/v1/people/"+canary, nil, "If-Match", "*").is(t, 404)
	certificate := h.secretariat.get(t, erased.header.Get("Location")).is(t, 200)
	var told struct {
		Status, Person, ErasedAt string
		Removed                  map[string]int
	}
	certificate.into(t, &told)
	if told.Status != "done" || told.Person != canary || told.ErasedAt == "" || asked.header.Get("Location") != erased.header.Get("Location") {
		t.Errorf("the certificate is %s", certificate.body)
	}
	for _, kind := range []string{"profiles", "accounts", "changes", "invitations", "links", "deliveries"} {
		if told.Removed[kind] == 0 {
			t.Errorf("the certificate counts no %s: %s", kind, certificate.body)
		}
	}
	return certificate.body
}

func noTraceIn(t *testing.T, where string, content []byte) {
	t.Helper()
	for _, trace := range traces {
		if at := bytes.Index(bytes.ToLower(content), []byte(trace)); at >= 0 {
			t.Errorf("%q is left in %s: …%q…", trace, where, content[max(0, at-200):min(len(content), at+200)])
		}
	}
}

func noTraceInTables(t *testing.T, h house) {
	t.Helper()
	client := engine.Client(h.Endpoint)
	tables, err := client.ListTables(t.Context(), &dynamodb.ListTablesInput{})
	if err != nil || len(tables.TableNames) != 4 {
		t.Fatalf("the tables: %v, %v", tables, err)
	}
	for _, name := range tables.TableNames {
		pages := dynamodb.NewScanPaginator(client, &dynamodb.ScanInput{TableName: &name})
		for pages.HasMorePages() {
			page, err := pages.NextPage(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			text, err := json.Marshal(page.Items)
			if err != nil {
				t.Fatal(err)
			}
			noTraceIn(t, name, text)
		}
	}
}

// noTraceInFiles looks at every file of the machine: the engine's store and log, the logs of the functions, the inbox, positions,
// dead letters. But for the mails sent, which are in the hands of their recipients.
func noTraceInFiles(t *testing.T, data string) {
	t.Helper()
	seen := map[string]bool{}
	err := filepath.WalkDir(data, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			if entry.Name() == "mail" {
				return fs.SkipDir
			}
			return err
		}
		content, err := os.ReadFile(path)
		name, _ := filepath.Rel(data, path)
		seen[name] = true
		noTraceIn(t, name, content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{"store.db", "logs/engine.log", "logs/rights.log", "logs/people.log", "logs/invitations.log", "logs/notifier.log"} {
		if !seen[file] {
			t.Errorf("there is no %s to look at: %v", file, seen)
		}
	}
}
