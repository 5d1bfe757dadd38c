package dynamo

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"csdn.example/directory/shared/csdn"

	"github.com/klauspost/compress/zstd"
)

// A snapshot lies in chunks, each small enough for one item, in a partition of its own. The manifest of the newest names them and is
// written last, so that nobody reads a mixture of two; a base that fits into one item is in the manifest itself, so that it is had by one
// reading. Two more items name the newest and the one that is being made. Whatever drops snapshots deletes all three. Every snapshot is
// listed beside those two until its chunks are removed.

const (
	// chunkSize is how many bytes of a part are in one item, which DynamoDB lets have 400 KB.
	chunkSize = 350_000
	// reading is how many chunks are asked for at a time.
	reading = 6
)

// The names of the parts in keys.
const (
	basePart  = "BASE"
	textsPart = "TEXTS"
)

type manifestItem struct {
	ID    csdn.SnapshotID `dynamodbav:"id"`
	At    instant         `dynamodbav:"at,omitempty"`
	Base  partItem        `dynamodbav:"base"`
	Texts partItem        `dynamodbav:"texts"`
}

// partItem says how a part lies in chunks: compressed (zstd, RFC 8878, with its checksum), and cut. One that lies here has none.
type partItem struct {
	Chunks int    `dynamodbav:"chunks"`
	Bytes  []byte `dynamodbav:"bytes,omitempty"`
	Size   int    `dynamodbav:"size"` // uncompressed, in bytes
}

type chunkItem struct {
	Bytes     []byte `dynamodbav:"bytes"`
	ExpiresAt int64  `dynamodbav:"expiresAt"` // Unix time
}

// Snapshot implements csdn.Snapshots.
func (d Directory) Snapshot(ctx context.Context, subject csdn.Subject, texts bool) (csdn.Snapshot, error) {
	return d.table().snapshot(ctx, subject, texts)
}

// Snapshot implements csdn.Snapshots.
func (d People) Snapshot(ctx context.Context, subject csdn.Subject, texts bool) (csdn.Snapshot, error) {
	return d.table().snapshot(ctx, subject, texts)
}

func (t table) snapshot(ctx context.Context, subject csdn.Subject, texts bool) (csdn.Snapshot, error) {
	m, err := get[manifestItem](ctx, t, manifestKey(subject))
	if err != nil {
		return csdn.Snapshot{}, fmt.Errorf("read the snapshot of %s: %w", subject, err)
	}
	s := csdn.Snapshot{At: m.At.Time}
	if s.Base, err = t.part(ctx, subject, m.ID, basePart, m.Base); err == nil && texts {
		s.Texts, err = t.part(ctx, subject, m.ID, textsPart, m.Texts)
	}
	if err != nil {
		return csdn.Snapshot{}, fmt.Errorf("read snapshot %s of %s: %w", m.ID, subject, err)
	}
	return s, nil
}

// part returns a part as it was. NotFound when a chunk is missing or there is nothing.
func (t table) part(ctx context.Context, subject csdn.Subject, id csdn.SnapshotID, name string, p partItem) ([]byte, error) {
	packed, err := p.Bytes, error(nil)
	if packed == nil {
		packed, err = t.chunks(ctx, subject, id, name, p.Chunks)
	}
	if err != nil {
		return nil, err
	}
	unpacker, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, fmt.Errorf("unpack: %w", err)
	}
	defer unpacker.Close()
	part, err := unpacker.DecodeAll(packed, make([]byte, 0, p.Size))
	if err != nil {
		return nil, fmt.Errorf("unpack: %w", err)
	}
	return part, nil
}

// chunks reads the chunks of a part, several at a time. NotFound when one is missing or there are none.
func (t table) chunks(ctx context.Context, subject csdn.Subject, id csdn.SnapshotID, name string, count int) ([]byte, error) {
	chunks, failures := make([][]byte, count), make([]error, count)
	var working sync.WaitGroup
	places := make(chan int)
	for range min(reading, count) {
		working.Go(func() {
			for n := range places {
				var item chunkItem
				item, failures[n] = get[chunkItem](ctx, t, chunkKey(subject, id, name, n))
				chunks[n] = item.Bytes
			}
		})
	}
	for n := range chunks {
		places <- n
	}
	close(places)
	working.Wait()
	if err := errors.Join(failures...); err != nil || count == 0 {
		return nil, errors.Join(err, absent())
	}
	return slices.Concat(chunks...), nil
}

// dropSnapshots lets nobody read the snapshot of the subject from then on, nor the one that is being made be finished. What is left
// of them is swept away afterwards.
func (w *transaction) dropSnapshots(table string, subject csdn.Subject) {
	w.drop(table, manifestKey(subject))
	w.drop(table, newestSnapshotKey(subject))
	w.drop(table, nextSnapshotKey(subject))
}
