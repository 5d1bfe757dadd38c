package site

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // for what is served as it is
	"encoding/hex"
	"net/http"
	"time"
)

//go:embed style.css
var styleSheet []byte

//go:embed live.js
var liveScript []byte

//go:embed openapi.json
var specification []byte

// asset serves what is the same for everybody until the next deployment. Caches keep it for five minutes and then ask by its
// ETag.
func asset(contentType string, content []byte) http.Handler {
	sum := sha256.Sum256(content)
	tag := `"` + hex.EncodeToString(sum[:8]) + `"`
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", contentType)
		w.Header().Set("Cache-Control", "public, max-age=300")
		w.Header().Set("ETag", tag)
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
	})
}
