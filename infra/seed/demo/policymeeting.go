package demo

import (
	"fmt"

	"csdn.example/directory/shared/csdn"
)

// PolicyMeeting returns the policy meeting of the network's concept note of 1 February 2023, as held on 1 February of a year from
// 1990 to 9999. Its facts (title, hours, venue, agenda, bands, language, rule) are the note's; its prose and questions say
// in other words what the note says. The coffee at its end runs past the end of the meeting, as it does there.
func PolicyMeeting(year int) csdn.MeetingProfile {
	day := fmt.Sprintf("%04d-02-01T", year)
	return csdn.MeetingProfile{
		Phase:        phaseOf(year),
		Type:         "policy-meeting",
		Title:        "The EU Human Rights Due Diligence Policy for Security Sector Support: Gathering Civil Society Input",
		Start:        local(day + "09:15"),
		End:          local(day + "11:30"),
		Zone:         "Europe/Brussels",
		Mode:         csdn.Hybrid,
		Venue:        csdn.Venue{Name: "Scotland House Conference Centre", Address: "Rond-Point Robert Schuman 6, 1040 Brussels"},
		OnlineURL:    "https://online.eplo.example/due-diligence",
		Language:     "en",
		Rule:         csdn.ChathamHouse,
		Background:   policyBackground,
		Objectives:   policyObjectives,
		Format:       policyFormat,
		Participants: policyParticipants,
		Areas: []csdn.AreaSlug{"security-sector-reform", "human-rights-due-diligence", "human-rights",
			"international-humanitarian-law"},
		Bands: csdn.Bands{
			Total:      csdn.Band{Min: 25, Max: 30},
			Categories: map[csdn.Category]csdn.Band{csdn.CivilSociety: {Min: 10, Max: 15}},
		},
		Agenda:   policyAgenda(),
		Planners: []csdn.AccountID{Planner},
	}
}

// phaseOf returns the phase in which a meeting of the year is held: the fourth until its end in 2023, then the demo's fifth.
func phaseOf(year int) csdn.PhaseNumber {
	if year <= 2023 {
		return 4
	}
	return 5
}

const policyBackground = "The EU's Action Plan on Human Rights and Democracy for 2020–2024, adopted in 2020, promises a **human rights due " +
	"diligence policy** (HRDDP): what the EU does for security sectors abroad, its CSDP missions and operations " +
	"included, is to respect human rights law and, where it applies, international humanitarian law (IHL). The " +
	"Communication on the EU's Humanitarian Action (2021) and the Strategic Compass for Security and Defence (2022) " +
	"call for such a policy too.\n\n" +
	"Due diligence means to take reasonable care whenever the EU supports the security forces of a partner " +
	"government: to find, weigh and reduce the risk that this support harms people's rights or breaks IHL. Decisions " +
	"that rest on it protect people better, and spare the EU legal, political and reputational harm.\n\n" +
	"While the policy is being drafted, this meeting brings EU officials together with civil society experts who know " +
	"what support to security actors can mean for communities in fragile and conflict-affected countries, so that " +
	"their advice reaches the policy and the tools for putting it into practice before these are final."

const policyObjectives = "Civil society experts analyse and recommend how the EU should **find, manage and prevent** the risks to human " +
	"rights and IHL that come with its support to the security sectors of partner countries.\n\n" +
	"- The experts comment on what the HRDDP and its tools for implementation should consider and include.\n" +
	"- Every part of the discussion looks at what differs by gender and by age."

const policyFormat = "A facilitated round table of two hours under the Chatham House Rule, for participants in the room and online " +
	"alike."

const policyParticipants = "Some 25 to 30 people: 10 to 15 experts of civil society, and officials of the European External Action Service " +
	"(EEAS) and of the European Commission (EC)."

func policyAgenda() []csdn.AgendaItem {
	hosts := []string{"European External Action Service", "EPLO"}
	return []csdn.AgendaItem{
		{Start: clock("09:15"), End: clock("09:30"), Kind: "registration", Title: "Registration and welcome breakfast"},
		{Start: clock("09:30"), End: clock("09:40"), Kind: "opening", Title: "Opening remarks", By: hosts},
		{Start: clock("09:40"), End: clock("10:00"), Kind: "presentation", Title: "Presentation of the draft HRDDP"},
		{Start: clock("10:00"), End: clock("11:20"), Kind: "discussion", Title: "Interactive exchange with civil society on the draft HRDDP",
			Questions: []string{
				"Which risks do communities in conflict meet most often because security forces, be they foreign, national or local, are there, act and operate?",
				"What must those who act for the EU consider above all when they support the security sector of a partner country?",
				"How can assessments of risks under human rights law and IHL take in the rights and the situation of everyone, among them women, children and older people, minorities and refugees?",
				"By what concrete means could the EU help security forces to keep human rights law and IHL better?",
				"How should the EU work with civil society so that national forces which it supports keep IHL and human rights law, and go on doing so?",
			}},
		{Start: clock("11:20"), End: clock("11:30"), Kind: "closing", Title: "Closing remarks", By: hosts},
		{Start: clock("11:30"), End: clock("11:45"), Kind: "social", Title: "Coffee and tea"},
	}
}
