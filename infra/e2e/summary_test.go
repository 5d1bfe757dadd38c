package e2e

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"csdn.example/directory/infra/seed/demo"

	"github.com/google/go-cmp/cmp"
)

// summarised is a summary as clients read it.
type summarised struct {
	Text            string
	Edition         int
	Recommendations []struct {
		ID, Text string
		Feedback []struct {
			Institution, Status, Text string
			Current                   bool
		}
	}
}

// publishSummary writes and publishes a summary of a meeting that was held, which names nobody.
func publishSummary(t *testing.T, h house, meeting, text string) summarised {
	t.Helper()
	path := "/v1/meetings/" + meeting + "/summary"
	body := map[string]any{"text": text, "recommendations": []any{map[string]any{"text": "Fund mediators.", "areas": []string{"mediation"}}}}
	etag := h.secretariat.ask(t, "PUT", path, body, "If-None-Match", "*").is(t, 201).etag()
	var published summarised
	h.secretariat.post(t, path+"/publish", nil, "If-Match", etag).is(t, 200).into(t, &published)
	return published
}

// TestASummaryIsPublishedAndAnswered walks from a meeting that was held to the report of its phase: a name is refused, then mended; at
// another meeting it is published by an override.
func TestASummaryIsPublishedAndAnswered(t *testing.T) {
	h := start(t)
	meeting := "/v1/meetings/" + string(demo.PolicyMeeting2023)
	summary := meeting + "/summary"
	participant := attendant(t, h, meeting)
	var before summary4
	h.official.get(t, "/v1/phases/4/report").is(t, 200).into(t, &before)

	body := func(text string) map[string]any {
		return map[string]any{"text": text, "recommendations": []any{map[string]string{"text": "The EU should ask first."}, map[string]string{"text": "And listen then."}}}
	}
	h.official.get(t, summary).is(t, 404)
	etag := h.planner.ask(t, "PUT", summary, body("Opening.\n\n"+participant.Name+" asked for patience."), "If-None-Match", "*").is(t, 201).etag()
	h.planner.post(t, summary+"/publish", nil).is(t, 428)
	var refusal struct {
		Errors []struct{ Location, Message string }
	}
	h.planner.post(t, summary+"/publish", nil, "If-Match", etag).is(t, 409).into(t, &refusal)
	if len(refusal.Errors) == 0 || refusal.Errors[0].Location != "body.text" || !strings.HasPrefix(refusal.Errors[0].Message, "line 3, words 1 to ") {
		t.Errorf("it is refused with %+v", refusal)
	}
	h.official.get(t, summary).is(t, 404)
	etag = h.planner.ask(t, "PUT", summary, body("Opening.\n\nSomebody asked for patience."), "If-Match", etag).is(t, 200).etag()
	h.planner.post(t, summary+"/publish", nil, "If-Match", etag).is(t, 200)

	read := h.official.get(t, summary).is(t, 200)
	var published summarised
	read.into(t, &published)
	feedback := meeting + "/recommendations/" + published.Recommendations[0].ID + "/feedback"
	answer := map[string]string{"institution": "eeas", "status": "partly-accepted", "text": "In two of three countries."}
	h.planner.ask(t, "PUT", feedback, answer, "If-Match", read.etag()).is(t, 403)
	h.official.ask(t, "PUT", feedback, answer, "If-Match", read.etag()).is(t, 200)
	h.official.ask(t, "PUT", feedback, answer, "If-Match", read.etag()).is(t, 412)
	h.official.get(t, summary).is(t, 200).into(t, &published)
	if got := published.Recommendations[0].Feedback; len(got) != 1 || got[0].Status != "partly-accepted" || !got[0].Current {
		t.Errorf("the feedback is %+v", got)
	}
	h.organisation.get(t, summary).is(t, 403)

	var after summary4
	h.official.get(t, "/v1/phases/4/report").is(t, 200).into(t, &after)
	if after.Recommendations.Published != before.Recommendations.Published+2 || after.Recommendations.Answered != before.Recommendations.Answered+1 {
		t.Errorf("the report counts %+v, before %+v", after.Recommendations, before.Recommendations)
	}
	after.Recommendations = before.Recommendations
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("the indicators differ:\n%s", diff)
	}
	for format, want := range map[string]string{"csv": "Recommendations answered,1", "html": "Recommendations answered"} {
		if got := h.official.get(t, "/v1/phases/4/report?format="+format).is(t, 200); !strings.Contains(string(got.body), want) {
			t.Errorf("the report as %s does not count answers: %s", format, got.body)
		}
	}
	overridden(t, h)
}

type summary4 struct {
	Recommendations struct{ Published, Answered int }
	Invited         struct{ Total int }
	Attended        struct{ Total int }
	Organisations   int
	AsOf            string
}

// attendant returns somebody who was at a meeting.
func attendant(t *testing.T, h house, meeting string) person {
	t.Helper()
	var p person
	for _, i := range all[struct{ Person, Status string }](t, h.secretariat, meeting+"/invitations?", "100") {
		if i.Status == "attended" {
			h.secretariat.get(t, "/v1/people/"+i.Person).is(t, 200).into(t, &p)
			return p
		}
	}
	t.Fatal("nobody was there")
	return p
}

// overridden publishes a name by an override, which the trail and the log tell, by ids.
func overridden(t *testing.T, h house) {
	meeting := "/v1/meetings/" + string(demo.SudanMeeting)
	participant := attendant(t, h, meeting)
	etag := h.planner.ask(t, "PUT", meeting+"/summary", map[string]string{"text": "With thanks to " + participant.Name + "."}, "If-None-Match", "*").is(t, 201).etag()
	h.planner.post(t, meeting+"/summary/publish", map[string]any{"override": true}, "If-Match", etag).is(t, 422)
	h.planner.post(t, meeting+"/summary/publish", map[string]any{"override": true, "reason": "Thanked at the own wish."}, "If-Match", etag).is(t, 200)
	trail := string(h.secretariat.get(t, "/v1/changes?limit=20").is(t, 200).body)
	if !strings.Contains(trail, "summary.override") || !strings.Contains(trail, "Thanked at the own wish.") {
		t.Errorf("the trail does not tell of the override: %s", trail)
	}
	if got := string(h.official.get(t, meeting+"/summary").is(t, 200).body); strings.Contains(got, "own wish") || strings.Contains(got, "verrid") {
		t.Errorf("an official is told of the override: %s", got)
	}
	told := false
	files, err := filepath.Glob(filepath.Join(h.data, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for more := range slices.Values([]string{"*/*", "*/*/*"}) {
		deeper, err := filepath.Glob(filepath.Join(h.data, more))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, deeper...)
	}
	for _, file := range files {
		if info, err := os.Stat(file); err != nil || info.IsDir() || strings.Contains(file, "store.db") || strings.HasSuffix(file, ".eml") {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		told = told || strings.Contains(string(text), "published although it names somebody") && strings.Contains(string(text), string(demo.SudanMeeting))
		if strings.Contains(string(text), participant.Name) || strings.Contains(string(text), "own wish") {
			t.Errorf("%s names who was there", file)
		}
	}
	if !told {
		t.Error("no log tells of the override")
	}
}
