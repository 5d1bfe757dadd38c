package csdn_test

import (
	"errors"
	"testing"

	"csdn.example/directory/shared/csdn"
)

// FuzzCursor: no text opens as a cursor unless it was sealed for the query, and what was sealed opens for that query alone.
func FuzzCursor(f *testing.F) {
	f.Add("organisations", "people", "NAME#a", "")
	f.Add("", "", "", "LW4zBSjqracwMU04NlpXVFNWVllEWEJRU0hEWVNHN1M4VA")
	f.Add("é", "e", "\x00\xff", "====")
	f.Add("a query", "another", "a place", string(csdn.SealCursor("a query", "a place"))+"\n")
	f.Fuzz(func(t *testing.T, query, other, position, forged string) {
		sealed := csdn.SealCursor(query, position)
		if got, err := sealed.Open(query); err != nil || got != position {
			t.Errorf("sealed %q for %q and read %q: %v", position, query, got, err)
		}
		if got, err := sealed.Open(other); err == nil && other != query && sealed != "" {
			t.Errorf("the cursor of %q opens for %q as %q", query, other, got)
		}
		switch got, err := csdn.Cursor(forged).Open(query); {
		case err != nil && (got != "" || !errors.Is(err, csdn.Malformed)):
			t.Errorf("%q: %q, %v", forged, got, err)
		case err == nil && forged != "" && csdn.SealCursor(query, got) != csdn.Cursor(forged):
			t.Errorf("%q opens as %q, which seals as %q", forged, got, csdn.SealCursor(query, got))
		}
	})
}

// FuzzToken: every token that is made is whole, and none with a letter changed, left out or added is.
func FuzzToken(f *testing.F) {
	f.Add([]byte{}, 0, "")
	f.Add([]byte("twenty random bytes.."), 7, "x")
	f.Add([]byte{0xff}, 1_000, "0")
	f.Fuzz(func(t *testing.T, seed []byte, at int, with string) {
		var random [20]byte
		copy(random[:], seed)
		token := csdn.NewToken(random)
		if _, whole := csdn.HashToken(token); !whole || !csdn.IsToken(token) {
			t.Fatalf("%q is not whole", token)
		}
		at = max(0, at%len(token))
		for _, changed := range []string{token[:at] + with + token[at+1:], token[:at] + with + token[at:], token[:at], with} {
			if hash, whole := csdn.HashToken(changed); whole && changed != token {
				// Of six characters of checksum one in 10^10 fits by chance: a fuzzer does not meet it.
				t.Errorf("%q passes as %s beside %q", changed, hash, token)
			}
		}
	})
}
