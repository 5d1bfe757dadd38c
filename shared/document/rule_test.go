package document

import (
	"html/template"
	"strings"
	"testing"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/document/prose"
)

func TestRuleIsMarkedOnce(t *testing.T) {
	tests := map[string]struct{ format, want string }{
		"mentioned":         {"A table under the Chatham House Rule. More.", "<p>A table under the Chatham House Rule." + mark + " More.</p>\n"},
		"within a sentence": {"Under the Chatham House Rule, for two hours", "<p>Under the Chatham House Rule" + mark + ", for two hours</p>\n"},
		"twice":             {"Chatham House Rule, Chatham House Rule", "<p>Chatham House Rule" + mark + ", Chatham House Rule</p>\n"},
		"broken over lines": {"the Chatham\nHouse Rule", "<p>the Chatham\nHouse Rule" + mark + "</p>\n"},
		"emphasised":        {"the **Chatham House Rule**", "<p>the <strong>Chatham House Rule" + mark + "</strong></p>\n"},
		"in French":         {"la Règle de Chatham House.", "<p>la Règle de Chatham House." + mark + "</p>\n"},
		"a link": {
			"the [Chatham House Rule of 1927](https://r.example/), [too](https://t.example/)",
			`<p>the <a href="https://r.example/" rel="` + prose.Rel + `">Chatham House Rule of 1927</a>` + mark + `, <a href="https://t.example/" rel="` + prose.Rel + `">too</a></p>` + "\n",
		},
		"before a link": {
			"the Chatham House Rule, [too](https://t.example/)",
			`<p>the Chatham House Rule` + mark + `, <a href="https://t.example/" rel="` + prose.Rel + `">too</a></p>` + "\n",
		},
		"in the address of a link": {
			"[rule](<https://r.example/Chatham House Rule>)",
			`<p><a href="https://r.example/Chatham%20House%20Rule" rel="` + prose.Rel + `">rule</a></p>` + "\n" + "The meeting will be held under the Chatham House Rule." + mark,
		},
		"the house is not the rule": {"At Chatham House.", "<p>At Chatham House.</p>\n" + "The meeting will be held under the Chatham House Rule." + mark},
		"not mentioned":             {"", "The meeting will be held under the Chatham House Rule." + mark},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			html, err := prose.HTML(tt.format, sectionLevel)
			if err != nil {
				t.Fatal(err)
			}
			got := wording{}.withRule(section{Text: html})
			if got.Text+got.Sentence != template.HTML(tt.want) {
				t.Errorf("got  %s\nwant %s", got.Text+got.Sentence, tt.want)
			}
		})
	}
}

func TestFootnoteStandsUnderTheRuleAlone(t *testing.T) {
	for rule, want := range map[csdn.Rule]int{csdn.ChathamHouse: 1, "": 1, csdn.OpenRule: 0} {
		for _, format := range []string{"", "Under the Chatham House Rule."} {
			m := seedMeeting(t)
			m.Rule, m.Format = rule, format
			page, err := ConceptNote(m, fourthPhase())
			if err != nil {
				t.Fatal(err)
			}
			for _, part := range []string{`href="#rule"`, `id="rule-mark"`, `id="rule"`, `href="#rule-mark"`, "nor that of any other participant"} {
				if got := strings.Count(string(page), part); got != want {
					t.Errorf("rule %q, format %q: %s occurs %d times, want %d", rule, format, part, got, want)
				}
			}
		}
	}
}
