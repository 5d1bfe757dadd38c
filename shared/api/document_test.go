package api

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
)

func TestTheFormThatIsPreferred(t *testing.T) {
	forms := []form{{format: "html", media: mediaHTML}, {format: "pdf", media: mediaPDF}, {format: "json", media: jsonType}}
	for accept, want := range map[string]string{
		"":                                  "html",
		"*/*":                               "html",
		"application/pdf":                   "pdf",
		"APPLICATION/PDF":                   "pdf",
		"image/png":                         "html",
		"application/json, text/html":       "html", // as good: the first that is offered
		"application/json, text/html;q=0.9": "json",
		"text/html;q=0.1, application/pdf;q=0.2, application/json;q=0.15":            "pdf",
		"text/*;q=0.5, application/*":                                                "pdf",
		"application/*, application/pdf;q=0":                                         "json",
		"*/*;q=0.5, application/json;q=0.6":                                          "json",
		"*/*, text/html;q=0":                                                         "pdf",
		"text/html;q=0, application/pdf;q=0":                                         "html",
		"application/pdf;q=2, application/json;q=0.1":                                "json",
		"application/pdf;q=x, ;;,, application/json;q=0.1":                           "json",
		"text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8": "html",
	} {
		if got := choose("", accept, forms); got.format != want {
			t.Errorf("%q gives %s, want %s", accept, got.format, want)
		}
	}
	if got := choose("json", "text/html", forms); got.format != "json" {
		t.Errorf("the format loses against Accept: %s", got.format)
	}
}

func TestNamesOfFiles(t *testing.T) {
	day := time.Date(2023, 2, 1, 9, 15, 0, 0, time.FixedZone("", 3600))
	for title, want := range map[string]string{
		"Peace & Security":        "concept-note-2023-02-01-peace-security",
		"Société civile à l’été":  "concept-note-2023-02-01-societe-civile-a-l-ete",
		"سياسة":                   "concept-note-2023-02-01",
		"EU سياسة 2030":           "concept-note-2023-02-01-eu-2030",
		"../../etc/passwd\"; x=1": "concept-note-2023-02-01-etc-passwd-x-1",
		"The EU Human Rights Due Diligence Policy for Security Sector Support: Gathering Civil Society Input": "concept-note-2023-02-01-the-eu-human-rights-due-diligence-policy-for-security-sector",
		strings.Repeat("a", 70): "concept-note-2023-02-01-" + strings.Repeat("a", 60),
	} {
		if got := fileName("concept-note", day, title); got != want {
			t.Errorf("%q gives %s, want %s", title, got, want)
		}
	}
}

func TestDocumentsAreHandedOut(t *testing.T) {
	s := newShelf()
	s.phases[4] = csdn.Phase{Number: 4, PhaseProfile: csdn.PhaseProfile{Label: "Fourth", From: 2020, To: 2023}}
	s.areas["ssr"] = csdn.Area{Slug: "ssr", AreaProfile: csdn.AreaProfile{LabelEN: "Security"}}
	start, err := csdn.ParseLocalTime("2023-02-01T00:15")
	must(t, err)
	s.meetings[aULID] = csdn.Meeting{ID: aULID, Status: csdn.MeetingOpen, MeetingProfile: csdn.MeetingProfile{
		Phase: 4, Title: "Peace now", Start: start, End: start, Zone: "Europe/Brussels",
	}}
	f := newFace(s)
	note, report := "/v1/meetings/"+aULID+"/concept-note", "/v1/phases/4/report"
	const style = "style-src 'sha256-style'"
	for _, tt := range []struct{ target, accept, media, disposition, policy, body string }{
		{note, "", mediaHTML, "inline; filename=concept-note-2023-02-01-peace-now.html", style, "HTML of Peace now"},
		{note, "image/png", mediaHTML, "inline; filename=concept-note-2023-02-01-peace-now.html", style, "HTML of Peace now"},
		{note, mediaPDF + ", text/html;q=0.5", mediaPDF, "inline; filename=concept-note-2023-02-01-peace-now.pdf", "default-src 'none'", "PDF of Peace now"},
		{note + "?format=docx", "text/html", mediaDOCX, "attachment; filename=concept-note-2023-02-01-peace-now.docx", "default-src 'none'", "DOCX of Peace now"},
		{note + "?format=json", "", jsonType, "inline; filename=concept-note-2023-02-01-peace-now.json", "default-src 'none'", `"title":"Peace now"`},
		{report, "", jsonType, "inline; filename=phase-4-report.json", "default-src 'none'", `"label":"Fourth"`},
		{report, "text/html", mediaHTML, "inline; filename=phase-4-report.html", "style-src 'sha256-report'", "HTML of Fourth on Security at a Training Seminar"},
		{report, "text/csv", mediaCSV, "attachment; filename=phase-4-report.csv", "default-src 'none'", "CSV of Fourth on Security at a Training Seminar"},
		{report + "?format=xlsx", "", mediaXLSX, "attachment; filename=phase-4-report.xlsx", "default-src 'none'", "XLSX of Fourth on Security at a Training Seminar"},
	} {
		answer := f.do(t, secretariat, http.MethodGet, tt.target, nil, "Accept", tt.accept)
		if answer.Code != http.StatusOK {
			t.Errorf("%s %s: %d %s", tt.target, tt.accept, answer.Code, answer.Body)
			continue
		}
		h := answer.Header()
		if h.Get("Content-Type") != tt.media || h.Get("Content-Disposition") != tt.disposition || h.Get("Vary") != "Accept" {
			t.Errorf("%s %s: %v", tt.target, tt.accept, h)
		}
		if !strings.Contains(h.Get("Content-Security-Policy"), tt.policy) {
			t.Errorf("%s has the policy %s", tt.target, h.Get("Content-Security-Policy"))
		}
		if !strings.Contains(answer.Body.String(), tt.body) {
			t.Errorf("%s %s: %s", tt.target, tt.accept, answer.Body)
		}
		if tt.media == jsonType && !json.Valid(answer.Body.Bytes()) {
			t.Errorf("%s is no JSON: %s", tt.target, answer.Body)
		}
	}
	for _, target := range []string{note + "?format=odt", report + "?format=pdf"} {
		problemIn(t, f.do(t, secretariat, http.MethodGet, target, nil), http.StatusUnprocessableEntity)
	}
}
