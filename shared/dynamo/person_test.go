package dynamo_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
)

func person(n int) csdn.Person {
	return csdn.Person{
		ID: id[csdn.PersonID](n),
		PersonProfile: csdn.PersonProfile{
			Name: "Aminata Diallo", Email: fmt.Sprintf("aminata%d@pwn.example", n), Organisation: id[csdn.OrganisationID](1),
			Position: "Director", Country: "ML", Countries: []csdn.Country{"NE"}, Languages: []csdn.Language{"fr"},
			Areas:     []csdn.Expertise{{Area: "mediation", Level: "expert", Evidence: "https://pwn.example", ConfirmedAt: noon}},
			Biography: "She mediates.", Zone: "Africa/Bamako", PreferredLanguage: "fr", Category: "academic",
			Safety: csdn.Careful, Alias: "An expert of the network",
			Consent: csdn.Consent{Basis: "consent", GivenAt: noon, Source: "form"}, Gender: "woman",
		},
		Derived: csdn.CivilSociety, Undeliverable: csdn.Undeliverable{Kind: csdn.Bounced, At: noon}, MovedBy: []csdn.MergerID{id[csdn.MergerID](7)}, Merging: id[csdn.MergerID](8),
		Spare: []csdn.Spare{{Email: "old@people.example", Until: noon}}, OtherNames: []string{"A. Diarra"}, CreatedAt: noon.Add(-time.Hour), UpdatedAt: noon, Version: 1,
	}
}

func TestPersonComesBackWhole(t *testing.T) {
	h := open(t)
	whole := person(1)
	full(t, "person", reflect.ValueOf(whole))
	bare := csdn.Person{ID: id[csdn.PersonID](2), Version: 1}
	for n, want := range []csdn.Person{whole, bare} {
		must(t, h.people.PutPerson(t.Context(), csdn.Person{}, want, change(n, 1)))
		got, err := h.people.Person(t.Context(), want.ID)
		must(t, err)
		same(t, want, got)
	}
	_, err := h.people.Person(t.Context(), id[csdn.PersonID](3))
	refused(t, csdn.NotFound, err)
	found, err := h.people.PeopleByID(t.Context(), []csdn.PersonID{bare.ID, id[csdn.PersonID](3), whole.ID})
	must(t, err)
	same(t, []csdn.Person{bare, whole}, found)
}

func TestAnAddressIsReservedForOnePerson(t *testing.T) {
	h := open(t)
	first, second := person(1), person(2)
	must(t, h.people.PutPerson(t.Context(), csdn.Person{}, first, change(1, 1)))
	must(t, h.people.PutPerson(t.Context(), csdn.Person{}, second, change(2, 1)))

	taking := second
	taking.Email, taking.Version = first.Email, 2
	h.unchanged(t, csdn.Conflict, func() error { return h.people.PutPerson(t.Context(), second, taking, change(3, 2)) })
	third := person(3)
	third.Email = second.Email
	h.unchanged(t, csdn.Conflict, func() error { return h.people.PutPerson(t.Context(), csdn.Person{}, third, change(3, 1)) })

	moved := first
	moved.Email, moved.Version = "new@pwn.example", 2
	must(t, h.people.PutPerson(t.Context(), first, moved, change(3, 2)))
	must(t, h.people.PutPerson(t.Context(), second, taking, change(4, 2)))

	forgotten := moved
	forgotten.Email, forgotten.Version = "", 3
	must(t, h.people.PutPerson(t.Context(), moved, forgotten, change(5, 3)))
	third.Email = moved.Email
	must(t, h.people.PutPerson(t.Context(), csdn.Person{}, third, change(6, 1)))
	if held := h.trail(t, "PeopleTable EMAIL#"); len(held) != 2 {
		t.Errorf("reserved are %v, want one address each of the second and the third person", held)
	}
}

func TestPersonIsWrittenAtTheVersionBehindTheStoredOne(t *testing.T) {
	h := open(t)
	first := person(1)
	must(t, h.people.PutPerson(t.Context(), csdn.Person{}, first, change(1, 1)))
	for name, version := range map[string]csdn.Version{"again": 1, "ahead": 3} {
		t.Run(name, func(t *testing.T) {
			next := first
			next.Version, next.Email = version, "new@pwn.example"
			h.unchanged(t, csdn.Stale, func() error { return h.people.PutPerson(t.Context(), first, next, change(2, version)) })
		})
	}
}

func TestKeysHoldNoAddress(t *testing.T) {
	h := open(t)
	must(t, h.people.PutPerson(t.Context(), csdn.Person{}, person(1), change(1, 1)))
	must(t, h.people.PutAccount(t.Context(), csdn.Account{}, account(1), change(2, 1)))
	for name := range h.stored(t) {
		if strings.Contains(name, "@") || strings.Contains(name, "issuer") {
			t.Errorf("the key %q tells who it is", name)
		}
	}
}

func account(n int) csdn.Account {
	return csdn.Account{
		ID: id[csdn.AccountID](n), Email: fmt.Sprintf("office%d@pwn.example", n), Role: csdn.OrganisationRole,
		Organisation: id[csdn.OrganisationID](1), Subject: fmt.Sprintf("https://issuer.example %d", n), MovedBy: []csdn.MergerID{id[csdn.MergerID](7)},
		CreatedAt: noon, UpdatedAt: noon.Add(time.Hour), Version: 1,
	}
}

func TestAccountIsFoundByItsNames(t *testing.T) {
	h := open(t)
	want := account(1)
	want.Inactive = true
	full(t, "account", reflect.ValueOf(want))
	unbound := want
	unbound.Subject = ""
	must(t, h.people.PutAccount(t.Context(), csdn.Account{}, unbound, change(1, 1)))
	_, err := h.people.AccountBySubject(t.Context(), want.Subject)
	refused(t, csdn.NotFound, err)
	_, err = h.people.AccountBySubject(t.Context(), "")
	refused(t, csdn.NotFound, err)

	want.Version = 2
	must(t, h.people.PutAccount(t.Context(), unbound, want, change(2, 2)))
	for name, find := range map[string]func() (csdn.Account, error){
		"id":      func() (csdn.Account, error) { return h.people.Account(t.Context(), want.ID) },
		"email":   func() (csdn.Account, error) { return h.people.AccountByEmail(t.Context(), want.Email) },
		"subject": func() (csdn.Account, error) { return h.people.AccountBySubject(t.Context(), want.Subject) },
	} {
		t.Run(name, func(t *testing.T) {
			got, err := find()
			must(t, err)
			same(t, want, got)
		})
	}

	moved := want
	moved.Email, moved.Subject, moved.Version = "new@pwn.example", "https://issuer.example new", 3
	must(t, h.people.PutAccount(t.Context(), want, moved, change(3, 3)))
	_, err = h.people.AccountByEmail(t.Context(), want.Email)
	refused(t, csdn.NotFound, err)
	_, err = h.people.AccountBySubject(t.Context(), want.Subject)
	refused(t, csdn.NotFound, err)
	_, err = h.people.Account(t.Context(), id[csdn.AccountID](2))
	refused(t, csdn.NotFound, err)
}

func TestAccountsShareNoName(t *testing.T) {
	h := open(t)
	must(t, h.people.PutAccount(t.Context(), csdn.Account{}, account(1), change(1, 1)))
	sameEmail, sameSubject, again := account(2), account(2), account(1)
	sameEmail.Email = account(1).Email
	sameSubject.Subject = account(1).Subject
	again.Version, again.Role = 3, csdn.PlannerRole
	for name, c := range map[string]struct {
		account csdn.Account
		want    csdn.Kind
	}{
		"the address of another": {sameEmail, csdn.Conflict},
		"the subject of another": {sameSubject, csdn.Conflict},
		"a version ahead":        {again, csdn.Stale},
	} {
		t.Run(name, func(t *testing.T) {
			h.unchanged(t, c.want, func() error {
				return h.people.PutAccount(t.Context(), csdn.Account{}, c.account, change(2, c.account.Version))
			})
		})
	}
	// A person may have the address of an account: it is often the same human.
	human := person(1)
	human.Email = account(1).Email
	must(t, h.people.PutPerson(t.Context(), csdn.Person{}, human, change(3, 1)))
}
