package site

import (
	"net/http"

	"csdn.example/directory/shared/csdn"
)

// welcome is what the home page shows.
type welcome struct{ Language csdn.Language }

func (s *site) home(w http.ResponseWriter, r *http.Request) error {
	in := preferred(r.Header.Get("Accept-Language"))
	return s.show(w, http.StatusOK, "home", in, welcome{Language: in})
}
