package e2e

import (
	"slices"
	"strings"
	"testing"

	"csdn.example/directory/infra/seed/demo"
	"csdn.example/directory/shared/csdn"
)

type shortlist struct {
	Items []struct {
		Person  person
		Reasons []string
		Areas   []struct{ Area, Through, Level string }
	}
	Coverage struct {
		Reached   float64
		ByArea    []struct{ Area string }
		Uncovered []string
	}
	Balance struct{ ByCategory, ByCountry, ByLanguage, ByGender map[string]int }
}

// TestShortlist asks for the right fifteen experts for the meeting of the network's concept note, invites them, and asks who could come
// instead of one who declines.
func TestShortlist(t *testing.T) {
	h := start(t)
	meeting := thePlannerCreates(t, h)
	path := "/v1/meetings/" + meeting + "/shortlist"
	var made shortlist
	first := h.planner.post(t, path, map[string]any{"size": 15}).is(t, 200).into(t, &made)
	if first.header.Get("Content-Language") != "en" || first.header.Get("Cache-Control") != "private, no-store" {
		t.Errorf("headers: %v", first.header)
	}
	theShortlistIsGood(t, made)
	again := h.planner.post(t, path, map[string]any{"size": 15}).is(t, 200)
	if string(again.body) != string(first.body) {
		t.Error("asked again, the shortlist is another")
	}
	french := h.planner.post(t, path, map[string]any{"size": 15}, "Accept-Language", "fr-BE").is(t, 200)
	if !strings.Contains(string(french.body), "Première invitation") {
		t.Errorf("the reasons are not in French: %s", french.body)
	}
	for _, other := range []client{h.organisation, h.official} {
		other.post(t, path, map[string]any{"size": 15}).is(t, 403)
	}
	h.anonymous.post(t, path, map[string]any{"size": 15}).is(t, 401)
	h.planner.post(t, path, map[string]any{}).is(t, 422)

	var invited []string
	for _, item := range made.Items {
		invited = append(invited, item.Person.ID)
	}
	h.planner.post(t, "/v1/meetings/"+meeting+"/invitations", map[string]any{"people": invited}).is(t, 201)
	h.planner.post(t, "/v1/meetings/"+meeting+"/invitations/send", nil).is(t, 200)
	h.planner.post(t, "/v1/meetings/"+meeting+"/invitations/"+invited[0]+"/revoke", nil).is(t, 200)
	var instead shortlist
	h.planner.post(t, path, map[string]any{"instead": invited[0]}).is(t, 200).into(t, &instead)
	if len(instead.Items) != 5 {
		t.Errorf("%d people could come instead", len(instead.Items))
	}
	for _, item := range instead.Items {
		if slices.Contains(invited, item.Person.ID) {
			t.Errorf("%s was asked before", item.Person.Name)
		}
	}
}

func theShortlistIsGood(t *testing.T, made shortlist) {
	organisations := map[string]int{}
	for _, item := range made.Items {
		t.Log(item.Person.Name, item.Reasons)
		organisations[item.Person.Organisation]++
		if item.Person.Category != "civil-society" || item.Person.Email != "" || len(item.Reasons) == 0 || len(item.Areas) == 0 {
			t.Errorf("on the shortlist: %+v", item)
		}
	}
	t.Logf("%+v %+v", made.Coverage, made.Balance)
	if len(made.Items) != 15 || len(organisations) < 12 {
		t.Errorf("%d people of %d organisations", len(made.Items), len(organisations))
	}
	if made.Coverage.Reached != 1 || len(made.Coverage.Uncovered) > 0 || len(made.Coverage.ByArea) != len(demo.PolicyMeeting(2023).Areas) {
		t.Errorf("coverage: %+v", made.Coverage)
	}
	if made.Balance.ByCategory[string(csdn.CivilSociety)] != 15 || len(made.Balance.ByCountry) < 10 {
		t.Errorf("balance: %+v", made.Balance)
	}
	for gender, n := range made.Balance.ByGender {
		if n < csdn.SmallCell {
			t.Errorf("%d people are %s", n, gender)
		}
	}
}
