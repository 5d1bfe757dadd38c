package dynamo_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/dynamo"
)

func TestRenewals(t *testing.T) {
	h := open(t)
	store := dynamo.Renewals{Client: h.client, DirectoryTable: "DirectoryTable", OutboxTable: "OutboxTable"}
	r := csdn.Renewal{Organisation: id[csdn.OrganisationID](1), At: noon, Profile: true, Claims: 2, PeopleClaims: 3}
	full(t, "renewal", reflect.ValueOf(r))
	must(t, store.PutRenewal(t.Context(), csdn.Renewal{}, r, []csdn.Delivery{delivery(1), delivery(2)}, change(1, 1)))
	got, err := store.Renewals(t.Context(), []csdn.OrganisationID{id[csdn.OrganisationID](2), r.Organisation})
	must(t, err)
	same(t, []csdn.Renewal{r}, got)
	later := r
	later.At = noon.Add(time.Hour)
	h.unchanged(t, csdn.Conflict, func() error {
		return store.PutRenewal(t.Context(), csdn.Renewal{}, later, []csdn.Delivery{delivery(3)}, change(2, 1))
	})
	h.unchanged(t, csdn.Conflict, func() error {
		return store.PutRenewal(t.Context(), later, later, []csdn.Delivery{delivery(3)}, change(2, 1))
	})
	must(t, store.PutRenewal(t.Context(), r, later, []csdn.Delivery{delivery(3)}, change(2, 1)))

	round := csdn.RenewalRound{Day: "2027-01-10", After: "place", Done: true}
	full(t, "round", reflect.ValueOf(round))
	none, err := store.RenewalRound(t.Context())
	must(t, err)
	same(t, csdn.RenewalRound{}, none)
	must(t, store.PutRenewalRound(t.Context(), csdn.RenewalRound{Day: "2027-01-09"}))
	must(t, store.PutRenewalRound(t.Context(), round))
	read, err := store.RenewalRound(t.Context())
	must(t, err)
	same(t, round, read)
}

func TestLinksOfRenewals(t *testing.T) {
	h := open(t)
	store := dynamo.Renewals{Client: h.client, DirectoryTable: "DirectoryTable", OutboxTable: "OutboxTable"}
	o := organisation(1)
	must(t, h.directory.PutOrganisation(t.Context(), o, change(1, 1)))
	link := csdn.RenewalLink{Hash: csdn.LinkHash(strings.Repeat("a", 64)), Organisation: o.ID, ExpiresAt: noon.Add(time.Hour)}
	_, err := store.RenewalLink(t.Context(), link.Hash)
	refused(t, csdn.NotFound, err)
	must(t, store.PutRenewalLink(t.Context(), link))
	h.unchanged(t, csdn.Conflict, func() error { return store.PutRenewalLink(t.Context(), link) })

	o.ConfirmedAt, o.Version = noon.Add(time.Minute), o.Version+1
	used := link
	used.UsedAt, used.Confirmed = noon.Add(time.Minute), csdn.Confirmed{Claims: 1, People: 2, PeopleClaims: 3}
	full(t, "link", reflect.ValueOf(used))
	unknown := used
	unknown.Hash = csdn.LinkHash(strings.Repeat("b", 64))
	h.unchanged(t, csdn.Conflict, func() error { return store.ConfirmByLink(t.Context(), o, change(2, o.Version), unknown) })
	stale := o
	stale.Version++
	h.unchanged(t, csdn.Stale, func() error { return store.ConfirmByLink(t.Context(), stale, change(2, stale.Version), used) })
	must(t, store.ConfirmByLink(t.Context(), o, change(2, o.Version), used))
	o.Version++
	h.unchanged(t, csdn.Conflict, func() error { return store.ConfirmByLink(t.Context(), o, change(3, o.Version), used) })
	got, err := store.RenewalLink(t.Context(), link.Hash)
	must(t, err)
	same(t, used, got)
}
