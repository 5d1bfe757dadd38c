package directory_test

import (
	"context"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

const (
	subject = "https://issuer.example 1"
	address = "rep@organisation.example"
)

// enrolled stores the account of the representative, which is bound to no subject unless one is given.
func enrolled(t *testing.T, subject string) *house {
	t.Helper()
	h := open(t)
	a := csdn.Account{
		ID: representative.Account, Email: address, Role: csdn.OrganisationRole, Organisation: organisationID(1), Subject: subject,
		CreatedAt: noon, UpdatedAt: noon, Version: 1,
	}
	must(t, h.persons.PutAccount(t.Context(), csdn.Account{}, a, h.change()))
	return h
}

func TestTheFirstSignInBinds(t *testing.T) {
	h := enrolled(t, "")
	h.clock.pass(time.Hour)
	caller, err := h.identity.Identify(t.Context(), csdn.Claims{Subject: subject, VerifiedEmail: address})
	must(t, err)
	same(t, representative, caller)
	bound, err := h.persons.AccountBySubject(t.Context(), subject)
	must(t, err)
	same(t, csdn.Account{
		ID: representative.Account, Email: address, Role: csdn.OrganisationRole, Organisation: organisationID(1), Subject: subject,
		CreatedAt: noon, UpdatedAt: h.clock.now(), Version: 2,
	}, bound)
	for name, claims := range map[string]csdn.Claims{
		"again":                       {Subject: subject, VerifiedEmail: address},
		"without an address":          {Subject: subject},
		"with an address of somebody": {Subject: subject, VerifiedEmail: "planner@eplo.example"},
	} {
		t.Run(name, func(t *testing.T) {
			h.silent(t, func() error {
				caller, err := h.identity.Identify(t.Context(), claims)
				same(t, representative, caller)
				return err
			})
		})
	}
}

func TestWhoIsNotKnownIsAnonymous(t *testing.T) {
	for name, c := range map[string]struct {
		bound  string
		claims csdn.Claims
	}{
		"an unknown subject and address":            {"", csdn.Claims{Subject: subject, VerifiedEmail: "other@organisation.example"}},
		"an address that is not verified":           {"", csdn.Claims{Subject: subject}},
		"no claims at all":                          {"", csdn.Claims{}},
		"another subject with the address of bound": {"https://issuer.example 2", csdn.Claims{Subject: subject, VerifiedEmail: address}},
		"the same subject of another issuer":        {"https://issuer.example 1", csdn.Claims{Subject: "https://other.example 1", VerifiedEmail: address}},
	} {
		t.Run(name, func(t *testing.T) {
			h := enrolled(t, c.bound)
			h.silent(t, func() error {
				caller, err := h.identity.Identify(t.Context(), c.claims)
				same(t, anonymous, caller)
				return err
			})
		})
	}
}

// unreachable is a store of accounts that is out of reach.
type unreachable struct{ csdn.AccountStore }

func (unreachable) AccountBySubject(context.Context, string) (csdn.Account, error) {
	return csdn.Account{}, csdn.Errorf(csdn.Unavailable, "busy")
}

func TestWhoCannotBeKnownJustNow(t *testing.T) {
	caller, err := directory.Identity{Accounts: unreachable{}}.Identify(t.Context(), csdn.Claims{Subject: subject, VerifiedEmail: address})
	refused(t, csdn.Unavailable, err)
	same(t, anonymous, caller)
}

// racing is a store in which another subject is bound between the reading and the writing of an account.
type racing struct {
	csdn.AccountStore
	first func()
}

func (r *racing) PutAccount(ctx context.Context, before, a csdn.Account, change csdn.Change) error {
	if r.first != nil {
		r.first()
	}
	return r.AccountStore.PutAccount(ctx, before, a, change)
}

func TestTwoSubjectsAtOnceBindOne(t *testing.T) {
	h := enrolled(t, "")
	store := &racing{AccountStore: h.persons}
	store.first = func() {
		store.first = nil
		caller, err := h.identity.Identify(t.Context(), csdn.Claims{Subject: "https://issuer.example 2", VerifiedEmail: address})
		must(t, err)
		same(t, representative, caller)
	}
	identity := directory.Identity{Clerk: h.clerk, Accounts: store}
	caller, err := identity.Identify(t.Context(), csdn.Claims{Subject: subject, VerifiedEmail: address})
	must(t, err)
	same(t, anonymous, caller)
	caller, err = identity.Identify(t.Context(), csdn.Claims{Subject: subject, VerifiedEmail: address})
	must(t, err)
	same(t, anonymous, caller)
}

// TestTwoFirstSignInsAtOnce of one subject, as of a browser that asks for two things, are both the account's.
func TestTwoFirstSignInsAtOnce(t *testing.T) {
	h := enrolled(t, "")
	claims := csdn.Claims{Subject: subject, VerifiedEmail: address}
	store := &racing{AccountStore: h.persons}
	store.first = func() {
		store.first = nil
		caller, err := h.identity.Identify(t.Context(), claims)
		must(t, err)
		same(t, representative, caller)
	}
	caller, err := directory.Identity{Clerk: h.clerk, Accounts: store}.Identify(t.Context(), claims)
	must(t, err)
	same(t, representative, caller)
}
