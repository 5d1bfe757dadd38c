// Package prose makes HTML of the Markdown that people write: of the texts of meetings, of missions and of biographies.
//
// It imports libraries for Markdown and for cleaning HTML, and nothing of the house. Whatever shows such a text, a document or a page,
// takes it from here, so that what can do no harm in one place can do none in another.
package prose

import (
	"bytes"
	"fmt"
	"html/template"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	goldmarktext "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Rel keeps readers unknown to the sites that a text links to.
const Rel = "noopener noreferrer nofollow"

// HTML returns a Markdown text as HTML that can do no harm: no images, for loading one tells who reads, no HTML of its own,
// links to the web and to mailboxes alone, and headings that continue the outline from a heading of the level under which the text
// stands, 2 to 5. "" for a text without content.
func HTML(markdown string, under int) (template.HTML, error) {
	converter := goldmark.New(
		goldmark.WithExtensions(extension.Linkify),
		goldmark.WithParserOptions(parser.WithASTTransformers(util.Prioritized(plain{under}, 1000))),
	)
	var b bytes.Buffer
	if err := converter.Convert([]byte(markdown), &b); err != nil {
		return "", fmt.Errorf("convert Markdown: %w", err)
	}
	return template.HTML(strings.TrimLeft(policy().Sanitize(b.String()), "\n")), nil
}

// policy is the second guard: it permits what plain leaves, and nothing else.
func policy() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "strong", "em", "code", "pre", "blockquote", "hr", "ul", "ol", "li", "h3", "h4", "h5", "h6")
	p.AllowAttrs("start").Matching(bluemonday.Integer).OnElements("ol")
	p.AllowAttrs("href").OnElements("a")
	p.AllowAttrs("rel").Matching(regexp.MustCompile("^" + Rel + "$")).OnElements("a")
	p.AllowURLSchemes(schemes()...)
	p.RequireParseableURLs(true)
	return p
}

func schemes() []string { return []string{"https", "http", "mailto"} }

// plain takes out of a parsed text what a reader is not shown. What a link or an image says stays, as words. under is the level of the
// heading that the text stands under.
type plain struct{ under int }

// Transform implements parser.ASTTransformer.
func (p plain) Transform(document *ast.Document, reader goldmarktext.Reader, _ parser.Context) {
	p.clean(document, reader.Source())
	p.demote(document)
}

// clean walks from the leaves up, so that what has lost its content goes too.
func (p plain) clean(parent ast.Node, source []byte) {
	for n := parent.FirstChild(); n != nil; {
		next := n.NextSibling()
		p.clean(n, source)
		switch n := n.(type) {
		case *ast.RawHTML, *ast.HTMLBlock:
			parent.RemoveChild(parent, n)
		case *ast.Image:
			unwrap(parent, n)
		case *ast.Link:
			n.SetAttributeString("rel", []byte(Rel))
			if !permitted(string(n.Destination)) || !n.HasChildren() {
				unwrap(parent, n)
			}
		case *ast.AutoLink:
			n.SetAttributeString("rel", []byte(Rel))
			if n.AutoLinkType == ast.AutoLinkURL && !permitted(string(n.URL(source))) {
				parent.ReplaceChild(parent, n, ast.NewString(n.Label(source)))
			}
		case *ast.Heading, *ast.Paragraph, *ast.TextBlock, *ast.Emphasis, *ast.List, *ast.ListItem, *ast.Blockquote:
			if !n.HasChildren() {
				parent.RemoveChild(parent, n)
			}
		}
		n = next
	}
}

// unwrap puts the children of the node in its place.
func unwrap(parent, n ast.Node) {
	for child := n.FirstChild(); child != nil; child = n.FirstChild() {
		parent.InsertBefore(parent, n, child)
	}
	parent.RemoveChild(parent, n)
}

func permitted(address string) bool {
	parsed, err := url.Parse(address)
	return err == nil && slices.Contains(schemes(), parsed.Scheme)
}

// demote sets the level of every heading to one below the heading that it stands under, so that the outline skips no level.
func (p plain) demote(document *ast.Document) {
	var above []int // levels, as written, of the headings that are open
	_ = ast.Walk(document, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		heading, ok := n.(*ast.Heading)
		if !ok || !entering {
			return ast.WalkContinue, nil
		}
		for len(above) > 0 && above[len(above)-1] >= heading.Level {
			above = above[:len(above)-1]
		}
		above = append(above, heading.Level)
		heading.Level = min(p.under+len(above), 6)
		return ast.WalkSkipChildren, nil
	})
}
