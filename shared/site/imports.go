package site

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
	"csdn.example/directory/shared/web"
)

// ImportPages is what the pages of imports open. The function of imports serves them, as it alone has what that takes.
type ImportPages struct {
	Sessions directory.Sessions
	Imports  directory.Imports
}

// importer serves the pages of imports.
type importer struct {
	*site
	directory.Imports
}

// NewImports returns the pages of imports, beside the operations of imports.
func NewImports(log *slog.Logger, pages ImportPages, api http.Handler) http.Handler {
	i := importer{newSite(log, Pages{Sessions: pages.Sessions}), pages.Imports}
	f := newFace(i.site, i.routes())
	f.Handle("/v1/", api)
	return f
}

// ImportRoutes lists the methods and paths of the pages of imports, as the template routes them.
func ImportRoutes() []string { return routesOf(importer{site: newSite(nil, Pages{})}.routes()) }

func (i importer) routes() map[string]http.Handler {
	return map[string]http.Handler{
		"GET /imports":       i.member("import.read", i.recent),
		"POST /imports":      i.member("organisation.imported", i.try),
		"GET /imports/{id}":  i.member("import.read", i.progress),
		"POST /imports/{id}": i.member("organisation.imported", i.take),
	}
}

// importDesk is where sheets are sent: what they may hold, and what was sent lately.
type importDesk struct {
	People bool // are chosen, not organisations
	Wrong  string
	Recent []importLine
	Sheets []sheetOf
}

// importLine is an import in few words.
type importLine struct{ To, Title, When, State string }

// sheetOf tells the columns of a kind of sheet.
type sheetOf struct {
	Title, Export string
	Columns       []columnOf
}

type columnOf struct{ Field, Also, Holds string }

func (i importer) recent(w http.ResponseWriter, r *http.Request, v visit) error {
	return i.desk(w, r, v, http.StatusOK, importDesk{People: r.URL.Query().Get("kind") == string(csdn.People)})
}

// desk shows where sheets are sent.
func (i importer) desk(w http.ResponseWriter, r *http.Request, v visit, status int, view importDesk) error {
	recent, err := i.Imports.Recent(r.Context(), v.Caller)
	if err != nil {
		return err
	}
	for _, one := range recent[:min(len(recent), mostImports)] {
		view.Recent = append(view.Recent, importLine{To: "/imports/" + string(one.ID), Title: titleOf(one), When: csdn.MomentInWords(one.StartedAt, "en"), State: stateOf(one)})
	}
	view.Sheets = []sheetOf{
		newSheetOf("Columns of organisations", "/v1/exports/organisations?format=csv", csdn.Organisations),
		newSheetOf("Columns of people", "/v1/exports/people?format=csv", csdn.People),
	}
	return i.display(w, r, v, status, "imports", view)
}

// mostImports is how many of the last day are listed.
const mostImports = 20

func newSheetOf(title, export string, subject csdn.Subject) sheetOf {
	sheet := sheetOf{Title: title, Export: export}
	for _, c := range directory.ImportColumns(subject) {
		sheet.Columns = append(sheet.Columns, columnOf{Field: c.Field, Also: strings.Join(c.Also, ", "), Holds: columnHolds[c.Field]})
	}
	return sheet
}

// columnHolds says what the columns of sheets hold.
var columnHolds = map[string]string{
	"id": "Of the directory, as exports have it. Empty for what is new.", "name": "In full.", "shortName": "An acronym.",
	"type": "Such as ngo or think-tank; words do.", "mission": "A text. Markdown is understood.", "website": "With https:// at the beginning.",
	"email": "One address.", "country": "Where it is based, or the person lives: a name in English or French, or a code such as ML.",
	"regions": "Names or codes of UN M49, with ; between.", "countries": "Names or codes, with ; between.", "languages": "Names or tags such as fr, with ; between.",
	"areas": "Areas of expertise, with ; between; (expert) behind one says so.", "phases": "Numbers of the phases joined, with ; between.",
	"identifiers": "Such as ror:https://ror.org/… or wikidata:Q42, with ; between.", "status": "active or inactive.",
	"organisation": "Its id, or its name.", "position": "The function in the organisation.", "biography": "A text. Markdown is understood.",
	"timezone": "Such as Africa/Bamako.", "preferredLanguage": "Of messages.", "category": "Side of the table; of the organisation unless set.",
	"safety": "open, careful or hidden.", "alias": "Shown in place of the name of whoever is careful.", "consentBasis": "On what basis the record is held.",
	"consentGivenAt": "The day.", "consentSource": "Where it is written.", "gender": "In own words.",
}

// try looks at a sheet, changes nothing, and leads to what it found.
func (i importer) try(w http.ResponseWriter, r *http.Request, v visit) error {
	subject, file, err := sheetSent(r)
	if err != nil {
		return err
	}
	desk := importDesk{People: subject == csdn.People}
	if len(file) == 0 {
		desk.Wrong = "Choose a file that is not empty."
		return i.desk(w, r, v, http.StatusUnprocessableEntity, desk)
	}
	tried, _, err := i.Start(r.Context(), v.Caller, subject, mediaOf(file), file, true)
	if kind := csdn.KindOf(err); kind == csdn.Invalid || kind == csdn.Conflict {
		problem := web.ProblemOf(err, "body")
		desk.Wrong = problem.Detail
		return i.desk(w, r, v, problem.Status, desk)
	}
	if err != nil {
		return err
	}
	http.Redirect(w, r, "/imports/"+string(tried.ID), http.StatusSeeOther)
	return nil
}

// sheetSent reads the form of a sheet. The file is nil where none was chosen.
func sheetSent(r *http.Request) (csdn.Subject, []byte, error) {
	var large *http.MaxBytesError
	err := r.ParseMultipartForm(web.MaximumBody)
	if errors.As(err, &large) {
		return "", nil, web.NewProblem(http.StatusRequestEntityTooLarge, "The file is larger than 1 MiB. Send it in parts.")
	}
	if err != nil {
		return "", nil, csdn.Errorf(csdn.Malformed, "The form cannot be read.")
	}
	subject := csdn.Organisations
	if r.PostForm.Get("kind") == string(csdn.People) {
		subject = csdn.People
	}
	sent, _, err := r.FormFile("file")
	if errors.Is(err, http.ErrMissingFile) {
		return subject, nil, nil
	}
	if err != nil {
		return subject, nil, csdn.Errorf(csdn.Malformed, "The form cannot be read.")
	}
	defer sent.Close()
	file, err := io.ReadAll(sent)
	return subject, file, err
}

// mediaOf tells a workbook, which is a ZIP archive, from text.
func mediaOf(file []byte) string {
	if bytes.HasPrefix(file, []byte("PK\x03\x04")) {
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	}
	return "text/csv"
}

// take takes over what was tried, and leads to what comes of it.
func (i importer) take(w http.ResponseWriter, r *http.Request, v visit) error {
	taken, err := i.Confirm(r.Context(), v.Caller, csdn.ImportID(r.PathValue("id")))
	if err != nil {
		return err
	}
	http.Redirect(w, r, "/imports/"+url.PathEscape(string(taken.ID)), http.StatusSeeOther)
	return nil
}
