package csdn

import (
	"maps"
	"slices"
)

// Transfer returns the organisation of something, and the mergers that moved it, as this one has it: from the one that goes to the one
// that stays, and when it is undone back again, if this was the last to move it. ok is false for what it leaves where it is.
func (m Merger) Transfer(of OrganisationID, movedBy []MergerID) (to OrganisationID, by []MergerID, ok bool) {
	last := len(movedBy) - 1
	switch {
	case m.Subject != Organisations:
		return of, movedBy, false
	case m.Status == MergerRunning && of == OrganisationID(m.Absorb):
		return OrganisationID(m.Keep), append(slices.Clip(movedBy), m.ID), true
	case m.Status == MergerUndoing && of == OrganisationID(m.Keep) && last >= 0 && movedBy[last] == m.ID:
		return OrganisationID(m.Absorb), append([]MergerID(nil), movedBy[:last]...), true
	}
	return of, movedBy, false
}

// Transfer returns the roll with the organisation that stays in the place of the one that goes, and when that is undone as it was
// before: so each counts once whichever name it took part under. ok is false for a roll that is right already.
func (r Roll) Transfer(m Merger) (after Roll, ok bool) {
	keep, absorb := OrganisationID(m.Keep), OrganisationID(m.Absorb)
	without := func(gone OrganisationID) []OrganisationID {
		return slices.DeleteFunc(slices.Clone(r.Organisations), func(o OrganisationID) bool { return o == gone })
	}
	both, moved := r.MovedBy[m.ID]
	by := map[MergerID]bool{}
	maps.Copy(by, r.MovedBy)
	switch {
	case m.Subject != Organisations:
		return r, false
	case m.Status == MergerRunning && slices.Contains(r.Organisations, absorb):
		by[m.ID] = slices.Contains(r.Organisations, keep)
		r.Organisations = without(absorb)
		r = r.with(keep)
	case m.Status == MergerUndoing && moved:
		delete(by, m.ID)
		if !both {
			r.Organisations = without(keep)
		}
		r = r.with(absorb)
	default:
		return r, false
	}
	if r.MovedBy, r.Version = by, r.Version+1; len(by) == 0 {
		r.MovedBy = nil
	}
	return r, true
}
