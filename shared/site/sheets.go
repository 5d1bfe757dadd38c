package site

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"strings"

	"csdn.example/directory/shared/csdn"
)

//go:embed templates
var templates embed.FS

// sheets are the templates of each page in each language, by "page language". A page is its own file within the frame: in the folder
// public one for anybody, whose words are in the files of each language; beside that folder one of members, in English.
type sheets map[string]*template.Template

// newSheets reads the templates. They are part of the program, so that one which cannot be read is a fault of it.
func newSheets() sheets {
	s := sheets{}
	for in, pages := range map[string][]string{"en": {"templates/public/*.html", "templates/*.html"}, "fr": {"templates/public/*.html"}} {
		frame := template.Must(template.New("").Funcs(factWords).ParseFS(templates, "templates/frame/*.html", "templates/words/*."+in+".html"))
		for _, pattern := range pages {
			files, _ := fs.Glob(templates, pattern) // it is well formed
			for _, file := range files {
				name := strings.TrimSuffix(path.Base(file), ".html")
				s[name+" "+in] = template.Must(template.Must(frame.Clone()).ParseFS(templates, file))
			}
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
