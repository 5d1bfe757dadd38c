package csdn

import (
	"context"
	"time"
)

// ImportKept is how long an import can be read, and at most how long its file is kept: it is removed as soon as its last row is done.
// That of a dry run is kept for DryRunFileKept longer, so that whoever has seen what it would do can have it done.
const (
	ImportKept     = 24 * time.Hour
	DryRunFileKept = time.Hour
)

// Import is the taking over of a sheet of organisations or people, row by row. The rows before Done are done; each was counted in the
// same transaction in which its subject was written.
type Import struct {
	ID        ImportID
	Subject   Subject
	Media     string    // media type of its file
	DryRun    bool      // says what it would do, and does nothing
	By        AccountID // in whose name rows are written
	Token     TokenID   // by which the account asked; "" when a person did who had signed in
	Ignored   []string  // names of the columns that are of no use
	Rows      int
	Done      int
	Created   int
	Updated   int
	Unchanged int
	Failed    int
	Parts     int // of its file, as it is stored
	StartedAt time.Time
	HeldUntil time.Time // until when whoever works on it is not to be disturbed
	DoneAt    time.Time
	StoppedAt time.Time // when the erasure of a person ended it before its last row: the file may have held that person
	Version   Version
}

// Running reports whether rows are left that will be done.
func (i Import) Running() bool { return i.DoneAt.IsZero() && i.StoppedAt.IsZero() }

// Confirmable reports whether the file of a dry run is still there to be taken over.
func (i Import) Confirmable(now time.Time) bool {
	return i.DryRun && !i.Running() && i.Parts > 0 && now.Before(i.DoneAt.Add(DryRunFileKept))
}

// ExpiresAt returns when the import is forgotten.
func (i Import) ExpiresAt() time.Time { return i.StartedAt.Add(ImportKept) }

// Finding is what there is to be said of one row. It never holds what the cells hold.
type Finding struct {
	Row        int
	Errors     []CellError
	Duplicates []Duplicate
}

// CellError is why a row is not taken over. Column counts from 1 and is 0 where it is about the whole row; Header is its name.
type CellError struct {
	Column  int
	Header  string
	Message string
}

// Duplicate is a subject that may be the one of a new row: one of the directory, by ID, or one of an earlier Row of the file. Reasons
// name what is alike: "name", "website" or "email".
type Duplicate struct {
	ID      string
	Row     int
	Reasons []string
}

// ImportStore keeps imports.
type ImportStore interface {
	// Import returns one import, consistently read. NotFound, also for one that has expired by now.
	Import(ctx context.Context, id ImportID, now time.Time) (Import, error)
	// RunningImports returns the imports that are neither done nor stopped, at most one of each subject.
	RunningImports(ctx context.Context, now time.Time) ([]Import, error)
	// RecentImports returns the imports that can be read, the newest first.
	RecentImports(ctx context.Context, now time.Time) ([]Import, error)
	// StartImport writes the import at version 1 with its file, and the change to its trail unless that is nil, and returns it as it is
	// stored. Conflict while another import of the subject is running.
	StartImport(ctx context.Context, i Import, file []byte, change *Change) (Import, error)
	// ImportFile returns the file of an import. NotFound when it was removed.
	ImportFile(ctx context.Context, i Import) ([]byte, error)
	// AdvanceImport writes the import at i.Version with the findings, and in the same transaction what write writes by its context. The
	// file is removed with the last row, unless it is a dry run's. Stale when the stored version is not the one before; else it fails as write does.
	AdvanceImport(ctx context.Context, i Import, findings []Finding, write func(context.Context) error) error
	// RemoveImportFile removes the file of an import that is done, and writes the import at the next version without it. Stale when the
	// stored version is not that of the import.
	RemoveImportFile(ctx context.Context, i Import) error
	// Findings returns what there is to be said of the rows of an import, in their order.
	Findings(ctx context.Context, id ImportID, page PageRequest) (Page[Finding], error)
}
