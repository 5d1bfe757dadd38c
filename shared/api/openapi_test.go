package api

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"slices"
	"strconv"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/go-cmp/cmp"

	"csdn.example/directory/shared/csdn"
)

// invitationStatuses are those of csdn, which has no list of them, read from its source so that none is forgotten here.
func invitationStatuses(t *testing.T) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../csdn/invitation.go", nil, 0)
	must(t, err)
	var found []string
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if name, ok := spec.Type.(*ast.Ident); ok && name.Name == "InvitationStatus" {
			text, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			must(t, err)
			found = append(found, text)
		}
		return true
	})
	return found
}

func TestEveryClosedListIsThatOfTheDomain(t *testing.T) {
	participation := []csdn.Mode{csdn.InPerson, csdn.Online}
	category := append([]string{""}, words(csdn.Categories())...)
	want := map[string][]string{
		"Account.role":               words(csdn.Roles()),
		"AccountPatch.role":          words(csdn.Roles()),
		"AccountProfile.role":        words(csdn.Roles()),
		"AgendaItem.kind":            words(csdn.AgendaKinds()),
		"AttendanceOrder.status":     words([]csdn.InvitationStatus{csdn.Attended, csdn.Absent}),
		"ConceptNote.mode":           words(csdn.Modes()),
		"ConceptNote.rule":           words(csdn.Rules()),
		"ConceptNote.status":         words(csdn.MeetingStatuses()),
		"Consent.basis":              words(csdn.ConsentBases()),
		"DraftOrder.category":        category,
		"DraftOrder.mode":            words(participation),
		"DraftedInvitation.status":   invitationStatuses(t),
		"Expertise.level":            words(csdn.ExpertiseLevels()),
		"Identifier.scheme":          words(csdn.IdentifierSchemes()),
		"DossierInvitation.status":   invitationStatuses(t),
		"Erasure.status":             {"requested", "begun", "done"},
		"Invitation.status":          invitationStatuses(t),
		"FoundOrganisation.status":   words(csdn.OrganisationStatuses()),
		"FoundOrganisation.type":     words(csdn.OrganisationTypes()),
		"MatchedWord.field":          {"name", "shortName", "area", "position", "mission"},
		"Meeting.mode":               words(csdn.Modes()),
		"Meeting.rule":               words(csdn.Rules()),
		"Meeting.status":             words(csdn.MeetingStatuses()),
		"MeetingProfile.mode":        words(csdn.Modes()),
		"MeetingProfile.rule":        words(csdn.Rules()),
		"Merge.status":               {"running", "done"},
		"Merger.status":              words(csdn.MergerStatuses()),
		"Merger.subject":             words(csdn.MergerSubjects()),
		"MergerOrder.subject":        words(csdn.MergerSubjects()),
		"Import.status":              {"running", "done", "stopped"},
		"Organisation.status":        words(csdn.OrganisationStatuses()),
		"Organisation.type":          words(csdn.OrganisationTypes()),
		"OrganisationProfile.status": words(csdn.OrganisationStatuses()),
		"OrganisationProfile.type":   words(csdn.OrganisationTypes()),
		"PersonProfile.category":     category,
		"PersonProfile.safety":       words(csdn.SafetyLevels()),
		"NewToken.scope":             words(csdn.Scopes()),
		"CoveredBy.level":            words(csdn.ExpertiseLevels()),
		"ShortlistOrder.category":    category,
		"RecordOrder.category":       category,
		"RecordOrder.mode":           words(participation),
		"RecordOrder.status":         words(csdn.Recordings()),
		"Returned.kind":              words(csdn.ReturnKinds()),
		"RsvpAnswer.answer":          words(csdn.Answers()),
		"RsvpAnswer.mode":            words(participation),
		"Token.scope":                words(csdn.Scopes()),
		"TokenOrder.scope":           words(csdn.Scopes()),
		"change-account.role":        words(csdn.Roles()),
		"read-concept-note format":   {"html", "pdf", "docx", "json"},
		"read-report format":         {"json", "html", "csv", "xlsx"},
		"write-area If-None-Match":   {"*"},

		"write-meeting-type If-None-Match": {"*"},

		"change-meeting.mode":        words(csdn.Modes()),
		"change-meeting.rule":        words(csdn.Rules()),
		"change-organisation.status": words(csdn.OrganisationStatuses()),
		"change-organisation.type":   words(csdn.OrganisationTypes()),
		"change-person.category":     category,
		"change-person.safety":       words(csdn.SafetyLevels()),

		"Feedback.institution":             words(csdn.Institutions()),
		"Feedback.status":                  words(csdn.FeedbackStatuses()),
		"FeedbackOrder.institution":        words(csdn.Institutions()),
		"FeedbackOrder.status":             words(csdn.FeedbackStatuses()),
		"write-summary If-None-Match":      {"*"},
		"TextPart.change":                  {"same", "inserted", "deleted"},
		"read-concept-note-version format": {"html", "pdf", "docx", "json"},

		"export-organisations format": {"csv", "xlsx", "json", "hsds", "jsonld"},
		"export-people format":        {"csv", "xlsx", "json", "vcard"},
	}
	a := New(nil, Nouns()...)
	got := map[string][]string{}
	for name, schema := range a.OpenAPI().Components.Schemas.Map() {
		closedLists(got, name, schema)
	}
	for _, op := range operations(a) {
		for _, p := range op.Parameters {
			closedLists(got, op.OperationID+" "+p.Name, p.Schema)
		}
		if op.RequestBody == nil {
			continue
		}
		for _, media := range op.RequestBody.Content {
			closedLists(got, op.OperationID, media.Schema)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the closed lists differ (-want +got):\n%s", diff)
	}
}

// closedLists collects the enumerations within a schema by their places.
func closedLists(found map[string][]string, place string, schema *huma.Schema) {
	if schema == nil {
		return
	}
	for _, value := range schema.Enum {
		found[place] = append(found[place], fmt.Sprint(value))
	}
	closedLists(found, place+"[]", schema.Items)
	for _, one := range schema.OneOf {
		closedLists(found, place+"|", one)
	}
	for _, name := range slices.Sorted(maps.Keys(schema.Properties)) {
		closedLists(found, place+"."+name, schema.Properties[name])
	}
}

func words[T ~string](list []T) []string { return as[string](list) }

func TestOperationsAreDescribed(t *testing.T) {
	seen := map[string]bool{}
	for _, op := range operations(New(nil, Nouns()...)) {
		if op.Summary == "" || len(op.Tags) != 1 || op.Tags[0] == "" || seen[op.OperationID] {
			t.Errorf("%s %s: id %q, summary %q, tags %q", op.method, op.path, op.OperationID, op.Summary, op.Tags)
		}
		seen[op.OperationID] = true
		for status, response := range op.Responses {
			_, isProblem := response.Content["application/problem+json"]
			if status >= "400" && !isProblem {
				t.Errorf("%s: %s is no problem document", op.OperationID, status)
			}
			if json := response.Content[jsonType]; json != nil && json.Schema != nil && json.Schema.ContentEncoding != "" {
				t.Errorf("%s: %s is told to be JSON, and is a file", op.OperationID, status)
			}
		}
	}
}
