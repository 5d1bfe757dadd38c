package directory_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// asks lets the clock ask as on one tick.
func (h *house) asks(t *testing.T) int {
	t.Helper()
	asked, err := h.renewals.Ask(t.Context())
	must(t, err)
	return asked
}

// account stores an active account of the caller.
func (h *house) account(t *testing.T, c csdn.Caller, email string) csdn.Account {
	t.Helper()
	a := csdn.Account{ID: c.Account, Email: email, Role: c.Role, Organisation: c.Organisation, CreatedAt: noon, UpdatedAt: noon, Version: 1}
	must(t, h.persons.PutAccount(t.Context(), csdn.Account{}, a, h.change()))
	return a
}

func confirmedClaims(areas ...csdn.AreaSlug) []csdn.Expertise {
	list := make([]csdn.Expertise, len(areas))
	for n, a := range areas {
		list[n] = csdn.Expertise{Area: a, Level: "expert", ConfirmedAt: noon}
	}
	return list
}

func TestWhoIsAskedToConfirm(t *testing.T) {
	year := 365 * 24 * time.Hour
	mailbox := func(p *csdn.OrganisationProfile) { p.Email = "contact@o1.example" }
	for _, c := range []struct {
		name   string
		after  time.Duration
		edit   func(*csdn.OrganisationProfile)
		more   func(*testing.T, *house)
		asked  int
		counts csdn.Renewal // but for its time and organisation
	}{
		{"confirmed within a year", year - time.Hour, mailbox, nil, 0, csdn.Renewal{}},
		{"not for a year", year, mailbox, nil, 1, csdn.Renewal{Profile: true}},
		{"at night", year + 10*time.Hour, mailbox, nil, 0, csdn.Renewal{}},
		{"in the next morning", year + 20*time.Hour, mailbox, nil, 1, csdn.Renewal{Profile: true}},
		{"without an account or an address", year, func(*csdn.OrganisationProfile) {}, nil, 0, csdn.Renewal{}},
		{"inactive", year, func(p *csdn.OrganisationProfile) { mailbox(p); p.Status = csdn.Inactive }, nil, 0, csdn.Renewal{}},
		{"archived", year, func(p *csdn.OrganisationProfile) { mailbox(p); p.Status = csdn.Archived }, nil, 0, csdn.Renewal{}},
		{"stale claims", 600 * 24 * time.Hour, func(p *csdn.OrganisationProfile) { mailbox(p); p.Areas = confirmedClaims("ssr", "ihl") }, nil, 1, csdn.Renewal{Profile: true, Claims: 2}},
		{"claims of people alone", 600 * 24 * time.Hour, mailbox, func(t *testing.T, h *house) {
			h.person(t, 1, func(p *csdn.PersonProfile) { p.Areas = confirmedClaims("ssr", "ihl") })
			h.person(t, 2, func(p *csdn.PersonProfile) { p.Areas = confirmedClaims("ssr") }, safety(csdn.Careful))
			h.person(t, 3, func(p *csdn.PersonProfile) { p.Areas = confirmedClaims("ssr") }, safety(csdn.Hidden))
			h.person(t, 4, func(p *csdn.PersonProfile) { p.Areas = confirmedClaims("ssr") }, member(2))
			o, err := h.network.Organisation(t.Context(), organisationID(1))
			must(t, err)
			o.ConfirmedAt, o.Version = noon.Add(500*24*time.Hour), 2
			must(t, h.network.PutOrganisation(t.Context(), o, h.change()))
		}, 1, csdn.Renewal{PeopleClaims: 3}},
		{"claims that nobody ever confirmed, of an old record", 600 * 24 * time.Hour, func(p *csdn.OrganisationProfile) { mailbox(p); p.Areas = []csdn.Expertise{{Area: "ssr"}} },
			nil, 1, csdn.Renewal{Profile: true, Claims: 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			h := open(t)
			h.organisation(t, 1, c.edit)
			if c.more != nil {
				c.more(t, h)
			}
			h.clock.pass(c.after)
			if asked := h.asks(t); asked != c.asked {
				t.Fatalf("%d are asked, want %d", asked, c.asked)
			}
			found, err := h.renewalStore.Renewals(t.Context(), []csdn.OrganisationID{organisationID(1)})
			must(t, err)
			if c.asked == 0 {
				same(t, []csdn.Renewal(nil), found)
				same(t, []csdn.Delivery(nil), h.deliveries(t))
				return
			}
			c.counts.Organisation, c.counts.At = organisationID(1), h.clock.now()
			same(t, []csdn.Renewal{c.counts}, found)
			if trail := h.trailOfOrganisation(t, organisationID(1)); trail[0] != "organisation.reminded" {
				t.Errorf("the trail is %v", trail)
			}
			d := h.deliveries(t)
			if len(d) != 1 || d[0].Organisation != organisationID(1) || d[0].Message != csdn.RenewalMessage || d[0].Account+csdn.AccountID(d[0].Person) != "" {
				t.Errorf("the deliveries are %+v", d)
			}
		})
	}
}

// TestAskedOnceAYear: a tick that is repeated asks nobody, nor does another day of the year, nor two clocks at once.
func TestAskedOnceAYear(t *testing.T) {
	h := open(t)
	h.organisation(t, 1, func(p *csdn.OrganisationProfile) { p.Email = "contact@o1.example" })
	h.clock.pass(366 * 24 * time.Hour)
	same(t, 1, h.asks(t))
	h.silent(t, func() error { same(t, 0, h.asks(t)); return nil })
	h.clock.pass(364 * 24 * time.Hour)
	same(t, 0, h.asks(t))
	before, err := h.renewalStore.Renewals(t.Context(), []csdn.OrganisationID{organisationID(1)})
	must(t, err)
	h.clock.pass(2 * 24 * time.Hour)
	same(t, 1, h.asks(t))
	late := csdn.Renewal{Organisation: organisationID(1), At: h.clock.now(), Profile: true}
	h.refuses(t, csdn.Conflict, func() error { // of a clock that read what was there before
		return h.renewalStore.PutRenewal(t.Context(), before[0], late, nil, h.change())
	})
	same(t, 2, len(h.deliveries(t)))
}

// TestEveryOrganisationIsLookedAtSomeAtATime: a tick looks at fifty, the next goes on, and a round that is done rests until tomorrow.
func TestEveryOrganisationIsLookedAtSomeAtATime(t *testing.T) {
	h := open(t)
	for n := 1; n <= 120; n++ {
		h.organisation(t, n, func(p *csdn.OrganisationProfile) { p.Email = "contact@o.example" })
	}
	h.clock.pass(366 * 24 * time.Hour)
	for _, want := range []int{50, 50, 20, 0} {
		same(t, want, h.asks(t))
	}
	h.organisation(t, 121, func(p *csdn.OrganisationProfile) { p.Email = "contact@o.example" })
	same(t, 0, h.asks(t))
	h.clock.pass(24 * time.Hour)
	for _, want := range []int{0, 0, 1} {
		same(t, want, h.asks(t))
	}
}

// TestWhoGetsTheLetter: every active account of the organisation, and no other; one that lost its part meanwhile gets none.
func TestWhoGetsTheLetter(t *testing.T) {
	h := open(t)
	h.organisation(t, 1, func(p *csdn.OrganisationProfile) { p.Email = "contact@o1.example" })
	h.account(t, representative, "first@o1.example")
	second, moved := representative, representative
	second.Account, moved.Account = id[csdn.AccountID](911), id[csdn.AccountID](912)
	h.account(t, second, "second@o1.example")
	leaves := h.account(t, moved, "third@o1.example")
	h.account(t, secretariat, "office@eplo.example")
	foreign := csdn.Caller{Account: id[csdn.AccountID](913), Role: csdn.OrganisationRole, Organisation: organisationID(2)}
	h.account(t, foreign, "other@o2.example")
	h.clock.pass(366 * 24 * time.Hour)
	same(t, 1, h.asks(t))
	gone := leaves
	gone.Inactive, gone.Version = true, 2
	must(t, h.persons.PutAccount(t.Context(), leaves, gone, h.change()))

	post := &pillar{}
	n := h.notifier(post)
	for _, d := range h.deliveries(t) {
		_, err := n.Deliver(t.Context(), d.ID)
		must(t, err)
	}
	var to []string
	for _, l := range post.renewals {
		to = append(to, l.To)
		if l.Token == "" || !l.Renewal.Profile || l.Link.Hash != directory.HashToken(l.Token) {
			t.Errorf("the letter is %+v", l)
		}
	}
	slices.Sort(to)
	same(t, []string{"first@o1.example", "second@o1.example"}, to)
	for _, d := range h.deliveries(t) {
		h.silent(t, func() error { // a duplicate record of the stream
			sent, err := n.Deliver(t.Context(), d.ID)
			if sent {
				t.Error("a duplicate is sent")
			}
			return err
		})
		if d.SentAt.IsZero() {
			t.Errorf("%s is left", d.ID)
		}
	}
	for key, item := range h.stored(t) {
		if strings.Contains(key+item, "secret-token") {
			t.Errorf("a token is stored: %s %s", key, item)
		}
	}
}

// TestARenewalThatNoLongerHolds is marked, so that it is not looked at again, and never sent.
func TestARenewalThatNoLongerHolds(t *testing.T) {
	for name, act := range map[string]func(*testing.T, *house) error{
		"confirmed meanwhile": func(t *testing.T, h *house) error {
			_, err := h.organisations.Confirm(t.Context(), representative, organisationID(1), directory.AnyVersion, nil)
			return err
		},
		"archived": func(t *testing.T, h *house) error {
			return h.organisations.Archive(t.Context(), secretariat, organisationID(1), directory.AnyVersion)
		},
		"without an address": func(t *testing.T, h *house) error {
			_, err := h.organisations.Change(t.Context(), secretariat, organisationID(1), directory.AnyVersion, func(p csdn.OrganisationProfile) (csdn.OrganisationProfile, error) {
				p.Email = ""
				return p, nil
			})
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := asked(t)
			h.clock.pass(time.Minute)
			must(t, act(t, h))
			post := &pillar{}
			sent, err := h.notifier(post).Deliver(t.Context(), h.deliveries(t)[0].ID)
			must(t, err)
			if sent || post.renewals != nil || h.deliveries(t)[0].SentAt.IsZero() {
				t.Errorf("sent is %t, %+v", sent, h.deliveries(t))
			}
		})
	}
}

// asked is a house with an organisation that is asked to confirm its profile, and the claims of two people.
func asked(t *testing.T) *house {
	t.Helper()
	h := open(t)
	h.area(t, "ssr")
	h.area(t, "ihl")
	h.organisation(t, 1, func(p *csdn.OrganisationProfile) {
		p.Email, p.Areas = "contact@o1.example", confirmedClaims("ssr", "ihl")
	})
	h.organisation(t, 2)
	h.person(t, 1, func(p *csdn.PersonProfile) { p.Areas = confirmedClaims("ssr") })
	h.person(t, 2, func(p *csdn.PersonProfile) { p.Areas = confirmedClaims("ssr", "ihl") }, safety(csdn.Careful))
	h.person(t, 3, func(p *csdn.PersonProfile) { p.Areas = confirmedClaims("ssr") }, safety(csdn.Hidden))
	h.person(t, 4, func(p *csdn.PersonProfile) { p.Areas = confirmedClaims("ssr") }, member(2))
	h.clock.pass(600 * 24 * time.Hour)
	same(t, 1, h.asks(t))
	return h
}

// bears sends the letter and returns the token of its link.
func (h *house) bears(t *testing.T) string {
	t.Helper()
	post := &pillar{}
	sent, err := h.notifier(post).Deliver(t.Context(), h.deliveries(t)[0].ID)
	must(t, err)
	if !sent || len(post.renewals) != 1 {
		t.Fatalf("sent is %t, %+v", sent, post.renewals)
	}
	return post.renewals[0].Token
}

func TestALinkConfirmsOnce(t *testing.T) {
	h := asked(t)
	token := h.bears(t)
	var read directory.Confirmation
	h.silent(t, func() (err error) { read, err = h.renewalLinks.Read(t.Context(), token); return err })
	var names []string
	for _, p := range read.People {
		names = append(names, p.Name+" "+p.Email)
	}
	same(t, []string{"Person 001 p1@people.example", "Somebody "}, names)

	h.refuses(t, csdn.Stale, func() error { return h.renewalLinks.Confirm(t.Context(), token, "") })
	h.clock.pass(time.Hour)
	must(t, h.renewalLinks.Confirm(t.Context(), token, read.Seen))
	now := h.clock.now()
	o, err := h.network.Organisation(t.Context(), organisationID(1))
	must(t, err)
	same(t, []time.Time{now, now, now}, append(confirmations(o.Areas), o.ConfirmedAt))
	for n, want := range map[int][]time.Time{1: {now}, 2: {now, now}, 3: {noon}, 4: {noon}} {
		p, err := h.persons.Person(t.Context(), personID(n))
		must(t, err)
		same(t, want, confirmations(p.Areas))
	}
	page, err := h.organisations.Changes(t.Context(), secretariat, organisationID(1), first)
	must(t, err)
	if c := page.Items[0]; c.By != csdn.OrganisationLink || c.Act != "organisation.confirmed" {
		t.Errorf("the trail says %s by %s", c.Act, c.By)
	}

	h.clock.pass(time.Hour)
	h.silent(t, func() error { return h.renewalLinks.Confirm(t.Context(), token, read.Seen) })
	read, err = h.renewalLinks.Read(t.Context(), token)
	must(t, err)
	same(t, csdn.Confirmed{Claims: 2, People: 2, PeopleClaims: 3}, read.Link.Confirmed)
	if read.People != nil || read.Seen != "" || !read.Link.UsedAt.Equal(now) {
		t.Errorf("a used link shows %+v", read)
	}
}

// TestLinksOfRenewalsThatLeadNowhere are all the same NotFound, and change nothing.
func TestLinksOfRenewalsThatLeadNowhere(t *testing.T) {
	for name, act := range map[string]func(*testing.T, *house, string) string{
		"wrong":         func(_ *testing.T, _ *house, token string) string { return token + "x" },
		"empty":         func(*testing.T, *house, string) string { return "" },
		"after 60 days": func(_ *testing.T, h *house, token string) string { h.clock.pass(60 * 24 * time.Hour); return token },
		"of an archived": func(t *testing.T, h *house, token string) string {
			must(t, h.organisations.Archive(t.Context(), secretariat, organisationID(1), directory.AnyVersion))
			return token
		},
		"of an invitation": func(t *testing.T, h *house, _ string) string {
			h.phase(t, 4)
			h.meeting(t, 1, csdn.MeetingOpen, func(p *csdn.MeetingProfile) {
				p.Start, p.End = local(t, "2029-02-01T09:15"), local(t, "2029-02-01T11:30")
			})
			h.invite(t, personID(1))
			return tokenOf(personID(1), 1)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := asked(t)
			token := h.bears(t)
			read, err := h.renewalLinks.Read(t.Context(), token)
			must(t, err)
			token = act(t, h, token)
			_, err = h.renewalLinks.Read(t.Context(), token)
			refused(t, csdn.NotFound, err)
			h.refuses(t, csdn.NotFound, func() error { return h.renewalLinks.Confirm(t.Context(), token, read.Seen) })
		})
	}
	h := asked(t)
	token := h.bears(t)
	_, err := h.invitations.ReadRsvp(t.Context(), token) // nor does it answer an invitation
	refused(t, csdn.NotFound, err)
}

// TestWhatWasChangedMeanwhileIsNotConfirmed, be it the organisation or one of its people.
func TestWhatWasChangedMeanwhileIsNotConfirmed(t *testing.T) {
	for name, act := range map[string]func(*testing.T, *house) error{
		"the organisation": func(t *testing.T, h *house) error {
			_, err := h.organisations.Change(t.Context(), secretariat, organisationID(1), directory.AnyVersion, func(p csdn.OrganisationProfile) (csdn.OrganisationProfile, error) {
				p.Mission = "Another."
				return p, nil
			})
			return err
		},
		"a person": func(t *testing.T, h *house) error {
			_, err := h.people.Change(t.Context(), secretariat, personID(2), directory.AnyVersion, func(p csdn.PersonProfile) (csdn.PersonProfile, error) {
				p.Areas = p.Areas[:1]
				return p, nil
			})
			return err
		},
		"somebody who came": func(t *testing.T, h *house) error {
			h.person(t, 9, func(p *csdn.PersonProfile) { p.Areas = confirmedClaims("ssr") })
			return nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := asked(t)
			token := h.bears(t)
			read, err := h.renewalLinks.Read(t.Context(), token)
			must(t, err)
			must(t, act(t, h))
			h.refuses(t, csdn.Stale, func() error { return h.renewalLinks.Confirm(t.Context(), token, read.Seen) })
			read, err = h.renewalLinks.Read(t.Context(), token)
			must(t, err)
			must(t, h.renewalLinks.Confirm(t.Context(), token, read.Seen))
		})
	}
}

// snapping is a store that cannot confirm by links.
type snapping struct{ csdn.RenewalStore }

func (snapping) ConfirmByLink(context.Context, csdn.Organisation, csdn.Change, csdn.RenewalLink) error {
	return csdn.Errorf(csdn.Unavailable, "The store is busy.")
}

// TestAConfirmationThatIsBrokenOffCanBeDoneAgain: the link stays good until all is confirmed.
func TestAConfirmationThatIsBrokenOffCanBeDoneAgain(t *testing.T) {
	h := asked(t)
	token := h.bears(t)
	read, err := h.renewalLinks.Read(t.Context(), token)
	must(t, err)
	broken := h.renewalLinks
	broken.Store = snapping{h.renewalStore}
	refused(t, csdn.Unavailable, broken.Confirm(t.Context(), token, read.Seen))
	read, err = h.renewalLinks.Read(t.Context(), token)
	must(t, err)
	if !read.Link.UsedAt.IsZero() {
		t.Fatal("the link is used")
	}
	must(t, h.renewalLinks.Confirm(t.Context(), token, read.Seen))
}
