package directory

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"csdn.example/directory/shared/csdn"
)

// Imports takes over sheets of organisations and people. Each row is written by the acts of its noun, so that it keeps every rule and
// has its entry in the trail. A sheet is stored before its first row is done and removed with its last: whoever dies on the way,
// another goes on where that one was.
type Imports struct {
	Clerk
	Store         csdn.ImportStore
	Read          func(media string, file []byte) (csdn.Sheet, error) // Invalid for a file that is no sheet
	Organisations Organisations
	People        People
	Feeds         map[csdn.Subject]csdn.Feed // which subjects there are
	Patience      time.Duration              // how long a request may work on the rows itself
}

// importActs are the acts of importing a subject.
var importActs = map[csdn.Subject]csdn.Act{csdn.Organisations: "organisation.imported", csdn.People: "person.imported"}

const (
	// importStint is for how long the clock carries an import on.
	importStint = 45 * time.Second
	// importHold is after what time without progress whoever works on an import is taken to be gone. It is saved at least each
	// importSave.
	importHold = 20 * time.Second
	importSave = 5 * time.Second
	// findingsPage is of how many rows it is told at once what there is to be said.
	findingsPage = 500
)

// Start begins an import and works on it for as long as a request may take; what is left then, the clock carries on. The import is done
// or running when it is returned. Invalid for a file that cannot be read as a sheet or whose first row names no columns; Conflict
// while another import of the subject is running: the same file sent again goes on with that.
func (d Imports) Start(ctx context.Context, caller csdn.Caller, subject csdn.Subject, media string, file []byte, dryRun bool) (csdn.Import, csdn.Page[csdn.Finding], error) {
	var none csdn.Page[csdn.Finding]
	act := importActs[subject]
	if _, err := permit(caller, act); err != nil {
		return csdn.Import{}, none, err
	}
	sheet, err := d.Read(media, file)
	if err != nil {
		return csdn.Import{}, none, err
	}
	ignored, err := ignoredColumns(subject, sheet.Header)
	if err != nil {
		return csdn.Import{}, none, err
	}
	now := d.Now()
	i := csdn.Import{
		ID: csdn.ImportID(d.NewID()), Subject: subject, Media: media, DryRun: dryRun, By: caller.Account, Token: caller.Token,
		Ignored: ignored, Rows: len(sheet.Rows), StartedAt: now, HeldUntil: now.Add(importHold), Version: 1,
	}
	change := d.change(caller, act, now, i.Version, []csdn.Difference{{Field: "rows", After: strconv.Itoa(i.Rows)}})
	recorded := &change
	if dryRun {
		recorded = nil
	}
	i, err = d.Store.StartImport(ctx, i, file, recorded)
	if errors.Is(err, csdn.Conflict) {
		i, err = d.same(ctx, i, file, err)
	}
	if err != nil {
		return i, none, err
	}
	i, _, err = d.carryOn(ctx, i, now.Add(d.Patience))
	if err != nil && !errors.Is(err, csdn.Unavailable) { // which the clock waits for
		return i, none, err
	}
	findings, err := d.Store.Findings(ctx, i.ID, csdn.PageRequest{Limit: findingsPage})
	return i, findings, err
}

// Confirm takes over the file of a dry run, which is removed then. Conflict when it is kept no longer.
func (d Imports) Confirm(ctx context.Context, caller csdn.Caller, id csdn.ImportID) (csdn.Import, error) {
	if _, err := permit(caller, "import.read"); err != nil {
		return csdn.Import{}, err
	}
	tried, err := d.Store.Import(ctx, id, d.Now())
	if err != nil {
		return tried, err
	}
	if _, err := permit(caller, importActs[tried.Subject]); err != nil {
		return tried, err
	}
	if !tried.Confirmable(d.Now()) {
		return tried, csdn.Errorf(csdn.Conflict, "The file of this trial is kept no longer, or was imported already. Send it again.")
	}
	file, err := d.Store.ImportFile(ctx, tried)
	if err != nil {
		return tried, err
	}
	i, _, err := d.Start(ctx, caller, tried.Subject, tried.Media, file, false)
	if err != nil {
		return i, err
	}
	err = d.Store.RemoveImportFile(ctx, tried)
	if errors.Is(err, csdn.Stale) { // it was removed meanwhile
		err = nil
	}
	return i, err
}

// Recent returns the imports of the last day, the newest first.
func (d Imports) Recent(ctx context.Context, caller csdn.Caller) ([]csdn.Import, error) {
	if _, err := permit(caller, "import.read"); err != nil {
		return nil, err
	}
	return d.Store.RecentImports(ctx, d.Now())
}

// same returns the running import in whose place the one that was refused would have come, if it is of the same file: whoever lost an
// answer sends it again. Otherwise it returns the refusal.
func (d Imports) same(ctx context.Context, i csdn.Import, file []byte, refusal error) (csdn.Import, error) {
	running, err := d.Store.RunningImports(ctx, d.Now())
	if err != nil {
		return i, err
	}
	for _, other := range running {
		if other.Subject != i.Subject || other.DryRun != i.DryRun || other.Media != i.Media || other.By != i.By {
			continue
		}
		known, err := d.Store.ImportFile(ctx, other)
		if err == nil && bytes.Equal(known, file) {
			return other, nil
		}
	}
	return i, refusal
}

// Progress returns an import as it stands, and a page of what there is to be said of its rows; a limit of 0 is that of Start.
// NotFound once it is forgotten.
func (d Imports) Progress(ctx context.Context, caller csdn.Caller, id csdn.ImportID, page csdn.PageRequest) (csdn.Import, csdn.Page[csdn.Finding], error) {
	var none csdn.Page[csdn.Finding]
	if _, err := permit(caller, "import.read"); err != nil {
		return csdn.Import{}, none, err
	}
	i, err := d.Store.Import(ctx, id, d.Now())
	if err != nil {
		return i, none, err
	}
	page.Limit = cmp.Or(page.Limit, findingsPage)
	findings, err := d.Store.Findings(ctx, id, page)
	return i, findings, err
}

// CarryOn goes on with the imports that nobody works on, for most of a minute, and returns how many rows it did. It removes the files
// of trials that were not taken over in time.
func (d Imports) CarryOn(ctx context.Context) (int, error) {
	began, done := d.Now(), 0
	if err := d.removeFiles(ctx, began); err != nil {
		return 0, err
	}
	running, err := d.Store.RunningImports(ctx, began)
	if err != nil {
		return 0, err
	}
	for _, i := range running {
		if began.Before(i.HeldUntil) {
			continue
		}
		_, rows, failed := d.carryOn(ctx, i, began.Add(importStint))
		done += rows
		if failed != nil {
			err = failed
		}
	}
	return done, err
}

func (d Imports) removeFiles(ctx context.Context, now time.Time) error {
	recent, err := d.Store.RecentImports(ctx, now)
	if err != nil {
		return err
	}
	for _, i := range recent {
		if !i.DryRun || i.Running() || i.Parts == 0 || i.Confirmable(now) {
			continue
		}
		if err := d.Store.RemoveImportFile(ctx, i); err != nil && !errors.Is(err, csdn.Stale) {
			return err
		}
	}
	return nil
}

// carryOn does rows of an import until the time, and returns it as it stands then, with how many were done.
func (d Imports) carryOn(ctx context.Context, i csdn.Import, until time.Time) (csdn.Import, int, error) {
	file, err := d.Store.ImportFile(ctx, i)
	if err != nil {
		return i, 0, err
	}
	sheet, err := d.Read(i.Media, file)
	if err != nil {
		return i, 0, err
	}
	words, err := d.words(ctx)
	if err != nil {
		return i, 0, err
	}
	caller := csdn.Caller{Account: i.By, Role: csdn.SecretariatRole, Token: i.Token, Scope: csdn.WriteScope}
	if i.Token == "" {
		caller.Scope = ""
	}
	w := work{Imports: d, i: i, until: until, saved: d.Now()}
	if i.Subject == csdn.Organisations {
		roll, err := d.organisationRoll(ctx, caller, words)
		if err != nil {
			return i, 0, err
		}
		err = takeOver(ctx, &w, roll, sheet)
		return w.i, w.i.Done - i.Done, err
	}
	roll, err := d.personRoll(ctx, caller, words)
	if err != nil {
		return i, 0, err
	}
	err = takeOver(ctx, &w, roll, sheet)
	return w.i, w.i.Done - i.Done, err
}

// everything returns the subjects of one kind, with those that their cards say nothing of: the archived and the hidden.
func everything[ID ~string, S any](ctx context.Context, feed csdn.Feed, subject csdn.Subject, byID func(context.Context, []ID) ([]S, error)) ([]S, error) {
	cards, err := feed.Cards(ctx, subject)
	if err != nil {
		return nil, err
	}
	var ids []ID
	for _, card := range cards {
		ids = append(ids, ID(card.ID))
	}
	slices.Sort(ids)
	var all []S
	for some := range slices.Chunk(slices.Compact(ids), csdn.MaximumLimit) {
		read, err := byID(ctx, some)
		if err != nil {
			return nil, err
		}
		all = append(all, read...)
	}
	return all, nil
}
