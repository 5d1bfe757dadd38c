package e2e

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"csdn.example/directory/infra/local/engine"
	"csdn.example/directory/infra/seed/demo"
	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/dynamo"
)

// TestAnOrganisationThatIsListedTwiceIsMerged by the pages, and parted again: its people, the account that speaks for it and its
// invitations follow.
func TestAnOrganisationThatIsListedTwiceIsMerged(t *testing.T) {
	h := start(t)
	secretariat := h.visitor(t, "secretariat@demo.example")
	people := all[person](t, h.secretariat, "/v1/people?organisation="+string(demo.Passerelles), "100")
	meeting := openMeeting(t, h, string(demo.Planner))
	invite(t, h, meeting, people[0].ID)
	h.inbox(t, people[0].Email, 1)
	var twin organisation
	h.secretariat.post(t, "/v1/organisations", map[string]any{"name": "Passerelles, once more", "type": "ngo", "country": "ML"}).is(t, 201).into(t, &twin)

	page := h.anonymous.get(t, "/mergers/new?subject=organisation&keep="+twin.ID+"&absorb="+string(demo.Passerelles), "Cookie", secretariat).is(t, 200)
	form := url.Values{"subject": {"organisation"}, "keep": {twin.ID}, "absorb": {string(demo.Passerelles)}, "field.name": {"absorb"}, "field.areas": {"both"}}
	for _, name := range []string{"keepVersion", "absorbVersion"} {
		form.Set(name, hidden(t, page, name))
	}
	at := h.submits(t, secretariat, "/mergers", form)
	settle(t, h, at)
	var merged struct {
		Status string
		Moved  map[string]int
	}
	eventually(t, "everything was moved", func() bool {
		h.works(t, "MergersFunction")
		h.secretariat.get(t, "/v1"+at).is(t, 200).into(t, &merged)
		return merged.Status == "done"
	})
	if merged.Moved["people"] < len(people) || merged.Moved["accounts"] != 1 || merged.Moved["invitations"] == 0 || merged.Moved["tallies"] == 0 {
		t.Errorf("moved were %v", merged.Moved)
	}
	var gone, kept struct{ Name, Status, MergedInto string }
	h.official.get(t, "/v1/organisations/"+string(demo.Passerelles)).is(t, 200).into(t, &gone)
	h.official.get(t, "/v1/organisations/"+twin.ID).is(t, 200).into(t, &kept)
	if gone.Status != "archived" || gone.MergedInto != twin.ID || kept.Name != gone.Name {
		t.Errorf("the one that went is %+v, the one that stays %+v", gone, kept)
	}
	eventually(t, "the people are found under the one that stays", func() bool {
		found := all[person](t, h.secretariat, "/v1/people?organisation="+twin.ID, "100")
		return len(found) == len(people) && slices.ContainsFunc(found, func(p person) bool { return p.ID == people[0].ID })
	})
	invitations := h.secretariat.get(t, "/v1/organisations/"+twin.ID+"/invitations?limit=100").is(t, 200)
	if !strings.Contains(string(invitations.body), people[0].ID) {
		t.Error("the invitation does not follow")
	}
	shown := h.anonymous.get(t, "/organisations/"+string(demo.Passerelles), "Cookie", secretariat).is(t, 200)
	if !strings.Contains(string(shown.body), "/organisations/"+twin.ID) {
		t.Error("the page of the one that went does not lead to the one that stays")
	}
	h.anonymous.get(t, "/mergers", "Cookie", secretariat).is(t, 200)

	h.submits(t, secretariat, at, nil)
	eventually(t, "everything was moved back", func() bool {
		h.works(t, "MergersFunction")
		h.secretariat.get(t, "/v1"+at).is(t, 200).into(t, &merged)
		return merged.Status == "undone"
	})
	h.official.get(t, "/v1/organisations/"+string(demo.Passerelles)).is(t, 200).into(t, &gone)
	var back person
	h.secretariat.get(t, "/v1/people/"+people[0].ID).is(t, 200).into(t, &back)
	if gone.Status != "active" || back.Organisation != string(demo.Passerelles) {
		t.Errorf("the one that is back is %s, its person of %s", gone.Status, back.Organisation)
	}
	if page := h.anonymous.get(t, at, "Cookie", secretariat).is(t, 200); !strings.Contains(string(page.body), "there are two records again") {
		t.Errorf("the page says %s", page.body)
	}

	// By the API, once for all who ask with the same key.
	order := map[string]any{"subject": "organisation", "keep": string(demo.Passerelles), "absorb": twin.ID, "keepVersion": 3, "absorbVersion": 3}
	first := h.secretariat.post(t, "/v1/mergers", order, "Idempotency-Key", "twin").is(t, 201)
	again := h.secretariat.post(t, "/v1/mergers", order, "Idempotency-Key", "twin").is(t, 201)
	if string(first.body) != string(again.body) {
		t.Errorf("asked again it answers %s", again.body)
	}
	h.secretariat.post(t, "/v1/mergers", order).is(t, 409)
	settle(t, h, strings.TrimPrefix(first.header.Get("Location"), "/v1"))
	h.works(t, "MergersFunction")
	h.works(t, "MergersFunction")
	h.secretariat.post(t, first.header.Get("Location")+"/undo", nil).is(t, 200)
	h.secretariat.post(t, "/v1/mergers", map[string]any{
		"subject": "organisation", "keep": string(demo.Passerelles), "absorb": twin.ID, "keepVersion": 1, "absorbVersion": 1,
	}).is(t, 412)
}

// settle lets the time pass in which somebody may write who does not know of the merger.
func settle(t *testing.T, h house, page string) {
	t.Helper()
	store := dynamo.Mergers{Client: engine.Client(h.Endpoint), DirectoryTable: "DirectoryTable", ParticipationTable: "ParticipationTable"}
	m, err := store.Merger(t.Context(), csdn.MergerID(strings.TrimPrefix(page, "/mergers/")))
	if err != nil {
		t.Fatal(err)
	}
	m.StartedAt, m.Version = m.StartedAt.Add(-time.Hour), m.Version+1
	if err := store.WriteMerger(t.Context(), m, func(context.Context) error { return nil }); err != nil {
		t.Fatal(err)
	}
}
