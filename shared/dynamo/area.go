package dynamo

import (
	"context"
	"fmt"

	"csdn.example/directory/shared/csdn"
)

type areaItem struct {
	Slug       csdn.AreaSlug   `dynamodbav:"slug"`
	LabelEN    string          `dynamodbav:"labelEn"`
	LabelFR    string          `dynamodbav:"labelFr"`
	AltLabels  []string        `dynamodbav:"altLabels,omitempty"`
	Definition string          `dynamodbav:"definition,omitempty"`
	Broader    []csdn.AreaSlug `dynamodbav:"broader,omitempty"`
	Retired    bool            `dynamodbav:"retired,omitempty"`
	ReplacedBy csdn.AreaSlug   `dynamodbav:"replacedBy,omitempty"`
	UpdatedAt  instant         `dynamodbav:"updatedAt,omitempty"`
	Version    csdn.Version    `dynamodbav:"version"`
}

func newAreaItem(a csdn.Area) areaItem {
	return areaItem{
		Slug: a.Slug, LabelEN: a.LabelEN, LabelFR: a.LabelFR, AltLabels: a.AltLabels, Definition: a.Definition,
		Broader: a.Broader, Retired: a.Retired, ReplacedBy: a.ReplacedBy, UpdatedAt: instant{a.UpdatedAt}, Version: a.Version,
	}
}

func (i areaItem) area() csdn.Area {
	return csdn.Area{
		Slug: i.Slug,
		AreaProfile: csdn.AreaProfile{
			LabelEN: i.LabelEN, LabelFR: i.LabelFR, AltLabels: i.AltLabels, Definition: i.Definition,
			Broader: i.Broader, Retired: i.Retired, ReplacedBy: i.ReplacedBy,
		},
		UpdatedAt: i.UpdatedAt.Time, Version: i.Version,
	}
}

// Areas implements csdn.AreaStore.
func (d Directory) Areas(ctx context.Context) ([]csdn.Area, error) {
	found, err := list[areaItem](ctx, d.table(), beginning(vocabularyPartition, areaPrefix))
	if err != nil {
		return nil, fmt.Errorf("read the vocabulary: %w", err)
	}
	return mapped(found, areaItem.area), nil
}

// Area implements csdn.AreaStore.
func (d Directory) Area(ctx context.Context, slug csdn.AreaSlug) (csdn.Area, error) {
	item, err := get[areaItem](ctx, d.table(), areaKey(slug))
	if err != nil {
		return csdn.Area{}, fmt.Errorf("read area %s: %w", slug, err)
	}
	return item.area(), nil
}

// PutArea implements csdn.AreaStore.
func (d Directory) PutArea(ctx context.Context, a csdn.Area, change csdn.Change) error {
	var w transaction
	w.put(d.Table, areaKey(a.Slug), newAreaItem(a), next(a.Version), stale())
	w.record(d.Table, areaChangeKey(a.Slug, change.ID), change)
	if err := w.commit(ctx, d.Client); err != nil {
		return fmt.Errorf("write area %s: %w", a.Slug, err)
	}
	return nil
}

// DeleteArea implements csdn.AreaStore.
func (d Directory) DeleteArea(ctx context.Context, a csdn.Area, change csdn.Change) error {
	var w transaction
	w.remove(d.Table, areaKey(a.Slug), present(a.Version), stale())
	w.record(d.Table, areaChangeKey(a.Slug, change.ID), change)
	if err := w.commit(ctx, d.Client); err != nil {
		return fmt.Errorf("delete area %s: %w", a.Slug, err)
	}
	return nil
}
