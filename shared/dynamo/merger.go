package dynamo

import (
	"context"
	"fmt"

	"csdn.example/directory/shared/csdn"

	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/expression"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// Mergers keeps the mergings of records, which name nobody, beside the directory. What is needed to undo one lies with the record that
// stays.
type Mergers struct {
	Client                                                       *dynamodb.Client
	DirectoryTable, PeopleTable, ParticipationTable, OutboxTable string
}

var _ csdn.MergerStore = Mergers{}

func (d Mergers) directory() table { return table{client: d.Client, name: d.DirectoryTable} }

type mergerItem struct {
	ID        csdn.MergerID     `dynamodbav:"id"`
	Subject   csdn.Subject      `dynamodbav:"subject"`
	Keep      string            `dynamodbav:"keep"`
	Absorb    string            `dynamodbav:"absorb"`
	Taken     []string          `dynamodbav:"taken,omitempty"`
	Joined    []string          `dynamodbav:"joined,omitempty"`
	Status    csdn.MergerStatus `dynamodbav:"status"`
	By        csdn.AccountID    `dynamodbav:"by"`
	Moved     csdn.References   `dynamodbav:"moved,omitempty"`
	Returned  csdn.References   `dynamodbav:"returned,omitempty"`
	Left      []string          `dynamodbav:"left,omitempty"`
	Holding   bool              `dynamodbav:"holding,omitempty"`
	StartedAt instant           `dynamodbav:"startedAt"`
	DoneAt    instant           `dynamodbav:"doneAt,omitempty"`
	UndoneAt  instant           `dynamodbav:"undoneAt,omitempty"`
	Until     instant           `dynamodbav:"until"`
	Version   csdn.Version      `dynamodbav:"version"`
}

func newMergerItem(m csdn.Merger) mergerItem {
	return mergerItem{
		ID: m.ID, Subject: m.Subject, Keep: m.Keep, Absorb: m.Absorb, Taken: m.Taken, Joined: m.Joined, Status: m.Status, By: m.By,
		Moved: m.Moved, Returned: m.Returned, Left: m.Left, Holding: m.Holding, StartedAt: instant{m.StartedAt}, DoneAt: instant{m.DoneAt},
		UndoneAt: instant{m.UndoneAt}, Until: instant{m.Until}, Version: m.Version,
	}
}

func (i mergerItem) merger() csdn.Merger {
	return csdn.Merger{
		ID: i.ID, Subject: i.Subject, Keep: i.Keep, Absorb: i.Absorb, Taken: i.Taken, Joined: i.Joined, Status: i.Status, By: i.By,
		Moved: i.Moved, Returned: i.Returned, Left: i.Left, Holding: i.Holding, StartedAt: i.StartedAt.Time, DoneAt: i.DoneAt.Time,
		UndoneAt: i.UndoneAt.Time, Until: i.Until.Time, Version: i.Version,
	}
}

// Mergers implements csdn.MergerStore.
func (d Mergers) Mergers(ctx context.Context) ([]csdn.Merger, error) {
	s := beginning(networkPartition, mergerPrefix)
	s.newest = true
	found, err := list[mergerItem](ctx, d.directory(), s)
	if err != nil {
		return nil, fmt.Errorf("read the mergers: %w", err)
	}
	return mapped(found, mergerItem.merger), nil
}

// Merger implements csdn.MergerStore.
func (d Mergers) Merger(ctx context.Context, id csdn.MergerID) (csdn.Merger, error) {
	item, err := get[mergerItem](ctx, d.directory(), mergerKey(id))
	if err != nil {
		return csdn.Merger{}, fmt.Errorf("read merger %s: %w", id, err)
	}
	return item.merger(), nil
}

// WriteMerger implements csdn.MergerStore.
func (d Mergers) WriteMerger(ctx context.Context, m csdn.Merger, write func(context.Context) error) error {
	var w transaction
	w.put(d.DirectoryTable, mergerKey(m.ID), newMergerItem(m), next(m.Version), outrun(m.Version))
	if err := w.join(ctx, write); err != nil {
		return err
	}
	if err := w.commit(ctx, d.Client); err != nil {
		return fmt.Errorf("write merger %s: %w", m.ID, err)
	}
	return nil
}

// organisationsBefore is an item that the time to live removes.
type organisationsBefore struct {
	Keep      organisationItem `dynamodbav:"keep"`
	Absorb    organisationItem `dynamodbav:"absorb"`
	ExpiresAt int64            `dynamodbav:"expiresAt"` // Unix time
}

// PutOrganisationsBefore implements csdn.MergerStore.
func (d Mergers) PutOrganisationsBefore(ctx context.Context, m csdn.Merger, keep, absorb csdn.Organisation) error {
	var w transaction
	before := organisationsBefore{newOrganisationItem(keep), newOrganisationItem(absorb), m.Until.Unix()}
	w.put(d.DirectoryTable, organisationsBeforeKey(m), before, missing(), stale())
	return w.commit(ctx, d.Client)
}

// OrganisationsBefore implements csdn.MergerStore.
func (d Mergers) OrganisationsBefore(ctx context.Context, m csdn.Merger) (keep, absorb csdn.Organisation, err error) {
	before, err := get[organisationsBefore](ctx, d.directory(), organisationsBeforeKey(m))
	if err == nil {
		keep, err = before.Keep.organisation()
	}
	if err == nil {
		absorb, err = before.Absorb.organisation()
	}
	if err != nil {
		return keep, absorb, fmt.Errorf("read what was before merger %s: %w", m.ID, err)
	}
	return keep, absorb, nil
}

// ReleaseOrganisations implements csdn.MergerStore.
func (d Mergers) ReleaseOrganisations(ctx context.Context, m csdn.Merger) error {
	var w transaction
	for _, id := range []string{m.Keep, m.Absorb} {
		w.update(d.DirectoryTable, organisationKey(csdn.OrganisationID(id)), expression.Remove(expression.Name("merging")),
			expression.Name("merging").Equal(expression.Value(m.ID)))
	}
	return w.commit(ctx, d.Client)
}

// PutGuest implements csdn.MergerStore.
func (d Mergers) PutGuest(ctx context.Context, before, after csdn.Guest) error {
	var w transaction
	change := expression.Set(expression.Name("employer"), expression.Value(after.Organisation))
	if len(after.MovedBy) > 0 {
		change = change.Set(expression.Name("movedBy"), expression.Value(after.MovedBy))
	} else {
		change = change.Remove(expression.Name("movedBy"))
	}
	w.update(d.ParticipationTable, guestKey(after.Person), change, expression.Name("employer").Equal(expression.Value(before.Organisation)))
	return w.commit(ctx, d.Client)
}

// PutRoll implements csdn.MergerStore.
func (d Mergers) PutRoll(ctx context.Context, r csdn.Roll) error {
	var w transaction
	w.put(d.ParticipationTable, rollKey(r.Phase), rollItem(r), next(r.Version), stale())
	return w.commit(ctx, d.Client)
}

// update changes attributes of an item. When the condition fails it is Stale.
func (w *transaction) update(table string, k key, change expression.UpdateBuilder, condition expression.ConditionBuilder) {
	built, err := expression.NewBuilder().WithUpdate(change).WithCondition(condition).Build()
	if err != nil {
		w.fail(fmt.Errorf("build an update: %w", err))
		return
	}
	w.items = append(w.items, types.TransactWriteItem{Update: &types.Update{
		TableName: &table, Key: k.attributes(), UpdateExpression: built.Update(), ConditionExpression: built.Condition(),
		ExpressionAttributeNames: built.Names(), ExpressionAttributeValues: built.Values(),
	}})
	w.refusals = append(w.refusals, stale())
}

// join adds whatever write writes, through any store.
func (w *transaction) join(ctx context.Context, write func(context.Context) error) error {
	h := &holding{}
	if err := write(context.WithValue(ctx, holdingKey{}, h)); err != nil {
		return err
	}
	for _, held := range h.transactions {
		w.items, w.refusals = append(w.items, held.items...), append(w.refusals, held.refusals...)
		if held.broken != nil {
			w.fail(held.broken)
		}
	}
	return nil
}
