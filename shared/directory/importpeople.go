package directory

import (
	"context"
	"slices"
	"strings"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/search"
)

// personNames are the people that an import knows, by what a row can name them by.
type personNames struct {
	byID        map[csdn.PersonID]*entry[csdn.Person]
	byEmail     map[string]*entry[csdn.Person]
	byLikeness  map[string][]*entry[csdn.Person] // reason and what is alike
	former      map[string]formerPerson          // by what named a record before it was merged: its id, or an address
	ofNetwork   People
	inTheNameOf csdn.Caller
}

// formerPerson is a record as it was before it was merged, and the one that it is by now.
type formerPerson struct{ present, was *entry[csdn.Person] }

// knownOrganisations answers from memory what an import asks about at every row.
type knownOrganisations struct {
	csdn.OrganisationStore
	byID map[csdn.OrganisationID]csdn.Organisation
}

// Organisation implements csdn.OrganisationStore.
func (k knownOrganisations) Organisation(ctx context.Context, id csdn.OrganisationID) (csdn.Organisation, error) {
	if o, known := k.byID[id]; known {
		return o, nil
	}
	return k.OrganisationStore.Organisation(ctx, id)
}

// personRoll reads every person, and every organisation that they can be of.
func (d Imports) personRoll(ctx context.Context, caller csdn.Caller, w *words) (roll[csdn.Person], error) {
	var none roll[csdn.Person]
	organisations, err := everything(ctx, d.Feeds[csdn.Organisations], csdn.Organisations, d.People.Organisations.OrganisationsByID)
	if err != nil {
		return none, err
	}
	all, err := everything(ctx, d.Feeds[csdn.People], csdn.People, d.People.Store.PeopleByID)
	if err != nil {
		return none, err
	}
	known := knownOrganisations{d.People.Organisations, map[csdn.OrganisationID]csdn.Organisation{}}
	w.organisations = map[string][]csdn.OrganisationID{}
	for _, o := range organisations {
		known.byID[o.ID] = o
	}
	for _, o := range organisations {
		present, err := standing(ctx, known, o.ID)
		if err != nil {
			return none, err
		}
		w.call(present.ID, o)
	}
	names := &personNames{
		byID: map[csdn.PersonID]*entry[csdn.Person]{}, byEmail: map[string]*entry[csdn.Person]{},
		byLikeness: map[string][]*entry[csdn.Person]{}, former: map[string]formerPerson{}, ofNetwork: d.People, inTheNameOf: caller,
	}
	names.ofNetwork.Organisations = known
	for _, p := range all {
		e := &entry[csdn.Person]{subject: p}
		names.adopt(e)
		if err := names.recall(ctx, e, p.ID); err != nil {
			return none, err
		}
	}
	return roll[csdn.Person]{
		columns: personColumns(w), match: names.match, check: names.check, alike: names.alike, adopt: names.adopt,
		write: names.write, reread: names.reread, unsaid: unsaidOfPerson, facts: func(p csdn.Person) []csdn.Fact { return p.Facts() },
	}, nil
}

// personColumns are the columns of people, in the order of exports.
func personColumns(w *words) []column[csdn.Person] {
	type person = csdn.Person
	line := func(field func(*person) *string) func(*person, string) string {
		return func(p *person, cell string) string { *field(p) = cell; return "" }
	}
	return []column[person]{
		{"id", []string{"identifiant", "ULID"}, func(p *person, cell string) string {
			p.ID = csdn.PersonID(strings.TrimSpace(cell))
			return ""
		}},
		{"name", []string{"full name", "nom", "nom complet", "nom et prénom"}, line(func(p *person) *string { return &p.Name })},
		{"email", []string{"mail", "e-mail address", "courriel", "adresse e-mail", "adresse électronique"}, line(func(p *person) *string { return &p.Email })},
		{"organisation", []string{"organization", "organisation id"}, func(p *person, cell string) string {
			return oneInto(cell, &p.Organisation, w.organisation, "is not one organisation of the directory: write its id, or its name when no other has it")
		}},
		{"position", []string{"job title", "title", "fonction", "poste"}, line(func(p *person) *string { return &p.Position })},
		{"country", []string{"country code", "country of residence", "pays", "pays de résidence"}, func(p *person, cell string) string {
			return oneInto(cell, &p.Country, w.country, notCountry)
		}},
		{"countries", []string{"countries known", "countries of expertise", "pays connus", "pays d'expertise", "pays d'intervention"}, func(p *person, cell string) string {
			return listInto(cell, &p.Countries, w.country, notCountry)
		}},
		{"languages", []string{"language", "langues", "langue"}, func(p *person, cell string) string {
			return listInto(cell, &p.Languages, w.language, notLanguage)
		}},
		{"areas", []string{"area", "areas of expertise", "expertise", "domaines", "domaine", "domaines d'expertise"}, func(p *person, cell string) string {
			return w.claimsInto(cell, &p.Areas)
		}},
		{"biography", []string{"bio", "biographie"}, line(func(p *person) *string { return &p.Biography })},
		{"timezone", []string{"zone", "fuseau horaire"}, func(p *person, cell string) string {
			p.Zone = csdn.Zone(strings.TrimSpace(cell))
			return ""
		}},
		{"preferredLanguage", []string{"langue préférée", "langue des messages"}, func(p *person, cell string) string {
			return oneInto(cell, &p.PreferredLanguage, w.language, notLanguage)
		}},
		{"category", []string{"catégorie"}, func(p *person, cell string) string {
			if read, known := categoryOf(strings.TrimSpace(cell)); known && p.Version > 0 && read == p.Side() {
				return "" // an export tells the category that counts, which the person may have of the organisation
			}
			return oneInto(cell, &p.Category, categoryOf, notOneOf(csdn.Categories()))
		}},
		{"safety", []string{"sécurité"}, func(p *person, cell string) string {
			also := map[string]csdn.Safety{"ouvert": csdn.Open, "prudent": csdn.Careful, "caché": csdn.Hidden, "masqué": csdn.Hidden}
			return oneInto(cell, &p.Safety, choice(csdn.SafetyLevels(), also), notOneOf(csdn.SafetyLevels()))
		}},
		{"alias", []string{"pseudonyme"}, line(func(p *person) *string { return &p.Alias })},
		{"consentBasis", []string{"lawful basis", "base légale", "base juridique"}, func(p *person, cell string) string {
			also := map[string]csdn.ConsentBasis{"consentement": "consent", "contrat": "contract", "obligation légale": "legal-obligation",
				"mission d'intérêt public": "public-task", "intérêts légitimes": "legitimate-interests"}
			return oneInto(cell, &p.Consent.Basis, choice(csdn.ConsentBases(), also), notOneOf(csdn.ConsentBases()))
		}},
		{"consentGivenAt", []string{"consent date", "date of consent", "date du consentement"}, func(p *person, cell string) string {
			return dayInto(cell, &p.Consent.GivenAt)
		}},
		{"consentSource", []string{"source of consent", "source du consentement"}, line(func(p *person) *string { return &p.Consent.Source })},
		{"gender", []string{"genre"}, line(func(p *person) *string { return &p.Gender })},
	}
}

var categoryOf = choice(csdn.Categories(), map[string]csdn.Category{
	"société civile": csdn.CivilSociety, "institution de l'UE": "eu-institution", "institution européenne": "eu-institution",
	"État membre": "member-state", "universitaire": "academic", "organisation internationale": "international-organisation", "autre": "other",
})

// dayInto reads a moment. One that is the stored one but for the fraction of a second, which sheets do not tell, leaves that.
func dayInto(cell string, to *time.Time) string {
	cell = strings.TrimSpace(cell)
	if cell == "" {
		*to = time.Time{}
		return ""
	}
	read, known := moment(cell)
	if !known {
		return "is not a day such as 2026-03-31 or a moment such as 2026-03-31T09:30:00Z"
	}
	if !read.Equal(to.Truncate(time.Second)) {
		*to = read
	}
	return ""
}

func (n *personNames) adopt(e *entry[csdn.Person]) {
	p := e.subject
	if p.ID != "" {
		n.byID[p.ID] = e
	}
	n.byEmail[p.Email] = e
	for _, likeness := range personLikenesses(p) {
		n.byLikeness[likeness] = with(n.byLikeness[likeness], e)
	}
}

// recall makes the person known by what named the records that were merged into the one of the id.
func (n *personNames) recall(ctx context.Context, e *entry[csdn.Person], id csdn.PersonID) error {
	if len(e.subject.Spare) == 0 {
		return nil
	}
	records, err := n.ofNetwork.Store.FormerPeople(ctx, id)
	if err != nil {
		return err
	}
	for _, p := range records {
		was := formerPerson{e, &entry[csdn.Person]{subject: p}}
		n.former[p.Email] = was
		if p.ID == id {
			continue
		}
		n.former[string(p.ID)] = was
		if err := n.recall(ctx, e, p.ID); err != nil {
			return err
		}
	}
	return nil
}

// unsaidOfPerson leaves what the former record said out of account, of which it was decided when the two were merged.
func unsaidOfPerson(after, before csdn.Person, news []csdn.Difference) csdn.Person {
	var fields []string
	for _, f := range after.Differing(before) {
		said := func(d csdn.Difference) bool { return d.Field == f.Field || strings.HasPrefix(d.Field, f.Field+".") }
		if !slices.ContainsFunc(news, said) {
			fields = append(fields, f.Field)
		}
	}
	kept, err := after.Blend(before, fields, nil)
	if err != nil { // the row breaks a rule, of which it is told
		return after
	}
	after.PersonProfile = kept.PersonProfile
	return after
}

func personLikenesses(p csdn.Person) []string {
	list := []string{"name " + search.Fold(p.Name)}
	for _, name := range p.OtherNames {
		if likeness := "name " + search.Fold(name); !slices.Contains(list, likeness) {
			list = append(list, likeness)
		}
	}
	return list
}

// having returns who has the address now.
func (n *personNames) having(email string) *entry[csdn.Person] {
	e := n.byEmail[email]
	if e == nil || e.subject.Email != email {
		return nil
	}
	return e
}

// match finds a person by the id, then by the address: those that it has, or that a record had which went into it.
func (n *personNames) match(stated csdn.Person) (e, former *entry[csdn.Person], wrong *misfit) {
	if stated.ID == "" {
		email := stated.Clean().Email
		if e = n.having(email); e == nil {
			e, former = n.former[email].present, n.former[email].was
		}
		return e, former, nil
	}
	e, known := n.byID[stated.ID]
	if was, merged := n.former[string(stated.ID)]; !known && merged {
		return was.present, was.was, nil
	}
	if !known {
		return nil, nil, &misfit{"id", "is not the id of a person of the directory; leave it empty for a new one"}
	}
	return e, nil, nil
}

func (n *personNames) check(ctx context.Context, before *entry[csdn.Person], after csdn.Person) (csdn.Person, error) {
	var claimed []csdn.Expertise
	if before != nil {
		claimed = before.subject.Areas
	}
	var err error
	if after.PersonProfile, after.Derived, err = n.ofNetwork.checked(ctx, n.inTheNameOf, all, after.PersonProfile, claimed...); err != nil {
		return after, err
	}
	if other := n.having(after.Email); other != nil && other != before {
		return after, &csdn.Error{Kind: csdn.Invalid, Fields: []csdn.Field{{Location: "email", Message: "is the address of another person"}}}
	}
	return after, nil
}

func (n *personNames) alike(p csdn.Person) []csdn.Duplicate {
	return duplicates(n.byLikeness, personLikenesses(p), personLikenesses, func(p csdn.Person) string { return string(p.ID) })
}

func (n *personNames) write(ctx context.Context, before *entry[csdn.Person], after csdn.Person) (csdn.Person, error) {
	if before == nil {
		return n.ofNetwork.Create(ctx, n.inTheNameOf, after.PersonProfile)
	}
	return n.ofNetwork.Change(ctx, n.inTheNameOf, before.subject.ID, before.subject.Version,
		func(csdn.PersonProfile) (csdn.PersonProfile, error) { return after.PersonProfile, nil })
}

func (n *personNames) reread(ctx context.Context, e *entry[csdn.Person]) (err error) {
	e.subject, err = n.ofNetwork.Store.Person(ctx, e.subject.ID)
	return err
}
