package pdf

import (
	"cmp"
	"slices"
	"strings"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"

	"csdn.example/directory/shared/document/paper"
)

// precision is how many units of the shaper make a point.
const precision = 64

func units(points float64) fixed.Int26_6 { return fixed.Int26_6(points*precision*64 + 0.5) }

func points(v fixed.Int26_6) float64 { return float64(v) / (precision * 64) }

// look is how text is set.
type look struct {
	size, leading float64 // points
	bold          bool
	colour        string // red, green and blue, 0 to 1
}

// line is a line of text.
type line struct {
	runs     []run // in the order in which they are read
	width    float64
	leading  float64
	size     float64
	marked   bool // holds the mark of the footnote
	leftward bool
}

// run is a piece of a line in one font.
type run struct {
	typeface *typeface
	size     float64
	rise     float64
	colour   string
	x        float64 // from the left end of the line
	width    float64
	glyphs   []shaping.Glyph // from left to right
	leftward bool
	text     []rune // of the whole paragraph, which glyphs point into
	span     *paper.Span
	element  *element
}

// typesetter makes lines of text.
type typesetter struct {
	*cabinet
	segmenter shaping.Segmenter
	shaper    shaping.HarfbuzzShaper
	wrapper   shaping.LineWrapper
}

// lines returns the text in lines of at most the width, as content of the element.
func (s *typesetter) lines(spans []paper.Span, l look, width float64, lang string, e *element) []line {
	leftward := paper.RightToLeft(paper.Plain(spans))
	var list []line
	elements := make([]*element, len(spans))
	for n, span := range spans {
		elements[n] = e
		switch {
		case span.Mark:
			elements[n] = e.child("Reference").child("Lbl")
		case span.Link != "":
			elements[n] = e.child("Link")
		}
	}
	var part []piece
	for n := range spans {
		for i, text := range strings.Split(spans[n].Text, "\n") {
			if i > 0 {
				list = append(list, s.wrap(part, l, width, lang, leftward)...)
				part = nil
			}
			part = append(part, piece{[]rune(text), &spans[n], elements[n]})
		}
	}
	return append(list, s.wrap(part, l, width, lang, leftward)...)
}

// piece is text of one span without a line break.
type piece struct {
	text    []rune
	span    *paper.Span
	element *element
}

func (s *typesetter) wrap(pieces []piece, l look, width float64, lang string, leftward bool) []line {
	direction := di.DirectionLTR
	if leftward {
		direction = di.DirectionRTL
	}
	var text []rune
	for _, p := range pieces {
		text = append(text, p.text...)
	}
	if len(text) == 0 {
		return []line{{leading: l.leading, size: l.size}}
	}
	var shaped []shaping.Output
	start := 0
	for _, p := range pieces {
		if len(p.text) == 0 {
			continue
		}
		s.weight = weightOf(*p.span, l)
		for _, input := range s.segmenter.Split(shaping.Input{
			Text: text, RunStart: start, RunEnd: start + len(p.text), Direction: direction,
			Size: units(sizeOf(*p.span, l)), Language: language.NewLanguage(lang),
		}, s.cabinet) {
			if input.Script == language.Arabic {
				input.Size = input.Size * 9 / 8 // its letters are smaller than Latin ones of the same size
			}
			shaped = append(shaped, s.shaper.Shape(input))
		}
		start += len(p.text)
	}
	wrapped, _ := s.wrapper.WrapParagraph(shaping.WrapConfig{Direction: direction}, int(width*precision), breakable(pieces), shaping.NewSliceIterator(shaped))
	list := make([]line, 0, len(wrapped))
	for _, outputs := range wrapped {
		list = append(list, s.line(outputs, pieces, text, l, leftward))
	}
	return list
}

// breakable returns the text of the pieces as its lines are broken: not after a hyphen of an address, where a reader could not
// tell whether it belongs to it.
func breakable(pieces []piece) []rune {
	var text []rune
	for _, p := range pieces {
		if strings.Contains(string(p.text), "://") {
			p.text = []rune(strings.ReplaceAll(string(p.text), "-", "\u2011"))
		}
		text = append(text, p.text...)
	}
	return text
}

// line places the runs of a line beside each other.
func (s *typesetter) line(outputs shaping.Line, pieces []piece, text []rune, l look, leftward bool) line {
	made := line{leading: l.leading, size: l.size, leftward: leftward}
	for _, o := range outputs {
		p := at(pieces, o.Runes.Offset)
		r := run{
			typeface: s.of(o.Face), size: points(o.Size), colour: l.colour, width: points(o.Advance),
			glyphs: slices.Clone(o.Glyphs), leftward: o.Direction == di.DirectionRTL, text: text, span: p.span, element: p.element,
		}
		switch {
		case p.span.Mark:
			r.rise, made.marked = l.size*0.36, true
		case p.span.Link != "":
			r.colour = linkColour
		}
		made.runs = append(made.runs, r)
	}
	order := make([]int, len(outputs))
	for n := range order {
		order[n] = n
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(outputs[a].VisualIndex, outputs[b].VisualIndex) })
	for _, n := range order {
		made.runs[n].x = made.width
		made.width += made.runs[n].width
	}
	return made
}

// at returns the piece in which the rune stands.
func at(pieces []piece, offset int) piece {
	for _, p := range pieces {
		if offset < len(p.text) {
			return p
		}
		offset -= len(p.text)
	}
	return pieces[len(pieces)-1]
}

func weightOf(s paper.Span, l look) weight {
	switch {
	case s.Strong || l.bold:
		return bold
	case s.Stress:
		return italic
	}
	return regular
}

func sizeOf(s paper.Span, l look) float64 {
	if s.Mark {
		return l.size * 0.65
	}
	return l.size
}

// saying is glyphs, and how they come to be text: each by its own code, or all by one text in their place.
type saying struct {
	glyphs   []shaping.Glyph
	text     string
	replaced bool
}

// sayings returns what the glyphs of a run say. Several glyphs that stand for a text together are replaced by it. From right to
// left readers of PDF do not agree how to turn such a text, so there the widest glyph, the letter, says it, and its
// signs nothing.
func (r run) sayings() []saying {
	var list []saying
	for n := 0; n < len(r.glyphs); {
		first, widest, size := r.glyphs[n], 0, 1
		for n+size < len(r.glyphs) && r.glyphs[n+size].TextIndex() == first.TextIndex() {
			if r.glyphs[n+size].Advance > r.glyphs[n+widest].Advance {
				widest = size
			}
			size++
		}
		glyphs := r.glyphs[n : n+size]
		text := string(r.text[first.TextIndex() : first.TextIndex()+first.RunesCount()])
		n += size
		if size == 1 || !r.leftward {
			list = append(list, saying{glyphs, text, size > 1})
			continue
		}
		list = append(list, saying{glyphs[:widest], "", true}, saying{glyphs[widest : widest+1], text, false}, saying{glyphs[widest+1:], "", true})
	}
	return list
}
