package api

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

func TestVersionOfIfMatch(t *testing.T) {
	for _, test := range []struct {
		name, tag string
		want      csdn.Version
		kind      error
	}{
		{"a version", `"3"`, 3, nil},
		{"a large version", `"9223372036854775807"`, 9223372036854775807, nil},
		{"with spaces around", ` "3" `, 3, nil},
		{"any", "*", directory.AnyVersion, nil},
		{"none", "", 0, csdn.Unconditional},
		{"spaces", "  ", 0, csdn.Unconditional},
		{"weak", `W/"3"`, 0, csdn.Stale},
		{"unquoted", "3", 0, csdn.Stale},
		{"not closed", `"3`, 0, csdn.Stale},
		{"not opened", `3"`, 0, csdn.Stale},
		{"one quotation mark", `"`, 0, csdn.Stale},
		{"empty", `""`, 0, csdn.Stale},
		{"zero", `"0"`, 0, csdn.Stale},
		{"the number that stands for any", `"-1"`, 0, csdn.Stale},
		{"too large", `"9223372036854775808"`, 0, csdn.Stale},
		{"a word", `"three"`, 0, csdn.Stale},
		{"any, quoted", `"*"`, 0, csdn.Stale},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := IfMatch{Tag: test.tag}.version()
			if got != test.want || !errors.Is(err, test.kind) {
				t.Errorf("got %d, %v, want %d, %v", got, err, test.want, test.kind)
			}
			if test.kind == csdn.Unconditional {
				test.want, test.kind = directory.AnyVersion, nil
			}
			if got, err := (IfMatch{Tag: test.tag}).versionIfGiven(); got != test.want || !errors.Is(err, test.kind) {
				t.Errorf("where it is optional: got %d, %v, want %d, %v", got, err, test.want, test.kind)
			}
		})
	}
}

func TestEveryETagIsReadBack(t *testing.T) {
	for _, v := range []csdn.Version{1, 2, 10, 1 << 40} {
		if got, err := parseETag(etag(v)); got != v || err != nil {
			t.Errorf("%s is read as %d, %v", etag(v), got, err)
		}
	}
}

func TestIfNoneMatch(t *testing.T) {
	for _, test := range []struct {
		name, tags string
		want       int
	}{
		{"none", "", 200},
		{"the present version", `"3"`, 304},
		{"weak", `W/"3"`, 304},
		{"any", "*", 304},
		{"another version", `"2"`, 200},
		{"a list with it", `"1", "2","3"`, 304},
		{"a list with it, weak", `"1", W/"3" , "4"`, 304},
		{"a list without it", `"1", "2"`, 200},
		{"a version that begins alike", `"33"`, 200},
		{"unquoted", "3", 200},
		{"weak in small letters, which is no tag", `w/"3"`, 200},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := newShelf()
			s.phases[4] = csdn.Phase{Number: 4, Version: 3, PhaseProfile: csdn.PhaseProfile{Label: "Fourth phase", From: 2020, To: 2023}}
			answer := newFace(s).do(t, secretariat, http.MethodGet, "/v1/phases/4", nil, "If-None-Match", test.tags)
			if answer.Code != test.want || answer.Header().Get("ETag") != `"3"` {
				t.Errorf("%d of the version %s", answer.Code, answer.Header().Get("ETag"))
			}
			if (answer.Body.Len() == 0) != (test.want == 304) {
				t.Errorf("the body is %q", answer.Body)
			}
		})
	}
}

func TestWhatIsNotThereIsNotFoundWhateverOneHas(t *testing.T) {
	answer := newFace(newShelf()).do(t, secretariat, http.MethodGet, "/v1/phases/4", nil, "If-None-Match", "*")
	problemIn(t, answer, http.StatusNotFound)
}

func TestWritesNameTheVersionThatTheyChange(t *testing.T) {
	for _, test := range []struct {
		name, tag string
		status    int
		version   string
	}{
		{"the present one", `"3"`, 200, `"4"`},
		{"any", "*", 200, `"4"`},
		{"one before", `"2"`, 412, ""},
		{"one to come", `"4"`, 412, ""},
		{"weak", `W/"3"`, 412, ""},
		{"unquoted", "3", 412, ""},
		{"none", "", 428, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := newShelf()
			s.phases[4] = csdn.Phase{Number: 4, Version: 3, PhaseProfile: csdn.PhaseProfile{Label: "Fourth phase", From: 2020, To: 2023}}
			answer := newFace(s).do(t, secretariat, http.MethodPatch, "/v1/phases/4", strings.NewReader(`{"to": 2024}`),
				"If-Match", test.tag, "Content-Type", mergePatchType)
			if test.status != 200 {
				problemIn(t, answer, test.status)
			}
			if answer.Code != test.status || answer.Header().Get("ETag") != test.version || (s.writes == 1) != (test.status == 200) {
				t.Errorf("%d of the version %s after %d writes", answer.Code, answer.Header().Get("ETag"), s.writes)
			}
		})
	}
}

func TestAreasAreWrittenUnderACondition(t *testing.T) {
	const body = `{"label": {"en": "Mediation", "fr": "Médiation"}}`
	for _, test := range []struct {
		name, path string
		headers    []string
		status     int
	}{
		{"a new one", "/v1/areas/dialogue", []string{"If-None-Match", "*"}, 201},
		{"one that exists", "/v1/areas/mediation", []string{"If-Match", `"3"`}, 200},
		{"a new one that exists", "/v1/areas/mediation", []string{"If-None-Match", "*"}, 412},
		{"one that does not exist", "/v1/areas/dialogue", []string{"If-Match", `"3"`}, 412},
		{"both conditions on one that exists", "/v1/areas/mediation", []string{"If-None-Match", "*", "If-Match", `"9"`}, 412},
		{"no condition", "/v1/areas/mediation", nil, 428},
		{"no condition on a new one", "/v1/areas/dialogue", nil, 428},
		{"another tag than any", "/v1/areas/dialogue", []string{"If-None-Match", `"3"`}, 422},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := newShelf()
			s.areas["mediation"] = csdn.Area{Slug: "mediation", Version: 3, AreaProfile: csdn.AreaProfile{LabelEN: "Mediating", LabelFR: "Médiation"}}
			answer := newFace(s).do(t, secretariat, http.MethodPut, test.path, strings.NewReader(body), append(test.headers, "Content-Type", "application/json")...)
			if answer.Code != test.status || (s.writes == 1) != (test.status < 300) {
				t.Errorf("%d after %d writes: %s", answer.Code, s.writes, answer.Body)
			}
		})
	}
}
