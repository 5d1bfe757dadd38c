package api

import (
	"net/http"
	"strings"
	"testing"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/web"

	"github.com/google/go-cmp/cmp"
)

// TestASummaryFromItsWritingToItsAnswers walks the operations of a summary, with the codes that clients see.
func TestASummaryFromItsWritingToItsAnswers(t *testing.T) {
	s := newShelf()
	f := newFace(s)
	s.phases[4] = csdn.Phase{Number: 4, PhaseProfile: csdn.PhaseProfile{From: 2024, To: 2027}, Version: 1}
	start, err := csdn.ParseLocalTime("2027-01-10T09:15")
	must(t, err)
	s.meetings[aULID] = csdn.Meeting{ID: aULID, Status: csdn.MeetingHeld, Version: 3, MeetingProfile: csdn.MeetingProfile{
		Phase: 4, Title: "Held", Start: start, End: start, Zone: "Europe/Brussels", Rule: csdn.ChathamHouse,
	}}
	s.people["P"] = csdn.Person{ID: "P", PersonProfile: csdn.PersonProfile{Name: "Aminata Diallo", Organisation: "O"}}
	s.organisations["O"] = csdn.Organisation{ID: "O", OrganisationProfile: csdn.OrganisationProfile{Name: "Sahel Dialogue Forum"}}
	s.invitations["P"] = csdn.Invitation{Meeting: aULID, Person: "P", Organisation: "O", Status: csdn.Attended}
	summary := "/v1/meetings/" + aULID + "/summary"
	official := csdn.Caller{Account: "ACCOUNT-9", Role: csdn.OfficialRole}
	put := func(text string, headers ...string) (int, string) {
		got := f.do(t, secretariat, "PUT", summary, strings.NewReader(`{"text":"`+text+`","recommendations":[{"text":"Listen."}]}`), append(headers, "Content-Type", "application/json")...)
		return got.Code, got.Header().Get("ETag")
	}
	publish := func(tag, body string) int {
		return f.do(t, secretariat, "POST", summary+"/publish", strings.NewReader(body), "If-Match", tag, "Content-Type", "application/json").Code
	}

	problemIn(t, f.do(t, secretariat, "GET", summary, nil), http.StatusNotFound)
	if code, _ := put("Text"); code != http.StatusPreconditionRequired {
		t.Errorf("writing on nothing is %d", code)
	}
	if code, tag := put("As Diallo said", "If-None-Match", "*"); code != http.StatusCreated || tag != `"1"` {
		t.Fatalf("the first is %d %s", code, tag)
	}
	if code, _ := put("Text", "If-None-Match", "*"); code != http.StatusPreconditionFailed {
		t.Errorf("a second first is %d", code)
	}
	p := problemIn(t, f.do(t, secretariat, "POST", summary+"/publish", nil, "If-Match", `"1"`), http.StatusConflict)
	if diff := cmp.Diff([]web.ProblemField{{Location: "body.text", Message: "line 1, word 2, names a participant"}}, p.Errors); diff != "" {
		t.Error(diff)
	}
	if strings.Contains(f.log.String(), "Diallo") || !strings.Contains(f.log.String(), "names somebody") {
		t.Errorf("the log holds %s", f.log)
	}
	problemIn(t, f.do(t, secretariat, "POST", summary+"/publish", nil), http.StatusPreconditionRequired)
	problemIn(t, f.do(t, official, "GET", summary, nil), http.StatusNotFound)
	if code, tag := put("As somebody said", "If-Match", `"1"`); code != http.StatusOK || tag != `"2"` {
		t.Fatalf("mending it is %d %s", code, tag)
	}
	if code := publish(`"2"`, `{}`); code != http.StatusOK {
		t.Fatalf("publishing is %d", code)
	}
	read := f.do(t, official, "GET", summary, nil)
	id := string(s.published.Recommendations[0].ID)
	want := `{"text":"As somebody said","recommendations":[{"id":"` + id + `","text":"Listen.","areas":[],"feedback":[]}],"edition":1,"publishedAt":"2027-01-15T08:15:00Z"}`
	if got := strings.TrimSpace(read.Body.String()); got != want || read.Header().Get("ETag") != `"1"` {
		t.Errorf("an official reads %s", got)
	}
	feedback := "/v1/meetings/" + aULID + "/recommendations/" + id + "/feedback"
	answer := func(caller csdn.Caller, body string, headers ...string) int {
		return f.do(t, caller, "PUT", feedback, strings.NewReader(body), append(headers, "Content-Type", "application/json")...).Code
	}
	if code := answer(official, `{"institution":"eeas","status":"accepted","text":"Done."}`, "If-Match", `"1"`); code != http.StatusOK {
		t.Errorf("answering is %d", code)
	}
	if code := answer(official, `{"institution":"eeas","status":"accepted"}`, "If-Match", `"1"`); code != http.StatusPreconditionFailed {
		t.Errorf("answering what was not read is %d", code)
	}
	if code := answer(official, `{"institution":"eeas","status":"liked"}`, "If-Match", `"2"`); code != http.StatusUnprocessableEntity {
		t.Errorf("a status that is none is %d", code)
	}
	for target, want := range map[string]string{
		summary:                     `"updatedAt":`,
		summary + "?published=true": `{"institution":"eeas","status":"accepted","text":"Done.","at":"2027-01-15T08:15:00Z","current":true}`,
		"/v1/phases/4/report":       `"recommendations":{"published":1,"answered":1}`,
	} {
		if got := f.do(t, secretariat, "GET", target, nil); !strings.Contains(got.Body.String(), want) {
			t.Errorf("%s: %s", target, got.Body)
		}
	}
	for _, told := range []string{"ACCOUNT", "override"} {
		if got := f.do(t, official, "GET", summary, nil).Body.String(); strings.Contains(got, told) {
			t.Errorf("an official is told %s: %s", told, got)
		}
	}
}
