package dynamo

import (
	"context"
	"fmt"

	"csdn.example/directory/shared/csdn"
)

var _ csdn.NoteStore = Directory{}

type noteItem struct {
	Number     int            `dynamodbav:"number"`
	Meeting    meetingItem    `dynamodbav:"meeting"`
	Phase      phaseItem      `dynamodbav:"phase"`
	ApprovedAt instant        `dynamodbav:"approvedAt,omitempty"`
	ApprovedBy csdn.AccountID `dynamodbav:"approvedBy"`
}

func (i noteItem) note() csdn.NoteVersion {
	return csdn.NoteVersion{
		Number: i.Number, ConceptNote: csdn.ConceptNote{Meeting: i.Meeting.meeting(), Phase: i.Phase.phase()},
		ApprovedAt: i.ApprovedAt.Time, ApprovedBy: i.ApprovedBy,
	}
}

// NoteVersions implements csdn.NoteStore.
func (d Directory) NoteVersions(ctx context.Context, meeting csdn.MeetingID) ([]csdn.NoteVersion, error) {
	return d.notes(ctx, meeting, 0)
}

// NewestNote implements csdn.NoteStore.
func (d Directory) NewestNote(ctx context.Context, meeting csdn.MeetingID) (csdn.NoteVersion, error) {
	found, err := d.notes(ctx, meeting, 1)
	if err != nil || len(found) == 0 {
		return csdn.NoteVersion{}, err
	}
	return found[0], nil
}

func (d Directory) notes(ctx context.Context, meeting csdn.MeetingID, atMost int) ([]csdn.NoteVersion, error) {
	s := beginning(meetingKey(meeting).pk, notePrefix)
	s.newest, s.atMost = true, atMost
	found, err := list[noteItem](ctx, d.table(), s)
	if err != nil {
		return nil, fmt.Errorf("read the concept notes of meeting %s: %w", meeting, err)
	}
	return mapped(found, noteItem.note), nil
}

// NoteVersion implements csdn.NoteStore.
func (d Directory) NoteVersion(ctx context.Context, meeting csdn.MeetingID, number int) (csdn.NoteVersion, error) {
	item, err := get[noteItem](ctx, d.table(), noteKey(meeting, number))
	if err != nil {
		return csdn.NoteVersion{}, fmt.Errorf("read version %d of the concept note of meeting %s: %w", number, meeting, err)
	}
	return item.note(), nil
}

// PutNoteVersion implements csdn.NoteStore.
func (d Directory) PutNoteVersion(ctx context.Context, v csdn.NoteVersion, change csdn.Change) error {
	var w transaction
	k := meetingKey(v.Meeting.ID)
	w.check(d.Table, k, present(v.Meeting.Version), stale())
	w.put(d.Table, noteKey(v.Meeting.ID, v.Number), noteItem{
		Number: v.Number, Meeting: newMeetingItem(v.Meeting), Phase: newPhaseItem(v.Phase), ApprovedAt: instant{v.ApprovedAt}, ApprovedBy: v.ApprovedBy,
	}, missing(), stale())
	w.record(d.Table, changeKey(k, change.ID), change)
	if err := w.commit(ctx, d.Client); err != nil {
		return fmt.Errorf("write version %d of the concept note of meeting %s: %w", v.Number, v.Meeting.ID, err)
	}
	return nil
}
