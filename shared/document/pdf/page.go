package pdf

import (
	"bytes"
	"fmt"
	"strings"
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

// run draws glyphs from left to right.
func (p *page) run(r run, x, y float64) {
	fmt.Fprintf(p, "BT %s rg /%s %s Tf 1 0 0 1 %s %s Tm\n", r.colour, r.typeface.name, number(r.size), number(x), number(y+r.rise))
	em := 1000 / r.size
	var shown strings.Builder
	raised := 0.0
	flush := func() {
		if shown.Len() > 0 {
			fmt.Fprintf(p, "[%s] TJ\n", shown.String())
			shown.Reset()
		}
	}
	shift := func(points float64) {
		if s := number(-points * em); s != "0" {
			fmt.Fprintf(&shown, "%s", s)
		}
	}
	for _, t := range r.sayings() {
		if t.replaced {
			flush()
			fmt.Fprintf(p, "/Span <</ActualText %s>> BDC\n", quoted(t.text))
		}
		for _, g := range t.glyphs {
			if rise := points(g.YOffset); rise != raised {
				flush()
				fmt.Fprintf(p, "%s Ts\n", number(rise))
				raised = rise
			}
			nominal := float64(r.typeface.face.HorizontalAdvance(g.GlyphID)) / float64(r.typeface.face.Upem()) * r.size
			shift(points(g.XOffset))
			fmt.Fprintf(&shown, "<%04X>", r.typeface.code(use{g.GlyphID, t.text}))
			shift(points(g.Advance) - points(g.XOffset) - nominal)
		}
		if t.replaced {
			flush()
			p.WriteString("EMC\n")
		}
	}
	flush()
	if raised != 0 {
		p.WriteString("0 Ts\n")
	}
	p.WriteString("ET\n")
}
