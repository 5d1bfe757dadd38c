package e2e

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"csdn.example/directory/infra/local/engine"
	"csdn.example/directory/infra/seed/demo"
)

// tables returns everything that the tables hold, as text by table and key.
func (h house) tables(t *testing.T) map[string]string {
	t.Helper()
	client := engine.Client(h.Endpoint)
	held := map[string]string{}
	for _, name := range []string{"DirectoryTable", "PeopleTable", "ParticipationTable", "OutboxTable"} {
		pages := dynamodb.NewScanPaginator(client, &dynamodb.ScanInput{TableName: &name})
		for pages.HasMorePages() {
			page, err := pages.NextPage(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for _, item := range page.Items {
				if pk := text(item["pk"]); strings.HasPrefix(pk, "ATTEMPTS#") || strings.HasPrefix(pk, "REQUESTS#") {
					continue // requests are counted, and wrong links once more against the address that they came from
				}
				held[name+" "+text(item["pk"])+" "+text(item["sk"])] = itemText(item)
			}
		}
	}
	if len(held) < 500 {
		t.Fatalf("the tables hold %d items", len(held))
	}
	return held
}

func text(v types.AttributeValue) string {
	s, _ := v.(*types.AttributeValueMemberS)
	return s.Value
}

func itemText(item map[string]types.AttributeValue) string {
	var lines []string
	for name, value := range item {
		lines = append(lines, name+"="+valueText(value))
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

func valueText(v types.AttributeValue) string {
	switch v := v.(type) {
	case *types.AttributeValueMemberM:
		return "{" + itemText(v.Value) + "}"
	case *types.AttributeValueMemberL:
		var parts []string
		for _, one := range v.Value {
			parts = append(parts, valueText(one))
		}
		return fmt.Sprint(parts)
	case *types.AttributeValueMemberS:
		return v.Value
	case *types.AttributeValueMemberN:
		return v.Value
	case *types.AttributeValueMemberBOOL:
		return fmt.Sprint(v.Value)
	}
	return fmt.Sprintf("%T%+v", v, v)
}

// canary is submitted in many a broken value and must come back in no answer.
const canary = "Quetzalcoatlus"

// refusal is a request that is refused, and how.
type refusal struct {
	name    string
	by      client
	method  string
	path    string
	body    any
	headers []string
	status  int
	where   string // a location that errors names
}

// TestRefusals sends what is to be refused, and compares the tables before and after: a refused request changes nothing.
func TestRefusals(t *testing.T) {
	h := start(t)
	before := h.tables(t)
	for _, r := range slices.Concat(credentialRefusals(h), formRefusals(h), organisationRefusals(h), peopleRefusals(t, h), meetingRefusals(h), listRefusals(t, h)) {
		t.Run(r.name, func(t *testing.T) {
			got := r.by.ask(t, r.method, r.path, r.body, r.headers...).is(t, r.status)
			var problem struct {
				Type, Title, Detail string
				Status              int
				Errors              []struct{ Location, Message string }
			}
			got.into(t, &problem)
			if got.header.Get("Content-Type") != "application/problem+json" || problem.Status != r.status || problem.Title == "" || problem.Type == "" || problem.Detail == "" {
				t.Errorf("not a problem document: %s %s", got.header.Get("Content-Type"), got.body)
			}
			named := func(e struct{ Location, Message string }) bool { return e.Location == r.where && e.Message != "" }
			if r.where != "" && !slices.ContainsFunc(problem.Errors, named) {
				t.Errorf("errors do not name %s: %s", r.where, got.body)
			}
			if strings.Contains(string(got.body), canary) {
				t.Errorf("the submitted value comes back: %s", got.body)
			}
		})
	}
	if diff := cmp.Diff(before, h.tables(t), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("the refused requests changed the tables:\n%s", diff)
	}
}

func credentialRefusals(h house) []refusal {
	garbage := client{url: h.URL, token: "x.y.z"}
	return []refusal{
		{name: "nobody", by: h.anonymous, method: "GET", path: "/v1/me", status: 401},
		{name: "a token that is none", by: garbage, method: "GET", path: "/v1/me", status: 401},
		{name: "nobody with a broken body", by: h.anonymous, method: "POST", path: "/v1/organisations", body: "{", status: 401},
		{name: "not one's role, with a broken body", by: h.official, method: "POST", path: "/v1/organisations", body: "{", status: 403},
		{name: "an official among people", by: h.official, method: "GET", path: "/v1/people", status: 403},
		{name: "an organisation writes the vocabulary", by: h.organisation, method: "DELETE", path: "/v1/areas/mediation", headers: []string{"If-Match", "*"}, status: 403},
		{name: "an organisation among meetings", by: h.organisation, method: "GET", path: "/v1/meetings", status: 403},
	}
}

func formRefusals(h house) []refusal {
	path := "/v1/organisations"
	good := `{"name":"A","type":"ngo","country":"ML"}`
	return []refusal{
		{name: "no JSON", by: h.secretariat, method: "POST", path: path, body: "{" + canary, status: 400},
		{name: "half a body", by: h.secretariat, method: "POST", path: path, body: good[:10], status: 400},
		{name: "two bodies", by: h.secretariat, method: "POST", path: path, body: good + good, status: 400},
		{name: "no body", by: h.secretariat, method: "POST", path: path, status: 400},
		{name: "a list for a body", by: h.secretariat, method: "POST", path: path, body: "[]", status: 422, where: "body"},
		{name: "another content type", by: h.secretariat, method: "POST", path: path, body: good, headers: []string{"Content-Type", "application/xml"}, status: 415},
		{name: "more than a mebibyte", by: h.secretariat, method: "POST", path: path, body: `{"name":"` + strings.Repeat("a", 1<<20) + `"}`, status: 413},
		{name: "a patch that is a list", by: h.secretariat, method: "PATCH", path: path + "/" + string(demo.Passerelles), body: "[]", headers: []string{"If-Match", "*", "Content-Type", "application/merge-patch+json"}, status: 400},
		{name: "a patch of another content type", by: h.secretariat, method: "PATCH", path: path + "/" + string(demo.Passerelles), body: "{}", headers: []string{"If-Match", "*", "Content-Type", "text/plain"}, status: 415},
		{name: "an entity tag that is not ours", by: h.secretariat, method: "PATCH", path: path + "/" + string(demo.Passerelles), body: "{}", headers: []string{"If-Match", `W/"1"`, "Content-Type", "application/merge-patch+json"}, status: 412},
		{name: "no If-Match", by: h.secretariat, method: "DELETE", path: path + "/" + string(demo.Passerelles), status: 428},
		{name: "absent", by: h.secretariat, method: "GET", path: path + "/01ARZ3NDEKTSV4RRFFQ69G5FAV", status: 404},
		{name: "an id that is none", by: h.secretariat, method: "GET", path: path + "/" + canary, status: 404},
	}
}

func organisationRefusals(h house) []refusal {
	post := func(name, where string, fields map[string]any) refusal {
		body := map[string]any{"name": "A new one", "type": "ngo", "country": "ML"}
		for field, value := range fields {
			if body[field] = value; value == nil {
				delete(body, field)
			}
		}
		return refusal{name: "an organisation with " + name, by: h.secretariat, method: "POST", path: "/v1/organisations", body: body, status: 422, where: where}
	}
	patched := func(name, where string, patch any, status int) refusal {
		return refusal{name: "a patch with " + name, by: h.organisation, method: "PATCH", path: "/v1/organisations/" + string(demo.Passerelles), body: patch,
			headers: []string{"If-Match", "*", "Content-Type", "application/merge-patch+json"}, status: status, where: where}
	}
	return []refusal{
		post("no name", "body", map[string]any{"name": nil}),
		post("an empty name", "body.name", map[string]any{"name": " \u202e "}),
		post("an unknown field", "body.nickname", map[string]any{"nickname": canary}),
		post("an unknown type", "body.type", map[string]any{"type": canary}),
		post("a number for a name", "body.name", map[string]any{"name": 7}),
		post("an unknown country", "body.country", map[string]any{"country": "QZ"}),
		post("an unknown region", "body.regions[0]", map[string]any{"regions": []string{canary}}),
		post("an unknown language", "body.languages[1]", map[string]any{"languages": []string{"en", canary}}),
		post("an unknown area", "body.areas[1]", map[string]any{"areas": []any{"mediation", "q-" + strings.ToLower(canary)}}),
		post("an address that is none", "body.email", map[string]any{"email": canary}),
		post("a script for a website", "body.website", map[string]any{"website": "javascript:alert(" + canary + ")"}),
		post("an unknown register", "body.identifiers[0].scheme", map[string]any{"identifiers": []any{map[string]string{"scheme": canary, "value": "1"}}}),
		post("a phase that is none", "body.phases[0]", map[string]any{"phases": []int{0}}),
		patched("an unknown field", "body.nickname", map[string]any{"nickname": canary}, 422),
		patched("the name removed", "body", map[string]any{"name": nil}, 422),
		patched("an id", "body.id", map[string]any{"id": "01ARZ3NDEKTSV4RRFFQ69G5FAV"}, 422),
	}
}

func peopleRefusals(t *testing.T, h house) []refusal {
	t.Helper()
	var known list[person]
	h.secretariat.get(t, "/v1/people?limit=1&organisation="+string(demo.Passerelles)).is(t, 200).into(t, &known)
	post := func(name string, status int, where string, fields map[string]any) refusal {
		body := map[string]any{"name": "New", "email": "new@demo.example", "organisation": string(demo.Passerelles),
			"consent": map[string]string{"basis": "consent", "givenAt": "2026-01-02T03:04:05Z"}}
		for field, value := range fields {
			body[field] = value
		}
		return refusal{name: "a person with " + name, by: h.secretariat, method: "POST", path: "/v1/people", body: body, status: status, where: where}
	}
	foreign := post("another's organisation", 422, "body.organisation", map[string]any{"organisation": "01ARZ3NDEKTSV4RRFFQ69G5FAV"})
	foreign.by = h.organisation
	return []refusal{
		post("the e-mail address of another", 409, "", map[string]any{"email": strings.ToUpper(known.Items[0].Email)}),
		post("an organisation that is not there", 422, "body.organisation", map[string]any{"organisation": "01ARZ3NDEKTSV4RRFFQ69G5FAV"}),
		post("two addresses", 422, "body.email", map[string]any{"email": "a@b.example, c@d.example"}),
		post("an unknown zone", 422, "body.timezone", map[string]any{"timezone": "Mars/" + canary}),
		post("an unknown category", 422, "body.category", map[string]any{"category": canary}),
		post("a date of consent that does not exist", 422, "body.consent.givenAt", map[string]any{"consent": map[string]string{"basis": "consent", "givenAt": "2026-02-30T00:00:00Z"}}),
		post("no basis of consent", 422, "body.consent", map[string]any{"consent": map[string]string{"givenAt": "2026-01-02T03:04:05Z"}}),
		foreign,
	}
}

func meetingRefusals(h house) []refusal {
	post := func(name, where string, fields map[string]any) refusal {
		body := map[string]any{"phase": 5, "type": "policy-meeting", "title": "T", "mode": "hybrid",
			"start": "2027-02-01T09:15", "end": "2027-02-01T11:30", "zone": "Europe/Brussels"}
		for field, value := range fields {
			body[field] = value
		}
		return refusal{name: "a meeting with " + name, by: h.planner, method: "POST", path: "/v1/meetings", body: body, status: 422, where: where}
	}
	item := map[string]any{"start": "09:15", "end": "09:30", "kind": "opening", "title": "T"}
	wrong := func(field, value string) map[string]any {
		changed := map[string]any{}
		for name, kept := range item {
			changed[name] = kept
		}
		changed[field] = value
		return map[string]any{"agenda": []any{item, changed}}
	}
	held := "/v1/meetings/" + string(demo.PolicyMeeting2023)
	return []refusal{
		post("a start that does not exist", "body.start", map[string]any{"start": "2027-02-30T09:15"}),
		post("a start that the clocks skip", "body.start", map[string]any{"start": "2027-03-28T02:30", "end": "2027-03-28T09:00"}),
		post("an end before its start", "body.end", map[string]any{"end": "2027-02-01T09:00"}),
		post("an unknown zone", "body.zone", map[string]any{"zone": canary}),
		post("a phase that is not there", "body.phase", map[string]any{"phase": 77}),
		post("an unknown area", "body.areas[0]", map[string]any{"areas": []string{"none-such"}}),
		post("a band upside down", "body.bands.total.max", map[string]any{"bands": map[string]any{"total": map[string]int{"min": 30, "max": 25}}}),
		post("a band of no category", "body.bands.categories", map[string]any{"bands": map[string]any{"categories": map[string]any{canary: map[string]int{"min": 1}}}}),
		post("seats below none", "body.seats.inPerson", map[string]any{"seats": map[string]int{"inPerson": -1}}),
		post("a deadline after its start", "body.responseDeadline", map[string]any{"responseDeadline": "2027-02-02T00:00:00Z"}),
		post("a deadline that does not exist", "body.responseDeadline", map[string]any{"responseDeadline": canary}),
		post("an agenda of another time of day", "body.agenda[1].end", wrong("end", "25:00")),
		post("an agenda of an unknown kind", "body.agenda[1].kind", wrong("kind", canary)),
		post("an agenda that runs backwards", "body.agenda[1].end", wrong("end", "09:00")),
		{name: "inviting to a meeting that was held", by: h.planner, method: "POST", path: held + "/invitations", body: map[string]any{"people": []string{"01ARZ3NDEKTSV4RRFFQ69G5FAV"}}, status: 409},
		{name: "sending for a meeting that was held", by: h.planner, method: "POST", path: held + "/invitations/send", status: 409},
		{name: "cancelling a meeting that was held", by: h.planner, method: "POST", path: held + "/cancel", status: 409},
		{name: "deleting a meeting that was held", by: h.planner, method: "DELETE", path: held, headers: []string{"If-Match", "*"}, status: 409},
		{name: "inviting nobody", by: h.planner, method: "POST", path: held + "/invitations", body: map[string]any{"people": []string{}}, status: 422, where: "body.people"},
		{name: "inviting somebody who is not there", by: h.planner, method: "POST", path: "/v1/meetings/" + string(demo.AnalysisSeminar) + "/invitations", body: map[string]any{"people": []string{"01ARZ3NDEKTSV4RRFFQ69G5FAV"}}, status: 422, where: "body.people[0]"},
		{name: "answering a link that is none", by: h.anonymous, method: "POST", path: "/v1/rsvp/" + canary, body: map[string]string{"answer": "accepted"}, status: 404},
		{name: "answering in another word", by: h.anonymous, method: "POST", path: "/v1/rsvp/" + canary, body: map[string]string{"answer": canary}, status: 422, where: "body.answer"},
	}
}

func listRefusals(t *testing.T, h house) []refusal {
	t.Helper()
	var people list[person]
	h.secretariat.get(t, "/v1/people?limit=1").is(t, 200).into(t, &people)
	get := func(name, path string, status int, where string) refusal {
		return refusal{name: "a list with " + name, by: h.secretariat, method: "GET", path: path, status: status, where: where}
	}
	return []refusal{
		get("a cursor that is none", "/v1/people?cursor="+canary, 400, ""),
		get("a cursor of another query", "/v1/people?country=ML&cursor="+people.Next, 400, ""),
		get("no items a page", "/v1/people?limit=0", 422, "query.limit"),
		get("too many items a page", "/v1/people?limit=101", 422, "query.limit"),
		get("a number that is none", "/v1/people?limit="+canary, 422, "query.limit"),
		get("an unknown parameter", "/v1/people?contry=ML", 422, "query.contry"),
		get("an unknown area", "/v1/organisations?area=none-such", 422, "query.area"),
		get("an unknown country", "/v1/organisations?country=ML,QZ", 422, "query.country"),
		get("an unknown region", "/v1/organisations?region=999", 422, "query.region"),
		get("an unknown language", "/v1/organisations?language="+canary, 422, "query.language"),
		get("an unknown type", "/v1/organisations?type="+canary, 422, "query.type"),
		get("an unknown category", "/v1/people?category="+canary, 422, "query.category"),
		get("an unknown status", "/v1/organisations?status="+canary, 422, "query.status"),
		get("an unknown phase", "/v1/organisations?phase="+canary, 422, "query.phase"),
		get("a day that does not exist", "/v1/meetings?from=2027-02-30", 422, "query.from"),
		get("an unknown status of meetings", "/v1/meetings?status="+canary, 422, "query.status"),
	}
}
