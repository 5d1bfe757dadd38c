package directory

import (
	"context"
	"errors"
	"slices"
	"time"

	"csdn.example/directory/shared/csdn"
)

// work is one stint on an import.
type work struct {
	Imports
	i       csdn.Import    // as it is; its counts may be ahead of what is saved
	pending []csdn.Finding // that are not saved
	saved   time.Time
	until   time.Time
}

const (
	// findingsSaved is how many findings wait at most until they are saved: with them, a transaction must hold.
	findingsSaved = 40
	// rereads is how often a row is judged anew because others change its subject.
	rereads = 3
)

// errOvertaken tells that somebody else carries the import on.
var errOvertaken = errors.New("the import is carried on by another")

// takeOver does the rows that are not done. Those that are, it only matches, as later rows must not name the same subjects.
func takeOver[S any](ctx context.Context, w *work, r roll[S], sheet csdn.Sheet) error {
	h := r.heading(sheet.Header)
	for n, row := range sheet.Rows {
		if n >= w.i.Done && !w.Now().Before(w.until) {
			break
		}
		v, err := r.judge(ctx, h, row)
		if err != nil {
			return err
		}
		if n < w.i.Done {
			if v.before != nil && !v.fails() {
				v.before.row = row.Number
			}
			continue
		}
		if err := do(ctx, w, r, h, row, v); err != nil {
			return w.unlessOvertaken(ctx, err)
		}
	}
	if w.i.Done == w.i.Rows {
		w.i.DoneAt = w.Now()
	}
	return w.unlessOvertaken(ctx, w.save(ctx, w.i, w.pending, 0, nothing))
}

// nothing is what a row writes that changes nothing.
func nothing(context.Context) error { return nil }

// do does one row. What it writes, its count and what there is to be said of it are saved together; of a row that writes nothing, with
// those that follow.
func do[S any](ctx context.Context, w *work, r roll[S], h heading[S], row csdn.SheetRow, v verdict[S]) error {
	for range rereads {
		next, findings := counted(w.i, v), w.pending
		if len(v.finding.Errors)+len(v.finding.Duplicates) > 0 {
			findings = append(slices.Clip(findings), v.finding)
		}
		after := v.after
		write := nothing
		writes := !v.fails() && v.differs && !w.i.DryRun
		if writes {
			write = func(held context.Context) (err error) {
				after, err = r.write(held, v.before, v.after)
				return err
			}
		}
		if !writes && len(findings) < findingsSaved && w.Now().Sub(w.saved) < importSave {
			w.i, w.pending = next, findings
			r.settle(v, after, row.Number)
			return nil
		}
		err := w.save(ctx, next, findings, importHold, write)
		if err == nil {
			r.settle(v, after, row.Number)
			return nil
		}
		if v, err = r.reconsider(ctx, w, h, row, v, err); err != nil {
			return err
		}
	}
	return &csdn.Error{Kind: csdn.Unavailable, Message: "The directory is busy; try again in a moment.", RetryAfter: time.Second}
}

// reconsider returns what is to become of a row whose writing failed: it is judged anew when its subject was changed meanwhile, and told
// when a rule forbids it.
func (r roll[S]) reconsider(ctx context.Context, w *work, h heading[S], row csdn.SheetRow, v verdict[S], failed error) (verdict[S], error) {
	if !errors.Is(failed, csdn.Stale) {
		return v, h.blame(&v.finding, failed)
	}
	present, err := w.Store.Import(ctx, w.i.ID, w.Now())
	if err != nil {
		return v, err
	}
	if present.Version != w.i.Version || v.before == nil {
		return v, errOvertaken
	}
	if err := r.reread(ctx, v.before); err != nil {
		return v, h.blame(&v.finding, err)
	}
	return r.judge(ctx, h, row)
}

// settle makes known what a row has made of its subject.
func (r roll[S]) settle(v verdict[S], after S, row int) {
	if v.fails() {
		return
	}
	e := v.before
	if e == nil {
		e = &entry[S]{isNew: true}
	}
	e.subject, e.row = after, row
	r.adopt(e)
}

// counted returns the import with one more row done.
func counted[S any](i csdn.Import, v verdict[S]) csdn.Import {
	i.Done++
	switch {
	case v.fails():
		i.Failed++
	case !v.differs:
		i.Unchanged++
	case v.before == nil:
		i.Created++
	default:
		i.Updated++
	}
	return i
}

// save writes the import as it is next, with the findings and whatever write writes, and holds it for that long.
func (w *work) save(ctx context.Context, next csdn.Import, findings []csdn.Finding, hold time.Duration, write func(context.Context) error) error {
	now := w.Now()
	next.HeldUntil, next.Version = now.Add(hold), w.i.Version+1
	if err := w.Store.AdvanceImport(ctx, next, findings, write); err != nil {
		return err
	}
	w.i, w.pending, w.saved = next, nil, now
	return nil
}

// unlessOvertaken leaves the import to another who carries it on.
func (w *work) unlessOvertaken(ctx context.Context, err error) error {
	if !errors.Is(err, errOvertaken) && !errors.Is(err, csdn.Stale) {
		return err
	}
	w.i, err = w.Store.Import(ctx, w.i.ID, w.Now())
	return err
}
