package e2e

import (
	"bytes"
	"mime"
	"strings"
	"testing"
)

// theDocumentsComeWhole asks for documents that are no text through the whole system, which carries them as text on their way.
func theDocumentsComeWhole(t *testing.T, h house, meeting string) {
	note := "/v1/meetings/" + meeting + "/concept-note"
	for _, tt := range []struct{ path, accept, media, begins, ends, name string }{
		{note, "application/pdf, text/html;q=0.5", "application/pdf", "%PDF-1.7\n", "%%EOF\n", ".pdf"},
		{note + "?format=docx", "", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "PK\x03\x04", "", ".docx"},
		{"/v1/phases/4/report?format=xlsx", "", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "PK\x03\x04", "", ".xlsx"},
		{"/v1/phases/4/report", "text/csv", "text/csv; charset=utf-8", "breakdown,code,name,measure,count\r\n", "\r\n", ".csv"},
		{"/v1/phases/4/report", "text/html", "text/html; charset=utf-8", "<!DOCTYPE html>", "</html>\n", ".html"},
	} {
		got := h.official.get(t, tt.path, "Accept", tt.accept).is(t, 200)
		if got.header.Get("Content-Type") != tt.media || got.header.Get("Vary") != "Accept" {
			t.Errorf("%s %s: %v", tt.path, tt.accept, got.header)
		}
		if !bytes.HasPrefix(got.body, []byte(tt.begins)) || !bytes.HasSuffix(got.body, []byte(tt.ends)) {
			t.Errorf("%s %s: %d bytes that begin %.20q", tt.path, tt.accept, len(got.body), got.body)
		}
		if _, parameters, err := mime.ParseMediaType(got.header.Get("Content-Disposition")); err != nil || !strings.HasSuffix(parameters["filename"], tt.name) {
			t.Errorf("%s is to be saved as %v: %v", tt.path, parameters, err)
		}
	}
	h.official.get(t, note+"?format=odt").is(t, 422)
	h.organisation.get(t, "/v1/phases/4/report?format=xlsx").is(t, 403)
}
