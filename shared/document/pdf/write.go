package pdf

import (
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
	"time"

	"csdn.example/directory/shared/document/paper"
)

// About is what a document says of itself beside its title and language.
type About struct {
	Author  string
	Changed time.Time // when what it tells was last changed
}

// Write returns the document as a PDF file. The same document gives the same file.
func Write(d paper.Document, about About) ([]byte, error) {
	root := &element{tag: "Document", lang: d.Lang}
	setter := &typesetter{cabinet: newCabinet()}
	c := &composer{typesetter: setter, lang: d.Lang}
	c.blocks(d.Blocks, marginLeft, columnWidth, root)
	g := &paginator{}
	if len(d.Note) > 0 {
		small := look{size: 8.5, leading: 12, colour: inkColour}
		g.noted = root.child("Note")
		g.noted.entries = " /ID (note-1)"
		g.mark = setter.lines([]paper.Span{{Text: "1"}}, look{size: 6, leading: 12, colour: inkColour}, indent, d.Lang, g.noted.child("Lbl"))[0]
		g.note = setter.lines(d.Note, small, columnWidth-8, d.Lang, g.noted)
	}
	g.set(c.items)
	g.footnote()
	g.numbers(setter)
	if setter.fault != nil {
		return nil, setter.fault
	}
	return save(d, about, root, g.pages, setter.order)
}

// numbers sets the numbers of the pages, which are no content.
func (g *paginator) numbers(s *typesetter) {
	small := look{size: 8.5, leading: 12, colour: paleColour}
	for n, p := range g.pages {
		number := s.lines([]paper.Span{{Text: fmt.Sprintf("%d / %d", n+1, len(g.pages))}}, small, 100, "en", nil)[0]
		p.line(number, marginLeft+columnWidth-number.width, number.width, 40, false)
	}
}

// save writes the file.
func save(d paper.Document, about About, root *element, pages []*page, typefaces []*typeface) ([]byte, error) {
	f := newFile()
	catalogue, branch := f.reserve(), f.reserve()
	t := &tree{file: f, root: f.reserve()}
	t.reserve(root)
	var fonts, kids strings.Builder
	for _, face := range typefaces {
		if len(face.uses) == 0 {
			continue
		}
		ref, err := face.embed(f)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&fonts, "/%s %v ", face.name, ref)
	}
	resources := f.add("<</Font <<%s>>>>", fonts.String())
	for _, p := range pages {
		p.ref = f.reserve()
		fmt.Fprintf(&kids, "%v ", p.ref)
	}
	for _, p := range pages {
		var owners strings.Builder
		for _, e := range p.owners {
			fmt.Fprintf(&owners, "%v ", e.ref)
		}
		key, annotations := t.key("["+owners.String()+"]"), ""
		for _, l := range p.links {
			ref := f.add("<</Type /Annot /Subtype /Link /Rect [%s %s %s %s] /Border [0 0 0] /F 4 /Contents %s /StructParent %d /A <</S /URI /URI %s>>>>",
				number(l.left), number(l.bottom), number(l.right), number(l.top), quoted(l.says), t.key(l.element.ref.String()), literal(l.to))
			l.element.kids = append(l.element.kids, kid{page: p, link: ref})
			annotations += ref.String() + " "
		}
		content := f.stream("", p.Bytes())
		f.put(p.ref, "<</Type /Page /Parent %v /MediaBox [0 0 %s %s] /Resources %v /Contents %v /StructParents %d /Tabs /S /Annots [%s]>>",
			branch, number(pageWidth), number(pageHeight), resources, content, key, strings.TrimSpace(annotations))
	}
	f.put(branch, "<</Type /Pages /Count %d /Kids [%s]>>", len(pages), strings.TrimSpace(kids.String()))
	t.write(root)
	t.finish(root)
	metadata := f.plainStream(" /Type /Metadata /Subtype /XML", describe(d, about))
	f.put(catalogue, "<</Type /Catalog /Pages %v /Lang %s /MarkInfo <</Marked true>> /StructTreeRoot %v /Metadata %v "+
		"/ViewerPreferences <</DisplayDocTitle true>>>>", branch, quoted(d.Lang), t.root, metadata)
	info := f.add("<</Title %s /Author %s /Producer %s /CreationDate %s /ModDate %[4]s>>",
		quoted(d.Title), quoted(about.Author), quoted(about.Author), date(about.Changed))
	return f.finish(catalogue, info), nil
}

// literal returns an address as a byte string.
func literal(s string) string {
	return "(" + strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`, "\r", "", "\n", "").Replace(s) + ")"
}

// describe returns the metadata (ISO 16684-1, XMP), which say that the file is made for everyone (ISO 14289-1, section 5).
func describe(d paper.Document, about About) string {
	changed := about.Changed.UTC().Format(time.RFC3339)
	return `<?xpacket begin="` + "\ufeff" + `" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">` + escaped(d.Title) + `</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>` + escaped(about.Author) + `</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>` + escaped(d.Lang) + `</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>` + changed + `</xmp:CreateDate><xmp:ModifyDate>` + changed + `</xmp:ModifyDate>
<pdfuaid:part>` + strconv.Itoa(1) + `</pdfuaid:part>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`
}

func escaped(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a builder takes everything
	return b.String()
}
