package csdn

import "strconv"

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

// Successor returns the area that counts in place of the area: the one that replaced it, or replaced that in turn; the area
// itself when none did.
func (v Vocabulary) Successor(slug AreaSlug) AreaSlug {
	for seen := map[AreaSlug]bool{}; !seen[slug] && v[slug].ReplacedBy != ""; slug = v[slug].ReplacedBy {
		seen[slug] = true
	}
	return slug
}

// Equals returns the area that counts in place of the area, and then, in the order of slugs, every area that it counts for.
func (v Vocabulary) Equals(slug AreaSlug) []AreaSlug { return v.Hierarchy().Equals(slug) }

// Narrower returns what a claim may name to count as a claim of the area: the area, and then, in the order of slugs, its
// equals and every area below one of those.
func (v Vocabulary) Narrower(slug AreaSlug) []AreaSlug { return v.Hierarchy().Narrower(slug) }

// isBelow reports whether the one area is narrower than the other, and not its equal.
func (v Vocabulary) isBelow(slug, other AreaSlug) bool {
	return v.Successor(slug) != v.Successor(other) && oneOf(slug, v.Narrower(other))
}

// Offered returns, for every retired area, the area as which a claim of it is counted: "" when it has no successor.
func (v Vocabulary) Offered() map[AreaSlug]AreaSlug {
	offered := map[AreaSlug]AreaSlug{}
	for slug, area := range v {
		if !area.Retired {
			continue
		}
		if successor := v.Successor(slug); !v[successor].Retired {
			offered[slug] = successor
			continue
		}
		offered[slug] = ""
	}
	return offered
}

// Check returns Invalid when the area may not stand in the vocabulary: a broader or replacing area that is unknown, an area
// that would be broader than itself, or one that would replace itself.
func (v Vocabulary) Check(area Area) error {
	var broken violations
	for i, broader := range area.Broader {
		location := "broader[" + strconv.Itoa(i) + "]"
		switch _, known := v[broader]; {
		case broader == area.Slug || v.isBelow(broader, area.Slug):
			broken.add(location, "would make the area broader than itself")
		case !known:
			broken.add(location, "is not an area of the vocabulary")
		}
	}
	if area.ReplacedBy != "" {
		if _, known := v[area.ReplacedBy]; !known || v.Successor(area.ReplacedBy) == area.Slug {
			broken.add("replacedBy", "is not another area of the vocabulary, or is itself replaced by this one")
		}
	}
	return broken.err("The area")
}

// CheckUse returns Invalid when a subject names an area that the vocabulary does not have, or one that is retired and that
// the subject did not claim before.
func (v Vocabulary) CheckUse(subject string, list []Expertise, before ...Expertise) error {
	var broken violations
	v.use(&broken, "areas", slugs(list), slugs(before))
	return broken.err(subject)
}

// CheckMeeting is CheckUse for a meeting, which names areas itself and in the questions of its agenda.
func (v Vocabulary) CheckMeeting(m, before MeetingProfile) error {
	var broken violations
	v.use(&broken, "areas", m.Areas, before.Named())
	for n, item := range m.Agenda {
		for q, areas := range item.QuestionAreas {
			v.use(&broken, questionAreas("agenda["+strconv.Itoa(n)+"]", q), areas, before.Named())
		}
	}
	return broken.err("The meeting")
}

func (v Vocabulary) use(broken *violations, location string, list, before []AreaSlug) {
	for i, slug := range list {
		location := location + "[" + strconv.Itoa(i) + "]"
		area, known := v[slug]
		switch successor := v.Successor(slug); {
		case !known:
			broken.add(location, "is not an area of the vocabulary; GET /v1/areas lists them")
		case !area.Retired || oneOf(slug, before):
			continue
		case successor != slug:
			broken.add(location, "is retired; claim %s instead", successor)
		default:
			broken.add(location, "is retired and takes no new claims")
		}
	}
}
