package document

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"slices"
	"strings"
	"testing"

	"csdn.example/directory/shared/csdn"
)

// parts returns the parts of a DOCX file, each of which must be XML.
func parts(t *testing.T, file []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	list := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		for d := xml.NewDecoder(bytes.NewReader(content)); ; {
			_, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s is no XML: %v", f.Name, err)
			}
		}
		list[f.Name] = string(content)
	}
	return list
}

// said returns what a part of a DOCX file says: a line for each paragraph, with its style, and the mark of the footnote.
func said(t *testing.T, part string) string {
	t.Helper()
	var all, line strings.Builder
	style := ""
	for d := xml.NewDecoder(strings.NewReader(part)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return all.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			value := ""
			for _, a := range e.Attr {
				if a.Name.Local == "val" {
					value = a.Value
				}
			}
			switch e.Name.Local {
			case "pStyle":
				style = value + ": "
			case "br":
				line.WriteString(" / ")
			case "footnoteReference":
				line.WriteString("[1]")
			case "tblHeader":
				all.WriteString("(head of the table)\n")
			case "bidi":
				style += "(right to left) "
			}
		case xml.CharData:
			line.Write(e)
		case xml.EndElement:
			if e.Name.Local == "p" {
				all.WriteString(style + strings.TrimSpace(line.String()) + "\n")
				line.Reset()
				style = ""
			}
		}
	}
}

func TestDOCXHoldsEveryFactInItsOrder(t *testing.T) {
	for name, m := range meetings(t) {
		file, err := ConceptNoteDOCX(m, fourthPhase())
		if err != nil {
			t.Fatal(err)
		}
		all := parts(t, file)
		body, notes := said(t, all["word/document.xml"]), said(t, all["word/footnotes.xml"])
		// Numbers of items are made by the word processor, and the mark of the footnote stands within a sentence.
		wanted := slices.DeleteFunc(facts(m), func(s string) bool { return s == "1." || s == "2." })
		inOrder(t, name, strings.ReplaceAll(body, "[1]", ""), wanted)
		inOrder(t, name, notes, footnote(m))
		golden(t, "testdata/"+name+".docx.txt", body+"---\n"+notes)
		for part, content := range all {
			if strings.Contains(content, secretURL) || strings.Contains(content, secretPlanner) {
				t.Errorf("%s of %s tells a secret", part, name)
			}
		}
	}
}

// TestDOCXHoldsTogether follows what leads from part to part, as a word processor does when it opens a file.
func TestDOCXHoldsTogether(t *testing.T) {
	for name, m := range meetings(t) {
		file, err := ConceptNoteDOCX(m, fourthPhase())
		if err != nil {
			t.Fatal(err)
		}
		all := parts(t, file)
		styles := values(t, all["word/styles.xml"], "style", "styleId")
		for part, content := range all {
			for _, kind := range []string{"pStyle", "rStyle", "tblStyle", "basedOn", "next"} {
				for _, style := range values(t, content, kind, "val") {
					if !slices.Contains(styles, style) {
						t.Errorf("%s: %s has the style %s, which is none", name, part, style)
					}
				}
			}
			if !strings.HasSuffix(part, ".rels") {
				continue
			}
			owner := path.Join(path.Dir(path.Dir(part)), strings.TrimSuffix(path.Base(part), ".rels"))
			ids := values(t, content, "Relationship", "Id")
			targets := values(t, content, "Relationship", "Target")
			for n, target := range targets {
				if _, there := all[path.Join(path.Dir(owner), target)]; !there && !strings.Contains(target, "://") {
					t.Errorf("%s: %s leads to %s, which is not there", name, part, target)
				}
				if slices.Index(ids, ids[n]) != n {
					t.Errorf("%s: %s has %s twice", name, part, ids[n])
				}
			}
			for _, kind := range []string{"hyperlink", "footerReference"} {
				for _, id := range values(t, all[owner], kind, "id") {
					if !slices.Contains(ids, id) {
						t.Errorf("%s: %s leads to %s, which is nowhere", name, owner, id)
					}
				}
			}
		}
		numbers := values(t, all["word/numbering.xml"], "num", "numId")
		for _, used := range values(t, all["word/document.xml"], "numId", "val") {
			if !slices.Contains(numbers, used) {
				t.Errorf("%s: a list has the number %s, which is none", name, used)
			}
		}
		types := all["[Content_Types].xml"]
		for _, part := range values(t, types, "Override", "PartName") {
			if _, there := all[strings.TrimPrefix(part, "/")]; !there {
				t.Errorf("%s: a type is given to %s, which is not there", name, part)
			}
		}
		if core := all["docProps/core.xml"]; !strings.Contains(core, "<dc:creator>Civil Society Dialogue Network</dc:creator>") || !strings.Contains(core, "<dc:language>") {
			t.Error(core)
		}
	}
}

// values returns an attribute of the elements of a name, in their order.
func values(t *testing.T, part, element, attribute string) []string {
	t.Helper()
	var list []string
	for d := xml.NewDecoder(strings.NewReader(part)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return list
		}
		if err != nil {
			t.Fatal(err)
		}
		start, is := token.(xml.StartElement)
		if !is || start.Name.Local != element {
			continue
		}
		for _, a := range start.Attr {
			if a.Name.Local == attribute {
				list = append(list, a.Value)
			}
		}
	}
}

func TestHostileTextsMakeWholeFiles(t *testing.T) {
	for _, evil := range append(hostile(), "]]>&amp;<w:p/>", "\u200b", "🕊️ 👩‍👩‍👧 한국어 \U000e0041") {
		m := seedMeeting(t)
		m.Title, m.Venue = evil, csdn.Venue{Name: evil, Address: evil}
		m.Background, m.Objectives, m.Format, m.Participants = evil, "# "+evil, "> "+evil, "- "+evil
		m.Agenda[1].Title, m.Agenda[1].By = evil, []string{evil}
		file, err := ConceptNoteDOCX(m, fourthPhase())
		if err != nil {
			t.Fatalf("%q: %v", evil, err)
		}
		if body := said(t, parts(t, file)["word/document.xml"]); !strings.Contains(body, "Title: ") {
			t.Errorf("%q: %s", evil, body)
		}
	}
}
