package csdn

import (
	"context"
	"strconv"
	"time"
)

// AreaProfile is what the vocabulary says of an area of expertise, in the terms of SKOS: a preferred label in English and
// French, alternative labels, a definition, the broader areas, whether it is retired, and the area that replaced it, if one
// did. A retired area takes no new claims; those that it has stay, and count as claims of its successor.
type AreaProfile struct {
	LabelEN    string
	LabelFR    string
	AltLabels  []string
	Definition string
	Broader    []AreaSlug
	Retired    bool
	ReplacedBy AreaSlug
}

// Area is an area of expertise.
type Area struct {
	Slug AreaSlug
	AreaProfile
	UpdatedAt time.Time
	Version   Version
}

// Clean returns the profile with its texts fit to be stored. What is replaced is retired.
func (p AreaProfile) Clean() AreaProfile {
	p.LabelEN, p.LabelFR, p.Definition = cleanLine(p.LabelEN), cleanLine(p.LabelFR), cleanProse(p.Definition)
	p.AltLabels, p.Broader = cleanEach(p.AltLabels, cleanLine), cleanEach(p.Broader, cleanLine)
	p.Retired = p.Retired || p.ReplacedBy != ""
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
		{"definition", p.Definition}, {"broader", joined(p.Broader)}, {"retired", strconv.FormatBool(p.Retired)},
		{"replacedBy", string(p.ReplacedBy)},
	}
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
	// Merge returns the merge of an area, consistently read. NotFound when it never was merged.
	Merge(ctx context.Context, slug AreaSlug) (Merge, error)
}
