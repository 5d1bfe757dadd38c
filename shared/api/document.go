package api

import (
	"cmp"
	"mime"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"csdn.example/directory/shared/csdn"
)

// form is one of the forms in which a document is handed out.
type form struct {
	format   string // of ?format=
	ending   string // of the name of its file, the format unless set
	media    string
	attached bool   // to be saved, as no browser shows it
	policy   string // of its content
	write    func() ([]byte, error)
}

// The media types of documents.
const (
	mediaHTML = "text/html; charset=utf-8"
	mediaCSV  = "text/csv; charset=utf-8"
	mediaPDF  = "application/pdf"
	mediaDOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	mediaXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

// maximumDocument is how many bytes a document has at most. Lambda answers 6 MiB of JSON, into which a document goes as base64 or as
// a string.
const maximumDocument = 4 << 20

// document is a document in the form that was asked for.
type document struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Policy      string `header:"Content-Security-Policy"`
	Vary        string `header:"Vary"`
	Body        []byte
}

// file is a document of one form, to be saved.
type file struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Body        []byte
}

// saved answers with a file of the name, which has no character that would have to be quoted.
func saved(media, name string, text []byte) *file {
	return &file{media + "; charset=utf-8", `attachment; filename="` + name + `"`, text}
}

// handOut answers with the form that the format names, or else with the one that the Accept header prefers. The name of its file is
// the given one and the format.
func handOut(name, format, accept string, forms []form) (*document, error) {
	chosen := choose(format, accept, forms)
	text, err := chosen.write()
	if err != nil {
		return nil, err
	}
	if len(text) > maximumDocument {
		return nil, csdn.Errorf(csdn.TooLarge, "The file would be larger than 4 MiB; ask for less of it by a filter, such as country or area, and for the rest after that.")
	}
	d := &document{ContentType: chosen.media, Policy: "default-src 'none'", Vary: "Accept", Body: text}
	if chosen.policy != "" {
		d.Policy = chosen.policy
	}
	way := "inline"
	if chosen.attached {
		way = "attachment"
	}
	d.Disposition = mime.FormatMediaType(way, map[string]string{"filename": name + "." + cmp.Or(chosen.ending, chosen.format)})
	return d, nil
}

// stylePolicy is the policy of a page that loads nothing and has one style.
func stylePolicy(source string) string {
	return "default-src 'none'; style-src '" + source + "'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
}

// choose returns the form of the format, or else the one that Accept prefers.
func choose(format, accept string, forms []form) form {
	offered := make([]string, len(forms))
	for n, f := range forms {
		offered[n], _, _ = strings.Cut(f.media, ";")
	}
	wanted := preferred(accept, offered)
	for n, f := range forms {
		if f.format == format || format == "" && offered[n] == wanted {
			return f
		}
	}
	return forms[0]
}

// slug returns a text as a part of a file name: Latin letters and digits in lower case, with hyphens between, at most 60. What is
// written in another script has none.
func slug(text string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(text)) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case unicode.Is(unicode.Mn, r):
			continue // the accent of the letter before
		case !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	name := strings.Trim(b.String(), "-")
	if len(name) > 60 {
		whole := strings.LastIndex(name[:61], "-") // where the last whole word ends
		if whole < 0 {
			whole = 60
		}
		name = name[:whole]
	}
	return strings.Trim(name, "-")
}

// fileName joins what is there of a kind of document, a day and a title.
func fileName(kind string, day time.Time, title string) string {
	name := kind + "-" + day.Format(time.DateOnly)
	if s := slug(title); s != "" {
		name += "-" + s
	}
	return name
}
