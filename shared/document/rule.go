package document

import (
	"html/template"
	"regexp"
	"strings"

	"csdn.example/directory/shared/csdn"
)

// mark leads to the footnote that tells the Chatham House Rule, which leads back to it.
const mark = `<sup><a href="#rule" id="rule-mark" role="doc-noteref">1</a></sup>`

// mention finds where a text speaks of the Rule, with the full stop after it. White space is required between the words, so
// that no address of a link is taken for a mention: cleaned addresses hold none.
var mention = regexp.MustCompile(`(?i)(?:Chatham[\s\x{a0}]+House[\s\x{a0}]+Rules?|règles?[\s\x{a0}]+de[\s\x{a0}]+Chatham[\s\x{a0}]+House)\.?`)

// ruled reports whether the meeting is under the Chatham House Rule, as it is unless it says that it is open.
func ruled(m csdn.Meeting) bool { return m.Rule != csdn.OpenRule }

// withRule returns the section with the mark of the footnote after its first mention of the Rule, or with a sentence that mentions it.
func (w wording) withRule(s section) section {
	text := string(s.Text)
	found := mention.FindStringIndex(text)
	if found == nil {
		s.Sentence = template.HTML(w.Say("The meeting will be held under the Chatham House Rule.",
			"La réunion se tiendra sous la règle de Chatham House.") + mark)
		return s
	}
	at := found[1]
	if end := strings.Index(text[at:], "</a>"); end >= 0 && !strings.Contains(text[at:at+end], "<a ") {
		at += end + len("</a>") // the mention is itself a link, and links do not nest
	}
	s.Text = template.HTML(text[:at] + mark + text[at:])
	return s
}
