package api

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"csdn.example/directory/shared/csdn"
)

// patchable is a shelf with a subject of each kind that is patched, all at version 3.
func patchable() *shelf {
	s := newShelf()
	s.phases[4] = csdn.Phase{Number: 4, Version: 3, PhaseProfile: csdn.PhaseProfile{Label: "Fourth phase", From: 2020, To: 2023, Instrument: "IcSP"}}
	for _, slug := range []csdn.AreaSlug{"mediation", "gender"} {
		s.areas[slug] = csdn.Area{Slug: slug, Version: 1}
	}
	s.organisations[aULID] = csdn.Organisation{ID: aULID, Version: 3, OrganisationProfile: csdn.OrganisationProfile{
		Name: "Sahel Dialogue Forum", ShortName: "SDF", Type: "ngo", Country: "ML", Countries: []csdn.Country{"ML", "NE"},
		Areas: []csdn.Expertise{{Area: "mediation", Level: "expert", Evidence: "https://sdf.example/paper", ConfirmedAt: aTime()}}, Status: csdn.Active,
	}}
	s.people[aULID] = csdn.Person{ID: aULID, Version: 3, PersonProfile: csdn.PersonProfile{
		Name: "Amina Diarra", Email: "amina@sdf.example", Organisation: aULID, Zone: "Africa/Bamako", PreferredLanguage: "fr", Safety: csdn.Careful,
		Alias: "An expert", Consent: csdn.Consent{Basis: "consent", GivenAt: aTime(), Source: "Form of January"},
	}}
	s.accounts[aULID] = csdn.Account{ID: aULID, Version: 3, Email: "amina@sdf.example", Role: csdn.OrganisationRole, Organisation: aULID}
	seats := 15
	s.meetings[aULID] = csdn.Meeting{ID: aULID, Version: 3, Status: csdn.MeetingDraft, MeetingProfile: csdn.MeetingProfile{
		Phase: 4, Type: "policy-meeting", Title: "Gathering", Start: local("2027-02-01T09:15"), End: local("2027-02-01T11:30"), Zone: "Europe/Brussels",
		Mode: csdn.InPerson, Venue: csdn.Venue{Name: "House", Address: "1 Street"}, Language: "en", Rule: csdn.ChathamHouse,
		Bands: csdn.Bands{Total: csdn.Band{Min: 25, Max: 30}, Categories: map[csdn.Category]csdn.Band{csdn.CivilSociety: {Min: 10, Max: 15}}},
		Seats: csdn.Seats{InPerson: &seats}, Agenda: []csdn.AgendaItem{{Start: 555, End: 570, Kind: "opening", Title: "Welcome"}},
		ResponseDeadline: time.Date(2027, 1, 25, 17, 0, 0, 0, time.UTC),
	}}
	return s
}

func local(text string) csdn.LocalTime {
	t, err := csdn.ParseLocalTime(text)
	if err != nil {
		panic(err)
	}
	return t
}

func TestAPatchChangesWhatItNamesAndNothingElse(t *testing.T) {
	for _, test := range []struct {
		name, path, patch string
		want              func(*shelf)
	}{
		{"nothing", "/v1/phases/4", `{}`, func(*shelf) {}},
		{"one field", "/v1/phases/4", `{"to": 2024}`, func(s *shelf) { s.phase(func(p *csdn.PhaseProfile) { p.To = 2024 }) }},
		{"null empties", "/v1/phases/4", `{"instrument": null}`, func(s *shelf) { s.phase(func(p *csdn.PhaseProfile) { p.Instrument = "" }) }},
		{"the last of two alike counts", "/v1/phases/4", `{"label": "First", "label": "Last"}`, func(s *shelf) { s.phase(func(p *csdn.PhaseProfile) { p.Label = "Last" }) }},
		{"what null empties has its default", "/v1/organisations/" + aULID, `{"status": null, "shortName": null}`, func(s *shelf) { s.organisation(func(p *csdn.OrganisationProfile) { p.ShortName = "" }) }},
		{"questions, bare and with areas", "/v1/meetings/" + aULID, `{"agenda": [{"start": "09:15", "end": "09:30", "kind": "opening", "title": "Welcome",
			"questions": ["Who?", {"text": "What?", "areas": ["gender"]}, {"text": "Why?"}]}]}`, func(s *shelf) {
			s.meeting(func(p *csdn.MeetingProfile) {
				p.Agenda[0].Questions, p.Agenda[0].QuestionAreas = []string{"Who?", "What?", "Why?"}, [][]csdn.AreaSlug{nil, {"gender"}}
			})
		}},
		{"a list is replaced whole", "/v1/organisations/" + aULID, `{"countries": ["BF"]}`, func(s *shelf) {
			s.organisation(func(p *csdn.OrganisationProfile) { p.Countries = []csdn.Country{"BF"} })
		}},
		{"a list emptied", "/v1/organisations/" + aULID, `{"countries": []}`, func(s *shelf) { s.organisation(func(p *csdn.OrganisationProfile) { p.Countries = nil }) }},
		{"a list emptied by null", "/v1/organisations/" + aULID, `{"areas": null}`, func(s *shelf) { s.organisation(func(p *csdn.OrganisationProfile) { p.Areas = nil }) }},
		{"a bare slug", "/v1/organisations/" + aULID, `{"areas": ["gender", {"slug": "mediation", "level": "expert"}]}`, func(s *shelf) {
			s.organisation(func(p *csdn.OrganisationProfile) {
				p.Areas = []csdn.Expertise{{Area: "gender", Level: "works-on"}, {Area: "mediation", Level: "expert"}}
			})
		}},
		{"a field within a field", "/v1/people/" + aULID, `{"consent": {"source": "Form of March"}}`, func(s *shelf) { s.person(func(p *csdn.PersonProfile) { p.Consent.Source = "Form of March" }) }},
		{"null within a field", "/v1/people/" + aULID, `{"consent": {"source": null}}`, func(s *shelf) { s.person(func(p *csdn.PersonProfile) { p.Consent.Source = "" }) }},
		{"a field of the venue", "/v1/meetings/" + aULID, `{"venue": {"address": "2 Street"}}`, func(s *shelf) { s.meeting(func(p *csdn.MeetingProfile) { p.Venue.Address = "2 Street" }) }},
		{"a band beside another", "/v1/meetings/" + aULID, `{"bands": {"categories": {"academic": {"min": 1}}}}`, func(s *shelf) {
			s.meeting(func(p *csdn.MeetingProfile) {
				p.Bands.Categories = map[csdn.Category]csdn.Band{csdn.CivilSociety: {Min: 10, Max: 15}, "academic": {Min: 1}}
			})
		}},
		{"a band removed", "/v1/meetings/" + aULID, `{"bands": {"total": null, "categories": {"civil-society": null}}}`, func(s *shelf) { s.meeting(func(p *csdn.MeetingProfile) { p.Bands = csdn.Bands{} }) }},
		{"a limit removed", "/v1/meetings/" + aULID, `{"seats": {"inPerson": null}}`, func(s *shelf) { s.meeting(func(p *csdn.MeetingProfile) { p.Seats = csdn.Seats{} }) }},
		{"the deadline removed", "/v1/meetings/" + aULID, `{"responseDeadline": null}`, func(s *shelf) { s.meeting(func(p *csdn.MeetingProfile) { p.ResponseDeadline = time.Time{} }) }},
		{"the deadline as a local time", "/v1/meetings/" + aULID, `{"responseDeadline": "2027-01-25T17:00"}`, func(s *shelf) {
			s.meeting(func(p *csdn.MeetingProfile) { p.ResponseDeadline = time.Date(2027, 1, 25, 16, 0, 0, 0, time.UTC) })
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, want := patchable(), patchable()
			test.want(want)
			answer := newFace(got).do(t, secretariat, http.MethodPatch, test.path, strings.NewReader(test.patch), "If-Match", `"3"`, "Content-Type", mergePatchType)
			if answer.Code != http.StatusOK {
				t.Fatalf("%d %s", answer.Code, answer.Body)
			}
			empty := cmp.FilterValues(func(a, b []string) bool { return len(a) == 0 && len(b) == 0 }, cmp.Ignore())
			for _, pair := range [][2]any{
				{want.phases[4].PhaseProfile, got.phases[4].PhaseProfile},
				{want.organisations[aULID].Facts(), got.organisations[aULID].Facts()},
				{want.people[aULID].Facts(), got.people[aULID].Facts()},
				{want.meetings[aULID].Facts(), got.meetings[aULID].Facts()},
			} {
				if diff := cmp.Diff(pair[0], pair[1], empty); diff != "" {
					t.Errorf("what is stored differs (-want +got):\n%s", diff)
				}
			}
		})
	}
}

func (s *shelf) phase(change func(*csdn.PhaseProfile)) {
	p := s.phases[4]
	change(&p.PhaseProfile)
	s.phases[4] = p
}

func (s *shelf) organisation(change func(*csdn.OrganisationProfile)) {
	o := s.organisations[aULID]
	change(&o.OrganisationProfile)
	s.organisations[aULID] = o
}

func (s *shelf) person(change func(*csdn.PersonProfile)) {
	p := s.people[aULID]
	change(&p.PersonProfile)
	s.people[aULID] = p
}

func (s *shelf) meeting(change func(*csdn.MeetingProfile)) {
	m := s.meetings[aULID]
	change(&m.MeetingProfile)
	s.meetings[aULID] = m
}

func TestPatchesThatAreRefused(t *testing.T) {
	const organisation, person, meeting = "/v1/organisations/" + aULID, "/v1/people/" + aULID, "/v1/meetings/" + aULID
	for _, test := range []struct {
		name, path, patch string
		status            int
		location          string
	}{
		{"nothing at all", "/v1/phases/4", ``, 400, ""},
		{"no JSON", "/v1/phases/4", `{`, 400, ""},
		{"two documents", "/v1/phases/4", `{} {}`, 400, ""},
		{"null", "/v1/phases/4", `null`, 400, ""},
		{"a list", "/v1/phases/4", `[]`, 400, ""},
		{"a text", "/v1/phases/4", `"to"`, 400, ""},
		{"a JSON patch", "/v1/phases/4", `[{"op": "remove", "path": "/label"}]`, 400, ""},
		{"a number beyond all", "/v1/phases/4", `{"to": 1e400}`, 400, ""},
		{"a field that is unknown", "/v1/phases/4", `{"colour": "red"}`, 422, "body.colour"},
		{"a field that is the server's", "/v1/phases/4", `{"updatedAt": "2027-01-01T00:00:00Z"}`, 422, "body.updatedAt"},
		{"the identity", organisation, `{"id": "01HZX3V4K8M2N6P9Q1R5S7T0WB"}`, 422, "body.id"},
		{"the state of a meeting", meeting, `{"status": "open"}`, 422, "body.status"},
		{"a text for a number", "/v1/phases/4", `{"to": "2024"}`, 422, "body.to"},
		{"a fraction", "/v1/phases/4", `{"to": 2024.5}`, 422, "body.to"},
		{"a number of many digits", "/v1/phases/4", `{"to": 9007199254740993}`, 422, "body.to"},
		{"a number for a text", "/v1/phases/4", `{"label": 4}`, 422, "body.label"},
		{"null for what must be", "/v1/phases/4", `{"label": null}`, 422, "body"},
		{"a list for a text", organisation, `{"name": ["SDF"]}`, 422, "body.name"},
		{"a text for a list", organisation, `{"countries": "ML"}`, 422, "body.countries"},
		{"null in a list", organisation, `{"countries": ["ML", null]}`, 422, "body.countries[1]"},
		{"a word that is none of the list", organisation, `{"type": "guild"}`, 422, "body.type"},
		{"a question that is a number", meeting, `{"agenda": [{"start": "09:15", "end": "09:30", "kind": "opening", "title": "W", "questions": [4]}]}`, 422, "body.agenda[0].questions[0]"},
		{"a question of an unknown area", meeting, `{"agenda": [{"start": "09:15", "end": "09:30", "kind": "opening", "title": "W", "questions": ["A?", {"text": "B?", "areas": ["astrology"]}]}]}`, 422, "body.agenda[0].questions[1].areas[0]"},
		{"expertise that is a number", organisation, `{"areas": [4]}`, 422, "body.areas[0]"},
		{"expertise that is null", organisation, `{"areas": [null]}`, 422, "body.areas[0]"},
		{"expertise without a slug", organisation, `{"areas": [{"level": "expert"}]}`, 422, "body.areas[0]"},
		{"expertise with an unknown field", organisation, `{"areas": [{"slug": "gender", "since": 2020}]}`, 422, "body.areas[0]"},
		{"expertise of an unknown level", organisation, `{"areas": [{"slug": "gender", "level": "guru"}]}`, 422, "body.areas[0]"},
		{"expertise of an unknown area", organisation, `{"areas": ["gender", "astrology"]}`, 422, "body.areas[1]"},
		{"an unknown field within a field", person, `{"consent": {"colour": "red"}}`, 422, "body.consent.colour"},
		{"null for what must be within a field", person, `{"consent": {"basis": null}}`, 422, "body.consent"},
		{"null for a field that must be", person, `{"consent": null}`, 422, "body"},
		{"an instant that is none", person, `{"consent": {"givenAt": "2027-02-30T00:00:00Z"}}`, 422, "body.consent.givenAt"},
		{"an item of the agenda with an unknown field", meeting, `{"agenda": [{"start": "09:15", "end": "09:30", "kind": "opening", "title": "Welcome", "room": 1}]}`, 422, "body.agenda[0].room"},
		{"a time of day that is none", meeting, `{"agenda": [{"start": "09:15", "end": "25:00", "kind": "opening", "title": "Welcome"}]}`, 422, "body.agenda[0].end"},
		{"a local time that is none", meeting, `{"start": "2027-02-30T09:15"}`, 422, "body.start"},
		{"an instant for a local time", meeting, `{"start": "2027-02-01T09:15:00Z"}`, 422, "body.start"},
		{"fewer seats than none", meeting, `{"seats": {"online": -1}}`, 422, "body.seats.online"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := patchable()
			p := problemIn(t, newFace(s).do(t, secretariat, http.MethodPatch, test.path, strings.NewReader(test.patch), "If-Match", `"3"`, "Content-Type", mergePatchType), test.status)
			if s.writes != 0 {
				t.Error("something was written")
			}
			if test.location == "" {
				return
			}
			if len(p.Errors) == 0 || p.Errors[0].Location != test.location || p.Errors[0].Message == "" {
				t.Errorf("the broken rules are %+v, want one at %s", p.Errors, test.location)
			}
		})
	}
}

func TestContentTypesOfPatches(t *testing.T) {
	for contentType, status := range map[string]int{
		"application/merge-patch+json":                200,
		"application/merge-patch+json; charset=utf-8": 200,
		"application/json":                            200,
		"":                                            200,
		"application/json-patch+json":                 415,
		"text/plain":                                  415,
		"application/x-www-form-urlencoded":           415,
		"application/merge-patch":                     415,
	} {
		s := patchable()
		answer := newFace(s).do(t, secretariat, http.MethodPatch, "/v1/phases/4", strings.NewReader(`{"to": 2024}`), "If-Match", `"3"`, "Content-Type", contentType)
		if answer.Code != status || (s.writes == 1) != (status == 200) {
			t.Errorf("%q: %d after %d writes: %s", contentType, answer.Code, s.writes, answer.Body)
		}
	}
}

func TestOneReportsAllBrokenRulesOfAPatch(t *testing.T) {
	answer := newFace(patchable()).do(t, secretariat, http.MethodPatch, "/v1/organisations/"+aULID,
		strings.NewReader(`{"name": 1, "type": "guild", "countries": [1, "ML", 2]}`), "If-Match", `"3"`, "Content-Type", mergePatchType)
	if p := problemIn(t, answer, 422); len(p.Errors) != 4 {
		t.Errorf("%d broken rules are told: %+v", len(p.Errors), p.Errors)
	}
}
