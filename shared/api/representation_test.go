package api

import (
	"math/rand/v2"
	"net/http"
	"testing"

	"csdn.example/directory/shared/csdn"
)

var anybody = csdn.Caller{Role: csdn.AnonymousRole}

func TestTheVocabularyIsAnsweredAsTheClientPrefers(t *testing.T) {
	for accept, want := range map[string]string{
		"":                                 jsonType,
		"*/*":                              jsonType,
		"text/html":                        jsonType,
		"image/png, ;;, text":              jsonType,
		"application/json":                 jsonType,
		"text/turtle":                      turtleType,
		"Text/Turtle; charset=utf-8":       turtleType,
		"text/*":                           turtleType,
		"application/ld+json":              jsonLDType,
		"application/*":                    jsonType,
		"text/turtle, */*":                 turtleType,
		"text/turtle;q=0.5, */*":           jsonType,
		"text/turtle;q=0.5, */*;q=0.1":     turtleType,
		"text/turtle;q=0":                  jsonType,
		"text/turtle;q=2":                  jsonType,
		"text/turtle;q=much":               jsonType,
		"text/turtle, application/json":    jsonType,
		"text/turtle, application/ld+json": turtleType,
		"application/rdf+xml, application/ld+json;q=0.9, text/turtle;q=0.8": jsonLDType,
		"text/turtle;profile=x;q=0.4, application/ld+json;q=0.5":            jsonLDType,
		"application/json;q=0.1, */*;q=0.2":                                 turtleType,
	} {
		t.Run(accept, func(t *testing.T) {
			f := newFace(newShelf())
			f.areas["mediation"] = csdn.Area{Slug: "mediation", Version: 3}
			for path, body := range map[string]string{"/v1/areas": " of 1 areas ", "/v1/areas/mediation": " of 1 areas mediation"} {
				answer := f.do(t, anybody, http.MethodGet, path, nil, "Accept", accept)
				if answer.Code != http.StatusOK || answer.Header().Get("Content-Type") != want || answer.Header().Get("Vary") != "Accept" {
					t.Errorf("%s: %d as %s, varied by %q", path, answer.Code, answer.Header().Get("Content-Type"), answer.Header().Get("Vary"))
				}
				expected := map[string]string{turtleType: "Turtle" + body, jsonLDType: "JSON-LD" + body}[want]
				if want != jsonType && answer.Body.String() != expected {
					t.Errorf("%s: %s", path, answer.Body)
				}
			}
		})
	}
}

func TestEachRepresentationHasItsOwnEntityTag(t *testing.T) {
	f := newFace(newShelf())
	f.areas["mediation"] = csdn.Area{Slug: "mediation", Version: 3}
	tags := map[string]string{}
	for _, accept := range []string{jsonType, turtleType, jsonLDType} {
		answer := f.do(t, anybody, http.MethodGet, "/v1/areas/mediation", nil, "Accept", accept)
		tag := answer.Header().Get("ETag")
		if known, twice := tags[tag]; twice || tag == "" {
			t.Errorf("%s has the entity tag %q of %s", accept, tag, known)
		}
		tags[tag] = accept
	}
	for tag, own := range tags {
		for _, accept := range []string{jsonType, turtleType, jsonLDType} {
			answer := f.do(t, anybody, http.MethodGet, "/v1/areas/mediation", nil, "Accept", accept, "If-None-Match", `"other", W/`+tag)
			if (answer.Code == http.StatusNotModified) != (accept == own) {
				t.Errorf("%s with the tag of %s: %d", accept, own, answer.Code)
			}
			if answer.Header().Get("Vary") != "Accept" || answer.Code == http.StatusNotModified && answer.Body.Len() > 0 {
				t.Errorf("%d varies by %q, with %d bytes", answer.Code, answer.Header().Get("Vary"), answer.Body.Len())
			}
		}
	}
	for tag, own := range tags {
		answer := f.do(t, secretariat, http.MethodDelete, "/v1/areas/mediation", nil, "If-Match", tag)
		if own != jsonType {
			problemIn(t, answer, http.StatusPreconditionFailed)
			continue
		}
		f.areas["mediation"] = csdn.Area{Slug: "mediation", Version: 3}
	}
	// Another area that hangs on it changes what is said of it.
	f = newFace(newShelf())
	f.areas["mediation"] = csdn.Area{Slug: "mediation", Version: 3}
	f.areas["dialogue"] = csdn.Area{Slug: "dialogue", Version: 1}
	for tag, accept := range tags {
		if answer := f.do(t, anybody, http.MethodGet, "/v1/areas/mediation", nil, "Accept", accept, "If-None-Match", tag); accept != jsonType && answer.Code != http.StatusOK {
			t.Errorf("%s is still %s: %d", accept, tag, answer.Code)
		}
	}
}

func TestAbsentAreasAndFaultsAreProblemsInEveryRepresentation(t *testing.T) {
	for _, accept := range []string{jsonType, turtleType, jsonLDType} {
		f := newFace(newShelf())
		problemIn(t, f.do(t, anybody, http.MethodGet, "/v1/areas/magic", nil, "Accept", accept), http.StatusNotFound)
		f.fault = csdn.Errorf(csdn.Unavailable, "Busy.")
		problemIn(t, f.do(t, anybody, http.MethodGet, "/v1/areas", nil, "Accept", accept), http.StatusServiceUnavailable)
	}
}

func TestAcceptHeadersThatCannotBeReadBreakNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	parts := []string{"text", "/", "*", ";", ",", " ", "q=", "0.5", "=", "application/json", "text/turtle", "\t", "é"}
	f := newFace(newShelf())
	for range 5000 {
		accept := ""
		for range r.IntN(9) {
			accept += parts[r.IntN(len(parts))]
		}
		if answer := f.do(t, secretariat, http.MethodGet, "/v1/phases", nil, "Accept", accept); answer.Code != http.StatusOK {
			t.Fatalf("%q: %d", accept, answer.Code)
		}
	}
}
