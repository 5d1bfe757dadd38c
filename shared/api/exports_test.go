package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"csdn.example/directory/shared/csdn"
)

// extracted writes an extract as what it is made of.
func extracted(format string) func(csdn.PersonExtract) ([]byte, error) {
	return func(x csdn.PersonExtract) ([]byte, error) {
		text := format
		for _, p := range x.People {
			text += fmt.Sprintf(" %s %s of %s", p.Name, p.Email, x.Employers[p.Organisation])
		}
		return []byte(text), nil
	}
}

func personForms() PersonForms {
	return PersonForms{CSV: extracted("CSV"), XLSX: extracted("XLSX"), VCard: extracted("vCards")}
}

func organisationForms() OrganisationForms {
	written := func(format string) func(csdn.OrganisationExtract) ([]byte, error) {
		return func(x csdn.OrganisationExtract) ([]byte, error) {
			text := format
			for _, o := range x.Organisations {
				text += " " + o.Name + " " + o.Email
			}
			return []byte(text), nil
		}
	}
	return OrganisationForms{CSV: written("CSV"), XLSX: written("XLSX"), HSDS: written("HSDS"), JSONLD: written("JSON-LD")}
}

// exportable is a shelf with one organisation and one person of it.
func exportable() *shelf {
	s := newShelf()
	s.organisations[aULID] = csdn.Organisation{ID: aULID, Version: 1, OrganisationProfile: csdn.OrganisationProfile{
		Name: "Sahel Forum", Type: "ngo", Email: "office@sdf.example", Country: "ML", Status: csdn.Active,
	}}
	s.people[aULID] = csdn.Person{ID: aULID, Version: 1, PersonProfile: csdn.PersonProfile{
		Name: "Aminata", Email: "a@sdf.example", Organisation: aULID, Country: "ML", Safety: csdn.Careful, Alias: "Nightjar",
	}}
	return s
}

var aPlanner = csdn.Caller{Account: "ACCOUNT-2", Role: csdn.PlannerRole}

func TestExportsAreAnsweredAsTheClientPrefers(t *testing.T) {
	f := newFace(exportable())
	const organisations, people = "/v1/exports/organisations", "/v1/exports/people"
	day := aTime().Format("2006-01-02")
	for _, tt := range []struct{ target, accept, media, file, body string }{
		{organisations, "", jsonType, "organisations-" + day + ".json", `"name":"Sahel Forum"`},
		{organisations, "text/html", jsonType, "organisations-" + day + ".json", `"email":"office@sdf.example"`},
		{organisations, "text/csv, application/json;q=0.9", mediaCSV, "organisations-" + day + ".csv", "CSV Sahel Forum office@sdf.example"},
		{organisations, "text/csv;q=0.1, application/ld+json;q=0.2", jsonLDType, "organisations-" + day + ".jsonld", "JSON-LD Sahel Forum office@sdf.example"},
		{organisations + "?format=xlsx", "text/csv", mediaXLSX, "organisations-" + day + ".xlsx", "XLSX Sahel Forum office@sdf.example"},
		{organisations + "?format=hsds", "", jsonType, "organisations-" + day + ".hsds.json", "HSDS Sahel Forum office@sdf.example"},
		{organisations + "?format=csv&country=ML&type=ngo,network&status=active", "", mediaCSV, "organisations-" + day + ".csv", "CSV Sahel Forum office@sdf.example"},
		{organisations + "?format=csv&country=FR", "", mediaCSV, "organisations-" + day + ".csv", "CSV"},
		{people, "", jsonType, "people-" + day + ".json", `"name":"Aminata"`},
		{people, "text/vcard", "text/vcard; charset=utf-8", "people-" + day + ".vcf", "vCards Aminata a@sdf.example of Sahel Forum"},
		{people + "?format=csv&organisation=" + aULID, "", mediaCSV, "people-" + day + ".csv", "CSV Aminata a@sdf.example of Sahel Forum"},
		{people + "?format=xlsx&category=academic", "", mediaXLSX, "people-" + day + ".xlsx", "XLSX"},
	} {
		answer := f.do(t, secretariat, http.MethodGet, tt.target, nil, "Accept", tt.accept)
		if answer.Code != http.StatusOK {
			t.Errorf("%s %s: %d %s", tt.target, tt.accept, answer.Code, answer.Body)
			continue
		}
		h := answer.Header()
		if h.Get("Content-Type") != tt.media || h.Get("Content-Disposition") != "attachment; filename="+tt.file || h.Get("Vary") != "Accept" || h.Get("ETag") != "" ||
			h.Get("Cache-Control") != "private, no-store" {
			t.Errorf("%s %s: %v", tt.target, tt.accept, h)
		}
		body := answer.Body.String()
		if tt.media == jsonType && !strings.HasPrefix(body, "HSDS") && !json.Valid([]byte(body)) || !strings.Contains(body, tt.body) || strings.HasPrefix(tt.body, "CSV") && body != tt.body {
			t.Errorf("%s %s: %s", tt.target, tt.accept, body)
		}
	}
	for _, target := range []string{
		organisations + "?format=pdf", organisations + "?format=vcard", people + "?format=hsds", people + "?country=XX", organisations + "?facets=true",
		organisations + "?limit=3", people + "?phase=x",
	} {
		problemIn(t, f.do(t, secretariat, http.MethodGet, target, nil), http.StatusUnprocessableEntity)
	}
}

func TestAPlannerExportsNoAddressesAndNoNamesOfTheCareful(t *testing.T) {
	f := newFace(exportable())
	for _, target := range []string{
		"/v1/exports/organisations", "/v1/exports/organisations?format=csv", "/v1/exports/organisations?format=hsds", "/v1/exports/organisations?format=jsonld",
		"/v1/exports/people", "/v1/exports/people?format=csv", "/v1/exports/people?format=vcard", "/v1/people/" + aULID,
	} {
		answer := f.do(t, aPlanner, http.MethodGet, target, nil, "Accept", "text/vcard, */*;q=0.5")
		body := answer.Body.String()
		if answer.Code != http.StatusOK || strings.Contains(body, "@") || strings.Contains(body, "Aminata") || !strings.Contains(body, "Sahel Forum") && !strings.Contains(body, "Nightjar") {
			t.Errorf("%s: %d %s", target, answer.Code, body)
		}
	}
	hidden := f.people[aULID]
	hidden.Safety, hidden.Version = csdn.Hidden, 2
	f.people[aULID] = hidden
	if body := f.do(t, aPlanner, http.MethodGet, "/v1/exports/people?format=csv", nil).Body.String(); body != "CSV" {
		t.Errorf("of a hidden person a planner exports %s", body)
	}
	problemIn(t, f.do(t, aPlanner, http.MethodGet, "/v1/people/"+aULID, nil, "Accept", "text/vcard"), http.StatusNotFound)
}

func TestExportsThatAreTooLargeAreRefusedWhole(t *testing.T) {
	s := exportable()
	o := s.organisations[aULID]
	o.Mission = strings.Repeat("x", maximumDocument)
	s.organisations[aULID] = o
	f := newFace(s)
	answer := f.do(t, secretariat, http.MethodGet, "/v1/exports/organisations", nil)
	problemIn(t, answer, http.StatusRequestEntityTooLarge)
	if !strings.Contains(answer.Body.String(), "filter") {
		t.Errorf("it says %s", answer.Body)
	}
	if answer := f.do(t, secretariat, http.MethodGet, "/v1/exports/organisations?country=FR", nil); answer.Code != http.StatusOK {
		t.Errorf("of none: %d", answer.Code)
	}
}

func TestOnePersonAsACard(t *testing.T) {
	f := newFace(exportable())
	target := "/v1/people/" + aULID
	answer := f.do(t, secretariat, http.MethodGet, target, nil, "Accept", "text/vcard")
	if answer.Code != http.StatusOK || answer.Header().Get("Content-Type") != cardType || answer.Body.String() != "vCard Aminata a@sdf.example of Sahel Forum" {
		t.Errorf("%d %v %s", answer.Code, answer.Header(), answer.Body)
	}
	tag := answer.Header().Get("ETag")
	if plain := f.do(t, secretariat, http.MethodGet, target, nil); plain.Header().Get("ETag") == tag || plain.Header().Get("Vary") != "Accept" {
		t.Errorf("as JSON: %v", plain.Header())
	}
	if again := f.do(t, secretariat, http.MethodGet, target, nil, "Accept", "text/vcard", "If-None-Match", tag); again.Code != http.StatusNotModified {
		t.Errorf("again: %d", again.Code)
	}
}

func TestAMeetingAsACalendarEntry(t *testing.T) {
	s := newShelf()
	start, err := csdn.ParseLocalTime("2023-02-01T09:15")
	must(t, err)
	s.meetings[aULID] = csdn.Meeting{ID: aULID, Version: 1, Status: csdn.MeetingOpen, MeetingProfile: csdn.MeetingProfile{
		Title: "Peace now", OnlineURL: "https://meet.example/1", Start: start, End: start, Zone: "Europe/Brussels", Planners: []csdn.AccountID{aPlanner.Account},
	}}
	f := newFace(s)
	official := csdn.Caller{Account: "ACCOUNT-3", Role: csdn.OfficialRole}
	for caller, want := range map[csdn.Caller]string{
		secretariat: "entry of Peace nowhttps://meet.example/1", aPlanner: "entry of Peace nowhttps://meet.example/1", official: "entry of Peace now",
	} {
		file := f.do(t, caller, http.MethodGet, "/v1/meetings/"+aULID+"/calendar.ics", nil)
		if file.Body.String() != want || file.Header().Get("Content-Type") != "text/calendar; charset=utf-8" ||
			file.Header().Get("Content-Disposition") != `attachment; filename="meeting-2023-02-01.ics"` {
			t.Errorf("%s: %v %s", caller.Role, file.Header(), file.Body)
		}
		also := f.do(t, caller, http.MethodGet, "/v1/meetings/"+aULID, nil, "Accept", "text/calendar")
		if also.Body.String() != want || also.Header().Get("Content-Type") != calendarType || also.Header().Get("Vary") != "Accept" {
			t.Errorf("%s: %v %s", caller.Role, also.Header(), also.Body)
		}
	}
	s.fault = csdn.Errorf(csdn.Unavailable, "Busy.")
	problemIn(t, f.do(t, secretariat, http.MethodGet, "/v1/meetings/"+aULID+"/calendar.ics", nil), http.StatusServiceUnavailable)
}

func TestAMatchOfTooManyIsRefused(t *testing.T) {
	s := newShelf()
	for n := range 10_001 {
		id := csdn.OrganisationID(fmt.Sprintf("01J%023d", n))
		s.organisations[id] = csdn.Organisation{ID: id, Version: 1, OrganisationProfile: csdn.OrganisationProfile{Name: fmt.Sprint("N", n), Status: csdn.Active}}
	}
	f := newFace(s)
	problemIn(t, f.do(t, secretariat, http.MethodGet, "/v1/exports/organisations?format=csv", nil), http.StatusRequestEntityTooLarge)
	delete(s.organisations, csdn.OrganisationID(fmt.Sprintf("01J%023d", 0)))
	g := newFace(s)
	answer := g.do(t, secretariat, http.MethodGet, "/v1/exports/organisations?format=csv", nil)
	if names := strings.Count(answer.Body.String(), " N"); answer.Code != http.StatusOK || names != 10_000 {
		t.Errorf("%d with %d names", answer.Code, names)
	}
}
