package docx

import (
	"encoding/xml"
	"fmt"
	"strings"

	"csdn.example/directory/shared/document/paper"
)

const (
	declaration = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	namespaces  = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" ` +
		`xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
)

// story is a part with text while it is written: the document, or its footnotes.
type story struct {
	strings.Builder
	lang   string
	links  []string // addresses, by the number of their relationship less one
	starts []int    // first numbers of its numbered lists
}

// place is where a paragraph stands.
type place struct {
	style  string
	list   int // number of the list that it begins an item of, 0 for none
	level  int // of the lists that it stands in
	nested bool
}

func (s *story) blocks(list []paper.Block, at place) {
	for n, b := range list {
		if n > 0 {
			at.list = 0 // an item has one bullet
		}
		s.block(b, at)
	}
}

func (s *story) block(b paper.Block, at place) {
	switch b.Kind {
	case paper.List:
		s.list(b, at)
	case paper.Quotation:
		at.style = "Quote"
		s.blocks(b.Items[0], at)
	case paper.Table:
		s.table(b)
	case paper.Line:
		s.WriteString(`<w:p><w:pPr><w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="B8C2D0"/></w:pBdr></w:pPr></w:p>`)
	default:
		s.paragraph(b, at)
	}
}

func (s *story) list(b paper.Block, at place) {
	number, style := bullets, "ListBullet"
	if b.First > 0 {
		s.starts = append(s.starts, b.First)
		number, style = bullets+len(s.starts), "ListNumber"
	}
	inner := place{style: style, list: number, nested: true}
	if at.nested {
		inner.level = min(at.level+1, levels-1)
	}
	for _, item := range b.Items {
		s.blocks(item, inner)
	}
}

// styleOf returns the name of the style of a block.
func styleOf(b paper.Block, at place) string {
	switch {
	case b.Kind == paper.Heading && b.Level == 1:
		return "Title"
	case b.Kind == paper.Heading:
		return fmt.Sprintf("Heading%d", b.Level-1)
	case b.Kind == paper.Code:
		return "HTMLPreformatted"
	case b.Role == "network":
		return "Subtitle"
	case b.Role == "when":
		return "Date"
	case b.Role == "caption":
		return "Caption"
	}
	return at.style
}

func (s *story) paragraph(b paper.Block, at place) {
	s.WriteString(`<w:p><w:pPr>`)
	if style := styleOf(b, at); style != "" {
		fmt.Fprintf(s, `<w:pStyle w:val="%s"/>`, style)
	}
	if b.Role == "new-page" {
		s.WriteString(`<w:pageBreakBefore/>`)
	}
	if at.list > 0 {
		fmt.Fprintf(s, `<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr>`, at.level, at.list)
	}
	if paper.RightToLeft(paper.Plain(b.Text)) {
		s.WriteString(`<w:bidi/>`)
	}
	if at.nested && at.list == 0 {
		fmt.Fprintf(s, `<w:ind w:left="%d"/>`, step*(at.level+1))
	}
	s.WriteString(`</w:pPr>`)
	s.spans(b.Text, b.Lang)
	s.WriteString(`</w:p>`)
}

// spans writes text. Letters from right to left are runs of their own, as a word processor keeps another font for them.
func (s *story) spans(spans []paper.Span, lang string) {
	leftward := paper.RightToLeft(paper.Plain(spans))
	for _, span := range spans {
		if span.Mark {
			s.WriteString(`<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="1"/></w:r>`)
			continue
		}
		if span.Link != "" {
			s.links = append(s.links, span.Link)
			fmt.Fprintf(s, `<w:hyperlink r:id="rId%d" w:history="1">`, len(s.links))
		}
		for _, part := range directions(span.Text, &leftward) {
			s.run(span, part.text, part.leftward, lang)
		}
		if span.Link != "" {
			s.WriteString(`</w:hyperlink>`)
		}
	}
}

func (s *story) run(span paper.Span, text string, leftward bool, lang string) {
	s.WriteString(`<w:r><w:rPr>`)
	switch {
	case span.Link != "":
		s.WriteString(`<w:rStyle w:val="Hyperlink"/>`)
	case span.Code:
		s.WriteString(`<w:rStyle w:val="HTMLCode"/>`)
	}
	if span.Strong {
		s.WriteString(`<w:b/><w:bCs/>`)
	}
	if span.Stress {
		s.WriteString(`<w:i/><w:iCs/>`)
	}
	if leftward {
		s.WriteString(`<w:rtl/>`)
	}
	if lang != "" && lang != s.lang {
		attribute := "val"
		if leftward {
			attribute = "bidi"
		}
		fmt.Fprintf(s, `<w:lang w:%s="%s"/>`, attribute, escaped(lang))
	}
	s.WriteString(`</w:rPr>`)
	for n, line := range strings.Split(text, "\n") {
		if n > 0 {
			s.WriteString(`<w:br/>`)
		}
		if line != "" {
			fmt.Fprintf(s, `<w:t xml:space="preserve">%s</w:t>`, escaped(line))
		}
	}
	s.WriteString(`</w:r>`)
}

type part struct {
	text     string
	leftward bool
}

// directions splits a text where its direction changes. What has none of its own, and numbers, go with what is before them,
// which leftward tells and is left to tell.
func directions(text string, leftward *bool) []part {
	var list []part
	for _, r := range text {
		if d := paper.Direction(r); d != 0 {
			*leftward = d < 0
		}
		if last := len(list) - 1; last >= 0 && list[last].leftward == *leftward {
			list[last].text += string(r)
			continue
		}
		list = append(list, part{string(r), *leftward})
	}
	return list
}

// Widths of the columns of a table, in twentieths of a point.
const (
	nameWidth    = 1800
	contentWidth = 9070 - nameWidth
)

func (s *story) table(b paper.Block) {
	fmt.Fprintf(s, `<w:tbl><w:tblPr><w:tblStyle w:val="Agenda"/><w:tblW w:w="%d" w:type="dxa"/><w:tblLayout w:type="fixed"/>`+
		`<w:tblLook w:val="04A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/></w:tblPr>`+
		`<w:tblGrid><w:gridCol w:w="%d"/><w:gridCol w:w="%d"/></w:tblGrid>`, nameWidth+contentWidth, nameWidth, contentWidth)
	for n, r := range b.Rows {
		s.WriteString(`<w:tr><w:trPr><w:cantSplit/>`)
		if n == 0 {
			s.WriteString(`<w:tblHeader/>`)
		}
		s.WriteString(`</w:trPr>`)
		s.cell(nameWidth, []paper.Block{{Text: r.Name, Lang: b.Lang}})
		s.cell(contentWidth, r.Content)
		s.WriteString(`</w:tr>`)
	}
	s.WriteString(`</w:tbl>`)
}

// cell writes a cell, which holds a paragraph even if nothing stands in it.
func (s *story) cell(width int, content []paper.Block) {
	fmt.Fprintf(s, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>`, width)
	s.blocks(content, place{})
	if len(content) == 0 {
		s.WriteString(`<w:p/>`)
	}
	s.WriteString(`</w:tc>`)
}

func escaped(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a builder takes everything
	return b.String()
}
