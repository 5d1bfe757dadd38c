package document

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

func TestPDFHoldsEveryFactInItsOrder(t *testing.T) {
	for name, m := range meetings(t) {
		file, err := ConceptNotePDF(m, fourthPhase())
		if err != nil {
			t.Fatal(err)
		}
		text := shown(command(t, "pdftotext", "-layout", saved(t, file), "-"))
		inOrder(t, name, text, facts(m))
		inOrder(t, name, strings.ReplaceAll(text, "org/ ", "org/"), footnote(m))
		for _, secret := range []string{secretURL, secretPlanner} {
			if strings.Contains(text, secret) || bytes.Contains(file, []byte(secret)) {
				t.Errorf("%s tells %s", name, secret)
			}
		}
	}
}

// TestPDFIsTagged reads the structure, which is what a screen reader tells.
func TestPDFIsTagged(t *testing.T) {
	for name, m := range meetings(t) {
		file, err := ConceptNotePDF(m, fourthPhase())
		if err != nil {
			t.Fatal(err)
		}
		told := command(t, "pdfinfo", "-struct-text", saved(t, file))
		if name == "arabic" { // its letters are told from left to right
			if !strings.Contains(told, "H1 (block)") || !strings.Contains(told, "LBody (block)") {
				t.Error(told)
			}
			continue
		}
		golden(t, "testdata/"+name+".pdf.txt", told)
	}
}

func TestPDFSaysWhatItIs(t *testing.T) {
	m := meetings(t)["french"]
	file, err := ConceptNotePDF(m, fourthPhase())
	if err != nil {
		t.Fatal(err)
	}
	name := saved(t, file)
	about := command(t, "pdfinfo", name)
	for _, line := range []string{
		"Title:           Note conceptuelle : " + m.Title, "Author:          Civil Society Dialogue Network", "Tagged:          yes",
		"JavaScript:      no", "Page size:       595.276 x 841.89 pts (A4)", "CreationDate:    Mon Jan  9",
	} {
		if !strings.Contains(about, line) {
			t.Errorf("%q is not in\n%s", line, about)
		}
	}
	if described := command(t, "pdfinfo", "-meta", name); !strings.Contains(described, "<rdf:li>fr</rdf:li>") || !strings.Contains(described, "<pdfuaid:part>1<") {
		t.Error(described)
	}
	if links := command(t, "pdfinfo", "-url", name); !strings.Contains(links, "https://plan.example/%C3%A7") || !strings.Contains(links, "chatham-house-rule") {
		t.Error(links)
	}
	for _, line := range strings.Split(command(t, "pdffonts", name), "\n")[2:] {
		if fields := strings.Fields(line); len(fields) > 5 && (fields[len(fields)-5] != "yes" || fields[len(fields)-3] != "yes") {
			t.Errorf("a font is not embedded, or without text: %s", line)
		}
	}
	again, err := ConceptNotePDF(m, fourthPhase())
	if err != nil || !bytes.Equal(file, again) {
		t.Errorf("the same note gives another file: %v", err)
	}
}

func TestALongNoteTurnsPages(t *testing.T) {
	m := seedMeeting(t)
	paragraph := strings.Repeat("Communities tell what they see, and those who decide listen to it. ", 12)
	m.Background = strings.Repeat(paragraph+"\n\n", 9)
	for n := range 40 {
		item := m.Agenda[0]
		item.Title = strings.Repeat("A long item of the agenda ", 3+n%5)
		m.Agenda = append(m.Agenda, item)
	}
	m.Agenda[3].Questions = slices.Repeat([]string{paragraph}, 8)
	file, err := ConceptNotePDF(m, fourthPhase())
	if err != nil {
		t.Fatal(err)
	}
	name := saved(t, file)
	inOrder(t, "a long note", shown(command(t, "pdftotext", name, "-")), []string{"Background", "Communities", "Draft Agenda", "Coffee and tea", "The fourth phase"})
	// The head of the table comes again on each of its pages, and is told once.
	if shown := strings.Count(command(t, "pdftotext", "-layout", name, "-"), "Time "); shown < 3 {
		t.Errorf("the head of the table is shown %d times", shown)
	}
	if told := strings.Count(command(t, "pdfinfo", "-struct-text", name), `"Time"`); told != 1 {
		t.Errorf("the head of the table is told %d times", told)
	}
}

// TestHostileTextsAreSetAsText sets what is meant to do harm as the text that it is.
func TestHostileTextsAreSetAsText(t *testing.T) {
	m := seedMeeting(t)
	evil := append(hostile(), `a) b\(c`, "]]>&amp;<w:p/>", "\u200b", "🕊️ 👩‍👩‍👧 한국어 \U000e0041")
	m.Title, m.Background, m.Objectives = evil[0], strings.Join(evil, "\n\n"), "# "+evil[1]+"\n\n> - "+evil[2]
	m.Agenda[1].By, m.Agenda[1].Points = evil[:10], evil[10:]
	file, err := ConceptNotePDF(m, fourthPhase())
	if err != nil {
		t.Fatal(err)
	}
	name := saved(t, file)
	if about := command(t, "pdfinfo", name); strings.Contains(about, "Error") || !strings.Contains(about, "JavaScript:      no") {
		t.Error(about)
	}
	text := shown(command(t, "pdftotext", "-layout", name, "-"))
	for _, wanted := range []string{`<script>alert(1)</script>`, `' onmouseover='alert(1)`, `a) b\(c`, "]]>&amp;<w:p/>", "한국어"} {
		if !strings.Contains(text, wanted) {
			t.Errorf("%q is not there: %s", wanted, text)
		}
	}
}
