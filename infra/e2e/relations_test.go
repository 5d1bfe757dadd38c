package e2e

import (
	"fmt"
	"strings"
	"testing"

	"csdn.example/directory/infra/seed/demo"
	"csdn.example/directory/shared/csdn"
)

// subject is what an operation is tried on, in a relation to the demo callers.
type subject struct {
	relation string
	nearer   map[string]string // the reach that a role needs for it, where less than far
	far      string
	ids      map[string]string // by the names of path parameters
	name     string
}

// needs is how far the role must reach for the subject.
func (s subject) needs(role string) string {
	if near, is := s.nearer[role]; is {
		return near
	}
	return s.far
}

// The names of people who are not open.
const (
	canaryName  = "Zanzibarnacle"
	carefulName = "Wolkenkuckuck"
)

// relate makes subjects of every kind in every relation that there is: own, of the same organisation, another's, and absent.
func relate(t *testing.T, h house) map[string][]subject {
	t.Helper()
	mine, theirs := openMeeting(t, h, string(demo.Planner)), openMeeting(t, h, otherPlanner)
	draft := draftMeeting(t, h, otherPlanner)
	ours := all[person](t, h.secretariat, "/v1/people?organisation="+string(demo.Passerelles), "10")
	var others list[organisation]
	h.secretariat.get(t, "/v1/organisations?type=think-tank&limit=1").is(t, 200).into(t, &others)
	foreign := all[person](t, h.secretariat, "/v1/people?organisation="+others.Items[0].ID, "10")
	hidden := addPerson(t, h, canaryName, map[string]any{"safety": "hidden", "alias": "Somebody"})
	addPerson(t, h, carefulName, map[string]any{"safety": "careful", "alias": "An expert"})

	for _, meeting := range []string{mine, theirs} {
		invite(t, h, meeting, foreign[0].ID, ours[0].ID)
	}
	for _, m := range h.inbox(t, foreign[0].Email, 2) {
		say(t, h, m.link(t), "declined", "declined")
	}
	var link string
	for _, m := range h.inbox(t, ours[0].Email, 2) {
		link = m.link(t)
		say(t, h, link, "accepted", "accepted")
	}
	h.inbox(t, ours[0].Email, 4) // the confirmations, so that no mail is under way when the tables are compared

	requests := askForErasure(t, h)
	merged := "/v1/areas/" + mergedArea
	h.secretariat.ask(t, "PUT", merged, map[string]any{"label": map[string]string{"en": "Merged", "fr": "Fusionné"}}, "If-None-Match", "*").is(t, 201)
	h.secretariat.post(t, merged+"/merge", map[string]string{"into": "mediation"}).is(t, 202)

	h.secretariat.patch(t, "/v1/meetings/"+string(demo.SudanMeeting), "*", map[string]any{"planners": []string{otherPlanner}}).is(t, 200)
	for _, meeting := range []csdn.MeetingID{demo.PolicyMeeting2023, demo.SudanMeeting} {
		publishSummary(t, h, string(meeting), "Listen first.")
	}

	id := func(id string) map[string]string { return map[string]string{"id": id} }
	representative, planner := map[string]string{"organisation": "ours"}, map[string]string{"planner": "own"}
	return map[string][]subject{
		"organisations": {
			{relation: "same organisation", nearer: representative, far: "all", ids: id(string(demo.Passerelles))},
			{relation: "other", far: "all", ids: id(others.Items[0].ID)},
			{relation: "absent", far: "all", ids: id("none")},
		},
		"people": {
			{relation: "same organisation", nearer: representative, far: "all", ids: id(ours[0].ID)},
			{relation: "other", far: "all", ids: id(foreign[0].ID), name: strings.Fields(foreign[0].Name)[0]},
			{relation: "hidden", nearer: map[string]string{"planner": "beyond", "organisation": "ours"}, far: "all", ids: id(hidden)},
			{relation: "absent", far: "all", ids: id("none")},
		},
		"meetings": {
			{relation: "own", nearer: planner, far: "published", ids: id(mine)},
			{relation: "other", far: "published", ids: id(theirs)},
			{relation: "other's draft", far: "all", ids: id(draft)},
		},
		"summaries": {
			{relation: "own", nearer: planner, far: "published", ids: id(string(demo.PolicyMeeting2023))},
			{relation: "other", far: "published", ids: id(string(demo.SudanMeeting))},
			{relation: "absent", far: "all", ids: id("none")},
		},
		"invitation": {
			{relation: "own", nearer: planner, far: "published", ids: map[string]string{"id": mine, "person": foreign[0].ID}},
			{relation: "other", far: "published", ids: map[string]string{"id": theirs, "person": foreign[0].ID}},
			{relation: "absent", far: "all", ids: map[string]string{"person": foreign[0].ID}},
		},
		"accounts":      {{relation: "other", far: "all", ids: id(string(demo.Official))}},
		"erasures":      {{relation: "own", far: "all", ids: id(requests["secretariat"])}}, // which nobody grants oneself
		"mergers":       {{relation: "other", far: "all", ids: id(mergeOrganisations(t, h))}},
		"merges":        {{relation: "other", far: "all", ids: map[string]string{"slug": mergedArea}}},
		"areas":         {{relation: "other", far: "all", ids: map[string]string{"slug": "mediation"}}},
		"meeting-types": {{relation: "other", far: "all", ids: map[string]string{"slug": "policy-meeting"}}},
		"phases":        {{relation: "other", far: "all", ids: map[string]string{"number": "4"}}},
		"rsvp":          {{relation: "other", far: "all", ids: map[string]string{"token": link}}},
	}
}

// mergedArea is an area that was merged into another.
const mergedArea = "merged-area"

// mergeOrganisations lists an organisation twice and has the two merged, which begins, and ends when the clock has seen to it.
func mergeOrganisations(t *testing.T, h house) string {
	t.Helper()
	order := map[string]any{"subject": "organisation", "keepVersion": 1, "absorbVersion": 1}
	for _, name := range []string{"keep", "absorb"} {
		var made organisation
		h.secretariat.post(t, "/v1/organisations", map[string]any{"name": "Listed twice", "type": "ngo", "country": "ML"}).is(t, 201).into(t, &made)
		order[name] = made.ID
	}
	var m struct{ ID string }
	h.secretariat.post(t, "/v1/mergers", order).is(t, 201).into(t, &m)
	return m.ID
}

// askForErasure has every role ask for its erasure, so that whoever asks again changes nothing. It returns the requests.
func askForErasure(t *testing.T, h house) map[string]string {
	t.Helper()
	requests := map[string]string{}
	for _, c := range callers(h)[:4] {
		var asked struct{ ID string }
		c.post(t, "/v1/me/erasure", nil).is(t, 202).into(t, &asked)
		requests[c.name] = asked.ID
	}
	return requests
}

// otherPlanner is the account of a planner who is none of the callers.
const otherPlanner = "01HK153X00ACCT000000000099"

// draftMeeting creates a hybrid meeting that is to come, and that names the planner.
func draftMeeting(t *testing.T, h house, planner string) string {
	t.Helper()
	year := nextFirstOfFebruary()
	var m struct{ ID string }
	h.secretariat.post(t, "/v1/meetings", map[string]any{
		"phase": 5, "type": "policy-meeting", "title": "A table of many", "mode": "hybrid", "areas": []string{"mediation"},
		"start": fmt.Sprintf("%d-02-01T09:15", year), "end": fmt.Sprintf("%d-02-01T11:30", year), "planners": []string{planner},
	}).is(t, 201).into(t, &m)
	return m.ID
}

func openMeeting(t *testing.T, h house, planner string) string {
	t.Helper()
	meeting := draftMeeting(t, h, planner)
	h.secretariat.post(t, "/v1/meetings/"+meeting+"/open", nil).is(t, 200)
	return meeting
}

// invite drafts and sends invitations.
func invite(t *testing.T, h house, meeting string, people ...string) {
	t.Helper()
	path := "/v1/meetings/" + meeting + "/invitations"
	h.secretariat.post(t, path, map[string]any{"people": people}).is(t, 201)
	h.secretariat.post(t, path+"/send", nil).is(t, 200)
}

// addPerson adds a person of the demo organisation and returns the id.
func addPerson(t *testing.T, h house, name string, fields map[string]any) string {
	t.Helper()
	body := map[string]any{
		"name": name, "email": strings.ToLower(name) + "@demo.example", "organisation": string(demo.Passerelles),
		"consent": map[string]string{"basis": "consent", "givenAt": "2026-01-02T03:04:05Z"},
	}
	for field, value := range fields {
		body[field] = value
	}
	var p person
	h.secretariat.post(t, "/v1/people", body).is(t, 201).into(t, &p)
	return p.ID
}
