package directory_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// stayer is the number of a person, and of nothing else.
const stayer = 22

// sameHuman merges the canary, who is listed twice, into person 2.
var sameHuman = csdn.MergerOrder{
	Subject: csdn.People, Keep: string(personID(stayer)), Absorb: string(personID(canary)), KeepVersion: 1, AbsorbVersion: 1,
	Take: []string{"email", "position"}, Join: []string{"languages"},
}

// doubled is a house in which the canary is the stayer once more, has an account, and is invited in every way: to meeting 1, which it
// accepted, with a link and messages; as a draft to 2; and to three that are past and closed: 3, where it was and the stayer not; 4, where the stayer was
// and the canary said no; and 5, where both came.
func doubled(t *testing.T) *house {
	t.Helper()
	h := open(t)
	h.phase(t, 4)
	h.organisation(t, 1)
	h.organisation(t, 2)
	h.marked(t)
	h.person(t, stayer, member(2), func(p *csdn.PersonProfile) { p.Languages = []csdn.Language{"fr"} })
	h.person(t, 3)
	must(t, h.persons.PutAccount(t.Context(), csdn.Account{}, csdn.Account{
		ID: id[csdn.AccountID](905), Email: "quagga@people.example", Role: csdn.OfficialRole, CreatedAt: noon, UpdatedAt: noon, Version: 1,
	}, h.change()))
	h.meeting(t, 1, csdn.MeetingOpen, seats(2, 2))
	h.invite(t, personID(canary), personID(3))
	_, err := h.invitations.Respond(t.Context(), tokenOf(personID(canary), 1), csdn.Response{Answer: csdn.Accept, Note: "Brings a quagga."})
	must(t, err)
	h.meeting(t, 2, csdn.MeetingOpen)
	_, err = h.invitations.Draft(t.Context(), planner, meetingID(2), people(canary), "", "")
	must(t, err)
	h.meeting(t, 6, csdn.MeetingOpen)
	_, err = h.invitations.Draft(t.Context(), planner, meetingID(6), people(stayer), "", "")
	must(t, err)
	_, err = h.invitations.Send(t.Context(), planner, meetingID(6), people(stayer))
	must(t, err)
	for n, statuses := range map[int][2]csdn.InvitationStatus{3: {csdn.Absent, csdn.Attended}, 4: {csdn.Attended, csdn.Declined}, 5: {csdn.Accepted, csdn.Accepted}} {
		past := h.meeting(t, n, csdn.MeetingClosed, func(p *csdn.MeetingProfile) {
			p.Start, p.End = local(t, "2026-02-01T09:15"), local(t, "2026-02-01T11:30")
		})
		write := csdn.InvitationWrite{Meeting: past.ID, MeetingVersion: 1, Seating: &csdn.Seating{Version: 1}}
		for k, person := range []csdn.PersonID{personID(stayer), personID(canary)} {
			i := csdn.Invitation{
				Meeting: past.ID, Person: person, Phase: 4, Organisation: organisationID(1), Category: csdn.CivilSociety, Mode: csdn.Online,
				Status: statuses[k], Note: "quagga", Round: 1, RespondedAt: noon, CreatedAt: noon, Version: 1,
			}
			if i.Seated() {
				write.Seating.Online++
			}
			write.Invitations = append(write.Invitations, i)
			write.Changes = append(write.Changes, csdn.InvitationChange{Person: person, Change: h.change()})
		}
		must(t, h.participation.WriteInvitations(t.Context(), write))
		for _, person := range []csdn.PersonID{personID(stayer), personID(canary)} {
			token := string(past.ID) + tokenOf(person, 1)
			must(t, h.participation.PutLink(t.Context(), csdn.Link{Hash: directory.HashToken(token), Meeting: past.ID, Person: person, Round: 1}))
		}
	}
	return h
}

// whole is substance with trails, of which those that a merger adds are left out.
func (h *house) whole(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	h.items(t, func(table, pk, sk string, item map[string]types.AttributeValue) {
		act := textOf(item["act"])
		if strings.HasPrefix(sk, "MERGER#") || act == "person.merged" || act == "person.unmerged" {
			return
		}
		item = maps.Clone(item)
		delete(item, "version")
		delete(item, "updatedAt")
		all[table+" "+pk+" "+sk] = written(&types.AttributeValueMemberM{Value: item})
	})
	return all
}

// namingPerson returns the items that name a person and are neither the record of that one with its trail, nor a merger, nor an entry
// of a trail that tells of one.
func (h *house) namingPerson(t *testing.T, person csdn.PersonID) []string {
	t.Helper()
	var list []string
	h.items(t, func(table, pk, sk string, item map[string]types.AttributeValue) {
		act := textOf(item["act"])
		own := pk == "PERSON#"+string(person) || strings.HasPrefix(sk, "MERGER#") || act == "person.merged"
		text := strings.ReplaceAll(written(&types.AttributeValueMemberM{Value: item}), textOf(item["calendar"]), "") // a UID stays what it is
		if !own && strings.Contains(text, string(person)) {
			list = append(list, table+" "+pk+" "+sk)
		}
	})
	slices.Sort(list)
	return list
}

func TestAMergerOfPeopleMovesEverything(t *testing.T) {
	h := doubled(t)
	before := h.whole(t)
	pair, err := h.mergers.Compare(t.Context(), secretariat, sameHuman.Subject, sameHuman.Keep, sameHuman.Absorb)
	must(t, err)
	moved := csdn.References{csdn.AccountReference: 1, csdn.InvitationReference: 5, csdn.GuestReference: 1}
	same(t, moved, pair.References)
	m := h.merges(t, sameHuman)
	same(t, moved, m.Moved)
	var aside []string
	for _, n := range []int{3, 4, 5} {
		aside = append(aside, "ParticipationTable MEETING#"+string(meetingID(n))+" ASIDE#"+string(personID(canary)))
	}
	same(t, aside, h.namingPerson(t, personID(canary)))

	p, err := h.people.Read(t.Context(), secretariat, personID(stayer))
	must(t, err)
	if p.Email != "quagga@people.example" || p.Position != "Keeper of quagga" || p.Name != "Person 022" || p.Organisation != organisationID(2) || p.Merging != "" {
		t.Errorf("the one who stays is %+v", p)
	}
	for n, want := range map[int]csdn.InvitationStatus{1: csdn.Accepted, 2: csdn.Draft, 3: csdn.Attended, 4: csdn.Attended, 5: csdn.Accepted, 6: csdn.Invited} {
		i, err := h.participation.Invitation(t.Context(), meetingID(n), personID(stayer))
		must(t, err)
		if i.Status != want || i.Person != personID(stayer) {
			t.Errorf("the invitation to meeting %d is %+v", n, i)
		}
	}
	seating, err := h.participation.Seating(t.Context(), meetingID(5))
	must(t, err)
	same(t, 1, seating.Online)
	guests, err := h.participation.Guests(t.Context())
	must(t, err)
	at := slices.IndexFunc(guests, func(g csdn.Guest) bool { return g.Person == personID(stayer) })
	same(t, 2, guests[at].Invited)

	// The link and the calendar entry that the one who went has been sent lead to the same invitation.
	r, err := h.invitations.ReadRsvp(t.Context(), tokenOf(personID(canary), 1))
	must(t, err)
	if r.Person.ID != personID(stayer) || r.Invitation.Status != csdn.Accepted {
		t.Errorf("the link leads to %+v", r)
	}
	reply := csdn.Reply{UID: r.Invitation.Calendar, Attendee: "quagga@people.example", From: "quagga@people.example", Answer: csdn.Decline, Sequence: r.Invitation.Sequence}
	if !strings.Contains(reply.UID, string(personID(canary))) {
		t.Error("the UID is another")
	}
	must(t, h.invitations.AnswerByMail(t.Context(), reply))
	_, err = h.invitations.Respond(t.Context(), tokenOf(personID(canary), 1), csdn.Response{Answer: csdn.Accept, Note: "Brings a quagga."})
	must(t, err)

	_, err = h.people.Read(t.Context(), planner, personID(canary))
	refused(t, csdn.NotFound, err)
	same(t, []string(nil), locations(err))
	_, err = h.people.Read(t.Context(), secretariat, personID(canary))
	refused(t, csdn.NotFound, err)
	same(t, []string{"mergedInto"}, locations(err))
	h.refuses(t, csdn.Conflict, func() error {
		_, err := h.people.Create(t.Context(), secretariat, profile(9, func(p *csdn.PersonProfile) { p.Email = "p22@people.example" }))
		return err
	})

	m, err = h.mergers.Undo(t.Context(), secretariat, m.ID)
	must(t, err)
	if m.Status != csdn.MergerUndone || len(m.Left) != 0 {
		t.Errorf("the merger is %+v", m)
	}
	after := h.whole(t)
	without := func(all map[string]string) map[string]string { // what was answered meanwhile stays
		maps.DeleteFunc(all, func(k, _ string) bool {
			return strings.Contains(k, "MEETING#"+string(meetingID(1))+" ") || strings.HasPrefix(k, "OutboxTable")
		})
		return all
	}
	same(t, without(before), without(after))
	r, err = h.invitations.ReadRsvp(t.Context(), tokenOf(personID(canary), 1))
	must(t, err)
	same(t, personID(canary), r.Person.ID)
	h.stand(t, csdn.Invited, csdn.Accepted)
}

// TestAMergerOfPeopleBrokenOffGoesOn breaks a merger and its undoing off at every write there is, and has the clock go on.
func TestAMergerOfPeopleBrokenOffGoesOn(t *testing.T) {
	t.Parallel()
	h := doubled(t)
	before := h.whole(t)
	var merged map[string]string
	h.breaksOff(t, sameHuman, func() {
		_, err := h.invitations.ReadRsvp(t.Context(), tokenOf(personID(canary), 1))
		must(t, err)
	}, func(csdn.Merger) {
		now := substanceOf(h.substance(t))
		if merged == nil {
			merged = now
		}
		same(t, merged, now)
	}, func() { same(t, before, h.whole(t)) })
}

// substanceOf leaves out what names a merger, or a time since which an address is spare.
func substanceOf(all map[string]string) map[string]string {
	kept := map[string]string{}
	for k, v := range all {
		if !strings.Contains(v, "handedBy") && !strings.Contains(v, "parts") && !strings.Contains(v, "spare") && !strings.Contains(k, "ASIDE#") {
			kept[k] = v
			continue
		}
		kept[k] = ""
	}
	return kept
}

func TestTwoWhoAreBothExpectedAreNotMerged(t *testing.T) {
	h := doubled(t)
	_, err := h.invitations.Draft(t.Context(), planner, meetingID(2), people(stayer), "", "")
	must(t, err)
	h.refuses(t, csdn.Conflict, func() error { _, err := h.mergers.Start(t.Context(), secretariat, sameHuman); return err })
	_, err = h.mergers.Start(t.Context(), secretariat, sameHuman)
	if !strings.Contains(err.Error(), "Meeting 002") || !strings.Contains(err.Error(), "revoke") {
		t.Errorf("it says %v", err)
	}
	_, err = h.mergers.Compare(t.Context(), secretariat, sameHuman.Subject, sameHuman.Keep, sameHuman.Absorb)
	refused(t, csdn.Conflict, err)
	_, err = h.invitations.Revoke(t.Context(), planner, meetingID(2), personID(stayer), "twice")
	must(t, err)
	h.merges(t, sameHuman)
}

// TestNobodyIsLessSafeByAMerger: neither side's protection is loosened, whichever stays.
func TestNobodyIsLessSafeByAMerger(t *testing.T) {
	own, other := csdn.Consent{Basis: csdn.OwnConsent, GivenAt: noon, Source: "form"}, csdn.Consent{Basis: "public-task", GivenAt: noon}
	for name, c := range map[string]struct {
		keep, absorb csdn.Safety
		consents     [2]csdn.Consent
		take         []string
		want         csdn.Safety
		consent      csdn.Consent
	}{
		"a hidden one goes":                     {csdn.Open, csdn.Hidden, [2]csdn.Consent{own, own}, nil, csdn.Hidden, own},
		"a hidden one stays":                    {csdn.Hidden, csdn.Open, [2]csdn.Consent{own, own}, []string{"name"}, csdn.Hidden, own},
		"a careful one goes":                    {csdn.Open, csdn.Careful, [2]csdn.Consent{other, own}, nil, csdn.Careful, own},
		"consent is not taken away by a choice": {csdn.Open, csdn.Open, [2]csdn.Consent{own, other}, []string{"consent"}, csdn.Open, own},
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			h.phase(t, 4)
			h.organisation(t, 1)
			h.person(t, 1, safety(c.keep), func(p *csdn.PersonProfile) { p.Consent, p.Alias = c.consents[0], "Person 002" })
			h.person(t, 2, safety(c.absorb), func(p *csdn.PersonProfile) { p.Consent = c.consents[1] })
			m := h.merges(t, csdn.MergerOrder{
				Subject: csdn.People, Keep: string(personID(1)), Absorb: string(personID(2)), KeepVersion: 1, AbsorbVersion: 1, Take: c.take,
			})
			p, err := h.persons.Person(t.Context(), personID(1))
			must(t, err)
			if p.Safety != c.want || p.Safety != csdn.Open && p.Alias != csdn.DefaultAlias {
				t.Errorf("the one who stays is %s, as %q", p.Safety, p.Alias)
			}
			same(t, c.consent, p.Consent)
			found, err := h.people.Search(t.Context(), planner, directory.Filter{Text: "Person"}, first)
			must(t, err)
			if len(found.Items) > 0 && p.Safety != csdn.Open {
				t.Errorf("a search finds %+v", found.Items)
			}
			_, err = h.mergers.Undo(t.Context(), secretariat, m.ID)
			must(t, err)
			for n, want := range map[int]csdn.Safety{1: c.keep, 2: c.absorb} {
				p, err := h.persons.Person(t.Context(), personID(n))
				must(t, err)
				same(t, want, p.Safety)
			}
		})
	}
	h := open(t)
	h.organisation(t, 1)
	h.person(t, 1)
	h.person(t, 2)
	for _, field := range []string{"safety", "consent.basis", "colour"} {
		o := csdn.MergerOrder{Subject: csdn.People, Keep: string(personID(1)), Absorb: string(personID(2)), KeepVersion: 1, AbsorbVersion: 1, Take: []string{field}}
		h.refuses(t, csdn.Invalid, func() error { _, err := h.mergers.Start(t.Context(), secretariat, o); return err })
	}
}

func TestAPersonWhoIsMergedStaysAsItIs(t *testing.T) {
	h := doubled(t)
	m, err := h.mergers.Start(t.Context(), secretariat, sameHuman)
	must(t, err)
	edit := func(p csdn.PersonProfile) (csdn.PersonProfile, error) { p.Position = "Another"; return p, nil }
	for _, n := range []int{stayer, canary} {
		h.refuses(t, csdn.Conflict, func() error {
			_, err := h.people.Change(t.Context(), secretariat, personID(n), directory.AnyVersion, edit)
			return err
		})
		h.refuses(t, csdn.Conflict, func() error {
			_, err := h.people.Confirm(t.Context(), secretariat, personID(n), directory.AnyVersion, nil)
			return err
		})
		h.refuses(t, csdn.Conflict, func() error {
			_, err := h.rights.Erase(t.Context(), secretariat, personID(n), directory.AnyVersion)
			return err
		})
		h.refuses(t, csdn.Conflict, func() error {
			o := csdn.MergerOrder{Subject: csdn.People, Keep: string(personID(3)), Absorb: string(personID(n)), KeepVersion: 1, AbsorbVersion: 2}
			_, err := h.mergers.Start(t.Context(), secretariat, o)
			return err
		})
	}
	for n, kind := range map[int]csdn.Kind{stayer: csdn.Conflict, canary: csdn.Invalid} {
		h.refuses(t, kind, func() error {
			_, err := h.invitations.Draft(t.Context(), planner, meetingID(2), people(n), "", "")
			return err
		})
	}
	h.ends(t, m)
	_, err = h.people.Change(t.Context(), secretariat, personID(stayer), directory.AnyVersion, edit)
	must(t, err)
	m, err = h.mergers.Undo(t.Context(), secretariat, m.ID)
	must(t, err)
	same(t, []string{"position"}, m.Left)
}

// TestMergersOfPeopleOneAfterTheOther are undone from the last to the first.
func TestMergersOfPeopleOneAfterTheOther(t *testing.T) {
	h := doubled(t)
	h.person(t, 4)
	before := h.whole(t)
	firstly := h.merges(t, sameHuman)
	between := h.whole(t)
	secondly := h.merges(t, csdn.MergerOrder{
		Subject: csdn.People, Keep: string(personID(4)), Absorb: string(personID(stayer)), KeepVersion: 1, AbsorbVersion: 2, Take: []string{"name"},
	})
	r, err := h.invitations.ReadRsvp(t.Context(), tokenOf(personID(canary), 1))
	must(t, err)
	same(t, personID(4), r.Person.ID)
	h.refuses(t, csdn.Conflict, func() error { _, err := h.mergers.Undo(t.Context(), secretariat, firstly.ID); return err })
	_, err = h.mergers.Undo(t.Context(), secretariat, secondly.ID)
	must(t, err)
	same(t, between, h.whole(t))
	_, err = h.mergers.Undo(t.Context(), secretariat, firstly.ID)
	must(t, err)
	same(t, before, h.whole(t))
}

// TestWhatUndoesAMergerGoesAfterThirtyDays: the records as they were, what made way, and the address that nobody uses, which is free then.
func TestWhatUndoesAMergerGoesAfterThirtyDays(t *testing.T) {
	h := doubled(t)
	m := h.merges(t, sameHuman)
	spare := profile(9, func(p *csdn.PersonProfile) { p.Email = "p22@people.example" })
	h.clock.pass(30*24*time.Hour - 3*time.Minute)
	h.silent(t, func() error { _, err := h.mergers.CarryOn(t.Context()); return err })
	h.refuses(t, csdn.Conflict, func() error { _, err := h.people.Create(t.Context(), secretariat, spare); return err })
	h.clock.pass(3 * time.Minute)
	_, err := h.mergers.CarryOn(t.Context())
	must(t, err)
	same(t, []string(nil), h.namingPerson(t, personID(canary)))
	h.items(t, func(table, pk, sk string, _ map[string]types.AttributeValue) {
		if strings.HasPrefix(sk, "MERGER#") && table != "DirectoryTable" || strings.HasPrefix(sk, "ASIDE#") {
			t.Errorf("%s %s %s is left", table, pk, sk)
		}
	})
	_, err = h.people.Create(t.Context(), secretariat, spare)
	must(t, err)
	h.silent(t, func() error { _, err := h.mergers.CarryOn(t.Context()); return err })
	h.refuses(t, csdn.Conflict, func() error { _, err := h.mergers.Undo(t.Context(), secretariat, m.ID); return err })
}

// TestErasureOfWhoWasMergedLeavesNothing erases the one who stays, by its own id and by that of the record that went.
func TestErasureOfWhoWasMergedLeavesNothing(t *testing.T) {
	for name, named := range map[string]csdn.PersonID{"the one who stays": personID(stayer), "the one who went": personID(canary)} {
		t.Run(name, func(t *testing.T) {
			h := doubled(t)
			m := h.merges(t, sameHuman)
			same(t, 3, len(h.namingPerson(t, personID(canary))))
			dossier, err := h.rights.ExportPerson(t.Context(), secretariat, named)
			must(t, err)
			if len(dossier.Mergers) != 1 || dossier.Mergers[0].Absorb.Name != "Quagga One" || len(dossier.Mergers[0].Aside) != 3 || len(dossier.Invitations) != 6 {
				t.Errorf("the dossier has %+v, and %d invitations", dossier.Mergers, len(dossier.Invitations))
			}
			if last := dossier.Trail[len(dossier.Trail)-1]; len(dossier.Trail) != 4 || last.Act != "person.merged" {
				t.Errorf("its trail is %+v", dossier.Trail)
			}
			h.refuses(t, csdn.Stale, func() error { _, err := h.rights.Erase(t.Context(), secretariat, named, 1); return err })
			e, err := h.rights.Erase(t.Context(), secretariat, named, 2)
			must(t, err)
			same(t, personID(stayer), e.Person)
			same(t, []csdn.PersonID{personID(canary)}, e.Absorbed)
			h.nothingOf(t, "quagga", "PeopleTable NETWORK#accounts", "PeopleTable ACCOUNT")
			for _, id := range []csdn.PersonID{personID(stayer), personID(canary)} {
				h.nothingOf(t, string(id), "DirectoryTable NETWORK#CSDN ERASURE#", "DirectoryTable NETWORK#CSDN MERGER#", "PeopleTable PERSON#")
			}
			h.refuses(t, csdn.Conflict, func() error { _, err := h.mergers.Undo(t.Context(), secretariat, m.ID); return err })
			h.person(t, 8, func(p *csdn.PersonProfile) { p.Email = "quagga@people.example" })
			h.person(t, 9, func(p *csdn.PersonProfile) { p.Email = "p22@people.example" }) // both addresses are free
		})
	}
}

// TestARequestForErasureReachesWhoStays: of an account whose address the record that went had, asked for before the merger and after it.
func TestARequestForErasureReachesWhoStays(t *testing.T) {
	own := csdn.Caller{Account: id[csdn.AccountID](905), Role: csdn.OfficialRole}
	for name, before := range map[string]bool{"before": true, "after": false} {
		t.Run(name, func(t *testing.T) {
			h := doubled(t)
			orderly := sameHuman
			orderly.Take = nil
			if before {
				_, err := h.rights.Request(t.Context(), own)
				must(t, err)
			}
			h.merges(t, orderly)
			asked, err := h.rights.Request(t.Context(), own)
			must(t, err)
			e, err := h.rights.Grant(t.Context(), secretariat, asked.ID)
			must(t, err)
			if e.Person != personID(stayer) || e.Status != csdn.ErasureDone {
				t.Errorf("the certificate is %+v", e)
			}
			h.nothingOf(t, "quagga")
			h.nothingOf(t, string(personID(canary)), "DirectoryTable NETWORK#CSDN ERASURE#", "DirectoryTable NETWORK#CSDN MERGER#", "PeopleTable PERSON#")
		})
	}
}

// TestAnErasureIsRepeatedOfBothRecords, as after a table of people was restored from before the merger.
func TestAnErasureIsRepeatedOfBothRecords(t *testing.T) {
	h := doubled(t)
	h.merges(t, sameHuman)
	e, err := h.rights.Erase(t.Context(), secretariat, personID(stayer), directory.AnyVersion)
	must(t, err)
	restored := doubled(t)
	_, err = restored.rights.Repeat(t.Context(), secretariat, e)
	must(t, err)
	restored.nothingOf(t, "quagga", "PeopleTable NETWORK#accounts", "PeopleTable ACCOUNT")
	for _, id := range []csdn.PersonID{personID(stayer), personID(canary)} {
		restored.nothingOf(t, string(id), "DirectoryTable NETWORK#CSDN ERASURE#", "PeopleTable PERSON#")
	}
}

// TestMailGoesWhereARecordWent: a message that waits when its person is merged goes to the one who stays, also before the invitation is moved.
func TestMailGoesWhereARecordWent(t *testing.T) {
	for name, moved := range map[string]bool{"before it is moved": false, "after": true} {
		t.Run(name, func(t *testing.T) {
			h := doubled(t)
			post := &pillar{}
			n := h.notifier(post)
			m, err := h.mergers.Start(t.Context(), secretariat, sameHuman)
			must(t, err)
			if moved {
				h.ends(t, m)
			}
			for _, d := range h.deliveries(t) {
				if d.Message == csdn.ConfirmationMessage {
					_, err := n.Deliver(t.Context(), d.ID)
					must(t, err)
				}
			}
			if len(post.letters) != 1 || post.letters[0].Person.ID != personID(stayer) {
				t.Fatalf("the letters are %+v", post.letters)
			}
			h.ends(t, m)
			r, err := h.invitations.ReadRsvp(t.Context(), post.letters[0].Token)
			must(t, err)
			same(t, personID(stayer), r.Person.ID)
		})
	}
}

// TestAnImportKnowsWhoWasMerged: a row that names a record that went is of the one who stays, and what that record said changes nothing.
func TestAnImportKnowsWhoWasMerged(t *testing.T) {
	h := doubled(t)
	orderly := sameHuman
	orderly.Take = nil
	h.merges(t, orderly)
	before, err := h.persons.Person(t.Context(), personID(stayer))
	must(t, err)
	header := "id;name;email;organisation;position;consentBasis;consentGivenAt;consentSource"
	row := ";Quagga One;quagga@people.example;" + string(organisationID(1)) + ";Keeper of quagga;consent;2027-01-10T12:00:00Z;quagga form"
	for name, id := range map[string]string{"by its address": "", "by its id": string(personID(canary))} {
		t.Run(name, func(t *testing.T) {
			i, findings := h.imported(t, csdn.People, header, id+row)
			same(t, []string(nil), said(findings))
			same(t, tally{Unchanged: 1}, tallyOf(i))
		})
	}
	i, findings := h.imported(t, csdn.People, header, strings.Replace(row, "Keeper of quagga", "Chair", 1))
	same(t, []string(nil), said(findings))
	same(t, tally{Updated: 1}, tallyOf(i))
	after, err := h.persons.Person(t.Context(), personID(stayer))
	must(t, err)
	before.Position = "Chair"
	same(t, before.PersonProfile, after.PersonProfile)
	_, findings = h.imported(t, csdn.People, header, strings.Replace(row, "quagga@", "zebra@", 1))
	same(t, []string{"2 like " + string(personID(stayer)) + ": name"}, said(findings))
}

// TestASummaryNamesNobodyAsAMergedRecordDid: who was at a meeting is protected under every name.
func TestASummaryNamesNobodyAsAMergedRecordDid(t *testing.T) {
	h := doubled(t)
	h.merges(t, sameHuman)
	p, err := h.people.Read(t.Context(), secretariat, personID(stayer))
	must(t, err)
	same(t, []string{"Quagga One"}, p.OtherNames)
	p, err = h.people.Read(t.Context(), planner, personID(stayer))
	must(t, err)
	same(t, []string(nil), p.OtherNames)
	s, err := h.summaries.Write(t.Context(), planner, meetingID(4), 0, csdn.SummaryProfile{Text: "Quagga One spoke first."})
	must(t, err)
	h.refuses(t, csdn.Conflict, func() error {
		_, err := h.summaries.Publish(t.Context(), planner, meetingID(4), s.Version, csdn.Override{})
		return err
	})
}
