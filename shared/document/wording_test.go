package document

import (
	"testing"

	"csdn.example/directory/shared/csdn"
)

func TestWhen(t *testing.T) {
	tests := map[string]struct {
		start, end string
		zone       csdn.Zone
		en, fr     string
	}{
		"winter": {
			"2023-02-01T09:15", "2023-02-01T11:30", "Europe/Brussels",
			"Wednesday 1 February 2023 (9.15-11.30 CET)", "Mercredi 1er février 2023 (9h15-11h30 CET)",
		},
		"summer": {
			"2026-08-23T14:00", "2026-08-23T17:05", "Europe/Brussels",
			"Sunday 23 August 2026 (14.00-17.05 CEST)", "Dimanche 23 août 2026 (14h00-17h05 CEST)",
		},
		"a zone without an abbreviation": {
			"2026-12-05T09:00", "2026-12-05T10:00", "Asia/Kabul",
			"Saturday 5 December 2026 (9.00-10.00 UTC+04:30)", "Samedi 5 décembre 2026 (9h00-10h00 UTC+04:30)",
		},
		"west of Greenwich without an abbreviation": {
			"2026-12-05T09:00", "2026-12-05T10:00", "America/Bogota",
			"Saturday 5 December 2026 (9.00-10.00 UTC-05:00)", "Samedi 5 décembre 2026 (9h00-10h00 UTC-05:00)",
		},
		"several days": {
			"2026-03-05T09:00", "2026-03-06T17:00", "Africa/Bamako",
			"Thursday 5 March 2026 (9.00 GMT) – Friday 6 March 2026 (17.00 GMT)",
			"Jeudi 5 mars 2026 (9h00 GMT) – vendredi 6 mars 2026 (17h00 GMT)",
		},
		"over a change of the clocks": {
			"2026-03-28T18:00", "2026-03-29T12:00", "Europe/Brussels",
			"Saturday 28 March 2026 (18.00 CET) – Sunday 29 March 2026 (12.00 CEST)",
			"Samedi 28 mars 2026 (18h00 CET) – dimanche 29 mars 2026 (12h00 CEST)",
		},
		"on the day of a change": {
			"2026-03-29T01:00", "2026-03-29T04:00", "Europe/Brussels",
			"Sunday 29 March 2026 (1.00 CET-4.00 CEST)", "Dimanche 29 mars 2026 (1h00 CET-4h00 CEST)",
		},
		"the same day of two years": {
			"2026-01-01T09:00", "2027-01-01T10:00", "UTC",
			"Thursday 1 January 2026 (9.00 UTC) – Friday 1 January 2027 (10.00 UTC)",
			"Jeudi 1er janvier 2026 (9h00 UTC) – vendredi 1er janvier 2027 (10h00 UTC)",
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			start, end := local(t, tt.start).In(tt.zone), local(t, tt.end).In(tt.zone)
			if got := (wording{}).when(start, end); got != tt.en {
				t.Errorf("got %q, want %q", got, tt.en)
			}
			if got := (wording{french: true}).when(start, end); got != tt.fr {
				t.Errorf("got %q, want %q", got, tt.fr)
			}
		})
	}
}

func TestVenue(t *testing.T) {
	tests := map[string]struct {
		mode   csdn.Mode
		name   string
		en, fr string
	}{
		"in person":              {csdn.InPerson, "House", "House", "House"},
		"hybrid":                 {csdn.Hybrid, "House", "House & Online", "House et en ligne"},
		"hybrid, not yet placed": {csdn.Hybrid, "", "In person & Online", "En personne et en ligne"},
		"online":                 {csdn.Online, "House", "Online", "En ligne"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			m := csdn.Meeting{MeetingProfile: csdn.MeetingProfile{Mode: tt.mode, Venue: csdn.Venue{Name: tt.name}}}
			if got := (wording{}).venue(m); got != tt.en {
				t.Errorf("got %q, want %q", got, tt.en)
			}
			if got := (wording{french: true}).venue(m); got != tt.fr {
				t.Errorf("got %q, want %q", got, tt.fr)
			}
		})
	}
}

func TestPhaseInWords(t *testing.T) {
	for number, want := range map[csdn.PhaseNumber][2]string{
		1:  {"The first phase", "La première phase"},
		4:  {"The fourth phase", "La quatrième phase"},
		10: {"The tenth phase", "La dixième phase"},
		11: {"Phase 11", "La phase 11"},
		0:  {"Phase 0", "La phase 0"},
	} {
		got := [2]string{(wording{}).phase(number), (wording{french: true}).phase(number)}
		if got != want {
			t.Errorf("phase %d: %q, want %q", number, got, want)
		}
	}
}

func TestEveryTypeHasItsLine(t *testing.T) {
	lines := map[string]csdn.MeetingType{}
	for _, listed := range csdn.FirstMeetingTypes() {
		kind := listed.Slug
		for _, w := range []wording{{}, {french: true}} {
			line := w.network(csdn.Meeting{MeetingProfile: csdn.MeetingProfile{Type: kind}})
			if other, taken := lines[line]; taken {
				t.Errorf("%s and %s are both %q", kind, other, line)
			}
			lines[line] = kind
		}
	}
	for want, m := range map[string]csdn.Meeting{
		"Civil Society Dialogue Network Policy Meeting": {MeetingProfile: csdn.MeetingProfile{Type: "policy-meeting"}},
		"Civil Society Dialogue Network Retreat":        {MeetingProfile: csdn.MeetingProfile{Type: "policy-meeting"}, TypeProfile: csdn.MeetingTypeProfile{LabelEN: "Retreat"}},
		"Civil Society Dialogue Network Meeting":        {MeetingProfile: csdn.MeetingProfile{Type: "no-longer-listed"}},
	} {
		if got := (wording{}).network(m); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
