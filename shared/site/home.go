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
	if err == nil {
		err = s.desk(w, r, v)
	}
	return err
}

// static returns a page that is the same for everybody, in the language of the reader.
func (s *site) static(name string) http.Handler {
	return s.handler(func(w http.ResponseWriter, r *http.Request) error {
		return s.show(w, http.StatusOK, name, page{Language: web.PreferredLanguage(r.Header.Get("Accept-Language"))})
	})
}
