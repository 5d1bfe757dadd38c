package directory

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/search"
)

// organisationNames are the organisations that an import knows, by what a row can name them by. An entry stays where it was when it is
// renamed, so whoever looks it up compares.
type organisationNames struct {
	byID          map[csdn.OrganisationID]*entry[csdn.Organisation]
	byIdentifier  map[csdn.Identifier][]*entry[csdn.Organisation]
	byName        map[string][]*entry[csdn.Organisation]
	byLikeness    map[string][]*entry[csdn.Organisation] // reason and what is alike
	ofTheNetwork  Organisations
	inTheNameOf   csdn.Caller
	whichAreThere csdn.OrganisationStore
}

// organisationRoll reads every organisation.
func (d Imports) organisationRoll(ctx context.Context, caller csdn.Caller, w *words) (roll[csdn.Organisation], error) {
	names := &organisationNames{
		byID:         map[csdn.OrganisationID]*entry[csdn.Organisation]{},
		byIdentifier: map[csdn.Identifier][]*entry[csdn.Organisation]{},
		byName:       map[string][]*entry[csdn.Organisation]{},
		byLikeness:   map[string][]*entry[csdn.Organisation]{},
		ofTheNetwork: d.Organisations, inTheNameOf: caller, whichAreThere: d.Organisations.Store,
	}
	all, err := everything(ctx, d.Feeds[csdn.Organisations], csdn.Organisations, d.Organisations.Store.OrganisationsByID)
	if err != nil {
		return roll[csdn.Organisation]{}, err
	}
	for _, o := range all {
		names.adopt(&entry[csdn.Organisation]{subject: o})
	}
	return roll[csdn.Organisation]{
		columns: organisationColumns(w), match: names.match, check: names.check, alike: names.alike, adopt: names.adopt,
		write: names.write, reread: names.reread, unsaid: unsaid, facts: func(o csdn.Organisation) []csdn.Fact { return o.Facts() },
	}, nil
}

// organisationColumns are the columns of organisations, in the order of exports.
func organisationColumns(w *words) []column[csdn.Organisation] {
	type organisation = csdn.Organisation
	line := func(field func(*organisation) *string) func(*organisation, string) string {
		return func(o *organisation, cell string) string { *field(o) = cell; return "" }
	}
	return []column[organisation]{
		{"id", []string{"identifiant", "ULID"}, func(o *organisation, cell string) string {
			o.ID = csdn.OrganisationID(strings.TrimSpace(cell))
			return ""
		}},
		{"name", []string{"nom", "organisation", "organization"}, line(func(o *organisation) *string { return &o.Name })},
		{"shortName", []string{"acronym", "abbreviation", "sigle", "acronyme", "nom court"}, line(func(o *organisation) *string { return &o.ShortName })},
		{"type", []string{"organisation type", "type d'organisation"}, func(o *organisation, cell string) string {
			return oneInto(cell, &o.Type, choice(csdn.OrganisationTypes(), organisationTypesInWords), notOneOf(csdn.OrganisationTypes()))
		}},
		{"mission", []string{"description"}, line(func(o *organisation) *string { return &o.Mission })},
		{"website", []string{"web", "URL", "site", "site web", "site internet"}, func(o *organisation, cell string) string {
			if o.Website = strings.TrimSpace(cell); strings.HasPrefix(o.Website, "www.") {
				o.Website = "https://" + o.Website
			}
			return ""
		}},
		{"email", []string{"mail", "e-mail address", "courriel", "adresse e-mail", "adresse électronique"}, line(func(o *organisation) *string { return &o.Email })},
		{"country", []string{"country code", "based in", "pays", "pays du siège"}, func(o *organisation, cell string) string {
			return oneInto(cell, &o.Country, w.country, notCountry)
		}},
		{"regions", []string{"region", "régions", "région", "régions d'intervention"}, func(o *organisation, cell string) string {
			return listInto(cell, &o.Regions, w.region, notRegion)
		}},
		{"countries", []string{"works in", "countries of work", "pays d'intervention"}, func(o *organisation, cell string) string {
			return listInto(cell, &o.Countries, w.country, notCountry)
		}},
		{"languages", []string{"language", "langues", "langue", "langues de travail"}, func(o *organisation, cell string) string {
			return listInto(cell, &o.Languages, w.language, notLanguage)
		}},
		{"areas", []string{"area", "areas of expertise", "expertise", "domaines", "domaine", "domaines d'expertise"}, func(o *organisation, cell string) string {
			return w.claimsInto(cell, &o.Areas)
		}},
		{"phases", []string{"phase"}, func(o *organisation, cell string) string {
			return listInto(cell, &o.Phases, phaseOf, "is not the number of a phase")
		}},
		{"identifiers", []string{"identifier", "external identifiers", "identifiants", "identifiants externes"}, func(o *organisation, cell string) string {
			return identifiersInto(cell, &o.Identifiers)
		}},
		{"status", []string{"statut", "état"}, func(o *organisation, cell string) string {
			also := map[string]csdn.OrganisationStatus{"actif": csdn.Active, "inactif": csdn.Inactive, "archivé": csdn.Archived}
			return oneInto(cell, &o.Status, choice(csdn.OrganisationStatuses(), also), notOneOf(csdn.OrganisationStatuses()))
		}},
	}
}

// organisationTypesInWords are the types in French.
var organisationTypesInWords = map[string]csdn.OrganisationType{
	"ONG": "ngo", "réseau": "network", "groupe de réflexion": "think-tank", "universitaire": "academic", "université": "academic",
	"institution de l'UE": "eu-institution", "institution européenne": "eu-institution", "État membre": "member-state",
	"organisation internationale": "international-organisation", "autre": "other",
}

func phaseOf(text string) (csdn.PhaseNumber, bool) {
	n, err := strconv.Atoi(text)
	return csdn.PhaseNumber(n), err == nil
}

// identifiersInto reads identifiers written as scheme:value. One begins behind a separator only where a scheme does, so that a value may
// hold one.
func identifiersInto(cell string, to *[]csdn.Identifier) string {
	*to = nil
	begin := 0
	for at, r := range cell + ";" {
		if !strings.ContainsRune(";|,\n", r) {
			continue
		}
		if _, _, begins := identifier(strings.TrimLeft(cell[min(at+1, len(cell)):], " ;|,\n")); !begins && at < len(cell) {
			continue
		}
		part := strings.Trim(cell[begin:at], " ;|,\n")
		begin = at
		if part == "" {
			continue
		}
		scheme, value, known := identifier(part)
		if !known {
			return "is not like scheme:value, with a scheme that " + notOneOf(csdn.IdentifierSchemes())
		}
		*to = append(*to, csdn.Identifier{Scheme: scheme, Value: value})
	}
	return ""
}

func identifier(text string) (scheme csdn.IdentifierScheme, value string, known bool) {
	name, value, _ := strings.Cut(text, ":")
	scheme, known = choice(csdn.IdentifierSchemes(), nil)(name)
	return scheme, strings.TrimSpace(value), known
}

func (n *organisationNames) adopt(e *entry[csdn.Organisation]) {
	o := e.subject
	if o.ID != "" {
		n.byID[o.ID] = e
	}
	for _, i := range o.Identifiers {
		n.byIdentifier[i] = with(n.byIdentifier[i], e)
	}
	n.byName[o.Name] = with(n.byName[o.Name], e)
	for _, likeness := range likenesses(o) {
		n.byLikeness[likeness] = with(n.byLikeness[likeness], e)
	}
}

func with[S any](list []*entry[S], e *entry[S]) []*entry[S] {
	if slices.Contains(list, e) {
		return list
	}
	return append(list, e)
}

// likenesses are by what an organisation is likely another: the folded name, the domain of the website, the address.
func likenesses(o csdn.Organisation) []string {
	var all []string
	add := func(reason, text string) {
		if text != "" {
			all = append(all, reason+" "+text)
		}
	}
	add("name", search.Fold(o.Name))
	if parsed, err := url.Parse(o.Website); err == nil {
		add("website", strings.TrimPrefix(strings.ToLower(parsed.Hostname()), "www."))
	}
	add("email", o.Email)
	return all
}

func (n *organisationNames) check(ctx context.Context, before *entry[csdn.Organisation], after csdn.Organisation) (csdn.Organisation, error) {
	var claimed []csdn.Expertise
	was := csdn.Active
	if before != nil {
		claimed, was = before.subject.Areas, before.subject.Status
	}
	profile, err := n.ofTheNetwork.checked(ctx, after.OrganisationProfile, claimed...)
	after.OrganisationProfile = profile
	switch {
	case err != nil:
		return after, err
	case was == csdn.Archived && len(csdn.Differences(before.subject.Facts(), after.Facts())) > 0:
		return after, csdn.Errorf(csdn.Conflict, "The organisation is archived, so it can no longer be changed.")
	case was != csdn.Archived && after.Status == csdn.Archived:
		return after, &csdn.Error{Kind: csdn.Invalid, Fields: []csdn.Field{{Location: "status", Message: "cannot be archived by an import; DELETE archives an organisation"}}}
	}
	return after, nil
}

func (n *organisationNames) alike(o csdn.Organisation) []csdn.Duplicate {
	var kept []csdn.Duplicate
	for _, d := range duplicates(n.byLikeness, likenesses(o), likenesses, func(o csdn.Organisation) string { return string(o.ID) }) {
		if e, known := n.byID[csdn.OrganisationID(d.ID)]; known {
			d.ID = string(n.present(e).subject.ID)
		}
		if d.ID == "" || !slices.ContainsFunc(kept, func(k csdn.Duplicate) bool { return k.ID == d.ID }) {
			kept = append(kept, d)
		}
	}
	return kept
}

func (n *organisationNames) write(ctx context.Context, before *entry[csdn.Organisation], after csdn.Organisation) (csdn.Organisation, error) {
	if before == nil {
		return n.ofTheNetwork.Create(ctx, n.inTheNameOf, after.OrganisationProfile)
	}
	return n.ofTheNetwork.Change(ctx, n.inTheNameOf, before.subject.ID, before.subject.Version,
		func(csdn.OrganisationProfile) (csdn.OrganisationProfile, error) {
			return after.OrganisationProfile, nil
		})
}

func (n *organisationNames) reread(ctx context.Context, e *entry[csdn.Organisation]) (err error) {
	e.subject, err = n.whichAreThere.Organisation(ctx, e.subject.ID)
	return err
}
