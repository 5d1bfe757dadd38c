package document

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"csdn.example/directory/shared/csdn"
)

// frenchMeeting is a meeting held in French.
func frenchMeeting(t *testing.T) csdn.Meeting {
	m := seedMeeting(t)
	m.Language, m.Title = "fr", "Société civile et sécurité : l’œuvre inachevée des forces à Łódź"
	m.Background = "L’Union européenne prépare une **politique de diligence** – naïve ou non –, voir le [plan](https://plan.example/ç)."
	m.Objectives = "1. Écouter ;\n2. conclure."
	m.Format = "Une table ronde, selon la règle de Chatham House."
	m.Agenda[1].Title, m.Agenda[3].Questions = "Mots d’ouverture", []string{"Où en sont les communautés ?"}
	return m
}

// arabicMeeting is a meeting held in Arabic.
func arabicMeeting(t *testing.T) csdn.Meeting {
	m := seedMeeting(t)
	m.Language, m.Title = "ar", "المجتمع المدني والسلام في اليمن"
	m.Background = "يلتقي الخبراء في بروكسل من أجل السلام."
	m.Objectives = "- حماية المدنيين\n- حقوق الإنسان"
	m.Agenda[1].Title = "كلمات افتتاحية"
	m.Agenda[3].Questions = []string{"ما الذي تحتاج إليه المجتمعات المحلية؟"}
	return m
}

// facts are what the documents of a meeting say, in their order.
func facts(m csdn.Meeting) []string {
	var list []string
	add := func(more ...string) { list = append(list, more...) }
	switch m.Language {
	case "fr":
		add("Civil Society Dialogue Network – Réunion sur les politiques", "Société civile et sécurité : l’œuvre inachevée des forces à Łódź",
			"Mercredi 1er février 2023 (9h15-11h30 CET)", "Scotland House Conference Centre et en ligne", "Note conceptuelle", "Contexte",
			"L’Union européenne prépare une politique de diligence – naïve ou non –, voir le plan.", "Objectifs", "1.", "Écouter ;", "2.",
			"conclure.", "Format", "selon la règle de Chatham House.", "Participants", "Langue", "Les discussions se tiendront en français.",
			"Projet d’ordre du jour", "Heure", "Point", "09h15 – 09h30", "Mots d’ouverture", "10h00 – 11h20",
			"Les questions suivantes, parmi d’autres, pourront être abordées :", "Où en sont les communautés ?", "La quatrième phase du CSDN s’étend de 2020 à 2023.")
	case "ar":
		add("Civil Society Dialogue Network Policy Meeting", "المجتمع المدني والسلام في اليمن", "Wednesday 1 February 2023 (9.15-11.30 CET)",
			"Background", "يلتقي الخبراء في بروكسل من أجل السلام", "Objectives", "حماية المدنيين", "حقوق الإنسان", "Format",
			"The discussions will be held in Arabic.", "Draft Agenda", "09.30 – 09.40", "كلمات افتتاحية", "10.00 – 11.20",
			"ما الذي تحتاج إليه المجتمعات المحلية؟", "The fourth phase of the CSDN runs from 2020 to 2023.")
	default:
		add("Civil Society Dialogue Network Policy Meeting",
			"The EU Human Rights Due Diligence Policy for Security Sector Support: Gathering Civil Society Input",
			"Wednesday 1 February 2023 (9.15-11.30 CET)", "Scotland House Conference Centre & Online", "Rond-Point Robert Schuman 6, 1040 Brussels",
			"Concept note", "Background", "The EU is preparing a due diligence policy (HRDDP), as its Action Plan foresees.",
			"It asks those who work with communities what they see.", "Objectives", "The meeting gathers advice on:", "risks to human rights;",
			"ways to prevent them.", "Format", "It is a facilitated round table under the Chatham House Rule.", "It is held in the room and online, for two hours.",
			"Participants", "About 25-30 participants, of whom about 10-15 are civil society experts.", "Language", "The discussions will be held in English.",
			"Draft Agenda", "All times are in CET.", "Time", "Item", "09.15 – 09.30", "Registration and welcome breakfast", "09.30 – 09.40",
			"Opening remarks", "European External Action Service", "EPLO", "09.40 – 10.00", "Presentation of the draft HRDDP", "10.00 – 11.20",
			"Interactive exchange with civil society on the draft HRDDP", "Risks seen from the communities", "Tools for those who decide",
			"The following questions (and others) may be discussed:", "Which risks do communities meet most when security forces are supported?",
			"What should be assessed before, during & after such support?", "11.20 – 11.30", "Closing remarks", "European External Action Service", "EPLO",
			"11.30 – 11.45", "Coffee and tea", "Civil Society Dialogue Network", "(Instrument contributing to Stability and Peace)",
			"European Peacebuilding Liaison Office (EPLO)", "The fourth phase of the CSDN runs from 2020 to 2023.")
	}
	return list
}

// footnote is how the footnote begins and where it leads, of which only the language is the meeting's.
func footnote(m csdn.Meeting) []string {
	if m.Language == "fr" {
		return []string{"Les participants sont libres d’utiliser les informations reçues", "https://www.chathamhouse.org/chatham-house-rule"}
	}
	return []string{"Participants are free to use the information received", "https://www.chathamhouse.org/chatham-house-rule"}
}

func inOrder(t *testing.T, kind, text string, facts []string) {
	t.Helper()
	at := 0
	for _, fact := range facts {
		found := strings.Index(text[at:], fact)
		if found < 0 {
			t.Fatalf("%s: %q is not there, or out of its order, in %s", kind, fact, text[at:])
		}
		at += found + len(fact)
	}
}

func command(t *testing.T, name string, arguments ...string) string {
	t.Helper()
	output, err := exec.CommandContext(t.Context(), name, arguments...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v: %s; make tools installs what is missing", name, err, output)
	}
	return string(output)
}

// saved returns the name of a file with the content.
func saved(t *testing.T, content []byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "note.pdf")
	if err := os.WriteFile(name, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// shown takes out the marks that pdftotext puts around text from right to left, and makes white space one space.
func shown(text string) string {
	text = strings.NewReplacer("\u202a", "", "\u202b", "", "\u202c", "", "\f", " ").Replace(text)
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '\n' }), " ")
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s; go test -update writes it anew:\n%s", name, diff)
	}
}

func meetings(t *testing.T) map[string]csdn.Meeting {
	list := map[string]csdn.Meeting{"seed": seedMeeting(t), "french": frenchMeeting(t), "arabic": arabicMeeting(t)}
	for name, m := range list {
		m.UpdatedAt = time.Date(2023, 1, 9, 10, 0, 0, 0, time.UTC)
		list[name] = m
	}
	return list
}
