package docx

import (
	"fmt"
	"strings"
)

// bullets is the number of the one list with bullets; numbered lists have the numbers after it, and the second pattern.
const bullets = 1

// numbering returns the lists of a document. starts are the first numbers of those that are numbered.
func numbering(starts []int) string {
	var b strings.Builder
	b.WriteString(declaration + `<w:numbering ` + namespaces + `>`)
	for pattern, format := range []string{"bullet", "decimal"} {
		fmt.Fprintf(&b, `<w:abstractNum w:abstractNumId="%d"><w:multiLevelType w:val="hybridMultilevel"/>`, pattern+1)
		for level := range levels {
			text := "•"
			if format == "decimal" {
				text = fmt.Sprintf("%%%d.", level+1)
			}
			fmt.Fprintf(&b, `<w:lvl w:ilvl="%d"><w:start w:val="1"/><w:numFmt w:val="%s"/><w:lvlText w:val="%s"/><w:lvlJc w:val="left"/>`+
				`<w:pPr><w:ind w:left="%d" w:hanging="%d"/></w:pPr></w:lvl>`, level, format, text, step*(level+1), step)
		}
		b.WriteString(`</w:abstractNum>`)
	}
	fmt.Fprintf(&b, `<w:num w:numId="%d"><w:abstractNumId w:val="1"/></w:num>`, bullets)
	for n, start := range starts {
		fmt.Fprintf(&b, `<w:num w:numId="%d"><w:abstractNumId w:val="2"/>`, bullets+1+n)
		for level := range levels {
			fmt.Fprintf(&b, `<w:lvlOverride w:ilvl="%d"><w:startOverride w:val="%d"/></w:lvlOverride>`, level, start)
		}
		b.WriteString(`</w:num>`)
	}
	b.WriteString(`</w:numbering>`)
	return b.String()
}

const (
	levels = 9
	step   = 340 // by which a list is indented, in twentieths of a point
)
