package prove

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"sync"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
)

// keeper is the account of the secretariat.
const keeper csdn.AccountID = "01HK153X00PR0VE0KEEPER0000"

// sign signs the secretariat in and returns its token.
func (h *house) sign(t *testing.T) string {
	t.Helper()
	a := csdn.Account{ID: keeper, Email: "secretariat@demo.example", Role: csdn.SecretariatRole, Version: 1}
	if err := h.people.PutAccount(t.Context(), csdn.Account{}, a, change(1_000_000)); err != nil {
		t.Fatal(err)
	}
	var answer struct {
		AccessToken string `json:"access_token"`
	}
	_, _, body := h.ask(t.Context(), "POST", "/local/token", "", `{"email": "secretariat@demo.example"}`)
	if err := json.Unmarshal(body, &answer); err != nil {
		t.Fatalf("%v: %s", err, body)
	}
	return answer.AccessToken
}

// ask sends a request and returns the status, 0 when nobody answered, with the entity tag and the body.
func (h *house) ask(ctx context.Context, method, path, token, body string, headers ...string) (status int, etag string, answer []byte) {
	request, err := http.NewRequestWithContext(ctx, method, h.URL+path, bytes.NewReader([]byte(body)))
	if err != nil {
		return 0, "", nil
	}
	request.Header.Set("Content-Type", "application/json")
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	response, err := h.http.Do(request)
	if err != nil {
		return 0, "", nil
	}
	defer response.Body.Close()
	answer, err = io.ReadAll(response.Body)
	if err != nil {
		return 0, "", nil
	}
	return response.StatusCode, response.Header.Get("ETag"), answer
}

// claims fills the house with an area that so many organisations and twice as many people claim, and another.
func (h *house) claims(t *testing.T, n int) {
	t.Helper()
	now := time.Now().UTC().Truncate(time.Millisecond)
	put := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	for i, slug := range []csdn.AreaSlug{"ssr", "security-sector-reform"} {
		a := csdn.Area{Slug: slug, AreaProfile: csdn.AreaProfile{LabelEN: string(slug), LabelFR: string(slug)}, UpdatedAt: now, Version: 1}
		put(h.directory.PutArea(t.Context(), a, change(i)))
	}
	claim := []csdn.Expertise{{Area: "ssr", Level: "expert", Evidence: "https://work.example/report", ConfirmedAt: now}}
	consent := csdn.Consent{Basis: "consent", GivenAt: now}
	for i := range n {
		o := csdn.Organisation{ID: id[csdn.OrganisationID](i), CreatedAt: now, UpdatedAt: now, Version: 1}
		o.OrganisationProfile = csdn.OrganisationProfile{Name: fmt.Sprint("Organisation ", i), Type: "ngo", Country: "ML", Areas: claim}.Clean()
		put(h.directory.PutOrganisation(t.Context(), o, change(10+i)))
	}
	for i := range 2 * n {
		p := csdn.Person{ID: id[csdn.PersonID](i), CreatedAt: now, UpdatedAt: now, Version: 1}
		p.PersonProfile = csdn.PersonProfile{Name: fmt.Sprint("Person ", i), Email: numbered(i), Organisation: id[csdn.OrganisationID](i / 2), Areas: claim, Consent: consent}.Clean()
		put(h.people.PutPerson(t.Context(), csdn.Person{}, p, change(10+i)))
	}
}

// TestAMergeSurvivesKills merges an area while the function that does it is killed again and again, and an organisation is edited
// meanwhile.
func TestAMergeSurvivesKills(t *testing.T) {
	h := start(t, "")
	n := count(150, 1000)
	h.claims(t, n)
	token := h.sign(t)
	ctx, stop := context.WithCancel(t.Context())
	var group sync.WaitGroup
	edits, kills := 0, 0
	group.Go(func() {
		for path := "/v1/organisations/" + string(id[csdn.OrganisationID](0)); ctx.Err() == nil; {
			_, etag, _ := h.ask(ctx, "GET", path, token, "")
			name := fmt.Sprintf(`{"name": "Edited %d"}`, edits+1)
			status, _, _ := h.ask(ctx, "PATCH", path, token, name, "Content-Type", "application/merge-patch+json", "If-Match", etag)
			if status == http.StatusOK {
				edits++
			}
			time.Sleep(20 * time.Millisecond)
		}
	})
	group.Go(func() { kills = killing(ctx, t, "claims", 50*time.Millisecond) })
	type progress struct {
		Status    string
		Remaining csdn.Remaining
	}
	failures := 0
	eventually(t, "every claim was rewritten", func() bool {
		status, _, body := h.ask(t.Context(), "POST", "/v1/areas/ssr/merge", token, `{"into": "security-sector-reform"}`)
		if status >= 500 || status == 0 {
			failures++
			return false
		}
		var p progress
		if err := json.Unmarshal(body, &p); err != nil || status != http.StatusAccepted {
			t.Fatalf("%d %v: %s", status, err, body)
		}
		return p.Remaining == csdn.Remaining{}
	})
	stop()
	group.Wait()
	t.Logf("%d kills, %d failures on the way, %d edits meanwhile", kills, failures, edits)
	if failures == 0 {
		t.Errorf("of %d kills none met a request: nothing is proven", kills)
	}

	for i := range n {
		o, err := h.directory.Organisation(t.Context(), id[csdn.OrganisationID](i))
		if err != nil {
			t.Fatal(err)
		}
		trail, err := h.directory.OrganisationChanges(t.Context(), o.ID, csdn.PageRequest{Limit: 100})
		if err != nil {
			t.Fatal(err)
		}
		merged := 0
		for _, c := range trail.Items {
			if c.Act == "area.merged" && c.By == keeper {
				merged++
			}
		}
		written := csdn.Version(2)
		if i == 0 {
			written += csdn.Version(edits)
		}
		// An edit whose answer was lost when the test ended is one more.
		if e := o.Areas; len(e) != 1 || e[0].Area != "security-sector-reform" || e[0].Level != "expert" || e[0].ConfirmedAt.IsZero() ||
			i > 0 && merged != 1 || o.Version != written && !(i == 0 && o.Version == written+1) {
			t.Errorf("organisation %d claims %+v at version %d, merged %d times", i, e, o.Version, merged)
		}
	}
	for i := range 2 * n {
		p, err := h.people.Person(t.Context(), id[csdn.PersonID](i))
		if err != nil {
			t.Fatal(err)
		}
		if len(p.Areas) != 1 || p.Areas[0].Area != "security-sector-reform" || p.Version != 2 {
			t.Errorf("person %d claims %+v at version %d", i, p.Areas, p.Version)
		}
	}
	if !*full {
		return // the clock ends it within two minutes
	}
	eventually(t, "the clock ended the merge", func() bool {
		var p progress
		h.get(t, "/v1/areas/ssr/merge", token, &p)
		return p.Status == "done"
	})
}
