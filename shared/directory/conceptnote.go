package directory

import (
	"context"
	"fmt"

	"csdn.example/directory/shared/csdn"
)

// ConceptNote returns the concept note of a meeting: to its planners and the secretariat the draft, which is made of the meeting as it is;
// to others the newest approved version, and the draft as long as none ever was approved. The version of a draft has no number.
func (d Meetings) ConceptNote(ctx context.Context, caller csdn.Caller, id csdn.MeetingID) (csdn.NoteVersion, error) {
	m, err := d.seen(ctx, caller, "concept-note.read", id)
	if err != nil {
		return csdn.NoteVersion{}, err
	}
	if plans(caller, m) {
		return d.draftNote(ctx, m)
	}
	newest, err := d.Notes.NewestNote(ctx, id)
	if err != nil {
		return newest, err
	}
	if newest.Number == 0 {
		return d.draftNote(ctx, m)
	}
	newest.Meeting.Status = m.Status // which is no part of the note
	return newest, nil
}

// draftNote returns the note of the meeting as it is.
func (d Meetings) draftNote(ctx context.Context, m csdn.Meeting) (csdn.NoteVersion, error) {
	var err error
	if m.TypeProfile, err = typed(ctx, d.Types, m.Type); err != nil { // which may have been renamed since the meeting was written
		return csdn.NoteVersion{}, err
	}
	phase, err := d.Phases.Phase(ctx, m.Phase)
	return csdn.NoteVersion{ConceptNote: csdn.ConceptNote{Meeting: m, Phase: phase}}, err
}

// ApproveNote freezes the concept note of the meeting that the caller read at the version: from then on it is what others than its planners
// read, until another is approved. Conflict when it says what the newest version says.
func (d Meetings) ApproveNote(ctx context.Context, caller csdn.Caller, id csdn.MeetingID, read csdn.Version) (csdn.NoteVersion, error) {
	const act = "concept-note.approved"
	m, err := d.own(ctx, caller, act, id, read)
	if err != nil {
		return csdn.NoteVersion{}, err
	}
	note, err := d.draftNote(ctx, m)
	if err != nil {
		return note, err
	}
	newest, err := d.Notes.NewestNote(ctx, id)
	if err != nil {
		return newest, err
	}
	approved, err := note.Approve(newest, caller.Account, d.Now())
	if err != nil {
		return approved, err
	}
	fields := []csdn.Difference{{Field: "conceptNote", Before: numbered(newest.Number), After: numbered(approved.Number)}}
	return approved, d.Notes.PutNoteVersion(ctx, approved, d.change(caller, act, approved.ApprovedAt, m.Version, fields))
}

// NoteVersions returns a page of the approved versions, the newest first.
func (d Meetings) NoteVersions(ctx context.Context, caller csdn.Caller, id csdn.MeetingID, page csdn.PageRequest) (csdn.Page[csdn.NoteVersion], error) {
	if _, err := planned(ctx, d.Store, caller, "concept-note.versions.read", id); err != nil {
		return csdn.Page[csdn.NoteVersion]{}, err
	}
	versions, err := d.Notes.NoteVersions(ctx, id)
	if err != nil {
		return csdn.Page[csdn.NoteVersion]{}, err
	}
	return csdn.Paginate(versions, "concept notes "+string(id), func(v csdn.NoteVersion) string { return numbered(v.Number) }, page)
}

// NoteVersion returns one version by its name, which is a number or csdn.NoteDraft. NotFound.
func (d Meetings) NoteVersion(ctx context.Context, caller csdn.Caller, id csdn.MeetingID, name string) (csdn.NoteVersion, error) {
	m, err := planned(ctx, d.Store, caller, "concept-note.versions.read", id)
	if err != nil {
		return csdn.NoteVersion{}, err
	}
	number, draft, ok := csdn.ParseNoteVersion(name)
	switch {
	case !ok:
		return csdn.NoteVersion{}, absent()
	case draft:
		return d.draftNote(ctx, m)
	}
	v, err := d.Notes.NoteVersion(ctx, id, number)
	v.Meeting.Status = m.Status
	return v, err
}

func numbered(version int) string {
	if version == 0 {
		return ""
	}
	return fmt.Sprint(version)
}
