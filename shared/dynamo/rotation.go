package dynamo

import (
	"context"
	"fmt"

	"csdn.example/directory/shared/csdn"

	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/expression"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

var _ csdn.RotationStore = Participation{}

type guestItem struct {
	Person       csdn.PersonID       `dynamodbav:"person"`
	Organisation csdn.OrganisationID `dynamodbav:"employer"` // organisation is the name of an index
	Invited      int                 `dynamodbav:"invited"`
	Phase        csdn.PhaseNumber    `dynamodbav:"phase"`
	At           instant             `dynamodbav:"at,omitempty"`
	MovedBy      []csdn.MergerID     `dynamodbav:"movedBy,omitempty"`
	Parts        []guestPartItem     `dynamodbav:"parts,omitempty"`
}

type guestPartItem struct {
	Merger csdn.MergerID `dynamodbav:"merger"`
	Own    guestItem     `dynamodbav:"own"`
	Other  guestItem     `dynamodbav:"other"`
}

func newGuestItem(g csdn.Guest) guestItem {
	part := func(p csdn.GuestPart) guestPartItem {
		return guestPartItem{p.Merger, newGuestItem(p.Own), newGuestItem(p.Other)}
	}
	return guestItem{g.Person, g.Organisation, g.Invited, g.Phase, instant{g.At}, g.MovedBy, mapped(g.Parts, part)}
}

func (i guestItem) guest() csdn.Guest {
	part := func(p guestPartItem) csdn.GuestPart {
		return csdn.GuestPart{Merger: p.Merger, Own: p.Own.guest(), Other: p.Other.guest()}
	}
	return csdn.Guest{
		Person: i.Person, Organisation: i.Organisation, Invited: i.Invited, Phase: i.Phase, At: i.At.Time, MovedBy: i.MovedBy,
		Parts: mapped(i.Parts, part),
	}
}

// Guests implements csdn.RotationStore.
func (d Participation) Guests(ctx context.Context) ([]csdn.Guest, error) {
	found, err := list[guestItem](ctx, d.table(), beginning(rotationPartition, personPrefix))
	if err != nil {
		return nil, fmt.Errorf("read who was invited when: %w", err)
	}
	return mapped(found, guestItem.guest), nil
}

// count adds an invitation to the tally of a guest.
func (w *transaction) count(table string, g csdn.Guest) {
	built, err := expression.NewBuilder().WithUpdate(
		expression.Add(expression.Name("invited"), expression.Value(1)).
			Set(expression.Name("person"), expression.Value(g.Person)).
			Set(expression.Name("employer"), expression.Value(g.Organisation)).
			Set(expression.Name("phase"), expression.Value(g.Phase)).
			Set(expression.Name("at"), expression.Value(sortable(g.At))),
	).Build()
	if err != nil {
		w.fail(fmt.Errorf("build an update: %w", err))
		return
	}
	w.items = append(w.items, types.TransactWriteItem{Update: &types.Update{
		TableName: &table, Key: guestKey(g.Person).attributes(), UpdateExpression: built.Update(),
		ExpressionAttributeNames: built.Names(), ExpressionAttributeValues: built.Values(),
	}})
	w.refusals = append(w.refusals, nil) // it has no condition to fail
}
