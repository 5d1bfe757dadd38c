package streams

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"sync"
	"time"
)

// positions is the file of how far each mapping has read.
type positions struct {
	path  string
	mutex sync.Mutex
	known map[string]position
}

// position is that of one mapping.
type position struct {
	// Since is when the mapping was first started.
	Since time.Time `json:"since"`
	// Shards has the number of the last record dealt with in each shard, or finished.
	Shards map[string]string `json:"shards"`
}

// finished marks a shard that is closed and has been read to its end.
const finished = "finished"

func openPositions(path string) (*positions, error) {
	p := &positions{path: path, known: map[string]position{}}
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return p, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the streams' positions: %w", err)
	}
	if err := json.Unmarshal(text, &p.known); err != nil {
		return nil, fmt.Errorf("read the streams' positions in %s: %w", path, err)
	}
	return p, nil
}

// begin notes when a mapping is first started.
func (p *positions) begin(key string, now time.Time) error {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if _, ok := p.known[key]; ok {
		return nil
	}
	p.known[key] = position{Since: now.UTC(), Shards: map[string]string{}}
	return p.save()
}

// of returns a copy of a mapping's position.
func (p *positions) of(key string) position {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	known := p.known[key]
	return position{Since: known.Since, Shards: maps.Clone(known.Shards)}
}

// advance notes that a shard has been read up to a record, or is finished.
func (p *positions) advance(key, shard, to string) error {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.known[key].Shards[shard] = to
	return p.save()
}

// retain forgets the shards that the stream no longer has.
func (p *positions) retain(key string, exists func(shard string) bool) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	maps.DeleteFunc(p.known[key].Shards, func(shard, _ string) bool { return !exists(shard) })
}

// save replaces the file whole, so that a crash leaves either the old or the new.
func (p *positions) save() error {
	text, err := json.MarshalIndent(p.known, "", "\t")
	if err != nil {
		return fmt.Errorf("save the streams' positions: %w", err)
	}
	if err := os.WriteFile(p.path+".new", text, 0o600); err != nil {
		return fmt.Errorf("save the streams' positions: %w", err)
	}
	if err := os.Rename(p.path+".new", p.path); err != nil {
		return fmt.Errorf("save the streams' positions: %w", err)
	}
	return nil
}
