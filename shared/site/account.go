package site

import (
	"net/http"
	"net/url"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// accountPage is the member's own account: its tokens, and what is held on the member.
type accountPage struct {
	Email, Role  string
	Organisation *link
	Tokens       []tokenLine
	Made         string // a token that was just made, told this once
	Form         editing
	Asked        bool // erasure was just asked for
}

type tokenLine struct {
	ID, Name, Scope, Expires, Used string
	Expired                        bool
}

func (s *site) accountPage(r *http.Request, v visit) (accountPage, error) {
	view := accountPage{Asked: r.URL.Query().Get("erasure") == "asked", Email: v.account.Email, Role: spell(v.Role), Form: tokenForm("", "read", s.Tokens.Now().AddDate(0, 3, 0).Format(time.DateOnly))}
	if v.Organisation != "" {
		names, err := s.Organisations.Names(r.Context(), v.Caller, []csdn.OrganisationID{v.Organisation})
		if err != nil {
			return view, err
		}
		view.Organisation = &link{Text: names[v.Organisation], To: "/organisations/" + string(v.Organisation)}
	}
	tokens, err := s.Tokens.List(r.Context(), v.Caller, csdn.PageRequest{Limit: csdn.MaximumLimit})
	if err != nil {
		return view, err
	}
	for _, t := range tokens.Items {
		view.Tokens = append(view.Tokens, tokenLine{
			ID: string(t.ID), Name: t.Name, Scope: string(t.Scope), Expires: day(t.ExpiresAt), Used: day(t.LastUsedAt), Expired: t.Expired(s.Tokens.Now()),
		})
	}
	return view, nil
}

func (s *site) account(w http.ResponseWriter, r *http.Request, v visit) error {
	view, err := s.accountPage(r, v)
	if err != nil {
		return err
	}
	return s.display(w, r, v, http.StatusOK, "account", view)
}

func tokenForm(name, scope, expires string) editing {
	return editing{Action: "/account/tokens", Submit: "Make a token", Groups: []controls{{Legend: "New token", Controls: []control{
		{Name: "name", Label: "Name", Hint: "What it is for, such as “website of our office”.", Kind: "line", Value: name, Required: true},
		{Name: "scope", Label: "Scope", Kind: "choice", Options: []option{{Value: "read", Text: "Read", Chosen: scope == "read"}, {Value: "write", Text: "Read and write", Chosen: scope == "write"}}},
		{Name: "expiresAt", Label: "Until", Hint: "A year from now at most.", Kind: "date", Value: expires, Required: true},
	}}}}
}

// makeToken makes a token and tells it, this once: the answer is no redirect, as the token is in no address.
func (s *site) makeToken(w http.ResponseWriter, r *http.Request, v visit) error {
	values, err := filled(r)
	if err != nil {
		return err
	}
	order := csdn.Token{Name: values.Get("name"), Scope: csdn.Scope(values.Get("scope"))}
	order.ExpiresAt, _ = time.Parse(time.DateOnly, values.Get("expiresAt")) // the zero time for what is none, which is refused or the default
	_, text, madeErr := s.Tokens.Create(r.Context(), v.Caller, order)
	view, err := s.accountPage(r, v)
	if err != nil {
		return err
	}
	if madeErr == nil {
		view.Made = text
		return s.display(w, r, v, http.StatusCreated, "account", view)
	}
	view.Form = tokenForm(values.Get("name"), values.Get("scope"), values.Get("expiresAt"))
	if !view.Form.take(madeErr) {
		return madeErr
	}
	return s.display(w, r, v, http.StatusUnprocessableEntity, "account", view)
}

// revokeToken makes a token good for nothing.
func (s *site) revokeToken(w http.ResponseWriter, r *http.Request, v visit) error {
	values, err := filled(r)
	if err != nil {
		return err
	}
	if err := s.Tokens.Delete(r.Context(), v.Caller, csdn.TokenID(values.Get("id"))); err != nil {
		return err
	}
	http.Redirect(w, r, "/account", http.StatusSeeOther)
	return nil
}

// askForErasure asks the secretariat to erase the account and the record of the member.
func (s *site) askForErasure(w http.ResponseWriter, r *http.Request, v visit) error {
	if _, err := s.Rights.Request(r.Context(), v.Caller); err != nil {
		return err
	}
	http.Redirect(w, r, "/account?erasure=asked", http.StatusSeeOther)
	return nil
}

// accountList is who may sign in, for the secretariat.
type accountList struct {
	Items []accountLine
	Next  string
	Form  editing
}

type accountLine struct {
	ID, Email, Role string
	Organisation    link
	Active, Bound   bool
}

func (s *site) accounts(w http.ResponseWriter, r *http.Request, v visit) error {
	view, err := s.accountList(r, v)
	if err != nil {
		return err
	}
	return s.display(w, r, v, http.StatusOK, "accounts", view)
}

func (s *site) accountList(r *http.Request, v visit) (accountList, error) {
	view := accountList{Form: accountForm(url.Values{"organisation": r.URL.Query()["organisation"]})}
	found, err := s.Accounts.List(r.Context(), v.Caller, directory.AccountFilter{Text: r.URL.Query().Get("q")}, pageOf(r.URL.Query()))
	if err != nil {
		return view, err
	}
	var ids []csdn.OrganisationID
	for _, a := range found.Items {
		if a.Organisation != "" {
			ids = append(ids, a.Organisation)
		}
	}
	names, err := s.Organisations.Names(r.Context(), v.Caller, ids)
	if err != nil {
		return view, err
	}
	for _, a := range found.Items {
		view.Items = append(view.Items, accountLine{
			ID: string(a.ID), Email: a.Email, Role: spell(a.Role), Active: !a.Inactive, Bound: a.Subject != "",
			Organisation: link{Text: names[a.Organisation], To: "/organisations/" + string(a.Organisation)},
		})
	}
	if found.Next != "" {
		view.Next = "?" + with(r.URL.Query(), "cursor", string(found.Next)).Encode()
	}
	return view, nil
}

func accountForm(values url.Values) editing {
	return editing{Action: "/accounts", Submit: "Add the account", Groups: []controls{{Legend: "New account", Controls: []control{
		{Name: "email", Label: "E-mail address", Hint: "Whoever first signs in with it, verified, holds the account.", Kind: "line", Value: values.Get("email"), Required: true},
		{Name: "role", Label: "Role", Kind: "choice", Options: choices(csdn.Roles(), csdn.Role(values.Get("role")), spell)},
		{Name: "organisation", Label: "Organisation", Hint: "For the role organisation: its identifier, the last part of the address of its page.", Kind: "line", Value: values.Get("organisation")},
	}}}}
}

// changeAccounts adds an account, or lets one in or out.
func (s *site) changeAccounts(w http.ResponseWriter, r *http.Request, v visit) error {
	values, err := filled(r)
	if err != nil {
		return err
	}
	id := csdn.AccountID(values.Get("id"))
	if act := values.Get("act"); act != "" {
		_, err = s.Accounts.Change(r.Context(), v.Caller, id, anyVersion, func(p csdn.AccountProfile) (csdn.AccountProfile, error) {
			p.Active = act == "activate"
			return p, nil
		})
	} else {
		_, err = s.Accounts.Create(r.Context(), v.Caller, csdn.AccountProfile{
			Email: values.Get("email"), Role: csdn.Role(values.Get("role")), Organisation: csdn.OrganisationID(values.Get("organisation")), Active: true,
		})
	}
	if err == nil {
		http.Redirect(w, r, "/accounts", http.StatusSeeOther)
		return nil
	}
	view, listErr := s.accountList(r, v)
	if listErr != nil {
		return listErr
	}
	view.Form = accountForm(values)
	if !view.Form.take(err) {
		return err
	}
	return s.display(w, r, v, http.StatusUnprocessableEntity, "accounts", view)
}
