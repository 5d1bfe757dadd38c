package pdf

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/go-text/typesetting/shaping"
)

// page is a page while it is set.
type page struct {
	bytes.Buffer
	ref    reference
	owners []*element // of its marked contents, by number
	links  []link
	y      float64 // of what comes next, from the bottom
	bottom float64 // where the column ends
	note   bool    // the footnote is set at its end
	empty  bool
}

// link is a place on a page that leads elsewhere.
type link struct {
	left, bottom, right, top float64
	to, says                 string
	element                  *element
}

// begin marks what is drawn until end as content of the element.
func (p *page) begin(e *element) {
	e.join()
	e.kids = append(e.kids, kid{page: p, content: len(p.owners)})
	fmt.Fprintf(p, "/%s <</MCID %d>> BDC\n", e.tag, len(p.owners))
	p.owners = append(p.owners, e)
}

// ornament marks what is drawn until end as no content.
func (p *page) ornament() { p.WriteString("/Artifact BMC\n") }

func (p *page) end() { p.WriteString("EMC\n") }

// box fills a rectangle.
func (p *page) box(left, bottom, width, height float64, colour string) {
	p.ornament()
	fmt.Fprintf(p, "%s rg %s %s %s %s re f\n", colour, number(left), number(bottom), number(width), number(height))
	p.end()
}

// line draws a line of text whose base is at y. Without structure it is an ornament, as the head of a table is when it comes again.
func (p *page) line(l line, left, width, y float64, structure bool) {
	if l.leftward {
		left += width - l.width
	}
	var open *element
	if !structure {
		p.ornament()
	}
	for _, r := range l.runs {
		if structure && r.element != open {
			if open != nil {
				p.end()
			}
			p.begin(r.element)
			open = r.element
		}
		p.run(r, left+r.x, y)
		if structure && r.span.Link != "" {
			p.links = append(p.links, link{left + r.x, y - 3, left + r.x + r.width, y + r.size, r.span.Link, r.span.Text, r.element})
			fmt.Fprintf(p, "%s rg %s %s %s 0.5 re f\n", linkColour, number(left+r.x), number(y-1.8), number(r.width))
		}
	}
	if open != nil || !structure {
		p.end()
	}
}

// run draws glyphs from left to right. Those of a script from right to left are marked as being in reverse of the order in which they are
// read (ISO 32000-1, section 14.8.2.3.3), and the signs on its letters are drawn after them.
func (p *page) run(r run, x, y float64) {
	fmt.Fprintf(p, "BT %s rg /%s %s Tf 1 0 0 1 %s %s Tm\n", r.colour, r.typeface.name, number(r.size), number(x), number(y+r.rise))
	if r.leftward {
		p.WriteString("/ReversedChars BMC\n")
	}
	s := &show{page: p, run: r}
	var signs []sign
	for _, t := range r.sayings() {
		if t.replaced && r.leftward {
			for _, g := range t.glyphs {
				signs = append(signs, sign{g, x + points(g.XOffset), y + r.rise + points(g.YOffset)})
				s.shift(points(g.Advance))
				x += points(g.Advance)
			}
			continue
		}
		if t.replaced {
			s.flush()
			fmt.Fprintf(p, "/Span <</ActualText %s>> BDC\n", quoted(t.text))
		}
		for _, g := range t.glyphs {
			s.glyph(g, t.text)
			x += points(g.Advance)
		}
		if t.replaced {
			s.flush()
			p.WriteString("EMC\n")
		}
	}
	s.flush()
	s.raise(0)
	if r.leftward {
		p.WriteString("EMC\n")
	}
	for _, g := range signs {
		fmt.Fprintf(p, "/Span <</ActualText <FEFF>>> BDC 1 0 0 1 %s %s Tm <%04X> Tj EMC\n", number(g.x), number(g.y), r.typeface.code(use{g.GlyphID, ""}))
	}
	p.WriteString("ET\n")
}

// sign is a glyph that is drawn by itself.
type sign struct {
	shaping.Glyph
	x, y float64
}

// show is a string of glyphs while it is shown.
type show struct {
	page   *page
	run    run
	shown  strings.Builder
	raised float64
}

func (s *show) flush() {
	if s.shown.Len() > 0 {
		fmt.Fprintf(s.page, "[%s] TJ\n", s.shown.String())
		s.shown.Reset()
	}
}

func (s *show) raise(rise float64) {
	if rise != s.raised {
		s.flush()
		fmt.Fprintf(s.page, "%s Ts\n", number(rise))
		s.raised = rise
	}
}

// shift moves to the right.
func (s *show) shift(points float64) {
	if v := number(-points * 1000 / s.run.size); v != "0" {
		s.shown.WriteString(v)
	}
}

func (s *show) glyph(g shaping.Glyph, text string) {
	face := s.run.typeface.face
	nominal := float64(face.HorizontalAdvance(g.GlyphID)) / float64(face.Upem()) * s.run.size
	s.raise(points(g.YOffset))
	s.shift(points(g.XOffset))
	fmt.Fprintf(&s.shown, "<%04X>", s.run.typeface.code(use{g.GlyphID, text}))
	s.shift(points(g.Advance) - points(g.XOffset) - nominal)
}
