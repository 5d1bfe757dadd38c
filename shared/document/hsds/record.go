package hsds

// The objects of the specification, with those of their fields that the directory has something to say in.
// https://github.com/openreferral/specification/tree/3.0/schema

// page is how the specification's API answers with several records.
type page struct {
	TotalItems int            `json:"total_items"`
	TotalPages int            `json:"total_pages"`
	PageNumber int            `json:"page_number"`
	Size       int            `json:"size"`
	FirstPage  bool           `json:"first_page"`
	LastPage   bool           `json:"last_page"`
	Empty      bool           `json:"empty"`
	Contents   []organization `json:"contents"`
}

type organization struct {
	ID            string       `json:"id"`
	Name          string       `json:"name"`
	AlternateName string       `json:"alternate_name,omitempty"`
	Description   string       `json:"description"`
	Email         string       `json:"email,omitempty"`
	Website       string       `json:"website,omitempty"`
	URI           string       `json:"uri"`
	Locations     []location   `json:"locations"`
	Identifiers   []identifier `json:"organization_identifiers,omitempty"`
	Attributes    []attribute  `json:"attributes"`
	Services      []service    `json:"services"`
}

type location struct {
	ID                     string `json:"id"`
	LocationType           string `json:"location_type"`
	Name                   string `json:"name"`
	ExternalIdentifier     string `json:"external_identifier"`
	ExternalIdentifierType string `json:"external_identifier_type"`
}

type identifier struct {
	ID             string `json:"id"`
	OrganizationID string `json:"organization_id"`
	Scheme         string `json:"identifier_scheme"`
	Type           string `json:"identifier_type"`
	Identifier     string `json:"identifier"`
}

type service struct {
	ID             string      `json:"id"`
	OrganizationID string      `json:"organization_id"`
	Name           string      `json:"name"`
	Description    string      `json:"description,omitempty"`
	URL            string      `json:"url,omitempty"`
	Email          string      `json:"email,omitempty"`
	Status         string      `json:"status"`
	AssuredDate    string      `json:"assured_date,omitempty"`
	LastModified   string      `json:"last_modified"`
	Languages      []language  `json:"languages,omitempty"`
	ServiceAreas   []area      `json:"service_areas,omitempty"`
	Attributes     []attribute `json:"attributes,omitempty"`
}

type language struct {
	ID        string `json:"id"`
	ServiceID string `json:"service_id"`
	Name      string `json:"name"`
	Code      string `json:"code"`
}

type area struct {
	ID         string `json:"id"`
	ServiceID  string `json:"service_id"`
	Name       string `json:"name"`
	Extent     string `json:"extent"`
	ExtentType string `json:"extent_type"`
}

type attribute struct {
	ID           string `json:"id"`
	LinkID       string `json:"link_id"`
	LinkType     string `json:"link_type"`
	LinkEntity   string `json:"link_entity"`
	Value        string `json:"value,omitempty"`
	TaxonomyTerm term   `json:"taxonomy_term"`
}

type term struct {
	ID          string `json:"id"`
	Code        string `json:"code"`
	Name        string `json:"name"`
	Description string `json:"description"`
	ParentID    string `json:"parent_id,omitempty"`
	Taxonomy    string `json:"taxonomy"`
	TaxonomyID  string `json:"taxonomy_id"`
	Language    string `json:"language"`
	URI         string `json:"term_uri,omitempty"`
}
