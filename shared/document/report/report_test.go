package report

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/net/html"

	"csdn.example/directory/shared/csdn"
)

// full is the report of a phase with something in every count, and areas whose names mean harm.
func full() (csdn.Report, csdn.ReportNames) {
	rate := 0.84
	r := csdn.Report{
		Phase: csdn.Phase{Number: 4, PhaseProfile: csdn.PhaseProfile{Label: "Fourth phase", From: 2020, To: 2023,
			Instrument: "Instrument contributing to Stability and Peace"}},
		AsOf:         time.Date(2023, 3, 3, 9, 0, 0, 0, time.UTC),
		Meetings:     map[csdn.MeetingType]int{"policy-meeting": 9, "training-seminar": 2},
		Invited:      csdn.Tally{Total: 310, ByCategory: map[csdn.Category]int{"civil-society": 180, "eu-institution": 90, "academic": 5}},
		Accepted:     csdn.Tally{Total: 201, ByCategory: map[csdn.Category]int{"civil-society": 120, "eu-institution": 60, "academic": 3}},
		Attended:     csdn.Tally{Total: 187, ByCategory: map[csdn.Category]int{"civil-society": 110, "eu-institution": 55}},
		ResponseRate: &rate, Organisations: 74,
		Countries: map[csdn.Country]int{"ML": 31, "BE": 62, "CI": 8},
		Areas:     map[csdn.AreaSlug]int{"ssr": 44, "gender": 70, "evil": 3, "unnamed": 12},

		Recommendations: csdn.RecommendationTally{Published: 12, Answered: 7},
	}
	return r, csdn.ReportNames{
		Types: map[csdn.MeetingType]string{"policy-meeting": "Policy Round Table"},
		Areas: map[csdn.AreaSlug]string{"ssr": "Security sector reform", "gender": "Gender, peace & security", "evil": `=1+1"<script>`},
	}
}

func page(t *testing.T, r csdn.Report, names csdn.ReportNames) *html.Node {
	t.Helper()
	text, err := HTML(r, names)
	if err != nil {
		t.Fatal(err)
	}
	root, err := html.Parse(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return root
}

func all(root *html.Node, names ...string) []*html.Node {
	var found []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && slices.Contains(names, n.Data) {
			found = append(found, n)
		}
	}
	return found
}

func text(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data + " ")
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func TestEveryChartHasATableThatSaysTheSame(t *testing.T) {
	r, names := full()
	root := page(t, r, names)
	sections := all(root, "section")[1:]
	if len(sections) != 4 {
		t.Fatalf("%d breakdowns", len(sections))
	}
	for _, s := range sections {
		drawings, tables := all(s, "svg"), all(s, "table")
		if len(drawings) != 1 || len(tables) != 1 || len(all(s, "figure")) != 1 || len(all(s, "figcaption")) != 1 {
			t.Fatalf("%s has %d charts and %d tables", attribute(s, "aria-labelledby"), len(drawings), len(tables))
		}
		svg := drawings[0]
		if attribute(svg, "role") != "img" {
			t.Errorf("a chart is %q to a screen reader", attribute(svg, "role"))
		}
		says := text(all(svg, "desc")[0])
		for _, id := range strings.Fields(attribute(svg, "aria-labelledby")) {
			if !slices.ContainsFunc(all(svg, "title", "desc"), func(n *html.Node) bool { return attribute(n, "id") == id && text(n) != "" }) {
				t.Errorf("nothing in the chart is called %s", id)
			}
		}
		for _, tr := range all(all(tables[0], "tbody")[0], "tr") {
			name := text(all(tr, "th")[0])
			at := strings.Index(says, name+": ")
			if at < 0 {
				t.Fatalf("the chart does not tell of %s: %s", name, says)
			}
			told, _, _ := strings.Cut(says[at:], ";")
			for _, td := range all(tr, "td") {
				if !strings.Contains(told, text(td)) {
					t.Errorf("the table says %s of %s, the chart %s", text(td), name, told)
				}
			}
		}
	}
}

func TestTheReportTellsItsNumbers(t *testing.T) {
	r, names := full()
	root := page(t, r, names)
	body := text(all(root, "body")[0])
	at := 0
	for _, part := range []string{
		"Civil Society Dialogue Network, phase 4 (2020–2023): what it came to", "As of Friday 3 March 2023",
		"Instrument contributing to Stability and Peace", "Meetings held and closed 11", "Invitations sent 310", "Accepted 201",
		"Attended 187", "Organisations taking part 74", "Recommendations published 12", "Recommendations answered 7", "Invitations answered 84%", Suppression,
		"Policy Round Table 9", "Training seminar 2", "Civil society 180 120 110", "EU institution 90 60 55", "Academic 5 3 –",
		"Belgium 62", "Mali 31", "Gender, peace & security 70", "Security sector reform 44", "unnamed 12",
	} {
		found := strings.Index(body[at:], part)
		if found < 0 {
			t.Fatalf("%q is not there, or out of its order: %s", part, body[at:])
		}
		at += found
	}
}

func TestThePageLoadsAndRunsNothing(t *testing.T) {
	r, names := full()
	root := page(t, r, names)
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if slices.Contains([]string{"script", "link", "img", "iframe", "object", "a"}, n.Data) {
			t.Errorf("there is a %s", n.Data)
		}
		for _, a := range n.Attr {
			if a.Key == "style" || a.Key == "src" || a.Key == "href" || strings.HasPrefix(a.Key, "on") {
				t.Errorf("%s has %s=%q", n.Data, a.Key, a.Val)
			}
		}
	}
	if style := all(root, "style")[0].FirstChild.Data; style != reportCSS {
		t.Error("the style is not the one that StyleHash permits")
	}
	if strings.Contains(reportCSS, "url(") || strings.Contains(reportCSS, "@import") {
		t.Error("the style loads something")
	}
}

func TestAPhaseWithoutClosedMeetings(t *testing.T) {
	r := csdn.NewReport(csdn.Phase{Number: 5, PhaseProfile: csdn.PhaseProfile{From: 2024, To: 2027}}, nil)
	root := page(t, r, csdn.ReportNames{})
	if n := len(all(root, "svg", "table", "figure")); n != 0 {
		t.Errorf("%d charts and tables of nothing", n)
	}
	if body := text(root); !strings.Contains(body, "No meeting of the phase is closed yet.") || strings.Count(body, "Nothing can be told yet.") != 4 {
		t.Error(body)
	}
	if _, err := XLSX(r, csdn.ReportNames{}); err != nil {
		t.Error(err)
	}
}

func TestCSV(t *testing.T) {
	r, names := full()
	file, err := CSV(r, names)
	if err != nil {
		t.Fatal(err)
	}
	got, err := csv.NewReader(bytes.NewReader(file)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"breakdown", "code", "name", "measure", "count"},
		{"summary", "", "", "Meetings held and closed", "11"},
		{"summary", "", "", "Invitations sent", "310"},
		{"summary", "", "", "Accepted", "201"},
		{"summary", "", "", "Attended", "187"},
		{"summary", "", "", "Organisations taking part", "74"},
		{"summary", "", "", "Recommendations published", "12"},
		{"summary", "", "", "Recommendations answered", "7"},
		{"summary", "", "", "Invitations answered", "0.84"},
		{"meetings", "policy-meeting", "Policy Round Table", "Meetings", "9"},
		{"meetings", "training-seminar", "Training seminar", "Meetings", "2"},
		{"participation", "civil-society", "Civil society", "Invited", "180"},
		{"participation", "civil-society", "Civil society", "Accepted", "120"},
		{"participation", "civil-society", "Civil society", "Attended", "110"},
		{"participation", "eu-institution", "EU institution", "Invited", "90"},
		{"participation", "eu-institution", "EU institution", "Accepted", "60"},
		{"participation", "eu-institution", "EU institution", "Attended", "55"},
		{"participation", "academic", "Academic", "Invited", "5"},
		{"participation", "academic", "Academic", "Accepted", "3"},
		{"countries", "BE", "Belgium", "Participants", "62"},
		{"countries", "ML", "Mali", "Participants", "31"},
		{"countries", "CI", "Côte d’Ivoire", "Participants", "8"},
		{"areas", "gender", "Gender, peace & security", "Participants", "70"},
		{"areas", "ssr", "Security sector reform", "Participants", "44"},
		{"areas", "unnamed", "unnamed", "Participants", "12"},
		{"areas", "evil", `'=1+1"<script>`, "Participants", "3"},
		{"note", "", Suppression, "", ""},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestNoCellOfTheCSVIsAFormula(t *testing.T) {
	for text, want := range map[string]string{
		"=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@a": "'@a", "\t=1": "'\t=1", "\r=1": "'\r=1", "  =1": "'  =1", "a=1": "a=1", "": "",
	} {
		if got := harmless(text); got != want {
			t.Errorf("%q becomes %q", text, got)
		}
	}
}

func TestXLSX(t *testing.T) {
	r, names := full()
	file, err := XLSX(r, names)
	if err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = book.Close() }()
	got := map[string][][]string{}
	for _, name := range book.GetSheetList() {
		rows, err := book.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		got[name] = rows
	}
	want := map[string][][]string{
		"Phase": {
			{"Civil Society Dialogue Network, phase 4 (2020–2023): what it came to"},
			{"As of Friday 3 March 2023, over the meetings closed by then."}, nil,
			{"Indicator", "Value"}, {"Meetings held and closed", "11"}, {"Invitations sent", "310"}, {"Accepted", "201"},
			{"Attended", "187"}, {"Organisations taking part", "74"},
			{"Recommendations published", "12"}, {"Recommendations answered", "7"}, {"Invitations answered", "84%"}, nil, {Suppression},
		},
		"Meetings": {{"Type", "Code", "Meetings"}, {"Policy Round Table", "policy-meeting", "9"}, {"Training seminar", "training-seminar", "2"}},
		"Participation": {
			{"Category", "Code", "Invited", "Accepted", "Attended"}, {"Civil society", "civil-society", "180", "120", "110"},
			{"EU institution", "eu-institution", "90", "60", "55"}, {"Academic", "academic", "5", "3", "–"},
		},
		"Countries": {{"Country", "Code", "Participants"}, {"Belgium", "BE", "62"}, {"Mali", "ML", "31"}, {"Côte d’Ivoire", "CI", "8"}},
		"Areas": {
			{"Area", "Code", "Participants"}, {"Gender, peace & security", "gender", "70"}, {"Security sector reform", "ssr", "44"},
			{"unnamed", "unnamed", "12"}, {`=1+1"<script>`, "evil", "3"},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if formula, err := book.GetCellFormula("Areas", "A5"); err != nil || formula != "" {
		t.Errorf("the name of an area is the formula %q: %v", formula, err)
	}
	if kind, err := book.GetCellType("Countries", "C2"); err != nil || kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
		t.Errorf("a count is no number but of type %v: %v", kind, err)
	}
}

func TestManyCountriesAreDrawnInPartAndListedWhole(t *testing.T) {
	r, names := full()
	r.Countries = map[csdn.Country]int{}
	for n, c := range []csdn.Country{"AF", "AL", "AM", "AZ", "BA", "BE", "BF", "CD", "CF", "CM", "CO", "ET", "GE", "IQ", "KE", "LB", "LY", "ML", "NE", "NG"} {
		r.Countries[c] = n + 3
	}
	section := all(page(t, r, names), "section")[3]
	if bars := len(all(section, "rect")); bars != 15 {
		t.Errorf("%d bars", bars)
	}
	if rows := len(all(section, "tr")); rows != 21 {
		t.Errorf("%d rows", rows)
	}
	if says := text(all(section, "desc")[0]); !strings.HasSuffix(says, "The table has all 20.") {
		t.Error(says)
	}
}
