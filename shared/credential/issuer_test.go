package credential

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/lestrrat-go/jwx/v3/jwa"

	"csdn.example/directory/shared/csdn"
)

func TestTokensInOrderAreAccepted(t *testing.T) {
	keys := newPublisher(t, public(t, rsaKey, "rs", jwa.RS256()), public(t, rsaKey, "ps", jwa.PS256()), public(t, ecKey, "es", jwa.ES256()))
	expires, _ := keys.claims(nil)["exp"].(int64)
	subject := csdn.Claims{Subject: issuerURL + " subject-7", Expires: time.Unix(expires, 0).UTC()}
	withEmail := subject
	withEmail.VerifiedEmail = "amina@sdf.example"
	for _, test := range []struct {
		name      string
		algorithm jwa.SignatureAlgorithm
		key       any
		kid       string
		changes   map[string]any
		want      csdn.Claims
	}{
		{"RS256", jwa.RS256(), rsaKey, "rs", nil, subject},
		{"PS256", jwa.PS256(), rsaKey, "ps", nil, subject},
		{"ES256", jwa.ES256(), ecKey, "es", nil, subject},
		{"one audience of several", jwa.ES256(), ecKey, "es", map[string]any{"aud": []string{"another", audience}}, subject},
		{"client_id in place of aud", jwa.ES256(), ecKey, "es", map[string]any{"aud": nil, "client_id": audience}, subject},
		{"of an issuer that does not tell uses apart", jwa.ES256(), ecKey, "es", map[string]any{"token_use": nil}, subject},
		{"without nbf and iat", jwa.ES256(), ecKey, "es", map[string]any{"nbf": nil, "iat": nil}, subject},
		{"a verified address", jwa.ES256(), ecKey, "es", map[string]any{"email": "amina@sdf.example", "email_verified": true}, withEmail},
		{"an address that is not verified", jwa.ES256(), ecKey, "es", map[string]any{"email": "amina@sdf.example", "email_verified": false}, subject},
		{"an address without a word on it", jwa.ES256(), ecKey, "es", map[string]any{"email": "amina@sdf.example"}, subject},
		{"the text false", jwa.ES256(), ecKey, "es", map[string]any{"email": "amina@sdf.example", "email_verified": "false"}, subject},
		{"the text true, which is not the truth value", jwa.ES256(), ecKey, "es", map[string]any{"email": "amina@sdf.example", "email_verified": "true"}, subject},
		{"the number one, which is not the truth value", jwa.ES256(), ecKey, "es", map[string]any{"email": "amina@sdf.example", "email_verified": 1}, subject},
		{"an address that is a list", jwa.ES256(), ecKey, "es", map[string]any{"email": []string{"amina@sdf.example"}, "email_verified": true}, subject},
		{"verified without an address", jwa.ES256(), ecKey, "es", map[string]any{"email_verified": true}, subject},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := keys.issuer().Verify(t.Context(), signed(t, keys.claims(test.changes), test.algorithm, test.key, test.kid, nil))
			must(t, err)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("the claims differ (-want +got):\n%s", diff)
			}
		})
	}
}

func TestKeysAreFetchedOnceForManyTokens(t *testing.T) {
	keys := newPublisher(t, public(t, ecKey, "es", jwa.ES256()))
	issuer := keys.issuer()
	token := signed(t, keys.claims(nil), jwa.ES256(), ecKey, "es", nil)
	for range 20 {
		if _, err := issuer.Verify(t.Context(), token); err != nil {
			t.Fatal(err)
		}
	}
	if n := keys.fetched(); n != 1 {
		t.Errorf("the keys were fetched %d times", n)
	}
}

func TestKeysRotateWithoutARefusal(t *testing.T) {
	current, next := public(t, rsaKey, "spring", jwa.RS256()), public(t, ecKey, "summer", jwa.ES256())
	keys := newPublisher(t, current)
	issuer := keys.issuer()
	bySpring := func() string { return signed(t, keys.claims(nil), jwa.RS256(), rsaKey, "spring", nil) }
	bySummer := func() string { return signed(t, keys.claims(nil), jwa.ES256(), ecKey, "summer", nil) }
	accepts := func(stage, token string) {
		t.Helper()
		if _, err := issuer.Verify(t.Context(), token); err != nil {
			t.Fatalf("%s: %v", stage, err)
		}
	}
	accepts("before", bySpring())
	keys.pass(time.Minute)
	keys.publish(t, current, next)
	accepts("the next is published, the current signs", bySpring())
	accepts("the next signs", bySummer())
	accepts("tokens of the one before live on", bySpring())
	keys.publish(t, next)
	accepts("the one before is dropped", bySummer())
	keys.pass(stale)
	accepts("long after", bySummer())
	if _, err := issuer.Verify(t.Context(), bySpring()); !refused(err) {
		t.Errorf("a key that is published no more is trusted: %v", err)
	}
}

func TestUnknownKeysDoNotMakeFetchesWithoutLimit(t *testing.T) {
	keys := newPublisher(t, public(t, ecKey, "es", jwa.ES256()))
	issuer := keys.issuer()
	for round := 1; round <= 3; round++ {
		for range 50 {
			if _, err := issuer.Verify(t.Context(), signed(t, keys.claims(nil), jwa.ES256(), ecKey, "unheard-of", nil)); !refused(err) {
				t.Fatalf("an unknown key: %v", err)
			}
		}
		if n := keys.fetched(); n != round {
			t.Fatalf("the keys were fetched %d times in round %d", n, round)
		}
		keys.pass(refetch)
	}
}

func TestKeysThatCannotBeHadAreNoRefusal(t *testing.T) {
	for _, test := range []struct {
		name  string
		spoil func(*publisher)
	}{
		{"nobody listens", func(p *publisher) { p.Close() }},
		{"an error", func(p *publisher) { p.says(http.StatusInternalServerError, []byte(`{"keys": []}`)) }},
		{"not found", func(p *publisher) { p.says(http.StatusNotFound, []byte(`{"keys": []}`)) }},
		{"not JSON", func(p *publisher) { p.says(http.StatusOK, []byte("<html>maintenance</html>")) }},
		{"cut short", func(p *publisher) { p.says(http.StatusOK, []byte(`{"keys": [{"kty":`)) }},
	} {
		t.Run(test.name, func(t *testing.T) {
			keys := newPublisher(t, public(t, ecKey, "es", jwa.ES256()))
			test.spoil(keys)
			got, err := keys.issuer().Verify(t.Context(), signed(t, keys.claims(nil), jwa.ES256(), ecKey, "es", nil))
			if err == nil || refused(err) {
				t.Errorf("got %v, want an error that is no refusal", err)
			}
			if diff := cmp.Diff(csdn.Claims{}, got); diff != "" {
				t.Errorf("claims beside an error:\n%s", diff)
			}
		})
	}
}

func TestAnOutageOfTheIssuerSparesTheKeysThatAreKnown(t *testing.T) {
	keys := newPublisher(t, public(t, ecKey, "es", jwa.ES256()))
	issuer := keys.issuer()
	if _, err := issuer.Verify(t.Context(), signed(t, keys.claims(nil), jwa.ES256(), ecKey, "es", nil)); err != nil {
		t.Fatal(err)
	}
	keys.says(http.StatusServiceUnavailable, nil)
	keys.pass(stale - time.Second)
	if _, err := issuer.Verify(t.Context(), signed(t, keys.claims(nil), jwa.ES256(), ecKey, "es", nil)); err != nil {
		t.Errorf("while the keys are fresh: %v", err)
	}
	keys.pass(time.Second)
	if _, err := issuer.Verify(t.Context(), signed(t, keys.claims(nil), jwa.ES256(), ecKey, "es", nil)); err == nil || refused(err) {
		t.Errorf("once they are stale: %v, want an error that is no refusal", err)
	}
}

func TestRefusalsTellTheLogNothingOfTheToken(t *testing.T) {
	keys := newPublisher(t, public(t, ecKey, "es", jwa.ES256()))
	issuer := keys.issuer()
	for _, f := range forgeries(t, keys) {
		_, err := issuer.Verify(t.Context(), f.token)
		if err == nil {
			continue // TestForgeriesAreRefused tells
		}
		secrets := []string{"subject-7", "amina@sdf.example"}
		for piece := range strings.SplitSeq(f.token, ".") {
			if len(piece) > 20 {
				secrets = append(secrets, piece)
			}
		}
		for _, secret := range secrets {
			if strings.Contains(err.Error(), secret) {
				t.Errorf("%s: the reason repeats a part of the token: %.200s", f.name, err)
			}
		}
	}
}
