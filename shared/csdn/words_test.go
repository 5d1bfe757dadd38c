package csdn

import (
	"testing"
	"time"
)

func TestDatesInWords(t *testing.T) {
	brussels := Zone("Europe/Brussels").Location()
	at := func(month time.Month, d, h, m int) time.Time { return time.Date(2027, month, d, h, m, 0, 0, brussels) }
	for _, c := range []struct{ name, got, want string }{
		{"a moment", MomentInWords(at(8, 15, 18, 0), "en"), "Sunday 15 August 2027, 18:00 (Europe/Brussels, UTC+02:00)"},
		{"a moment in French", MomentInWords(at(8, 15, 18, 5), "fr"), "dimanche 15 août 2027, 18\u00a0h\u00a005 (Europe/Brussels, UTC+02:00)"},
		{"the first of a month", MomentInWords(at(12, 1, 9, 0), "fr"), "mercredi 1er décembre 2027, 9\u00a0h (Europe/Brussels, UTC+01:00)"},
		{"hours", SpanInWords(at(2, 1, 9, 15), at(2, 1, 11, 30), "en"), "Monday 1 February 2027, 09:15–11:30 (Europe/Brussels, UTC+01:00)"},
		{"hours in French", SpanInWords(at(2, 1, 9, 15), at(2, 1, 11, 0), "fr"), "lundi 1er février 2027, de 9\u00a0h\u00a015 à 11\u00a0h (Europe/Brussels, UTC+01:00)"},
		{"days over the change of clocks", SpanInWords(at(3, 27, 9, 0), at(3, 28, 12, 0), "en"),
			"Saturday 27 March 2027, 09:00 to Sunday 28 March 2027, 12:00 (Europe/Brussels, UTC+01:00, UTC+02:00)"},
		{"days in French", SpanInWords(at(7, 6, 9, 0), at(7, 7, 12, 0), "fr"),
			"du mardi 6 juillet 2027, 9\u00a0h, au mercredi 7 juillet 2027, 12\u00a0h (Europe/Brussels, UTC+02:00)"},
	} {
		if c.got != c.want {
			t.Errorf("%s is %q, want %q", c.name, c.got, c.want)
		}
	}
}
