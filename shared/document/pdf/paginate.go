package pdf

// paginator sets items on pages.
type paginator struct {
	pages []*page
	note  []line // the footnote
	mark  line   // its number
	noted *element
	open  *row // the table that goes on
}

const noteGap = 14.0 // above the footnote

func (g *paginator) page() *page { return g.pages[len(g.pages)-1] }

func (g *paginator) turn() {
	g.pages = append(g.pages, &page{y: pageHeight - marginTop, bottom: marginBottom, empty: true})
}

// room is the height that is left on the page.
func (g *paginator) room() float64 { return g.page().y - g.page().bottom }

func (g *paginator) noteHeight() float64 {
	height := noteGap
	for _, l := range g.note {
		height += l.leading
	}
	return height
}

// height is what lines need, and the footnote, if they bring it to the page.
func (g *paginator) height(lines []line) float64 {
	total := 0.0
	for _, l := range lines {
		total += l.leading
		if l.marked && !g.page().note {
			total += g.noteHeight()
		}
	}
	return total
}

// set sets all items.
func (g *paginator) set(items []item) {
	g.turn()
	for n := range items {
		if items[n].fresh && !g.page().empty || g.needs(items[n:]) > g.room() && !g.page().empty {
			g.turn()
			g.resume(items[n])
		}
		g.item(items[n])
	}
}

// needs is the height without which the first of the items does not start on a page: that of a whole row, of a heading with what
// follows it, of two lines of a paragraph.
func (g *paginator) needs(items []item) float64 {
	first := items[0]
	if first.row != nil && !first.together {
		whole := 0.0
		for _, i := range items {
			whole += i.before + g.height(i.lines) + i.after
			if i.closing {
				break
			}
		}
		if whole += 2 * padding; whole < pageHeight-marginTop-marginBottom-60 {
			return whole
		}
	}
	height := first.before
	if first.row != nil {
		height += padding + g.height(first.row.content)
	}
	if lines := first.lines; len(lines) <= 3 || first.together {
		height += g.height(lines)
	} else {
		height += g.height(lines[:2])
	}
	if first.together && len(items) > 1 {
		return height + first.after + g.needs(items[1:])
	}
	return height
}

// resume draws the head of a table again where it goes on.
func (g *paginator) resume(i item) {
	if i.row != nil {
		g.open = i.row.head
	}
	if g.open != nil {
		g.head(g.open, false)
	}
}

func (g *paginator) item(i item) {
	p := g.page()
	if !p.empty {
		p.y -= i.before
	}
	p.empty = false
	if i.row != nil {
		g.start(i)
		p = g.page()
	}
	for n, l := range i.lines {
		need := g.height(i.lines[n : n+1])
		if n > 0 && n == len(i.lines)-2 {
			need = g.height(i.lines[n:]) // no line is left alone
		}
		if need > g.room() {
			g.turn()
			g.resume(item{})
			p = g.page()
			p.empty = false
		}
		p.y -= l.leading
		base := p.y + (l.leading-l.size)/2 + l.size*0.16
		if n == 0 && i.label != nil {
			left := i.left - indent
			if l.leftward {
				left = i.left + i.width
				i.label.line.leftward = true
			}
			p.line(i.label.line, left, indent, base, true)
		}
		p.line(l, i.left, i.width, base, true)
		if l.marked && !p.note {
			p.note, p.bottom = true, p.bottom+g.noteHeight()
			g.noted.join()
		}
	}
	if i.underline != "" {
		p.box(i.left, p.y-3, i.width, 0.8, i.underline)
	}
	p.y -= i.after
	if i.closing {
		g.close(i)
	}
	if i.last {
		g.open = nil
	}
}

// start draws what begins a row.
func (g *paginator) start(i item) {
	p := g.page()
	if i.row.head == nil {
		g.head(i.row, true)
		g.open = i.row
		return
	}
	p.y -= padding - 2
	y := p.y
	for _, l := range i.row.name {
		y -= l.leading
		p.line(l, i.row.left+padding, i.row.column-i.row.left-padding, y+(l.leading-l.size)/2+l.size*0.16, true)
	}
}

// close draws the rule below a row.
func (g *paginator) close(i item) {
	p := g.page()
	if i.row != nil && i.row.head == nil {
		return
	}
	p.y -= padding - 4
	p.box(g.open.left, p.y, g.open.width, 0.6, ruleColour)
}

// head draws the names of the columns.
func (g *paginator) head(r *row, structure bool) {
	p := g.page()
	height := max(g.height(r.name), g.height(r.content)) + 6
	p.box(r.left, p.y-height, r.width, height, tintColour)
	for _, column := range []struct {
		lines []line
		left  float64
	}{{r.name, r.left + padding}, {r.content, r.column}} {
		y := p.y - 3
		for _, l := range column.lines {
			y -= l.leading
			p.line(l, column.left, 0, y+(l.leading-l.size)/2+l.size*0.16, structure)
		}
	}
	p.y -= height
	p.empty = false
}

// footnote sets the footnote at the end of the page that holds its mark.
func (g *paginator) footnote() {
	for _, p := range g.pages {
		if !p.note {
			continue
		}
		y := p.bottom - noteGap + 4
		p.box(marginLeft, y, 90, 0.6, paleColour)
		y -= 4
		for n, l := range g.note {
			y -= l.leading
			base := y + (l.leading-l.size)/2
			if n == 0 {
				p.line(g.mark, marginLeft, 0, base+2.6, true)
			}
			p.line(l, marginLeft+8, columnWidth-8, base, true)
		}
	}
}
