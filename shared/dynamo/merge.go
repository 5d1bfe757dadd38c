package dynamo

import (
	"context"
	"fmt"

	"csdn.example/directory/shared/csdn"
)

type mergeItem struct {
	Area      csdn.AreaSlug  `dynamodbav:"area"`
	Into      csdn.AreaSlug  `dynamodbav:"into"`
	By        csdn.AccountID `dynamodbav:"by"`
	StartedAt instant        `dynamodbav:"startedAt"`
	DoneAt    instant        `dynamodbav:"doneAt,omitempty"`
	Version   csdn.Version   `dynamodbav:"version"`
}

func newMergeItem(m csdn.Merge) mergeItem {
	return mergeItem{
		Area: m.Area, Into: m.Into, By: m.By, StartedAt: instant{m.StartedAt}, DoneAt: instant{m.DoneAt}, Version: m.Version,
	}
}

func (i mergeItem) merge() csdn.Merge {
	return csdn.Merge{Area: i.Area, Into: i.Into, By: i.By, StartedAt: i.StartedAt.Time, DoneAt: i.DoneAt.Time, Version: i.Version}
}

// Merge implements csdn.AreaStore.
func (d Directory) Merge(ctx context.Context, slug csdn.AreaSlug) (csdn.Merge, error) {
	item, err := get[mergeItem](ctx, d.table(), mergeKey(slug))
	if err != nil {
		return csdn.Merge{}, fmt.Errorf("read the merge of area %s: %w", slug, err)
	}
	return item.merge(), nil
}

// Merges implements csdn.MergeStore.
func (d Directory) Merges(ctx context.Context) ([]csdn.Merge, error) {
	found, err := list[mergeItem](ctx, d.table(), beginning(vocabularyPartition, mergePrefix))
	if err != nil {
		return nil, fmt.Errorf("read the merges of areas: %w", err)
	}
	return mapped(found, mergeItem.merge), nil
}

// StartMerge implements csdn.MergeStore.
func (d Directory) StartMerge(ctx context.Context, a, into csdn.Area, m csdn.Merge, change csdn.Change) error {
	var w transaction
	w.put(d.Table, areaKey(a.Slug), newAreaItem(a), next(a.Version), stale())
	w.check(d.Table, areaKey(into.Slug), present(into.Version), stale())
	w.put(d.Table, mergeKey(m.Area), newMergeItem(m), next(m.Version), stale())
	w.record(d.Table, areaChangeKey(a.Slug, change.ID), change)
	if err := w.commit(ctx, d.Client); err != nil {
		return fmt.Errorf("start the merge of area %s: %w", m.Area, err)
	}
	return nil
}

// EndMerge implements csdn.MergeStore.
func (d Directory) EndMerge(ctx context.Context, m csdn.Merge) error {
	var w transaction
	w.put(d.Table, mergeKey(m.Area), newMergeItem(m), next(m.Version), stale())
	if err := w.commit(ctx, d.Client); err != nil {
		return fmt.Errorf("end the merge of area %s: %w", m.Area, err)
	}
	return nil
}
