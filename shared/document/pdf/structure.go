package pdf

import (
	"fmt"
	"strings"
)

// element is a node of the tree that tells what the document is made of (ISO 32000-1, section 14.7).
type element struct {
	tag        string
	entries    string // more of its dictionary
	lang       string
	parent     *element
	kids       []kid
	joined     bool // is among the kids of its parent
	ref        reference
	attributes string
}

// kid is what an element holds: another one, a piece of a page, or a link.
type kid struct {
	element *element
	page    *page
	content int // number of the marked content on the page
	link    reference
}

func (e *element) child(tag string) *element { return &element{tag: tag, parent: e} }

// join puts an element, and those above it, where the first of its content is set, so that the order of the tree is the
// order of the text.
func (e *element) join() {
	if e.joined || e.parent == nil {
		return
	}
	e.parent.join()
	e.parent.kids = append(e.parent.kids, kid{element: e})
	e.joined = true
}

// tree is the structure of a whole file while it is written.
type tree struct {
	file    *file
	root    reference
	parents []string // entries of the parent tree, by their key
}

// reserve numbers the elements.
func (t *tree) reserve(e *element) {
	e.ref = t.file.reserve()
	for _, k := range e.kids {
		if k.element != nil {
			t.reserve(k.element)
		}
	}
}

// write writes an element and all below it.
func (t *tree) write(e *element) {
	above := t.root
	if e.parent != nil {
		above = e.parent.ref
	}
	var kids strings.Builder
	for _, k := range e.kids {
		switch {
		case k.element != nil:
			t.write(k.element)
			fmt.Fprintf(&kids, "%v ", k.element.ref)
		case k.link != 0:
			fmt.Fprintf(&kids, "<</Type /OBJR /Obj %v /Pg %v>> ", k.link, k.page.ref)
		default:
			fmt.Fprintf(&kids, "<</Type /MCR /Pg %v /MCID %d>> ", k.page.ref, k.content)
		}
	}
	entries := e.entries
	if e.lang != "" {
		entries += " /Lang " + quoted(e.lang)
	}
	if e.attributes != "" {
		entries += " /A <<" + e.attributes + ">>"
	}
	t.file.put(e.ref, "<</Type /StructElem /S /%s /P %v /K [%s]%s>>", e.tag, above, strings.TrimSpace(kids.String()), entries)
}

// key adds an entry to the parent tree, by which a reader finds the element of what it shows, and returns its key.
func (t *tree) key(value string) int {
	t.parents = append(t.parents, value)
	return len(t.parents) - 1
}

// finish writes the root of the tree.
func (t *tree) finish(document *element) {
	var numbers strings.Builder
	for key, value := range t.parents {
		fmt.Fprintf(&numbers, "%d %s ", key, value)
	}
	t.file.put(t.root, "<</Type /StructTreeRoot /K [%v] /ParentTree <</Nums [%s]>> /ParentTreeNextKey %d>>",
		document.ref, strings.TrimSpace(numbers.String()), len(t.parents))
}
