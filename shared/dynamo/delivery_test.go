package dynamo_test

import (
	"reflect"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/dynamo"
)

func TestLinkLeadsToItsInvitation(t *testing.T) {
	h := convened(t)
	must(t, h.participation.WriteInvitations(t.Context(), act(1, csdn.Seating{Version: 1}, invitation(1, 2))))
	link := csdn.Link{Hash: "8f43", Meeting: id[csdn.MeetingID](1), Person: id[csdn.PersonID](2), Round: 3}
	full(t, "link", reflect.ValueOf(link))
	before, err := h.participation.Invitation(t.Context(), link.Meeting, link.Person)
	must(t, err)
	must(t, h.participation.PutLink(t.Context(), link))

	got, err := h.participation.Link(t.Context(), link.Hash)
	must(t, err)
	same(t, link, got)
	after, err := h.participation.Invitation(t.Context(), link.Meeting, link.Person)
	must(t, err)
	same(t, before, after)
	_, err = h.participation.Link(t.Context(), "another")
	refused(t, csdn.NotFound, err)

	again := link
	again.Round = 4
	h.unchanged(t, csdn.Conflict, func() error { return h.participation.PutLink(t.Context(), again) })
	again.Hash, again.Person = "77aa", id[csdn.PersonID](3)
	h.unchanged(t, csdn.NotFound, func() error { return h.participation.PutLink(t.Context(), again) })
}

func TestLinksStayWithTheirInvitationWhenItChanges(t *testing.T) {
	h := convened(t)
	must(t, h.participation.WriteInvitations(t.Context(), act(1, csdn.Seating{Version: 1}, invitation(1, 2))))
	must(t, h.participation.PutLink(t.Context(), csdn.Link{Hash: "8f43", Meeting: id[csdn.MeetingID](1), Person: id[csdn.PersonID](2)}))
	next := invitation(1, 2)
	next.Version = 2
	must(t, h.participation.WriteInvitations(t.Context(), act(1, csdn.Seating{Version: 2}, next)))
	beside := "ParticipationTable MEETING#" + string(id[csdn.MeetingID](1)) + " LINK#" + string(id[csdn.PersonID](2)) + "#"
	same(t, []string{beside + "8f43"}, h.trail(t, beside))
}

func TestDeliveryIsMarkedSentOnce(t *testing.T) {
	h := convened(t)
	must(t, h.participation.WriteInvitations(t.Context(), act(1, csdn.Seating{Version: 1}, invitation(1, 2))))
	want := delivery(100)
	must(t, h.outbox.MarkSent(t.Context(), want.ID, noon.Add(time.Minute)))
	must(t, h.outbox.MarkSent(t.Context(), want.ID, noon.Add(time.Hour)))
	got, err := h.outbox.Delivery(t.Context(), want.ID)
	must(t, err)
	want.SentAt = noon.Add(time.Minute)
	full(t, "delivery", reflect.ValueOf(want))
	same(t, want, got)

	_, err = h.outbox.Delivery(t.Context(), id[csdn.DeliveryID](1))
	refused(t, csdn.NotFound, err)
	h.unchanged(t, csdn.NotFound, func() error { return h.outbox.MarkSent(t.Context(), id[csdn.DeliveryID](1), noon) })
}

func TestDeliveryOf(t *testing.T) {
	for pk, want := range map[string]csdn.DeliveryID{
		"DELIVERY#" + string(id[csdn.DeliveryID](1)): id[csdn.DeliveryID](1),
		"DELIVERY#":  "",
		"DELIVERY#1": "",
		"MEETING#" + string(id[csdn.DeliveryID](1)): "",
	} {
		got, ok := dynamo.DeliveryOf(pk)
		if ok != (want != "") || ok && got != want {
			t.Errorf("DeliveryOf(%q) = %q, %t", pk, got, ok)
		}
	}
}
