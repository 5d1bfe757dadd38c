package credential

import (
	"strings"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
)

// withToken returns a gatekeeper whose directory knows one API token, that expires in an hour.
func withToken(t *testing.T, cacheFor time.Duration) (*Gatekeeper, *register, *publisher, string, csdn.Caller) {
	t.Helper()
	g, known, keys := newGatekeeper(t, cacheFor)
	token := csdn.NewToken([20]byte{3: 7})
	hash, whole := csdn.HashToken(token)
	if !whole {
		t.Fatalf("%s is no token", token)
	}
	system := csdn.Caller{Account: "ACCOUNT-7", Role: csdn.PlannerRole, Token: "TOKEN-7", Scope: csdn.ReadScope}
	known.callers[string(hash)], known.expires = system, keys.clock().Add(time.Hour)
	return g, known, keys, token, system
}

func TestAPITokensAreWholeOrRefusedUnasked(t *testing.T) {
	g, known, keys, token, system := withToken(t, 0)
	last := token[:len(token)-1] + string(token[len(token)-1]^1)
	first := strings.Replace(token, "csdn_0", "csdn_1", 1)
	if first == token {
		t.Fatal("the token does not begin with a nought")
	}
	for name, forged := range map[string]string{
		"the checksum off by one": last, "a digit changed": first, "the prefix alone": "csdn_", "cut short": token[:len(token)-1], "one digit more": token + "0",
		"a space within": token[:20] + " " + token[20:], "garbage": "csdn_" + strings.Repeat("x", 33), "beyond ASCII": "csdn_" + strings.Repeat("é", 33), "8 KB": "csdn_" + strings.Repeat("0", 8<<10),
	} {
		t.Run(name, func(t *testing.T) {
			got, reason, err := g.Caller(t.Context(), "Bearer "+forged)
			must(t, err)
			if got != anonymous || !strings.Contains(reason, "mistyped") || strings.Contains(reason, token[5:20]) {
				t.Errorf("got %+v, %q", got, reason)
			}
		})
	}
	is(t, g, "Bearer "+strings.ToUpper(token), anonymous) // which is no API token at all
	if known.asked != 0 || keys.fetched() != 0 {
		t.Errorf("the directory was asked %d times, the issuer %d", known.asked, keys.fetched())
	}
	is(t, g, "bearer  "+token, system)
	is(t, g, "Bearer "+csdn.NewToken([20]byte{3: 8}), anonymous)
	if known.asked != 2 || keys.fetched() != 0 {
		t.Errorf("the directory was asked %d times, the issuer %d", known.asked, keys.fetched())
	}
}

func TestNothingIsRememberedLongerThanItIsGood(t *testing.T) {
	g, known, keys, token, system := withToken(t, 4*time.Hour)
	signed := tokenOf(t, keys, "subject-7") // for an hour, too
	is(t, g, "Bearer "+token, system)
	is(t, g, "Bearer "+signed, planner)
	delete(known.callers, issuerURL+" subject-7")
	keys.pass(time.Hour - time.Nanosecond)
	is(t, g, "Bearer "+token, system)
	is(t, g, "Bearer "+signed, planner)
	if known.asked != 2 {
		t.Errorf("the directory was asked %d times", known.asked)
	}
	keys.pass(time.Nanosecond)
	is(t, g, "Bearer "+token, system) // as the directory, which knows when it expires, was asked anew
	is(t, g, "Bearer "+signed, anonymous)
	if known.asked != 3 {
		t.Errorf("the directory was asked %d times", known.asked)
	}
}

func TestARevokedTokenIsOutAfterTheTime(t *testing.T) {
	g, known, keys, token, system := withToken(t, time.Minute)
	is(t, g, "Bearer "+token, system)
	clear(known.callers)
	is(t, g, "Bearer "+token, system)
	keys.pass(time.Minute)
	is(t, g, "Bearer "+token, anonymous)
}
