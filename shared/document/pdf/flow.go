package pdf

import (
	"strconv"

	"csdn.example/directory/shared/document/paper"
)

// The page is A4. All measures are points.
const (
	pageWidth, pageHeight = 595.276, 841.89
	marginLeft            = 71.0
	marginTop             = 68.0
	marginBottom          = 76.0
	columnWidth           = pageWidth - 2*marginLeft
	indent                = 15.0 // of lists
	padding               = 7.0  // of cells
)

const (
	inkColour   = "0.11 0.11 0.12"
	titleColour = "0.07 0.2 0.36"
	linkColour  = "0.04 0.29 0.6"
	paleColour  = "0.35 0.38 0.43"
	tintColour  = "0.914 0.933 0.961"
	ruleColour  = "0.72 0.76 0.82"
)

// bodyLook is how text is set that is nothing else.
func bodyLook() look { return look{size: 10, leading: 15, colour: inkColour} }

// style is the look of a block, and the space above it and below it.
type style struct {
	look
	before, after float64
}

func styleOf(b paper.Block) style {
	s := style{look: bodyLook(), after: 6}
	switch {
	case b.Kind == paper.Heading:
		s.bold, s.colour = true, titleColour
		switch b.Level {
		case 1:
			s.size, s.leading, s.before, s.after = 19, 25, 3, 9
		case 2:
			s.size, s.leading, s.before, s.after = 13.5, 18, 20, 9
		case 3:
			s.size, s.leading, s.before, s.after = 10.5, 15, 8, 3
		default:
			s.before, s.after = 5, 2
		}
	case b.Role == "network":
		s.bold, s.colour, s.before = true, titleColour, 12
	case b.Role == "when":
		s.bold = true
	case b.Role == "caption":
		s.size, s.colour = 9, paleColour
	case b.Kind == paper.Code:
		s.size = 9
	}
	return s
}

// item is what stands below something else: lines, and what is drawn with them.
type item struct {
	before, after float64
	left, width   float64
	lines         []line
	element       *element
	together      bool   // stays with the next item
	fresh         bool   // starts a page
	underline     string // colour of a line below, "" for none
	label         *label
	row           *row // starts a row of a table
	closing       bool // ends a row
	last          bool // of its table
}

// label is the bullet or the number of an item of a list.
type label struct {
	line    line
	element *element
}

// row is the part of a table row that is drawn at its start.
type row struct {
	name    []line
	left    float64
	column  float64  // where the second column begins
	width   float64  // of the table
	element *element // of the name
	head    *row     // that names the columns, drawn again at the top of a page
	content []line   // of the head
}

// composer makes items of blocks.
type composer struct {
	*typesetter
	lang  string
	items []item
}

func (c *composer) language(b paper.Block) string {
	if b.Lang != "" {
		return b.Lang
	}
	return c.lang
}

func (c *composer) blocks(list []paper.Block, left, width float64, parent *element) {
	for n, b := range list {
		from := len(c.items)
		c.block(b, left, width, parent)
		introduces := b.Role == "caption" || n+1 < len(list) && list[n+1].Kind == paper.List && b.Kind == paper.Paragraph
		if introduces && len(c.items) > from {
			c.items[len(c.items)-1].together = true
		}
	}
}

func (c *composer) block(b paper.Block, left, width float64, parent *element) {
	child := func(tag string) *element {
		e := parent.child(tag)
		if b.Lang != "" && b.Lang != c.lang {
			e.lang = b.Lang
		}
		return e
	}
	s := styleOf(b)
	switch b.Kind {
	case paper.List:
		c.list(b, left, width, child("L"))
	case paper.Quotation:
		c.blocks(b.Items[0], left+indent, width-indent, child("BlockQuote"))
	case paper.Table:
		c.table(b, left, width, child("Table"))
	case paper.Line:
		c.items = append(c.items, item{before: 6, after: 12, left: left, width: width, underline: ruleColour})
	default:
		tag := "P"
		if b.Kind == paper.Heading {
			tag = "H" + strconv.Itoa(b.Level)
		}
		e := child(tag)
		measure, underline := width, ""
		if b.Kind == paper.Heading && b.Level == 2 {
			underline = titleColour
		}
		if b.Level == 1 {
			measure = c.balanced(b, s.look, width, e)
		}
		c.items = append(c.items, item{
			before: s.before, after: s.after, left: left, width: width, element: e,
			lines:    c.lines(b.Text, s.look, measure, c.language(b), e),
			together: b.Kind == paper.Heading, fresh: b.Role == "new-page", underline: underline,
		})
	}
}

// balanced returns the least width at which the text has no more lines than at the full one, so that none is left short.
func (c *composer) balanced(b paper.Block, l look, width float64, e *element) float64 {
	count := func(width float64) int { return len(c.lines(b.Text, l, width, c.language(b), e)) }
	full, least := count(width), width
	for least > width/2 && count(least-8) == full {
		least -= 8
	}
	return least
}

// list sets a list; its items stand closer together than paragraphs.
func (c *composer) list(b paper.Block, left, width float64, e *element) {
	e.attributes = " /O /List /ListNumbering /Disc"
	if b.First > 0 {
		e.attributes = " /O /List /ListNumbering /Decimal"
	}
	for n, blocks := range b.Items {
		mark := "•"
		if b.First > 0 {
			mark = strconv.Itoa(b.First+n) + "."
		}
		one := e.child("LI")
		sign := one.child("Lbl")
		from := len(c.items)
		c.blocks(blocks, left+indent, width-indent, one.child("LBody"))
		if from == len(c.items) {
			continue
		}
		for i := from; i < len(c.items); i++ {
			c.items[i].after = min(c.items[i].after, 2.5)
			if lines := c.items[i].lines; len(lines) > 0 && lines[0].leftward {
				c.items[i].left -= indent // its bullet stands to the right
			}
		}
		c.items[from].label = &label{c.lines([]paper.Span{{Text: mark}}, bodyLook(), indent, c.lang, sign)[0], sign}
	}
	if len(c.items) > 0 {
		c.items[len(c.items)-1].after = 6
	}
}

// table sets a table of two columns. The first is as wide as what it holds, up to a third.
func (c *composer) table(b paper.Block, left, width float64, e *element) {
	names := bodyLook()
	names.bold = true
	narrow := 0.0
	for _, r := range b.Rows {
		for _, l := range c.lines(r.Name, names, width/3, c.language(b), e) {
			narrow = max(narrow, l.width)
		}
	}
	narrow += 2.4 * padding
	var head *row
	for n, r := range b.Rows {
		tr := e.child("TR")
		th := tr.child("TH")
		start := &row{left: left, column: left + narrow, width: width, element: th, head: head, name: c.lines(r.Name, names, narrow-padding, c.language(b), th)}
		if n == 0 {
			th.attributes = " /O /Table /Scope /Column"
			second := tr.child("TH")
			second.attributes = th.attributes
			for _, named := range r.Content {
				start.content = append(start.content, c.lines(named.Text, names, width-narrow-padding, c.language(b), second)...)
			}
			head = start
			c.items = append(c.items, item{row: start, closing: true, together: true})
			continue
		}
		th.attributes = " /O /Table /Scope /Row"
		from := len(c.items)
		c.blocks(r.Content, left+narrow, width-narrow-padding, tr.child("TD"))
		if from == len(c.items) {
			c.items = append(c.items, item{left: left + narrow})
		}
		c.items[from].row, c.items[len(c.items)-1].closing = start, true
		for i := from; i < len(c.items); i++ {
			c.items[i].after = min(c.items[i].after, 3)
		}
	}
	end := &c.items[len(c.items)-1]
	end.after, end.last = 6, true
}
