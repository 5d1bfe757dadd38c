package dynamo

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"csdn.example/directory/shared/csdn"

	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/expression"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/klauspost/compress/zstd"
)

// snapshotKept is when a table forgets chunks that nobody has removed: of a maker that was stopped after others swept.
const snapshotKept = 24 * time.Hour

// snapshotItem is a snapshot in the list, the newest, and the one that is to be made.
type snapshotItem struct {
	ID    csdn.SnapshotID `dynamodbav:"id"`
	At    instant         `dynamodbav:"at,omitempty"`    // of the newest
	Since instant         `dynamodbav:"since,omitempty"` // of the one that is to be made
}

// SnapshotState implements csdn.SnapshotStore.
func (d Directory) SnapshotState(ctx context.Context, subject csdn.Subject) (time.Time, csdn.Making, error) {
	return d.table().snapshotState(ctx, subject)
}

// SnapshotState implements csdn.SnapshotStore.
func (d People) SnapshotState(ctx context.Context, subject csdn.Subject) (time.Time, csdn.Making, error) {
	return d.table().snapshotState(ctx, subject)
}

func (t table) snapshotState(ctx context.Context, subject csdn.Subject) (newest time.Time, making csdn.Making, err error) {
	found, err := t.query(ctx, selection{partition: newestSnapshotKey(subject).pk})
	if err != nil {
		return newest, making, fmt.Errorf("read the snapshots of %s: %w", subject, err)
	}
	for _, item := range found {
		s, err := decode[snapshotItem](item)
		if err != nil {
			return newest, making, err
		}
		switch textOf(item, "sk") {
		case newestSnapshotKey(subject).sk:
			newest = s.At.Time
		case nextSnapshotKey(subject).sk:
			making = csdn.Making{ID: s.ID, Since: s.Since.Time}
		}
	}
	return newest, making, nil
}

// BeginSnapshot implements csdn.SnapshotStore.
func (d Directory) BeginSnapshot(ctx context.Context, subject csdn.Subject, m csdn.Making, instead csdn.SnapshotID) error {
	return d.table().beginSnapshot(ctx, subject, m, instead)
}

// BeginSnapshot implements csdn.SnapshotStore.
func (d People) BeginSnapshot(ctx context.Context, subject csdn.Subject, m csdn.Making, instead csdn.SnapshotID) error {
	return d.table().beginSnapshot(ctx, subject, m, instead)
}

func (t table) beginSnapshot(ctx context.Context, subject csdn.Subject, m csdn.Making, instead csdn.SnapshotID) error {
	other := missing()
	if instead != "" {
		other = named(instead)
	}
	item := snapshotItem{ID: m.ID, Since: instant{m.Since}}
	var w transaction
	w.put(t.name, nextSnapshotKey(subject), item, other, outdone())
	w.put(t.name, snapshotKey(subject, m.ID), item, missing(), outdone())
	if err := w.commit(ctx, t.client); err != nil {
		return fmt.Errorf("begin snapshot %s of %s: %w", m.ID, subject, err)
	}
	return nil
}

// named is the condition that the stored snapshot is the one with the id.
func named(id csdn.SnapshotID) expression.ConditionBuilder {
	return expression.Name("id").Equal(expression.Value(id))
}

func outdone() error {
	return csdn.Errorf(csdn.Conflict, "Snapshots were dropped, or another was begun.")
}

// PutSnapshot implements csdn.SnapshotStore.
func (d Directory) PutSnapshot(ctx context.Context, subject csdn.Subject, id csdn.SnapshotID, s csdn.Snapshot) error {
	return d.table().putSnapshot(ctx, subject, id, s)
}

// PutSnapshot implements csdn.SnapshotStore.
func (d People) PutSnapshot(ctx context.Context, subject csdn.Subject, id csdn.SnapshotID, s csdn.Snapshot) error {
	return d.table().putSnapshot(ctx, subject, id, s)
}

// putSnapshot does not remove what it wrote when it cannot tell whether it was finished: that is swept away if it was not.
func (t table) putSnapshot(ctx context.Context, subject csdn.Subject, id csdn.SnapshotID, s csdn.Snapshot) error {
	m := manifestItem{ID: id, At: instant{s.At}}
	var err error
	if m.Base, err = t.putPart(ctx, subject, id, basePart, s.At, s.Base, chunkSize); err == nil {
		m.Texts, err = t.putPart(ctx, subject, id, textsPart, s.At, s.Texts, 0)
	}
	if err == nil {
		var w transaction
		w.put(t.name, manifestKey(subject), m, missing().Or(existing()), outdone())
		w.put(t.name, newestSnapshotKey(subject), snapshotItem{ID: id, At: m.At}, missing().Or(existing()), outdone())
		w.remove(t.name, nextSnapshotKey(subject), named(id), outdone())
		w.put(t.name, snapshotKey(subject, id), snapshotItem{ID: id}, missing().Or(existing()), outdone()) // may have been swept
		err = w.commit(ctx, t.client)
	}
	if errors.Is(err, csdn.Conflict) {
		err = errors.Join(err, t.removeSnapshot(ctx, subject, id))
	}
	if err != nil {
		return fmt.Errorf("write snapshot %s of %s: %w", id, subject, err)
	}
	return nil
}

// putPart writes a part in chunks, unless it is small enough to lie in the manifest.
func (t table) putPart(ctx context.Context, subject csdn.Subject, id csdn.SnapshotID, name string, at time.Time, part []byte, small int) (partItem, error) {
	p := partItem{Size: len(part)}
	if p.Size == 0 {
		return p, nil
	}
	packer, err := zstd.NewWriter(nil)
	if err != nil {
		return p, fmt.Errorf("pack: %w", err)
	}
	defer packer.Close()
	packed := packer.EncodeAll(part, nil)
	if len(packed) <= small {
		p.Bytes = packed
		return p, nil
	}
	for chunk := range slices.Chunk(packed, chunkSize) {
		item, err := attributevalue.MarshalMap(chunkItem{chunk, at.Add(snapshotKept).Unix()})
		if err != nil {
			return p, fmt.Errorf("encode a chunk: %w", err)
		}
		for name, value := range chunkKey(subject, id, name, p.Chunks).attributes() {
			item[name] = value
		}
		if _, err := t.client.PutItem(ctx, &dynamodb.PutItemInput{TableName: &t.name, Item: item}); err != nil {
			return p, classify(err)
		}
		p.Chunks++
	}
	return p, nil
}

// SweepSnapshots implements csdn.SnapshotStore.
func (d Directory) SweepSnapshots(ctx context.Context, subject csdn.Subject) error {
	return d.table().sweepSnapshots(ctx, subject)
}

// SweepSnapshots implements csdn.SnapshotStore.
func (d People) SweepSnapshots(ctx context.Context, subject csdn.Subject) error {
	return d.table().sweepSnapshots(ctx, subject)
}

func (t table) sweepSnapshots(ctx context.Context, subject csdn.Subject) error {
	found, err := t.query(ctx, selection{partition: newestSnapshotKey(subject).pk})
	if err != nil {
		return fmt.Errorf("read the snapshots of %s: %w", subject, err)
	}
	kept, listed := map[string]bool{}, []string{}
	for _, item := range found {
		switch id := textOf(item, "id"); textOf(item, "sk") {
		case newestSnapshotKey(subject).sk, nextSnapshotKey(subject).sk:
			kept[id] = true
		default:
			listed = append(listed, id)
		}
	}
	for _, id := range listed {
		if kept[id] {
			continue
		}
		if err := t.removeSnapshot(ctx, subject, csdn.SnapshotID(id)); err != nil {
			return fmt.Errorf("remove snapshot %s of %s: %w", id, subject, err)
		}
	}
	return nil
}

// removeSnapshot removes the chunks of a snapshot, and then its name from the list.
func (t table) removeSnapshot(ctx context.Context, subject csdn.Subject, id csdn.SnapshotID) error {
	chunks, err := t.query(ctx, selection{partition: chunkKey(subject, id, basePart, 0).pk})
	if err != nil {
		return err
	}
	keys := mapped(chunks, func(item attributes) key { return key{textOf(item, "pk"), textOf(item, "sk")} })
	for _, k := range append(keys, snapshotKey(subject, id)) {
		if _, err := t.client.DeleteItem(ctx, &dynamodb.DeleteItemInput{TableName: &t.name, Key: k.attributes()}); err != nil {
			return classify(err)
		}
	}
	return nil
}
