package directory_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// keeper is a caller of the secretariat whose account is stored, as that of every caller is in truth.
func (h *house) keeper(t *testing.T, n int) csdn.Caller {
	t.Helper()
	a := csdn.Account{
		ID: id[csdn.AccountID](n), Email: fmt.Sprintf("keeper%d@eplo.example", n), Role: csdn.SecretariatRole, CreatedAt: noon, UpdatedAt: noon, Version: 1,
	}
	must(t, h.persons.PutAccount(t.Context(), csdn.Account{}, a, h.change()))
	return a.Caller()
}

// become edits a profile.
func become(edit func(*csdn.AccountProfile)) func(csdn.AccountProfile) (csdn.AccountProfile, error) {
	return func(p csdn.AccountProfile) (csdn.AccountProfile, error) {
		edit(&p)
		return p, nil
	}
}

var (
	deactivated = become(func(p *csdn.AccountProfile) { p.Active = false })
	reactivated = become(func(p *csdn.AccountProfile) { p.Active = true })
	unbound     = become(func(p *csdn.AccountProfile) { p.Bound = false })
)

func TestAnAccountFromItsMakingToItsEnd(t *testing.T) {
	h := open(t)
	h.organisation(t, 1)
	boss := h.keeper(t, 7)
	made, err := h.accounts.Create(t.Context(), boss, csdn.AccountProfile{Email: " Rep@Organisation.example", Role: csdn.OrganisationRole, Organisation: organisationID(1)})
	must(t, err)
	same(t, csdn.Account{ID: made.ID, Email: address, Role: csdn.OrganisationRole, Organisation: organisationID(1), CreatedAt: noon, UpdatedAt: noon, Version: 1}, made)
	signIn := func(subject string, want csdn.Role) csdn.Caller {
		t.Helper()
		caller, err := h.identity.Identify(t.Context(), csdn.Claims{Subject: subject, VerifiedEmail: address})
		must(t, err)
		if caller.Role != want {
			t.Fatalf("%s is %+v, want the role %s", subject, caller, want)
		}
		return caller
	}
	change := func(edit func(csdn.AccountProfile) (csdn.AccountProfile, error)) csdn.Account {
		t.Helper()
		h.clock.pass(time.Minute)
		after, err := h.accounts.Change(t.Context(), boss, made.ID, directory.AnyVersion, edit)
		must(t, err)
		stored, err := h.accounts.Read(t.Context(), boss, made.ID)
		must(t, err)
		same(t, stored, after)
		return after
	}

	change(deactivated)
	signIn(subject, csdn.AnonymousRole) // and is not bound by that
	change(reactivated)
	rep := signIn(subject, csdn.OrganisationRole)
	_, text, err := h.tokens.Create(t.Context(), rep, csdn.Token{Name: "Website"})
	must(t, err)
	byToken := func(want csdn.Role) {
		t.Helper()
		hash, _ := csdn.HashToken(text)
		caller, _, err := h.identity.IdentifyToken(t.Context(), hash)
		must(t, err)
		if caller.Role != want {
			t.Errorf("the token is of %+v, want the role %s", caller, want)
		}
	}
	byToken(csdn.OrganisationRole)
	change(deactivated)
	signIn(subject, csdn.AnonymousRole)
	byToken(csdn.AnonymousRole)
	change(reactivated)
	signIn(subject, csdn.OrganisationRole)
	byToken(csdn.OrganisationRole)

	// The issuer has changed.
	signIn("https://new.example 1", csdn.AnonymousRole)
	change(unbound)
	signIn("https://new.example 1", csdn.OrganisationRole)
	signIn(subject, csdn.AnonymousRole)
	byToken(csdn.OrganisationRole)

	// Somebody else has taken over.
	if after := change(become(func(p *csdn.AccountProfile) { p.Email = "new@organisation.example" })); after.Subject != "" {
		t.Errorf("bound to %s", after.Subject)
	}
	signIn("https://new.example 1", csdn.AnonymousRole)
	byToken(csdn.AnonymousRole)
	change(become(func(p *csdn.AccountProfile) { p.Role, p.Organisation = csdn.OfficialRole, "" }))

	var acts []csdn.Act
	for place, item := range h.stored(t) {
		if rest, ours := strings.CutPrefix(item, "{act:"); ours && strings.HasPrefix(place, "PeopleTable ACCOUNT#"+string(made.ID)) {
			act, _, _ := strings.Cut(rest, " ")
			acts = append(acts, csdn.Act(act))
		}
	}
	slices.Sort(acts)
	same(t, []csdn.Act{
		"account.bound", "account.bound", "account.changed", "account.changed", "account.changed", "account.changed", "account.changed",
		"account.changed", "account.changed", "account.created", "token.created",
	}, acts)

	e, err := h.rights.EraseAccount(t.Context(), boss, made.ID, directory.AnyVersion)
	must(t, err)
	same(t, csdn.Traces{"accounts": 1, "changes": 11}, e.Traces)
	_, err = h.accounts.Read(t.Context(), boss, made.ID)
	missing(t, err)
	h.nothingOf(t, "organisation.example")
	h.nothingOf(t, string(made.ID), "DirectoryTable NETWORK#CSDN ERASURE#")
	_, err = h.accounts.Create(t.Context(), boss, csdn.AccountProfile{Email: "new@organisation.example", Role: csdn.PlannerRole})
	must(t, err) // the address is free
}

func TestRefusedWritesOfAccounts(t *testing.T) {
	h := open(t)
	archived := h.organisation(t, 1, func(p *csdn.OrganisationProfile) { p.Status = csdn.Archived })
	boss, colleague := h.keeper(t, 7), h.keeper(t, 8)
	for name, c := range map[string]struct {
		kind csdn.Kind
		act  func() error
	}{
		"an absent organisation": {csdn.Invalid, func() error {
			_, err := h.accounts.Create(t.Context(), boss, csdn.AccountProfile{Email: address, Role: csdn.OrganisationRole, Organisation: organisationID(77)})
			return err
		}},
		"an archived organisation": {csdn.Invalid, func() error {
			_, err := h.accounts.Create(t.Context(), boss, csdn.AccountProfile{Email: address, Role: csdn.OrganisationRole, Organisation: archived.ID})
			return err
		}},
		"an address that is taken": {csdn.Conflict, func() error {
			_, err := h.accounts.Create(t.Context(), boss, csdn.AccountProfile{Email: "KEEPER8@eplo.example", Role: csdn.PlannerRole})
			return err
		}},
		"oneself deactivated": {csdn.Conflict, func() error {
			_, err := h.accounts.Change(t.Context(), boss, boss.Account, 1, deactivated)
			return err
		}},
		"oneself demoted": {csdn.Conflict, func() error {
			_, err := h.accounts.Change(t.Context(), boss, boss.Account, 1, become(func(p *csdn.AccountProfile) { p.Role = csdn.PlannerRole }))
			return err
		}},
		"oneself readdressed": {csdn.Conflict, func() error {
			_, err := h.accounts.Change(t.Context(), boss, boss.Account, 1, become(func(p *csdn.AccountProfile) { p.Email = address }))
			return err
		}},
		"oneself deleted": {csdn.Conflict, func() error { return h.deletes(t, boss, boss.Account, 1) }},
		"another version": {csdn.Stale, func() error {
			_, err := h.accounts.Change(t.Context(), boss, colleague.Account, 2, deactivated)
			return err
		}},
		"another version deleted": {csdn.Stale, func() error { return h.deletes(t, boss, colleague.Account, 2) }},
		"a broken edit": {csdn.Malformed, func() error {
			_, err := h.accounts.Change(t.Context(), boss, colleague.Account, 1, func(p csdn.AccountProfile) (csdn.AccountProfile, error) {
				return p, csdn.Errorf(csdn.Malformed, "no")
			})
			return err
		}},
		"an absent account": {csdn.NotFound, func() error {
			_, err := h.accounts.Change(t.Context(), boss, id[csdn.AccountID](77), directory.AnyVersion, deactivated)
			return err
		}},
	} {
		t.Run(name, func(t *testing.T) { h.refuses(t, c.kind, c.act) })
	}
	h.silent(t, func() error {
		_, err := h.accounts.Change(t.Context(), boss, colleague.Account, 1, reactivated)
		return err
	})
}

// deletes has the caller delete an account.
func (h *house) deletes(t *testing.T, caller csdn.Caller, id csdn.AccountID, read csdn.Version) error {
	_, err := h.rights.EraseAccount(t.Context(), caller, id, read)
	return err
}

// TestWhoWasShutOutMakesNoAccounts: the authorizer may take a caller for one of the secretariat for a while longer.
func TestWhoWasShutOutMakesNoAccounts(t *testing.T) {
	h := open(t)
	boss, former := h.keeper(t, 7), h.keeper(t, 8)
	_, err := h.accounts.Change(t.Context(), boss, former.Account, 1, deactivated)
	must(t, err)
	h.refuses(t, csdn.Conflict, func() error {
		_, err := h.accounts.Create(t.Context(), former, csdn.AccountProfile{Email: "back@door.example", Role: csdn.SecretariatRole})
		return err
	})
	h.refuses(t, csdn.Conflict, func() error {
		_, err := h.accounts.Change(t.Context(), former, former.Account, directory.AnyVersion, reactivated)
		return err
	})
	h.refuses(t, csdn.Conflict, func() error { return h.deletes(t, former, boss.Account, directory.AnyVersion) })
	h.refuses(t, csdn.Conflict, func() error {
		_, _, err := h.tokens.Create(t.Context(), former, csdn.Token{Name: "Back door"})
		return err
	})
}

// TestTheSecretariatNeverShutsItselfOut has each of the secretariat deactivate or delete the next, all at once and round after round.
func TestTheSecretariatNeverShutsItselfOut(t *testing.T) {
	h := open(t)
	const many = 6
	callers := make([]csdn.Caller, many)
	for n := range callers {
		callers[n] = h.keeper(t, 10+n)
	}
	var all sync.WaitGroup
	for n, caller := range callers {
		all.Go(func() {
			next := callers[(n+1)%many].Account
			err := h.deletes(t, caller, next, directory.AnyVersion)
			if n%2 == 0 {
				_, err = h.accounts.Change(t.Context(), caller, next, directory.AnyVersion, deactivated)
			}
			if err != nil && !slices.ContainsFunc([]csdn.Kind{csdn.Conflict, csdn.Stale, csdn.NotFound, csdn.Unavailable}, func(k csdn.Kind) bool { return errors.Is(err, k) }) {
				t.Errorf("%v", err)
			}
		})
	}
	all.Wait()
	left, err := h.persons.Accounts(t.Context())
	must(t, err)
	if active := slices.DeleteFunc(left, func(a csdn.Account) bool { return !a.Keeps() }); len(active) == 0 || len(active) == many {
		t.Errorf("%d of %d are left", len(active), many)
	}
}

func TestAccountsAreListedByAddress(t *testing.T) {
	h := open(t)
	h.organisation(t, 1)
	boss := h.keeper(t, 7)
	for n := range 5 {
		_, err := h.accounts.Create(t.Context(), boss, csdn.AccountProfile{Email: fmt.Sprintf("m%d@sdf.example", 9-n), Role: csdn.PlannerRole})
		must(t, err)
	}
	_, err := h.accounts.Create(t.Context(), boss, csdn.AccountProfile{Email: address, Role: csdn.OrganisationRole, Organisation: organisationID(1)})
	must(t, err)
	walk := func(f directory.AccountFilter) []string {
		t.Helper()
		var addresses []string
		page := csdn.PageRequest{Limit: 2}
		for {
			found, err := h.accounts.List(t.Context(), boss, f, page)
			must(t, err)
			for _, a := range found.Items {
				addresses = append(addresses, a.Email)
			}
			if page.Cursor = found.Next; page.Cursor == "" {
				return addresses
			}
		}
	}
	planners := []string{"m5@sdf.example", "m6@sdf.example", "m7@sdf.example", "m8@sdf.example", "m9@sdf.example"}
	same(t, slices.Concat([]string{"keeper7@eplo.example"}, planners, []string{address}), walk(directory.AccountFilter{}))
	same(t, planners, walk(directory.AccountFilter{Roles: []csdn.Role{csdn.PlannerRole}}))
	same(t, []string{address}, walk(directory.AccountFilter{Organisations: []csdn.OrganisationID{organisationID(1)}}))
	same(t, []string{"m6@sdf.example"}, walk(directory.AccountFilter{Text: " M6@ "}))
	same(t, []string(nil), walk(directory.AccountFilter{Roles: []csdn.Role{csdn.OfficialRole}, Text: "m"}))
	_, err = h.accounts.List(t.Context(), boss, directory.AccountFilter{Roles: []csdn.Role{"x"}, Organisations: []csdn.OrganisationID{"y"}}, first)
	refused(t, csdn.Invalid, err)
	same(t, []string{"role", "organisation"}, locations(err))
	begun, err := h.accounts.List(t.Context(), boss, directory.AccountFilter{}, csdn.PageRequest{Limit: 2})
	must(t, err)
	_, err = h.accounts.List(t.Context(), boss, directory.AccountFilter{Text: "m"}, csdn.PageRequest{Limit: 2, Cursor: begun.Next})
	refused(t, csdn.Malformed, err)
}

func TestASessionIsOfWhoSignedIn(t *testing.T) {
	h := open(t)
	h.organisation(t, 1)
	boss := h.keeper(t, 7)
	made, err := h.accounts.Create(t.Context(), boss, csdn.AccountProfile{Email: address, Role: csdn.OfficialRole})
	must(t, err)
	sessions := directory.Sessions{Identity: h.identity, Store: h.persons, NewToken: h.clerk.NewID}
	secret, _, err := sessions.Begin(t.Context(), csdn.Claims{Subject: subject, VerifiedEmail: address})
	must(t, err)
	is := func(want csdn.Kind) {
		t.Helper()
		_, err := sessions.Caller(t.Context(), secret)
		refused(t, want, err)
	}
	is("")
	for _, edit := range []struct {
		edit func(csdn.AccountProfile) (csdn.AccountProfile, error)
		want csdn.Kind
	}{{deactivated, csdn.Unauthenticated}, {reactivated, ""}, {unbound, csdn.Unauthenticated}} {
		_, err := h.accounts.Change(t.Context(), boss, made.ID, directory.AnyVersion, edit.edit)
		must(t, err)
		is(edit.want)
	}
	_, err = h.identity.Identify(t.Context(), csdn.Claims{Subject: "https://new.example 1", VerifiedEmail: address})
	must(t, err)
	is(csdn.Unauthenticated) // as another has signed in since
}
