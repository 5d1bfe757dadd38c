package paper

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRead(t *testing.T) {
	text := func(s string) []Span { return []Span{{Text: s}} }
	tests := map[string]struct {
		html string
		want []Block
	}{
		"white space is one space":        {"<p> a\n\tb  <!-- c --> d </p>", []Block{{Text: text("a b d")}}},
		"a space that does not break":     {"<p>9\u00a0h </p>", []Block{{Text: text("9\u00a0h")}}},
		"no space around a break":         {"<p>a <br>\n b<br></p>", []Block{{Text: text("a\nb")}}},
		"a new line is no break":          {"<p><em>a</em>\n<strong>b</strong></p>", []Block{{Text: []Span{{Text: "a", Stress: true}, {Text: " "}, {Text: "b", Strong: true}}}}},
		"styles within each other":        {"<p><strong>a<em>b</em></strong></p>", []Block{{Text: []Span{{Text: "a", Strong: true}, {Text: "b", Strong: true, Stress: true}}}}},
		"links lead out alone":            {`<p><a href="https://a.example/b">c</a><a href="#d">e</a></p>`, []Block{{Text: []Span{{Text: "c", Link: "https://a.example/b"}, {Text: "e"}}}}},
		"groups go":                       {"<main><section><div><p>a</p></div></section></main>", []Block{{Text: text("a")}}},
		"text in no paragraph":            {"<div>a <strong>b</strong><p>c</p>d</div>", []Block{{Text: []Span{{Text: "a "}, {Text: "b", Strong: true}}}, {Text: text("c")}, {Text: text("d")}}},
		"headings":                        {`<h2 class="new-page">a</h2><h6>b</h6>`, []Block{{Kind: Heading, Level: 2, Role: "new-page", Text: text("a")}, {Kind: Heading, Level: 6, Text: text("b")}}},
		"the language of a part":          {`<div lang="ar"><p>a</p><p lang="fr">b</p></div><p>c</p>`, []Block{{Lang: "ar", Text: text("a")}, {Lang: "fr", Text: text("b")}, {Text: text("c")}}},
		"lists":                           {`<ul><li>a<ol start="3"><li><p>b</p></li></ol></li></ul>`, []Block{{Kind: List, Items: [][]Block{{{Text: text("a")}, {Kind: List, First: 3, Items: [][]Block{{{Text: text("b")}}}}}}}}},
		"line breaks of code hold":        {"<pre><code>a\n  b\n</code></pre>", []Block{{Kind: Code, Text: []Span{{Text: "a\n  b", Code: true}}}}},
		"quotations and lines":            {"<blockquote><p>a</p></blockquote><hr>", []Block{{Kind: Quotation, Items: [][]Block{{{Text: text("a")}}}}, {Kind: Line}}},
		"the mark of the footnote":        {`<p>a<sup><a href="#f" role="doc-noteref">1</a></sup></p>`, []Block{{Text: []Span{{Text: "a"}, {Text: "1", Mark: true}}}}},
		"a table comes after its caption": {`<table><caption>a</caption><tr><th>b</th><th>c</th></tr><tr><th>d</th><td lang="ar"><p>e</p></td></tr></table>`, []Block{{Role: "caption", Text: text("a")}, {Kind: Table, Rows: []Row{{Name: text("b"), Content: []Block{{Text: text("c")}}}, {Name: text("d"), Content: []Block{{Lang: "ar", Text: text("e")}}}}}}},
		"what is empty is no text":        {"<div> </div><p></p>", []Block{{}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			d, err := Read([]byte("<!DOCTYPE html><html lang=en><title>t</title><body>" + tt.html))
			if err != nil {
				t.Fatal(err)
			}
			if d.Lang != "en" || d.Title != "t" {
				t.Errorf("language %q, title %q", d.Lang, d.Title)
			}
			if diff := cmp.Diff(tt.want, d.Blocks); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTheFootnoteIsReadWithoutItsNumber(t *testing.T) {
	d, err := Read([]byte(`<p>a</p><p role="doc-footnote"><sup>1</sup> b <a href="https://a.example/">c</a>. <a href="#m" role="doc-backlink">Back</a></p>`))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]Span{{Text: "b "}, {Text: "c", Link: "https://a.example/"}, {Text: "."}}, d.Note); diff != "" {
		t.Error(diff)
	}
}

func TestRightToLeft(t *testing.T) {
	for text, want := range map[string]bool{"": false, "1 – 2": false, "a سلام": false, "سلام a": true, "(1) שלום": true, "« été": false} {
		if got := RightToLeft(text); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
}
