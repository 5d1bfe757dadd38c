package mail

import (
	"embed"
	htmltemplate "html/template"
	"strings"
	texttemplate "text/template"
	"unicode"

	"csdn.example/directory/shared/csdn"
)

//go:embed templates
var templates embed.FS

// content is a letter in words. Nothing in it is markup, and every text is one line: a line break in a title cannot forge a
// line of the message.
type content struct {
	Language  csdn.Language
	Subject   string
	Greeting  string
	Opening   []string
	Facts     []fact
	Rule      string
	Ask       []string
	Button    string
	Link      string // empty when there is nothing to answer
	Care      []string
	Signature []string
	Colon     string // as the language sets it after a label
}

// fact is a labelled line about the meeting. An address of the web is followed by clicking it.
type fact struct {
	Label string
	Text  string
	Web   bool
}

// content puts the letter into words. Whether a phrase failed is known from the wording afterwards.
func (m Mailer) content(letter csdn.Letter, said *wording) content {
	words := content{
		Language:  said.language,
		Subject:   said.one("subject " + string(letter.Message)),
		Greeting:  said.one("greeting"),
		Opening:   said.paragraphs("opening " + string(letter.Message)),
		Facts:     said.facts(letter),
		Signature: said.paragraphs("signature"),
		Colon:     said.one("colon"),
	}
	if said.Neutral {
		words.Subject = said.one("neutral subject")
	}
	if said.Chatham && !said.Over {
		words.Rule = said.one("rule")
	}
	if letter.Token != "" {
		words.Link = m.PublicURL + "/v1/rsvp/" + letter.Token
		words.Ask, words.Care, words.Button = said.paragraphs("ask"), said.paragraphs("care"), said.one("button")
	}
	return words
}

// text lays the words out as plain text; the link has a line of its own.
func (c content) text() (string, error) {
	layout, err := texttemplate.ParseFS(templates, "templates/layout.txt")
	if err != nil {
		return "", err
	}
	var b strings.Builder
	err = layout.Execute(&b, c)
	return b.String(), err
}

// html lays the words out as a page without images, scripts or anything that would have to be fetched.
func (c content) html() (string, error) {
	layout, err := htmltemplate.ParseFS(templates, "templates/layout.html")
	if err != nil {
		return "", err
	}
	var b strings.Builder
	err = layout.Execute(&b, c)
	return b.String(), err
}

// line returns s on one line. Stored texts have been cleaned at the domain's edge; here, where a line break would forge a
// header, a property or a link, it is made sure of again.
func line(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
}
