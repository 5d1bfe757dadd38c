package csdn

import (
	"context"
	"time"
)

// ImportKept is how long an import can be read, and at most how long its file is kept: it is removed as soon as its last row is done.
const ImportKept = 24 * time.Hour

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
	Version   Version
}

// Running reports whether rows are left to be done.
func (i Import) Running() bool { return i.DoneAt.IsZero() }

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
	// RunningImports returns the imports that are not done, at most one of each subject.
	RunningImports(ctx context.Context, now time.Time) ([]Import, error)
	// StartImport writes the import at version 1 with its file, and the change to its trail unless that is nil, and returns it as it is
	// stored. Conflict while another import of the subject is running.
	StartImport(ctx context.Context, i Import, file []byte, change *Change) (Import, error)
	// ImportFile returns the file of a running import. NotFound when it is done.
	ImportFile(ctx context.Context, i Import) ([]byte, error)
	// AdvanceImport writes the import at i.Version with the findings, and in the same transaction what write writes by its context. The
	// file is removed with the last row. Stale when the stored version is not the one before; else it fails as write does.
	AdvanceImport(ctx context.Context, i Import, findings []Finding, write func(context.Context) error) error
	// Findings returns what there is to be said of the rows of an import, in their order.
	Findings(ctx context.Context, id ImportID, page PageRequest) (Page[Finding], error)
}
