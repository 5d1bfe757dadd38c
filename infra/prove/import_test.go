package prove

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"csdn.example/directory/shared/csdn"
)

// importing is what an import tells.
type importing struct {
	ID, Status                                      string
	Rows, Done, Created, Updated, Unchanged, Failed int
	Errors                                          []struct {
		fault
		Message string
	}
	Next string
}

// send sends a sheet. ok is false when nobody took it.
func (h *house) send(t *testing.T, token string, s sheet) (i importing, ok bool) {
	t.Helper()
	status, _, body := h.ask(t.Context(), "POST", s.path, token, s.file, "Content-Type", s.media)
	if status == 0 || status >= 500 {
		return i, false
	}
	if err := json.Unmarshal(body, &i); err != nil || status != 200 && status != 202 {
		t.Fatalf("%d %v: %s", status, err, body)
	}
	return i, true
}

// finish waits until an import is done.
func (h *house) finish(t *testing.T, token string, i importing) importing {
	t.Helper()
	// The clock works on it from minute to minute.
	for end := time.Now().Add(15 * time.Minute); i.Status != "done" && time.Now().Before(end); time.Sleep(200 * time.Millisecond) {
		status, _, body := h.ask(t.Context(), "GET", "/v1/imports/"+i.ID, token, "")
		var now importing
		if err := json.Unmarshal(body, &now); status != 200 || err != nil {
			continue
		}
		i = now
	}
	return i
}

// employs writes the organisation of which the people of the sheets are.
func (h *house) employs(t *testing.T) {
	t.Helper()
	now := time.Now().UTC()
	employer := csdn.Organisation{ID: id[csdn.OrganisationID](0), CreatedAt: now, UpdatedAt: now, Version: 1}
	employer.OrganisationProfile = csdn.OrganisationProfile{Name: "Employer", Type: "ngo", Country: "ML"}.Clean()
	if err := h.directory.PutOrganisation(t.Context(), employer, change(0)); err != nil {
		t.Fatal(err)
	}
}

// proveImported checks that the directory has each good row once, written once, and that each bad row is named by its cell.
func (h *house) proveImported(t *testing.T, s sheet, i importing) {
	t.Helper()
	rows := len(s.good) + len(s.faults)
	if i.Status != "done" || i.Rows != rows || i.Done != rows || i.Failed != len(s.faults) {
		t.Errorf("the import is %s with %d of %d rows done, %d failed: not %d", i.Status, i.Done, i.Rows, i.Failed, len(s.faults))
	}
	var faults []fault
	for _, e := range i.Errors {
		faults = append(faults, e.fault)
	}
	if diff := cmp.Diff(s.faults, faults); diff != "" {
		t.Errorf("bad cells (-want +got):\n%s", diff)
	}

	feed, table := csdn.Feed(h.directory), "DirectoryTable"
	if s.subject == csdn.People {
		feed, table = h.people, "PeopleTable"
	}
	cards, err := feed.Cards(t.Context(), s.subject)
	if err != nil {
		t.Fatal(err)
	}
	cards = slices.DeleteFunc(cards, func(c csdn.Card) bool { return c.Name == "Employer" })
	names := map[string]bool{}
	for _, card := range cards {
		names[card.Name] = true
		if card.Version != 1 || card.Country != "ML" {
			t.Errorf("%s is based in %s, at version %d", card.Name, card.Country, card.Version)
		}
	}
	if diff := cmp.Diff(s.good, names); diff != "" || len(cards) != len(names) {
		t.Errorf("there are %d with %d names (-want +got):\n%s", len(cards), len(names), diff)
	}
	written := 0
	for _, e := range scan[entry](t, h, table) {
		if strings.HasPrefix(e.Act, string(s.subject)+".") && !strings.HasSuffix(e.Act, ".imported") {
			written++
		}
	}
	if written != len(s.good) {
		t.Errorf("%d changes are in the trails, of %d", written, len(s.good))
	}
	running, err := h.people.RunningImports(t.Context(), time.Now())
	if err != nil || len(running) > 0 {
		t.Errorf("%d imports are still running (%v)", len(running), err)
	}
}

// changesNothing imports a sheet that was imported.
func (h *house) changesNothing(t *testing.T, token string, s sheet) {
	t.Helper()
	began := time.Now()
	i, ok := h.send(t, token, s)
	if i = h.finish(t, token, i); !ok || i.Created+i.Updated != 0 || i.Unchanged != len(s.good) {
		t.Errorf("again, %d are new, %d changed, %d unchanged", i.Created, i.Updated, i.Unchanged)
	}
	t.Logf("again: %v, %d writes", time.Since(began).Round(time.Millisecond), h.writesOf(t, i))
	h.proveImported(t, s, i)
}

// writesOf returns how many transactions an import took, each of which wrote its progress and at most one subject.
func (h *house) writesOf(t *testing.T, i importing) int {
	t.Helper()
	stored, err := h.people.Import(t.Context(), csdn.ImportID(i.ID), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return int(stored.Version)
}

func TestALargeImport(t *testing.T) {
	rows := count(600, 10_000)
	for name, s := range sheets(t, rows) {
		t.Run(name, func(t *testing.T) {
			h := start(t, "")
			token := h.sign(t)
			h.employs(t)
			began := time.Now()
			i, ok := h.send(t, token, s)
			if !ok {
				t.Fatal("it was not taken")
			}
			i = h.finish(t, token, i)
			t.Logf("%d rows: %v, %d writes", rows, time.Since(began).Round(time.Second), h.writesOf(t, i))
			h.proveImported(t, s, i)
			if i.Created != len(s.good) {
				t.Errorf("%d are new", i.Created)
			}
			h.changesNothing(t, token, s)
		})
	}
}

// TestAnImportSurvivesKills imports a sheet while the function that does it is killed again and again, and sends it again each time that
// nobody answers. It ends as it does when nobody is killed.
func TestAnImportSurvivesKills(t *testing.T) {
	for name, s := range sheets(t, count(200, 10_000)) {
		t.Run(name, func(t *testing.T) {
			h := start(t, "")
			token := h.sign(t)
			h.employs(t)
			ctx, stop := context.WithCancel(t.Context())
			defer stop()
			killed := make(chan int, 1)
			go func() { killed <- killing(ctx, t, "imports", time.Duration(count(100, 5000))*time.Millisecond) }()
			began, failures := time.Now(), 0
			var last importing
			for end := time.Now().Add(10 * time.Minute); last.Status != "done" && time.Now().Before(end); {
				i, ok := h.send(t, token, s)
				if !ok {
					failures++
					continue
				}
				last = i
			}
			stop()
			t.Logf("%d kills, %d failures on the way, %v", <-killed, failures, time.Since(began).Round(time.Second))
			if failures == 0 {
				t.Error("no kill met a request: nothing is proven")
			}
			if last.ID == "" {
				t.Fatal("no request was answered")
			}
			// The import that was done is not always the first: what is there counts.
			last = h.finish(t, token, last)
			h.proveImported(t, s, last)
			if last.Updated != 0 || last.Created+last.Unchanged != len(s.good) {
				t.Errorf("%d are new, %d changed, %d unchanged", last.Created, last.Updated, last.Unchanged)
			}
			h.changesNothing(t, token, s)
		})
	}
}
