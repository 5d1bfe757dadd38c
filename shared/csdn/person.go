package csdn

import (
	"context"
	"slices"
	"time"
)

// Category is the side of the table that a person sits on. Bands count by it.
type Category string

// CivilSociety is the category that the network exists for.
const CivilSociety Category = "civil-society"

// Categories lists the categories of participants.
func Categories() []Category {
	return []Category{CivilSociety, "eu-institution", "member-state", "academic", "international-organisation", "other"}
}

// CategoryOf returns the category of the people of an organisation of the type, unless their own says otherwise.
func CategoryOf(t OrganisationType) Category {
	switch t {
	case "ngo", "network", "think-tank":
		return CivilSociety
	case "eu-institution", "member-state", "academic", "international-organisation":
		return Category(t)
	}
	return "other"
}

// Safety is how much being listed endangers a person.
type Safety string

// The levels of safety. A careful person is shown under an alias to all but the secretariat; a hidden one is in no
// search at all.
const (
	Open    Safety = "open"
	Careful Safety = "careful"
	Hidden  Safety = "hidden"
)

// SafetyLevels lists the levels of safety.
func SafetyLevels() []Safety { return []Safety{Open, Careful, Hidden} }

// ConsentBasis is the lawful basis on which personal data are held (GDPR, Article 6(1)).
type ConsentBasis string

// OwnConsent is the basis that the person gave and can take back.
const OwnConsent ConsentBasis = "consent"

// ConsentBases lists the lawful bases.
func ConsentBases() []ConsentBasis {
	return []ConsentBasis{OwnConsent, "contract", "legal-obligation", "public-task", "legitimate-interests"}
}

// Consent says on what basis a person's data are held, since when, and where that is recorded.
type Consent struct {
	Basis   ConsentBasis
	GivenAt time.Time
	Source  string
}

// DefaultAlias is the alias of whoever needs one and has chosen none.
const DefaultAlias = "An expert of the network"

// PersonProfile is what the directory knows of a person.
type PersonProfile struct {
	Name              string
	Email             string
	Organisation      OrganisationID
	Position          string
	Country           Country   // where the person lives
	Countries         []Country // that the person knows
	Languages         []Language
	Areas             []Expertise
	Biography         string // Markdown
	Zone              Zone
	PreferredLanguage Language // of messages
	Category          Category // derived from the organisation's type unless set
	Safety            Safety
	Alias             string // shown instead of the name of a careful person
	Consent           Consent
	Gender            string // in own words; counted only in aggregate
}

// Person is a person of the directory. Derived is the category by the organisation's type; see Person.Side.
type Person struct {
	ID PersonID
	PersonProfile
	Derived       Category
	Undeliverable Undeliverable
	MovedBy       []MergerID // from one organisation to the next, the last one last
	Merging       MergerID   // that is at work on it, "" for none
	Spare         []Spare    // addresses that it holds besides its own
	OtherNames    []string   // under which other records were listed that went into this one
	CreatedAt     time.Time
	UpdatedAt     time.Time
	Version       Version
}

// Side returns the category that counts: the person's own, or else that of the organisation.
func (p Person) Side() Category {
	if p.Category != "" {
		return p.Category
	}
	return p.Derived
}

// PublicName returns the name under which all but the secretariat see the person.
func (p Person) PublicName() string {
	if p.Safety == Open {
		return p.Name
	}
	return p.Alias
}

// Clean returns the profile with its texts fit to be stored and its defaults set.
func (p PersonProfile) Clean() PersonProfile {
	p.Name, p.Alias, p.Position = cleanLine(p.Name), cleanLine(p.Alias), cleanLine(p.Position)
	p.Email, p.Gender = cleanEmail(p.Email), cleanLine(p.Gender)
	p.Biography, p.Consent.Source = cleanProse(p.Biography), cleanLine(p.Consent.Source)
	p.Countries, p.Languages = cleanEach(p.Countries, cleanLine), cleanEach(p.Languages, cleanLine)
	p.Areas = cleanAreas(p.Areas)
	if p.Zone == "" {
		p.Zone = "Europe/Brussels"
	}
	if p.PreferredLanguage == "" {
		p.PreferredLanguage = "en"
	}
	if p.Safety == "" {
		p.Safety = Open
	}
	if p.Safety != Open && p.Alias == "" {
		p.Alias = DefaultAlias
	}
	return p
}

// Validate returns Invalid with every broken rule of a clean profile.
func (p PersonProfile) Validate() error {
	var v violations
	v.line("name", p.Name, 1, maximumName)
	v.line("alias", p.Alias, 0, maximumName)
	v.line("position", p.Position, 0, maximumName)
	v.line("gender", p.Gender, 0, 60)
	v.line("biography", p.Biography, 0, maximumProse)
	v.email("email", p.Email)
	if !ValidID(string(p.Organisation)) {
		v.add("organisation", "is not the id of an organisation")
	}
	v.country("country", p.Country, false)
	v.places(nil, p.Countries)
	v.languages(p.Languages)
	v.language("preferredLanguage", p.PreferredLanguage)
	v.areas(p.Areas)
	if !p.Zone.Valid() {
		v.add("timezone", "is not a zone of the IANA database, such as Africa/Bamako")
	}
	if p.Category != "" {
		choice(&v, "category", p.Category, Categories())
	}
	choice(&v, "safety", p.Safety, SafetyLevels())
	if p.Safety != Open && p.Alias == p.Name {
		v.add("alias", "must differ from the name of a person who is not open")
	}
	choice(&v, "consent.basis", p.Consent.Basis, ConsentBases())
	if p.Consent.GivenAt.IsZero() {
		v.add("consent.givenAt", "is required")
	}
	v.line("consent.source", p.Consent.Source, 0, maximumLine)
	return v.err("The person")
}

// Facts returns the profile as it stands in the audit trail.
func (p PersonProfile) Facts() []Fact {
	return []Fact{
		{"name", p.Name}, {"email", p.Email}, {"organisation", string(p.Organisation)}, {"position", p.Position},
		{"country", string(p.Country)}, {"countries", joined(p.Countries)}, {"languages", joined(p.Languages)},
		{"areas", areasText(p.Areas)}, {"biography", p.Biography}, {"timezone", string(p.Zone)},
		{"preferredLanguage", string(p.PreferredLanguage)}, {"category", string(p.Category)},
		{"safety", string(p.Safety)}, {"alias", p.Alias}, {"consent.basis", string(p.Consent.Basis)},
		{"consent.givenAt", instantText(p.Consent.GivenAt)}, {"consent.source", p.Consent.Source}, {"gender", p.Gender},
	}
}

// Card returns what searches need of the person: under the public name and, unless the person is open, without the position, so that
// no search can betray a careful one. A hidden person's card is the removal alone.
func (p Person) Card() Card {
	if p.Safety == Hidden {
		return Card{ID: string(p.ID), Version: p.Version, Removed: true}
	}
	position := p.Position
	if p.Safety != Open {
		position = ""
	}
	return Card{
		ID: string(p.ID), Version: p.Version, Name: p.PublicName(), Position: position,
		Areas: slugs(p.Areas), Country: p.Country, Countries: p.Countries, Languages: p.Languages,
		Type: string(p.Side()), Organisation: p.Organisation, Merits: merits(p.Areas),
	}
}

// Conceals reports whether others may know less of the person than of what it was before, so that copies of the earlier card must go.
func (p Person) Conceals(before Person) bool {
	return before.ID != "" && p.Safety != Open && p.Safety != before.Safety
}

// Spare is an address that nobody else can have until then, as somebody whose record went into this one had it.
type Spare struct {
	Email string
	Until time.Time
}

// Spares reports whether the person holds an address besides its own.
func (p Person) Spares(email string) bool {
	return slices.ContainsFunc(p.Spare, func(s Spare) bool { return s.Email == email })
}

// PersonStore keeps people.
type PersonStore interface {
	// Person returns one person, consistently read. NotFound.
	Person(ctx context.Context, id PersonID) (Person, error)
	// PeopleByID returns those that exist, consistently read, in the order asked; at most MaximumLimit are asked.
	PeopleByID(ctx context.Context, ids []PersonID) ([]Person, error)
	// MergedInto returns the person that a record was merged into, and the version of what is left of it, consistently read.
	// NotFound for one that was not.
	MergedInto(ctx context.Context, id PersonID) (PersonID, Version, error)
	// FormerPeople returns the records of the person that were merged, as they were before: its own and those that went into it, as
	// long as that can be undone.
	FormerPeople(ctx context.Context, id PersonID) ([]Person, error)
	// PutPerson writes the person at p.Version, moves the reservation of the e-mail address from that of before (zero
	// for a new person) unless that is a spare one, drops the snapshot of people when p conceals what it was, and appends the change, in one transaction.
	// Stale when the stored version is not the one
	// before; Conflict when another person has the address.
	PutPerson(ctx context.Context, before, p Person, change Change) error
}
