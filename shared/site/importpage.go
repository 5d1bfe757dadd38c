package site

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"csdn.example/directory/shared/csdn"
)

// importPage is an import: how far it is, and what there is to be said of its rows.
type importPage struct {
	Title, To, Subject string
	DryRun, Running    bool
	Rows, Done         int
	Figures            []figure
	Changes            int // rows that were created or updated, or would be
	Failed             int
	Ignored            []string
	Errors             []rowError
	Duplicates         []rowDuplicate
	First, Next        string
	Confirmable        bool
	Until              string // when its file is removed
}

// rowError is why a row is left out, and where in the sheet that is.
type rowError struct {
	Row                     int
	Column, Header, Message string
}

// rowDuplicate is a row that may be of somebody who is there: in the directory, or in a row above.
type rowDuplicate struct {
	Row     int
	To      string
	SameAs  int
	Reasons string
}

// findingsShown is of how many rows a page tells what there is to be said.
const findingsShown = 100

func (i importer) progress(w http.ResponseWriter, r *http.Request, v visit) error {
	cursor := r.URL.Query().Get("cursor")
	one, findings, err := i.Progress(r.Context(), v.Caller, csdn.ImportID(r.PathValue("id")), csdn.PageRequest{Limit: findingsShown, Cursor: csdn.Cursor(cursor)})
	if err != nil {
		return err
	}
	view := importPage{
		Title: titleOf(one), To: "/imports/" + string(one.ID), Subject: nounOf(one), DryRun: one.DryRun, Running: one.Running(), Rows: one.Rows, Done: one.Done,
		Changes: one.Created + one.Updated, Failed: one.Failed, Ignored: one.Ignored, Confirmable: one.Confirmable(i.Now()),
		Figures: []figure{{"new", one.Created}, {"changed", one.Updated}, {"unchanged", one.Unchanged}, {"with errors", one.Failed}},
		Until:   csdn.MomentInWords(one.DoneAt.Add(csdn.DryRunFileKept), "en"),
	}
	for _, f := range findings.Items {
		for _, e := range f.Errors {
			view.Errors = append(view.Errors, rowError{f.Row, csdn.ColumnLetters(e.Column), e.Header, e.Message})
		}
		for _, d := range f.Duplicates {
			like := rowDuplicate{Row: f.Row, SameAs: d.Row, Reasons: strings.Join(d.Reasons, ", ")}
			if d.ID != "" {
				like.To = "/" + nounOf(one) + "/" + d.ID
			}
			view.Duplicates = append(view.Duplicates, like)
		}
	}
	if findings.Next != "" {
		view.Next = "?cursor=" + url.QueryEscape(string(findings.Next))
	}
	if cursor != "" {
		view.First = view.To
	}
	if view.Running {
		return i.displayLive(w, r, v, "import", view)
	}
	return i.display(w, r, v, http.StatusOK, "import", view)
}

// nounOf is the word for what a sheet is of, in addresses too.
func nounOf(i csdn.Import) string {
	if i.Subject == csdn.Organisations {
		return "organisations"
	}
	return "people"
}

func titleOf(i csdn.Import) string {
	if i.DryRun {
		return "Trial of a sheet of " + nounOf(i)
	}
	return "Import of a sheet of " + nounOf(i)
}

// stateOf tells how an import stands, in few words.
func stateOf(i csdn.Import) string {
	if i.Running() {
		return strconv.Itoa(i.Done) + " of " + counted(i.Rows, "row", "rows")
	}
	return strconv.Itoa(i.Created) + " new, " + strconv.Itoa(i.Updated) + " changed, " + strconv.Itoa(i.Unchanged) + " unchanged, " + strconv.Itoa(i.Failed) + " with errors"
}
