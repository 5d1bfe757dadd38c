package schemaorg

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"

	"csdn.example/directory/shared/csdn"
)

// Publisher writes exports. Home is the address of the directory, without a slash at the end.
type Publisher struct{ Home string }

type organization struct {
	ID            string     `json:"@id"`
	Type          string     `json:"@type"`
	Name          string     `json:"name"`
	AlternateName string     `json:"alternateName,omitempty"`
	Description   string     `json:"description,omitempty"`
	URL           string     `json:"url,omitempty"`
	Email         string     `json:"email,omitempty"`
	Address       address    `json:"address"`
	AreaServed    []place    `json:"areaServed,omitempty"`
	KnowsLanguage []string   `json:"knowsLanguage,omitempty"`
	KnowsAbout    []term     `json:"knowsAbout,omitempty"`
	Identifier    []property `json:"identifier,omitempty"`
}

type address struct {
	Type           string `json:"@type"`
	AddressCountry string `json:"addressCountry"`
}

type place struct {
	Type       string   `json:"@type"`
	Name       string   `json:"name"`
	Identifier property `json:"identifier"`
}

// property is a PropertyValue: a name in a register or standard.
type property struct {
	Type       string `json:"@type"`
	PropertyID string `json:"propertyID"`
	Value      string `json:"value"`
}

// term is a DefinedTerm. Its identity is that of the concept in the SKOS of the vocabulary.
type term struct {
	ID   string `json:"@id"`
	Type string `json:"@type"`
	Name string `json:"name"`
	Code string `json:"termCode"`
	Set  string `json:"inDefinedTermSet"`
}

// Organisations writes the organisations in JSON-LD 1.1 (https://www.w3.org/TR/json-ld11/).
func (p Publisher) Organisations(x csdn.OrganisationExtract) ([]byte, error) {
	graph := make([]organization, len(x.Organisations))
	for i, o := range x.Organisations {
		graph[i] = p.organization(o, x.Areas)
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(map[string]any{"@context": context(), "@graph": graph}); err != nil {
		return nil, fmt.Errorf("write organisations as JSON-LD: %w", err)
	}
	return out.Bytes(), nil
}

// context says that names are schema.org's, and which of them are addresses.
func context() map[string]any {
	address := map[string]string{"@type": "@id"}
	return map[string]any{"@version": 1.1, "@vocab": "http://schema.org/", "url": address, "inDefinedTermSet": address}
}

func (p Publisher) organization(o csdn.Organisation, areas csdn.Vocabulary) organization {
	whole := organization{
		ID: p.Home + "/organisations/" + string(o.ID), Type: kind(o.Type), Name: o.Name, AlternateName: o.ShortName, Description: o.Mission,
		URL: o.Website, Email: o.Email, Address: address{"PostalAddress", string(o.Country)},
	}
	for _, r := range o.Regions {
		whole.AreaServed = append(whole.AreaServed, place{"Place", r.Name("en"), value("UN M49", string(r))})
	}
	for _, c := range o.Countries {
		whole.AreaServed = append(whole.AreaServed, place{"Country", c.Name("en"), value("ISO 3166-1", string(c))})
	}
	for _, l := range o.Languages {
		whole.KnowsLanguage = append(whole.KnowsLanguage, string(l))
	}
	set := p.Home + "/v1/areas"
	for _, e := range o.Areas {
		name := cmp.Or(areas[e.Area].LabelEN, string(e.Area))
		whole.KnowsAbout = append(whole.KnowsAbout, term{set + "/" + string(e.Area), "DefinedTerm", name, string(e.Area), set})
	}
	for _, i := range o.Identifiers {
		whole.Identifier = append(whole.Identifier, value(string(i.Scheme), i.Value))
	}
	return whole
}

func value(register, name string) property { return property{"PropertyValue", register, name} }

// kind returns the class of schema.org that an organisation of the type is in.
func kind(t csdn.OrganisationType) string {
	switch t {
	case "ngo":
		return "NGO"
	case "think-tank":
		return "ResearchOrganization"
	case "academic":
		return "CollegeOrUniversity"
	case "eu-institution", "member-state":
		return "GovernmentOrganization"
	}
	return "Organization"
}
