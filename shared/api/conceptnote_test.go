package api

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"csdn.example/directory/shared/csdn"

	"github.com/google/go-cmp/cmp"
)

func TestVersionsOfAConceptNote(t *testing.T) {
	s := newShelf()
	f := newFace(s)
	s.phases[4] = csdn.Phase{Number: 4, Version: 1}
	start, err := csdn.ParseLocalTime("2027-02-01T09:15")
	must(t, err)
	m := csdn.Meeting{ID: aULID, Status: csdn.MeetingOpen, Version: 3, MeetingProfile: csdn.MeetingProfile{Phase: 4, Title: "First", Start: start, End: start, Zone: "Europe/Brussels"}}
	s.meetings[aULID] = m
	versions := "/v1/meetings/" + aULID + "/concept-note/versions"

	problemIn(t, f.do(t, secretariat, "POST", versions, nil), http.StatusPreconditionRequired)
	problemIn(t, f.do(t, secretariat, "POST", versions, nil, "If-Match", `"2"`), http.StatusPreconditionFailed)
	made := f.do(t, secretariat, "POST", versions, nil, "If-Match", `"3"`, "Idempotency-Key", "once")
	if made.Code != 201 || made.Header().Get("Location") != versions+"/1" {
		t.Fatalf("%d %s: %s", made.Code, made.Header(), made.Body)
	}
	var v NoteVersion
	must(t, json.Unmarshal(made.Body.Bytes(), &v))
	if diff := cmp.Diff(NoteVersion{Number: 1, ApprovedAt: aTime(), ApprovedBy: string(secretariat.Account)}, v); diff != "" {
		t.Error(diff)
	}
	again := f.do(t, secretariat, "POST", versions, nil, "If-Match", `"3"`, "Idempotency-Key", "once")
	if again.Code != 201 || again.Header().Get(replayedHeader) != "true" || again.Body.String() != made.Body.String() {
		t.Errorf("sent again it is %d %s", again.Code, again.Body)
	}
	problemIn(t, f.do(t, secretariat, "POST", versions, nil, "If-Match", `"3"`), http.StatusConflict)

	m.Title, m.Version = "Second", 4
	s.meetings[aULID] = m
	for target, want := range map[string]string{
		versions + "/1?format=html":                                          "HTML of First",
		versions + "/draft?format=pdf":                                       "PDF of Second",
		versions + "/1/differences":                                          `{"from":"1","with":"draft","sections":[{"section":"title","parts":[{"change":"deleted","text":"First"},{"change":"inserted","text":"Second"}]}]}`,
		versions + "/draft/differences?with=1":                               `{"from":"draft","with":"1","sections":[{"section":"title","parts":[{"change":"deleted","text":"Second"},{"change":"inserted","text":"First"}]}]}`,
		versions + "?limit=1":                                                `"number":1`,
		versions + "/1?format=json":                                          `"version":1,"approvedAt":"2027-01-15T08:15:00Z"`,
		"/v1/meetings/" + aULID + "/concept-note?format=docx":                "DOCX of Second",
		"/v1/meetings/" + aULID + "/concept-note/versions/draft?format=json": `"title":"Second"`,
	} {
		if got := f.do(t, secretariat, "GET", target, nil); got.Code != 200 || !strings.Contains(got.Body.String(), want) {
			t.Errorf("%s: %d %s", target, got.Code, got.Body)
		}
	}
	official := csdn.Caller{Account: "ACCOUNT-9", Role: csdn.OfficialRole}
	read := f.do(t, official, "GET", "/v1/meetings/"+aULID+"/concept-note?format=html", nil)
	if read.Body.String() != "HTML of First" || !strings.Contains(read.Header().Get("Content-Disposition"), "concept-note-v1-2027-02-01-first.html") {
		t.Errorf("an official reads %s as %s", read.Body, read.Header())
	}
	for _, name := range []string{"2", "0", "x", "51"} {
		problemIn(t, f.do(t, secretariat, "GET", versions+"/"+name, nil), http.StatusNotFound)
		problemIn(t, f.do(t, secretariat, "GET", versions+"/1/differences?with="+name, nil), http.StatusNotFound)
	}
	problemIn(t, f.do(t, official, "GET", versions, nil), http.StatusForbidden)
}
