package csdn

import (
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
	"regexp"
	"strings"
	"testing"
	"time"
)

func TestTokensAreOfTheForm(t *testing.T) {
	form := regexp.MustCompile(`^csdn_[0-9A-Za-z]{33}$`)
	seen := map[string]bool{}
	for n := range 256 {
		token := NewToken([20]byte(bytes.Repeat([]byte{byte(n)}, 20)))
		hash, whole := HashToken(token)
		if !form.MatchString(token) || !whole || len(hash) != 64 || !IsToken(token) || seen[token] || seen[string(hash)] {
			t.Errorf("%q of the hash %q", token, hash)
		}
		seen[token], seen[string(hash)] = true, true
	}
	// The number 62 is the digits 10, and the last six digits are the CRC-32 of what is before.
	token := NewToken([20]byte{19: 62})
	if want := "csdn_" + strings.Repeat("0", 25) + "10"; !strings.HasPrefix(token, want) {
		t.Errorf("%s does not begin with %s", token, want)
	}
	sum := 0
	for _, digit := range token[32:] {
		sum = sum*62 + strings.IndexRune(base62, digit)
	}
	if want := crc32.ChecksumIEEE([]byte(token[:32])); sum != int(want) {
		t.Errorf("the checksum is %d, want %d", sum, want)
	}
}

func TestMistypedTokensAreKnown(t *testing.T) {
	token := NewToken([20]byte{3: 7})
	for place := range token {
		wrong := []byte(token)
		if wrong[place]++; wrong[place] == token[place] {
			t.Fatal("nothing is wrong")
		}
		if _, whole := HashToken(string(wrong)); whole {
			t.Errorf("%s passes for %s", wrong, token)
		}
	}
	for _, wrong := range []string{"", "csdn_", token[1:], token + "0", token[:37], " " + token, "csdn_" + token, strings.ToUpper(token)} {
		if _, whole := HashToken(wrong); whole {
			t.Errorf("%q passes", wrong)
		}
	}
}

var made = time.Date(2027, 1, 10, 12, 0, 0, 0, time.UTC)

func TestRulesOfTokens(t *testing.T) {
	for name, c := range map[string]struct {
		edit   func(*Token)
		broken []string
	}{
		"as it is":               {func(*Token) {}, nil},
		"a year":                 {func(k *Token) { k.ExpiresAt = made.AddDate(1, 0, 0) }, nil},
		"more than a year":       {func(k *Token) { k.ExpiresAt = made.AddDate(1, 0, 0).Add(time.Second) }, []string{"expiresAt"}},
		"expired":                {func(k *Token) { k.ExpiresAt = made.Add(-time.Second) }, []string{"expiresAt"}},
		"expiring now":           {func(k *Token) { k.ExpiresAt = made }, []string{"expiresAt"}},
		"no name":                {func(k *Token) { k.Name = " \u202e " }, []string{"name"}},
		"a long name":            {func(k *Token) { k.Name = strings.Repeat("x", 201) }, []string{"name"}},
		"an unknown scope":       {func(k *Token) { k.Scope = "everything" }, []string{"scope"}},
		"nothing that is proper": {func(k *Token) { *k = Token{Scope: "x", CreatedAt: made, ExpiresAt: made} }, []string{"name", "scope", "expiresAt"}},
	} {
		t.Run(name, func(t *testing.T) {
			k := Token{Name: "Website", CreatedAt: made}
			c.edit(&k)
			if got := fmt.Sprint(brokenIn(k.Clean().Validate())); got != fmt.Sprint(c.broken) {
				t.Errorf("broken are %v, want %v", got, c.broken)
			}
		})
	}
	k := Token{Name: " Web\nsite ", CreatedAt: made}.Clean()
	if k.Name != "Web site" || k.Scope != ReadScope || !k.ExpiresAt.Equal(made.AddDate(0, 0, 90)) {
		t.Errorf("the defaults make %+v", k)
	}
}

func brokenIn(err error) []string {
	var e *Error
	if !errors.As(err, &e) {
		return nil
	}
	var places []string
	for _, f := range e.Fields {
		places = append(places, f.Location)
	}
	return places
}

func numbered(n int, created, expires time.Time) Token {
	return Token{ID: TokenID(fmt.Sprint("T", n)), Hash: TokenHash(fmt.Sprint("H", n)), CreatedAt: created, ExpiresAt: expires}
}

func TestAKeyringIsFullWithTwentyThatAreGood(t *testing.T) {
	k, year := Keyring{}, made.AddDate(1, 0, 0)
	for n := range 20 {
		var err error
		if k, err = k.Add(numbered(n, made, year)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := k.Add(numbered(20, made, year)); !errors.Is(err, Conflict) {
		t.Errorf("the twenty-first: %v", err)
	}
	less, removed, err := k.Remove("T7")
	if err != nil || removed.ID != "T7" || len(less.Tokens) != 19 || less.Version != 21 || len(k.Tokens) != 20 {
		t.Errorf("removed is %+v, left are %d: %v", removed, len(less.Tokens), err)
	}
	if _, _, err := less.Remove("T7"); !errors.Is(err, NotFound) {
		t.Errorf("removed twice: %v", err)
	}
	if more, err := less.Add(numbered(20, made, year)); err != nil || len(more.Tokens) != 20 {
		t.Errorf("in its place: %v", err)
	}
	if again, err := k.Add(numbered(20, year, year.AddDate(1, 0, 0))); err != nil || len(again.Tokens) != 21 {
		t.Errorf("when all have expired there are %d: %v", len(again.Tokens), err)
	}
	if later := year.Add(tokenMemory); len(k.At(later.Add(-time.Second)).Tokens) != 20 || len(k.At(later).Tokens) != 0 || !k.ForgetAt().Equal(later) {
		t.Error("expired tokens are not forgotten after their time")
	}
}

func TestAKeyringStaysSmall(t *testing.T) {
	k := Keyring{}
	for n := range 200 {
		var err error
		at := made.Add(time.Duration(n) * time.Minute)
		if k, err = k.Add(numbered(n, at, at.Add(time.Second))); err != nil {
			t.Fatal(err)
		}
	}
	if len(k.Tokens) != 40 || k.Tokens[0].ID != "T160" || k.Version != 200 {
		t.Errorf("%d tokens from %s at version %d", len(k.Tokens), k.Tokens[0].ID, k.Version)
	}
}
