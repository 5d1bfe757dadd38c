package site

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/web"

	gocmp "github.com/google/go-cmp/cmp"
)

func TestAnInvitationFromItsMailToTheSeat(t *testing.T) {
	h := open(t)
	before := h.stored(t)
	page := ask(h, http.MethodGet, "/rsvp/"+careful, "").Body.String()
	says(t, page, "Mediation in the Sahel", "Vous n’avez pas encore répondu.", "lundi 1er février 2027, de 9 h 15 à 11 h 30 (Europe/Brussels, UTC+01:00)",
		"lundi 1er février 2027, de 8 h 15 à 10 h 30 (Africa/Bamako, UTC+00:00)", "règle de Chatham House", "Oui, j’accepte")
	hides(t, page, "Aminata", "Diallo", "Expert du Sahel", "sdf.example", "Jonas", "01J0000", meet)
	if diff := gocmp.Diff(before, h.stored(t)); diff != "" {
		t.Errorf("a GET changed the store:\n%s", diff)
	}

	page = h.taken(t, careful, "accepted", "in-person", "Je viens en train.\r\nMerci.")
	says(t, page, "Vous avez accepté, en présence.", "Votre dernière réponse nous est parvenue le lundi 11 janvier 2027, 9 h 30", "Je viens en train. Merci.",
		"Non, je ne peux plus participer", meet)
	hides(t, page, "Aminata", `value="declined"`)

	page = h.taken(t, second, "accepted", "in-person", "")
	says(t, page, "You are in the reserve; you would attend in person.", "Please make no travel arrangements", "No, I no longer wait for a seat")
	hides(t, page, "Berg", "Aminata", meet)

	page = h.taken(t, careful, "withdrawn", "in-person", "")
	says(t, page, "Vous vous êtes désisté(e).", "Oui, je peux finalement participer")

	page = ask(h, http.MethodGet, "/rsvp/"+second, "").Body.String()
	says(t, page, "A seat is being kept for you until Wednesday 13 January 2027, 10:30 (Europe/Brussels, UTC+01:00).", "Yes, I take the seat", "No, I decline")
	hides(t, page, `value="withdrawn"`)

	says(t, h.taken(t, second, "accepted", "online", ""), "You have accepted, online.")
}

func TestAnAnswerThatIsNotTaken(t *testing.T) {
	h := open(t)
	h.taken(t, careful, "accepted", "in-person", "")
	h.taken(t, second, "accepted", "online", "")
	long := strings.Repeat("é", 2001)
	for _, c := range []struct {
		name               string
		token              string
		answer, mode, note string
		after              time.Duration
		status             int
		says               []string
		keeps              []string // of the form
	}{
		{"no answer", second, "", "online", "By train", 0, 422, []string{"Please choose one of the answers."}, []string{"By train"}},
		{"an answer that is none", second, "perhaps", "online", "", 0, 422, []string{"Please choose one of the answers."}, nil},
		{"a mode that is none", second, "accepted", "hybrid", "", 0, 422, []string{"Please choose in person or online."}, []string{`value="accepted" required checked`}},
		{"a long note", careful, "withdrawn", "", long, 0, 422, []string{"Merci de réduire votre message à 2 000 caractères."}, []string{long, `value="withdrawn" required checked`}},
		{"two at once", second, "", "hybrid", "", 0, 422, []string{"Please choose one of the answers.", "Please choose in person or online."}, nil},
		{"no seat in the other mode", second, "accepted", "in-person", "I would rather come", 0, 409,
			[]string{"No seat is free in the other way of attending. You keep the seat that you have.", "You have accepted, online."},
			[]string{"I would rather come", `value="accepted" required checked`, `value="in-person" checked`}},
		{"what the state forbids", second, "tentative", "", "", 0, 409, []string{"no longer possible as your invitation now stands"}, nil},
		{"after the deadline", careful, "accepted", "online", "", 15 * 24 * time.Hour, 409, []string{"Le délai de réponse est passé.", "Ce délai est passé."}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			began := h.now
			h.now = h.now.Add(c.after)
			defer func() { h.now = began }()
			before := h.stored(t)
			w := h.answers(c.token, c.answer, c.mode, c.note)
			if w.Code != c.status {
				t.Errorf("status is %d, want %d", w.Code, c.status)
			}
			page := w.Body.String()
			says(t, page, c.says...)
			for _, kept := range c.keeps {
				if !strings.Contains(page, kept) {
					t.Errorf("the page does not keep %q:\n%s", kept, page)
				}
			}
			first := ""
			for _, e := range parsed(t, page) {
				if role := attribute(e, "role"); first == "" && (role == "alert" || e.Data == "h1") {
					first = e.Data + role
				}
			}
			if first != "divalert" {
				t.Errorf("the page begins with %q and not with the alert", first)
			}
			if diff := gocmp.Diff(before, h.stored(t)); diff != "" {
				t.Errorf("a refused answer changed the store:\n%s", diff)
			}
		})
	}
}

func TestLineBreaksOfAFormCountOnce(t *testing.T) {
	h := open(t)
	h.taken(t, second, "declined", "", strings.Repeat("a\r\n", 999)+"an")
}

func TestLinksThatLeadNowhereLookTheSame(t *testing.T) {
	h := open(t)
	_, err := h.pages.Invitations.Revoke(t.Context(), secretariat, sahel(t).ID, jonas().ID, "")
	must(t, err)
	look := func(token string) *httptest.ResponseRecorder { return ask(h, http.MethodGet, "/rsvp/"+token, "") }
	wrong, dead := look("WRONG"), look(second)
	posted := h.answers(second, "accepted", "", "")
	h.now = sahel(t).StartsAt()
	expired := look(careful)
	says(t, wrong.Body.String(), "This link does not lead to an invitation", "write to the secretariat")
	for name, w := range map[string]*httptest.ResponseRecorder{"wrong": wrong, "dead": dead, "posted": posted, "expired": expired} {
		if w.Code != http.StatusNotFound {
			t.Errorf("a link that is %s is a %d", name, w.Code)
		}
		if diff := gocmp.Diff(wrong.Body.String(), w.Body.String()); diff != "" {
			t.Errorf("a link that is %s looks another way:\n%s", name, diff)
		}
		if diff := gocmp.Diff(wrong.Header(), w.Header()); diff != "" {
			t.Errorf("a link that is %s has other headers:\n%s", name, diff)
		}
	}
}

func TestFormsOfOtherSitesAreRefused(t *testing.T) {
	h := open(t)
	for _, c := range []struct {
		name   string
		header []string
		want   int
	}{
		{"another site", []string{"Sec-Fetch-Site", "cross-site"}, http.StatusForbidden},
		{"a sister site", []string{"Sec-Fetch-Site", "same-site"}, http.StatusForbidden},
		{"another origin, in an old browser", []string{"Origin", "https://evil.example"}, http.StatusForbidden},
		{"an origin that is hidden", []string{"Origin", "null"}, http.StatusForbidden},
		{"our own page, in an old browser", []string{"Origin", "https://example.com"}, http.StatusSeeOther},
		{"our own page", []string{"Sec-Fetch-Site", "same-origin", "Origin", "null"}, http.StatusSeeOther},
		{"no browser", nil, http.StatusSeeOther},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := h.stored(t)
			w := ask(h, http.MethodPost, "/rsvp/"+second, "answer=tentative", c.header...)
			if w.Code != c.want {
				t.Errorf("status is %d, want %d", w.Code, c.want)
			}
			if w.Code != http.StatusForbidden {
				return
			}
			says(t, w.Body.String(), "This form did not come from our page", "Nothing was changed.")
			if diff := gocmp.Diff(before, h.stored(t)); diff != "" {
				t.Errorf("it changed the store:\n%s", diff)
			}
		})
	}
}

// crowded is a store in which others are always faster; broken is one that fails in a way that nobody foresaw.
type (
	crowded struct{ csdn.InvitationStore }
	broken  struct{ csdn.InvitationStore }
)

func (crowded) WriteInvitations(context.Context, csdn.InvitationWrite) error {
	return csdn.Errorf(csdn.Unavailable, "lost against others")
}

func (broken) Link(context.Context, csdn.LinkHash) (csdn.Link, error) {
	return csdn.Link{}, errors.New("the table is upside down")
}

func TestOverloadAndFaults(t *testing.T) {
	h := open(t)
	for _, c := range []struct {
		name  string
		store csdn.InvitationStore
		want  int
		retry string
		says  []string
	}{
		{"overload", crowded{h.pages.Invitations.Store}, http.StatusServiceUnavailable, "1", []string{"Le répertoire est très sollicité", "Rien n’a été modifié."}},
		{"a fault", broken{h.pages.Invitations.Store}, http.StatusInternalServerError, "", []string{"Une erreur est survenue de notre côté"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var log strings.Builder
			pages := h.pages
			pages.Invitations.Store = c.store
			site := New(slog.New(slog.NewTextHandler(&log, nil)), pages)
			w := ask(site, http.MethodPost, "/rsvp/"+careful, "answer=accepted", "Accept-Language", "fr-ML,fr;q=0.9,en;q=0.8")
			if w.Code != c.want || w.Header().Get("Retry-After") != c.retry {
				t.Errorf("status is %d, Retry-After %q", w.Code, w.Header().Get("Retry-After"))
			}
			says(t, w.Body.String(), c.says...)
			hides(t, w.Body.String(), "lost against", "upside down")
			if !strings.Contains(log.String(), "a page failed") {
				t.Error("nothing was logged")
			}
			hides(t, log.String(), careful, "Aminata")
		})
	}
}

func TestALargeFormIsRefused(t *testing.T) {
	h := open(t)
	guarded := web.Guard(h, slog.New(slog.DiscardHandler), func() time.Time { return h.now }, func(*http.Request) string { return "" })
	r := httptest.NewRequest(http.MethodPost, "/rsvp/"+second, strings.NewReader("answer=accepted&note="+strings.Repeat("a", web.MaximumBody)))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.ContentLength = -1 // of a sender who does not say
	w := httptest.NewRecorder()
	guarded.ServeHTTP(w, r)
	if w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("status is %d", w.Code)
	}
	says(t, w.Body.String(), "That was too much at once")
}
