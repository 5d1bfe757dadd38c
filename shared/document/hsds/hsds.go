package hsds

import (
	"bytes"
	"cmp"
	"crypto/sha1"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"csdn.example/directory/shared/csdn"
)

// Publisher writes exports. Home is the address of the directory, without a slash at the end.
type Publisher struct{ Home string }

// Organisations writes the organisations as a page of the specification's API that holds them all.
func (p Publisher) Organisations(x csdn.OrganisationExtract) ([]byte, error) {
	whole := page{
		TotalItems: len(x.Organisations), TotalPages: 1, PageNumber: 1, Size: len(x.Organisations), FirstPage: true, LastPage: true,
		Empty: len(x.Organisations) == 0, Contents: []organization{},
	}
	for _, o := range x.Organisations {
		whole.Contents = append(whole.Contents, p.organization(o, x.Areas))
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(whole); err != nil {
		return nil, fmt.Errorf("write organisations as HSDS: %w", err)
	}
	return out.Bytes(), nil
}

func (p Publisher) organization(o csdn.Organisation, areas csdn.Vocabulary) organization {
	id := csdn.UUID(o.ID)
	whole := organization{
		ID: id, Name: o.Name, AlternateName: o.ShortName, Description: o.Mission, Email: o.Email, Website: o.Website,
		URI: p.Home + "/organisations/" + string(o.ID),
		Locations: []location{{
			ID: derived(id, "location"), LocationType: "physical", Name: o.Country.Name("en"),
			ExternalIdentifier: string(o.Country), ExternalIdentifierType: countryCode,
		}},
		Attributes: []attribute{{
			ID: derived(id, "type"), LinkID: id, LinkType: "type", LinkEntity: "organization", TaxonomyTerm: p.kind(o.Type),
		}},
		Services: []service{p.service(o, id, areas)},
	}
	for _, i := range o.Identifiers {
		whole.Identifiers = append(whole.Identifiers, identifier{
			ID: derived(id, "identifier "+string(i.Scheme)+" "+i.Value), OrganizationID: id,
			Scheme: string(i.Scheme), Type: registers[i.Scheme], Identifier: i.Value,
		})
	}
	return whole
}

// What codes of places are by.
const (
	countryCode = "ISO 3166-1 alpha-2"
	regionCode  = "UN M49"
)

// registers are the names of the registers of organisations.
var registers = map[csdn.IdentifierScheme]string{
	"ror": "Research Organization Registry", "iati": "International Aid Transparency Initiative",
	"eu-transparency-register": "EU Transparency Register", "wikidata": "Wikidata",
}

// service returns the work of an organisation.
func (p Publisher) service(o csdn.Organisation, organisation string, areas csdn.Vocabulary) service {
	id := derived(organisation, "service")
	s := service{
		ID: id, OrganizationID: organisation, Name: "The work of " + o.Name, Description: o.Mission, URL: o.Website, Email: o.Email,
		Status: string(o.Status), LastModified: o.UpdatedAt.UTC().Format(time.RFC3339),
	}
	if !o.ConfirmedAt.IsZero() {
		s.AssuredDate = o.ConfirmedAt.UTC().Format(time.DateOnly)
	}
	for _, l := range o.Languages {
		s.Languages = append(s.Languages, language{derived(id, "language "+string(l)), id, l.Name("en"), string(l)})
	}
	for _, r := range o.Regions {
		s.ServiceAreas = append(s.ServiceAreas, area{derived(id, "region "+string(r)), id, r.Name("en"), string(r), regionCode})
	}
	for _, c := range o.Countries {
		s.ServiceAreas = append(s.ServiceAreas, area{derived(id, "country "+string(c)), id, c.Name("en"), string(c), countryCode})
	}
	for _, e := range o.Areas {
		s.Attributes = append(s.Attributes, attribute{
			ID: derived(id, "area "+string(e.Area)), LinkID: id, LinkType: "area", LinkEntity: "service", Value: string(e.Level),
			TaxonomyTerm: p.expertise(e.Area, areas),
		})
	}
	return s
}

// expertise returns an area as a term of the vocabulary, which is described where it is published. A term must have a description,
// which is its name where it has no other, and has one broader term at most.
func (p Publisher) expertise(slug csdn.AreaSlug, areas csdn.Vocabulary) term {
	home, known := p.Home+"/v1/areas", areas[slug]
	vocabulary := derived(urls, home)
	t := term{
		ID: derived(vocabulary, string(slug)), Code: string(slug), Name: cmp.Or(known.LabelEN, string(slug)),
		Taxonomy: "Areas of expertise of the Civil Society Dialogue Network", TaxonomyID: vocabulary, Language: "en", URI: home + "/" + string(slug),
	}
	t.Description = cmp.Or(known.Definition, t.Name)
	if len(known.Broader) > 0 {
		t.ParentID = derived(vocabulary, string(known.Broader[0]))
	}
	return t
}

// kind returns a type of organisation as a term.
func (p Publisher) kind(t csdn.OrganisationType) term {
	types := derived(urls, p.Home+"/organisation-types")
	return term{
		ID: derived(types, string(t)), Code: string(t), Name: kinds[t], Description: kinds[t],
		Taxonomy: "Types of organisation of the Civil Society Dialogue Network", TaxonomyID: types, Language: "en",
	}
}

// kinds are the types of organisation in words.
var kinds = map[csdn.OrganisationType]string{
	"ngo": "Non-governmental organisation", "network": "Network", "think-tank": "Think tank", "academic": "Academic institution",
	"eu-institution": "EU institution", "member-state": "Member state of the EU", "international-organisation": "International organisation",
	"other": "Other",
}

// urls is the name space of UUIDs that are made of addresses (RFC 9562, section 6.6).
const urls = "6ba7b811-9dad-11d1-80b4-00c04fd430c8"

// derived returns the UUID of version 5 (RFC 9562, section 5.5) that a name has in the space of another UUID.
func derived(space, name string) string {
	within, err := hex.DecodeString(strings.ReplaceAll(space, "-", ""))
	if err != nil {
		panic("the space of a name is no UUID") // all are made here
	}
	sum := sha1.Sum(append(within, name...))
	sum[6], sum[8] = sum[6]&0x0f|0x50, sum[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}
