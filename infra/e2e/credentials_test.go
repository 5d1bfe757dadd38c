package e2e

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"csdn.example/directory/infra/seed/demo"
)

// apiToken is a token as POST /v1/tokens answers it.
type apiToken struct {
	ID, Name, Scope, Token string
	CreatedAt, ExpiresAt   time.Time
	LastUsedAt             *time.Time
	Expired                bool
}

// makes an API token, and returns it with a client that bears it.
func (h house) makes(t *testing.T, by client, order map[string]any) (apiToken, client) {
	t.Helper()
	var made apiToken
	got := by.post(t, "/v1/tokens", order).is(t, 201).into(t, &made)
	if got.header.Get("Location") != "/v1/tokens/"+made.ID || got.header.Get("Cache-Control") != "private, no-store" {
		t.Errorf("the answer's header is %v", got.header)
	}
	return made, client{url: h.URL, token: made.Token}
}

// TestCredentials runs with a short memory of identities.
func TestCredentials(t *testing.T) {
	h := startWith(t, map[string]string{"IdentityCacheSeconds": "1"})
	f := newForger(t, h, h.planner.token)
	client{url: h.URL, token: f.token(nil, nil, nil)}.get(t, "/v1/me").is(t, 200) // in order, it is taken
	for name, token := range f.forgeries() {
		t.Run(name, func(t *testing.T) {
			got := client{url: h.URL, token: token}.get(t, "/v1/me").is(t, 401)
			if got.header.Get("WWW-Authenticate") != "Bearer" || got.header.Get("Content-Type") != "application/problem+json" {
				t.Errorf("the answer's header is %v", got.header)
			}
		})
	}
	t.Run("API tokens", func(t *testing.T) { tokensOfAnOrganisation(t, h) })
	t.Run("accounts", func(t *testing.T) { accountsOfTheSecretariat(t, h) })
	t.Run("keys rotate", func(t *testing.T) { keysRotate(t, h) })
}

func tokensOfAnOrganisation(t *testing.T, h house) {
	profile := "/v1/organisations/" + string(demo.Passerelles)
	read, reader := h.makes(t, h.organisation, map[string]any{"name": "Website"})
	write, writer := h.makes(t, h.organisation, map[string]any{"name": "Register", "scope": "write", "expiresAt": time.Now().AddDate(0, 6, 0)})
	if read.Scope != "read" || read.ExpiresAt.Before(time.Now().AddDate(0, 0, 89)) || write.Scope != "write" {
		t.Errorf("made are %+v and %+v", read, write)
	}

	etag := reader.get(t, profile).is(t, 200).etag()
	if got := reader.patch(t, profile, etag, map[string]any{"shortName": "P1"}).is(t, 403); !strings.Contains(string(got.body), "scope read") {
		t.Errorf("the refusal is %s", got.body)
	}
	writer.patch(t, profile, etag, map[string]any{"shortName": "P1"}).is(t, 200)
	var changes list[struct{ By, Token, Act string }]
	reader.get(t, profile+"/changes?limit=1").is(t, 200).into(t, &changes)
	if got, want := changes.Items[0], (struct{ By, Token, Act string }{string(demo.Organisation), write.ID, "organisation.changed"}); got != want {
		t.Errorf("the trail says %+v, want %+v", got, want)
	}
	for _, refused := range []answer{
		writer.post(t, "/v1/tokens", map[string]any{"name": "Another"}), writer.ask(t, "DELETE", "/v1/tokens/"+read.ID, nil),
	} {
		if refused.is(t, 403); !strings.Contains(string(refused.body), "sign in") {
			t.Errorf("the refusal is %s", refused.body)
		}
	}
	reader.get(t, "/v1/accounts").is(t, 403)

	names := func() []string {
		t.Helper()
		var listed list[apiToken]
		reader.get(t, "/v1/tokens").is(t, 200).into(t, &listed)
		var found []string
		for _, one := range listed.Items {
			found = append(found, one.Name)
			if one.Token != "" || one.Expired || one.LastUsedAt == nil {
				t.Errorf("listed is %+v", one)
			}
		}
		return found
	}
	if diff := cmp.Diff([]string{"Register", "Website"}, names()); diff != "" {
		t.Errorf("listed (-want +got):\n%s", diff)
	}
	h.planner.ask(t, "DELETE", "/v1/tokens/"+write.ID, nil).is(t, 404)
	h.organisation.ask(t, "DELETE", "/v1/tokens/"+write.ID, nil).is(t, 204)
	eventually(t, "the revoked token is refused", func() bool { return writer.get(t, "/v1/me").status == 401 })
	if diff := cmp.Diff([]string{"Website"}, names()); diff != "" {
		t.Errorf("listed (-want +got):\n%s", diff)
	}

	_, brief := h.makes(t, h.planner, map[string]any{"name": "Brief", "expiresAt": time.Now().Add(2 * time.Second)})
	brief.get(t, "/v1/me").is(t, 200)
	eventually(t, "the expired token is refused", func() bool { return brief.get(t, "/v1/me").status == 401 })
	var listed list[apiToken]
	if h.planner.get(t, "/v1/tokens").is(t, 200).into(t, &listed); len(listed.Items) != 1 || !listed.Items[0].Expired {
		t.Errorf("listed is %+v", listed.Items)
	}
	for _, order := range []map[string]any{{"name": ""}, {"name": "x", "scope": "all"}, {"name": "x", "expiresAt": time.Now().AddDate(1, 0, 2)}, {"name": "x", "expiresAt": time.Now().Add(-time.Second)}} {
		h.planner.post(t, "/v1/tokens", order).is(t, 422)
	}
	for range 19 {
		h.makes(t, h.planner, map[string]any{"name": "One of many"})
	}
	h.makes(t, h.planner, map[string]any{"name": "The twentieth, as one has expired"})
	h.planner.post(t, "/v1/tokens", map[string]any{"name": "One too many"}).is(t, 409)
}

// account is an account as the API tells of it.
type account struct {
	ID, Email, Role, Organisation string
	Active, Bound                 bool
}

func accountsOfTheSecretariat(t *testing.T, h house) {
	official := "/v1/accounts/" + string(demo.Official)
	_, system := h.makes(t, h.official, map[string]any{"name": "System"})
	system.get(t, "/v1/me").is(t, 200)
	etag := h.secretariat.get(t, official).is(t, 200).etag()
	etag = h.secretariat.patch(t, official, etag, map[string]any{"active": false}).is(t, 200).etag()
	eventually(t, "the deactivated account is refused", func() bool { return h.official.get(t, "/v1/me").status == 401 })
	eventually(t, "its token is refused", func() bool { return system.get(t, "/v1/me").status == 401 })
	etag = h.secretariat.patch(t, official, etag, map[string]any{"active": true}).is(t, 200).etag()
	h.official.get(t, "/v1/me").is(t, 200)
	system.get(t, "/v1/me").is(t, 200)

	// The next sign-in binds anew.
	var after account
	etag = h.secretariat.patch(t, official, etag, map[string]any{"bound": false}).is(t, 200).into(t, &after).etag()
	if after.Bound {
		t.Errorf("unbound, it is %+v", after)
	}
	anew := newForger(t, h, h.official.token).token(nil, map[string]any{"sub": "another-subject"}, nil)
	client{url: h.URL, token: anew}.get(t, "/v1/me").is(t, 200)
	eventually(t, "the subject before is refused", func() bool { return h.official.get(t, "/v1/me").status == 401 })
	h.secretariat.patch(t, official, etag, map[string]any{"role": "planner"}).is(t, 412)

	own := "/v1/accounts/" + string(demo.Secretariat)
	for _, edit := range []map[string]any{{"active": false}, {"role": "planner"}, {"email": "else@demo.example"}} {
		h.secretariat.patch(t, own, "*", edit).is(t, 409)
	}
	h.secretariat.ask(t, "DELETE", own, nil, "If-Match", "*").is(t, 409)
	h.secretariat.ask(t, "DELETE", official, nil).is(t, 428)
	h.secretariat.patch(t, official, "*", map[string]any{"role": "organisation", "organisation": "01ARZ3NDEKTSV4RRFFQ69G5FAV"}).is(t, 422)
	h.secretariat.patch(t, official, "*", map[string]any{"role": "organisation"}).is(t, 422)
	h.secretariat.patch(t, official, "*", map[string]any{"role": "organisation", "organisation": string(demo.Passerelles)}).is(t, 200)
	h.secretariat.patch(t, official, "*", map[string]any{"role": "official", "organisation": nil}).is(t, 200)
	h.planner.get(t, "/v1/accounts").is(t, 403)

	made := h.secretariat.post(t, "/v1/accounts", map[string]any{"email": "new@demo.example", "role": "planner"}).is(t, 201).into(t, &after)
	if want := (account{ID: after.ID, Email: "new@demo.example", Role: "planner", Active: true}); after != want {
		t.Errorf("made is %+v, want %+v", after, want)
	}
	h.secretariat.post(t, "/v1/accounts", map[string]any{"email": "NEW@demo.example", "role": "official"}).is(t, 409)
	var addresses []string
	for _, one := range all[account](t, h.secretariat, "/v1/accounts?role=planner,official", "1") {
		addresses = append(addresses, one.Email)
	}
	if diff := cmp.Diff([]string{"new@demo.example", "official@demo.example", "planner@demo.example"}, addresses); diff != "" {
		t.Errorf("listed (-want +got):\n%s", diff)
	}
	location := made.header.Get("Location")
	h.secretariat.ask(t, "DELETE", location, nil, "If-Match", made.etag()).is(t, 204)
	h.secretariat.get(t, location).is(t, 404)

	h.secretariat.ask(t, "DELETE", official, nil, "If-Match", "*").is(t, 204)
	eventually(t, "the token of the deleted account is refused", func() bool { return system.get(t, "/v1/me").status == 401 })
}

// keysRotate signs in and asks without a pause while the issuer changes its key.
func keysRotate(t *testing.T, h house) {
	old := h.planner.token
	var workers sync.WaitGroup
	rotated := make(chan struct{})
	for range 3 {
		workers.Go(func() {
			for after := 0; after < 15; {
				select {
				case <-rotated:
					after++
				default:
				}
				var fresh struct {
					AccessToken string `json:"access_token"`
				}
				h.anonymous.post(t, "/local/token", map[string]string{"email": "planner@demo.example"}).into(t, &fresh)
				for name, token := range map[string]string{"a fresh token": fresh.AccessToken, "the old one": old} {
					if got := (client{url: h.URL, token: token}).get(t, "/v1/me"); got.status != 200 {
						t.Errorf("%s: %d %s", name, got.status, got.body)
					}
				}
			}
		})
	}
	kid := func() any { return newForger(t, h, h.signIn(t, "planner@demo.example").token).header["kid"] }
	before := kid()
	h.anonymous.post(t, "/local/issuer/rotate", nil).is(t, 200)
	close(rotated)
	workers.Wait()
	if after := kid(); after == before {
		t.Error("the same key signs")
	}
	client{url: h.URL, token: newForger(t, h, old).token(nil, nil, nil)}.get(t, "/v1/me").is(t, 200)
}
