package compare

import (
	"strings"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"

	"github.com/google/go-cmp/cmp"
)

// marked writes pieces with [-what was deleted-] and {+what was inserted+}.
func marked(parts []csdn.TextPart) string {
	var b strings.Builder
	for _, p := range parts {
		switch p.Change {
		case csdn.DeletedText:
			b.WriteString("[-" + p.Text + "-]")
		case csdn.InsertedText:
			b.WriteString("{+" + p.Text + "+}")
		default:
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

func TestTexts(t *testing.T) {
	for name, c := range map[string]struct{ before, after, want string }{
		"one word":            {"about 25-30 participants", "about 25-35 participants", "about 25-[-30-]{+35+} participants"},
		"a sentence more":     {"One.", "One. Two.", "One.{+ Two.+}"},
		"a line less":         {"One\nTwo\nThree", "One\nThree", "One\n[-Two\n-]Three"},
		"from nothing":        {"", "New", "{+New+}"},
		"to nothing":          {"Old", "", "[-Old-]"},
		"several in a row":    {"the old plain words here", "the new fine words here", "the [-old plain-]{+new fine+} words here"},
		"an accent":           {"Cote d’Ivoire", "Côte d’Ivoire", "[-Cote-]{+Côte+} d’Ivoire"},
		"Arabic":              {"حوار السلام في مالي", "حوار الأمن في مالي", "حوار [-السلام-]{+الأمن+} في مالي"},
		"without spaces":      {"和平对话", "和平会议", "和平[-对话-]{+会议+}"},
		"a combining mark":    {"cafe", "cafe\u0301", "[-cafe-]{+cafe\u0301+}"},
		"nothing but a break": {"a\nb", "a b", "a[-\n-]{+ +}b"},
	} {
		t.Run(name, func(t *testing.T) {
			parts := texts(c.before, c.after)
			if got := marked(parts); got != c.want {
				t.Errorf("%s", got)
			}
			was, is := "", ""
			for _, p := range parts {
				if p.Change != csdn.InsertedText {
					was += p.Text
				}
				if p.Change != csdn.DeletedText {
					is += p.Text
				}
			}
			if was != c.before || is != c.after {
				t.Errorf("the pieces are %q and %q", was, is)
			}
		})
	}
}

func TestNotes(t *testing.T) {
	start, err := csdn.ParseLocalTime("2023-02-01T09:15")
	if err != nil {
		t.Fatal(err)
	}
	end, err := csdn.ParseLocalTime("2023-02-01T11:30")
	if err != nil {
		t.Fatal(err)
	}
	note := csdn.ConceptNote{
		Meeting: csdn.Meeting{MeetingProfile: csdn.MeetingProfile{
			Title: "Due diligence", Start: start, End: end, Zone: "Europe/Brussels", Mode: csdn.InPerson, Background: "As it is.",
			Agenda: []csdn.AgendaItem{{Start: 555, End: 570, Title: "Registration"}},
		}},
		Phase: csdn.Phase{Number: 4, PhaseProfile: csdn.PhaseProfile{From: 2020, To: 2023}},
	}
	after := note
	after.Meeting.Background = ""
	after.Meeting.Agenda = []csdn.AgendaItem{{Start: 555, End: 570, Title: "Registration", Points: []string{"Coffee"}}}
	after.Meeting.Areas = []csdn.AreaSlug{"ssr"} // no matter of the note
	after.Meeting.UpdatedAt = time.Unix(1, 0)
	got := map[string]string{}
	var order []string
	for _, d := range Notes(note, after) {
		got[d.Section], order = marked(d.Parts), append(order, d.Section)
	}
	want := map[string]string{"background": "[-As it is.-]", "agenda": "09:15–09:30 Registration{+\n• Coffee+}"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"background", "agenda"}, order); diff != "" {
		t.Error(diff)
	}
	if same := Notes(note, note); same != nil {
		t.Errorf("a note differs from itself in %v", same)
	}
}
