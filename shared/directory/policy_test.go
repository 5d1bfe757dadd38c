package directory_test

import (
	"fmt"
	"testing"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"

	"github.com/google/go-cmp/cmp"
)

// allowance is how far each role reaches with an act, in the order of everyRole: all, published, ours, own, or no.
type allowance [5]string

var everyRole = [5]csdn.Caller{secretariat, planner, representative, official, anonymous}

// contract is the column "Who" of the contract's table of resources.
var contract = map[csdn.Act]allowance{
	// GET /v1/me: signed in
	"me.read": {"own", "own", "own", "own", "no"},
	// /v1/me/export, /v1/me/erasure: signed in
	"me.exported":       {"own", "own", "own", "own", "no"},
	"erasure.requested": {"own", "own", "own", "own", "no"},
	// /v1/erasures, /v1/retention, /v1/people/{id}/export: secretariat
	"erasure.read":    {"all", "no", "no", "no", "no"},
	"erasure.granted": {"all", "no", "no", "no", "no"},
	"retention.read":  {"all", "no", "no", "no", "no"},
	"person.exported": {"all", "no", "no", "no", "no"},
	// /v1/exports/organisations and /people: secretariat; planner
	"organisation.export.read": {"all", "all", "no", "no", "no"},
	"person.export.read":       {"all", "all", "no", "no", "no"},
	// /v1/changes: secretariat
	"trail.read": {"all", "no", "no", "no", "no"},
	// /v1/accounts: secretariat; /v1/tokens: signed in, of one's own account
	"account.read":    {"all", "no", "no", "no", "no"},
	"account.created": {"all", "no", "no", "no", "no"},
	"account.changed": {"all", "no", "no", "no", "no"},
	"account.deleted": {"all", "no", "no", "no", "no"},
	"token.read":      {"own", "own", "own", "own", "no"},
	"token.created":   {"own", "own", "own", "own", "no"},
	"token.deleted":   {"own", "own", "own", "own", "no"},
	// /v1/areas: anyone reads; secretariat writes
	"area.read":    {"all", "all", "all", "all", "all"},
	"area.written": {"all", "no", "no", "no", "no"},
	"area.deleted": {"all", "no", "no", "no", "no"},
	// /v1/meeting-types: anyone reads; secretariat writes
	"meeting-type.read":    {"all", "all", "all", "all", "all"},
	"meeting-type.written": {"all", "no", "no", "no", "no"},
	"meeting-type.deleted": {"all", "no", "no", "no", "no"},
	// /v1/areas/{slug}/merge: secretariat
	"area.merged":     {"all", "no", "no", "no", "no"},
	"area.merge.read": {"all", "no", "no", "no", "no"},
	// /v1/mergers: whoever reads what may be listed twice
	"organisation.merged": {"all", "no", "no", "no", "no"},
	"person.merged":       {"all", "no", "no", "no", "no"},
	"merger.read":         {"all", "no", "no", "no", "no"},
	"merger.undone":       {"all", "no", "no", "no", "no"},
	// /v1/organisations: reads: signed in; POST: secretariat; PATCH: secretariat, own organisation; DELETE: secretariat
	"organisation.read":      {"all", "all", "all", "all", "no"},
	"organisation.created":   {"all", "no", "no", "no", "no"},
	"organisation.changed":   {"all", "no", "ours", "no", "no"},
	"organisation.archived":  {"all", "no", "no", "no", "no"},
	"organisation.confirmed": {"all", "no", "ours", "no", "no"},
	// /v1/organisations/{id}/changes and /invitations: secretariat, own
	"organisation.trail.read":       {"all", "no", "ours", "no", "no"},
	"organisation.invitations.read": {"all", "no", "ours", "no", "no"},
	// /v1/people: secretariat; planner reads; organisation: its own
	"person.read":      {"all", "all", "ours", "no", "no"},
	"person.created":   {"all", "no", "ours", "no", "no"},
	"person.changed":   {"all", "no", "ours", "no", "no"},
	"person.confirmed": {"all", "no", "ours", "no", "no"},
	"person.erased":    {"all", "no", "ours", "no", "no"},
	// /v1/imports/organisations, /people and /{id}: secretariat
	"organisation.imported":        {"all", "no", "no", "no", "no"},
	"person.imported":              {"all", "no", "no", "no", "no"},
	"organisation.duplicates.read": {"all", "no", "no", "no", "no"},
	"person.duplicates.read":       {"all", "no", "no", "no", "no"},
	"import.read":                  {"all", "no", "no", "no", "no"},
	// /v1/phases: signed in reads; secretariat writes
	"phase.read":    {"all", "all", "all", "all", "no"},
	"phase.created": {"all", "no", "no", "no", "no"},
	"phase.changed": {"all", "no", "no", "no", "no"},
	// /v1/meetings: planner and secretariat write; official reads open ones. The acts: its planners, secretariat
	"report.read":         {"all", "all", "no", "all", "no"},
	"meeting.read":        {"all", "published", "no", "published", "no"},
	"meeting.created":     {"all", "all", "no", "no", "no"},
	"meeting.changed":     {"all", "own", "no", "no", "no"},
	"meeting.deleted":     {"all", "own", "no", "no", "no"},
	"meeting.opened":      {"all", "own", "no", "no", "no"},
	"invitation.recorded": {"all", "own", "no", "no", "no"},
	"meeting.held":        {"all", "own", "no", "no", "no"},
	"meeting.closed":      {"all", "own", "no", "no", "no"},
	"meeting.cancelled":   {"all", "own", "no", "no", "no"},
	"meeting.rescheduled": {"all", "own", "no", "no", "no"},
	"shortlist.made":      {"all", "own", "no", "no", "no"},
	// /v1/meetings/{id}/concept-note: signed in, once open; /composition: its planners; official
	"concept-note.read": {"all", "published", "published", "published", "no"},
	"composition.read":  {"all", "own", "no", "published", "no"},
	// /v1/meetings/{id}/concept-note/versions and below: its planners
	"concept-note.approved":      {"all", "own", "no", "no", "no"},
	"concept-note.versions.read": {"all", "own", "no", "no", "no"},
	// /v1/meetings/{id}/summary: who may read the meeting; its planners write and publish it. Officials answer its recommendations
	"summary.read":            {"all", "published", "no", "published", "no"},
	"summary.written":         {"all", "own", "no", "no", "no"},
	"summary.published":       {"all", "own", "no", "no", "no"},
	"recommendation.answered": {"all", "no", "no", "published", "no"},
	// /v1/meetings/{id}/invitations and what is below: its planners
	"invitation.read":       {"all", "own", "no", "no", "no"},
	"invitation.drafted":    {"all", "own", "no", "no", "no"},
	"invitation.sent":       {"all", "own", "no", "no", "no"},
	"invitation.reminded":   {"all", "own", "no", "no", "no"},
	"invitation.revoked":    {"all", "own", "no", "no", "no"},
	"invitation.attendance": {"all", "own", "no", "no", "no"},
	// /v1/rsvp/{token}: the link's bearer, whoever that is
	"rsvp.read":     {"all", "all", "all", "all", "all"},
	"rsvp.answered": {"all", "all", "all", "all", "all"},
}

func TestPolicyIsTheContract(t *testing.T) {
	for act, roles := range contract {
		for n, caller := range everyRole {
			cell := fmt.Sprintf("%s %s", act, caller.Role)
			t.Run(cell, func(t *testing.T) {
				want := roles[n]
				far, err := directory.Reaches(caller, act)
				if far != want {
					t.Errorf("reaches %s, want %s", far, want)
				}
				refused(t, refusalOf(caller, want), err)
				refused(t, refusalOf(caller, want), directory.Permits(caller, act))
			})
		}
	}
}

// refusalOf is the kind of refusal of somebody who reaches so far, "" for none.
func refusalOf(caller csdn.Caller, far string) csdn.Kind {
	if far != "no" {
		return ""
	}
	if caller.Role == csdn.AnonymousRole {
		return csdn.Unauthenticated
	}
	return csdn.Forbidden
}

func TestEveryActOfThePolicyIsInTheContract(t *testing.T) {
	governed := map[csdn.Act]bool{}
	for _, act := range directory.Acts() {
		governed[act] = true
	}
	wanted := map[csdn.Act]bool{}
	for act := range contract {
		wanted[act] = true
		if !directory.Governs(act) {
			t.Errorf("nothing governs %s", act)
		}
	}
	if diff := cmp.Diff(wanted, governed); diff != "" {
		t.Errorf("acts differ (-contract +policy):\n%s", diff)
	}
}

func TestActsWithoutARowAreRefusedToAll(t *testing.T) {
	for _, act := range []csdn.Act{"", "person.forgotten", "organisation", "Organisation.read", "invitation.due"} {
		if directory.Governs(act) {
			t.Errorf("%q is governed", act)
		}
		for _, caller := range everyRole {
			refused(t, refusalOf(caller, "no"), directory.Permits(caller, act))
		}
	}
}

func TestAnUnknownRoleMayNoMoreThanNobody(t *testing.T) {
	for act, roles := range contract {
		err := directory.Permits(csdn.Caller{Account: secretariat.Account, Role: "director"}, act)
		if allowed := roles[4] == "all"; allowed != (err == nil) {
			t.Errorf("%s: %v", act, err)
		}
	}
}

// TestPermitsOn: what is own to an organisation is no matter of accounts, and a meeting is its planners', published or a draft.
func TestPermitsOn(t *testing.T) {
	const gone csdn.Kind = csdn.NotFound
	draft := csdn.Meeting{Status: csdn.MeetingDraft}
	published := csdn.Meeting{Status: csdn.MeetingOpen}
	planned := csdn.Meeting{Status: csdn.MeetingDraft, MeetingProfile: csdn.MeetingProfile{Planners: []csdn.AccountID{planner.Account, official.Account}}}
	for name, c := range map[string]struct {
		err  error
		want csdn.Kind
	}{
		"a representative, the own profile":    {directory.PermitsOn(representative, "organisation.changed", true), ""},
		"a representative, another profile":    {directory.PermitsOn(representative, "organisation.changed", false), gone},
		"a planner, any person":                {directory.PermitsOn(planner, "person.read", false), ""},
		"a planner, to change a person":        {directory.PermitsOn(planner, "person.changed", true), csdn.Forbidden},
		"an official, its tokens":              {directory.PermitsOn(official, "token.read", true), ""},
		"a planner, the own draft":             {directory.PermitsOnMeeting(planner, "meeting.changed", planned), ""},
		"a planner, another's meeting":         {directory.PermitsOnMeeting(planner, "meeting.changed", published), gone},
		"a planner, the note of another's":     {directory.PermitsOnMeeting(planner, "concept-note.read", published), ""},
		"an official, the note of a draft":     {directory.PermitsOnMeeting(official, "concept-note.read", draft), gone},
		"an official whom a draft names":       {directory.PermitsOnMeeting(official, "meeting.read", planned), gone},
		"a representative, the published note": {directory.PermitsOnMeeting(representative, "concept-note.read", published), ""},
		"the secretariat, another's draft":     {directory.PermitsOnMeeting(secretariat, "meeting.changed", draft), ""},
	} {
		t.Run(name, func(t *testing.T) { refused(t, c.want, c.err) })
	}
}
