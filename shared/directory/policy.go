package directory

import (
	"strings"

	"csdn.example/directory/shared/csdn"
)

// reach is how far a role reaches with an act. Each includes those before it.
type reach int

const (
	no        reach = iota // not at all
	own                    // what is the account's own: itself, the meetings that name it their planner
	ours                   // and what is its organisation's: the profile, the people, their invitations
	published              // and what is published: the meetings that are drafts no more
	all                    // everything
)

// row is what each role may do with one act.
type row struct{ secretariat, planner, organisation, official, anonymous reach }

// policy is who may do what, in the order of the contract's table. An act without a row is refused to all. The caller that
// does not reach a subject is told that there is none.
var policy = map[csdn.Act]row{
	//                               secretariat, planner, organisation, official, anonymous
	"me.read":                       {own, own, own, own, no},
	"me.exported":                   {own, own, own, own, no},
	"erasure.requested":             {own, own, own, own, no},
	"erasure.read":                  {all, no, no, no, no},
	"erasure.granted":               {all, no, no, no, no},
	"retention.read":                {all, no, no, no, no},
	"trail.read":                    {all, no, no, no, no},
	"account.read":                  {all, no, no, no, no},
	"account.created":               {all, no, no, no, no},
	"account.changed":               {all, no, no, no, no},
	"account.deleted":               {all, no, no, no, no},
	"token.read":                    {own, own, own, own, no},
	"token.created":                 {own, own, own, own, no},
	"token.deleted":                 {own, own, own, own, no},
	"area.read":                     {all, all, all, all, all},
	"area.written":                  {all, no, no, no, no},
	"area.deleted":                  {all, no, no, no, no},
	"area.merged":                   {all, no, no, no, no},
	"area.merge.read":               {all, no, no, no, no},
	"meeting-type.read":             {all, all, all, all, all},
	"meeting-type.written":          {all, no, no, no, no},
	"meeting-type.deleted":          {all, no, no, no, no},
	"organisation.read":             {all, all, all, all, no},
	"organisation.created":          {all, no, no, no, no},
	"organisation.changed":          {all, no, ours, no, no},
	"organisation.archived":         {all, no, no, no, no},
	"organisation.trail.read":       {all, no, ours, no, no},
	"organisation.invitations.read": {all, no, ours, no, no},
	"person.read":                   {all, all, ours, no, no},
	"person.created":                {all, no, ours, no, no},
	"person.changed":                {all, no, ours, no, no},
	"person.erased":                 {all, no, ours, no, no},
	"person.exported":               {all, no, no, no, no},
	"organisation.export.read":      {all, all, no, no, no},
	"person.export.read":            {all, all, no, no, no},
	"organisation.confirmed":        {all, no, ours, no, no},
	"person.confirmed":              {all, no, ours, no, no},
	"organisation.imported":         {all, no, no, no, no},
	"person.imported":               {all, no, no, no, no},
	"organisation.duplicates.read":  {all, no, no, no, no},
	"person.duplicates.read":        {all, no, no, no, no},
	"organisation.merged":           {all, no, no, no, no},
	"person.merged":                 {all, no, no, no, no},
	"merger.read":                   {all, no, no, no, no},
	"merger.undone":                 {all, no, no, no, no},
	"import.read":                   {all, no, no, no, no},
	"phase.read":                    {all, all, all, all, no},
	"phase.created":                 {all, no, no, no, no},
	"phase.changed":                 {all, no, no, no, no},
	"report.read":                   {all, all, no, all, no},
	"meeting.read":                  {all, published, no, published, no},
	"meeting.created":               {all, all, no, no, no},
	"meeting.changed":               {all, own, no, no, no},
	"meeting.deleted":               {all, own, no, no, no},
	"meeting.opened":                {all, own, no, no, no},
	"meeting.held":                  {all, own, no, no, no},
	"meeting.closed":                {all, own, no, no, no},
	"meeting.cancelled":             {all, own, no, no, no},
	"shortlist.made":                {all, own, no, no, no},
	"rsvp.read":                     {all, all, all, all, all}, // whoever bears the link
	"rsvp.answered":                 {all, all, all, all, all},
	"concept-note.read":             {all, published, published, published, no},
	"concept-note.approved":         {all, own, no, no, no},
	"concept-note.versions.read":    {all, own, no, no, no},
	"summary.read":                  {all, published, no, published, no},
	"summary.written":               {all, own, no, no, no},
	"summary.published":             {all, own, no, no, no},
	"recommendation.answered":       {all, no, no, published, no},
	"composition.read":              {all, own, no, published, no},
	"invitation.read":               {all, own, no, no, no},
	"invitation.drafted":            {all, own, no, no, no},
	"invitation.sent":               {all, own, no, no, no},
	"invitation.reminded":           {all, own, no, no, no},
	"meeting.rescheduled":           {all, own, no, no, no},
	"invitation.revoked":            {all, own, no, no, no},
	"invitation.attendance":         {all, own, no, no, no},
	"invitation.recorded":           {all, own, no, no, no},
}

// personal are the acts that only a person who signed in may do: a token that leaks must neither make itself lasting, nor take
// whole records away, nor have them erased.
var personal = map[csdn.Act]bool{
	"account.created": true, "account.changed": true, "account.deleted": true, "token.created": true, "token.deleted": true,
	"me.exported": true, "person.exported": true, "erasure.requested": true, "erasure.granted": true,
}

// reads reports whether an act changes nothing.
func reads(act csdn.Act) bool { return strings.HasSuffix(string(act), ".read") }

func (r row) of(role csdn.Role) reach {
	switch role {
	case csdn.SecretariatRole:
		return r.secretariat
	case csdn.PlannerRole:
		return r.planner
	case csdn.OrganisationRole:
		return r.organisation
	case csdn.OfficialRole:
		return r.official
	}
	return r.anonymous
}

// permit returns how far the caller reaches with the act. Unauthenticated when nobody is known and the act is not
// everybody's; Forbidden when the act is not for the caller's role, or not for the API token presented, whatever its subject.
func permit(caller csdn.Caller, act csdn.Act) (reach, error) {
	far := policy[act].of(caller.Role)
	switch {
	case far == no:
	case caller.Token != "" && personal[act]:
		return no, csdn.Errorf(csdn.Forbidden, "An API token cannot do this; sign in, and use the access token of that.")
	case caller.Token != "" && caller.Scope != csdn.WriteScope && !reads(act):
		return no, csdn.Errorf(csdn.Forbidden, "This API token is of the scope read; make one of the scope write for what changes something.")
	default:
		return far, nil
	}
	if caller.Role == csdn.AnonymousRole {
		return no, csdn.Errorf(csdn.Unauthenticated, "Sign in first: send an access token as Authorization: Bearer.")
	}
	return no, csdn.Errorf(csdn.Forbidden, "This is not open to the role %s.", caller.Role)
}

// permitAt is permit for one subject, which lies at a distance: NotFound, as if it were absent, when the caller does not reach
// so far.
func permitAt(caller csdn.Caller, act csdn.Act, distance reach) error {
	far, err := permit(caller, act)
	if err != nil {
		return err
	}
	if far < distance {
		return absent()
	}
	return nil
}

// permitOurs is permitAt for what belongs to an organisation.
func permitOurs(caller csdn.Caller, act csdn.Act, organisation csdn.OrganisationID) error {
	if organisation != "" && caller.Organisation == organisation {
		return permitAt(caller, act, ours)
	}
	return permitAt(caller, act, all)
}

// absent is the one answer for what does not exist and for what the caller may not know to exist.
func absent() error {
	return csdn.Errorf(csdn.NotFound, "There is nothing here.")
}

// Governs reports whether a row of the policy governs the act.
func Governs(act csdn.Act) bool {
	_, governed := policy[act]
	return governed
}

// Permits returns nil when the act is open to the caller's role, be it for its own subjects alone: Unauthenticated or
// Forbidden otherwise.
func Permits(caller csdn.Caller, act csdn.Act) error {
	_, err := permit(caller, act)
	return err
}

// PermitsOn is Permits for one subject, which is the caller's own, or else another's: NotFound, as if it were absent, when the
// caller does not reach it. What is about an organisation or its people is own to that organisation, anything else to the account.
func PermitsOn(caller csdn.Caller, act csdn.Act, isOwn bool) error {
	noun, _, _ := strings.Cut(string(act), ".")
	switch {
	case !isOwn:
		return permitAt(caller, act, all)
	case noun == "organisation" || noun == "person":
		return permitAt(caller, act, ours)
	}
	return permitAt(caller, act, own)
}

// PermitsOnMeeting is PermitsOn for an act on a meeting: its planners', or else published, or a draft.
func PermitsOnMeeting(caller csdn.Caller, act csdn.Act, m csdn.Meeting) error {
	return permitAt(caller, act, distance(caller, m))
}
