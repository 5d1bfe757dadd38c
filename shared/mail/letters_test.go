package mail

import (
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
)

const token = "kXx2mB0Yq7n3Vd8sT1uW5zA9cE4fG6hJ"

func mailer() Mailer {
	return Mailer{From: "csdn@network.example", PublicURL: "https://directory.example", Events: "letters"}
}

// at reads a local time of a test.
func at(t *testing.T, s string) csdn.LocalTime {
	t.Helper()
	local, err := csdn.ParseLocalTime(s)
	if err != nil {
		t.Fatalf("%s: %v", s, err)
	}
	return local
}

// hybrid returns a letter about a hybrid meeting in Brussels to a person who may be named.
func hybrid(t *testing.T, message csdn.Message, status csdn.InvitationStatus, language csdn.Language) csdn.Letter {
	t.Helper()
	letter := csdn.Letter{
		Delivery: csdn.Delivery{
			ID: "01GQ0000000000000000000DE1", Message: message, Meeting: "01GQ0000000000000000000MEE",
			Person: "01GQ0000000000000000000PER", CreatedAt: time.Date(2023, 1, 9, 14, 30, 0, 0, time.UTC),
		},
		Meeting: csdn.Meeting{
			ID: "01GQ0000000000000000000MEE", Status: csdn.MeetingOpen, Calendar: 1,
			MeetingProfile: csdn.MeetingProfile{
				Phase: 4, Type: "policy-meeting",
				Title: "The EU Human Rights Due Diligence Policy for Security Sector Support: Gathering Civil Society Input",
				Start: at(t, "2023-02-01T09:15"), End: at(t, "2023-02-01T11:30"), Zone: "Europe/Brussels", Mode: csdn.Hybrid,
				Venue:     csdn.Venue{Name: "Scotland House Conference Centre", Address: "Rond-Point Robert Schuman 6, 1040 Brussels"},
				OnlineURL: "https://meet.network.example/room?id=7&key=abc", Language: "en", Rule: csdn.ChathamHouse,
				ResponseDeadline: time.Date(2023, 1, 25, 17, 0, 0, 0, time.UTC),
			},
		},
		Invitation: csdn.Invitation{
			Meeting: "01GQ0000000000000000000MEE", Person: "01GQ0000000000000000000PER", Mode: csdn.InPerson, Status: status,
			Calendar: "01GQ0000000000000000000CA1-01GQ0000000000000000000CA2", Sequence: 2,
		},
		Person: csdn.Person{
			ID: "01GQ0000000000000000000PER",
			PersonProfile: csdn.PersonProfile{
				Name: "Amina Traoré-Keïta", Email: "amina@peace.example", Zone: "Africa/Bamako", PreferredLanguage: language,
				Safety: csdn.Open, Alias: "An expert of the Sahel",
			},
		},
		Token: token,
	}
	if status == csdn.Offered {
		letter.Invitation.DueAt = time.Date(2023, 1, 20, 8, 0, 0, 0, time.UTC)
	}
	if !letter.Invitation.Answerable() {
		letter.Token = ""
	}
	return letter
}

// kinds lists each message with a status in which it is sent.
var kinds = []struct {
	message csdn.Message
	status  csdn.InvitationStatus
}{
	{csdn.InvitationMessage, csdn.Invited},
	{csdn.ConfirmationMessage, csdn.Accepted},
	{csdn.ReserveMessage, csdn.Reserved},
	{csdn.OfferMessage, csdn.Offered},
	{csdn.ReminderMessage, csdn.Invited},
	{csdn.ReminderMessage, csdn.Tentative},
	{csdn.ChangeMessage, csdn.Invited},
	{csdn.ChangeMessage, csdn.Accepted},
	{csdn.ChangeMessage, csdn.Reserved},
	{csdn.ChangeMessage, csdn.Offered},
	{csdn.CancellationMessage, csdn.Revoked},
	{csdn.CancellationMessage, csdn.Withdrawn},
}

// careful returns the letter to the same person, who must be careful.
func careful(letter csdn.Letter) csdn.Letter {
	letter.Person.Safety = csdn.Careful
	return letter
}

// cancelledMeeting returns the letter after the meeting was cancelled.
func cancelledMeeting(letter csdn.Letter) csdn.Letter {
	letter.Meeting.Status, letter.Meeting.Calendar = csdn.MeetingCancelled, letter.Meeting.Calendar+1
	return letter
}
