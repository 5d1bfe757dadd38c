package e2e

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestAPastMeetingIsRecordedWhole enters a meeting of the past from its making to its closing: it counts in the report of its phase, by
// what the list calls its type, which is retired by then; and nobody is written to.
func TestAPastMeetingIsRecordedWhole(t *testing.T) {
	h := start(t)
	type report struct {
		Attended, Accepted, Invited struct{ Total int }
		Meetings                    struct{ ByType map[string]int }
	}
	before, after := report{}, report{}
	h.planner.get(t, "/v1/phases/5/report").is(t, 200).into(t, &before)
	var m struct{ ID string }
	h.planner.post(t, "/v1/meetings", map[string]any{
		"phase": 5, "type": "training-seminar", "title": "A seminar of the past", "mode": "hybrid", "areas": []string{"mediation"},
		"start": "2024-03-05T09:00", "end": "2024-03-05T12:00", "seats": map[string]int{"inPerson": 5},
	}).is(t, 201).into(t, &m)
	path := "/v1/meetings/" + m.ID
	var ids []string
	for _, p := range all[person](t, h.secretariat, "/v1/people?category=civil-society", "10")[:8] {
		ids = append(ids, p.ID)
	}
	record := func(status string, people ...string) answer {
		return h.planner.post(t, path+"/invitations/record", map[string]any{"people": people, "status": status})
	}
	record("attended", ids...).is(t, 409) // as long as it is a draft
	h.planner.post(t, path+"/open", nil).is(t, 200)
	h.planner.post(t, path+"/invitations", map[string]any{"people": ids}).is(t, 409)
	record("attended", ids...).is(t, 409) // there are five seats
	record("attended", ids[:4]...).is(t, 201)
	record("absent", ids[4]).is(t, 201)
	record("declined", ids[5:]...).is(t, 201)
	record("invited", ids[0]).is(t, 422)
	h.planner.post(t, path+"/hold", nil).is(t, 200)
	h.planner.post(t, path+"/invitations/"+ids[4]+"/attendance", map[string]string{"status": "attended"}).is(t, 200)
	h.planner.post(t, path+"/close", nil).is(t, 200)
	h.planner.get(t, "/v1/phases/5/report").is(t, 200).into(t, &after)
	if after.Attended.Total-before.Attended.Total != 5 || after.Invited.Total-before.Invited.Total != 8 || after.Meetings.ByType["training-seminar"] != before.Meetings.ByType["training-seminar"]+1 {
		t.Errorf("the report was %+v and is %+v", before, after)
	}
	h.retiresSeminars(t, "Seminar of Old")
	for format, want := range map[string]string{"csv": "meetings,training-seminar,Seminar of Old,Meetings,", "html": `<th scope="row">Seminar of Old</th>`} {
		if got := h.official.get(t, "/v1/phases/5/report?format="+format).is(t, 200); !strings.Contains(string(got.body), want) {
			t.Errorf("the report as %s does not tell %s: %s", format, want, got.body)
		}
	}
	book, err := excelize.OpenReader(bytes.NewReader(h.official.get(t, "/v1/phases/5/report?format=xlsx").is(t, 200).body))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if found, err := book.SearchSheet("Meetings", "Seminar of Old"); err != nil || len(found) != 1 {
		t.Errorf("the workbook names the type at %v (%v)", found, err)
	}
	page := h.anonymous.get(t, "/phases/5", "Cookie", h.visitor(t, "official@demo.example")).is(t, 200)
	if !strings.Contains(string(page.body), "Seminar of Old") {
		t.Errorf("the page of the phase does not name the type: %s", page.body)
	}
	var mails []any
	if h.anonymous.get(t, "/local/mailbox.json").is(t, 200).into(t, &mails); len(mails) > 0 {
		t.Errorf("%d mails were sent", len(mails))
	}
}

// retiresSeminars has the secretariat rename the type of seminars, and retire it.
func (h house) retiresSeminars(t *testing.T, name string) {
	t.Helper()
	const path = "/v1/meeting-types/training-seminar"
	tag := h.secretariat.get(t, path).is(t, 200).etag()
	h.secretariat.ask(t, "PUT", path, map[string]any{"label": map[string]string{"en": name, "fr": name}, "retired": true}, "If-Match", tag).is(t, 200)
}
