package dynamo

import (
	"context"
	"fmt"

	"csdn.example/directory/shared/csdn"
)

// placeItem stands for a meeting in the list of its phase.
type placeItem struct {
	Meeting csdn.MeetingID `dynamodbav:"meeting"`
}

// Meeting implements csdn.MeetingStore.
func (d Directory) Meeting(ctx context.Context, id csdn.MeetingID) (csdn.Meeting, error) {
	item, err := get[meetingItem](ctx, d.table(), meetingKey(id))
	if err != nil {
		return csdn.Meeting{}, fmt.Errorf("read meeting %s: %w", id, err)
	}
	return item.meeting(), nil
}

// Meetings implements csdn.MeetingStore.
func (d Directory) Meetings(ctx context.Context, phase csdn.PhaseNumber) ([]csdn.Meeting, error) {
	s := beginning(phasePartition(phase), meetingPrefix)
	s.newest = true
	places, err := list[placeItem](ctx, d.table(), s)
	if err != nil {
		return nil, fmt.Errorf("read the list of meetings of phase %d: %w", phase, err)
	}
	keys := mapped(places, func(p placeItem) key { return meetingKey(p.Meeting) })
	found, err := batch[meetingItem](ctx, d.table(), keys, true)
	if err != nil {
		return nil, fmt.Errorf("read the meetings of phase %d: %w", phase, err)
	}
	return mapped(found, meetingItem.meeting), nil
}

// PutMeeting implements csdn.MeetingStore.
func (d Directory) PutMeeting(ctx context.Context, before, m csdn.Meeting, change csdn.Change) error {
	var w transaction
	k := meetingKey(m.ID)
	w.put(d.Table, k, newMeetingItem(m), next(m.Version), stale())
	if created := before.Version == 0; created || placeKey(before) != placeKey(m) {
		w.put(d.Table, placeKey(m), placeItem{m.ID}, missing(), stale())
		if !created {
			w.remove(d.Table, placeKey(before), existing(), stale())
		}
	}
	w.record(d.Table, changeKey(k, change.ID), change)
	if err := w.commit(ctx, d.Client); err != nil {
		return fmt.Errorf("write meeting %s: %w", m.ID, err)
	}
	return nil
}

// DeleteMeeting implements csdn.MeetingStore.
func (d Directory) DeleteMeeting(ctx context.Context, m csdn.Meeting, change csdn.Change) error {
	var w transaction
	k := meetingKey(m.ID)
	notes, err := d.NoteVersions(ctx, m.ID)
	if err != nil {
		return err
	}
	for _, v := range notes {
		w.drop(d.Table, noteKey(m.ID, v.Number))
	}
	w.remove(d.Table, k, present(m.Version), stale())
	w.remove(d.Table, placeKey(m), existing(), stale())
	w.record(d.Table, changeKey(k, change.ID), change)
	if err := w.commit(ctx, d.Client); err != nil {
		return fmt.Errorf("delete meeting %s: %w", m.ID, err)
	}
	return nil
}
