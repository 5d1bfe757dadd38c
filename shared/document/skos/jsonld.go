package skos

import (
	"bytes"
	"encoding/json"
	"fmt"

	"csdn.example/directory/shared/csdn"
)

// JSONLD writes the vocabulary, or one area of it unless that is "", in JSON-LD 1.1 (https://www.w3.org/TR/json-ld11/). Its
// context is within, so that a reader loads nothing.
func (s Scheme) JSONLD(areas []csdn.Area, area csdn.AreaSlug) ([]byte, error) {
	whole, concepts := s.describe(areas)
	var graph []any
	if area == "" {
		graph = append(graph, whole)
	} else {
		concepts = s.only(area, concepts)
	}
	for _, c := range concepts {
		graph = append(graph, c)
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(map[string]any{"@context": context(), "@graph": graph}); err != nil {
		return nil, fmt.Errorf("write the vocabulary as JSON-LD: %w", err)
	}
	return out.Bytes(), nil
}

// context says what the fields of scheme and concept mean.
func context() map[string]any {
	meaning := map[string]any{"@version": 1.1, "id": "@id", "type": "@type"}
	for _, p := range prefixes {
		meaning[p[0]] = p[1]
	}
	for _, reference := range []string{"inScheme", "topConceptOf", "hasTopConcept", "broader", "narrower"} {
		meaning[reference] = map[string]string{"@id": "skos:" + reference, "@type": "@id"}
	}
	meaning["isReplacedBy"] = map[string]string{"@id": "dcterms:isReplacedBy", "@type": "@id"}
	meaning["title"] = map[string]string{"@id": "dcterms:title", "@container": "@language"}
	meaning["prefLabel"] = map[string]string{"@id": "skos:prefLabel", "@container": "@language"}
	meaning["altLabel"], meaning["definition"] = "skos:altLabel", "skos:definition"
	meaning["deprecated"] = "owl:deprecated"
	return meaning
}
