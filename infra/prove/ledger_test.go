package prove

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"csdn.example/directory/shared/csdn"

	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	gocmp "github.com/google/go-cmp/cmp"
)

// entry is an item of the trail of an invitation, as it is stored.
type entry struct {
	SK      string       `dynamodbav:"sk"`
	Act     string       `dynamodbav:"act"` // no other item has one
	At      string       `dynamodbav:"at"`
	Version csdn.Version `dynamodbav:"version"`
	Fields  []struct {
		Field  string `dynamodbav:"field"`
		Before string `dynamodbav:"before"`
		After  string `dynamodbav:"after"`
	} `dynamodbav:"fields"`
}

func (e entry) before() csdn.InvitationStatus {
	for _, f := range e.Fields {
		if f.Field == "status" {
			return csdn.InvitationStatus(f.Before)
		}
	}
	return ""
}

func (e entry) after() csdn.InvitationStatus {
	for _, f := range e.Fields {
		if f.Field == "status" {
			return csdn.InvitationStatus(f.After)
		}
	}
	return ""
}

// mailed is what the entry has to have put into the outbox, nothing for most.
func (e entry) mailed() csdn.Message {
	switch {
	case e.Act == "invitation.sent":
		return csdn.InvitationMessage
	case e.after() == csdn.Accepted:
		return csdn.ConfirmationMessage
	case e.after() == csdn.Reserved:
		return csdn.ReserveMessage
	case e.after() == csdn.Offered:
		return csdn.OfferMessage
	case e.before() == csdn.Accepted:
		return csdn.CancellationMessage
	}
	return ""
}

// posted is an item of the outbox, as it is stored.
type posted struct {
	Person    csdn.PersonID `dynamodbav:"person"`
	Message   csdn.Message  `dynamodbav:"message"`
	CreatedAt string        `dynamodbav:"createdAt"`
	SentAt    string        `dynamodbav:"sentAt"`
}

// scan returns all items of a table.
func scan[T any](t *testing.T, h *house, table string) []T {
	t.Helper()
	var all []T
	pages := dynamodb.NewScanPaginator(h.client, &dynamodb.ScanInput{TableName: &table})
	for pages.HasMorePages() {
		page, err := pages.NextPage(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var items []T
		if err := attributevalue.UnmarshalListOfMaps(page.Items, &items); err != nil {
			t.Fatal(err)
		}
		all = append(all, items...)
	}
	return all
}

// trails returns the entries of each invitation in the order of their versions.
func (h *house) trails(t *testing.T) map[csdn.PersonID][]entry {
	t.Helper()
	found := map[csdn.PersonID][]entry{}
	for _, e := range scan[entry](t, h, "ParticipationTable") {
		if e.Act == "" {
			continue
		}
		person := csdn.PersonID(strings.Split(e.SK, "#")[1])
		found[person] = append(found[person], e)
	}
	for _, trail := range found {
		slices.SortFunc(trail, func(a, b entry) int { return cmp.Compare(a.Version, b.Version) })
	}
	return found
}

// settled waits until the outbox has nothing left to send, and fails the test if a delivery was given up.
func (h *house) settled(t *testing.T) []posted {
	t.Helper()
	var all []posted
	eventually(t, "the outbox was sent", func() bool {
		all = scan[posted](t, h, "OutboxTable")
		return !slices.ContainsFunc(all, func(p posted) bool { return p.SentAt == "" })
	})
	if letters := h.deadLetters(t); letters != nil {
		t.Errorf("given up: %s", letters)
	}
	return all
}

// deadLetters returns the lines of the queue of what could not be sent.
func (h *house) deadLetters(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(h.data, "dead-letters", "*.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, strings.Split(strings.TrimSpace(string(text)), "\n")...)
	}
	return lines
}

// audit fails the test unless everything that the house holds agrees once the crowd has gone: see agrees. The last answer of each guest
// is one that was acknowledged.
func (h *house) audit(t *testing.T, c *crowd) {
	t.Helper()
	h.agrees(t, c.positions, within)
}

// agrees fails the test unless no acknowledged answer is lost, as kept sees it, each invitation is where its trail left it, the seats
// are those of the invitations, and the outbox has a message for exactly what asks for one.
func (h *house) agrees(t *testing.T, acknowledged positions, kept func([]csdn.InvitationStatus, []entry) bool) {
	t.Helper()
	outbox := h.settled(t)
	trails := h.trails(t)
	invitations, err := h.participation.Invitations(t.Context(), meeting)
	if err != nil {
		t.Fatal(err)
	}
	for person, told := range acknowledged {
		if trails[person] == nil {
			t.Errorf("guest %s was told %v, and has no trail", person, told)
		}
	}
	seated, waiting := 0, 0
	var due []posted
	for _, i := range invitations {
		trail := trails[i.Person]
		for n, e := range trail {
			if e.Version != csdn.Version(n+1) || n > 0 && e.before() != trail[n-1].after() {
				t.Fatalf("guest %s: the trail has a gap before version %d: %+v", i.Person, e.Version, trail)
			}
			if message := e.mailed(); message != "" {
				due = append(due, posted{Person: i.Person, Message: message, CreatedAt: e.At})
			}
		}
		if last := trail[len(trail)-1]; last.Version != i.Version || last.after() != i.Status {
			t.Errorf("guest %s is %s at version %d; the trail ends in %+v", i.Person, i.Status, i.Version, last)
		}
		if !kept(acknowledged[i.Person], trail) {
			t.Errorf("guest %s was told %v; the trail is %+v", i.Person, acknowledged[i.Person], trail)
		}
		if i.Seated() {
			seated++
		}
		if i.Status == csdn.Reserved {
			waiting++
		}
	}
	seating, err := h.participation.Seating(t.Context(), meeting)
	if err != nil {
		t.Fatal(err)
	}
	if seating.InPerson != seated || seated > h.seats || waiting > 0 && seated < h.seats {
		t.Errorf("%d of %d seats are counted, %d are held and %d wait", seating.InPerson, h.seats, seated, waiting)
	}
	for n := range outbox {
		outbox[n].SentAt = ""
	}
	if diff := gocmp.Diff(ordered(due), ordered(outbox)); diff != "" {
		t.Errorf("the outbox is not what the trails ask for (-trails +outbox):\n%s", diff)
	}
}

func ordered(all []posted) []posted {
	slices.SortFunc(all, func(a, b posted) int {
		return cmp.Or(cmp.Compare(a.Person, b.Person), cmp.Compare(a.CreatedAt, b.CreatedAt), cmp.Compare(a.Message, b.Message))
	})
	return all
}
