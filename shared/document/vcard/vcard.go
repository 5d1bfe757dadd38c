package vcard

import (
	"fmt"
	"strings"

	"csdn.example/directory/shared/csdn"
)

// Cards writes a card for each person, one after another.
func Cards(x csdn.PersonExtract) ([]byte, error) {
	var c cards
	for _, p := range x.People {
		c.card(p, x)
	}
	return []byte(c.String()), nil
}

// cards are content lines.
type cards struct{ strings.Builder }

func (c *cards) card(p csdn.Person, x csdn.PersonExtract) {
	c.line("BEGIN:VCARD")
	c.line("VERSION:4.0")
	c.line("KIND:individual")
	c.line("UID:urn:uuid:" + csdn.UUID(p.ID))
	c.text("FN", p.Name)
	c.text("EMAIL", p.Email)
	if name := x.Employers[p.Organisation]; name != "" {
		c.line("ORG:" + component(name))
	}
	c.text("TITLE", p.Position)
	if p.Country != "" {
		c.line("ADR:;;;;;;" + component(p.Country.Name("en")))
	}
	c.text("TZ", string(p.Zone))
	c.languages(p)
	for _, e := range p.Areas {
		c.expertise(e, x.Areas)
	}
	c.text("NOTE", p.Biography)
	c.line("REV:" + p.UpdatedAt.UTC().Format("20060102T150405Z"))
	c.line("END:VCARD")
}

// text writes a property of one text, if there is one.
func (c *cards) text(name, text string) {
	if text != "" {
		c.line(name + ":" + escape(text))
	}
}

// languages writes those that the person knows, the one for messages first.
func (c *cards) languages(p csdn.Person) {
	known := []csdn.Language{p.PreferredLanguage}
	for _, l := range p.Languages {
		if l != p.PreferredLanguage {
			known = append(known, l)
		}
	}
	for i, l := range known {
		c.line(fmt.Sprintf("LANG;PREF=%d:%s", min(i+1, 100), l))
	}
}

// expertise writes an area (RFC 6715, section 2.1), in words where the vocabulary has them.
func (c *cards) expertise(e csdn.Expertise, areas csdn.Vocabulary) {
	name, label := "EXPERTISE", string(e.Area)
	if e.Level == "expert" {
		name += ";LEVEL=expert"
	}
	if area, known := areas[e.Area]; known {
		label = area.LabelEN
	}
	c.text(name, label)
}

// width is how many bytes a line has at most, its end not counted (RFC 6350, section 3.2).
const width = 75

// line writes a content line, folded between characters where it is too long.
func (c *cards) line(line string) {
	space := width
	for _, r := range line {
		character := string(r)
		if len(character) > space {
			c.WriteString("\r\n ")
			space = width - 1
		}
		c.WriteString(character)
		space -= len(character)
	}
	c.WriteString("\r\n")
}

// escape writes a text as the value of a property (RFC 6350, section 3.4).
func escape(text string) string {
	return strings.NewReplacer(`\`, `\\`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`).Replace(text)
}

// component writes a text as a component of a value. Elsewhere a semicolon stands as it is, as some readers want it.
func component(text string) string { return strings.ReplaceAll(escape(text), ";", `\;`) }
