package dynamo

import (
	"context"
	"errors"
	"fmt"
	"time"

	"csdn.example/directory/shared/csdn"

	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/expression"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// Rights reads and removes what all four tables hold about one person. It keeps the erasures in that of Directory, as they name
// nobody, and as a table of people that is restored must not take the certificates back with it.
type Rights struct {
	Client                                                       *dynamodb.Client
	DirectoryTable, PeopleTable, ParticipationTable, OutboxTable string
}

var (
	_ csdn.ErasureStore = Rights{}
	_ csdn.DossierStore = Rights{}
)

func (d Rights) directory() table     { return table{client: d.Client, name: d.DirectoryTable} }
func (d Rights) people() table        { return table{client: d.Client, name: d.PeopleTable} }
func (d Rights) participation() table { return table{client: d.Client, name: d.ParticipationTable} }
func (d Rights) outbox() table        { return table{client: d.Client, name: d.OutboxTable} }

// tombstoneKept is how long the feed says that a person is no more. Whoever searches reads all of it several times a day.
const tombstoneKept = 7 * 24 * time.Hour

type erasureItem struct {
	ID          csdn.ErasureID     `dynamodbav:"id"`
	Status      csdn.ErasureStatus `dynamodbav:"status"`
	Person      csdn.PersonID      `dynamodbav:"person,omitempty"`
	Absorbed    []csdn.PersonID    `dynamodbav:"absorbed,omitempty"`
	Account     csdn.AccountID     `dynamodbav:"account,omitempty"`
	RequestedAt instant            `dynamodbav:"requestedAt,omitempty"`
	BegunAt     instant            `dynamodbav:"begunAt,omitempty"`
	DoneAt      instant            `dynamodbav:"doneAt,omitempty"`
	By          csdn.AccountID     `dynamodbav:"by,omitempty"`
	Token       csdn.TokenID       `dynamodbav:"token,omitempty"`
	Traces      csdn.Traces        `dynamodbav:"traces,omitempty"`
	Version     csdn.Version       `dynamodbav:"version"`
}

func newErasureItem(e csdn.Erasure) erasureItem {
	return erasureItem{
		ID: e.ID, Status: e.Status, Person: e.Person, Absorbed: e.Absorbed, Account: e.Account, RequestedAt: instant{e.RequestedAt},
		BegunAt: instant{e.BegunAt}, DoneAt: instant{e.DoneAt}, By: e.By, Token: e.Token, Traces: e.Traces, Version: e.Version,
	}
}

func (i erasureItem) erasure() csdn.Erasure {
	return csdn.Erasure{
		ID: i.ID, Status: i.Status, Person: i.Person, Absorbed: i.Absorbed, Account: i.Account, RequestedAt: i.RequestedAt.Time,
		BegunAt: i.BegunAt.Time, DoneAt: i.DoneAt.Time, By: i.By, Token: i.Token, Traces: i.Traces, Version: i.Version,
	}
}

// erasureName names the erasure of a person or an account, and one that is begun.
type erasureName struct {
	Erasure csdn.ErasureID `dynamodbav:"erasure"`
}

// Erasures implements csdn.ErasureStore.
func (d Rights) Erasures(ctx context.Context) ([]csdn.Erasure, error) {
	s := beginning(networkPartition, erasurePrefix)
	s.newest = true
	found, err := list[erasureItem](ctx, d.directory(), s)
	if err != nil {
		return nil, fmt.Errorf("read the erasures: %w", err)
	}
	return mapped(found, erasureItem.erasure), nil
}

// Erasure implements csdn.ErasureStore.
func (d Rights) Erasure(ctx context.Context, id csdn.ErasureID) (csdn.Erasure, error) {
	item, err := get[erasureItem](ctx, d.directory(), erasureKey(id))
	if err != nil {
		return csdn.Erasure{}, fmt.Errorf("read erasure %s: %w", id, err)
	}
	return item.erasure(), nil
}

// ErasureOfPerson implements csdn.ErasureStore.
func (d Rights) ErasureOfPerson(ctx context.Context, id csdn.PersonID) (csdn.Erasure, error) {
	return d.erasureOf(ctx, string(id))
}

// ErasureByAccount implements csdn.ErasureStore.
func (d Rights) ErasureByAccount(ctx context.Context, id csdn.AccountID) (csdn.Erasure, error) {
	return d.erasureOf(ctx, string(id))
}

func (d Rights) erasureOf(ctx context.Context, subject string) (csdn.Erasure, error) {
	named, err := get[erasureName](ctx, d.directory(), erasureOfKey(subject))
	if err != nil {
		return csdn.Erasure{}, fmt.Errorf("find the erasure of %s: %w", subject, err)
	}
	return d.Erasure(ctx, named.Erasure)
}

// BegunErasures implements csdn.ErasureStore.
func (d Rights) BegunErasures(ctx context.Context) ([]csdn.Erasure, error) {
	names, err := list[erasureName](ctx, d.directory(), beginning(networkPartition, begunPrefix))
	if err != nil {
		return nil, fmt.Errorf("read the erasures begun: %w", err)
	}
	keys := mapped(names, func(n erasureName) key { return erasureKey(n.Erasure) })
	found, err := batch[erasureItem](ctx, d.directory(), keys, true)
	if err != nil {
		return nil, fmt.Errorf("read the erasures begun: %w", err)
	}
	return mapped(found, erasureItem.erasure), nil
}

// RequestErasure implements csdn.ErasureStore.
func (d Rights) RequestErasure(ctx context.Context, e csdn.Erasure) error {
	var w transaction
	asked := csdn.Errorf(csdn.Conflict, "Erasure was asked for already.")
	d.putErasure(&w, e)
	w.put(d.DirectoryTable, erasureOfKey(string(e.Account)), erasureName{e.ID}, missing(), asked)
	if e.Person != "" {
		w.put(d.DirectoryTable, erasureOfKey(string(e.Person)), erasureName{e.ID}, missing(), asked)
	}
	return d.commitErasure(ctx, &w, e, "request")
}

// BeginErasure implements csdn.ErasureStore.
func (d Rights) BeginErasure(ctx context.Context, e csdn.Erasure, p csdn.Person, a csdn.Account) error {
	var w transaction
	if p.ID != "" {
		e.Traces = e.Traces.Plus(csdn.Traces{csdn.ProfileTrace: 1})
		w.put(d.PeopleTable, personKey(p.ID), tombstone(p.Version, e), present(p.Version), stale())
		w.dropSnapshots(d.PeopleTable, csdn.People)
		if err := d.stopImports(ctx, &w, e.BegunAt); err != nil {
			return err
		}
		w.assign(d.PeopleTable, []csdn.Person{p}, nil)
		own := expression.Name("erasure").Equal(expression.Value(e.ID))
		w.put(d.DirectoryTable, erasureOfKey(string(p.ID)), erasureName{e.ID}, missing().Or(own), stale())
	}
	if err := d.buryAbsorbed(ctx, &w, e); err != nil {
		return err
	}
	if a.ID != "" {
		e.Traces = e.Traces.Plus(csdn.Traces{csdn.AccountTrace: 1})
		if p.ID == "" {
			w.check(d.PeopleTable, accountKey(e.By), keeping(), shutOut())
		}
		w.remove(d.PeopleTable, accountKey(a.ID), present(a.Version), stale())
		w.reserve(d.PeopleTable, string(a.ID), a.Email, "", accountEmailKey, stale())
		w.reserve(d.PeopleTable, string(a.ID), a.Subject, "", accountSubjectKey, stale())
	}
	d.putErasure(&w, e)
	w.put(d.DirectoryTable, begunKey(e.ID), erasureName{e.ID}, missing(), stale())
	return d.commitErasure(ctx, &w, e, "begin")
}

// stopImports stops the import of people that is running, and removes every file of people: each may hold the person. The write loses
// against an import that begins or goes on at that moment.
func (d Rights) stopImports(ctx context.Context, w *transaction, at time.Time) error {
	imports := People{Client: d.Client, Table: d.PeopleTable}
	recent, err := imports.RecentImports(ctx, at)
	if err != nil {
		return err
	}
	runs := missing().Or(expression.Name("expiresAt").LessThanEqual(expression.Value(at.Unix())))
	for _, i := range recent {
		if i.Subject != csdn.People || i.Parts == 0 || !i.Running() && !i.DryRun {
			continue
		}
		if i.Running() {
			i.StoppedAt = at
			runs = expression.Name("import").Equal(expression.Value(i.ID))
		}
		w.dropFile(d.PeopleTable, i)
		i.Parts, i.Version = 0, i.Version+1
		w.put(d.PeopleTable, importKey(i.ID), newImportItem(i), next(i.Version), unavailable(nil))
	}
	w.remove(d.PeopleTable, runningKey(csdn.People), runs, unavailable(nil))
	return nil
}

// tombstone is what stays of a person for the searches that know the card. They hear of it by the index trail, where it stands itself,
// as the trail of the person goes.
func tombstone(last csdn.Version, e csdn.Erasure) any {
	type item struct {
		feedEntry
		Trail     string        `dynamodbav:"trail"`
		TrailAt   csdn.ChangeID `dynamodbav:"trailAt"`
		Erased    bool          `dynamodbav:"erased"`
		ExpiresAt int64         `dynamodbav:"expiresAt"`
		Version   csdn.Version  `dynamodbav:"version"`
	}
	return item{
		feedEntry: newFeedEntry(csdn.People, csdn.Card{Removed: true}), Trail: everyChange, TrailAt: tombstonePlace(e), Erased: true,
		ExpiresAt: e.BegunAt.Add(tombstoneKept).Unix(), Version: last + 1,
	}
}

// buryAbsorbed empties the records that were merged into that of the person: all that is left of them, or them whole again in a table
// that was restored from a time before.
func (d Rights) buryAbsorbed(ctx context.Context, w *transaction, e csdn.Erasure) error {
	for _, id := range e.Absorbed {
		left, err := get[personItem](ctx, d.people(), personKey(id))
		if errors.Is(err, csdn.NotFound) || err == nil && left.Erased {
			continue
		}
		if err != nil {
			return fmt.Errorf("read person %s: %w", id, err)
		}
		w.put(d.PeopleTable, personKey(id), tombstone(left.Version, e), present(left.Version), stale())
		if left.MergedInto == "" {
			w.assign(d.PeopleTable, []csdn.Person{left.person()}, nil)
		}
	}
	return nil
}

// Absorbed implements csdn.ErasureStore.
func (d Rights) Absorbed(ctx context.Context, id csdn.PersonID) ([]csdn.PersonID, error) {
	mergers, err := Mergers{Client: d.Client, DirectoryTable: d.DirectoryTable}.Mergers(ctx)
	if err != nil {
		return nil, err
	}
	return csdn.Absorbed(csdn.People, []csdn.PersonID{id}, mergers), nil
}

// FinishErasure implements csdn.ErasureStore.
func (d Rights) FinishErasure(ctx context.Context, e csdn.Erasure) error {
	var w transaction
	d.putErasure(&w, e)
	for _, id := range e.People() {
		w.drop(d.DirectoryTable, erasureOfKey(string(id)))
	}
	if e.Account != "" {
		w.drop(d.DirectoryTable, erasureOfKey(string(e.Account)))
	}
	return d.commitErasure(ctx, &w, e, "finish")
}

// SettleErasure implements csdn.ErasureStore.
func (d Rights) SettleErasure(ctx context.Context, e csdn.Erasure) error {
	var w transaction
	w.drop(d.DirectoryTable, begunKey(e.ID))
	return d.commitErasure(ctx, &w, e, "settle")
}

func (d Rights) putErasure(w *transaction, e csdn.Erasure) {
	w.put(d.DirectoryTable, erasureKey(e.ID), newErasureItem(e), next(e.Version), stale())
}

func (d Rights) commitErasure(ctx context.Context, w *transaction, e csdn.Erasure, act string) error {
	if err := w.commit(ctx, d.Client); err != nil {
		return fmt.Errorf("%s erasure %s: %w", act, e.ID, err)
	}
	return nil
}

// drop deletes an item if it is there.
func (w *transaction) drop(table string, k key) {
	w.items = append(w.items, types.TransactWriteItem{Delete: &types.Delete{TableName: &table, Key: k.attributes()}})
	w.refusals = append(w.refusals, nil)
}
