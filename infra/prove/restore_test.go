package prove

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"csdn.example/directory/infra/local/engine"
	"csdn.example/directory/infra/local/enginetest"
	"csdn.example/directory/shared/csdn"
)

// backup is a copy of a house's store, and what had been acknowledged before it was begun.
type backup struct {
	folder  string
	answers positions
	version int64 // of the organisation
}

// TestACopyMidLoadComesUpWhole copies the file of the store while guests answer and a profile is edited, and starts another house on each
// copy: it has every write that was acknowledged before, its records agree, what it had not sent is sent, and it goes on.
func TestACopyMidLoadComesUpWhole(t *testing.T) {
	for story := range count(1, 4) {
		t.Run(fmt.Sprintf("house %d", story+1), func(t *testing.T) {
			h := start(t, "")
			now := time.Now().UTC()
			o := csdn.Organisation{ID: id[csdn.OrganisationID](0), CreatedAt: now, UpdatedAt: now, Version: 1}
			o.OrganisationProfile = csdn.OrganisationProfile{Name: "The edited", Type: "ngo", Country: "ML"}.Clean()
			if err := h.directory.PutOrganisation(t.Context(), o, change(0)); err != nil {
				t.Fatal(err)
			}
			w := &walker{house: h, token: h.sign(t)}
			h.meets(t, 4)
			guests := h.knows(t, 4*hands, numbered)
			h.invites(t, guests)

			ctx, over := context.WithCancel(t.Context())
			defer over()
			var editing sync.WaitGroup
			var version atomic.Int64
			editing.Go(func() { w.rewrites(ctx, t, &version) })
			c := h.gather(t, guests)
			var backups []backup
			for range count(2, 5) {
				time.Sleep(time.Duration(count(800, 3000))*time.Millisecond + rand.N(300*time.Millisecond))
				backups = append(backups, h.copies(t, c, &version))
			}
			t.Logf("%d answers taken, and %d edits", c.goHome(), version.Load()-1)
			over()
			editing.Wait()
			h.Stop()
			for _, b := range backups {
				b.comesUp(t, h.seats, guests)
			}
		})
	}
}

// rewrites edits the profile of the first organisation until ctx ends.
func (w *walker) rewrites(ctx context.Context, t *testing.T, acknowledged *atomic.Int64) {
	etag := w.asks(ctx, t, "GET", organisationPath, "").etag
	for n := 1; ; n++ {
		got := w.asks(ctx, t, "PATCH", organisationPath, fmt.Sprintf(`{"mission": %q}`, edit(0, n)), "Content-Type", "application/merge-patch+json", "If-Match", etag)
		if ctx.Err() != nil {
			return
		}
		if got.status != 200 {
			t.Errorf("PATCH %s: %d %s", organisationPath, got.status, got.body)
			return
		}
		etag = got.etag
		acknowledged.Store(versionOf(etag))
		time.Sleep(rand.N(20 * time.Millisecond))
	}
}

// organisationPath is of the organisation that is edited.
var organisationPath = "/v1/organisations/" + string(id[csdn.OrganisationID](0))

// copies copies the store as a disk has it at one moment, which is what a crash, or a snapshot of the disk, would leave: the engine stands
// still for as long as that takes, whatever it is in the middle of, and those who wait for it wait. The issuer, which is a part of its own
// when deployed, is the same in the copy.
func (h *house) copies(t *testing.T, c *crowd, version *atomic.Int64) backup {
	t.Helper()
	b := backup{folder: t.TempDir(), answers: c.soFar(), version: version.Load()}
	running := children(t, engine.Binary(enginetest.Root(t)))
	if len(running) != 1 {
		t.Fatalf("there are %d engines", len(running))
	}
	if err := syscall.Kill(running[0], syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := syscall.Kill(running[0], syscall.SIGCONT); err != nil {
			t.Error(err)
		}
	}()
	for _, name := range []string{"store.db", "store.db-wal", "store.db-shm", "issuer.json", "issuer.url"} {
		text, err := os.ReadFile(filepath.Join(h.data, name))
		if err == nil {
			err = os.WriteFile(filepath.Join(b.folder, name), text, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return b
}

// comesUp starts a house on the copy and has it prove that it is whole, before and after the guests go on answering.
func (b backup) comesUp(t *testing.T, seats int, guests []guest) {
	t.Helper()
	h := startOn(t, "", b.folder)
	h.seats = seats
	h.agrees(t, b.answers, among)
	h.edited(t, b.version)
	resumed := len(h.mails(t))

	again := h.gather(t, guests)
	time.Sleep(300 * time.Millisecond)
	taken := again.goHome()
	h.agrees(t, again.positions, among)
	if len(h.mails(t)) == 0 || taken == 0 {
		t.Errorf("%d more answers are taken, and nobody is mailed", taken)
	}
	t.Logf("%d guests and version %d were acknowledged; %d are mailed at once, %d more answers taken", len(b.answers), b.version, resumed, taken)
	h.Stop()
}

// edited fails the test unless the organisation is at that version or a later one, and its trail has all of them and its mission.
func (h *house) edited(t *testing.T, acknowledged int64) {
	t.Helper()
	var signed struct {
		AccessToken string `json:"access_token"`
	}
	_, _, body := h.ask(t.Context(), "POST", "/local/token", "", `{"email": "secretariat@demo.example"}`)
	if err := json.Unmarshal(body, &signed); err != nil {
		t.Fatalf("%v: %s", err, body)
	}
	var stored struct{ Mission string }
	status, etag, body := h.ask(t.Context(), "GET", organisationPath, signed.AccessToken, "")
	if err := json.Unmarshal(body, &stored); err != nil || status != 200 {
		t.Fatalf("%d %s: %v", status, body, err)
	}
	version := versionOf(etag)
	if version < acknowledged {
		t.Errorf("the organisation is at version %d; %d was acknowledged", version, acknowledged)
	}
	mission := ""
	for cursor := ""; version > 0; {
		var page struct {
			Items []struct {
				Version int64
				Fields  []struct{ Field, After string }
			}
			Next string
		}
		h.get(t, organisationPath+"/changes?limit=100"+cursor, signed.AccessToken, &page)
		for _, item := range page.Items {
			if item.Version != version {
				t.Fatalf("the trail has version %d where %d belongs", item.Version, version)
			}
			if mission == "" && len(item.Fields) == 1 {
				mission = item.Fields[0].After
			}
			version--
		}
		if cursor = "&cursor=" + page.Next; page.Next == "" {
			break
		}
	}
	if version != 0 || mission != stored.Mission {
		t.Errorf("the trail begins after version %d and ends in %q; the mission is %q", version, mission, stored.Mission)
	}
}
