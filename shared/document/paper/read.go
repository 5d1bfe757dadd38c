package paper

import (
	"bytes"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Read returns what stands in the body of an HTML document. Its footnote is the element with the role doc-footnote, and the mark of
// that the one with the role doc-noteref; what only leads about on a screen (doc-backlink) is left out.
func Read(page []byte) (Document, error) {
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return Document{}, fmt.Errorf("read the document: %w", err)
	}
	var d Document
	for n := range root.Descendants() {
		switch n.DataAtom {
		case atom.Html:
			d.Lang = attribute(n, "lang")
		case atom.Title:
			d.Title = Plain(trim(inline(n, Span{})))
		case atom.Body:
			d.Blocks = d.blocks(n, "")
		}
	}
	return d, nil
}

// blocks returns what stands below each other in n. Text that stands in no paragraph is made one.
func (d *Document) blocks(n *html.Node, lang string) []Block {
	var list []Block
	var loose []Span
	flush := func() {
		if loose = trim(loose); len(loose) > 0 {
			list = append(list, Block{Kind: Paragraph, Lang: lang, Text: loose})
		}
		loose = nil
	}
	for c := range n.ChildNodes() {
		if c.Type == html.TextNode || isInline(c) {
			loose = append(loose, inlineNode(c, Span{})...)
			continue
		}
		flush()
		own := lang
		if l := attribute(c, "lang"); l != "" {
			own = l
		}
		list = append(list, d.block(c, own)...)
	}
	flush()
	return list
}

// block returns what an element makes, which is several blocks for one that only groups others.
func (d *Document) block(n *html.Node, lang string) []Block {
	b := Block{Lang: lang, Role: attribute(n, "class")}
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		b.Kind, b.Level, b.Text = Heading, int(n.Data[1]-'0'), trim(inline(n, Span{}))
	case atom.P:
		b.Text = trim(inline(n, Span{}))
		if attribute(n, "role") == "doc-footnote" {
			d.Note = b.Text
			return nil
		}
	case atom.Pre:
		b.Kind, b.Text = Code, []Span{{Text: strings.TrimRight(text(n), "\n"), Code: true}}
	case atom.Ul, atom.Ol:
		b.Kind = List
		if n.DataAtom == atom.Ol {
			b.First = 1
			if start, err := strconv.Atoi(attribute(n, "start")); err == nil {
				b.First = start
			}
		}
		for c := range n.ChildNodes() {
			if c.DataAtom == atom.Li {
				b.Items = append(b.Items, d.blocks(c, lang))
			}
		}
	case atom.Blockquote:
		b.Kind, b.Items = Quotation, [][]Block{d.blocks(n, lang)}
	case atom.Hr:
		b.Kind = Line
	case atom.Table:
		return d.table(n, lang)
	default:
		return d.blocks(n, lang)
	}
	return []Block{b}
}

// table returns a table, after its caption as a paragraph.
func (d *Document) table(n *html.Node, lang string) []Block {
	var before []Block
	table := Block{Kind: Table, Lang: lang}
	for c := range n.Descendants() {
		switch c.DataAtom {
		case atom.Caption:
			before = append(before, Block{Kind: Paragraph, Role: "caption", Lang: lang, Text: trim(inline(c, Span{}))})
		case atom.Tr:
			table.Rows = append(table.Rows, d.row(c, lang))
		}
	}
	return append(before, table)
}

func (d *Document) row(n *html.Node, lang string) Row {
	var r Row
	for c := range n.ChildNodes() {
		switch {
		case c.Type != html.ElementNode:
			continue
		case r.Name == nil:
			r.Name = trim(inline(c, Span{}))
			continue
		}
		own := lang
		if l := attribute(c, "lang"); l != "" {
			own = l
		}
		r.Content = append(r.Content, d.blocks(c, own)...)
	}
	return r
}

// inline returns the text in n, in the styles of its elements.
func inline(n *html.Node, style Span) []Span {
	var list []Span
	for c := range n.ChildNodes() {
		list = append(list, inlineNode(c, style)...)
	}
	return list
}

func inlineNode(n *html.Node, style Span) []Span {
	if n.Type == html.TextNode {
		style.Text = n.Data
		return []Span{style}
	}
	switch attribute(n, "role") {
	case "doc-backlink":
		return nil
	case "doc-noteref":
		style.Mark, style.Text = true, text(n)
		return []Span{style}
	}
	switch n.DataAtom {
	case atom.Br:
		style.Text = lineBreak
		return []Span{style}
	case atom.Sup: // holds the mark of the footnote, or the number that the footnote itself is given anew
		return inlineElements(n, style)
	case atom.Strong:
		style.Strong = true
	case atom.Em:
		style.Stress = true
	case atom.Code:
		style.Code = true
	case atom.A:
		if to, err := url.Parse(attribute(n, "href")); err == nil && to.IsAbs() {
			style.Link = to.String()
		}
	}
	return inline(n, style)
}

func inlineElements(n *html.Node, style Span) []Span {
	var list []Span
	for c := range n.ChildNodes() {
		if c.Type == html.ElementNode {
			list = append(list, inlineNode(c, style)...)
		}
	}
	return list
}

// lineBreak stands for a break while white space is still to be trimmed.
const lineBreak = "\u2028"

// trim makes every run of white space one space, but for line breaks, around which there is none, and drops it at both ends.
// Parts of one style become one.
func trim(spans []Span) []Span {
	var list []Span
	open := true // white space would be the first of its line
	for _, s := range spans {
		broken := s.Text == lineBreak
		if s.Text = collapse(s.Text, open); broken {
			s.Text = "\n"
		}
		if s.Text == "" {
			continue
		}
		if last := len(list) - 1; broken && last >= 0 {
			list[last].Text = strings.TrimRight(list[last].Text, " ")
		}
		open = broken || strings.HasSuffix(s.Text, " ")
		if last := len(list) - 1; last >= 0 && same(list[last], s) {
			list[last].Text += s.Text
			continue
		}
		list = append(list, s)
	}
	for len(list) > 0 {
		last := &list[len(list)-1]
		if last.Text = strings.TrimRight(last.Text, " \n"); last.Text != "" {
			break
		}
		list = list[:len(list)-1]
	}
	return list
}

func same(a, b Span) bool {
	a.Text, b.Text = "", ""
	return a == b
}

// collapse keeps spaces that do not break, which strings.Fields would take for others.
func collapse(s string, open bool) string {
	var b strings.Builder
	for _, r := range s {
		if !strings.ContainsRune(" \t\n\r\f", r) {
			b.WriteRune(r)
			open = false
			continue
		}
		if !open {
			b.WriteByte(' ')
		}
		open = true
	}
	return b.String()
}

func isInline(n *html.Node) bool {
	switch n.DataAtom {
	case atom.A, atom.Br, atom.Code, atom.Em, atom.Strong, atom.Sup, atom.Time, atom.Span:
		return true
	}
	return false
}

func text(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
