package demo

import (
	"fmt"
	"time"

	"csdn.example/directory/shared/csdn"
)

// Attendance is who was invited to a meeting that was held, and what became of it. The guests are made up.
type Attendance struct {
	Meeting     csdn.Meeting
	Invitations []csdn.Invitation
	Seating     csdn.Seating // as it was when the meeting began
}

// guest is a person by mailbox, the mode in which they were to attend, and the outcome.
type guest struct {
	mailbox string
	mode    csdn.Mode
	outcome csdn.InvitationStatus
}

// guests are those of each meeting that was held.
func guests() map[csdn.MeetingID][]guest {
	return map[csdn.MeetingID][]guest{
		PolicyMeeting2023: {
			{"caoimhe.odalaigh", csdn.InPerson, csdn.Attended}, // civil society
			{"sanne.vanderhulst", csdn.InPerson, csdn.Attended},
			{"freya.lindqvist-amin", csdn.InPerson, csdn.Attended},
			{"tamar.jikia", csdn.InPerson, csdn.Attended},
			{"arber.gjonbalaj", csdn.InPerson, csdn.Attended},
			{"aissata.coulibaly", csdn.Online, csdn.Attended},
			{"modibo.keita-sow", csdn.Online, csdn.Attended},
			{"lado.moses", csdn.Online, csdn.Attended},
			{"andrii.zabolotnyi", csdn.Online, csdn.Attended},
			{"karim.haddad", csdn.Online, csdn.Attended},
			{"jimena.quinones", csdn.Online, csdn.Attended},
			{"beatrice.mwamba", csdn.Online, csdn.Attended},
			{"salem.bahumaid", csdn.Online, csdn.Attended},
			{"kyaw.tun", csdn.Online, csdn.Absent},
			{"apolline.kermorvan", csdn.InPerson, csdn.Withdrawn},
			{"ibrahim.maiga-harouna", csdn.Online, csdn.Declined},
			{"ilse.vanhoutte", csdn.InPerson, csdn.Attended}, // officials
			{"tomas.brezina", csdn.InPerson, csdn.Attended},
			{"elodie.marchand-roy", csdn.InPerson, csdn.Attended},
			{"aoife.nibhraonain", csdn.InPerson, csdn.Attended},
			{"giorgos.papadakis", csdn.InPerson, csdn.Attended},
			{"marisol.echeandia", csdn.Online, csdn.Attended},
			{"mattias.lindholm-oberg", csdn.InPerson, csdn.Attended},
			{"nora.szentmihalyi", csdn.Online, csdn.Attended},
			{"balint.kovesdi", csdn.InPerson, csdn.Attended},
			{"sofia.arrizabalaga", csdn.InPerson, csdn.Attended},
			{"dimitar.velkov", csdn.Online, csdn.Attended},
			{"chiara.bonaventura", csdn.InPerson, csdn.Attended},
			{"ruben.claesen", csdn.InPerson, csdn.Attended},
			{"joao.figueiral", csdn.Online, csdn.Attended},
			{"renata.vukelic", csdn.InPerson, csdn.Absent},
			{"francoise.deltour", csdn.InPerson, csdn.Declined},
		},
		SudanMeeting: {
			{"amina.eltayeb", csdn.Online, csdn.Attended},
			{"rania.abdelkarim", csdn.Online, csdn.Attended},
			{"hassan.koko", csdn.Online, csdn.Attended},
			{"nyakim.majok", csdn.Online, csdn.Attended},
			{"achol.wek", csdn.Online, csdn.Attended},
			{"lado.moses", csdn.Online, csdn.Attended},
			{"reto.zgraggen", csdn.Online, csdn.Attended},
			{"mohamed.bashir", csdn.Online, csdn.Withdrawn},
			{"harriet.pemberley", csdn.Online, csdn.Declined},
			{"okello.ssemwogerere", csdn.Online, csdn.Attended}, // academic
			{"nora.szentmihalyi", csdn.Online, csdn.Attended},   // officials
			{"kacper.zurawski", csdn.Online, csdn.Attended},
			{"sofia.arrizabalaga", csdn.Online, csdn.Attended},
			{"ingrida.petrauskaite", csdn.Online, csdn.Attended},
		},
	}
}

// attendance plays the invitations of the meetings that were held through to their outcomes.
func attendance(meetings []csdn.Meeting, people guestbook) ([]Attendance, error) {
	var all []Attendance
	entries := 0
	for _, meeting := range meetings {
		table := Attendance{Meeting: meeting}
		for n, g := range guests()[meeting.ID] {
			person, known := people.byMailbox[g.mailbox]
			if !known {
				return nil, fmt.Errorf("guest %d of meeting %s is not in people.csv", n+1, meeting.ID)
			}
			entries++
			invitation, seating, err := g.play(draft(meeting, person, entries), meeting, table.Seating)
			if err != nil {
				return nil, fmt.Errorf("guest %d of meeting %s: %w", n+1, meeting.ID, err)
			}
			invitation.Version = 1
			table.Invitations, table.Seating = append(table.Invitations, invitation), seating
		}
		if table.Invitations != nil {
			table.Seating.Version = 1
			all = append(all, table)
		}
	}
	return all, nil
}

// draft returns the invitation as a planner drafts it, six weeks before the meeting.
func draft(meeting csdn.Meeting, person csdn.Person, number int) csdn.Invitation {
	invitation := csdn.Invitation{
		Meeting: meeting.ID, Person: person.ID, Phase: meeting.Phase, Organisation: person.Organisation, Category: person.Side(),
		Status: csdn.Draft, Round: 1, Calendar: identity[string](entrySeries, number), CreatedAt: meeting.StartsAt().UTC().AddDate(0, 0, -42),
	}
	for _, e := range person.Areas {
		invitation.Areas = append(invitation.Areas, e.Area)
	}
	return invitation
}

// sentAt is when the invitations to a meeting went out.
func sentAt(meeting csdn.Meeting) time.Time { return meeting.StartsAt().UTC().AddDate(0, 0, -28) }

// play takes an invitation from draft to the guest's outcome by the transitions of csdn: sent four weeks before the meeting,
// answered a week later, noted the day after.
func (g guest) play(invitation csdn.Invitation, meeting csdn.Meeting, seating csdn.Seating) (csdn.Invitation, csdn.Seating, error) {
	meeting.Status = csdn.MeetingOpen
	start := meeting.StartsAt().UTC()
	invitation.Mode = g.mode
	invitation, err := invitation.Send(sentAt(meeting), meeting)
	if err != nil {
		return invitation, seating, err
	}
	answers := []csdn.Answer{csdn.Accept}
	switch g.outcome {
	case csdn.Declined:
		answers = []csdn.Answer{csdn.Decline}
	case csdn.Withdrawn:
		answers = []csdn.Answer{csdn.Accept, csdn.Withdraw}
	}
	for week, answer := range answers {
		at := start.AddDate(0, 0, -21+7*week)
		if invitation, seating, err = invitation.Respond(csdn.Response{Answer: answer}, meeting, seating, at); err != nil {
			return invitation, seating, err
		}
	}
	if g.outcome == csdn.Attended || g.outcome == csdn.Absent {
		invitation, err = invitation.Attend(start.Add(24*time.Hour), g.outcome == csdn.Attended)
	}
	return invitation, seating, err
}
