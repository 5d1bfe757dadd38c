package dynamo

import (
	"context"
	"fmt"
	"time"

	"csdn.example/directory/shared/csdn"

	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/expression"
)

// invitationItem is in the index organisation once it was sent, as an organisation must not find out whom of its people somebody
// thinks of, not by a gap in a page either; and in the index due while the clock has to look at it.
type invitationItem struct {
	Meeting        csdn.MeetingID        `dynamodbav:"meeting"`
	Person         csdn.PersonID         `dynamodbav:"person"`
	Phase          csdn.PhaseNumber      `dynamodbav:"phase"`
	Organisation   csdn.OrganisationID   `dynamodbav:"organisation,omitempty"`
	OrganisationAt string                `dynamodbav:"organisationAt,omitempty"`
	Category       csdn.Category         `dynamodbav:"category"`
	Areas          []csdn.AreaSlug       `dynamodbav:"areas,omitempty"`
	Mode           csdn.Mode             `dynamodbav:"mode"`
	Status         csdn.InvitationStatus `dynamodbav:"status"`
	Reason         string                `dynamodbav:"reason,omitempty"`
	Note           string                `dynamodbav:"note,omitempty"`
	Round          int                   `dynamodbav:"round"`
	Calendar       string                `dynamodbav:"calendar,omitempty"`
	Sequence       int                   `dynamodbav:"sequence"`
	Asked          int                   `dynamodbav:"asked"`
	ReservedAt     instant               `dynamodbav:"reservedAt,omitempty"`
	RemindAt       instant               `dynamodbav:"remindAt,omitempty"`
	RemindedAt     instant               `dynamodbav:"remindedAt,omitempty"`
	Due            string                `dynamodbav:"due,omitempty"`
	DueAt          string                `dynamodbav:"dueAt,omitempty"`
	DueTime        instant               `dynamodbav:"dueTime,omitempty"`
	CreatedAt      instant               `dynamodbav:"createdAt,omitempty"`
	RespondedAt    instant               `dynamodbav:"respondedAt,omitempty"`
	UpdatedAt      instant               `dynamodbav:"updatedAt,omitempty"`
	MovedBy        []csdn.MergerID       `dynamodbav:"movedBy,omitempty"`
	HandedBy       []csdn.MergerID       `dynamodbav:"handedBy,omitempty"`
	Erased         bool                  `dynamodbav:"erased,omitempty"`
	Version        csdn.Version          `dynamodbav:"version"`
}

func newInvitationItem(i csdn.Invitation) invitationItem {
	item := invitationItem{
		Meeting: i.Meeting, Person: i.Person, Phase: i.Phase, Organisation: i.Organisation,
		Category: i.Category, Areas: i.Areas, Mode: i.Mode, Status: i.Status,
		Reason: i.Reason, Note: i.Note, Round: i.Round, Calendar: i.Calendar, Sequence: i.Sequence,
		Asked: i.Asked, ReservedAt: instant{i.ReservedAt}, RemindAt: instant{i.RemindAt}, RemindedAt: instant{i.RemindedAt}, DueTime: instant{i.DueAt}, CreatedAt: instant{i.CreatedAt},
		RespondedAt: instant{i.RespondedAt}, UpdatedAt: instant{i.UpdatedAt}, MovedBy: i.MovedBy, HandedBy: i.HandedBy, Erased: i.Erased, Version: i.Version,
	}
	if i.WasSent() {
		item.OrganisationAt = organisationPlace(i)
	}
	if !i.DueAt.IsZero() {
		item.Due, item.DueAt = everythingDue, duePlace(i)
	}
	return item
}

func (i invitationItem) invitation() csdn.Invitation {
	return csdn.Invitation{
		Meeting: i.Meeting, Person: i.Person, Phase: i.Phase, Organisation: i.Organisation, Category: i.Category,
		Areas: i.Areas, Mode: i.Mode, Status: i.Status, Reason: i.Reason, Note: i.Note, Round: i.Round,
		Calendar: i.Calendar, Sequence: i.Sequence, Asked: i.Asked, ReservedAt: i.ReservedAt.Time,
		RemindAt: i.RemindAt.Time, RemindedAt: i.RemindedAt.Time, DueAt: i.DueTime.Time,
		CreatedAt: i.CreatedAt.Time, RespondedAt: i.RespondedAt.Time, UpdatedAt: i.UpdatedAt.Time, MovedBy: i.MovedBy, HandedBy: i.HandedBy, Erased: i.Erased, Version: i.Version,
	}
}

// Invitation implements csdn.InvitationStore.
func (d Participation) Invitation(ctx context.Context, meeting csdn.MeetingID, person csdn.PersonID) (csdn.Invitation, error) {
	item, err := get[invitationItem](ctx, d.table(), invitationKey(meeting, person))
	if err != nil {
		return csdn.Invitation{}, fmt.Errorf("read an invitation to meeting %s: %w", meeting, err)
	}
	return item.invitation(), nil
}

// Invitations implements csdn.InvitationStore.
func (d Participation) Invitations(ctx context.Context, meeting csdn.MeetingID) ([]csdn.Invitation, error) {
	found, err := list[invitationItem](ctx, d.table(), beginning(meetingKey(meeting).pk, invitationPrefix))
	if err != nil {
		return nil, fmt.Errorf("read the invitations to meeting %s: %w", meeting, err)
	}
	return mapped(found, invitationItem.invitation), nil
}

// InvitationsOfOrganisation implements csdn.InvitationStore: the latest phase first, in each the meeting that was created last.
func (d Participation) InvitationsOfOrganisation(ctx context.Context, id csdn.OrganisationID, phase csdn.PhaseNumber, page csdn.PageRequest) (csdn.Page[csdn.Invitation], error) {
	var none csdn.Page[csdn.Invitation]
	query := fmt.Sprintf("invitations of organisation %s in phase %d", id, phase)
	after, err := resume(page.Cursor, query, func(place string) (attributes, bool) {
		k, ok := invitationAt(place, phase)
		from := k.attributes()
		from["organisation"], from["organisationAt"] = text(string(id)), text(place)
		return from, ok
	})
	if err != nil {
		return none, err
	}
	s := selection{index: organisationIndex, partition: string(id), newest: true, after: after, atMost: page.Limit + 1}
	if phase != 0 {
		s.within = expression.Key("organisationAt").BeginsWith(phaseText(phase) + "#")
	}
	found, err := list[invitationItem](ctx, d.table(), s)
	if err != nil {
		return none, fmt.Errorf("read the invitations of organisation %s: %w", id, err)
	}
	return cut(mapped(found, invitationItem.invitation), page.Limit, query, organisationPlace), nil
}

// DueInvitations implements csdn.InvitationStore.
func (d Participation) DueInvitations(ctx context.Context, until time.Time, limit int) ([]csdn.Invitation, error) {
	// A place is the time and more, so those at the very time sort behind it, and before the next nanosecond.
	behind := sortable(until.Add(time.Nanosecond))
	found, err := list[invitationItem](ctx, d.table(), selection{
		index: dueIndex, partition: everythingDue, within: expression.Key("dueAt").LessThan(expression.Value(behind)), atMost: limit,
	})
	if err != nil {
		return nil, fmt.Errorf("read what is due: %w", err)
	}
	return mapped(found, invitationItem.invitation), nil
}

// WriteInvitations implements csdn.InvitationStore. An act has at most 100 parts: the meeting and the seating, and each invitation,
// delivery, tally and change; a larger one is an error.
func (d Participation) WriteInvitations(ctx context.Context, act csdn.InvitationWrite) error {
	var w transaction
	w.check(d.DirectoryTable, meetingKey(act.Meeting), present(act.MeetingVersion), stale())
	if act.Seating != nil {
		w.put(d.Table, seatingKey(act.Meeting), newSeatingItem(*act.Seating), next(act.Seating.Version), stale())
	}
	for _, i := range act.Invitations {
		w.put(d.Table, invitationKey(i.Meeting, i.Person), newInvitationItem(i), next(i.Version), stale())
	}
	for _, delivery := range act.Deliveries {
		w.deliver(d.OutboxTable, delivery)
	}
	for _, g := range act.Sent {
		w.count(d.Table, g)
	}
	for _, c := range act.Changes {
		w.recordInvitation(d.Table, act, c)
	}
	if err := w.commit(ctx, d.Client); err != nil {
		return fmt.Errorf("write invitations to meeting %s: %w", act.Meeting, err)
	}
	return nil
}
