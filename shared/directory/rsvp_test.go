package directory_test

import (
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

func TestReadingALinkChangesNothing(t *testing.T) {
	h := convened(t, 1, seats(1, 1))
	h.silent(t, func() error {
		for range 3 {
			r, err := h.invitations.ReadRsvp(t.Context(), tokenOf(personID(1), 1))
			must(t, err)
			same(t, h.invitation(t, personID(1)), r.Invitation)
			same(t, []csdn.Answer{csdn.Accept, csdn.Decline, csdn.Maybe}, r.Choices)
			if r.Person.Name != "Person 001" || r.Meeting.Title != "Meeting 001" || r.Meeting.OnlineURL != "" || r.Meeting.Planners != nil {
				t.Errorf("the link tells %+v of %+v", r.Meeting, r.Person)
			}
		}
		return nil
	})
}

func TestTheOnlineAddressIsToldToThoseWhoAcceptedAlone(t *testing.T) {
	h := convened(t, 2, seats(1, 0))
	for _, step := range []struct {
		person int
		answer csdn.Answer
		want   csdn.InvitationStatus
		told   bool
	}{
		{1, csdn.Maybe, csdn.Tentative, false}, {1, csdn.Accept, csdn.Accepted, true}, {2, csdn.Accept, csdn.Reserved, false},
		{1, csdn.Withdraw, csdn.Withdrawn, false}, {1, csdn.Decline, csdn.Declined, false}, {2, csdn.Accept, csdn.Accepted, true},
	} {
		r, err := h.answer(t, step.person, step.answer, "")
		must(t, err)
		read, err := h.invitations.ReadRsvp(t.Context(), tokenOf(personID(step.person), 1))
		must(t, err)
		same(t, r, read)
		if r.Invitation.Status != step.want || (r.Meeting.OnlineURL != "") != step.told || r.Meeting.Planners != nil {
			t.Errorf("%s: %s, told %q", step.answer, r.Invitation.Status, r.Meeting.OnlineURL)
		}
	}
}

// TestDeadLinks has every link that leads nowhere look the same, to those who read and to those who answer.
func TestDeadLinks(t *testing.T) {
	h := convened(t, 2)
	must(t, h.revoke(t, 1))
	h.linkIsDead(t, "no such token")
	h.linkIsDead(t, "")
	h.linkIsDead(t, string(directory.HashToken(tokenOf(personID(2), 1))))
	h.linkIsDead(t, tokenOf(personID(1), 1)) // revoked
	must(t, h.participation.PutLink(t.Context(), csdn.Link{Hash: directory.HashToken("round 2"), Meeting: meetingID(1), Person: personID(2), Round: 2}))
	h.linkIsDead(t, "round 2")
	h.clock.time = agenda(t, 1).StartsAt()
	_, err := h.invitations.ReadRsvp(t.Context(), tokenOf(personID(2), 1))
	missing(t, err) // the meeting has begun
}

func TestNoAnswerIsTakenOnceTheMeetingHasBegun(t *testing.T) {
	h := convened(t, 2)
	h.answers(t, 2, csdn.Accept, "")
	h.clock.time = agenda(t, 1).StartsAt()
	before := h.stored(t)
	for _, a := range csdn.Answers() {
		for n := 1; n <= 2; n++ {
			if _, err := h.answer(t, n, a, ""); err == nil {
				t.Errorf("%s is taken", a)
			}
		}
	}
	same(t, before, h.stored(t))
}

func TestAnswersThatAreRefused(t *testing.T) {
	h := convened(t, 1, func(p *csdn.MeetingProfile) { p.Mode = csdn.InPerson }, deadline(time.Hour))
	for name, c := range map[string]struct {
		answer csdn.Response
		want   csdn.Kind
		where  []string
	}{
		"a word that is none":       {csdn.Response{Answer: "perhaps"}, csdn.Invalid, []string{"answer"}},
		"a status that is no word":  {csdn.Response{Answer: "attended"}, csdn.Invalid, []string{"answer"}},
		"online, of one in a room":  {csdn.Response{Answer: csdn.Accept, Mode: csdn.Online}, csdn.Invalid, []string{"mode"}},
		"a withdrawal of no answer": {csdn.Response{Answer: csdn.Withdraw}, csdn.Conflict, nil},
	} {
		t.Run(name, func(t *testing.T) {
			h.refuses(t, c.want, func() error {
				_, err := h.invitations.Respond(t.Context(), tokenOf(personID(1), 1), c.answer)
				same(t, c.where, locations(err))
				return err
			})
		})
	}
	t.Run("after the deadline", func(t *testing.T) {
		h.clock.pass(time.Hour + time.Nanosecond)
		h.refuses(t, csdn.Conflict, func() error {
			_, err := h.answer(t, 1, csdn.Accept, "")
			return err
		})
		r, err := h.invitations.ReadRsvp(t.Context(), tokenOf(personID(1), 1))
		must(t, err)
		same(t, []csdn.Answer{}, r.Choices)
	})
}

func TestTheSameAnswerAgainChangesNothing(t *testing.T) {
	h := convened(t, 4, seats(2, 0))
	for n, a := range []csdn.Answer{csdn.Accept, csdn.Decline, csdn.Maybe} {
		h.answers(t, n+1, a, "")
		h.silent(t, func() error {
			_, err := h.answer(t, n+1, a, "")
			return err
		})
	}
	_, err := h.invitations.Respond(t.Context(), tokenOf(personID(2), 1), csdn.Response{Answer: csdn.Decline, Note: "I am ill."})
	must(t, err) // a note is a change, and no message
	if i := h.invitation(t, personID(2)); i.Note != "I am ill." || i.Version != 4 {
		t.Errorf("noted is %+v", i)
	}
	same(t, []string{"invitation"}, h.messages(t, personID(2)))
}

func TestMessagesToThoseWhoAnswer(t *testing.T) {
	for name, c := range map[string]struct {
		answers []csdn.Answer
		want    []string
	}{
		"accepted":                      {[]csdn.Answer{csdn.Accept}, []string{"confirmation", "invitation"}},
		"declined":                      {[]csdn.Answer{csdn.Decline}, []string{"invitation"}},
		"tentative, then accepted":      {[]csdn.Answer{csdn.Maybe, csdn.Accept}, []string{"confirmation", "invitation"}},
		"accepted, then withdrawn":      {[]csdn.Answer{csdn.Accept, csdn.Withdraw}, []string{"cancellation", "confirmation", "invitation"}},
		"accepted, then declined":       {[]csdn.Answer{csdn.Accept, csdn.Decline}, []string{"cancellation", "confirmation", "invitation"}},
		"accepted again after all that": {[]csdn.Answer{csdn.Accept, csdn.Withdraw, csdn.Accept}, []string{"cancellation", "confirmation", "confirmation", "invitation"}},
	} {
		t.Run(name, func(t *testing.T) {
			h := convened(t, 1)
			for _, a := range c.answers {
				h.answers(t, 1, a, "")
			}
			same(t, c.want, h.messages(t, personID(1)))
		})
	}
}
