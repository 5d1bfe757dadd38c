package csdn

import (
	"context"
	"slices"
	"strconv"
	"time"
)

// OrganisationType is what an organisation is.
type OrganisationType string

// OrganisationTypes lists the types of organisation.
func OrganisationTypes() []OrganisationType {
	return []OrganisationType{"ngo", "network", "think-tank", "academic", "eu-institution", "member-state",
		"international-organisation", "other"}
}

// OrganisationStatus is where an organisation stands in the directory.
type OrganisationStatus string

// The statuses of an organisation. An archived one is out of every search and can no longer be changed.
const (
	Active   OrganisationStatus = "active"
	Inactive OrganisationStatus = "inactive"
	Archived OrganisationStatus = "archived"
)

// OrganisationStatuses lists the statuses of an organisation.
func OrganisationStatuses() []OrganisationStatus {
	return []OrganisationStatus{Active, Inactive, Archived}
}

// Expertise is an area of expertise that an organisation or a person claims. Evidence is the address of a publication
// or project; ConfirmedAt is when the secretariat, or the
// organisation itself, last confirmed it.
type Expertise struct {
	Area        AreaSlug
	Level       ExpertiseLevel
	Evidence    string
	ConfirmedAt time.Time
}

// ExpertiseLevel is how deep an expertise goes: "works-on" unless "expert" is claimed.
type ExpertiseLevel string

// ExpertiseLevels lists the levels of expertise.
func ExpertiseLevels() []ExpertiseLevel { return []ExpertiseLevel{"works-on", "expert"} }

// Identifier names the organisation in another register.
type Identifier struct {
	Scheme IdentifierScheme
	Value  string
}

// IdentifierScheme is a register of organisations.
type IdentifierScheme string

// IdentifierSchemes lists the known registers: Research Organization Registry, International Aid Transparency Initiative, EU
// Transparency Register, Wikidata.
func IdentifierSchemes() []IdentifierScheme {
	return []IdentifierScheme{"ror", "iati", "eu-transparency-register", "wikidata"}
}

// OrganisationProfile is what an organisation says of itself and keeps up to date.
type OrganisationProfile struct {
	Name        string
	ShortName   string
	Type        OrganisationType
	Mission     string // Markdown
	Website     string
	Email       string
	Country     Country   // where it is based
	Regions     []Region  // where it works
	Countries   []Country // where it works
	Languages   []Language
	Areas       []Expertise
	Phases      []PhaseNumber // that it joined
	Identifiers []Identifier
	Status      OrganisationStatus
}

// Organisation is an organisation of the directory.
type Organisation struct {
	ID OrganisationID
	OrganisationProfile
	ConfirmedAt time.Time      // when the organisation last confirmed its profile
	MergedInto  OrganisationID // the one that it was merged into, "" for none
	Merging     MergerID       // that is at work on it, "" for none
	CreatedAt   time.Time
	UpdatedAt   time.Time
	Version     Version
}

// Clean returns the profile with its texts fit to be stored and its defaults set.
func (p OrganisationProfile) Clean() OrganisationProfile {
	p.Name, p.ShortName, p.Mission = cleanLine(p.Name), cleanLine(p.ShortName), cleanProse(p.Mission)
	p.Website, p.Email = cleanLine(p.Website), cleanEmail(p.Email)
	p.Regions, p.Countries = cleanEach(p.Regions, cleanLine), cleanEach(p.Countries, cleanLine)
	p.Languages = cleanEach(p.Languages, cleanLine)
	p.Areas = cleanAreas(p.Areas)
	p.Phases = cleanPhases(p.Phases)
	p.Identifiers = slices.Clone(p.Identifiers)
	for i, id := range p.Identifiers {
		p.Identifiers[i].Value = cleanLine(id.Value)
	}
	if p.Status == "" {
		p.Status = Active
	}
	return p
}

// Validate returns Invalid with every broken rule of a clean profile.
func (p OrganisationProfile) Validate() error {
	var v violations
	v.line("name", p.Name, 1, maximumName)
	v.line("shortName", p.ShortName, 0, 60)
	choice(&v, "type", p.Type, OrganisationTypes())
	choice(&v, "status", p.Status, OrganisationStatuses())
	v.line("mission", p.Mission, 0, maximumProse)
	if p.Website != "" {
		v.web("website", p.Website)
	}
	if p.Email != "" {
		v.email("email", p.Email)
	}
	v.country("country", p.Country, true)
	v.places(p.Regions, p.Countries)
	v.languages(p.Languages)
	v.areas(p.Areas)
	v.phases(p.Phases)
	v.count("identifiers", len(p.Identifiers), 20)
	for i, id := range p.Identifiers {
		location := "identifiers[" + strconv.Itoa(i) + "]"
		choice(&v, location+".scheme", id.Scheme, IdentifierSchemes())
		v.line(location+".value", id.Value, 1, maximumName)
	}
	return v.err("The organisation")
}

// Facts returns the profile as it stands in the audit trail.
func (p OrganisationProfile) Facts() []Fact {
	identifiers := make([]string, len(p.Identifiers))
	for i, id := range p.Identifiers {
		identifiers[i] = string(id.Scheme) + " " + id.Value
	}
	return []Fact{
		{"name", p.Name}, {"shortName", p.ShortName}, {"type", string(p.Type)}, {"mission", p.Mission},
		{"website", p.Website}, {"email", p.Email}, {"country", string(p.Country)},
		{"regions", joined(p.Regions)}, {"countries", joined(p.Countries)}, {"languages", joined(p.Languages)},
		{"areas", areasText(p.Areas)}, {"phases", phasesText(p.Phases)}, {"identifiers", joined(identifiers)},
		{"status", string(p.Status)},
	}
}

// Card returns what searches need of the organisation.
func (o Organisation) Card() Card {
	return Card{
		ID: string(o.ID), Version: o.Version, Removed: o.Status == Archived, Name: o.Name, ShortName: o.ShortName,
		Mission: opening(o.Mission),
		Areas:   slugs(o.Areas), Country: o.Country, Countries: o.Countries, Regions: o.Regions, Languages: o.Languages,
		Type: string(o.Type), Status: string(o.Status), Phases: o.Phases,
	}
}

// OrganisationStore keeps organisations.
type OrganisationStore interface {
	// Organisation returns one organisation, consistently read. NotFound.
	Organisation(ctx context.Context, id OrganisationID) (Organisation, error)
	// OrganisationsByID returns those that exist, in the order asked; at most MaximumLimit are asked.
	OrganisationsByID(ctx context.Context, ids []OrganisationID) ([]Organisation, error)
	// PutOrganisation writes the organisation at o.Version and appends the change, in one transaction. The stored
	// version must be the one before: Stale otherwise; Version 1 must not exist: Conflict.
	PutOrganisation(ctx context.Context, o Organisation, change Change) error
	// OrganisationChanges returns the trail of an organisation, the newest first.
	OrganisationChanges(ctx context.Context, id OrganisationID, page PageRequest) (Page[Change], error)
}
