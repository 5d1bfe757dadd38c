package site

import (
	"errors"
	"net/http"
	"net/url"
	"slices"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
	"csdn.example/directory/shared/web"
)

// invitation shows what a link leads to, and changes nothing.
func (s *site) invitation(w http.ResponseWriter, r *http.Request) error {
	token := r.PathValue("token")
	read, err := s.Invitations.ReadRsvp(r.Context(), token)
	if err != nil {
		return err
	}
	view := newInvitation(read, token, s.Invitations.Now())
	return s.show(w, http.StatusOK, "invitation", page{Language: view.Language, View: view})
}

// respond answers an invitation and sends the browser back to the page, which says where the invitation then stands: loading
// that again repeats nothing. An answer that cannot be taken comes back with the reason and all that was filled in.
func (s *site) respond(w http.ResponseWriter, r *http.Request) error {
	filled, err := response(r)
	if err != nil {
		return err
	}
	token := r.PathValue("token")
	_, err = s.Invitations.Respond(r.Context(), token, filled)
	if err == nil {
		http.Redirect(w, r, "/rsvp/"+url.PathEscape(token), http.StatusSeeOther)
		return nil
	}
	if kind := csdn.KindOf(err); kind != csdn.Conflict && kind != csdn.Invalid {
		return err
	}
	read, gone := s.Invitations.ReadRsvp(r.Context(), token)
	if gone != nil {
		return gone
	}
	view := newInvitation(read, token, s.Invitations.Now())
	view = view.again(filled, troubles(err, filled, read, view.Meeting.Late))
	return s.show(w, web.ProblemOf(err, "").Status, "invitation", page{Language: view.Language, View: view})
}

// response reads the form.
func response(r *http.Request) (csdn.Response, error) {
	values, err := filled(r)
	return csdn.Response{
		Answer: csdn.Answer(values.Get("answer")), Mode: csdn.Mode(values.Get("mode")), Note: values.Get("note"),
	}, err
}

// troubles returns what to tell of an answer that was refused as invalid, field by field, or for the state of things, which is
// read from where the invitation now stands.
func troubles(err error, filled csdn.Response, now directory.Rsvp, passed bool) []trouble {
	var refused *csdn.Error
	if errors.As(err, &refused) && refused.Kind == csdn.Invalid {
		var list []trouble
		for _, f := range refused.Fields {
			list = append(list, trouble(f.Location))
		}
		return list
	}
	switch {
	case slices.Contains(now.Choices, filled.Answer):
		return []trouble{full}
	case passed:
		return []trouble{late}
	}
	return []trouble{moved}
}
