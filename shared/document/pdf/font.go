package pdf

import (
	"bytes"
	"embed"
	"fmt"
	"unicode"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/language"
)

//go:embed fonts/*.ttf
var fontFiles embed.FS

// weight is which of the letters of a family are meant. Scripts other than Latin, Greek, Cyrillic and Arabic have one alone.
type weight int

const (
	regular weight = iota
	bold
	italic
)

// family is the fonts of some scripts.
type family struct {
	scripts []language.Script
	files   [3]string // by weight
}

// families returns the fonts; the first has what belongs to no script.
func families() []family {
	one := func(name string, scripts ...language.Script) family {
		return family{scripts, [3]string{name, name, name}}
	}
	return []family{
		{[]language.Script{language.Latin, language.Greek, language.Cyrillic}, [3]string{"NotoSans-Regular", "NotoSans-Bold", "NotoSans-Italic"}},
		{[]language.Script{language.Arabic}, [3]string{"NotoNaskhArabic-Regular", "NotoNaskhArabic-Bold", "NotoNaskhArabic-Regular"}},
		one("NotoSansHebrew-Regular", language.Hebrew),
		one("NotoSansEthiopic-Regular", language.Ethiopic),
		one("NotoSansArmenian-Regular", language.Armenian),
		one("NotoSansGeorgian-Regular", language.Georgian),
		one("NotoSansDevanagari-Regular", language.Devanagari),
		one("NotoSansBengali-Regular", language.Bengali),
		one("NotoSansMyanmar-Regular", language.Myanmar),
		one("DroidSansFallback-Regular", language.Han, language.Hiragana, language.Katakana, language.Bopomofo),
	}
}

// cabinet holds the fonts that a document needed so far.
type cabinet struct {
	families []family
	open     map[string]*typeface
	order    []*typeface
	weight   weight
	script   language.Script
	fault    error
}

func newCabinet() *cabinet { return &cabinet{families: families(), open: map[string]*typeface{}} }

// typeface is a font, and which of its glyphs the document uses.
type typeface struct {
	name  string
	data  []byte
	face  *font.Face
	codes map[use]int
	uses  []use
}

// use is a glyph as it stands for a text. The same glyph for another text has another code, so that text can be copied.
type use struct {
	glyph font.GID
	text  string
}

// code returns the number by which the document calls the glyph for the text.
func (t *typeface) code(u use) int {
	if code, known := t.codes[u]; known {
		return code
	}
	t.uses = append(t.uses, u)
	t.codes[u] = len(t.uses) // 0 is for what no font has
	return len(t.uses)
}

// get returns the font of a family, read when it is first asked for.
func (c *cabinet) get(f family) *typeface {
	name := f.files[c.weight]
	if t, open := c.open[name]; open {
		return t
	}
	data, err := fontFiles.ReadFile("fonts/" + name + ".ttf")
	if err != nil {
		c.fault = fmt.Errorf("font %s: %w", name, err)
		return nil
	}
	face, err := font.ParseTTF(bytes.NewReader(data))
	if err != nil {
		c.fault = fmt.Errorf("font %s: %w", name, err)
		return nil
	}
	t := &typeface{name: name, data: data, face: face, codes: map[use]int{}}
	c.open[name] = t
	c.order = append(c.order, t)
	return t
}

// SetScript implements shaping.FontmapScript.
func (c *cabinet) SetScript(script language.Script) { c.script = script }

// ResolveFace implements shaping.Fontmap: the font of the script if it has the letter, or else the first that has.
func (c *cabinet) ResolveFace(r rune) *font.Face {
	preferred := c.families[0]
	for _, f := range c.families {
		for _, script := range f.scripts {
			if script == c.script {
				preferred = f
			}
		}
	}
	t := c.get(preferred)
	if t == nil {
		return nil
	}
	if unicode.IsControl(r) || has(t, r) {
		return t.face
	}
	for _, f := range c.families {
		if other := c.get(f); other != nil && has(other, r) {
			return other.face
		}
	}
	return t.face
}

func has(t *typeface, r rune) bool {
	_, found := t.face.NominalGlyph(r)
	return found
}

// of returns the typeface of a face.
func (c *cabinet) of(face *font.Face) *typeface {
	for _, t := range c.order {
		if t.face == face {
			return t
		}
	}
	return nil
}
