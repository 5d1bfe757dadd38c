package issuer_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"csdn.example/directory/infra/local/issuer"

	"github.com/google/go-cmp/cmp"
	"github.com/lestrrat-go/jwx/v3/jwk"
	"github.com/lestrrat-go/jwx/v3/jwt"
)

// open serves an issuer whose key is in the folder. Its clock can be moved.
func open(t *testing.T, folder string, now func() time.Time) string {
	t.Helper()
	mux := http.NewServeMux()
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	i, err := issuer.New(issuer.Options{
		Name: server.URL + "/local/issuer", URL: server.URL + "/local/issuer", Audience: "csdn-directory", Origin: server.URL,
		KeyFile: filepath.Join(folder, "issuer.json"), Now: now, NewID: func() string { return "id" },
	})
	if err != nil {
		t.Fatal(err)
	}
	mux.HandleFunc("GET /local/issuer/.well-known/openid-configuration", i.Configuration)
	mux.HandleFunc("GET /local/issuer/jwks.json", i.Keys)
	mux.HandleFunc("POST /local/issuer/rotate", i.Rotate)
	mux.HandleFunc("/local/issuer/authorize", i.Authorize)
	mux.HandleFunc("POST /local/issuer/token", i.Exchange)
	mux.HandleFunc("POST /local/token", i.Token)
	return server.URL
}

// verify checks a token with the keys found by discovery alone, and returns its claims.
func verify(t *testing.T, base, token string) (map[string]any, error) {
	t.Helper()
	var configuration struct {
		Issuer string
		Keys   string `json:"jwks_uri"`
	}
	fetch(t, base+"/local/issuer/.well-known/openid-configuration", &configuration)
	var raw json.RawMessage
	fetch(t, configuration.Keys, &raw)
	if strings.Contains(string(raw), `"d"`) {
		t.Error("the private key is published")
	}
	keys, err := jwk.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := jwt.ParseString(token, jwt.WithKeySet(keys), jwt.WithIssuer(configuration.Issuer), jwt.WithAudience("csdn-directory"))
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(parsed)
	if err != nil {
		t.Fatal(err)
	}
	var claims map[string]any
	return claims, json.Unmarshal(text, &claims)
}

func fetch(t *testing.T, url string, into any) {
	t.Helper()
	response, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if err := json.NewDecoder(response.Body).Decode(into); err != nil {
		t.Fatal(err)
	}
}

// post returns the status, the media type and the body.
func post(t *testing.T, url, kind, body string) (int, string, map[string]any) {
	t.Helper()
	response, err := http.Post(url, kind, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var out map[string]any
	if err := json.NewDecoder(response.Body).Decode(&out); err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, response.Header.Get("Content-Type"), out
}

func TestTokensVerifyAndOutliveARestart(t *testing.T) {
	folder := t.TempDir()
	now := time.Now().Truncate(time.Second)
	base := open(t, folder, func() time.Time { return now })
	status, _, answer := post(t, base+"/local/token", "application/json", `{"email":"planner@demo.example"}`)
	if status != http.StatusOK || answer["token_type"] != "Bearer" || answer["expires_in"] != 3600.0 {
		t.Fatalf("answer %d %v", status, answer)
	}
	claims, err := verify(t, base, answer["access_token"].(string))
	if err != nil {
		t.Fatal(err)
	}
	subject, _ := claims["sub"].(string)
	if len(subject) != 36 {
		t.Errorf("the subject is %q", subject)
	}
	want := map[string]any{
		"iss": base + "/local/issuer", "sub": subject, "aud": []any{"csdn-directory"}, "client_id": "csdn-directory",
		"token_use": "access", "scope": "openid email", "iat": float64(now.Unix()), "exp": float64(now.Add(time.Hour).Unix()),
		"jti": "id", "email": "planner@demo.example", "email_verified": true,
	}
	if diff := cmp.Diff(want, claims); diff != "" {
		t.Errorf("claims (-want +got):\n%s", diff)
	}
	again := open(t, folder, func() time.Time { return now })
	_, _, second := post(t, again+"/local/token", "application/json", `{"email":"planner@demo.example"}`)
	if _, err := verify(t, base, second["access_token"].(string)); err == nil || !strings.Contains(err.Error(), "iss") {
		t.Errorf("after a restart the key, not the issuer, is another: %v", err)
	}
	info, err := os.Stat(filepath.Join(folder, "issuer.json"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key's file: %v %v", info.Mode(), err)
	}
	other := open(t, t.TempDir(), func() time.Time { return now })
	_, _, third := post(t, other+"/local/token", "application/json", `{"email":"planner@demo.example"}`)
	if _, err := verify(t, base, third["access_token"].(string)); err == nil {
		t.Error("a token of another key is taken")
	}
}

func TestKeysRotate(t *testing.T) {
	now, folder := time.Now().Truncate(time.Second), t.TempDir()
	base := open(t, folder, func() time.Time { return now })
	kids := func() (list []string) {
		t.Helper()
		var set struct{ Keys []struct{ Kid string } }
		fetch(t, base+"/local/issuer/jwks.json", &set)
		for _, key := range set.Keys {
			list = append(list, key.Kid)
		}
		return list
	}
	signed := func() (token, kid string) {
		t.Helper()
		_, _, answer := post(t, base+"/local/token", "application/json", `{"email":"planner@demo.example"}`)
		token = answer["access_token"].(string)
		header, _, _ := strings.Cut(token, ".")
		text, err := base64.RawURLEncoding.DecodeString(header)
		if err != nil {
			t.Fatal(err)
		}
		var head struct{ Kid string }
		if err := json.Unmarshal(text, &head); err != nil {
			t.Fatal(err)
		}
		return token, head.Kid
	}
	rotate := func() {
		t.Helper()
		if status, _, _ := post(t, base+"/local/issuer/rotate", "", ""); status != http.StatusOK {
			t.Fatalf("answer %d", status)
		}
	}
	first, kid := signed()
	before := kids()
	if len(before) != 2 || before[1] != kid {
		t.Fatalf("%s signs, published are %v", kid, before)
	}
	rotate()
	after := kids()
	second, next := signed()
	if len(after) != 3 || next != before[0] || after[1] != next || after[2] != kid {
		t.Errorf("%s signs, published are %v after %v", next, after, before)
	}
	for _, token := range []string{first, second} {
		if _, err := verify(t, base, token); err != nil {
			t.Error(err)
		}
	}
	now = now.Add(issuer.Lifetime + time.Second)
	rotate()
	if list := kids(); len(list) != 3 || list[2] != next {
		t.Errorf("an hour later published are %v", list)
	}
	base = open(t, folder, func() time.Time { return now })
	if list := kids(); len(list) != 3 || list[2] != next {
		t.Errorf("after a restart published are %v", list)
	}
}

func TestTokenRefuses(t *testing.T) {
	base := open(t, t.TempDir(), time.Now)
	for body, want := range map[string]int{`{"email":"else@demo.example"}`: 404, `{}`: 404, `x`: 400} {
		status, kind, answer := post(t, base+"/local/token", "application/json", body)
		if status != want || kind != "application/problem+json" || answer["status"] != float64(want) {
			t.Errorf("%s is answered %d %s %v", body, status, kind, answer)
		}
	}
}

// signIn chooses an account on the page and returns the code that it leads back with.
func signIn(t *testing.T, base string, change func(url.Values)) (int, string) {
	t.Helper()
	sum := sha256.Sum256([]byte("verifier"))
	form := url.Values{
		"response_type": {"code"}, "client_id": {"csdn-directory"}, "redirect_uri": {base + "/signed-in"},
		"state": {"s"}, "nonce": {"n"}, "code_challenge_method": {"S256"},
		"code_challenge": {base64.RawURLEncoding.EncodeToString(sum[:])}, "email": {"official@demo.example"},
	}
	change(form)
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.PostForm(base+"/local/issuer/authorize", form)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	location, err := url.Parse(response.Header.Get("Location"))
	if err != nil {
		t.Fatal(err)
	}
	if response.StatusCode == http.StatusSeeOther && location.Query().Get("state") != "s" {
		t.Errorf("it leads back to %s", location)
	}
	return response.StatusCode, location.Query().Get("code")
}

func exchange(t *testing.T, base, code, verifier string) (int, map[string]any) {
	t.Helper()
	status, _, answer := post(t, base+"/local/issuer/token", "application/x-www-form-urlencoded", url.Values{
		"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {base + "/signed-in"},
		"client_id": {"csdn-directory"}, "code_verifier": {verifier},
	}.Encode())
	return status, answer
}

func TestSigningInByCode(t *testing.T) {
	now := time.Now()
	base := open(t, t.TempDir(), func() time.Time { return now })
	same := func(url.Values) {}
	_, code := signIn(t, base, same)
	status, answer := exchange(t, base, code, "verifier")
	if status != http.StatusOK {
		t.Fatalf("answer %d %v", status, answer)
	}
	for name, use := range map[string]string{"id_token": "id", "access_token": "access"} {
		claims, err := verify(t, base, answer[name].(string))
		if err != nil || claims["token_use"] != use || claims["email"] != "official@demo.example" {
			t.Errorf("%s: %v %v", name, claims, err)
		}
		if nonce, _ := claims["nonce"].(string); (nonce == "n") != (use == "id") {
			t.Errorf("%s: the nonce is %q", name, nonce)
		}
	}
	if status, _ := exchange(t, base, code, "verifier"); status != http.StatusBadRequest {
		t.Errorf("a code is taken twice: %d", status)
	}
	_, code = signIn(t, base, same)
	if status, _ := exchange(t, base, code, "another"); status != http.StatusBadRequest {
		t.Errorf("another verifier is taken: %d", status)
	}
	_, code = signIn(t, base, same)
	now = now.Add(2 * time.Minute)
	if status, _ := exchange(t, base, code, "verifier"); status != http.StatusBadRequest {
		t.Errorf("an old code is taken: %d", status)
	}
}

func TestAuthorizeRefuses(t *testing.T) {
	base := open(t, t.TempDir(), time.Now)
	cases := map[string]func(url.Values){
		"another client":   func(v url.Values) { v.Set("client_id", "x") },
		"another place":    func(v url.Values) { v.Set("redirect_uri", "https://elsewhere.example/") },
		"a like place":     func(v url.Values) { v.Set("redirect_uri", base+".elsewhere.example/") },
		"another response": func(v url.Values) { v.Set("response_type", "token") },
		"no challenge":     func(v url.Values) { v.Del("code_challenge") },
		"a plain one":      func(v url.Values) { v.Set("code_challenge_method", "plain") },
		"another account":  func(v url.Values) { v.Set("email", "else@demo.example") },
	}
	for name, change := range cases {
		t.Run(name, func(t *testing.T) {
			if status, code := signIn(t, base, change); status < 400 || code != "" {
				t.Errorf("answer %d, code %q", status, code)
			}
		})
	}
}

func TestThePageCarriesTheRequestSafely(t *testing.T) {
	base := open(t, t.TempDir(), time.Now)
	query := url.Values{
		"response_type": {"code"}, "client_id": {"csdn-directory"}, "redirect_uri": {base + "/signed-in"},
		"code_challenge": {"c"}, "code_challenge_method": {"S256"}, "state": {`"><script>`},
	}
	response, err := http.Get(base + "/local/issuer/authorize?" + query.Encode())
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	page := string(body)
	if strings.Contains(page, "<script") || !strings.Contains(page, `name="state" value="&#34;&gt;&lt;script&gt;"`) {
		t.Errorf("the state is carried as it is")
	}
	if strings.Count(page, "<button") != 4 {
		t.Errorf("the page has not the four accounts")
	}
}
