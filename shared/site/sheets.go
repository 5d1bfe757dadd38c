package site

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"

	"csdn.example/directory/shared/csdn"
)

//go:embed templates
var templates embed.FS

// sheets are the templates of each page in each language, by "page language". A page is its own file within the layout; what
// it says in words is in the file of the language.
type sheets map[string]*template.Template

// newSheets reads the templates. They are part of the program, so that one which cannot be read is a fault of it.
func newSheets() sheets {
	s := sheets{}
	for _, in := range []string{"en", "fr"} {
		frame := template.Must(template.ParseFS(templates, "templates/layout.html", "templates/"+in+".html", "templates/confirmation."+in+".html"))
		for _, name := range []string{"home", "invitation", "confirmation", "failure", "privacy", "accessibility"} {
			s[name+" "+in] = template.Must(template.Must(frame.Clone()).ParseFS(templates, "templates/"+name+".html"))
		}
		if in != "en" {
			continue
		}
		template.Must(frame.ParseFS(templates, "templates/parts.html"))
		for _, name := range []string{"docs", "desk", "form", "history", "organisations", "organisation", "people", "person", "meetings", "meeting", "board", "shortlist", "areas", "phases", "phase", "account", "accounts"} {
			s[name+" en"] = template.Must(template.Must(frame.Clone()).ParseFS(templates, "templates/"+name+".html"))
		}
	}
	return s
}

// render returns a page in its language.
func (s sheets) render(name string, p page) ([]byte, error) {
	sheet, known := s[name+" "+string(p.Language)]
	if !known {
		return nil, fmt.Errorf("there is no page %s in %s", name, p.Language)
	}
	var b bytes.Buffer
	if err := sheet.ExecuteTemplate(&b, "layout", p); err != nil {
		return nil, fmt.Errorf("render the page %s in %s: %w", name, p.Language, err)
	}
	return b.Bytes(), nil
}

// spoken returns the language of the pages for somebody who prefers the language: French for a French tag, else English.
func spoken(l csdn.Language) csdn.Language {
	if l.Base() == "fr" {
		return "fr"
	}
	return "en"
}
