package directory_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// pillar is a post that keeps the letters that it is given, unless it fails.
type pillar struct {
	letters  []csdn.Letter
	renewals []csdn.RenewalLetter
	fails    error
}

func (p *pillar) SendRenewal(_ context.Context, l csdn.RenewalLetter) error {
	if p.fails != nil {
		return p.fails
	}
	p.renewals = append(p.renewals, l)
	return nil
}

func (p *pillar) Send(_ context.Context, l csdn.Letter) error {
	if p.fails != nil {
		return p.fails
	}
	p.letters = append(p.letters, l)
	return nil
}

// notifier sends by the post, with tokens that are counted.
func (h *house) notifier(post csdn.Post) directory.Notifier {
	made := 0
	return directory.Notifier{
		Clerk: h.clerk, Outbox: h.outbox, Invitations: h.participation, Meetings: h.network, People: h.persons, Post: post,
		Organisations: h.network, Accounts: h.persons, Renewals: h.renewalStore,
		NewToken: func() string { made++; return fmt.Sprintf("secret-token-%d", made) },
	}
}

// deliveries returns everything in the outbox, in the order of ids, which is that of their making.
func (h *house) deliveries(t *testing.T) []csdn.Delivery {
	t.Helper()
	var list []csdn.Delivery
	h.items(t, func(table, _, _ string, item map[string]types.AttributeValue) {
		if table != "OutboxTable" {
			return
		}
		d, err := h.outbox.Delivery(t.Context(), csdn.DeliveryID(textOf(item["id"])))
		must(t, err)
		list = append(list, d)
	})
	slices.SortFunc(list, func(a, b csdn.Delivery) int { return cmp.Compare(a.ID, b.ID) })
	return list
}

func TestALetterGoesOutOnce(t *testing.T) {
	h := convened(t, 1)
	post := &pillar{}
	n := h.notifier(post)
	d := h.deliveries(t)[0]
	h.clock.pass(time.Minute)
	sent, err := n.Deliver(t.Context(), d.ID)
	must(t, err)
	if !sent || len(post.letters) != 1 {
		t.Fatalf("sent is %t, %d letters", sent, len(post.letters))
	}
	l := post.letters[0]
	same(t, d, l.Delivery)
	same(t, h.invitation(t, personID(1)), l.Invitation)
	if l.Person.Email != "p1@people.example" || l.Meeting.Title != "Meeting 001" || l.Token != "secret-token-1" {
		t.Errorf("the letter is %+v", l)
	}
	marked, err := h.outbox.Delivery(t.Context(), d.ID)
	must(t, err)
	if !marked.SentAt.Equal(h.clock.now()) {
		t.Errorf("marked as sent at %s", marked.SentAt)
	}
	h.clock.pass(time.Minute)
	h.silent(t, func() error { // a duplicate record of the stream
		sent, err := n.Deliver(t.Context(), d.ID)
		if sent || len(post.letters) != 1 {
			t.Errorf("a duplicate: sent is %t, %d letters", sent, len(post.letters))
		}
		return err
	})
}

func TestTheLinkOfALetterWorksAndItsTokenIsStoredNowhere(t *testing.T) {
	h := convened(t, 1)
	post := &pillar{}
	_, err := h.notifier(post).Deliver(t.Context(), h.deliveries(t)[0].ID)
	must(t, err)
	token := post.letters[0].Token
	link, err := h.participation.Link(t.Context(), directory.HashToken(token))
	must(t, err)
	same(t, csdn.Link{Hash: directory.HashToken(token), Meeting: meetingID(1), Person: personID(1), Round: 1}, link)
	r, err := h.invitations.Respond(t.Context(), token, csdn.Response{Answer: csdn.Accept})
	must(t, err)
	if r.Invitation.Status != csdn.Accepted {
		t.Errorf("answered is %+v", r.Invitation)
	}
	for key, item := range h.stored(t) {
		if strings.Contains(key+item, token) {
			t.Errorf("the token is stored: %s %s", key, item)
		}
	}
}

func TestAPostThatFails(t *testing.T) {
	h := convened(t, 1)
	d := h.deliveries(t)[0]
	full := csdn.Errorf(csdn.Unavailable, "The mail service is busy.")
	post := &pillar{fails: full}
	n := h.notifier(post)
	for range 2 {
		sent, err := n.Deliver(t.Context(), d.ID)
		if sent || !errors.Is(err, full) {
			t.Errorf("sent is %t, %v", sent, err)
		}
		kept, err := h.outbox.Delivery(t.Context(), d.ID)
		must(t, err)
		same(t, d, kept)
	}
	post.fails = nil
	sent, err := n.Deliver(t.Context(), d.ID)
	must(t, err)
	if !sent || len(post.letters) != 1 {
		t.Errorf("sent is %t, %d letters", sent, len(post.letters))
	}
}

func TestADeliveryThatIsNotThere(t *testing.T) {
	h := open(t)
	post := &pillar{}
	sent, err := h.notifier(post).Deliver(t.Context(), id[csdn.DeliveryID](5))
	must(t, err)
	if sent || post.letters != nil {
		t.Errorf("sent is %t, %+v", sent, post.letters)
	}
}

// TestDeliveriesThatNoLongerHold delivers each kind of message in each status of the invitation, before and after the
// start: what no longer holds is marked, so that it is not looked at again, and never sent.
func TestDeliveriesThatNoLongerHold(t *testing.T) {
	holds := map[csdn.Message][]csdn.InvitationStatus{
		csdn.InvitationMessage:   {csdn.Invited, csdn.Tentative},
		csdn.ReminderMessage:     {csdn.Invited, csdn.Tentative},
		csdn.ConfirmationMessage: {csdn.Accepted},
		csdn.ReserveMessage:      {csdn.Reserved},
		csdn.OfferMessage:        {csdn.Offered},
		csdn.CancellationMessage: {csdn.Declined, csdn.Lapsed, csdn.Withdrawn, csdn.Expired, csdn.Revoked},
	}
	statuses := []csdn.InvitationStatus{csdn.Draft, csdn.Invited, csdn.Accepted, csdn.Declined, csdn.Tentative, csdn.Reserved,
		csdn.Offered, csdn.Lapsed, csdn.Withdrawn, csdn.Expired, csdn.Revoked}
	h := convened(t, 0)
	post := &pillar{}
	n := h.notifier(post)
	person := 0
	for message, good := range holds {
		for _, status := range statuses {
			for _, begun := range []bool{false, true} {
				t.Run(fmt.Sprintf("%s, %s, begun %t", message, status, begun), func(t *testing.T) {
					person++
					h.person(t, person)
					h.clock.time = noon
					d := h.put(t, person, status, message)
					if begun {
						h.clock.time = agenda(t, 1).StartsAt()
					}
					post.letters = nil
					sent, err := n.Deliver(t.Context(), d.ID)
					must(t, err)
					want := slices.Contains(good, status) && !begun
					if sent != want || (len(post.letters) == 1) != want {
						t.Errorf("sent is %t, %d letters, want %t", sent, len(post.letters), want)
					}
					marked, err := h.outbox.Delivery(t.Context(), d.ID)
					must(t, err)
					if !marked.SentAt.Equal(h.clock.now()) {
						t.Errorf("marked at %s", marked.SentAt)
					}
					if want && (post.letters[0].Token != "") != (status != csdn.Revoked) {
						t.Errorf("an invitation that is %s is sent the token %q", status, post.letters[0].Token)
					}
				})
			}
		}
	}
}

// put stores an invitation to meeting 1 in the status, with a delivery of the message.
func (h *house) put(t *testing.T, person int, status csdn.InvitationStatus, message csdn.Message) csdn.Delivery {
	t.Helper()
	d := csdn.Delivery{ID: csdn.DeliveryID(h.clerk.NewID()), Message: message, Meeting: meetingID(1), Person: personID(person), Round: 1, CreatedAt: noon}
	i := csdn.Invitation{Meeting: meetingID(1), Person: personID(person), Mode: csdn.InPerson, Status: status, Round: 1, Version: 1}
	must(t, h.participation.WriteInvitations(t.Context(), csdn.InvitationWrite{
		Meeting: meetingID(1), MeetingVersion: 1, Invitations: []csdn.Invitation{i}, Deliveries: []csdn.Delivery{d},
	}))
	return d
}

// TestObsoleteDeliveriesOfAStory delivers late what was written while somebody was invited, waited, was offered and
// withdrew: of all that only the last word is sent.
func TestObsoleteDeliveriesOfAStory(t *testing.T) {
	h := convened(t, 2, seats(1, 0))
	h.answers(t, 1, csdn.Accept, "")
	h.answers(t, 2, csdn.Accept, "")
	h.answers(t, 1, csdn.Withdraw, "")
	h.answers(t, 2, csdn.Accept, "")
	must(t, h.revoke(t, 2))
	post := &pillar{}
	n := h.notifier(post)
	for _, d := range h.deliveries(t) {
		_, err := n.Deliver(t.Context(), d.ID)
		must(t, err)
	}
	var got []string
	for _, l := range post.letters {
		got = append(got, fmt.Sprintf("%s to %s", l.Message, l.Person.Email))
	}
	same(t, []string{"cancellation to p1@people.example", "cancellation to p2@people.example"}, got)
	for _, d := range h.deliveries(t) {
		if d.SentAt.IsZero() {
			t.Errorf("%s is left", d.Message)
		}
	}
}
