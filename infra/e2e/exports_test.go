package e2e

import (
	"bytes"
	"encoding/csv"
	"mime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"csdn.example/directory/infra/seed/demo"
)

// TestExports takes the demo data out in every form through the whole system, which carries a workbook as text on its way.
func TestExports(t *testing.T) {
	h := start(t)
	for _, tt := range []struct{ path, accept, media, begins, ends, name string }{
		{"organisations", "text/csv", "text/csv; charset=utf-8", "\ufeffid,name,shortName,", "\r\n", ".csv"},
		{"organisations?format=xlsx", "", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "PK\x03\x04", "", ".xlsx"},
		{"organisations", "", "application/json", `{"items":[`, "]}", ".json"},
		{"organisations?format=hsds", "", "application/json", `{"total_items":`, "]}\n", ".hsds.json"},
		{"organisations", "application/ld+json", "application/ld+json", `{"@context":{`, "]}\n", ".jsonld"},
		{"people", "text/csv", "text/csv; charset=utf-8", "\ufeffid,name,", "\r\n", ".csv"},
		{"people?format=xlsx", "", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "PK\x03\x04", "", ".xlsx"},
		{"people", "", "application/json", `{"items":[`, "]}", ".json"},
		{"people", "text/vcard", "text/vcard; charset=utf-8", "BEGIN:VCARD\r\n", "END:VCARD\r\n", ".vcf"},
	} {
		for _, c := range []client{h.secretariat, h.planner} {
			got := c.get(t, "/v1/exports/"+tt.path, "Accept", tt.accept).is(t, 200)
			if got.header.Get("Content-Type") != tt.media || got.header.Get("Vary") != "Accept" {
				t.Errorf("%s: %v", got.asked, got.header)
			}
			if !bytes.HasPrefix(got.body, []byte(tt.begins)) || !bytes.HasSuffix(got.body, []byte(tt.ends)) {
				t.Errorf("%s: %d bytes that begin %.40q", got.asked, len(got.body), got.body)
			}
			if _, named, err := mime.ParseMediaType(got.header.Get("Content-Disposition")); err != nil || !strings.HasSuffix(named["filename"], tt.name) {
				t.Errorf("%s is to be saved as %v: %v", got.asked, named, err)
			}
		}
	}
	for _, c := range []client{h.organisation, h.official} {
		c.get(t, "/v1/exports/people").is(t, 403)
		c.get(t, "/v1/exports/organisations").is(t, 403)
	}
	h.anonymous.get(t, "/v1/exports/people").is(t, 401)
	t.Run("they are the match of the search", func(t *testing.T) { exportsAreTheMatch(t, h) })
	t.Run("a planner has no addresses", func(t *testing.T) { noAddresses(t, h) })
	t.Run("a meeting for the calendar", func(t *testing.T) { meetingForTheCalendar(t, h) })
}

// column returns the cells of a column of an export as CSV.
func column(t *testing.T, c client, path, name string) []string {
	t.Helper()
	got := c.get(t, path, "Accept", "text/csv").is(t, 200)
	table, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(got.body, []byte("\ufeff")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := slices.Index(table[0], name)
	if at < 0 {
		t.Fatalf("%s has the columns %v", path, table[0])
	}
	var cells []string
	for _, row := range table[1:] {
		cells = append(cells, row[at])
	}
	return cells
}

func exportsAreTheMatch(t *testing.T, h house) {
	type found struct{ ID string }
	for _, noun := range []string{"organisations", "people"} {
		for _, filter := range []string{"", "area=mediation&country=ML,NE", "q=dialogue", "phase=4", "region=002&language=fr", "country=KP"} {
			var want []string
			for _, one := range all[found](t, h.secretariat, "/v1/"+noun+"?"+filter, "100") {
				want = append(want, one.ID)
			}
			if diff := cmp.Diff(want, column(t, h.secretariat, "/v1/exports/"+noun+"?"+filter, "id")); diff != "" {
				t.Errorf("%s by %q (-search +export):\n%s", noun, filter, diff)
			}
		}
	}
}

func noAddresses(t *testing.T, h house) {
	for noun, formats := range map[string][]string{"organisations": {"csv", "json", "hsds", "jsonld"}, "people": {"csv", "json", "vcard"}} {
		addresses := column(t, h.secretariat, "/v1/exports/"+noun, "email")
		for _, format := range formats {
			got := h.planner.get(t, "/v1/exports/"+noun+"?format="+format).is(t, 200)
			for _, address := range addresses {
				if address != "" && strings.Contains(string(got.body), address) {
					t.Errorf("%s tells %s", got.asked, address)
				}
			}
		}
	}
}

func meetingForTheCalendar(t *testing.T, h house) {
	path := "/v1/meetings/" + openMeeting(t, h, string(demo.Planner))
	h.secretariat.patch(t, path, "*", map[string]any{"onlineUrl": "https://meet.example/room"}).is(t, 200)
	for _, c := range []client{h.secretariat, h.planner, h.official} {
		file, also := c.get(t, path+"/calendar.ics").is(t, 200), c.get(t, path, "Accept", "text/calendar").is(t, 200)
		text := string(file.body)
		if text != string(also.body) || !strings.HasPrefix(text, "BEGIN:VCALENDAR\r\n") || strings.Contains(text, "ATTENDEE") ||
			strings.Contains(text, "meet.example") != (c != h.official) {
			t.Errorf("%s: %s", file.asked, text)
		}
	}
	h.organisation.get(t, path+"/calendar.ics").is(t, 403)
}
