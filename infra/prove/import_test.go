package prove

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
)

// importing is what an import tells.
type importing struct {
	ID, Status                                      string
	Rows, Done, Created, Updated, Unchanged, Failed int
	Errors                                          []struct {
		Row             int
		Column, Message string
	}
	Next string
}

// network returns a sheet of so many organisations, of which each hundredth is based nowhere.
func network(rows int) string {
	var sheet strings.Builder
	sheet.WriteString("name;type;pays;site web;langues\n")
	for n := range rows {
		country := "Mali"
		if n%100 == 50 {
			country = "Atlantis"
		}
		fmt.Fprintf(&sheet, "Network %05d;network;%s;https://n%05d.example;fr, en\n", n, country, n)
	}
	return sheet.String()
}

// send sends a sheet. ok is false when nobody took it.
func (h *house) send(t *testing.T, token, sheet string) (i importing, ok bool) {
	t.Helper()
	status, _, body := h.ask(t.Context(), "POST", "/v1/imports/organisations", token, sheet, "Content-Type", "text/csv")
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

// proveImported checks that the directory has each good row once, as the one change says, and that each bad row is named.
func (h *house) proveImported(t *testing.T, rows int, i importing) {
	t.Helper()
	bad := (rows + 49) / 100
	if i.Status != "done" || i.Rows != rows || i.Done != rows || i.Failed != bad || len(i.Errors) != bad {
		t.Errorf("the import is %s with %d of %d rows done, %d failed, %d errors: not %d", i.Status, i.Done, i.Rows, i.Failed, len(i.Errors), bad)
	}
	for n, e := range i.Errors {
		if e.Row != 100*n+50+2 || e.Column != "C" {
			t.Errorf("error %d is in row %d, column %s", n, e.Row, e.Column)
		}
	}
	cards, err := h.directory.CardsSince(t.Context(), csdn.Organisations, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, card := range cards {
		names[card.Name] = true
		if card.Version != 1 || card.Country != "ML" {
			t.Errorf("%s is based in %s, at version %d", card.Name, card.Country, card.Version)
		}
	}
	if len(cards) != rows-bad || len(names) != rows-bad {
		t.Errorf("%d organisations with %d names are there, not %d", len(cards), len(names), rows-bad)
	}
	if status := h.left(t); status != 0 {
		t.Errorf("%d imports are still running", status)
	}
}

// left counts the imports that are not done.
func (h *house) left(t *testing.T) int {
	t.Helper()
	running, err := h.people.RunningImports(t.Context(), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return len(running)
}

func TestALargeImport(t *testing.T) {
	h := start(t, "")
	token := h.sign(t)
	rows := count(1000, 10_000)
	began := time.Now()
	i, ok := h.send(t, token, network(rows))
	if !ok {
		t.Fatal("it was not taken")
	}
	i = h.finish(t, token, i)
	t.Logf("%d rows: %v", rows, time.Since(began).Round(time.Second))
	h.proveImported(t, rows, i)
	bad := len(i.Errors)
	if i.Created != rows-bad {
		t.Errorf("%d are new", i.Created)
	}
	began = time.Now()
	i, ok = h.send(t, token, network(rows))
	if i = h.finish(t, token, i); !ok || i.Created+i.Updated != 0 || i.Unchanged != rows-bad {
		t.Errorf("again, %d are new, %d changed, %d unchanged", i.Created, i.Updated, i.Unchanged)
	}
	t.Logf("again: %v", time.Since(began).Round(time.Millisecond))
	h.proveImported(t, rows, i)
}

// TestAnImportSurvivesKills imports a sheet while the function that does it is killed again and again, and sends it again each time that
// nobody answers.
func TestAnImportSurvivesKills(t *testing.T) {
	h := start(t, "")
	token := h.sign(t)
	rows := count(400, 10_000)
	done, killed := make(chan bool), make(chan int)
	go func() {
		kills := 0
		for program := filepath.Join(functions(t), "imports"); ; {
			select {
			case <-done:
				killed <- kills
				return
			case <-time.After(time.Duration(count(100, 8000))*time.Millisecond + rand.N(200*time.Millisecond)):
				for _, pid := range children(t, program) {
					kill(t, pid)
					kills++
				}
			}
		}
	}()
	failures := 0
	var last importing
	for end := time.Now().Add(10 * time.Minute); last.Status != "done" && time.Now().Before(end); {
		i, ok := h.send(t, token, network(rows))
		if !ok {
			failures++
			continue
		}
		last = i
	}
	done <- true
	t.Logf("%d kills, %d failures on the way", <-killed, failures)
	if failures == 0 {
		t.Error("no kill met a request: nothing is proven")
	}
	// The import that was done is not always the first: what is there counts.
	last = h.finish(t, token, last)
	h.proveImported(t, rows, last)
	if last.Updated != 0 || last.Created+last.Unchanged != rows-len(last.Errors) {
		t.Errorf("%d are new, %d changed, %d unchanged", last.Created, last.Updated, last.Unchanged)
	}
}
