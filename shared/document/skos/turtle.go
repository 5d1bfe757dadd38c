package skos

import (
	"bytes"
	"fmt"
	"strings"

	"csdn.example/directory/shared/csdn"
)

// Turtle writes the vocabulary, or one area of it unless that is "", in Turtle (https://www.w3.org/TR/turtle/).
func (s Scheme) Turtle(areas []csdn.Area, area csdn.AreaSlug) ([]byte, error) {
	whole, concepts := s.describe(areas)
	var out bytes.Buffer
	for _, p := range prefixes {
		fmt.Fprintf(&out, "@prefix %s: <%s> .\n", p[0], p[1])
	}
	if area != "" {
		concepts = s.only(area, concepts)
	}
	if area == "" {
		r := resource{&out}
		r.begin(whole.ID, whole.Type)
		r.texts("dcterms:title", whole.Title)
		r.names("skos:hasTopConcept", whole.HasTopConcept...)
		r.end()
	}
	for _, c := range concepts {
		r := resource{&out}
		r.begin(c.ID, c.Type)
		r.names("skos:inScheme", c.InScheme)
		r.names("skos:topConceptOf", c.TopConceptOf)
		r.texts("skos:prefLabel", c.PrefLabel)
		for _, label := range c.AltLabel {
			r.say("skos:altLabel", quote(label))
		}
		if c.Definition != "" {
			r.say("skos:definition", quote(c.Definition))
		}
		r.names("skos:broader", c.Broader...)
		r.names("skos:narrower", c.Narrower...)
		r.names("dcterms:isReplacedBy", c.IsReplacedBy)
		if c.Deprecated {
			r.say("owl:deprecated", "true")
		}
		r.end()
	}
	return out.Bytes(), nil
}

// resource writes what is said of one subject.
type resource struct{ out *bytes.Buffer }

func (r resource) begin(name, class string) { fmt.Fprintf(r.out, "\n<%s> a %s", name, class) }

func (r resource) say(predicate, object string) {
	fmt.Fprintf(r.out, " ;\n    %s %s", predicate, object)
}

// names says a predicate of every resource that is named.
func (r resource) names(predicate string, objects ...string) {
	for _, object := range objects {
		if object != "" {
			r.say(predicate, "<"+object+">")
		}
	}
}

// texts says a predicate of a text in every language.
func (r resource) texts(predicate string, text map[string]string) {
	for _, language := range languages(text) {
		r.say(predicate, quote(text[language])+"@"+language)
	}
}

func (r resource) end() { r.out.WriteString(" .\n") }

// quote writes a text as STRING_LITERAL_QUOTE of the grammar. Control characters are escaped though some could stand as they
// are, so that a terminal shows the file as it is.
func quote(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < ' ' || r == 0x7f:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
