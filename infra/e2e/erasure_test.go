package e2e

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"csdn.example/directory/infra/local/engine"
	"csdn.example/directory/infra/seed/demo"
	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/dynamo"
)

// traces are the words by which the canary can be told: all that it says of itself holds the first, and the second is its address,
// which is that of an account too.
var traces = []string{"quaggatrove", "official@demo.example"}

// TestErasureLeavesNoTrace follows a person from its recording to its erasure, and then looks everywhere.
func TestErasureLeavesNoTrace(t *testing.T) {
	h := startWith(t, map[string]string{"IdentityCacheSeconds": "1"})
	canary := theCanary(t, h)
	_, system := h.makes(t, h.official, map[string]any{"name": "Quaggatrove's own"})
	system.get(t, "/v1/me").is(t, 200)
	session := h.visitor(t, traces[1])
	past := attendsThePast(t, h, canary)
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
	if export := string(h.official.get(t, "/v1/me/export").is(t, 200).body); !strings.Contains(export, "Quaggatrove's own") || !strings.Contains(export, `"sessions":[{"createdAt"`) {
		t.Errorf("the export lacks a token or a session: %s", export)
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

	report := func() string {
		return alike(h.secretariat.get(t, "/v1/phases/4/report").is(t, 200)) + alike(h.secretariat.get(t, past+"/composition").is(t, 200))
	}
	before, held := report(), h.raw(t)
	leads := leadsTo(t, held, canary)

	certificate := erase(t, h, canary)

	if after := report(); after != before {
		t.Errorf("the report was\n%s\nand is\n%s", before, after)
	}
	after := h.raw(t)
	for _, place := range leads {
		if _, left := after[place]; left {
			t.Errorf("%s is left", place)
		}
	}
	for place, item := range after {
		if strings.Contains(place+item, canary) && !slices.ContainsFunc(keepsIDs, func(p string) bool { return strings.HasPrefix(place, p) }) {
			t.Errorf("the id is left in %s: %s", place, item)
		}
	}
	h.anonymous.get(t, "/account", "Cookie", session).is(t, 303)
	eventually(t, "the token is refused", func() bool { return system.get(t, "/v1/me").status == 401 })
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

// keepsIDs are the items that go on holding the id of somebody erased: the certificate, and what searches know of the card for a week.
var keepsIDs = []string{"DirectoryTable NETWORK#CSDN ERASURE#", "DirectoryTable NETWORK#CSDN BEGUN#", "PeopleTable PERSON#"}

// attendsThePast records, in the store as the seed does, that the canary was at the meeting of 2023, and closes that. It returns its path.
func attendsThePast(t *testing.T, h house, canary string) string {
	t.Helper()
	store := dynamo.Participation{
		Client: engine.Client(h.Endpoint), Table: "ParticipationTable", DirectoryTable: "DirectoryTable", OutboxTable: "OutboxTable",
	}
	was := csdn.Invitation{
		Meeting: demo.PolicyMeeting2023, Person: csdn.PersonID(canary), Phase: 4, Organisation: demo.Passerelles, Category: csdn.CivilSociety,
		Mode: csdn.InPerson, Status: csdn.Attended, Note: "I bring a quaggatrove.", Round: 1, Version: 1,
	}
	change := csdn.Change{ID: "01GR4XZ0000000000000000099", At: time.Now(), By: demo.Planner, Act: "invitation.attendance", Version: 1}
	err := store.WriteInvitations(t.Context(), csdn.InvitationWrite{
		Meeting: was.Meeting, MeetingVersion: 1, Invitations: []csdn.Invitation{was}, Changes: []csdn.InvitationChange{{Person: was.Person, Change: change}},
	})
	if err != nil {
		t.Fatal(err)
	}
	path := "/v1/meetings/" + string(was.Meeting)
	h.planner.post(t, path+"/close", nil).is(t, 200)
	return path
}

// leadsTo returns the keys of all that erasure must find by other items: the token, the session, the receipts of the requests that
// made the person and invited it, the tally of its invitations, and the names that were reserved. It fails the test for each that is
// not there before.
func leadsTo(t *testing.T, held map[string]string, canary string) []string {
	t.Helper()
	account := string(demo.Official)
	var places []string
	for what, found := range map[string][]string{
		"token":                having(held, "PeopleTable TOKEN#", "account="+account),
		"session":              having(held, "PeopleTable SESSION#", "account="+account),
		"what the account has": having(held, "PeopleTable ACCOUNT#"+account, ""),
		"account":              having(held, "PeopleTable NETWORK#accounts ACCOUNT#"+account, ""),
		"addresses, subject":   append(having(held, "PeopleTable ACCOUNTEMAIL#", account), having(held, "PeopleTable SUBJECT#", account)...),
		"address of a person":  having(held, "PeopleTable EMAIL#", canary),
		"marks of receipts":    append(having(held, "PeopleTable PERSON#"+canary+" RECEIPT#", ""), markedOnMeetings(held)...),
		"tally":                having(held, "ParticipationTable ROTATION PERSON#"+canary, "invited="),
		"links":                having(held, "ParticipationTable LINK#", canary),
		"deliveries":           having(held, "OutboxTable DELIVERY#", canary),
	} {
		if len(found) == 0 {
			t.Errorf("there is no %s to be erased", what)
		}
		places = append(places, found...)
	}
	for _, mark := range having(held, "", "\nreceipt=") {
		table, _, _ := strings.Cut(mark, " ")
		_, name, _ := strings.Cut(held[mark], "\nreceipt=")
		name, _, _ = strings.Cut(name, "\n")
		places = append(places, table+" RECEIPT#"+name+" RECEIPT")
	}
	return places
}

// markedOnMeetings returns the marks of the requests on meetings, all of which invite the canary.
func markedOnMeetings(held map[string]string) []string {
	return slices.DeleteFunc(having(held, "ParticipationTable MEETING#", "\nreceipt="), func(place string) bool { return !strings.Contains(place, " RECEIPT#") })
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
	for _, kind := range []string{"profiles", "accounts", "tokens", "others", "changes", "invitations", "links", "deliveries"} {
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
