package dynamo_test

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

func token(n int) csdn.Token {
	return csdn.Token{
		ID: id[csdn.TokenID](n), Account: id[csdn.AccountID](1), Hash: csdn.TokenHash(fmt.Sprintf("%064d", n)), Name: "Website",
		Scope: csdn.WriteScope, CreatedAt: noon, ExpiresAt: noon.Add(time.Hour), LastUsedAt: noon.Add(time.Minute),
	}
}

// ring is the keyring of account 1 with tokens.
func ring(v csdn.Version, tokens ...csdn.Token) csdn.Keyring {
	return csdn.Keyring{Account: id[csdn.AccountID](1), Tokens: tokens, Version: v}
}

func TestKeyrings(t *testing.T) {
	h := open(t)
	owner := account(1)
	must(t, h.people.PutAccount(t.Context(), csdn.Account{}, owner, change(1, 1)))
	full(t, "token", reflect.ValueOf(token(1)))
	is := func(want csdn.Keyring) {
		t.Helper()
		got, err := h.people.Keyring(t.Context(), owner.ID)
		must(t, err)
		same(t, want, got)
	}
	is(ring(0))
	one, two, other := ring(1, token(1)), ring(2, token(1), token(2)), ring(3, token(2), token(3))
	must(t, h.people.PutKeyring(t.Context(), ring(0), one, change(2, 1)))
	is(one)
	h.unchanged(t, csdn.Stale, func() error { return h.people.PutKeyring(t.Context(), ring(0), ring(1, token(2)), change(3, 1)) })
	h.unchanged(t, csdn.Stale, func() error { return h.people.PutKeyring(t.Context(), one, ring(3, token(1), token(2)), change(3, 1)) })
	must(t, h.people.PutKeyring(t.Context(), one, two, change(3, 2)))
	is(two)
	must(t, h.people.PutKeyring(t.Context(), two, other, change(4, 3)))
	is(other)
	_, err := h.people.TokenByHash(t.Context(), token(1).Hash)
	refused(t, csdn.NotFound, err)
	found, err := h.people.TokenByHash(t.Context(), token(3).Hash)
	must(t, err)
	same(t, token(3), found)
	if n := len(h.trail(t, "PeopleTable ACCOUNT#"+string(owner.ID)+" CHANGE#")); n != 4 {
		t.Errorf("the trail has %d entries, want 4", n)
	}

	inactive := owner
	inactive.Inactive, inactive.Version = true, 2
	must(t, h.people.PutAccount(t.Context(), owner, inactive, change(5, 2)))
	stored, err := h.people.Account(t.Context(), owner.ID)
	must(t, err)
	same(t, inactive, stored)
	h.unchanged(t, csdn.Conflict, func() error { return h.people.PutKeyring(t.Context(), other, ring(4, token(2)), change(6, 4)) })
	nobodys := csdn.Keyring{Account: id[csdn.AccountID](9), Version: 1}
	h.unchanged(t, csdn.Conflict, func() error { return h.people.PutKeyring(t.Context(), csdn.Keyring{}, nobodys, change(6, 1)) })
}

func TestUsesOfTokensAreNoted(t *testing.T) {
	h := open(t)
	must(t, h.people.PutAccount(t.Context(), csdn.Account{}, account(1), change(1, 1)))
	unused := token(1)
	unused.LastUsedAt = time.Time{}
	must(t, h.people.PutKeyring(t.Context(), ring(0), ring(1, unused), change(2, 1)))
	at := noon.Add(time.Hour)
	must(t, h.people.MarkToken(t.Context(), unused.Hash, at))
	unused.LastUsedAt = at
	got, err := h.people.Keyring(t.Context(), account(1).ID)
	must(t, err)
	same(t, ring(1, unused), got)
	h.unchanged(t, csdn.NotFound, func() error { return h.people.MarkToken(t.Context(), token(2).Hash, at) })
}

// TestWhatTheTableForgets: the attribute that the time to live goes by is a whole number of seconds, on the token and on its
// keyring, and a token that the table has forgotten is on no keyring and in no one's way.
func TestWhatTheTableForgets(t *testing.T) {
	h := open(t)
	must(t, h.people.PutAccount(t.Context(), csdn.Account{}, account(1), change(1, 1)))
	must(t, h.people.PutKeyring(t.Context(), ring(0), ring(1, token(1)), change(2, 1)))
	want := fmt.Sprint(token(1).ForgetAt().Unix())
	for _, key := range [][2]string{{"ACCOUNT#" + string(account(1).ID), "KEYRING"}, {"TOKEN#" + string(token(1).Hash), "TOKEN"}} {
		place := map[string]types.AttributeValue{"pk": &types.AttributeValueMemberS{Value: key[0]}, "sk": &types.AttributeValueMemberS{Value: key[1]}}
		item, err := h.client.GetItem(t.Context(), &dynamodb.GetItemInput{TableName: aws.String("PeopleTable"), Key: place})
		must(t, err)
		if n, ok := item.Item["expiresAt"].(*types.AttributeValueMemberN); !ok || n.Value != want {
			t.Errorf("%s is forgotten at %v, want %s", key[1], item.Item["expiresAt"], want)
		}
		if key[1] == "TOKEN" {
			_, err := h.client.DeleteItem(t.Context(), &dynamodb.DeleteItemInput{TableName: aws.String("PeopleTable"), Key: place})
			must(t, err)
		}
	}
	left, err := h.people.Keyring(t.Context(), account(1).ID)
	must(t, err)
	same(t, ring(1), left)
	must(t, h.people.PutKeyring(t.Context(), ring(1, token(1)), ring(2, token(2)), change(3, 2)))
}

func TestAccountsAreListed(t *testing.T) {
	h := open(t)
	for _, n := range []int{2, 1} {
		must(t, h.people.PutAccount(t.Context(), csdn.Account{}, account(n), change(n, 1)))
	}
	all, err := h.people.Accounts(t.Context())
	must(t, err)
	same(t, []csdn.Account{account(1), account(2)}, all)
}

// keeper is an account of the secretariat.
func keeper(n int) csdn.Account {
	a := account(n)
	a.Role, a.Organisation = csdn.SecretariatRole, ""
	return a
}

func by(n, number int, v csdn.Version) csdn.Change {
	c := change(number, v)
	c.By = id[csdn.AccountID](n)
	return c
}

func TestTheSecretariatWritesAccounts(t *testing.T) {
	h := open(t)
	must(t, h.people.PutAccount(t.Context(), csdn.Account{}, keeper(7), change(1, 1)))
	must(t, h.people.WriteAccount(t.Context(), csdn.AccountWrite{After: account(1), Change: by(7, 2, 1)}))
	must(t, h.people.PutKeyring(t.Context(), ring(0), ring(1, token(1)), change(3, 1)))
	moved := account(1)
	moved.Email, moved.Version = "new@pwn.example", 2
	inactive := keeper(8)
	inactive.Inactive = true
	must(t, h.people.PutAccount(t.Context(), csdn.Account{}, inactive, change(4, 1)))
	must(t, h.people.PutAccount(t.Context(), csdn.Account{}, account(2), change(4, 1)))
	for name, writer := range map[string]int{"a representative": 2, "an inactive one of the secretariat": 8, "nobody": 9} {
		t.Run(name, func(t *testing.T) {
			h.unchanged(t, csdn.Conflict, func() error {
				return h.people.WriteAccount(t.Context(), csdn.AccountWrite{Before: account(1), After: moved, Change: by(writer, 5, 2)})
			})
		})
	}
	wrong, right := ring(0), ring(1, token(1))
	h.unchanged(t, csdn.Stale, func() error {
		return h.people.WriteAccount(t.Context(), csdn.AccountWrite{Before: account(1), After: moved, Forgotten: &wrong, Change: by(7, 5, 2)})
	})
	must(t, h.people.WriteAccount(t.Context(), csdn.AccountWrite{Before: account(1), After: moved, Forgotten: &right, Change: by(7, 5, 2)}))
	if left := h.trail(t, "PeopleTable ACCOUNT#"+string(account(1).ID)); len(left) != 3 {
		t.Errorf("%v are left beside the account, want the three of its trail", left)
	}
	_, err := h.people.TokenByHash(t.Context(), token(1).Hash)
	refused(t, csdn.NotFound, err)
	// Its address before is free.
	next := account(3)
	next.Email = account(1).Email
	must(t, h.people.WriteAccount(t.Context(), csdn.AccountWrite{After: next, Change: by(7, 6, 1)}))
}
