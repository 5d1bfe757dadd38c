package web_test

import (
	"testing"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/web"
)

func TestPreferredLanguage(t *testing.T) {
	for header, want := range map[string]csdn.Language{
		"": "en", "fr": "fr", "FR-ca": "fr", "de-DE, fr;q=0.8, en;q=0.7": "fr", "en-GB,fr": "en", "ar, *": "en", ";;,,fr ;q=1": "fr", "french": "en",
	} {
		if got := web.PreferredLanguage(header); got != want {
			t.Errorf("%q prefers %s, want %s", header, got, want)
		}
	}
}
