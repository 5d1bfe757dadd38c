package site

import (
	"net/http"
	"slices"

	"csdn.example/directory/shared/csdn"
)

// mergerPage is a merger: how far it is, and whether it can be undone.
type mergerPage struct {
	To                     string
	Status                 csdn.MergerStatus
	Keep, Absorb           link
	Working                bool
	Taken, Joined, Left    []string
	Moved, Returned        []string
	Started, Undone, Until string
	Undoable               bool
}

// mergerList is the mergers of late.
type mergerList struct {
	Items       []mergerLine
	First, Next string
}

type mergerLine struct {
	To, Keep, Absorb, When string
	Status                 csdn.MergerStatus
}

func (m merger) recent(w http.ResponseWriter, r *http.Request, v visit) error {
	page := pageOf(r.URL.Query())
	found, err := m.List(r.Context(), v.Caller, page)
	if err != nil {
		return err
	}
	names, err := m.Names(r.Context(), v.Caller, found.Items)
	if err != nil {
		return err
	}
	var view mergerList
	for _, one := range found.Items {
		view.Items = append(view.Items, mergerLine{
			To: "/mergers/" + string(one.ID), Keep: named(names, one.Keep), Absorb: named(names, one.Absorb), When: csdn.MomentInWords(one.StartedAt, "en"), Status: one.Status,
		})
	}
	if found.Next != "" {
		view.Next = "?" + with(r.URL.Query(), "cursor", string(found.Next)).Encode()
	}
	if page.Cursor != "" {
		view.First = "/mergers"
	}
	return m.display(w, r, v, http.StatusOK, "mergers", view)
}

// named returns the name of a record, of which nothing is known any more once it was erased.
func named(names map[string]string, id string) string {
	if name, known := names[id]; known {
		return name
	}
	return "A record that is no more"
}

func (m merger) progress(w http.ResponseWriter, r *http.Request, v visit) error {
	one, err := m.Read(r.Context(), v.Caller, csdn.MergerID(r.PathValue("id")))
	if err != nil {
		return err
	}
	names, err := m.Names(r.Context(), v.Caller, []csdn.Merger{one})
	if err != nil {
		return err
	}
	record := func(id string) link {
		if _, known := names[id]; !known {
			return link{Text: named(names, id)}
		}
		return link{Text: names[id], To: subjectSections[one.Subject] + id}
	}
	view := mergerPage{
		To: "/mergers/" + string(one.ID), Status: one.Status, Keep: record(one.Keep), Absorb: record(one.Absorb), Working: one.Working(),
		Taken: eachInWords(one.Taken), Joined: eachInWords(one.Joined), Left: eachInWords(one.Left),
		Moved: referencesInWords(one.Moved), Returned: referencesInWords(one.Returned),
		Started: csdn.MomentInWords(one.StartedAt, "en"), Undone: csdn.MomentInWords(one.UndoneAt, "en"), Until: csdn.MomentInWords(one.Until, "en"),
		Undoable: one.Status == csdn.MergerDone && m.Now().Before(one.Until) && v.may("merger.undone", false),
	}
	if view.Working {
		return m.displayLive(w, r, v, "mergerprogress", view)
	}
	return m.display(w, r, v, http.StatusOK, "mergerprogress", view)
}

func eachInWords(fields []string) []string {
	words := slices.Clone(fields)
	for n, field := range words {
		words[n] = fieldInWords(field)
	}
	return words
}
