package site

import (
	"net/http"
	"net/url"
	"strings"

	"csdn.example/directory/shared/csdn"
)

// history is what was changed of a subject, the newest first.
type history struct {
	Title   string
	Back    link
	Entries []historyEntry
	Next    string
}

type historyEntry struct {
	When, Who, What string
	Fields          []csdn.Difference
}

func (s *site) organisationHistory(w http.ResponseWriter, r *http.Request, v visit) error {
	id := csdn.OrganisationID(r.PathValue("id"))
	changes, err := s.Organisations.Changes(r.Context(), v.Caller, id, pageOf(r.URL.Query()))
	if err != nil {
		return err
	}
	o, err := s.Organisations.Read(r.Context(), v.Caller, id)
	if err != nil {
		return err
	}
	view := history{Title: "What was changed: " + o.Name, Back: link{Text: o.Name, To: "/organisations/" + string(id)}}
	for _, c := range changes.Items {
		view.Entries = append(view.Entries, newHistoryEntry(v, c))
	}
	if changes.Next != "" {
		view.Next = "?cursor=" + url.QueryEscape(string(changes.Next))
	}
	return s.display(w, r, v, http.StatusOK, "history", view)
}

func newHistoryEntry(v visit, c csdn.Change) historyEntry {
	who := "Account " + string(c.By)
	switch c.By {
	case v.Account:
		who = "You"
	case csdn.Clock:
		who = "The clock"
	case csdn.OrganisationLink:
		who = "The link of a yearly reminder"
	case csdn.Invitee:
		who = "The invitee"
	}
	return historyEntry{When: csdn.MomentInWords(c.At, "en"), Who: who, What: spell(strings.ReplaceAll(string(c.Act), ".", " ")), Fields: c.Fields}
}
