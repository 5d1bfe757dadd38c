package pdf

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
)

// subset returns the font with the outlines of the glyphs in use alone. Glyphs keep their numbers. The tables are those that
// a font in a PDF file has (ISO 32000-1, section 9.9).
func (t *typeface) subset() ([]byte, error) {
	loader, err := opentype.NewLoader(bytes.NewReader(t.data))
	if err != nil {
		return nil, err
	}
	tables := map[string][]byte{}
	for _, name := range []string{"glyf", "head", "hhea", "hmtx", "loca", "maxp"} {
		raw, err := loader.RawTable(opentype.MustNewTag(name))
		if err != nil {
			return nil, fmt.Errorf("table %s: %w", name, err)
		}
		tables[name] = slices.Clone(raw)
	}
	long := binary.BigEndian.Uint16(tables["head"][50:]) == 1
	offset := func(n int) int {
		if long {
			return int(binary.BigEndian.Uint32(tables["loca"][4*n:]))
		}
		return 2 * int(binary.BigEndian.Uint16(tables["loca"][2*n:]))
	}
	glyphs := int(binary.BigEndian.Uint16(tables["maxp"][4:]))
	outline := func(n int) []byte {
		if n < 0 || n >= glyphs {
			return nil
		}
		return tables["glyf"][offset(n):offset(n+1)]
	}
	needed := map[int]bool{}
	var need func(int)
	need = func(n int) {
		if needed[n] {
			return
		}
		needed[n] = true
		for _, part := range parts(outline(n)) {
			need(part)
		}
	}
	need(0)
	for _, u := range t.uses {
		need(int(u.glyph))
	}
	var glyf, loca []byte
	for n := range glyphs {
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
		if needed[n] {
			glyf = append(glyf, outline(n)...)
			glyf = append(glyf, make([]byte, -len(glyf)&3)...)
		}
	}
	loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
	tables["glyf"], tables["loca"] = glyf, loca
	binary.BigEndian.PutUint16(tables["head"][50:], 1)
	return assemble(tables), nil
}

// parts returns the glyphs that a composite glyph is made of (OpenType, glyf table).
func parts(outline []byte) []int {
	const wordArguments, scale, more, twoScales, matrix = 0x1, 0x8, 0x20, 0x40, 0x80
	if len(outline) < 10 || int16(binary.BigEndian.Uint16(outline)) >= 0 {
		return nil
	}
	var list []int
	for at := 10; at+4 <= len(outline); {
		flags := binary.BigEndian.Uint16(outline[at:])
		list = append(list, int(binary.BigEndian.Uint16(outline[at+2:])))
		at += 6
		if flags&wordArguments != 0 {
			at += 2
		}
		switch {
		case flags&scale != 0:
			at += 2
		case flags&twoScales != 0:
			at += 4
		case flags&matrix != 0:
			at += 8
		}
		if flags&more == 0 {
			break
		}
	}
	return list
}

// assemble returns a font file of the tables (OpenType, table directory).
func assemble(tables map[string][]byte) []byte {
	names := make([]string, 0, len(tables))
	for name := range tables {
		names = append(names, name)
	}
	slices.Sort(names)
	power := 1
	for power*2 <= len(names) {
		power *= 2
	}
	shift := 0
	for 1<<shift < power {
		shift++
	}
	head := binary.BigEndian.AppendUint32(nil, 0x00010000)
	for _, v := range []int{len(names), power * 16, shift, (len(names) - power) * 16} {
		head = binary.BigEndian.AppendUint16(head, uint16(v))
	}
	var body []byte
	start := 12 + 16*len(names)
	for _, name := range names {
		padded := append(slices.Clip(tables[name]), make([]byte, -len(tables[name])&3)...)
		var sum uint32
		for at := 0; at < len(padded); at += 4 {
			sum += binary.BigEndian.Uint32(padded[at:])
		}
		head = append(head, name...)
		for _, v := range []uint32{sum, uint32(start + len(body)), uint32(len(tables[name]))} {
			head = binary.BigEndian.AppendUint32(head, v)
		}
		body = append(body, padded...)
	}
	return append(head, body...)
}

// silent is the text of a glyph that adds to another's: a space without width, as every glyph must stand for something.
const silent = "\u200b"

// embed writes the font, with what each code shows and what text it stands for, and returns its number.
func (t *typeface) embed(f *file) (reference, error) {
	data, err := t.subset()
	if err != nil {
		return 0, fmt.Errorf("font %s: %w", t.name, err)
	}
	upem := float64(t.face.Upem())
	thousandths := func(units float32) string { return number(float64(units) * 1000 / upem) }
	glyphs, widths := []byte{0, 0}, thousandths(t.face.HorizontalAdvance(0))
	var texts strings.Builder
	for n, u := range t.uses {
		glyphs = binary.BigEndian.AppendUint16(glyphs, uint16(u.glyph))
		widths += " " + thousandths(t.face.HorizontalAdvance(u.glyph))
		if n%100 == 0 {
			if n > 0 {
				texts.WriteString("endbfchar\n")
			}
			fmt.Fprintf(&texts, "%d beginbfchar\n", min(100, len(t.uses)-n))
		}
		fmt.Fprintf(&texts, "<%04X> <%s>\n", n+1, hexadecimal(cmp.Or(u.text, silent)))
	}
	texts.WriteString("endbfchar\n")
	extents, _ := t.face.FontHExtents()
	capital := t.face.LineMetric(font.CapHeight)
	name := "CSDNAA+" + t.name
	program := f.stream(fmt.Sprintf("/Length1 %d", len(data)), data)
	descriptor := f.add("<</Type /FontDescriptor /FontName /%s /Flags 4 /FontBBox [-1000 -500 2000 1200] /ItalicAngle %s /Ascent %s "+
		"/Descent %s /CapHeight %s /StemV 80 /FontFile2 %v>>", name, slant(t.name), thousandths(extents.Ascender),
		thousandths(extents.Descender), thousandths(capital), program)
	mapping := f.stream("", glyphs)
	descendant := f.add("<</Type /Font /Subtype /CIDFontType2 /BaseFont /%s /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) "+
		"/Supplement 0>> /FontDescriptor %v /W [0 [%s]] /CIDToGIDMap %v>>", name, descriptor, widths, mapping)
	unicode := f.stream("", []byte("/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"+
		"/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def /CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"+
		"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"+texts.String()+"endcmap CMapName currentdict /CMap defineresource pop end end\n"))
	return f.add("<</Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H /DescendantFonts [%v] /ToUnicode %v>>",
		name, descendant, unicode), nil
}

func slant(name string) string {
	if strings.HasSuffix(name, "-Italic") {
		return "-12"
	}
	return "0"
}
