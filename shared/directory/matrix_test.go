package directory_test

import (
	"fmt"
	"testing"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// subjects are what an act is tried on: the numbers of an organisation, a person and a meeting.
type subjects struct {
	name                          string
	organisation, person, meeting int
}

var (
	ownSubjects     = subjects{"own", 1, 1, 1}
	foreignSubjects = subjects{"foreign", 2, 2, 2}
	absentSubjects  = subjects{"absent", 77, 77, 77}
)

// account is that of the secretariat, of somebody else, or of nobody.
func (s subjects) account() csdn.AccountID {
	return map[int]csdn.AccountID{1: secretariat.Account, 2: planner.Account, 77: id[csdn.AccountID](77)}[s.person]
}

// tries does each act as the caller on subjects, in a way that fails, or changes nothing, for a reason that comes after the question who
// may do it: a version that is not present, an empty body, a state that forbids it.
func tries(t *testing.T, h *house, c csdn.Caller, s subjects) map[csdn.Act]func() error {
	const notPresent csdn.Version = 99
	ctx, organisation, person, meeting := t.Context(), organisationID(s.organisation), personID(s.person), meetingID(s.meeting)
	return map[csdn.Act]func() error{
		"organisation.read":       func() error { return errorOf(h.organisations.Read(ctx, c, organisation)) },
		"organisation.created":    func() error { return errorOf(h.organisations.Create(ctx, c, csdn.OrganisationProfile{})) },
		"organisation.changed":    func() error { return errorOf(h.organisations.Change(ctx, c, organisation, notPresent, nil)) },
		"organisation.confirmed":  func() error { return errorOf(h.organisations.Confirm(ctx, c, organisation, notPresent, nil)) },
		"organisation.archived":   func() error { return h.organisations.Archive(ctx, c, organisation, notPresent) },
		"organisation.trail.read": func() error { return errorOf(h.organisations.Changes(ctx, c, organisation, first)) },
		"person.read":             func() error { return errorOf(h.people.Read(ctx, c, person)) },
		"person.created":          func() error { return errorOf(h.people.Create(ctx, c, csdn.PersonProfile{})) },
		"person.changed":          func() error { return errorOf(h.people.Change(ctx, c, person, notPresent, nil)) },
		"organisation.imported": func() error {
			_, _, err := h.imports.Start(ctx, c, csdn.Organisations, "text/csv", []byte("no,names"), false)
			return err
		},
		"person.imported": func() error {
			_, _, err := h.imports.Start(ctx, c, csdn.People, "text/csv", []byte("no,names"), false)
			return err
		},
		"organisation.duplicates.read": func() error { return errorOf(h.duplicates.OfOrganisations(ctx, c, first)) },
		"person.duplicates.read":       func() error { return errorOf(h.duplicates.OfPeople(ctx, c, first)) },
		"organisation.merged": func() error {
			return errorOf(h.mergers.Start(ctx, c, csdn.MergerOrder{Subject: csdn.Organisations}))
		},
		"person.merged": func() error {
			return errorOf(h.mergers.Start(ctx, c, csdn.MergerOrder{Subject: csdn.People}))
		},
		"merger.read": func() error { return errorOf(h.mergers.List(ctx, c, first)) },
		"merger.undone": func() error {
			_, err := h.mergers.Undo(ctx, c, id[csdn.MergerID](77))
			if c.Role == csdn.SecretariatRole {
				missing(t, err) // there never was one
				return nil
			}
			return err
		},
		"import.read": func() error {
			_, _, err := h.imports.Progress(ctx, c, id[csdn.ImportID](77), csdn.PageRequest{})
			if c.Role == csdn.SecretariatRole {
				missing(t, err) // there never was one
				return nil
			}
			return err
		},
		"person.confirmed":      func() error { return errorOf(h.people.Confirm(ctx, c, person, notPresent, nil)) },
		"meeting.read":          func() error { return errorOf(h.meetings.Read(ctx, c, meeting)) },
		"meeting.created":       func() error { return errorOf(h.meetings.Create(ctx, c, csdn.MeetingProfile{})) },
		"meeting.changed":       func() error { return errorOf(h.meetings.Change(ctx, c, meeting, notPresent, nil)) },
		"meeting.deleted":       func() error { return h.meetings.Delete(ctx, c, meeting, notPresent) },
		"meeting.opened":        func() error { return errorOf(h.meetings.Open(ctx, c, meeting, notPresent)) },
		"meeting.held":          func() error { return errorOf(h.meetings.Hold(ctx, c, meeting, notPresent)) },
		"trail.read":            func() error { return errorOf(h.trails.Latest(ctx, c, first)) },
		"meeting.closed":        func() error { return errorOf(h.closings.Close(ctx, c, meeting, notPresent)) },
		"report.read":           func() error { return errorOf(h.reports.Read(ctx, c, 4)) },
		"meeting.cancelled":     func() error { return errorOf(h.invitations.Cancel(ctx, c, meeting, notPresent, "")) },
		"meeting.rescheduled":   func() error { return errorOf(h.invitations.Reschedule(ctx, c, meeting, notPresent, nil)) },
		"shortlist.made":        func() error { return errorOf(h.shortlists.Make(ctx, c, meeting, csdn.Wish{}, "en")) },
		"concept-note.read":     func() error { return errorOf(h.meetings.ConceptNote(ctx, c, meeting)) },
		"concept-note.approved": func() error { return errorOf(h.meetings.ApproveNote(ctx, c, meeting, notPresent)) },
		"concept-note.versions.read": func() error {
			if _, err := h.meetings.NoteVersions(ctx, c, meeting, first); err != nil {
				return err
			}
			_, err := h.meetings.NoteVersion(ctx, c, meeting, csdn.NoteDraft)
			return err
		},
		"summary.read": func() error {
			_, _, err := h.summaries.Read(ctx, c, meeting)
			return err
		},
		"summary.written":   func() error { return errorOf(h.summaries.Write(ctx, c, meeting, notPresent, csdn.SummaryProfile{})) },
		"summary.published": func() error { return errorOf(h.summaries.Publish(ctx, c, meeting, notPresent, csdn.Override{})) },
		"recommendation.answered": func() error {
			return errorOf(h.recommendations.Answer(ctx, c, meeting, "none", notPresent, csdn.Feedback{}))
		},
		"composition.read": func() error {
			_, _, err := h.invitations.Composition(ctx, c, meeting)
			return err
		},
		"invitation.read": func() error {
			if _, err := h.invitations.List(ctx, c, meeting, first); err != nil {
				return err
			}
			_, err := h.invitations.Read(ctx, c, meeting, personID(1))
			return err
		},
		"invitation.drafted":    func() error { return errorOf(h.invitations.Draft(ctx, c, meeting, nil, "", "")) },
		"invitation.sent":       func() error { return errorOf(h.invitations.Send(ctx, c, meeting, []csdn.PersonID{personID(1)})) },
		"invitation.reminded":   func() error { return errorOf(h.invitations.Remind(ctx, c, meeting, []csdn.PersonID{personID(1)})) },
		"invitation.revoked":    func() error { return errorOf(h.invitations.Revoke(ctx, c, meeting, personID(1), "")) },
		"invitation.attendance": func() error { return errorOf(h.invitations.Attendance(ctx, c, meeting, personID(1), true)) },
		"invitation.recorded":   func() error { return errorOf(h.invitations.Record(ctx, c, meeting, people(1), csdn.Attended, "", "")) },
		"area.read":             func() error { return errorOf(h.areas.List(ctx, c, first)) },
		"area.written":          func() error { return errorOf(h.areas.Write(ctx, c, "!", 0, csdn.AreaProfile{})) },
		"area.deleted":          func() error { return h.claims.Delete(ctx, c, "mediation", notPresent) },
		"meeting-type.read":     func() error { return errorOf(h.types.List(ctx, c, first)) },
		"meeting-type.written":  func() error { return errorOf(h.types.Write(ctx, c, "!", 0, csdn.MeetingTypeProfile{})) },
		"meeting-type.deleted":  func() error { return h.types.Delete(ctx, c, "policy-meeting", notPresent) },
		"area.merged": func() error {
			_, _, err := h.claims.Merge(ctx, c, "mediation", "magic")
			return err
		},
		"area.merge.read": func() error {
			_, _, err := h.claims.MergeOf(ctx, c, "mediation")
			if c.Role == csdn.SecretariatRole {
				missing(t, err) // it never was merged
				return nil
			}
			return err
		},
		"organisation.export.read": func() error { return errorOf(h.organisations.Extract(ctx, c, directory.Filter{})) },
		"person.export.read":       func() error { return errorOf(h.people.Extract(ctx, c, directory.Filter{})) },
		"me.exported":              func() error { return errorOf(h.rights.Export(ctx, c)) },
		"person.exported":          func() error { return errorOf(h.rights.ExportPerson(ctx, c, person)) },
		"person.erased":            func() error { return errorOf(h.rights.Erase(ctx, c, person, notPresent)) },
		"erasure.read":             func() error { return errorOf(h.rights.List(ctx, c, first)) },
		"retention.read":           func() error { return errorOf(h.retention.Preview(ctx, c, "never")) },
		"phase.read":               func() error { return errorOf(h.phases.List(ctx, c, first)) },
		"phase.created":            func() error { return errorOf(h.phases.Create(ctx, c, 0, csdn.PhaseProfile{})) },
		"phase.changed":            func() error { return errorOf(h.phases.Change(ctx, c, 4, notPresent, nil)) },
		"account.read": func() error {
			if _, err := h.accounts.List(ctx, c, directory.AccountFilter{}, first); err != nil {
				return err
			}
			_, err := h.accounts.Read(ctx, c, s.account())
			return err
		},
		"account.created": func() error { return errorOf(h.accounts.Create(ctx, c, csdn.AccountProfile{})) },
		"account.changed": func() error { return errorOf(h.accounts.Change(ctx, c, s.account(), notPresent, nil)) },
		"account.deleted": func() error { return errorOf(h.rights.EraseAccount(ctx, c, s.account(), notPresent)) },
		"token.read":      func() error { return errorOf(h.tokens.List(ctx, c, first)) },
		"token.created": func() error {
			_, _, err := h.tokens.Create(ctx, c, csdn.Token{})
			return err
		},
		"me.read": func() error { return errorOf(h.identity.Me(ctx, c)) },
	}
}

// errorOf returns the error of what answers with something besides.
func errorOf[T any](_ T, err error) error { return err }

// without are the acts that have no one subject, for which foreign and absent mean nothing.
var without = map[csdn.Act]bool{
	"organisation.created": true, "person.created": true, "meeting.created": true, "area.read": true, "area.written": true,
	"organisation.export.read": true, "person.export.read": true,
	"me.exported": true, "erasure.read": true, "retention.read": true, "organisation.imported": true, "person.imported": true, "import.read": true,
	"area.deleted": true, "area.merged": true, "area.merge.read": true, "phase.read": true, "phase.created": true, "phase.changed": true, "report.read": true, "trail.read": true, "me.read": true,
	"organisation.duplicates.read": true, "person.duplicates.read": true, "organisation.merged": true, "person.merged": true, "merger.read": true, "merger.undone": true,
	"meeting-type.read": true, "meeting-type.written": true, "meeting-type.deleted": true,
	"account.created": true, "token.read": true, "token.created": true,
}

// elsewhere are the acts of the contract that other tests try: by links, and the list that is empty for an absent organisation.
// A token that is one's own is revoked in TestARevokedTokenIsNobodys.
var elsewhere = map[csdn.Act]bool{
	"erasure.requested": true, "erasure.granted": true, "rsvp.read": true, "rsvp.answered": true,
	"organisation.invitations.read": true, "token.deleted": true,
}

// TestMatrix tries every act as every role, on what is the caller's own, another's, and absent. What is not the
// caller's own looks exactly like what is absent.
func TestMatrix(t *testing.T) {
	h := open(t)
	h.area(t, "mediation")
	h.phase(t, 4)
	for n := 1; n <= 2; n++ {
		h.organisation(t, n)
		h.person(t, n, member(n))
		m := h.meeting(t, n, csdn.MeetingOpen, func(p *csdn.MeetingProfile) {
			p.Planners = []csdn.AccountID{[]csdn.AccountID{planner.Account, otherPlanner.Account}[n-1]}
		})
		declined := csdn.Invitation{Meeting: m.ID, Person: personID(1), Status: csdn.Declined, Version: 1}
		must(t, h.participation.WriteInvitations(t.Context(), csdn.InvitationWrite{Meeting: m.ID, MeetingVersion: 1, Invitations: []csdn.Invitation{declined}}))
		p := csdn.PublishedSummary{Meeting: m.ID, Phase: 4, Text: "Text", Edition: 1, PublishedAt: noon, Version: 1}
		must(t, h.network.PutFeedback(t.Context(), p, h.change()))
	}
	for _, c := range everyRole[:4] {
		a := csdn.Account{ID: c.Account, Role: c.Role, Version: 1}
		must(t, h.persons.PutAccount(t.Context(), csdn.Account{}, a, h.change()))
	}
	before := h.stored(t)
	for n, caller := range everyRole {
		for _, s := range []subjects{ownSubjects, foreignSubjects, absentSubjects} {
			acts := tries(t, h, caller, s)
			for act, roles := range contract {
				try, tried := acts[act]
				if !tried && !elsewhere[act] {
					t.Errorf("nothing tries %s", act)
				}
				if !tried || without[act] && s != ownSubjects {
					continue
				}
				t.Run(fmt.Sprintf("%s %s %s", act, caller.Role, s.name), func(t *testing.T) {
					err := try()
					switch {
					case roles[n] == "no":
						refused(t, refusalOf(caller, "no"), err)
					case s == absentSubjects || (roles[n] == "own" || roles[n] == "ours") && s == foreignSubjects:
						missing(t, err)
					default:
						passed(t, err)
					}
				})
			}
		}
	}
	same(t, before, h.stored(t))
}

// passed checks that an act failed, if at all, for another reason than who did it.
func passed(t *testing.T, err error) {
	t.Helper()
	switch csdn.KindOf(err) {
	case csdn.Stale, csdn.Invalid, csdn.Conflict:
		return
	}
	must(t, err)
}

// missing checks for the one answer to what is absent and to what is another's, word for word.
func missing(t *testing.T, err error) {
	t.Helper()
	var public *csdn.Error
	if !asError(err, &public) || public.Kind != csdn.NotFound || public.Message != "There is nothing here." || public.Fields != nil {
		t.Errorf("got %v", err)
	}
}

func TestInvitationsOfAForeignOrganisationLookLikeThoseOfAnAbsentOne(t *testing.T) {
	h := convened(t, 1)
	for n, caller := range everyRole {
		far := contract["organisation.invitations.read"][n]
		for _, organisation := range []int{1, 2, 77} {
			page, err := h.invitations.OfOrganisation(t.Context(), caller, organisationID(organisation), 0, first)
			switch {
			case far == "no":
				refused(t, refusalOf(caller, far), err)
			case far == "ours" && organisation != 1:
				missing(t, err)
			default:
				must(t, err)
				if sent := len(page.Items); (sent == 1) != (organisation == 1) {
					t.Errorf("%s finds %d invitations of organisation %d", caller.Role, sent, organisation)
				}
			}
		}
	}
}

func TestMeIsTheCallersAccount(t *testing.T) {
	h := open(t)
	a := csdn.Account{ID: planner.Account, Email: "planner@eplo.example", Role: csdn.PlannerRole, Version: 1}
	must(t, h.persons.PutAccount(t.Context(), csdn.Account{}, a, h.change()))
	got, err := h.identity.Me(t.Context(), planner)
	must(t, err)
	same(t, a, got)
	_, err = h.identity.Me(t.Context(), official)
	refused(t, csdn.NotFound, err)
	_, err = directory.Identity{}.Me(t.Context(), anonymous)
	refused(t, csdn.Unauthenticated, err)
}
