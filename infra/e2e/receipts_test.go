package e2e

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"csdn.example/directory/infra/local/engine"
	"csdn.example/directory/infra/local/enginetest"
	"csdn.example/directory/infra/seed/demo"
)

// many is how many clients send one request at once.
const many = 100

// atOnce sends one request with one key from many clients. It fails the test unless all have one answer of 201, which one of them was
// given first, and returns that.
func atOnce(t *testing.T, c client, path, key string, body any) answer {
	t.Helper()
	answers := make(chan answer, many)
	for range many {
		go func() { answers <- c.post(t, path, body, "Idempotency-Key", key) }()
	}
	var first answer
	made := 0
	for range many {
		a := (<-answers).is(t, 201)
		switch a.header.Get("Idempotent-Replayed") {
		case "":
			made++
		case "true":
		default:
			t.Errorf("Idempotent-Replayed is %q", a.header.Get("Idempotent-Replayed"))
		}
		if first.status == 0 {
			first = a
		}
		for _, name := range []string{"Location", "ETag", "Content-Type"} {
			if a.header.Get(name) != first.header.Get(name) {
				t.Errorf("%s is %q, and %q", name, first.header.Get(name), a.header.Get(name))
			}
		}
		if !bytes.Equal(a.body, first.body) {
			t.Errorf("two answers differ:\n%s\n%s", first.body, a.body)
		}
	}
	if made != 1 {
		t.Errorf("%d answers are no replay", made)
	}
	return first
}

// raw returns every item of the tables, its values one after the other, by table and key.
func (h house) raw(t *testing.T) map[string]string {
	t.Helper()
	held := map[string]string{}
	for _, name := range []string{"DirectoryTable", "PeopleTable", "ParticipationTable", "OutboxTable"} {
		pages := dynamodb.NewScanPaginator(engine.Client(h.Endpoint), &dynamodb.ScanInput{TableName: &name})
		for pages.HasMorePages() {
			page, err := pages.NextPage(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for _, item := range page.Items {
				value := itemText(item)
				for _, one := range item {
					if b, ok := one.(*types.AttributeValueMemberB); ok {
						value += "\n" + string(b.Value)
					}
				}
				held[name+" "+text(item["pk"])+" "+text(item["sk"])] = value
			}
		}
	}
	return held
}

// having returns the keys of the items whose key begins with the first text and whose values have the second.
func having(held map[string]string, beginning, part string) []string {
	return slices.Sorted(func(yield func(string) bool) {
		for at, value := range maps.All(held) {
			if strings.HasPrefix(at, beginning) && strings.Contains(value, part) && !yield(at) {
				return
			}
		}
	})
}

func TestOneOfManyRequestsWithAKeyIsDone(t *testing.T) {
	h := start(t)
	const key = "8f14e45f-ceea-467f-a8a5-canary-of-keys"
	ngo := map[string]any{"name": "Canary Dialogue Trust", "type": "ngo", "country": "ML", "mission": "To listen."}
	somebody := map[string]any{"name": "Kanita Canary", "email": "kanita@canary.example", "organisation": string(demo.Passerelles),
		"consent": map[string]string{"basis": "consent", "givenAt": "2026-01-02T03:04:05Z"}}
	_, meeting := openSmallMeeting(t, h)
	var guests []string
	for _, p := range all[person](t, h.secretariat, "/v1/people?language=en", "50")[:25] {
		guests = append(guests, p.ID)
	}

	atOnce(t, h.secretariat, "/v1/organisations", key, ngo)
	added := atOnce(t, h.secretariat, "/v1/people", key, somebody)
	var drafted struct{ Items []struct{ Already bool } }
	atOnce(t, h.planner, meeting+"/invitations", key, map[string]any{"people": guests}).into(t, &drafted)
	if already := slices.ContainsFunc(drafted.Items, func(i struct{ Already bool }) bool { return i.Already }); already || len(drafted.Items) != len(guests) {
		t.Errorf("%d invitations are drafted, some of them before: %t", len(drafted.Items), already)
	}

	held := h.raw(t)
	if made := having(held, "DirectoryTable ORG#", "card=Canary Dialogue Trust"); len(made) != 1 {
		t.Errorf("the organisations are %v", made)
	}
	if invited := all[invitation](t, h.planner, meeting+"/invitations?", "50"); len(invited) != len(guests) {
		t.Errorf("there are %d invitations", len(invited))
	}
	if found := having(held, "", key); found != nil {
		t.Errorf("the key is stored in %v", found)
	}
	for _, part := range []string{"Canary", "kanita@", "To listen", "consent"} {
		for _, table := range []string{"DirectoryTable", "PeopleTable", "ParticipationTable"} {
			if found := having(held, table+" RECEIPT#", part); found != nil {
				t.Errorf("%q is read in %v", part, found)
			}
		}
	}
	var id struct{ ID string }
	added.into(t, &id)
	if marks := having(held, "PeopleTable PERSON#"+id.ID+" RECEIPT#", "receipt="); len(marks) != 1 {
		t.Errorf("beside the person are the marks %v", marks)
	}

	h.secretariat.post(t, "/v1/people", map[string]any{"name": "Another"}, "Idempotency-Key", key).is(t, 422)
	h.secretariat.post(t, "/v1/organisations", ngo, "Idempotency-Key", strings.Repeat("k", 256)).is(t, 422)
	if other := h.organisation.post(t, "/v1/people", somebody, "Idempotency-Key", key); other.status != 409 || strings.Contains(string(other.body), "anary") {
		t.Errorf("another caller is answered %d %s", other.status, other.body)
	}
	h.anonymous.post(t, "/v1/people", somebody, "Idempotency-Key", key).is(t, 401)
}

// TestEveryCreationTakesAKey finds a function that was not given where to keep receipts.
func TestEveryCreationTakesAKey(t *testing.T) {
	h := start(t)
	var spec struct {
		Paths map[string]map[string]struct {
			RequestBody any
			Responses   map[string]any
		}
	}
	h.anonymous.get(t, "/openapi.json").is(t, 200).into(t, &spec)
	creations := 0
	for path, operations := range spec.Paths {
		if _, creates := operations["post"].Responses["201"]; !creates {
			continue
		}
		creations++
		want := 400
		if operations["post"].RequestBody == nil {
			want = 404 // of the subject, as there is no body to be wrong
		}
		path = strings.NewReplacer("{id}", "01ARZ3NDEKTSV4RRFFQ69G5FAV").Replace(path)
		if a := h.secretariat.post(t, path, "{", "Idempotency-Key", "probe", "If-Match", "*"); a.status != want {
			t.Errorf("%s: %d %s", path, a.status, a.body)
		}
	}
	if creations < 5 {
		t.Errorf("the specification has %d creations", creations)
	}
}

// instances returns the processes of a function that this one has started.
func instances(t *testing.T, function string) []int {
	t.Helper()
	program := filepath.Join(enginetest.Root(t), ".build", "functions", function, "bootstrap")
	var found []int
	commands, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil || commands == nil {
		t.Fatalf("there is no /proc, which the test needs: %v", err)
	}
	for _, command := range commands {
		folder := filepath.Dir(command)
		line, gone := os.ReadFile(command)
		status, ended := os.ReadFile(filepath.Join(folder, "status"))
		if gone != nil || ended != nil || strings.TrimRight(string(line), "\x00") != program || !strings.Contains(string(status), fmt.Sprintf("\nPPid:\t%d\n", os.Getpid())) {
			continue
		}
		pid, err := strconv.Atoi(filepath.Base(folder))
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, pid)
	}
	return found
}

// TestAKilledRequestIsDoneOnceAllTheSame kills the function while it creates, until it was broken off before it did anything and
// after, and sends each request again.
func TestAKilledRequestIsDoneOnceAllTheSame(t *testing.T) {
	h := start(t)
	rounds, undone, done := 0, 0, 0
	for ; rounds < 300 && (undone < 3 || done < 1); rounds++ {
		ngo := map[string]any{"name": fmt.Sprintf("Killed Trust %d.", rounds), "type": "ngo", "country": "ML"}
		send := func() answer {
			return h.secretariat.post(t, "/v1/organisations", ngo, "Idempotency-Key", fmt.Sprintf("key-%d", rounds))
		}
		h.secretariat.get(t, "/v1/organisations?limit=1") // so that an instance runs
		running := instances(t, "organisations")
		first := make(chan answer, 1)
		go func() { first <- send() }()
		time.Sleep(rand.N(8 * time.Millisecond))
		for _, pid := range running {
			// It may have ended by itself.
			_ = syscall.Kill(pid, syscall.SIGKILL)
		}
		begun := <-first
		var repeated answer
		eventually(t, "an instance answered again", func() bool {
			repeated = send()
			return repeated.status < 500
		})
		repeated.is(t, 201)
		replayed := repeated.header.Get("Idempotent-Replayed") == "true"
		if begun.status == 201 && (!replayed || !bytes.Equal(begun.body, repeated.body)) {
			t.Errorf("%s and then %s", begun.body, repeated.body)
		}
		if begun.status != 201 && replayed {
			done++
		}
		if begun.status != 201 && !replayed {
			undone++
		}
	}
	t.Logf("of %d requests %d were broken off before they were done, and %d after", rounds, undone, done)
	if undone == 0 || done == 0 {
		t.Error("the kills do not come at every moment, which proves little")
	}
	held := h.raw(t)
	for n := range rounds {
		if made := having(held, "DirectoryTable ORG#", fmt.Sprintf("card=Killed Trust %d.", n)); len(made) != 1 {
			t.Errorf("the organisations are %v", made)
		}
	}
}
