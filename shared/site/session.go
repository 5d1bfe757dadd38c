package site

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"net/http"
	"net/url"
	"strings"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
	"csdn.example/directory/shared/web"
)

// attempt is a sign-in under way, kept by the browser that began it.
type attempt struct {
	state    string // comes back from the issuer: a code that somebody else began with is not ours
	nonce    string
	verifier string
	to       string // the page to go on to
}

// attemptPrefix tells an attempt from a session.
const attemptPrefix = "attempt."

// attemptLength is how long a sign-in may take.
const attemptLength = 15 * time.Minute

// signIn sends the browser to the issuer.
func (s *site) signIn(w http.ResponseWriter, r *http.Request) error {
	a := attempt{state: rand.Text(), nonce: rand.Text(), verifier: rand.Text() + rand.Text(), to: local(r.URL.Query().Get("to"))}
	address, err := s.SignIn.Begin(r.Context(), a.state, a.nonce, a.verifier)
	if err != nil {
		return err
	}
	setCookie(w, a.text(), attemptLength)
	http.Redirect(w, r, address, http.StatusSeeOther)
	return nil
}

// signedIn takes the browser back from the issuer. The session gets a secret of its own: one that was there before is good for
// nothing.
func (s *site) signedIn(w http.ResponseWriter, r *http.Request) error {
	a, ok := readAttempt(r)
	query := r.URL.Query()
	if !ok || subtle.ConstantTimeCompare([]byte(query.Get("state")), []byte(a.state)) != 1 || query.Get("code") == "" {
		return csdn.Errorf(csdn.Unauthenticated, "The sign-in was not finished. Begin again.")
	}
	claims, err := s.SignIn.Finish(r.Context(), query.Get("code"), a.nonce, a.verifier)
	if err != nil {
		return err
	}
	secret, length, err := s.Sessions.Begin(r.Context(), claims)
	if err != nil {
		return err
	}
	setCookie(w, secret, length)
	http.Redirect(w, r, a.to, http.StatusSeeOther)
	return nil
}

// signOut ends the session.
func (s *site) signOut(w http.ResponseWriter, r *http.Request) error {
	if err := s.Sessions.End(r.Context(), secret(r)); err != nil {
		return err
	}
	setCookie(w, "", -time.Second)
	http.Redirect(w, r, "/", http.StatusSeeOther)
	return nil
}

// SignIn takes people to the issuer and back.
type SignIn interface {
	Begin(ctx context.Context, state, nonce, verifier string) (address string, err error)
	Finish(ctx context.Context, code, nonce, verifier string) (csdn.Claims, error)
}

// member is a page for those who are signed in with a role that may do the act. Who is not signed in is led to the sign-in and
// back; what a form of theirs says is not done.
func (s *site) member(act csdn.Act, serve func(http.ResponseWriter, *http.Request, visit) error) http.Handler {
	if !directory.Governs(act) {
		panic("site: no row of the policy governs the act " + string(act))
	}
	return s.form(func(w http.ResponseWriter, r *http.Request) error {
		v, err := s.visit(r)
		if csdn.KindOf(err) == csdn.Unauthenticated && r.Method == http.MethodGet {
			http.Redirect(w, r, "/sign-in?to="+url.QueryEscape(r.URL.RequestURI()), http.StatusSeeOther)
			return nil
		}
		if err != nil {
			return err
		}
		if err = directory.Permits(v.Caller, act); err == nil {
			err = serve(w, r, v)
		}
		if err != nil {
			s.fail(w, r, err, v.frame(r))
		}
		return nil
	})
}

// visit is who is here, and how the page says so.
type visit struct {
	csdn.Caller
	account csdn.Account
}

// may reports whether the member may do the act on a subject that is the member's own, or not.
func (v visit) may(act csdn.Act, isOwn bool) bool {
	return directory.PermitsOn(v.Caller, act, isOwn) == nil
}

// mayOn reports whether the member may do the act on the meeting.
func (v visit) mayOn(act csdn.Act, m csdn.Meeting) bool {
	return directory.PermitsOnMeeting(v.Caller, act, m) == nil
}

func (s *site) visit(r *http.Request) (visit, error) {
	account, err := s.Sessions.Caller(r.Context(), secret(r))
	return visit{Caller: account.Caller(), account: account}, err
}

// secret returns the secret of the session that the browser shows, "" for none.
func secret(r *http.Request) string {
	cookie, err := r.Cookie(web.SessionCookie)
	if err != nil || strings.HasPrefix(cookie.Value, attemptPrefix) {
		return ""
	}
	return cookie.Value
}

func setCookie(w http.ResponseWriter, value string, length time.Duration) {
	http.SetCookie(w, &http.Cookie{
		Name: web.SessionCookie, Value: value, Path: "/", MaxAge: int(length.Seconds()), Secure: true, HttpOnly: true,
		SameSite: http.SameSiteLaxMode, // sent when the issuer leads back, never with a form of another site
	})
}

func (a attempt) text() string {
	return attemptPrefix + strings.Join([]string{a.state, a.nonce, a.verifier, url.QueryEscape(a.to)}, ".")
}

func readAttempt(r *http.Request) (attempt, bool) {
	cookie, err := r.Cookie(web.SessionCookie)
	if err != nil {
		return attempt{}, false
	}
	rest, ok := strings.CutPrefix(cookie.Value, attemptPrefix)
	parts := strings.SplitN(rest, ".", 4)
	if !ok || len(parts) != 4 {
		return attempt{}, false
	}
	to, err := url.QueryUnescape(parts[3])
	return attempt{state: parts[0], nonce: parts[1], verifier: parts[2], to: local(to)}, err == nil
}

// local returns the address if it is one of this site, else the home page: a link must not lead through the sign-in to another
// site.
func local(to string) string {
	parsed, err := url.Parse(to)
	if err != nil || parsed.IsAbs() || parsed.Host != "" || !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\r\n") {
		return "/"
	}
	return to
}

// errForeignForm refuses a form that another site sent.
var errForeignForm = web.NewProblem(http.StatusForbidden, "The form comes from another site.")
