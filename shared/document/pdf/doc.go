// Package pdf sets documents as PDF that everyone can read: tagged, so that a screen reader tells headings, lists, tables and the
// footnote (ISO 14289-1, PDF/UA), with its language and title, and with text that can be copied and searched in every
// script that it shows.
//
// It imports paper, which says what a document holds, a shaper of text, and the standard library. It exists because the
// permissively licensed libraries for PDF set untagged text, letter by letter, which joins no Arabic.
//
// The fonts are read when a document needs their script. They cover Latin, Greek, Cyrillic, Arabic, Hebrew, Ethiopic, Armenian,
// Georgian, Devanagari, Bengali, Burmese, and Chinese and
// Japanese as far as their older national character sets go (GB 2312, Big5 level 1, JIS X 0208 level 1). What
// none of them has is shown as a box, and still copied and read aloud as what it is.
package pdf
