package document

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"flag"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"csdn.example/directory/shared/csdn"
)

var update = flag.Bool("update", false, "write the golden concept note anew")

func note(t *testing.T, m csdn.Meeting) *html.Node {
	t.Helper()
	page, err := ConceptNote(m, fourthPhase())
	if err != nil {
		t.Fatal(err)
	}
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// all returns the elements of the names in the order of the document.
func all(root *html.Node, names ...string) []*html.Node {
	var found []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && slices.Contains(names, n.Data) {
			found = append(found, n)
		}
	}
	return found
}

// text returns what n says, with white space as it is shown.
func text(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
		if d.Data == "br" || d.Data == "li" || d.Data == "p" {
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func texts(nodes []*html.Node) []string {
	list := []string{}
	for _, n := range nodes {
		list = append(list, text(n))
	}
	return list
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func TestConceptNoteGolden(t *testing.T) {
	got, err := ConceptNote(seedMeeting(t), fourthPhase())
	if err != nil {
		t.Fatal(err)
	}
	const golden = "testdata/conceptnote.html"
	if *update {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Error(diff)
	}
}

func TestConceptNoteFollowsTheSeed(t *testing.T) {
	root := note(t, seedMeeting(t))
	want := []string{
		"The EU Human Rights Due Diligence Policy for Security Sector Support: Gathering Civil Society Input",
		"Concept note", "Background", "Objectives", "Format", "Participants", "Language", "Draft Agenda",
		"Civil Society Dialogue Network",
	}
	if diff := cmp.Diff(want, texts(all(root, "h1", "h2", "h3", "h4", "h5", "h6"))); diff != "" {
		t.Error(diff)
	}
	page := text(all(root, "body")[0])
	at := 0
	for _, part := range []string{
		"Civil Society Dialogue Network Policy Meeting", want[0], "Wednesday 1 February 2023 (9.15-11.30 CET)",
		"Scotland House Conference Centre & Online Rond-Point Robert Schuman 6, 1040 Brussels", "Concept note", "Background",
		"Objectives", "Format", "under the Chatham House Rule.1 It is held", "Participants", "About 25-30", "Language",
		"The discussions will be held in English.", "1 Participants are free to use", "Draft Agenda",
		"09.15 – 09.30 Registration and welcome breakfast", "09.30 – 09.40 Opening remarks European External Action Service EPLO",
		"10.00 – 11.20 Interactive exchange", "Risks seen", "The following questions (and others) may be discussed:",
		"Which risks", "11.30 – 11.45 Coffee and tea", "is a mechanism for dialogue between civil society and EU policy-makers",
		"co-financed by the European Union (Instrument contributing to Stability and Peace).",
		"The fourth phase of the CSDN runs from 2020 to 2023.",
	} {
		n := strings.Index(page[at:], part)
		if n < 0 {
			t.Fatalf("%q is missing, or not in its place, in %s", part, page)
		}
		at += n
	}
}

func TestConceptNoteTellsNoSecret(t *testing.T) {
	for _, mode := range csdn.Modes() {
		m := seedMeeting(t)
		m.Mode = mode
		page, err := ConceptNote(m, fourthPhase())
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range []string{secretURL, "online.example", secretPlanner} {
			if bytes.Contains(page, []byte(secret)) {
				t.Errorf("the note of a meeting that is %s tells %s", mode, secret)
			}
		}
	}
}

func TestAddressIsOfThoseWhoMeetInPerson(t *testing.T) {
	for mode, want := range map[csdn.Mode]bool{csdn.InPerson: true, csdn.Hybrid: true, csdn.Online: false} {
		m := seedMeeting(t)
		m.Mode = mode
		if got := strings.Contains(text(note(t, m)), m.Venue.Address); got != want {
			t.Errorf("%s: address told %v, want %v", mode, got, want)
		}
	}
}

func TestConceptNoteStandsAlone(t *testing.T) {
	root := note(t, seedMeeting(t))
	if found := all(root, "script", "link", "img", "iframe", "object", "embed", "form"); len(found) > 0 {
		t.Errorf("the note has a %s", found[0].Data)
	}
	style := all(root, "style")[0].FirstChild.Data
	if loads := regexp.MustCompile(`url\(|@import|</`).FindString(style); loads != "" {
		t.Errorf("the style has %q", loads)
	}
	sum := sha256.Sum256([]byte(style))
	if want := "sha256-" + base64.StdEncoding.EncodeToString(sum[:]); ConceptNoteStyleHash() != want {
		t.Errorf("hash %s, want %s", ConceptNoteStyleHash(), want)
	}
	for n := range root.Descendants() {
		if attribute(n, "style") != "" {
			t.Errorf("%s has a style that the policy forbids", n.Data)
		}
	}
}

func TestConceptNoteIsAccessible(t *testing.T) {
	root := note(t, seedMeeting(t))
	if lang := attribute(all(root, "html")[0], "lang"); lang != "en" {
		t.Errorf("lang %q", lang)
	}
	scopes := map[string]int{}
	for _, th := range all(root, "th") {
		scopes[attribute(th, "scope")]++
	}
	if diff := cmp.Diff(map[string]int{"col": 2, "row": 6}, scopes); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"All times are in CET."}, texts(all(root, "caption"))); diff != "" {
		t.Error(diff)
	}
	ids := map[string]int{}
	for n := range root.Descendants() {
		if id := attribute(n, "id"); id != "" {
			ids[id]++
		}
	}
	for id, n := range ids {
		if n > 1 {
			t.Errorf("%d elements have the id %s", n, id)
		}
	}
	for _, n := range append(all(root, "a"), all(root, "section")...) {
		target := strings.TrimPrefix(attribute(n, "href"), "#") + attribute(n, "aria-labelledby")
		if !strings.HasPrefix(target, "https://") && ids[target] == 0 {
			t.Errorf("a %s points to %q, which is not there", n.Data, target)
		}
	}
}

func TestEmptySectionsAreLeftOut(t *testing.T) {
	m := seedMeeting(t)
	m.Background, m.Objectives, m.Format, m.Participants, m.Agenda = "", " \n", "<!-- nothing -->", "[](https://a.example)", nil
	m.Rule = csdn.OpenRule
	m.Venue = csdn.Venue{}
	m.Mode = csdn.InPerson
	root := note(t, m)
	want := []string{"Concept note", "Language", "Civil Society Dialogue Network"}
	if diff := cmp.Diff(want, texts(all(root, "h2", "h3"))); diff != "" {
		t.Error(diff)
	}
	for _, n := range all(root, "p", "div", "ul", "table") {
		if text(n) == "" {
			t.Errorf("an empty %s is left", n.Data)
		}
	}
}

func TestConceptNoteInFrench(t *testing.T) {
	m := seedMeeting(t)
	m.Language, m.Type, m.Format = "fr", "training-seminar", "Une table ronde selon la règle de Chatham House, en deux heures."
	root := note(t, m)
	if lang := attribute(all(root, "html")[0], "lang"); lang != "fr" {
		t.Errorf("lang %q", lang)
	}
	want := []string{
		"Note conceptuelle", "Contexte", "Objectifs", "Format", "Participants", "Langue", "Projet d’ordre du jour",
		"Civil Society Dialogue Network",
	}
	if diff := cmp.Diff(want, texts(all(root, "h2", "h3"))); diff != "" {
		t.Error(diff)
	}
	page := text(all(root, "body")[0])
	for _, part := range []string{
		"Civil Society Dialogue Network – Séminaire de formation", "Mercredi 1er février 2023 (9h15-11h30 CET)",
		"Scotland House Conference Centre et en ligne", "règle de Chatham House1, en", "Les discussions se tiendront en français.",
		"1 Les participants sont libres", "09h15 – 09h30", "La quatrième phase du CSDN s’étend de 2020 à 2023.",
	} {
		if !strings.Contains(page, part) {
			t.Errorf("%q is missing in %s", part, page)
		}
	}
	for _, english := range []string{"Background", "The ", "February", "Online", "All times", "Back to"} {
		if strings.Contains(strings.ReplaceAll(page, m.Title, ""), english) && !strings.Contains(m.Background, english) {
			t.Errorf("%q is left in the French note", english)
		}
	}
}

func TestTextsInAnotherLanguageAreMarked(t *testing.T) {
	m := seedMeeting(t)
	m.Language = "ar"
	root := note(t, m)
	if lang := attribute(all(root, "html")[0], "lang"); lang != "en" {
		t.Errorf("lang %q, and the headings are English", lang)
	}
	marked := append(append(all(root, "h1"), all(root, "td")...), all(root, "div")...)
	for _, n := range marked {
		if attribute(n, "lang") != "ar" || attribute(n, "dir") != "auto" {
			t.Errorf("%s %q is not marked as Arabic", n.Data, text(n))
		}
	}
	if page := text(root); !strings.Contains(page, "The discussions will be held in Arabic.") {
		t.Errorf("no Arabic in %s", page)
	}
}
