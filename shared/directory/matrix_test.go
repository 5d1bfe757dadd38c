package directory_test

import (
	"context"
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

// tries does each act on subjects, in a way that fails, or changes nothing, for a reason that comes after the question who
// may do it: a version that is not present, an empty body, a state that forbids it.
func tries(t *testing.T, h *house) map[csdn.Act]func(context.Context, csdn.Caller, subjects) error {
	const notPresent csdn.Version = 99
	return map[csdn.Act]func(context.Context, csdn.Caller, subjects) error{
		"organisation.read": func(ctx context.Context, c csdn.Caller, s subjects) error {
			_, err := h.organisations.Read(ctx, c, organisationID(s.organisation))
			return err
		},
		"organisation.created": func(ctx context.Context, c csdn.Caller, _ subjects) error {
			_, err := h.organisations.Create(ctx, c, csdn.OrganisationProfile{})
			return err
		},
		"organisation.changed": func(ctx context.Context, c csdn.Caller, s subjects) error {
			_, err := h.organisations.Change(ctx, c, organisationID(s.organisation), notPresent, nil)
			return err
		},
		"organisation.confirmed": func(ctx context.Context, c csdn.Caller, s subjects) error {
			_, err := h.organisations.Confirm(ctx, c, organisationID(s.organisation), notPresent, nil)
			return err
		},
		"organisation.archived": func(ctx context.Context, c csdn.Caller, s subjects) error {
			return h.organisations.Archive(ctx, c, organisationID(s.organisation), notPresent)
		},
		"organisation.trail.read": func(ctx context.Context, c csdn.Caller, s subjects) error {
			_, err := h.organisations.Changes(ctx, c, organisationID(s.organisation), first)
			return err
		},
		"person.read": func(ctx context.Context, c csdn.Caller, s subjects) error {
			_, err := h.people.Read(ctx, c, personID(s.person))
			return err
		},
		"person.created": func(ctx context.Context, c csdn.Caller, _ subjects) error {
			_, err := h.people.Create(ctx, c, csdn.PersonProfile{})
			return err
		},
		"person.changed": func(ctx context.Context, c csdn.Caller, s subjects) error {
			_, err := h.people.Change(ctx, c, personID(s.person), notPresent, nil)
			return err
		},
		"organisation.imported": func(ctx context.Context, c csdn.Caller, _ subjects) error {
			_, _, err := h.imports.Start(ctx, c, csdn.Organisations, "text/csv", []byte("no,names"), false)
			return err
		},
		"person.imported": func(ctx context.Context, c csdn.Caller, _ subjects) error {
			_, _, err := h.imports.Start(ctx, c, csdn.People, "text/csv", []byte("no,names"), false)
			return err
		},
		"import.read": func(ctx context.Context, c csdn.Caller, _ subjects) error {
			_, _, err := h.imports.Progress(ctx, c, id[csdn.ImportID](77), "")
			if c.Role == csdn.SecretariatRole {
				missing(t, err) // there never was one
				return nil
			}
			return err
		},
		"person.confirmed": func(ctx context.Context, c csdn.Caller, s subjects) error {
			_, err := h.people.Confirm(ctx, c, personID(s.person), notPresent, nil)
			return err
		},
		"meeting.read": func(ctx context.Context, c csdn.Caller, s subjects) error {
			_, err := h.meetings.Read(ctx, c, meetingID(s.meeting))
			return err
		},
		"meeting.created": func(ctx context.Context, c csdn.Caller, _ subjects) error {
			_, err := h.meetings.Create(ctx, c, csdn.MeetingProfile{})
			return err
		},
		"meeting.changed": func(ctx context.Context, c csdn.Caller, s subjects) error {
			_, err := h.meetings.Change(ctx, c, meetingID(s.meeting), notPresent, nil)
			return err
		},
		"meeting.deleted": func(ctx context.Context, c csdn.Caller, s subjects) error {
			return h.meetings.Delete(ctx, c, meetingID(s.meeting), notPresent)
		},
		"meeting.opened": func(ctx context.Context, c csdn.Caller, s subjects) error {
			_, err := h.meetings.Open(ctx, c, meetingID(s.meeting), notPresent)
			return err
		},
		"meeting.held": func(ctx context.Context, c csdn.Caller, s subjects) error {
			_, err := h.meetings.Hold(ctx, c, meetingID(s.meeting), notPresent)
			return err
		},
		"trail.read": func(ctx context.Context, c csdn.Caller, _ subjects) error {
			_, err := h.trails.Latest(ctx, c, first)
			return err
		},
		"meeting.closed": func(ctx context.Context, c csdn.Caller, s subjects) error {
			_, err := h.closings.Close(ctx, c, meetingID(s.meeting), notPresent)
			return err
		},
		"report.read": func(ctx context.Context, c csdn.Caller, _ subjects) error {
			_, err := h.reports.Read(ctx, c, 4)
			return err
		},
		"meeting.cancelled": func(ctx context.Context, c csdn.Caller, s subjects) error {
			_, err := h.invitations.Cancel(ctx, c, meetingID(s.meeting), notPresent, "")
			return err
		},
		"meeting.rescheduled": func(ctx context.Context, c csdn.Caller, s subjects) error {
			_, err := h.invitations.Reschedule(ctx, c, meetingID(s.meeting), notPresent, nil)
			return err
		},
		"shortlist.made": func(ctx context.Context, c csdn.Caller, s subjects) error {
			_, err := h.shortlists.Make(ctx, c, meetingID(s.meeting), csdn.Wish{}, "en")
			return err
		},
		"concept-note.read": func(ctx context.Context, c csdn.Caller, s subjects) error {
			_, _, err := h.meetings.ConceptNote(ctx, c, meetingID(s.meeting))
			return err
		},
		"composition.read": func(ctx context.Context, c csdn.Caller, s subjects) error {
			_, _, err := h.invitations.Composition(ctx, c, meetingID(s.meeting))
			return err
		},
		"invitation.read": func(ctx context.Context, c csdn.Caller, s subjects) error {
			if _, err := h.invitations.List(ctx, c, meetingID(s.meeting), first); err != nil {
				return err
			}
			_, err := h.invitations.Read(ctx, c, meetingID(s.meeting), personID(1))
			return err
		},
		"invitation.drafted": func(ctx context.Context, c csdn.Caller, s subjects) error {
			_, err := h.invitations.Draft(ctx, c, meetingID(s.meeting), nil, "", "")
			return err
		},
		"invitation.sent": func(ctx context.Context, c csdn.Caller, s subjects) error {
			_, err := h.invitations.Send(ctx, c, meetingID(s.meeting), []csdn.PersonID{personID(1)})
			return err
		},
		"invitation.reminded": func(ctx context.Context, c csdn.Caller, s subjects) error {
			_, err := h.invitations.Remind(ctx, c, meetingID(s.meeting), []csdn.PersonID{personID(1)})
			return err
		},
		"invitation.revoked": func(ctx context.Context, c csdn.Caller, s subjects) error {
			_, err := h.invitations.Revoke(ctx, c, meetingID(s.meeting), personID(1), "")
			return err
		},
		"invitation.attendance": func(ctx context.Context, c csdn.Caller, s subjects) error {
			_, err := h.invitations.Attendance(ctx, c, meetingID(s.meeting), personID(1), true)
			return err
		},
		"area.read": func(ctx context.Context, c csdn.Caller, _ subjects) error {
			_, err := h.areas.List(ctx, c, first)
			return err
		},
		"area.written": func(ctx context.Context, c csdn.Caller, _ subjects) error {
			_, err := h.areas.Write(ctx, c, "!", 0, csdn.AreaProfile{})
			return err
		},
		"area.deleted": func(ctx context.Context, c csdn.Caller, _ subjects) error {
			return h.claims.Delete(ctx, c, "mediation", notPresent)
		},
		"area.merged": func(ctx context.Context, c csdn.Caller, _ subjects) error {
			_, _, err := h.claims.Merge(ctx, c, "mediation", "magic")
			return err
		},
		"area.merge.read": func(ctx context.Context, c csdn.Caller, _ subjects) error {
			_, _, err := h.claims.MergeOf(ctx, c, "mediation")
			if c.Role == csdn.SecretariatRole {
				missing(t, err) // it never was merged
				return nil
			}
			return err
		},
		"organisation.export.read": func(ctx context.Context, c csdn.Caller, _ subjects) error {
			_, err := h.organisations.Extract(ctx, c, directory.Filter{})
			return err
		},
		"person.export.read": func(ctx context.Context, c csdn.Caller, _ subjects) error {
			_, err := h.people.Extract(ctx, c, directory.Filter{})
			return err
		},
		"me.exported": func(ctx context.Context, c csdn.Caller, _ subjects) error {
			_, err := h.rights.Export(ctx, c)
			return err
		},
		"person.exported": func(ctx context.Context, c csdn.Caller, s subjects) error {
			_, err := h.rights.ExportPerson(ctx, c, personID(s.person))
			return err
		},
		"person.erased": func(ctx context.Context, c csdn.Caller, s subjects) error {
			_, err := h.rights.Erase(ctx, c, personID(s.person), notPresent)
			return err
		},
		"erasure.read": func(ctx context.Context, c csdn.Caller, _ subjects) error {
			_, err := h.rights.List(ctx, c, first)
			return err
		},
		"retention.read": func(ctx context.Context, c csdn.Caller, _ subjects) error {
			_, err := h.retention.Preview(ctx, c, "never")
			return err
		},
		"phase.read": func(ctx context.Context, c csdn.Caller, _ subjects) error {
			_, err := h.phases.List(ctx, c, first)
			return err
		},
		"phase.created": func(ctx context.Context, c csdn.Caller, _ subjects) error {
			_, err := h.phases.Create(ctx, c, 0, csdn.PhaseProfile{})
			return err
		},
		"phase.changed": func(ctx context.Context, c csdn.Caller, _ subjects) error {
			_, err := h.phases.Change(ctx, c, 4, notPresent, nil)
			return err
		},
		"account.read": func(ctx context.Context, c csdn.Caller, s subjects) error {
			if _, err := h.accounts.List(ctx, c, directory.AccountFilter{}, first); err != nil {
				return err
			}
			_, err := h.accounts.Read(ctx, c, s.account())
			return err
		},
		"account.created": func(ctx context.Context, c csdn.Caller, _ subjects) error {
			_, err := h.accounts.Create(ctx, c, csdn.AccountProfile{})
			return err
		},
		"account.changed": func(ctx context.Context, c csdn.Caller, s subjects) error {
			_, err := h.accounts.Change(ctx, c, s.account(), notPresent, nil)
			return err
		},
		"account.deleted": func(ctx context.Context, c csdn.Caller, s subjects) error {
			_, err := h.rights.EraseAccount(ctx, c, s.account(), notPresent)
			return err
		},
		"token.read": func(ctx context.Context, c csdn.Caller, _ subjects) error {
			_, err := h.tokens.List(ctx, c, first)
			return err
		},
		"token.created": func(ctx context.Context, c csdn.Caller, _ subjects) error {
			_, _, err := h.tokens.Create(ctx, c, csdn.Token{})
			return err
		},
		"me.read": func(ctx context.Context, c csdn.Caller, _ subjects) error {
			_, err := h.identity.Me(ctx, c)
			return err
		},
	}
}

// without are the acts that have no one subject, for which foreign and absent mean nothing.
var without = map[csdn.Act]bool{
	"organisation.created": true, "person.created": true, "meeting.created": true, "area.read": true, "area.written": true,
	"organisation.export.read": true, "person.export.read": true,
	"me.exported": true, "erasure.read": true, "retention.read": true, "organisation.imported": true, "person.imported": true, "import.read": true,
	"area.deleted": true, "area.merged": true, "area.merge.read": true, "phase.read": true, "phase.created": true, "phase.changed": true, "report.read": true, "trail.read": true, "me.read": true,
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
	}
	for _, c := range everyRole[:4] {
		a := csdn.Account{ID: c.Account, Role: c.Role, Version: 1}
		must(t, h.persons.PutAccount(t.Context(), csdn.Account{}, a, h.change()))
	}
	acts := tries(t, h)
	before := h.stored(t)
	for act, roles := range contract {
		try, tried := acts[act]
		if !tried && !elsewhere[act] {
			t.Errorf("nothing tries %s", act)
		}
		for n, caller := range everyRole {
			for _, s := range []subjects{ownSubjects, foreignSubjects, absentSubjects} {
				if !tried || without[act] && s != ownSubjects {
					continue
				}
				t.Run(fmt.Sprintf("%s %s %s", act, caller.Role, s.name), func(t *testing.T) {
					err := try(t.Context(), caller, s)
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
