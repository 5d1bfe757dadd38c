package csdn

import (
	"slices"
	"strconv"
	"time"
)

// The rules that organisations, people and meetings share for areas, places, languages and phases.

func cleanAreas(list []Expertise) []Expertise {
	var kept []Expertise
	for _, e := range list {
		e.Area, e.Evidence = AreaSlug(cleanLine(string(e.Area))), cleanLine(e.Evidence)
		if e.Level == "" {
			e.Level = "works-on"
		}
		if !slices.ContainsFunc(kept, func(k Expertise) bool { return k.Area == e.Area }) {
			kept = append(kept, e)
		}
	}
	return kept
}

func cleanPhases(list []PhaseNumber) []PhaseNumber {
	list = slices.Clone(list)
	slices.Sort(list)
	return slices.Compact(list)
}

func (v *violations) areas(list []Expertise) {
	v.count("areas", len(list), maximumList)
	for i, e := range list {
		location := "areas[" + strconv.Itoa(i) + "]"
		if !e.Area.Valid() {
			v.add(location, "is not the slug of an area, such as security-sector-reform")
		}
		choice(v, location+".level", e.Level, ExpertiseLevels())
		if e.Evidence != "" {
			v.web(location+".evidence", e.Evidence)
		}
	}
}

func (v *violations) country(location string, c Country, required bool) {
	if c == "" && !required {
		return
	}
	if !c.Valid() {
		v.add(location, "is not a country code of ISO 3166-1, such as ML")
	}
}

func (v *violations) places(regions []Region, countries []Country) {
	v.count("regions", len(regions), maximumList)
	for i, r := range regions {
		if !r.Valid() {
			v.add("regions["+strconv.Itoa(i)+"]", "is not a region code of UN M49, such as 011")
		}
	}
	v.count("countries", len(countries), 300)
	for i, c := range countries {
		v.country("countries["+strconv.Itoa(i)+"]", c, true)
	}
}

func (v *violations) languages(list []Language) {
	v.count("languages", len(list), maximumList)
	for i, l := range list {
		v.language("languages["+strconv.Itoa(i)+"]", l)
	}
}

func (v *violations) language(location string, l Language) {
	if !l.Valid() {
		v.add(location, "is not a language tag of BCP 47, such as fr or pt-BR")
	}
}

func (v *violations) phases(list []PhaseNumber) {
	v.count("phases", len(list), maximumList)
	for i, p := range list {
		if p < 1 || p > maximumPhase {
			v.add("phases["+strconv.Itoa(i)+"]", "is not the number of a phase")
		}
	}
}

// KeepConfirmations returns the list with the confirmations that its areas had before, and no other: an edit does
// not give any, but Confirm does.
func KeepConfirmations(before, after []Expertise) []Expertise {
	kept := slices.Clone(after)
	for i, e := range kept {
		kept[i].ConfirmedAt = time.Time{}
		if known := slices.IndexFunc(before, func(b Expertise) bool { return b.Area == e.Area }); known >= 0 {
			kept[i].ConfirmedAt = before[known].ConfirmedAt
		}
	}
	return kept
}

// slugs returns the areas of a list of expertise.
func slugs(list []Expertise) []AreaSlug {
	areas := make([]AreaSlug, len(list))
	for i, e := range list {
		areas[i] = e.Area
	}
	return areas
}

// merits returns what makes each claim of a list weigh.
func merits(list []Expertise) []Merit {
	kept := make([]Merit, len(list))
	for i, e := range list {
		kept[i] = Merit{Expert: e.Level == "expert", Evident: e.Evidence != "", ConfirmedAt: e.ConfirmedAt.UTC().Truncate(24 * time.Hour)}
	}
	return kept
}

func areasText(list []Expertise) string {
	words := make([]string, len(list))
	for i, e := range list {
		words[i] = string(e.Area) + " (" + string(e.Level) + ")"
		if e.Evidence != "" {
			words[i] += " " + e.Evidence
		}
		if !e.ConfirmedAt.IsZero() {
			words[i] += " confirmed " + instantText(e.ConfirmedAt)
		}
	}
	return joined(words)
}

func phasesText(list []PhaseNumber) string {
	words := make([]string, len(list))
	for i, p := range list {
		words[i] = strconv.Itoa(int(p))
	}
	return joined(words)
}
