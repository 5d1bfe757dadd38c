package directory_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// TestARequest is asked twice and granted once, and takes the account along.
func TestARequest(t *testing.T) {
	h := gathering(t)
	expert := csdn.Account{ID: id[csdn.AccountID](950), Email: "quagga@people.example", Role: csdn.OfficialRole, Subject: "issuer quagga", Version: 1}
	change := h.change()
	change.Fields = csdn.Differences(nil, []csdn.Fact{{Field: "email", Value: expert.Email}})
	must(t, h.persons.PutAccount(t.Context(), csdn.Account{}, expert, change))
	begun := h.signsIn(t, expert)
	_, text, err := h.tokens.Create(t.Context(), expert.Caller(), csdn.Token{Name: "Quagga's own"})
	must(t, err)
	asked, err := h.rights.Request(t.Context(), expert.Caller())
	must(t, err)
	same(t, csdn.Erasure{
		ID: asked.ID, Status: csdn.ErasureRequested, Person: personID(canary), Account: expert.ID, RequestedAt: h.clock.now(), Version: 1,
	}, asked)
	h.silent(t, func() error {
		again, err := h.rights.Request(t.Context(), expert.Caller())
		same(t, asked, again)
		return err
	})
	h.refuses(t, csdn.Forbidden, func() error { _, err := h.rights.Grant(t.Context(), planner, asked.ID); return err })
	h.refuses(t, csdn.Conflict, func() error {
		self := csdn.Caller{Account: expert.ID, Role: csdn.SecretariatRole}
		_, err := h.rights.Grant(t.Context(), self, asked.ID)
		return err
	})
	done, err := h.rights.Grant(t.Context(), secretariat, asked.ID)
	must(t, err)
	if done.Status != csdn.ErasureDone || done.Traces[csdn.AccountTrace] != 1 || done.Traces[csdn.ProfileTrace] != 1 || done.Traces[csdn.TokenTrace] != 1 {
		t.Errorf("the certificate is %+v", done)
	}
	h.nothingOf(t, "quagga")
	hash, _ := csdn.HashToken(text)
	for _, gone := range []string{string(hash), string(begun.Hash)} {
		h.nothingOf(t, gone)
	}
	h.silent(t, func() error { _, err := h.rights.Grant(t.Context(), secretariat, asked.ID); return err })
	h.nothingOf(t, string(expert.ID), "DirectoryTable NETWORK#CSDN ERASURE#")
}

// signsIn begins a session of the account's on the site, as it is stored.
func (h *house) signsIn(t *testing.T, a csdn.Account) csdn.Session {
	t.Helper()
	sessions := directory.Sessions{Identity: h.identity, Store: h.persons, NewToken: h.clerk.NewID}
	_, length, err := sessions.Begin(t.Context(), csdn.Claims{Subject: a.Subject, VerifiedEmail: a.Email})
	must(t, err)
	stored, err := h.store.SessionsOfAccount(t.Context(), a.ID)
	must(t, err)
	last := stored[len(stored)-1]
	same(t, csdn.Session{Hash: last.Hash, Account: a.ID, Subject: a.Subject, CreatedAt: h.clock.now(), ExpiresAt: h.clock.now().Add(length)}, last)
	return last
}

// TestAnExportTellsOfTokensAndSessions that the account has now: not of those that ended.
func TestAnExportTellsOfTokensAndSessions(t *testing.T) {
	h := open(t)
	a := csdn.Account{ID: id[csdn.AccountID](950), Email: "a@people.example", Role: csdn.OfficialRole, Subject: "issuer a", Version: 1}
	must(t, h.persons.PutAccount(t.Context(), csdn.Account{}, a, h.change()))
	h.signsIn(t, a)
	h.clock.pass(10 * time.Hour)
	begun := h.signsIn(t, a)
	made, _, err := h.tokens.Create(t.Context(), a.Caller(), csdn.Token{Name: "Website"})
	must(t, err)
	held, err := h.rights.Export(t.Context(), a.Caller())
	must(t, err)
	same(t, []csdn.Token{made}, held.Tokens)
	same(t, []csdn.Session{begun}, held.Sessions)
	must(t, h.persons.DeleteSession(t.Context(), begun.Hash))
	h.nothingOf(t, string(begun.Hash))
	h.silent(t, func() error { return h.persons.DeleteSession(t.Context(), begun.Hash) })
}

// TestDeletingAnAccountLeavesThePerson: that is for a request, or for whoever keeps people.
func TestDeletingAnAccountLeavesThePerson(t *testing.T) {
	h := gathering(t)
	boss := h.keeper(t, 7)
	expert := csdn.Account{ID: id[csdn.AccountID](950), Email: "quagga@people.example", Role: csdn.OfficialRole, Subject: "issuer 1", Version: 1}
	asking := csdn.Account{ID: id[csdn.AccountID](951), Email: "asking@people.example", Role: csdn.OfficialRole, Version: 1}
	must(t, h.persons.PutAccount(t.Context(), csdn.Account{}, expert, h.change()))
	must(t, h.persons.PutAccount(t.Context(), csdn.Account{}, asking, h.change()))
	_, err := h.rights.Request(t.Context(), asking.Caller())
	must(t, err)
	h.refuses(t, csdn.Conflict, func() error { return h.deletes(t, boss, asking.ID, 1) })
	must(t, h.deletes(t, boss, expert.ID, 1))
	h.nothingOf(t, string(expert.ID), "DirectoryTable NETWORK#CSDN ERASURE#")
	_, err = h.people.Read(t.Context(), secretariat, personID(canary))
	must(t, err)
}

func TestAnExportIsWhole(t *testing.T) {
	h := gathering(t)
	_, err := h.people.Change(t.Context(), secretariat, personID(canary), 1, func(p csdn.PersonProfile) (csdn.PersonProfile, error) {
		p.Email = "quagga@home.example"
		return p, nil
	})
	must(t, err)
	got, err := h.rights.ExportPerson(t.Context(), secretariat, personID(canary))
	must(t, err)
	var told []string
	for _, i := range got.Invitations {
		told = append(told, fmt.Sprintf("%s %d changes %d messages", i.Status, len(i.Trail), len(i.Deliveries)))
	}
	same(t, "Quagga One", got.Person.Name)
	same(t, 2, len(got.Trail))
	same(t, []string{"accepted 3 changes 2 messages", "attended 1 changes 0 messages", "invited 2 changes 1 messages"}, slices.Sorted(slices.Values(told)))

	account := csdn.Account{ID: id[csdn.AccountID](950), Email: "quagga@home.example", Role: csdn.OfficialRole, Version: 1}
	must(t, h.persons.PutAccount(t.Context(), csdn.Account{}, account, h.change()))
	held, err := h.rights.Export(t.Context(), account.Caller())
	must(t, err)
	same(t, &got, held.Person)
	same(t, account, held.Account)
}

// TestAnAddressThatOneWroteProvesNothing: a representative gives a person of its organisation the own address, and does not come to
// know what that person answered.
func TestAnAddressThatOneWroteProvesNothing(t *testing.T) {
	h := gathering(t)
	account := csdn.Account{ID: representative.Account, Email: "rep@people.example", Role: csdn.OrganisationRole, Organisation: organisationID(1), Version: 1}
	colleague := account
	colleague.ID, colleague.Email = id[csdn.AccountID](951), "other@people.example"
	must(t, h.persons.PutAccount(t.Context(), csdn.Account{}, account, h.change()))
	must(t, h.persons.PutAccount(t.Context(), csdn.Account{}, colleague, h.change()))
	for version, writer := range []csdn.Caller{representative, colleague.Caller()} {
		_, err := h.people.Change(t.Context(), writer, personID(canary), csdn.Version(version+1), func(p csdn.PersonProfile) (csdn.PersonProfile, error) {
			p.Email = []string{"rep@people.example", "other@people.example"}[version]
			return p, nil
		})
		must(t, err)
		for _, reader := range []csdn.Caller{representative, colleague.Caller()} {
			held, err := h.rights.Export(t.Context(), reader)
			must(t, err)
			if held.Person != nil {
				t.Errorf("%s reads what the canary answered", reader.Account)
			}
		}
	}
}
