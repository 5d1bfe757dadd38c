package csdn

import (
	"regexp"
	"testing"
)

func TestLanguageValid(t *testing.T) {
	for _, valid := range []Language{
		"en", "fr", "ti", "bm", "no", "prs", "pnb", "ckb", "kmr", "din", "nus", "fvr", "luo", "kln", "tzm", "shi", "rif", "fuv",
		"kea", "mni", "ceb", "tpi", "rki", "shn", "ksw", "mos", "dyu", "snk", "srr", "pt-BR", "es-419", "zh-Hant-TW", "sr-Latn",
		"uz-Cyrl-UZ", "ar-001", "sq-XK",
	} {
		if !valid.Valid() {
			t.Errorf("%q is not valid", valid)
		}
	}
	for _, invalid := range []Language{
		"", "-", "xx", "EN", "eng", "wol", "sh", "zzz", "en-", "-en", "en-us", "en-USA", "en-ZZ", "en-840", "zh-hant", "zh-HANT",
		"zh-Han", "zh-1ant", "zh-Hanté", "zh-TW-Hant", "zh-Hant-Hant", "en-GB-GB", "en-GB-oxendict", "de-1996", "x-private", "en_GB", " en",
		"zh--TW",
	} {
		if invalid.Valid() {
			t.Errorf("%q is valid", invalid)
		}
	}
}

func TestLanguageName(t *testing.T) {
	for _, test := range []struct{ language, in, want string }{
		{"ti", "en", "Tigrinya"},
		{"ti", "fr", "tigrigna"},
		{"prs", "en", "Dari"},
		{"fvr", "fr-CH", "four"},
		{"fur", "en", "Friulian"},
		{"zh-Hant-TW", "en", "Chinese"},
		{"ckb", "de", "Central Kurdish (Sorani)"},
		{"xx-Latn", "en", "xx-Latn"},
		{"", "fr", ""},
	} {
		if got := Language(test.language).Name(Language(test.in)); got != test.want {
			t.Errorf("%q in %q: got %q, want %q", test.language, test.in, got, test.want)
		}
	}
}

func TestLanguageBase(t *testing.T) {
	for tag, want := range map[Language]Language{"zh-Hant-TW": "zh", "prs": "prs", "": "", "es-419": "es"} {
		if got := tag.Base(); got != want {
			t.Errorf("%q: got %q, want %q", tag, got, want)
		}
	}
}

func TestLanguageTable(t *testing.T) {
	form := regexp.MustCompile(`^[a-z]{2,3}$`)
	seen := map[string]Language{}
	twoLetters := 0
	for i, row := range languages {
		if !form.MatchString(string(row.code)) || row.en == "" || row.fr == "" {
			t.Errorf("%q is incomplete", row.code)
		}
		if i > 0 && languages[i-1].code >= row.code {
			t.Errorf("%q is out of order", row.code)
		}
		for _, name := range []string{"en " + row.en, "fr " + row.fr} {
			if other, taken := seen[name]; taken {
				t.Errorf("%s and %s are both called %s", other, row.code, name)
			}
			seen[name] = row.code
		}
		if len(row.code) == 2 {
			twoLetters++
		}
	}
	if twoLetters != 183 {
		t.Errorf("%d languages of ISO 639-1", twoLetters)
	}
}
