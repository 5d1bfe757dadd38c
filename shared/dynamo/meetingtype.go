package dynamo

import (
	"context"
	"fmt"

	"csdn.example/directory/shared/csdn"
)

type meetingTypeItem struct {
	Slug      csdn.MeetingType `dynamodbav:"slug"`
	LabelEN   string           `dynamodbav:"labelEn,omitempty"`
	LabelFR   string           `dynamodbav:"labelFr,omitempty"`
	Retired   bool             `dynamodbav:"retired,omitempty"`
	Removed   bool             `dynamodbav:"removed,omitempty"`
	UpdatedAt instant          `dynamodbav:"updatedAt,omitempty"`
	Version   csdn.Version     `dynamodbav:"version"`
}

func newMeetingTypeItem(t csdn.ListedMeetingType) meetingTypeItem {
	return meetingTypeItem{
		Slug: t.Slug, LabelEN: t.LabelEN, LabelFR: t.LabelFR, Retired: t.Retired, Removed: t.Removed,
		UpdatedAt: instant{t.UpdatedAt}, Version: t.Version,
	}
}

func (i meetingTypeItem) meetingType() csdn.ListedMeetingType {
	return csdn.ListedMeetingType{
		Slug: i.Slug, MeetingTypeProfile: csdn.MeetingTypeProfile{LabelEN: i.LabelEN, LabelFR: i.LabelFR, Retired: i.Retired},
		Removed: i.Removed, UpdatedAt: i.UpdatedAt.Time, Version: i.Version,
	}
}

// MeetingTypes implements csdn.MeetingTypeStore.
func (d Directory) MeetingTypes(ctx context.Context) ([]csdn.ListedMeetingType, error) {
	found, err := list[meetingTypeItem](ctx, d.table(), beginning(meetingTypePartition, meetingTypePrefix))
	if err != nil {
		return nil, fmt.Errorf("read the types of meetings: %w", err)
	}
	return csdn.ListMeetingTypes(mapped(found, meetingTypeItem.meetingType)), nil
}

// PutMeetingType implements csdn.MeetingTypeStore. One that every network begins with is at version 1 without being stored.
func (d Directory) PutMeetingType(ctx context.Context, t csdn.ListedMeetingType, change csdn.Change) error {
	var w transaction
	before := next(t.Version)
	if t.Version == 2 {
		before = missing().Or(before)
	}
	w.put(d.Table, meetingTypeKey(t.Slug), newMeetingTypeItem(t), before, stale())
	w.record(d.Table, meetingTypeChangeKey(t.Slug, change.ID), change)
	if err := w.commit(ctx, d.Client); err != nil {
		return fmt.Errorf("write the type of meeting %s: %w", t.Slug, err)
	}
	return nil
}
