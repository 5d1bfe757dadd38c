package dynamo

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"time"

	"csdn.example/directory/shared/csdn"

	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/expression"
)

// partSize is how much of a file one item holds: an item has at most 400 KB.
const partSize = 350_000

type importItem struct {
	ID        csdn.ImportID  `dynamodbav:"id"`
	Subject   csdn.Subject   `dynamodbav:"subject"`
	Media     string         `dynamodbav:"media"`
	DryRun    bool           `dynamodbav:"dryRun,omitempty"`
	By        csdn.AccountID `dynamodbav:"by"`
	Token     csdn.TokenID   `dynamodbav:"token,omitempty"`
	Ignored   []string       `dynamodbav:"ignored,omitempty"`
	Rows      int            `dynamodbav:"rows"`
	Done      int            `dynamodbav:"done"`
	Created   int            `dynamodbav:"created"`
	Updated   int            `dynamodbav:"updated"`
	Unchanged int            `dynamodbav:"unchanged"`
	Failed    int            `dynamodbav:"failed"`
	Parts     int            `dynamodbav:"parts"`
	StartedAt instant        `dynamodbav:"startedAt"`
	HeldUntil instant        `dynamodbav:"heldUntil"`
	DoneAt    instant        `dynamodbav:"doneAt,omitempty"`
	StoppedAt instant        `dynamodbav:"stoppedAt,omitempty"`
	ExpiresAt int64          `dynamodbav:"expiresAt"` // Unix time, after which the table forgets it
	Version   csdn.Version   `dynamodbav:"version"`
}

func newImportItem(i csdn.Import) importItem {
	return importItem{
		ID: i.ID, Subject: i.Subject, Media: i.Media, DryRun: i.DryRun, By: i.By, Token: i.Token, Ignored: i.Ignored, Rows: i.Rows,
		Done: i.Done, Created: i.Created, Updated: i.Updated, Unchanged: i.Unchanged, Failed: i.Failed, Parts: i.Parts,
		StartedAt: instant{i.StartedAt}, HeldUntil: instant{i.HeldUntil}, DoneAt: instant{i.DoneAt}, StoppedAt: instant{i.StoppedAt},
		ExpiresAt: i.ExpiresAt().Unix(), Version: i.Version,
	}
}

func (i importItem) domain() csdn.Import {
	return csdn.Import{
		ID: i.ID, Subject: i.Subject, Media: i.Media, DryRun: i.DryRun, By: i.By, Token: i.Token, Ignored: i.Ignored, Rows: i.Rows,
		Done: i.Done, Created: i.Created, Updated: i.Updated, Unchanged: i.Unchanged, Failed: i.Failed, Parts: i.Parts,
		StartedAt: i.StartedAt.Time, HeldUntil: i.HeldUntil.Time, DoneAt: i.DoneAt.Time, StoppedAt: i.StoppedAt.Time,
		Version: i.Version,
	}
}

// importName names an import: the running one of a subject, or a recent one.
type importName struct {
	Import    csdn.ImportID `dynamodbav:"import"`
	ExpiresAt int64         `dynamodbav:"expiresAt"`
}

type fileItem struct {
	Content   []byte `dynamodbav:"content"`
	ExpiresAt int64  `dynamodbav:"expiresAt"`
}

type findingItem struct {
	Row        int             `dynamodbav:"row"`
	Errors     []cellErrorItem `dynamodbav:"errors,omitempty"`
	Duplicates []duplicateItem `dynamodbav:"duplicates,omitempty"`
	ExpiresAt  int64           `dynamodbav:"expiresAt"`
}

type cellErrorItem struct {
	Column  int    `dynamodbav:"column,omitempty"`
	Header  string `dynamodbav:"header,omitempty"`
	Message string `dynamodbav:"message"`
}

type duplicateItem struct {
	ID      string   `dynamodbav:"id,omitempty"`
	Row     int      `dynamodbav:"row,omitempty"`
	Reasons []string `dynamodbav:"reasons,omitempty"`
}

func newFindingItem(f csdn.Finding, expires int64) findingItem {
	return findingItem{
		Row:        f.Row,
		Errors:     mapped(f.Errors, func(e csdn.CellError) cellErrorItem { return cellErrorItem(e) }),
		Duplicates: mapped(f.Duplicates, func(d csdn.Duplicate) duplicateItem { return duplicateItem(d) }),
		ExpiresAt:  expires,
	}
}

func (i findingItem) finding() csdn.Finding {
	return csdn.Finding{
		Row:        i.Row,
		Errors:     mapped(i.Errors, func(e cellErrorItem) csdn.CellError { return csdn.CellError(e) }),
		Duplicates: mapped(i.Duplicates, func(d duplicateItem) csdn.Duplicate { return csdn.Duplicate(d) }),
	}
}

var _ csdn.ImportStore = People{}

// Import implements csdn.ImportStore.
func (d People) Import(ctx context.Context, id csdn.ImportID, now time.Time) (csdn.Import, error) {
	item, err := get[importItem](ctx, d.table(), importKey(id))
	if err == nil && item.ExpiresAt <= now.Unix() {
		err = absent()
	}
	if err != nil {
		return csdn.Import{}, fmt.Errorf("read import %s: %w", id, err)
	}
	return item.domain(), nil
}

// RunningImports implements csdn.ImportStore.
func (d People) RunningImports(ctx context.Context, now time.Time) ([]csdn.Import, error) {
	return d.namedImports(ctx, beginning(networkPartition, runningPrefix), now)
}

// RecentImports implements csdn.ImportStore.
func (d People) RecentImports(ctx context.Context, now time.Time) ([]csdn.Import, error) {
	s := beginning(networkPartition, recentPrefix)
	s.newest = true
	return d.namedImports(ctx, s, now)
}

// namedImports returns the imports that a search names and that have not expired, in its order.
func (d People) namedImports(ctx context.Context, s selection, now time.Time) ([]csdn.Import, error) {
	names, err := list[importName](ctx, d.table(), s)
	if err != nil {
		return nil, fmt.Errorf("read which imports there are: %w", err)
	}
	names = slices.DeleteFunc(names, func(n importName) bool { return n.ExpiresAt <= now.Unix() })
	found, err := batch[importItem](ctx, d.table(), mapped(names, func(n importName) key { return importKey(n.Import) }), true)
	if err != nil {
		return nil, fmt.Errorf("read imports: %w", err)
	}
	return mapped(found, importItem.domain), nil
}

// StartImport implements csdn.ImportStore.
func (d People) StartImport(ctx context.Context, i csdn.Import, file []byte, change *csdn.Change) (csdn.Import, error) {
	var w transaction
	item := newImportItem(i)
	free := missing().Or(expression.Name("expiresAt").LessThanEqual(expression.Value(i.StartedAt.Unix())))
	w.put(d.Table, runningKey(i.Subject), importName{i.ID, item.ExpiresAt}, free,
		csdn.Errorf(csdn.Conflict, "Another import of this kind is running; send this one when that is done."))
	for n, part := range parts(file) {
		w.put(d.Table, partKey(i.ID, n), fileItem{part, item.ExpiresAt}, missing(), stale())
		item.Parts = n + 1
	}
	w.put(d.Table, recentKey(i.ID), importName{i.ID, item.ExpiresAt}, missing(), stale())
	w.put(d.Table, importKey(i.ID), item, missing(), stale())
	if change != nil {
		w.record(d.Table, changeKey(importKey(i.ID), change.ID), *change)
	}
	if err := w.commit(ctx, d.Client); err != nil {
		return i, fmt.Errorf("start import %s: %w", i.ID, err)
	}
	return item.domain(), nil
}

func parts(file []byte) [][]byte { return slices.Collect(slices.Chunk(file, partSize)) }

// ImportFile implements csdn.ImportStore.
func (d People) ImportFile(ctx context.Context, i csdn.Import) ([]byte, error) {
	found, err := list[fileItem](ctx, d.table(), beginning(importKey(i.ID).pk, partPrefix))
	if err == nil && len(found) == 0 {
		err = absent()
	}
	if err != nil {
		return nil, fmt.Errorf("read the file of import %s: %w", i.ID, err)
	}
	return bytes.Join(mapped(found, func(p fileItem) []byte { return p.Content }), nil), nil
}

// AdvanceImport implements csdn.ImportStore.
func (d People) AdvanceImport(ctx context.Context, i csdn.Import, findings []csdn.Finding, write func(context.Context) error) error {
	var w transaction
	item := newImportItem(i)
	w.put(d.Table, importKey(i.ID), item, next(i.Version), stale())
	for _, f := range findings {
		w.put(d.Table, findingKey(i.ID, f.Row), newFindingItem(f, item.ExpiresAt), missing(), stale())
	}
	if !i.Running() {
		w.drop(d.Table, runningKey(i.Subject))
	}
	if !i.Running() && !i.DryRun {
		w.dropFile(d.Table, i)
	}
	if err := w.join(ctx, write); err != nil {
		return err
	}
	if err := w.commit(ctx, d.Client); err != nil {
		return fmt.Errorf("advance import %s: %w", i.ID, err)
	}
	return nil
}

// RemoveImportFile implements csdn.ImportStore.
func (d People) RemoveImportFile(ctx context.Context, i csdn.Import) error {
	var w transaction
	w.dropFile(d.Table, i)
	i.Parts, i.Version = 0, i.Version+1
	w.put(d.Table, importKey(i.ID), newImportItem(i), next(i.Version), stale())
	if err := w.commit(ctx, d.Client); err != nil {
		return fmt.Errorf("remove the file of import %s: %w", i.ID, err)
	}
	return nil
}

// dropFile deletes the file of an import.
func (w *transaction) dropFile(table string, i csdn.Import) {
	for n := range i.Parts {
		w.drop(table, partKey(i.ID, n))
	}
}

// Findings implements csdn.ImportStore.
func (d People) Findings(ctx context.Context, id csdn.ImportID, page csdn.PageRequest) (csdn.Page[csdn.Finding], error) {
	var none csdn.Page[csdn.Finding]
	query := "findings of import " + string(id)
	after, err := resume(page.Cursor, query, func(position string) (attributes, bool) {
		return key{importKey(id).pk, findingPrefix + position}.attributes(), len(position) == len(rowText(0))
	})
	if err != nil {
		return none, err
	}
	s := beginning(importKey(id).pk, findingPrefix)
	s.after, s.atMost = after, page.Limit+1
	found, err := list[findingItem](ctx, d.table(), s)
	if err != nil {
		return none, fmt.Errorf("read the findings of import %s: %w", id, err)
	}
	return cut(mapped(found, findingItem.finding), page.Limit, query, func(f csdn.Finding) string { return rowText(f.Row) }), nil
}
