package directory_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// token makes an API token of the caller, and returns it with its text.
func (h *house) token(t *testing.T, caller csdn.Caller, order csdn.Token) (csdn.Token, string) {
	t.Helper()
	made, text, err := h.tokens.Create(t.Context(), caller, order)
	must(t, err)
	return made, text
}

// presented returns who presents an API token, and when it expires.
func (h *house) presented(t *testing.T, text string) (csdn.Caller, time.Time) {
	t.Helper()
	hash, whole := csdn.HashToken(text)
	if !whole {
		t.Fatalf("%q is no token", text)
	}
	caller, expires, err := h.identity.IdentifyToken(t.Context(), hash)
	must(t, err)
	return caller, expires
}

func TestATokenActsForItsAccount(t *testing.T) {
	h := enrolled(t, subject)
	made, text := h.token(t, representative, csdn.Token{Name: "Website"})
	same(t, csdn.Token{
		ID: made.ID, Account: representative.Account, Hash: made.Hash, Name: "Website", Scope: csdn.ReadScope, CreatedAt: noon, ExpiresAt: noon.AddDate(0, 0, 90),
	}, made)
	for place, item := range h.stored(t) {
		if strings.Contains(place+item, text) || strings.Contains(place+item, text[5:32]) {
			t.Errorf("%s holds the token itself", place)
		}
	}
	want := representative
	want.Token, want.Scope = made.ID, csdn.ReadScope
	caller, expires := h.presented(t, text)
	same(t, want, caller)
	same(t, made.ExpiresAt, expires)

	listed := func(caller csdn.Caller) []csdn.Token {
		t.Helper()
		page, err := h.tokens.List(t.Context(), caller, first)
		must(t, err)
		return page.Items
	}
	made.LastUsedAt = noon
	h.clock.pass(time.Minute)
	second, _ := h.token(t, representative, csdn.Token{Name: "Second", Scope: csdn.WriteScope, ExpiresAt: noon.AddDate(1, 0, 0)})
	same(t, []csdn.Token{second, made}, listed(representative))
	same(t, []csdn.Token(nil), listed(planner))

	h.clock.pass(made.ExpiresAt.Sub(h.clock.now()) - time.Second)
	caller, _ = h.presented(t, text)
	same(t, want, caller)
	made.LastUsedAt = h.clock.now()
	h.clock.pass(time.Second)
	h.silent(t, func() error {
		caller, expires = h.presented(t, text)
		return nil
	})
	same(t, anonymous, caller)
	same(t, []csdn.Token{second, made}, listed(representative))
	h.clock.pass(30 * 24 * time.Hour)
	same(t, []csdn.Token{second}, listed(representative))
}

func TestTheUseOfATokenIsNotedOnceAnHour(t *testing.T) {
	h := enrolled(t, subject)
	_, text := h.token(t, representative, csdn.Token{Name: "Website"})
	h.presented(t, text)
	h.clock.pass(time.Hour - time.Second)
	h.silent(t, func() error { h.presented(t, text); return nil })
	before := h.stored(t)
	h.clock.pass(time.Second)
	h.presented(t, text)
	changed := 0
	for place, item := range h.stored(t) {
		if before[place] != item {
			changed++
			if !strings.HasPrefix(place, "PeopleTable TOKEN#") {
				t.Errorf("%s is written", place)
			}
		}
	}
	if changed != 1 {
		t.Errorf("%d items are written", changed)
	}
}

// forgetful is a store that cannot note the use of a token.
type forgetful struct{ csdn.TokenStore }

func (forgetful) MarkToken(context.Context, csdn.TokenHash, time.Time) error {
	return csdn.Errorf(csdn.Unavailable, "busy")
}

func TestATokenWhoseUseCannotBeNotedIsGood(t *testing.T) {
	h := enrolled(t, subject)
	_, text := h.token(t, representative, csdn.Token{Name: "Website"})
	told := 0
	h.identity.Tokens, h.identity.Unmarked = forgetful{h.persons}, func(error) { told++ }
	if caller, _ := h.presented(t, text); caller.Account != representative.Account || told != 1 {
		t.Errorf("the caller is %+v; it was told %d times", caller, told)
	}
}

func TestARevokedTokenIsNobodys(t *testing.T) {
	h := enrolled(t, subject)
	other := h.keeper(t, 7)
	made, text := h.token(t, representative, csdn.Token{Name: "Website"})
	theirs, _ := h.token(t, other, csdn.Token{Name: "Theirs"})
	for name, id := range map[string]csdn.TokenID{"another's": theirs.ID, "an absent one": "01ARZ3NDEKTSV4RRFFQ69G5FAV", "none": ""} {
		t.Run(name, func(t *testing.T) {
			h.refuses(t, csdn.NotFound, func() error {
				err := h.tokens.Delete(t.Context(), representative, id)
				missing(t, err)
				return err
			})
		})
	}
	must(t, h.tokens.Delete(t.Context(), representative, made.ID))
	caller, _ := h.presented(t, text)
	same(t, anonymous, caller)
	h.refuses(t, csdn.NotFound, func() error { return h.tokens.Delete(t.Context(), representative, made.ID) })
}

func TestTwentyTokensHoweverManyAskAtOnce(t *testing.T) {
	h := enrolled(t, subject)
	var granted atomic.Int64
	var all sync.WaitGroup
	for worker := range 6 {
		all.Go(func() {
			for n := range 8 {
				_, _, err := h.tokens.Create(t.Context(), representative, csdn.Token{Name: fmt.Sprint(worker, " ", n)})
				switch csdn.KindOf(err) {
				case "":
					granted.Add(1)
				case csdn.Conflict, csdn.Unavailable:
				default:
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	page, err := h.tokens.List(t.Context(), representative, first)
	must(t, err)
	if len(page.Items) != 20 || granted.Load() != 20 {
		t.Errorf("%d tokens of %d granted", len(page.Items), granted.Load())
	}
	h.refuses(t, csdn.Conflict, func() error {
		_, _, err := h.tokens.Create(t.Context(), representative, csdn.Token{Name: "One more"})
		return err
	})
}

func TestTokensThatBreakARule(t *testing.T) {
	h := enrolled(t, subject)
	for name, order := range map[string]csdn.Token{"no name": {}, "a past expiry": {Name: "x", ExpiresAt: noon}, "two years": {Name: "x", ExpiresAt: noon.AddDate(2, 0, 0)}} {
		t.Run(name, func(t *testing.T) {
			h.refuses(t, csdn.Invalid, func() error {
				_, _, err := h.tokens.Create(t.Context(), representative, order)
				return err
			})
		})
	}
}

// TestTokensReachNoFurtherThanTheirScope tries every act by a token of each scope. Acts are what the role may, less what changes
// something for the scope read, and less what would make a token lasting, or take or erase a whole record.
func TestTokensReachNoFurtherThanTheirScope(t *testing.T) {
	for act := range contract {
		for _, caller := range everyRole[:4] {
			signedIn := directory.Permits(caller, act)
			for _, scope := range []csdn.Scope{csdn.ReadScope, csdn.WriteScope, "", "Write"} {
				byToken := caller
				byToken.Token, byToken.Scope = "01ARZ3NDEKTSV4RRFFQ69G5FAV", scope
				lasting := strings.HasPrefix(string(act), "account.") || strings.HasPrefix(string(act), "token.") ||
					strings.HasSuffix(string(act), ".exported") || act == "erasure.requested" || act == "erasure.granted"
				reads := strings.HasSuffix(string(act), ".read")
				want := csdn.KindOf(signedIn)
				if !reads && (lasting || scope != csdn.WriteScope) {
					want = csdn.Forbidden
				}
				if got := csdn.KindOf(directory.Permits(byToken, act)); got != want {
					t.Errorf("%s by %s with a token of scope %q: %q, want %q", act, caller.Role, scope, got, want)
				}
			}
		}
	}
}

func TestTheTrailNamesTheToken(t *testing.T) {
	h := open(t)
	h.organisation(t, 1)
	byToken := representative
	byToken.Token, byToken.Scope = "01ARZ3NDEKTSV4RRFFQ69G5FAV", csdn.WriteScope
	for n, caller := range []csdn.Caller{representative, byToken} {
		_, err := h.organisations.Change(t.Context(), caller, organisationID(1), directory.AnyVersion, func(p csdn.OrganisationProfile) (csdn.OrganisationProfile, error) {
			p.ShortName = fmt.Sprint("O", n)
			return p, nil
		})
		must(t, err)
	}
	page, err := h.organisations.Changes(t.Context(), representative, organisationID(1), first)
	must(t, err)
	got := [][2]string{}
	for _, c := range page.Items[:2] {
		got = append(got, [2]string{string(c.By), string(c.Token)})
	}
	same(t, [][2]string{{string(representative.Account), string(byToken.Token)}, {string(representative.Account), ""}}, got)
	byToken.Scope = csdn.ReadScope
	h.refuses(t, csdn.Forbidden, func() error {
		return h.organisations.Archive(t.Context(), csdn.Caller{Role: csdn.SecretariatRole, Account: secretariat.Account, Token: byToken.Token, Scope: csdn.ReadScope}, organisationID(1), directory.AnyVersion)
	})
}
