package csdn

import (
	"context"
	"strconv"
	"time"
)

// AreaProfile is what the vocabulary says of an area of expertise, in the terms of SKOS: a preferred label in English and
// French, alternative labels, a definition, the broader areas, and the area that replaced it, if one did.
type AreaProfile struct {
	LabelEN    string
	LabelFR    string
	AltLabels  []string
	Definition string
	Broader    []AreaSlug
	ReplacedBy AreaSlug
}

// Area is an area of expertise.
type Area struct {
	Slug AreaSlug
	AreaProfile
	UpdatedAt time.Time
	Version   Version
}

// Clean returns the profile with its texts fit to be stored.
func (p AreaProfile) Clean() AreaProfile {
	p.LabelEN, p.LabelFR, p.Definition = cleanLine(p.LabelEN), cleanLine(p.LabelFR), cleanProse(p.Definition)
	p.AltLabels, p.Broader = cleanEach(p.AltLabels, cleanLine), cleanEach(p.Broader, cleanLine)
	return p
}

// Validate returns Invalid with every broken rule of a clean profile.
func (p AreaProfile) Validate() error {
	var v violations
	v.line("label.en", p.LabelEN, 1, maximumName)
	v.line("label.fr", p.LabelFR, 1, maximumName)
	v.line("definition", p.Definition, 0, maximumProse)
	v.count("altLabels", len(p.AltLabels), maximumList)
	for i, l := range p.AltLabels {
		v.line("altLabels["+strconv.Itoa(i)+"]", l, 1, maximumName)
	}
	v.count("broader", len(p.Broader), 10)
	return v.err("The area")
}

// Facts returns the profile as it stands in the audit trail.
func (p AreaProfile) Facts() []Fact {
	return []Fact{
		{"label.en", p.LabelEN}, {"label.fr", p.LabelFR}, {"altLabels", joined(p.AltLabels)},
		{"definition", p.Definition}, {"broader", joined(p.Broader)}, {"replacedBy", string(p.ReplacedBy)},
	}
}

// Vocabulary is every area of expertise, by slug.
type Vocabulary map[AreaSlug]Area

// NewVocabulary returns the vocabulary of the areas.
func NewVocabulary(areas []Area) Vocabulary {
	v := make(Vocabulary, len(areas))
	for _, a := range areas {
		v[a.Slug] = a
	}
	return v
}

// Narrower returns the area and every area below it.
func (v Vocabulary) Narrower(slug AreaSlug) []AreaSlug {
	found := []AreaSlug{slug}
	seen := map[AreaSlug]bool{slug: true}
	for i := 0; i < len(found); i++ {
		for _, area := range v {
			if !seen[area.Slug] && oneOf(found[i], area.Broader) {
				seen[area.Slug] = true
				found = append(found, area.Slug)
			}
		}
	}
	return found
}

// Check returns Invalid when the area may not stand in the vocabulary: a broader or replacing area that is unknown, or an
// area that would be broader than itself.
func (v Vocabulary) Check(area Area) error {
	var broken violations
	below := v.Narrower(area.Slug)
	for i, broader := range area.Broader {
		location := "broader[" + strconv.Itoa(i) + "]"
		switch _, known := v[broader]; {
		case oneOf(broader, below):
			broken.add(location, "would make the area broader than itself")
		case !known:
			broken.add(location, "is not an area of the vocabulary")
		}
	}
	if area.ReplacedBy != "" {
		if _, known := v[area.ReplacedBy]; !known || area.ReplacedBy == area.Slug {
			broken.add("replacedBy", "is not another area of the vocabulary")
		}
	}
	return broken.err("The area")
}

// CheckUse returns Invalid when a subject names an area that the vocabulary does not have.
func (v Vocabulary) CheckUse(subject string, list []Expertise) error {
	var broken violations
	for i, e := range list {
		if _, known := v[e.Area]; !known {
			broken.add("areas["+strconv.Itoa(i)+"]", "is not an area of the vocabulary; GET /v1/areas lists them")
		}
	}
	return broken.err(subject)
}

// AreaStore keeps the vocabulary.
type AreaStore interface {
	// Areas returns the whole vocabulary in the order of slugs.
	Areas(ctx context.Context) ([]Area, error)
	// Area returns one area, consistently read. NotFound.
	Area(ctx context.Context, slug AreaSlug) (Area, error)
	// PutArea writes the area at a.Version and appends the change. Stale when the stored version is not the one before.
	PutArea(ctx context.Context, a Area, change Change) error
	// DeleteArea removes the area at a.Version and appends the change. Stale when the stored version is another.
	DeleteArea(ctx context.Context, a Area, change Change) error
}
