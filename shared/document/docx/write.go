package docx

import (
	"archive/zip"
	"bytes"
	_ "embed" // for the styles
	"fmt"
	"strings"
	"time"

	"csdn.example/directory/shared/document/paper"
)

//go:embed styles.xml
var styles string

// About is what a document says of itself beside its title and language.
type About struct {
	Author  string
	Changed time.Time // when what it tells was last changed
}

// Write returns the document as a DOCX file. The same document gives the same file.
func Write(d paper.Document, about About) ([]byte, error) {
	body, notes := &story{lang: d.Lang}, &story{lang: d.Lang}
	body.WriteString(declaration + `<w:document ` + namespaces + `><w:body>`)
	body.blocks(d.Blocks, place{})
	fmt.Fprintf(body, `<w:sectPr><w:footerReference w:type="default" r:id="rId%d"/><w:pgSz w:w="11906" w:h="16838"/>`+
		`<w:pgMar w:top="1361" w:right="1418" w:bottom="1418" w:left="1418" w:header="709" w:footer="709" w:gutter="0"/></w:sectPr>`, len(body.links)+1)
	body.WriteString(`</w:body></w:document>`)
	notes.footnotes(d.Note)

	var file bytes.Buffer
	z := zip.NewWriter(&file)
	for _, p := range []struct{ name, text string }{
		{"[Content_Types].xml", contentTypes()},
		{"_rels/.rels", relationships([]relation{{"officeDocument", "word/document.xml", false}, {"metadata/core-properties", "docProps/core.xml", false}})},
		{"docProps/core.xml", core(d, about)},
		{"word/document.xml", body.String()},
		{"word/_rels/document.xml.rels", relationships(append(external(body.links), relation{"footer", "footer.xml", false},
			relation{"styles", "styles.xml", false}, relation{"numbering", "numbering.xml", false},
			relation{"settings", "settings.xml", false}, relation{"footnotes", "footnotes.xml", false}))},
		{"word/styles.xml", strings.Replace(styles, "LANGUAGE", escaped(d.Lang), 1)},
		{"word/numbering.xml", numbering(body.starts)},
		{"word/settings.xml", settings()},
		{"word/footer.xml", footer()},
		{"word/footnotes.xml", notes.String()},
		{"word/_rels/footnotes.xml.rels", relationships(external(notes.links))},
	} {
		w, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate})
		if err != nil {
			return nil, fmt.Errorf("write %s: %w", p.name, err)
		}
		if _, err := w.Write([]byte(p.text)); err != nil {
			return nil, fmt.Errorf("write %s: %w", p.name, err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("close the file: %w", err)
	}
	return file.Bytes(), nil
}

// footnotes writes the footnote after the two lines that a word processor draws above footnotes.
func (s *story) footnotes(note []paper.Span) {
	s.WriteString(declaration + `<w:footnotes ` + namespaces + `>` +
		`<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>` +
		`<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>`)
	if len(note) > 0 {
		s.WriteString(`<w:footnote w:id="1"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>` +
			`<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> </w:t></w:r>`)
		s.spans(note, "")
		s.WriteString(`</w:p></w:footnote>`)
	}
	s.WriteString(`</w:footnotes>`)
}

// relation leads from a part to another one, or out of the file.
type relation struct {
	kind, target string
	external     bool
}

func external(addresses []string) []relation {
	var list []relation
	for _, address := range addresses {
		list = append(list, relation{"hyperlink", address, true})
	}
	return list
}

// relationships numbers what a part leads to, from rId1 on (ECMA-376 part 2, section 6.5).
func relationships(list []relation) string {
	var b strings.Builder
	b.WriteString(declaration + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for n, r := range list {
		base, mode := "http://schemas.openxmlformats.org/officeDocument/2006/relationships/", ""
		if strings.HasPrefix(r.kind, "metadata/") {
			base = "http://schemas.openxmlformats.org/package/2006/relationships/"
		}
		if r.external {
			mode = ` TargetMode="External"`
		}
		fmt.Fprintf(&b, `<Relationship Id="rId%d" Type="%s%s" Target="%s"%s/>`, n+1, base, r.kind, escaped(r.target), mode)
	}
	b.WriteString(`</Relationships>`)
	return b.String()
}

func contentTypes() string {
	var b strings.Builder
	b.WriteString(declaration + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>`)
	for _, part := range []struct{ name, kind string }{
		{"document", "document.main"}, {"styles", "styles"}, {"numbering", "numbering"}, {"settings", "settings"},
		{"footer", "footer"}, {"footnotes", "footnotes"},
	} {
		fmt.Fprintf(&b, `<Override PartName="/word/%s.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.%s+xml"/>`,
			part.name, part.kind)
	}
	b.WriteString(`</Types>`)
	return b.String()
}

func core(d paper.Document, about About) string {
	changed := about.Changed.UTC().Format(time.RFC3339)
	return declaration + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" ` +
		`xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
		`<dc:title>` + escaped(d.Title) + `</dc:title><dc:creator>` + escaped(about.Author) + `</dc:creator><dc:language>` + escaped(d.Lang) + `</dc:language>` +
		`<dcterms:created xsi:type="dcterms:W3CDTF">` + changed + `</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">` + changed + `</dcterms:modified>` +
		`</cp:coreProperties>`
}

// settings names the lines above footnotes, and the version of the format.
func settings() string {
	return declaration + `<w:settings ` + namespaces + `><w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>` +
		`<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`
}

// footer shows the number of the page.
func footer() string {
	field := func(name string) string {
		return `<w:fldSimple w:instr=" ` + name + ` "><w:r><w:t>1</w:t></w:r></w:fldSimple>`
	}
	return declaration + `<w:ftr ` + namespaces + `><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>` + field("PAGE") +
		`<w:r><w:t xml:space="preserve"> / </w:t></w:r>` + field("NUMPAGES") + `</w:p></w:ftr>`
}
