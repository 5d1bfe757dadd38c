package e2e

// reaches is how far each role reaches with an operation: no; own, what is its account's own; ours, and what is its
// organisation's; published, and the meetings that are drafts no more; all.
type reaches struct{ secretariat, planner, organisation, official, anonymous string }

// who is the column "Who" of the contract's table of resources, in its order, by operation. It is written from the contract
// and knows nothing of shared/directory/policy.go, which it is the proof of.
var who = map[string]reaches{
	//                              secretariat, planner, organisation, official, anonymous

	// GET /v1/me: signed in
	"read-me": {"own", "own", "own", "own", "no"},

	// GET /v1/me/export, POST /v1/me/erasure: signed in
	"export-me":       {"own", "own", "own", "own", "no"},
	"request-erasure": {"own", "own", "own", "own", "no"},

	// What the secretariat does for the rights of people
	"list-erasures":     {"all", "no", "no", "no", "no"},
	"read-erasure":      {"all", "no", "no", "no", "no"},
	"grant-erasure":     {"all", "no", "no", "no", "no"},
	"preview-retention": {"all", "no", "no", "no", "no"},

	// /v1/accounts: secretariat
	"list-accounts":  {"all", "no", "no", "no", "no"},
	"create-account": {"all", "no", "no", "no", "no"},
	"read-account":   {"all", "no", "no", "no", "no"},
	"change-account": {"all", "no", "no", "no", "no"},
	"delete-account": {"all", "no", "no", "no", "no"},

	// /v1/tokens: signed in, of one's own account
	"list-tokens":  {"own", "own", "own", "own", "no"},
	"create-token": {"own", "own", "own", "own", "no"},
	"delete-token": {"own", "own", "own", "own", "no"},

	// /v1/changes: secretariat
	"list-changes": {"all", "no", "no", "no", "no"},

	// /v1/areas: anyone reads; secretariat writes
	"list-areas":  {"all", "all", "all", "all", "all"},
	"read-area":   {"all", "all", "all", "all", "all"},
	"write-area":  {"all", "no", "no", "no", "no"},
	"delete-area": {"all", "no", "no", "no", "no"},
	"merge-area":  {"all", "no", "no", "no", "no"},
	"read-merge":  {"all", "no", "no", "no", "no"},

	// /v1/meeting-types, which the secretariat keeps as it does areas
	"list-meeting-types":  {"all", "all", "all", "all", "all"},
	"read-meeting-type":   {"all", "all", "all", "all", "all"},
	"write-meeting-type":  {"all", "no", "no", "no", "no"},
	"delete-meeting-type": {"all", "no", "no", "no", "no"},

	// /v1/organisations: reads: signed in; POST: secretariat; PATCH: secretariat, own organisation; DELETE: secretariat
	"search-organisations": {"all", "all", "all", "all", "no"},
	"read-organisation":    {"all", "all", "all", "all", "no"},
	"create-organisation":  {"all", "no", "no", "no", "no"},
	"change-organisation":  {"all", "no", "ours", "no", "no"},
	"confirm-organisation": {"all", "no", "ours", "no", "no"},
	"archive-organisation": {"all", "no", "no", "no", "no"},

	// /v1/organisations/{id}/changes and /invitations: secretariat, own
	"read-organisation-changes":     {"all", "no", "ours", "no", "no"},
	"list-organisation-invitations": {"all", "no", "ours", "no", "no"},

	// /v1/people: secretariat; planner reads; organisation: its own. Its export is for the secretariat, who sends it
	"search-people":  {"all", "all", "ours", "no", "no"},
	"read-person":    {"all", "all", "ours", "no", "no"},
	"create-person":  {"all", "no", "ours", "no", "no"},
	"change-person":  {"all", "no", "ours", "no", "no"},
	"confirm-person": {"all", "no", "ours", "no", "no"},
	"erase-person":   {"all", "no", "ours", "no", "no"},
	"export-person":  {"all", "no", "no", "no", "no"},

	// /v1/exports/organisations and /people: secretariat; planner
	"export-organisations": {"all", "all", "no", "no", "no"},
	"export-people":        {"all", "all", "no", "no", "no"},

	// /v1/imports/organisations, /people and what came of one: secretariat
	"import-organisations": {"all", "no", "no", "no", "no"},
	"import-people":        {"all", "no", "no", "no", "no"},
	"read-import":          {"all", "no", "no", "no", "no"},

	// /v1/duplicates/organisations and /people: secretariat
	"list-likely-organisations": {"all", "no", "no", "no", "no"},
	"list-likely-people":        {"all", "no", "no", "no", "no"},

	// /v1/mergers: whoever reads what may be listed twice
	"start-merger": {"all", "no", "no", "no", "no"},
	"list-mergers": {"all", "no", "no", "no", "no"},
	"read-merger":  {"all", "no", "no", "no", "no"},
	"undo-merger":  {"all", "no", "no", "no", "no"},

	// /v1/phases: signed in reads; secretariat writes. /v1/phases/{number}/report: secretariat, planner, official
	"list-phases":  {"all", "all", "all", "all", "no"},
	"read-phase":   {"all", "all", "all", "all", "no"},
	"create-phase": {"all", "no", "no", "no", "no"},
	"change-phase": {"all", "no", "no", "no", "no"},
	"read-report":  {"all", "all", "no", "all", "no"},

	// /v1/meetings: planner and secretariat write; official reads open ones
	"list-meetings":  {"all", "published", "no", "published", "no"},
	"read-meeting":   {"all", "published", "no", "published", "no"},
	"create-meeting": {"all", "all", "no", "no", "no"},
	"change-meeting": {"all", "own", "no", "no", "no"},
	"delete-meeting": {"all", "own", "no", "no", "no"},

	// /v1/meetings/{id}/calendar.ics: whoever may read the meeting
	"read-person-card":      {"all", "all", "ours", "no", "no"},
	"read-meeting-calendar": {"all", "published", "no", "published", "no"},

	// /v1/meetings/{id}/open and the other changes of state: its planners, secretariat
	"open-meeting":       {"all", "own", "no", "no", "no"},
	"hold-meeting":       {"all", "own", "no", "no", "no"},
	"close-meeting":      {"all", "own", "no", "no", "no"},
	"cancel-meeting":     {"all", "own", "no", "no", "no"},
	"reschedule-meeting": {"all", "own", "no", "no", "no"},

	// /v1/meetings/{id}/concept-note: signed in, once open; its planners always. /composition: its planners; official
	"read-concept-note": {"all", "published", "published", "published", "no"},
	"read-composition":  {"all", "own", "no", "published", "no"},

	// /v1/meetings/{id}/concept-note/versions and what is below: its planners
	"approve-concept-note":       {"all", "own", "no", "no", "no"},
	"list-concept-note-versions": {"all", "own", "no", "no", "no"},
	"read-concept-note-version":  {"all", "own", "no", "no", "no"},
	"compare-concept-notes":      {"all", "own", "no", "no", "no"},

	// /v1/meetings/{id}/summary: who may read the meeting; its planners write and publish it. Officials answer its recommendations
	"read-summary":          {"all", "published", "no", "published", "no"},
	"write-summary":         {"all", "own", "no", "no", "no"},
	"publish-summary":       {"all", "own", "no", "no", "no"},
	"answer-recommendation": {"all", "no", "no", "published", "no"},

	// /v1/meetings/{id}/shortlist: its planners
	"make-shortlist": {"all", "own", "no", "no", "no"},

	// /v1/meetings/{id}/invitations and what is below: its planners
	"list-invitations":   {"all", "own", "no", "no", "no"},
	"draft-invitations":  {"all", "own", "no", "no", "no"},
	"send-invitations":   {"all", "own", "no", "no", "no"},
	"remind-invitations": {"all", "own", "no", "no", "no"},
	"read-invitation":    {"all", "own", "no", "no", "no"},
	"revoke-invitation":  {"all", "own", "no", "no", "no"},
	"record-invitations": {"all", "own", "no", "no", "no"},
	"record-attendance":  {"all", "own", "no", "no", "no"},

	// /v1/rsvp/{token}: the link's bearer, whoever that is
	"read-rsvp":          {"all", "all", "all", "all", "all"},
	"answer-rsvp":        {"all", "all", "all", "all", "all"},
	"read-rsvp-calendar": {"all", "all", "all", "all", "all"},
}

// toPersons are the operations that no API token does, whatever its scope: what makes credentials, or takes whole records away or has
// them erased.
var toPersons = map[string]bool{
	"create-account": true, "change-account": true, "delete-account": true, "create-token": true, "delete-token": true,
	"export-me": true, "export-person": true, "request-erasure": true, "grant-erasure": true,
}

// rank orders the words of a row: who reaches so far reaches all that is nearer. Nobody reaches what is beyond.
var rank = map[string]int{"no": 0, "own": 1, "ours": 2, "published": 3, "all": 4, "beyond": 5}
