package site

import (
	"net/http"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/web"
)

// home is the desk of whoever is signed in, and what the directory is for everybody else.
func (s *site) home(w http.ResponseWriter, r *http.Request) error {
	v, err := s.visit(r)
	if csdn.KindOf(err) == csdn.Unauthenticated {
		return s.show(w, http.StatusOK, "home", page{Language: web.PreferredLanguage(r.Header.Get("Accept-Language"))})
	}
	if err != nil {
		return err
	}
	return s.display(w, r, v, http.StatusOK, "desk", desk{Role: v.Role})
}

// desk is what a member sees first.
type desk struct{ Role csdn.Role }
