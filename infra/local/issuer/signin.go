package issuer

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	_ "embed"
	"encoding/base64"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

//go:embed signin.html
var pageText string

// grant is what a code stands for, until it is exchanged.
type grant struct {
	email     string
	redirect  string
	challenge string
	nonce     string
	until     time.Time
}

// codeLifetime is how long a code can be exchanged (RFC 6749, section 4.1.2, wants it short).
const codeLifetime = time.Minute

// view is what the page of the accounts shows.
type view struct {
	Emails []string
	// Request is carried from the page to the answer.
	Request map[string]string
}

// Authorize shows the demo accounts to choose from (GET), and leads back with a code for the one chosen (POST).
func (i *Issuer) Authorize(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		problem(w, http.StatusBadRequest, "The form cannot be read.")
		return
	}
	if detail := i.check(r.Form); detail != "" {
		problem(w, http.StatusBadRequest, detail)
		return
	}
	if r.Method == http.MethodPost {
		i.grant(w, r)
		return
	}
	v := view{Emails: Emails(), Request: map[string]string{}}
	for name := range r.Form {
		if name != "email" {
			v.Request[name] = r.Form.Get(name)
		}
	}
	page, err := template.New("page").Parse(pageText)
	if err != nil {
		problem(w, http.StatusInternalServerError, "The page is broken.")
		return
	}
	var buffer bytes.Buffer
	if err := page.Execute(&buffer, v); err != nil {
		problem(w, http.StatusInternalServerError, "The page cannot be written.")
		return
	}
	header := w.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Cache-Control", "no-store")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Content-Security-Policy",
		"default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
	_, _ = w.Write(buffer.Bytes())
}

// check tells what is wrong with a request for authorization, or nothing.
func (i *Issuer) check(form url.Values) string {
	switch {
	case form.Get("response_type") != "code":
		return "response_type is not code."
	case form.Get("client_id") != i.options.Audience:
		return "client_id is not known."
	case !strings.HasPrefix(form.Get("redirect_uri"), i.options.Origin+"/"):
		return "redirect_uri does not lead back to this machine."
	case form.Get("code_challenge_method") != "S256" || form.Get("code_challenge") == "":
		return "code_challenge is missing, or its method is not S256."
	}
	return ""
}

// grant makes a code for the account chosen.
func (i *Issuer) grant(w http.ResponseWriter, r *http.Request) {
	email := r.PostForm.Get("email")
	if !slices.Contains(Emails(), email) {
		problem(w, http.StatusNotFound, "There is no demo account of that address.")
		return
	}
	back, err := url.Parse(r.Form.Get("redirect_uri"))
	if err != nil {
		problem(w, http.StatusBadRequest, "redirect_uri is not an address.")
		return
	}
	now := i.options.Now()
	code := rand.Text()
	i.mutex.Lock()
	for old, g := range i.codes {
		if now.After(g.until) {
			delete(i.codes, old)
		}
	}
	i.codes[code] = grant{
		email: email, redirect: r.Form.Get("redirect_uri"), challenge: r.Form.Get("code_challenge"),
		nonce: r.Form.Get("nonce"), until: now.Add(codeLifetime),
	}
	i.mutex.Unlock()
	query := back.Query()
	query.Set("code", code)
	if state := r.Form.Get("state"); state != "" {
		query.Set("state", state)
	}
	back.RawQuery = query.Encode()
	http.Redirect(w, r, back.String(), http.StatusSeeOther)
}

// Exchange answers a code with an access and an ID token, once.
func (i *Issuer) Exchange(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<16)
	if err := r.ParseForm(); err != nil || r.PostForm.Get("grant_type") != "authorization_code" {
		reply(w, "application/json", http.StatusBadRequest, map[string]string{"error": "unsupported_grant_type"})
		return
	}
	code := r.PostForm.Get("code")
	i.mutex.Lock()
	g, found := i.codes[code]
	delete(i.codes, code)
	i.mutex.Unlock()
	if !found || !i.good(g, r.PostForm) {
		reply(w, "application/json", http.StatusBadRequest, map[string]string{"error": "invalid_grant"})
		return
	}
	access, _, err := i.AccessToken(g.email)
	if err != nil {
		reply(w, "application/json", http.StatusInternalServerError, map[string]string{"error": "server_error"})
		return
	}
	claims := map[string]any{"token_use": "id"}
	if g.nonce != "" {
		claims["nonce"] = g.nonce
	}
	identity, err := i.sign(g.email, claims)
	if err != nil {
		reply(w, "application/json", http.StatusInternalServerError, map[string]string{"error": "server_error"})
		return
	}
	reply(w, "application/json", http.StatusOK, map[string]any{
		"access_token": access, "id_token": identity, "token_type": "Bearer", "expires_in": int(Lifetime.Seconds()),
	})
}

// good compares the exchange with the request that the code was made for.
func (i *Issuer) good(g grant, form url.Values) bool {
	sum := sha256.Sum256([]byte(form.Get("code_verifier")))
	challenge := base64.RawURLEncoding.EncodeToString(sum[:])
	return subtle.ConstantTimeCompare([]byte(challenge), []byte(g.challenge)) == 1 &&
		form.Get("redirect_uri") == g.redirect && form.Get("client_id") == i.options.Audience &&
		!i.options.Now().After(g.until)
}
