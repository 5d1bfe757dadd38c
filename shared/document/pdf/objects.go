package pdf

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"fmt"
	"strings"
	"time"
	"unicode/utf16"
)

// reference is the number of an object of the file.
type reference int

func (r reference) String() string { return fmt.Sprintf("%d 0 R", int(r)) }

// file is a PDF 1.7 file under construction (ISO 32000-1, section 7.5).
type file struct {
	bytes.Buffer
	offsets []int // of objects, by number less one
}

func newFile() *file {
	f := &file{}
	f.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	return f
}

// reserve returns the number of an object that is written later.
func (f *file) reserve() reference {
	f.offsets = append(f.offsets, 0)
	return reference(len(f.offsets))
}

// put writes an object under a reserved number.
func (f *file) put(r reference, format string, args ...any) {
	f.offsets[r-1] = f.Len()
	fmt.Fprintf(f, "%d 0 obj\n", int(r))
	fmt.Fprintf(f, format, args...)
	f.WriteString("\nendobj\n")
}

// add writes an object and returns its number.
func (f *file) add(format string, args ...any) reference {
	r := f.reserve()
	f.put(r, format, args...)
	return r
}

// stream writes data, compressed, with the entries of its dictionary.
func (f *file) stream(entries string, data []byte) reference {
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	_, _ = z.Write(data) // a buffer takes everything
	_ = z.Close()
	return f.add("<<%s /Length %d /Filter /FlateDecode>>\nstream\n%s\nendstream", entries, packed.Len(), packed.Bytes())
}

// plainStream writes data that programs which know nothing of PDF look for.
func (f *file) plainStream(entries, data string) reference {
	return f.add("<<%s /Length %d>>\nstream\n%s\nendstream", entries, len(data), data)
}

// finish returns the file with the table of its objects. Its identifier is made of what it holds.
func (f *file) finish(root, info reference) []byte {
	sum := sha256.Sum256(f.Bytes())
	start := f.Len()
	fmt.Fprintf(f, "xref\n0 %d\n0000000000 65535 f \n", len(f.offsets)+1)
	for _, at := range f.offsets {
		fmt.Fprintf(f, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(f, "trailer\n<</Size %d /Root %v /Info %v /ID [<%x> <%x>]>>\nstartxref\n%d\n%%%%EOF\n",
		len(f.offsets)+1, root, info, sum[:16], sum[:16], start)
	return f.Bytes()
}

// quoted returns a text string (ISO 32000-1, section 7.9.2.2), in UTF-16.
func quoted(s string) string {
	return "<FEFF" + hexadecimal(s) + ">"
}

func hexadecimal(s string) string {
	var b strings.Builder
	for _, unit := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", unit)
	}
	return b.String()
}

// date returns a date as PDF writes it.
func date(t time.Time) string { return t.UTC().Format("(D:20060102150405Z)") }

// number writes a length without needless digits.
func number(v float64) string {
	s := strings.TrimRight(fmt.Sprintf("%.3f", v), "0")
	if s = strings.TrimSuffix(s, "."); s == "-0" {
		return "0"
	}
	return s
}
