package site

import (
	"net/http"

	"csdn.example/directory/shared/csdn"
)

// duplicateList is records that may be of one and the same subject, side by side.
type duplicateList struct {
	Title, Lead string
	Tabs        []link
	Pairs       []likelyPair
	Next        string
}

type likelyPair struct {
	First, Second link
	Merge         string // where the two are merged
	Reasons       []string
	Fields        []csdn.Comparison
}

// likeReasons say why two records are alike.
var likeReasons = map[string]string{"name": "the same name", "website": "the same website", "email": "the same address"}

func (s *site) likelyOrganisations(w http.ResponseWriter, r *http.Request, v visit) error {
	found, err := s.Duplicates.OfOrganisations(r.Context(), v.Caller, pageOf(r.URL.Query()))
	if err != nil {
		return err
	}
	return s.likely(w, r, v, "Organisations that may be listed twice", "/organisations", csdn.Organisations, found)
}

func (s *site) likelyPeople(w http.ResponseWriter, r *http.Request, v visit) error {
	found, err := s.Duplicates.OfPeople(r.Context(), v.Caller, pageOf(r.URL.Query()))
	if err != nil {
		return err
	}
	return s.likely(w, r, v, "People who may be listed twice", "/people", csdn.People, found)
}

func (s *site) likely(w http.ResponseWriter, r *http.Request, v visit, title, section string, subject csdn.Subject, found csdn.Page[csdn.LikelyPair]) error {
	view := duplicateList{Title: title, Tabs: []link{
		{Text: "Organisations", To: "/duplicates/organisations", Current: section == "/organisations"},
		{Text: "People", To: "/duplicates/people", Current: section == "/people"},
	}}
	for _, p := range found.Items {
		pair := likelyPair{
			First: link{Text: p.FirstName, To: section + "/" + p.First}, Second: link{Text: p.SecondName, To: section + "/" + p.Second}, Fields: p.Differing,
			Merge: mergerAddress(subject, p.First, p.Second),
		}
		for _, reason := range p.Reasons {
			pair.Reasons = append(pair.Reasons, likeReasons[reason])
		}
		view.Pairs = append(view.Pairs, pair)
	}
	if found.Next != "" {
		view.Next = "?" + with(r.URL.Query(), "cursor", string(found.Next)).Encode()
	}
	return s.display(w, r, v, http.StatusOK, "duplicates", view)
}
