package document

import (
	"testing"

	"csdn.example/directory/shared/csdn"
)

// The secrets that no concept note may tell.
const (
	secretURL     = "https://online.example/secret-room"
	secretPlanner = "01HZZZZZZZZZZZZZZZPLANNER0"
)

func clock(t *testing.T, s string) csdn.ClockTime {
	t.Helper()
	c, err := csdn.ParseClockTime(s)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func local(t *testing.T, s string) csdn.LocalTime {
	t.Helper()
	at, err := csdn.ParseLocalTime(s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func fourthPhase() csdn.Phase {
	return csdn.Phase{Number: 4, PhaseProfile: csdn.PhaseProfile{
		Label: "Fourth phase", From: 2020, To: 2023, Instrument: "Instrument contributing to Stability and Peace",
	}}
}

// seedMeeting is the meeting of a real concept note: its facts, with other prose.
func seedMeeting(t *testing.T) csdn.Meeting {
	t.Helper()
	item := func(start, end string, kind csdn.AgendaKind, title string) csdn.AgendaItem {
		return csdn.AgendaItem{Start: clock(t, start), End: clock(t, end), Kind: kind, Title: title}
	}
	opening := item("09:30", "09:40", "opening", "Opening remarks")
	opening.By = []string{"European External Action Service", "EPLO"}
	exchange := item("10:00", "11:20", "discussion", "Interactive exchange with civil society on the draft HRDDP")
	exchange.Points = []string{"Risks seen from the communities", "Tools for those who decide"}
	exchange.Questions = []string{
		"Which risks do communities meet most when security forces are supported?",
		"What should be assessed before, during & after such support?",
	}
	closing := item("11:20", "11:30", "closing", "Closing remarks")
	closing.By = opening.By
	profile := csdn.MeetingProfile{
		Phase: 4, Type: "policy-meeting",
		Title: "The EU Human Rights Due Diligence Policy for Security Sector Support: Gathering Civil Society Input",
		Start: local(t, "2023-02-01T09:15"), End: local(t, "2023-02-01T11:30"), Zone: "Europe/Brussels", Mode: csdn.Hybrid,
		Venue:     csdn.Venue{Name: "Scotland House Conference Centre", Address: "Rond-Point Robert Schuman 6, 1040 Brussels"},
		OnlineURL: secretURL, Planners: []csdn.AccountID{secretPlanner}, Language: "en",
		Background: "The EU is preparing a **due diligence policy** (HRDDP), as its " +
			"[Action Plan](https://plan.example/2020?a=1&b=2) foresees.\n\nIt asks those who work with communities what they see.",
		Objectives:   "The meeting gathers advice on:\n\n- risks to *human rights*;\n- ways to prevent them.",
		Format:       "It is a facilitated round table under the\nChatham House Rule. It is held in the room and online, for two hours.",
		Participants: "About 25-30 participants, of whom about 10-15 are civil society experts.",
		Agenda: []csdn.AgendaItem{
			item("09:15", "09:30", "registration", "Registration and welcome breakfast"), opening,
			item("09:40", "10:00", "presentation", "Presentation of the draft HRDDP"), exchange, closing,
			item("11:30", "11:45", "social", "Coffee and tea"),
		},
	}.Clean()
	if err := profile.Validate(); err != nil {
		t.Fatal(err)
	}
	return csdn.Meeting{ID: "01HZZZZZZZZZZZZZZZMEETING0", MeetingProfile: profile, Status: csdn.MeetingOpen}
}
