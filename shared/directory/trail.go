package directory

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"csdn.example/directory/shared/csdn"
)

// Trail reads what was written, of whatever noun.
type Trail struct {
	Stores      []csdn.TrailStore // one for each privacy class
	Invitations Invitations       // say which meetings' are kept no longer
}

// Latest returns a page of all changes, the newest first.
func (d Trail) Latest(ctx context.Context, caller csdn.Caller, page csdn.PageRequest) (csdn.Page[csdn.Entry], error) {
	const query = "changes"
	var list csdn.Page[csdn.Entry]
	if _, err := permit(caller, "trail.read"); err != nil {
		return list, err
	}
	before, err := page.Cursor.Open(query)
	if err != nil {
		return list, err
	}
	for _, store := range d.Stores {
		some, err := store.Latest(ctx, csdn.ChangeID(before), page.Limit+1)
		if err != nil {
			return list, err
		}
		list.Items = append(list.Items, some...)
	}
	slices.SortFunc(list.Items, func(a, b csdn.Entry) int { return cmp.Compare(b.Change.ID, a.Change.ID) })
	if len(list.Items) > page.Limit {
		list.Items = list.Items[:page.Limit]
		list.Next = csdn.SealCursor(query, string(list.Items[page.Limit-1].Change.ID))
	}
	return list, d.hide(ctx, &list)
}

// hide takes out the changes of invitations to meetings of which it is kept no longer who was invited.
func (d Trail) hide(ctx context.Context, list *csdn.Page[csdn.Entry]) error {
	var of []csdn.Invitation
	meetingOf := func(e csdn.Entry) csdn.MeetingID {
		meeting, _, _ := strings.Cut(e.ID, "/")
		return csdn.MeetingID(meeting)
	}
	const invitation = "invitation"
	for _, e := range list.Items {
		if e.Noun == invitation {
			of = append(of, csdn.Invitation{Meeting: meetingOf(e)})
		}
	}
	gone, err := d.Invitations.gone(ctx, of)
	list.Items = slices.DeleteFunc(list.Items, func(e csdn.Entry) bool { return e.Noun == invitation && gone[meetingOf(e)] })
	return err
}
