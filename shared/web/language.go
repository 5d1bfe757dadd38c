package web

import (
	"strings"

	"csdn.example/directory/shared/csdn"
)

// PreferredLanguage returns the language of the directory for an Accept-Language header (RFC 9110, section 12.5.4), which browsers
// write in the order of preference: the first of it that the directory speaks, else English.
func PreferredLanguage(header string) csdn.Language {
	for one := range strings.SplitSeq(strings.ToLower(header), ",") {
		tag, _, _ := strings.Cut(one, ";")
		if base := csdn.Language(strings.TrimSpace(tag)).Base(); base == "en" || base == "fr" {
			return base
		}
	}
	return "en"
}
