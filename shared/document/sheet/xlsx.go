package sheet

import (
	"archive/zip"
	"bytes"
	_ "embed"
	"encoding/xml"
	"fmt"
	"regexp"
	"strings"

	"csdn.example/directory/shared/csdn"
)

// OrganisationsXLSX returns organisations as a workbook (ECMA-376) of one sheet, whose head is bold and stays in sight. Every cell is a
// text, so that none is a formula and no code such as 011 loses its zero.
func OrganisationsXLSX(x csdn.OrganisationExtract) ([]byte, error) {
	columns := organisationColumns(x)
	return workbook("Organisations", widths(columns), rows(columns, x.Organisations))
}

// PeopleXLSX returns people as OrganisationsXLSX does organisations.
func PeopleXLSX(x csdn.PersonExtract) ([]byte, error) {
	columns := personColumns(x)
	return workbook("People", widths(columns), rows(columns, x.People))
}

// The parts of a workbook that are the same in each.
var (
	//go:embed parts/content_types.xml
	contentTypes string
	//go:embed parts/package.rels
	packageRelations string
	//go:embed parts/workbook.xml
	workbookPart string
	//go:embed parts/workbook.rels
	workbookRelations string
	//go:embed parts/styles.xml
	styles string
)

// workbook packs a sheet. Its parts have no date: the same sheet is the same file.
func workbook(title string, widths []int, table [][]string) ([]byte, error) {
	var file bytes.Buffer
	pack := zip.NewWriter(&file)
	for _, part := range [][2]string{
		{"[Content_Types].xml", contentTypes},
		{"_rels/.rels", packageRelations},
		{"xl/workbook.xml", strings.ReplaceAll(workbookPart, "TITLE", title)},
		{"xl/_rels/workbook.xml.rels", workbookRelations},
		{"xl/styles.xml", styles},
		{"xl/worksheets/sheet1.xml", worksheet(widths, table)},
	} {
		w, err := pack.Create(part[0])
		if err == nil {
			_, err = w.Write([]byte(part[1]))
		}
		if err != nil {
			return nil, fmt.Errorf("write %s of a workbook: %w", part[0], err)
		}
	}
	if err := pack.Close(); err != nil {
		return nil, fmt.Errorf("write a workbook: %w", err)
	}
	return file.Bytes(), nil
}

// worksheet writes the cells. Style 1 is the head's, style 2 that of texts, which are the cells' own (inlineStr).
func worksheet(widths []int, table [][]string) string {
	var b strings.Builder
	last := fmt.Sprintf("%s%d", letters(len(widths)), len(table))
	b.WriteString(xml.Header + `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:` + last + `"/>` +
		`<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>`)
	for i, width := range widths {
		fmt.Fprintf(&b, `<col min="%d" max="%d" width="%d" customWidth="1" style="2"/>`, i+1, i+1, width)
	}
	b.WriteString(`</cols><sheetData>`)
	for n, row := range table {
		style := min(n, 1) + 1
		fmt.Fprintf(&b, `<row r="%d">`, n+1)
		for i, text := range row {
			if text == "" {
				continue
			}
			fmt.Fprintf(&b, `<c r="%s%d" s="%d" t="inlineStr"><is><t xml:space="preserve">`, letters(i+1), n+1, style)
			_ = xml.EscapeText(&b, []byte(escapes.ReplaceAllString(text, "_x005F_$1"))) // a strings.Builder takes everything
			b.WriteString(`</t></is></c>`)
		}
		b.WriteString(`</row>`)
	}
	b.WriteString(`</sheetData><autoFilter ref="A1:` + last + `"/></worksheet>`)
	return b.String()
}

// escapes are what a workbook takes for the number of a character (ECMA-376, part 1, section 22.9.2.19).
var escapes = regexp.MustCompile(`_(x[0-9A-Fa-f]{4}_)`)

// letters names a column, of 26 at most.
func letters(n int) string { return string(rune('A' + n - 1)) }
