package directory_test

import (
	"fmt"
	"strings"
	"testing"

	"csdn.example/directory/shared/directory"

	"github.com/google/go-cmp/cmp"
)

func TestNamings(t *testing.T) {
	person := func(names ...string) []directory.Somebody {
		one := directory.Somebody{What: "P", Names: []directory.Name{{Text: names[0], Person: true}}}
		for _, alias := range names[1:] {
			one.Names = append(one.Names, directory.Name{Text: alias})
		}
		return []directory.Somebody{one}
	}
	organisation := func(names ...string) []directory.Somebody {
		one := directory.Somebody{What: "O"}
		for _, name := range names {
			one.Names = append(one.Names, directory.Name{Text: name})
		}
		return []directory.Somebody{one}
	}
	for _, c := range []struct {
		name  string
		who   []directory.Somebody
		text  string
		found string // each as what, line:first-last
	}{
		{"a whole name", person("Aminata Diallo"), "As Aminata Diallo said, it holds.", "P 1:2-3"},
		{"in any case", person("Aminata Diallo"), "as aminata DIALLO said", "P 1:2-3"},
		{"the other way round", person("Aminata Ba"), "BA, Aminata: agreed", "P 1:1-2"},
		{"a family name alone", person("Aminata Diallo"), "Diallo disagreed; so did diallo’s colleague.", "P 1:1-1, P 1:5-5"},
		{"a first name alone tells of too many", person("Aminata Diallo"), "Aminata is a common name", ""},
		{"part of a word is no name", person("Jan Mali"), "The Malian and the malicious", ""},
		{"part of a word at its end", person("Omar Ali"), "Mali and Somali", ""},
		{"on two lines", person("Aminata Diallo"), "said by Aminata\nDiallo", "P 1:3-3, P 2:1-1"},
		{"on the third line", person("Aminata Diallo"), "One.\n\nTwo: Diallo", "P 3:2-2"},
		{"in two paragraphs is no whole name", person("Aminata Ba"), "Aminata\n\nBa", ""},

		{"accents", person("Zoë Lefèvre"), "Lefevre", "P 1:1-1"},
		{"accents that the name lacks", person("Zoe Lefevre"), "selon M. Lefèvre", "P 1:3-3"},
		{"decomposed accents", person("Zoë Lefèvre"), "Lefe\u0300vre", "P 1:1-1"},
		{"an elision", person("Jean Aubert"), "l’avis d’Aubert", "P 1:4-4"},
		{"a ligature", person("Anne Bœuf-Sœur"), "BOEUF-SOEUR", "P 1:1-2"},
		{"sharp s", person("Eva Strauß"), "STRAUSS", "P 1:1-1"},
		{"full width", person("Aminata Diallo"), "Ｄｉａｌｌｏ", "P 1:1-1"},

		{"hyphens", person("Jean-Pierre Dupont-Lemoine"), "Jean Pierre Dupont Lemoine", "P 1:1-4"},
		{"half of a hyphenated family name", person("Jean-Pierre Dupont-Lemoine"), "Lemoine said; Pierre did not", "P 1:1-1"},
		{"an article with a hyphen", person("Omar al-Hassan"), "Alhassan, Al Hassan, AL-HASSAN", "P 1:1-1, P 1:2-3, P 1:4-5"},
		{"an apostrophe", person("Sean O'Neill"), "O’Neill and ONeill", "P 1:1-2, P 1:4-4"},
		{"without the middle", person("Maria del Sol Ruiz"), "Maria Ruiz", "P 1:1-2"},
		{"a family name in capitals comes first", person("NKURU Jean"), "Nkuru", "P 1:1-1"},
		{"particles count for nobody", person("Mohamed Ould Lekhal"), "Ould Daddah; Lekhal", "P 1:3-3"},

		{"May the month", person("Theresa May"), "In May we may meet.", ""},
		{"May the person", person("Theresa May"), "Theresa May and Ms May and T. May", "P 1:1-2, P 1:5-5, P 1:8-8"},
		{"May after another initial", person("Theresa May"), "G. May", ""},
		{"Grace as a first name", person("Grace Akello"), "by the grace of Grace", ""},
		{"Grace as a family name", person("Mary Grace"), "a grace period, said Grace", "P 1:5-5"},
		{"Hope as a family name", person("Ann Hope"), "we hope, and Hope hopes", "P 1:4-4"},
		{"a mononym", person("Sukarno"), "sukarno spoke", "P 1:1-1"},
		{"a short mononym", person("Ali"), "ali, and Ali", "P 1:3-3"},

		{"Arabic", person("فاطمة الزهراء حسين"), "قالت فاطمة الزهراء حسين", "P 1:2-4"},
		{"an Arabic family name", person("فاطمة حسين"), "قال حسين إن", "P 1:2-2"},
		{"written together with and", person("فاطمة حسين"), "فاطمة وحسين", "P 1:2-2"},
		{"with the article", person("فاطمة حسين"), "الحسين", "P 1:1-1"},
		{"with for the", person("سلمى الحسيني"), "قال للحسيني", "P 1:2-2"},
		{"with vowels and a stretched letter", person("فاطمة حسين"), "حُسَيـــن", "P 1:1-1"},
		{"alif and ta marbuta are written in two ways", person("أسامة عطية"), "اسامه عطيه", "P 1:1-2"},
		{"not within an Arabic word", person("فاطمة حسين"), "تحسينات", ""},
		{"Hebrew", person("דוד מזרחי"), "לפי מזרחי", "P 1:2-2"},
		{"Cyrillic", person("Ольга Ковальчук"), "КОВАЛЬЧУК", "P 1:1-1"},
		{"Greek", person("Νίκος Παππάς"), "παππας", "P 1:1-1"},
		{"Chinese, without spaces", person("王小明"), "他说王小明认为", "P 1:1-1"},
		{"Amharic", person("አበበ ቢቂላ"), "ቢቂላ", "P 1:1-1"},

		{"an organisation", organisation("Sahel Dialogue Forum", "SDF"), "the sahel dialogue forum (SDF)", "O 1:2-4, O 1:5-5"},
		{"its article", organisation("The Sahel Forum"), "members of Sahel Forum", "O 1:3-4"},
		{"written in one", organisation("Safer World"), "saferworld.example", "O 1:1-1"},
		{"an abbreviation that is a word", organisation("Action for Change", "ACT"), "They act and Act; ACT does not.", "O 1:5-5"},
		{"an abbreviation with stops", organisation("Sahel Dialogue Forum", "SDF"), "the S.D.F. said", "O 1:2-4"},
		{"a name that is a word", organisation("Search"), "they search; Search found", "O 1:3-3"},
		{"an abbreviation within another", organisation("", "PAX"), "PAXX and Pax Christi", ""},
		{"its website", organisation("sdf.example"), "see https://www.sdf.example/report", "O 1:4-5"},

		{"an alias", person("Aminata Diallo", "Expert du Sahel"), "un expert du Sahel", "P 1:2-4"},
		{"emphasis within a name", person("Aminata Diallo"), "**Dial**lo", "P 1:1-2"},
		{"a reference within a name", person("Zoë Lefèvre"), "Lef&egrave;vre", "P 1:1-1"},
		{"a soft hyphen within a name", person("Aminata Diallo"), "Dial\u00adlo", "P 1:1-1"},
		{"nobody", person("Aminata Diallo"), "The EU should listen before it decides.", ""},
		{"no text", person("Aminata Diallo"), "", ""},
		{"no names", organisation("", " "), "Something", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var found []string
			for _, n := range directory.Namings(c.text, c.who) {
				found = append(found, fmt.Sprintf("%s %d:%d-%d", n.What, n.Line, n.First, n.Last))
			}
			if diff := cmp.Diff(c.found, strings.Join(found, ", ")); diff != "" {
				t.Error(diff)
			}
		})
	}
}
