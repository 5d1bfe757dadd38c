package csdn

import (
	"errors"
	"testing"
	"time"
)

func TestClean(t *testing.T) {
	for dirty, want := range map[string]string{
		"  a \t b\n c ":                "a b c",
		"a\r\nBcc: b":                  "a Bcc: b",
		"a\u202eb\u2066c\u200fd":       "abcd",
		"a\x00\x1b[31mb\ufeff":         "a[31mb",
		"line\u2028break":              "line break",
		"Zo\u00eb \u1ea4\u0639 \u4e2d": "Zo\u00eb \u1ea4\u0639 \u4e2d",
	} {
		if got := cleanLine(dirty); got != want {
			t.Errorf("cleanLine(%q) = %q, want %q", dirty, got, want)
		}
	}
	if got := cleanProse("\r\n# A\r\n\r\nb\u202e\x00\rc\t \n"); got != "# A\n\nb\nc" {
		t.Errorf("cleanProse gives %q", got)
	}
}

func TestEmails(t *testing.T) {
	for address, good := range map[string]bool{
		"a.b+c@d.example": true, "a@b": true, "": false, "a": false, "@b.example": false, "A <a@b.example>": false,
		"a@b.example, c@d.example": false, "\"a b\"@c.example": false, "a\nb@c.example": false, "é@b.example": false,
	} {
		var v violations
		if v.email("email", address); (len(v) == 0) != good {
			t.Errorf("%q: %v", address, v)
		}
	}
}

func TestTimes(t *testing.T) {
	for _, text := range []string{"2023-02-30T09:15", "2023-02-01T24:00", "2023-02-01", "2023-02-01T9:15", "2023-02-01T09:15Z", "2023-2-1T09:15"} {
		if _, err := ParseLocalTime(text); !errors.Is(err, Malformed) {
			t.Errorf("%s: %v", text, err)
		}
	}
	for _, text := range []string{"9:15", "24:00", "09:60", "", "09:15:00"} {
		if _, err := ParseClockTime(text); !errors.Is(err, Malformed) {
			t.Errorf("%s: %v", text, err)
		}
	}
	start := localTime(t, "2023-02-01T09:15")
	if want := time.Date(2023, 2, 1, 8, 15, 0, 0, time.UTC); !start.In("Europe/Brussels").Equal(want) {
		t.Errorf("09.15 in Brussels is %s", start.In("Europe/Brussels"))
	}
	if localTime(t, "2027-03-28T02:30").existsIn("Europe/Brussels") {
		t.Error("02.30 exists on the night when summer time begins")
	}
	if Zone("Local").Valid() || Zone("").Valid() || Zone("Mars/Olympus").Valid() || !Zone("Africa/Bamako").Valid() {
		t.Error("zones are not told apart")
	}
}
