package demo

import (
	"fmt"
	"strings"
	"time"

	"csdn.example/directory/shared/csdn"
)

// areas returns the vocabulary of areas.csv. Areas without a broader one are its top concepts.
func areas(now time.Time) ([]csdn.Area, error) {
	rows, err := read("areas.csv")
	if err != nil {
		return nil, err
	}
	var all []csdn.Area
	for _, r := range rows {
		area := csdn.Area{
			Slug: csdn.AreaSlug(r["slug"]),
			AreaProfile: csdn.AreaProfile{
				LabelEN:    r["english"],
				LabelFR:    r["french"],
				AltLabels:  strings.Split(r["alternatives"], ";"),
				Definition: r["definition"],
				Broader:    list[csdn.AreaSlug](r, "broader"),
			}.Clean(),
			UpdatedAt: now,
			Version:   1,
		}
		if err := area.Validate(); err != nil {
			return nil, fmt.Errorf("%s: %w", area.Slug, err)
		}
		all = append(all, area)
	}
	vocabulary := csdn.NewVocabulary(all)
	for _, area := range all {
		if err := vocabulary.Check(area); err != nil {
			return nil, fmt.Errorf("%s: %w", area.Slug, err)
		}
	}
	return all, nil
}
