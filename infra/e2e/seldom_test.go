package e2e

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"csdn.example/directory/infra/local/engine"
	"csdn.example/directory/infra/seed/demo"
	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/dynamo"
)

// works does what the schedule of a function has it do.
func (h house) works(t *testing.T, function string) {
	t.Helper()
	if answer, err := h.Invoke(t.Context(), function, []byte(`{}`)); err != nil {
		t.Fatalf("%s: %s %v", function, answer, err)
	}
}

// TestSearchesBeginWithASnapshot has the clock make snapshots before anybody has searched.
func TestSearchesBeginWithASnapshot(t *testing.T) {
	h := start(t)
	h.works(t, "ClockFunction")
	for _, path := range []string{"/v1/people?limit=1", "/v1/organisations?limit=1", "/v1/exports/people", "/v1/exports/organisations"} {
		h.secretariat.get(t, path).is(t, 200)
	}
	h.secretariat.post(t, "/v1/imports/people?dryRun=true", "name;email\nAnna Anew;anew@ngo.example\n", "Content-Type", "text/csv").is(t, 200)
}

// TestTheClockEndsWhatNobodyAnswered, when the deadline of a meeting is over.
func TestTheClockEndsWhatNobodyAnswered(t *testing.T) {
	h := start(t)
	id, path := openSmallMeeting(t, h)
	invitee := all[person](t, h.secretariat, "/v1/people?organisation="+string(demo.Passerelles), "10")[0]
	read := h.planner.get(t, path).is(t, 200)
	h.planner.patch(t, path, read.etag(), map[string]any{"responseDeadline": time.Now().UTC().Add(4 * time.Second).Format(time.RFC3339)}).is(t, 200)
	invite(t, h, id, invitee.ID)
	eventually(t, "the invitation ended", func() bool {
		h.works(t, "ClockFunction")
		var i invitation
		h.planner.get(t, path+"/invitations/"+invitee.ID).is(t, 200).into(t, &i)
		return i.Status == "expired"
	})
}

// TestTheClockCarriesOnAnErasure that was broken off when it had begun.
func TestTheClockCarriesOnAnErasure(t *testing.T) {
	h := start(t)
	who := addPerson(t, h, "Halfwayman", nil)
	id, path := openSmallMeeting(t, h)
	h.planner.post(t, path+"/invitations", map[string]any{"people": []string{who}}, "Idempotency-Key", "draft").is(t, 201)
	h.planner.post(t, path+"/invitations/send", nil).is(t, 200)
	h.inbox(t, "halfwayman@demo.example", 1)
	say(t, h, h.inbox(t, "halfwayman@demo.example", 1)[0].link(t), "accepted", "accepted")
	h.inbox(t, "halfwayman@demo.example", 2)

	client := engine.Client(h.Endpoint)
	p, err := dynamo.People{Client: client, Table: "PeopleTable"}.Person(t.Context(), csdn.PersonID(who))
	if err != nil {
		t.Fatal(err)
	}
	store := dynamo.Rights{
		Client: client, DirectoryTable: "DirectoryTable", PeopleTable: "PeopleTable", ParticipationTable: "ParticipationTable", OutboxTable: "OutboxTable",
	}
	now := time.Now().UTC()
	begun := csdn.Erasure{ID: "01HK153X00ERASVRE000000001", Status: csdn.ErasureBegun, Person: p.ID, BegunAt: now, By: demo.Secretariat, Version: 1}
	if err := store.BeginErasure(t.Context(), begun, p, csdn.Account{}); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the erasure was done", func() bool {
		h.works(t, "ClockFunction")
		var erasure struct{ Status string }
		h.secretariat.get(t, "/v1/erasures/"+string(begun.ID)).is(t, 200).into(t, &erasure)
		return erasure.Status == "done"
	})
	h.planner.get(t, "/v1/meetings/"+id+"/invitations/"+who).is(t, 404)
}

// TestAnAreaThatIsClaimedIsMerged in profiles of organisations and people, and one that nobody claims deleted.
func TestAnAreaThatIsClaimedIsMerged(t *testing.T) {
	h := start(t)
	const from, into = "memory", "mediation"
	before := all[person](t, h.secretariat, "/v1/people?narrower=false&area="+from, "100")
	if len(before) == 0 {
		t.Fatal("nobody claims the area")
	}
	h.secretariat.post(t, "/v1/areas/"+from+"/merge", map[string]string{"into": into}).is(t, 202)
	eventually(t, "everything was rewritten", func() bool {
		h.works(t, "ClaimsFunction")
		var merge struct {
			Remaining struct{ Areas, Organisations, People, Meetings int }
		}
		h.secretariat.get(t, "/v1/areas/"+from+"/merge").is(t, 200).into(t, &merge)
		left := merge.Remaining
		return left.Areas+left.Organisations+left.People+left.Meetings == 0
	})
	var moved person
	h.secretariat.get(t, "/v1/people/"+before[0].ID).is(t, 200).into(t, &moved)
	if text := fmt.Sprint(moved.Areas); strings.Contains(text, from) || !strings.Contains(text, into) {
		t.Errorf("the person claims %v", moved.Areas)
	}
	h.secretariat.ask(t, "PUT", "/v1/areas/a-passing-fashion", map[string]any{"label": map[string]string{"en": "A fashion", "fr": "Une mode"}}, "If-None-Match", "*").is(t, 201)
	made := h.secretariat.get(t, "/v1/areas/a-passing-fashion").is(t, 200)
	h.secretariat.ask(t, "DELETE", "/v1/areas/a-passing-fashion", nil, "If-Match", made.etag()).is(t, 204)
}

// TestWhatIsSeldomWritten: a phase, and another day for a draft.
func TestWhatIsSeldomWritten(t *testing.T) {
	h := start(t)
	h.secretariat.post(t, "/v1/phases", map[string]any{"number": 9, "label": "Phase IX", "from": 2040, "to": 2043, "instrument": "NDICI"}).is(t, 201)
	draft := "/v1/meetings/" + draftMeeting(t, h, string(demo.Planner))
	read := h.planner.get(t, draft).is(t, 200)
	day := fmt.Sprintf("%d-06-01", nextFirstOfFebruary())
	h.planner.patch(t, draft, read.etag(), map[string]string{"start": day + "T10:00", "end": day + "T12:00"}).is(t, 200)
}

// TestAMailThatIsGone is told by the bucket, and forgotten.
func TestAMailThatIsGone(t *testing.T) {
	h := start(t)
	var event events.S3Event
	var record events.S3EventRecord
	record.S3.Bucket.Name, record.S3.Object.Key = "RepliesBucket", "gone.eml"
	event.Records = append(event.Records, record)
	payload, err := json.Marshal(event)
	if err != nil {
		t.Fatal(err)
	}
	if answer, err := h.Invoke(t.Context(), "RepliesFunction", payload); err != nil {
		t.Errorf("%s: %v", answer, err)
	}
}

// TestALetterThatCannotBeWrittenIsGivenUp and told to the queue of what was not sent.
func TestALetterThatCannotBeWrittenIsGivenUp(t *testing.T) {
	h := start(t)
	who := addPerson(t, h, "Postless", nil)
	people := dynamo.People{Client: engine.Client(h.Endpoint), Table: "PeopleTable"}
	before, err := people.Person(t.Context(), csdn.PersonID(who))
	if err != nil {
		t.Fatal(err)
	}
	after := before
	after.Email, after.Version = "no address", before.Version+1
	change := csdn.Change{ID: "01HK153X00CHANGE0000000001", At: time.Now().UTC(), By: demo.Secretariat, Act: "person.changed", Version: after.Version}
	if err := people.PutPerson(t.Context(), before, after, change); err != nil {
		t.Fatal(err)
	}
	id, _ := openSmallMeeting(t, h)
	invite(t, h, id, who)
	eventually(t, "it was given up", func() bool {
		text, err := os.ReadFile(filepath.Join(h.data, "dead-letters", "UnsentQueue.jsonl"))
		return err == nil && strings.Contains(string(text), "RetryAttemptsExhausted")
	})
	h.anonymous.get(t, "/healthz").is(t, http.StatusOK)
}
