package site

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/web"
)

// issuer stands for the way to the issuer and back: whoever brings the code is who it names.
type issuer struct{ began attempt }

func (i *issuer) Begin(_ context.Context, state, nonce, verifier string) (string, error) {
	i.began = attempt{state: state, nonce: nonce, verifier: verifier}
	return "https://issuer.example/authorize?state=" + state, nil
}

func (i *issuer) Finish(_ context.Context, code, nonce, verifier string) (csdn.Claims, error) {
	if nonce != i.began.nonce || verifier != i.began.verifier {
		return csdn.Claims{}, csdn.Errorf(csdn.Unauthenticated, "Refused.")
	}
	return csdn.Claims{Subject: "issuer " + code, VerifiedEmail: code + "@eplo.example"}, nil
}

// cookie returns the session cookie that an answer sets.
func cookie(t *testing.T, h http.Header) *http.Cookie {
	t.Helper()
	for _, c := range (&http.Response{Header: h}).Cookies() {
		if c.Name == web.SessionCookie {
			return c
		}
	}
	t.Fatalf("no cookie is set: %v", h)
	return nil
}

// enter signs in as the planner of the house.
func (h *house) enter(t *testing.T, from string) string {
	t.Helper()
	return h.enterAs(t, "planner", from)
}

// enterAs signs in by the account of the name and returns the Cookie header to send from then on.
func (h *house) enterAs(t *testing.T, name, from string) string {
	t.Helper()
	begun := ask(h, "GET", "/sign-in?to="+url.QueryEscape(from), "")
	held := cookie(t, begun.Header())
	back := ask(h, "GET", "/signed-in?code="+name+"&state="+h.issuer.began.state, "", "Cookie", held.Name+"="+held.Value)
	if back.Code != 303 || back.Header().Get("Location") != from {
		t.Fatalf("%d to %q", back.Code, back.Header().Get("Location"))
	}
	set := cookie(t, back.Header())
	if set.Value == held.Value || !set.Secure || !set.HttpOnly || set.SameSite != http.SameSiteLaxMode || set.Path != "/" || set.Domain != "" {
		t.Errorf("the cookie is %+v", set)
	}
	return set.Name + "=" + set.Value
}

func TestSigningInAndOut(t *testing.T) {
	h := open(t)
	h.account(t, "planner", csdn.PlannerRole)
	session := h.enter(t, "/")
	says(t, ask(h, "GET", "/", "", "Cookie", session).Body.String(), "planner@eplo.example", "Sign out")

	out := ask(h, "POST", "/sign-out", "", "Cookie", session, "Sec-Fetch-Site", "same-origin")
	if out.Code != 303 || cookie(t, out.Header()).MaxAge >= 0 {
		t.Errorf("signing out is %d, %v", out.Code, out.Header())
	}
	// The secret is good for nothing afterwards, wherever it was kept.
	says(t, ask(h, "GET", "/", "", "Cookie", session).Body.String(), "sign in")
}

func TestASessionEndsByItself(t *testing.T) {
	h := open(t)
	h.account(t, "planner", csdn.PlannerRole)
	session := h.enter(t, "/")
	h.now = h.now.Add(10*time.Hour - time.Second)
	says(t, ask(h, "GET", "/", "", "Cookie", session).Body.String(), "Sign out")
	h.now = h.now.Add(time.Second)
	says(t, ask(h, "GET", "/", "", "Cookie", session).Body.String(), "sign in")
}

// TestASecretOfSomebodyElseIsNotTakenOver plants a session and an attempt of another browser.
func TestASecretOfSomebodyElseIsNotTakenOver(t *testing.T) {
	h := open(t)
	h.account(t, "planner", csdn.PlannerRole)
	session := h.enter(t, "/")
	if again := h.enter(t, "/"); again == session {
		t.Error("the second sign-in goes on with the secret of the first")
	}
	begun := cookie(t, ask(h, "GET", "/sign-in", "").Header())
	for name, target := range map[string]string{
		"another's state": "/signed-in?code=planner&state=" + strings.Repeat("A", 26),
		"no state":        "/signed-in?code=planner",
		"no code":         "/signed-in?state=" + h.issuer.began.state,
	} {
		got := ask(h, "GET", target, "", "Cookie", begun.Name+"="+begun.Value)
		if got.Code != 401 || len(got.Header().Values("Set-Cookie")) > 0 {
			t.Errorf("%s: %d", name, got.Code)
		}
	}
	if got := ask(h, "GET", "/signed-in?code=planner&state="+h.issuer.began.state, ""); got.Code != 401 {
		t.Errorf("without the cookie of the attempt: %d", got.Code)
	}
}

func TestWhoHasNoAccountIsToldSo(t *testing.T) {
	h := open(t)
	held := cookie(t, ask(h, "GET", "/sign-in", "").Header())
	back := ask(h, "GET", "/signed-in?code=stranger&state="+h.issuer.began.state, "", "Cookie", held.Name+"="+held.Value)
	if back.Code != 403 {
		t.Errorf("a stranger is answered %d", back.Code)
	}
	says(t, back.Body.String(), "has no account of your address")
}

func TestSigningOutByAnotherSiteIsRefused(t *testing.T) {
	h := open(t)
	h.account(t, "planner", csdn.PlannerRole)
	session := h.enter(t, "/")
	if out := ask(h, "POST", "/sign-out", "", "Cookie", session, "Sec-Fetch-Site", "cross-site"); out.Code != 403 {
		t.Errorf("got %d", out.Code)
	}
	says(t, ask(h, "GET", "/", "", "Cookie", session).Body.String(), "Sign out")
}

func TestTheSignInLeadsNowhereElse(t *testing.T) {
	for to, want := range map[string]string{
		"/people?q=a&area=ssr": "/people?q=a&area=ssr", "": "/", "https://evil.example/": "/", "//evil.example": "/",
		"/\\evil.example": "/", "javascript:alert(1)": "/", "people": "/", "/\r\nSet-Cookie: a=b": "/",
	} {
		if got := local(to); got != want {
			t.Errorf("%q leads to %q", to, got)
		}
	}
}
