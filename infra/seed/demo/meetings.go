package demo

import (
	"fmt"
	"time"

	"csdn.example/directory/shared/csdn"
)

// The demo meetings.
const (
	PolicyMeeting2023 csdn.MeetingID = meetingSeries + "000000000001" // of the concept note: held, with attendance
	SudanMeeting      csdn.MeetingID = meetingSeries + "000000000002" // online in 2024: held, with attendance
	AnalysisSeminar   csdn.MeetingID = meetingSeries + "000000000003" // two months ahead: open, nobody invited
	FundingMeeting    csdn.MeetingID = meetingSeries + "000000000004" // four months ahead: a draft
)

// meetings returns two meetings that were held and two to come. Nobody is invited to the latter, so that writing the demo
// data mails nothing.
func meetings(now time.Time) ([]csdn.Meeting, error) {
	all := []csdn.Meeting{
		{ID: PolicyMeeting2023, Status: csdn.MeetingHeld, MeetingProfile: PolicyMeeting(2023)},
		{ID: SudanMeeting, Status: csdn.MeetingHeld, MeetingProfile: sudanMeeting()},
		{ID: AnalysisSeminar, Status: csdn.MeetingOpen, MeetingProfile: analysisSeminar(tuesday(now.AddDate(0, 0, 60)))},
		{ID: FundingMeeting, Status: csdn.MeetingDraft, MeetingProfile: fundingMeeting(tuesday(now.AddDate(0, 0, 120)))},
	}
	for i, m := range all {
		m.MeetingProfile, m.CreatedAt, m.UpdatedAt, m.Version = m.MeetingProfile.Clean(), now, now, 1
		if m.Status == csdn.MeetingHeld {
			m.RetainUntil = csdn.DateOf(m.EndsAt().AddDate(10, 0, 0)) // so that there is a past to look at for as long as can be
		}
		if err := m.Validate(); err != nil {
			return nil, fmt.Errorf("%s: %w", m.ID, err)
		}
		all[i] = m
	}
	return all, nil
}

func sudanMeeting() csdn.MeetingProfile {
	return csdn.MeetingProfile{
		Phase:        5,
		Type:         "geographic-meeting",
		Title:        "Local truces in Sudan and South Sudan: what holds, and what outsiders can do",
		Start:        local("2024-11-12T13:00"),
		End:          local("2024-11-12T15:30"),
		Zone:         "Europe/Brussels",
		Mode:         csdn.Online,
		OnlineURL:    "https://online.eplo.example/local-truces",
		Language:     "en",
		Rule:         csdn.ChathamHouse,
		Background:   "Truces between neighbours outlast some national ceasefires. Those who negotiate them seldom meet those who draft mandates and programmes.",
		Objectives:   "- To learn what made local truces last, or fail.\n- To gather advice for support that does not take them over.",
		Format:       "An online round table with Arabic interpretation.",
		Participants: "Mediators and monitors from both countries, and officials of the EEAS and the EC.",
		Areas:        []csdn.AreaSlug{"ceasefires", "insider-mediation", "women-peace-and-security"},
		Bands: csdn.Bands{
			Total:      csdn.Band{Min: 12, Max: 18},
			Categories: map[csdn.Category]csdn.Band{csdn.CivilSociety: {Min: 6, Max: 10}},
		},
		Agenda: []csdn.AgendaItem{
			{Start: clock("13:00"), End: clock("13:10"), Kind: "opening", Title: "Opening remarks", By: []string{"EPLO"}},
			{Start: clock("13:10"), End: clock("14:10"), Kind: "discussion", Title: "What holds a local truce",
				Questions: []string{"Who watches over it?", "What breaks it first?"}},
			{Start: clock("14:10"), End: clock("15:20"), Kind: "discussion", Title: "What outsiders can do",
				Questions: []string{"Which support helped?", "Which attention did harm?"}},
			{Start: clock("15:20"), End: clock("15:30"), Kind: "closing", Title: "Closing remarks", By: []string{"European External Action Service"}},
		},
		Planners: []csdn.AccountID{Planner},
	}
}

func analysisSeminar(day time.Time) csdn.MeetingProfile {
	return csdn.MeetingProfile{
		Phase:            5,
		Type:             "training-seminar",
		Title:            "Conflict analysis that is used: a seminar for EU delegations with civil society trainers",
		Start:            localOn(day, "09:30"),
		End:              localOn(day, "16:00"),
		Zone:             "Europe/Brussels",
		Mode:             csdn.Hybrid,
		Venue:            csdn.Venue{Name: "House of the Long Table (demo)", Address: "Rue de l'Exemple 12, 1000 Brussels"},
		OnlineURL:        "https://online.eplo.example/conflict-analysis",
		Language:         "en",
		Rule:             csdn.ChathamHouse,
		Background:       "Conflict analyses are written with care and read in haste. This seminar is about the second half of their life.",
		Objectives:       "- To practise reading an analysis for a decision.\n- To practise asking for one that includes women, young people and minorities.",
		Format:           "Exercises in small groups, in the room and online.",
		Participants:     "Staff of delegations, and experts of civil society who train them.",
		Areas:            []csdn.AreaSlug{"conflict-analysis", "conflict-sensitivity", "gender-responsive-conflict-analysis"},
		Bands:            csdn.Bands{Total: csdn.Band{Min: 20, Max: 30}, Categories: map[csdn.Category]csdn.Band{csdn.CivilSociety: {Min: 8, Max: 12}}},
		Seats:            csdn.Seats{InPerson: new(18), Online: new(20)},
		ResponseDeadline: day.AddDate(0, 0, -14),
		Agenda: []csdn.AgendaItem{
			{Start: clock("09:30"), End: clock("10:00"), Kind: "registration", Title: "Registration and coffee"},
			{Start: clock("10:00"), End: clock("10:30"), Kind: "opening", Title: "What is an analysis for?", By: []string{"EPLO", "European Commission"}},
			{Start: clock("10:30"), End: clock("12:30"), Kind: "presentation", Title: "Reading for a decision", Points: []string{"Actors, causes, dynamics", "What is missing, and who was not asked"}},
			{Start: clock("12:30"), End: clock("13:30"), Kind: "social", Title: "Lunch"},
			{Start: clock("13:30"), End: clock("15:45"), Kind: "discussion", Title: "Your own case, in groups", Questions: []string{"Which decision hangs on it?", "Who else should read it?"}},
			{Start: clock("15:45"), End: clock("16:00"), Kind: "closing", Title: "Closing remarks", By: []string{"EPLO"}},
		},
		Planners: []csdn.AccountID{Planner},
	}
}

func fundingMeeting(day time.Time) csdn.MeetingProfile {
	return csdn.MeetingProfile{
		Phase:        5,
		Type:         "funding-instruments-meeting",
		Title:        "Small grants, long conflicts: how EU funding reaches local peacebuilders",
		Start:        localOn(day, "14:00"),
		End:          localOn(day, "17:00"),
		Zone:         "Europe/Brussels",
		Mode:         csdn.InPerson,
		Language:     "en",
		Rule:         csdn.ChathamHouse,
		Background:   "Calls for proposals are written for organisations that have an office for them. Many local peacebuilders have none.",
		Objectives:   "To compare ways of funding that a village committee can use and an auditor can accept.",
		Participants: "Local peacebuilders, intermediaries and officials who programme funds.",
		Areas:        []csdn.AreaSlug{"funding-instruments", "local-peacebuilding"},
		Bands:        csdn.Bands{Total: csdn.Band{Min: 20, Max: 25}, Categories: map[csdn.Category]csdn.Band{csdn.CivilSociety: {Min: 10, Max: 14}}},
		Planners:     []csdn.AccountID{Planner},
	}
}
