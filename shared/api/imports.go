package api

import (
	"context"
	"mime"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// Import is what came, or comes, of a sheet that was sent.
type Import struct {
	ID                 string              `json:"id" doc:"ULID"`
	Status             string              `json:"status" enum:"running,done,stopped" doc:"stopped: somebody was erased while it ran, whom the file may have held. What is done stays; send a file that was made after that"`
	DryRun             bool                `json:"dryRun" doc:"Whether it only says what it would do"`
	Rows               int                 `json:"rows" doc:"How many rows hold anything, without the header"`
	Done               int                 `json:"done" doc:"How many of them are done"`
	Created            int                 `json:"created"`
	Updated            int                 `json:"updated"`
	Unchanged          int                 `json:"unchanged"`
	Failed             int                 `json:"failed" doc:"How many rows were left out; errors says why"`
	PossibleDuplicates []PossibleDuplicate `json:"possibleDuplicates" doc:"New ones that may be there already. They are created nevertheless: dryRun tells before"`
	Errors             []ImportError       `json:"errors" doc:"By row and column"`
	IgnoredColumns     []string            `json:"ignoredColumns" doc:"Names of columns that mean nothing here"`
	Next               string              `json:"next,omitempty" doc:"The cursor of further errors and possible duplicates, for GET; absent at the end"`
	StartedAt          time.Time           `json:"startedAt"`
	DoneAt             *time.Time          `json:"doneAt,omitempty"`
}

// PossibleDuplicate is a new subject that may be there already.
type PossibleDuplicate struct {
	Row     int      `json:"row" doc:"Of the new one"`
	ID      string   `json:"id,omitempty" doc:"ULID of the one that is there"`
	SameAs  int      `json:"sameAs,omitempty" doc:"Or the earlier row of the file"`
	Reasons []string `json:"reasons" doc:"What is alike: name, website, email"`
}

// ImportError is why a row was left out.
type ImportError struct {
	Row     int    `json:"row" doc:"As spreadsheets number them: the header is row 1"`
	Column  string `json:"column,omitempty" example:"C" doc:"Its letters; absent when it is about the whole row"`
	Header  string `json:"header,omitempty" example:"pays" doc:"What the file calls the column"`
	Message string `json:"message" example:"is not a country: write its code of ISO 3166-1, such as ML, or its name in English or French"`
}

func importBody(i csdn.Import, findings csdn.Page[csdn.Finding]) Import {
	body := Import{
		ID: string(i.ID), Status: "running", DryRun: i.DryRun, Rows: i.Rows, Done: i.Done, Created: i.Created, Updated: i.Updated,
		Unchanged: i.Unchanged, Failed: i.Failed, IgnoredColumns: as[string](i.Ignored), Next: string(findings.Next),
		StartedAt: i.StartedAt.UTC(), DoneAt: instant(i.DoneAt), PossibleDuplicates: []PossibleDuplicate{}, Errors: []ImportError{},
	}
	switch {
	case !i.DoneAt.IsZero():
		body.Status = "done"
	case !i.StoppedAt.IsZero():
		body.Status = "stopped"
	}
	for _, f := range findings.Items {
		for _, d := range f.Duplicates {
			body.PossibleDuplicates = append(body.PossibleDuplicates, PossibleDuplicate{Row: f.Row, ID: d.ID, SameAs: d.Row, Reasons: d.Reasons})
		}
		for _, e := range f.Errors {
			body.Errors = append(body.Errors, ImportError{Row: f.Row, Column: csdn.ColumnLetters(e.Column), Header: e.Header, Message: e.Message})
		}
	}
	return body
}

// Imports serves the imports of sheets.
type Imports struct{ Directory directory.Imports }

// sheetTypes are the media types that an import takes.
var sheetTypes = []string{"text/csv", mediaXLSX}

func (n Imports) register(a *API) {
	type order struct {
		DryRun      bool   `query:"dryRun" doc:"true to be told what an import would do"`
		ContentType string `header:"Content-Type" hidden:"true"`
		RawBody     []byte `contentType:"text/csv"`
	}
	type answer struct {
		Status   int
		Location string `header:"Location" doc:"Where to see how far it is"`
		Body     Import
	}
	for path, subject := range map[string]csdn.Subject{"organisations": csdn.Organisations, "people": csdn.People} {
		register(a, operation{
			method: http.MethodPost, path: "/v1/imports/" + path, id: "import-" + path, act: csdn.Act(string(subject) + ".imported"),
			summary: "Import " + path + " from a sheet", description: importDescription, takes: sheetTypes,
		}, func(ctx context.Context, caller csdn.Caller, in *order) (*answer, error) {
			media, _, err := mime.ParseMediaType(in.ContentType)
			if err != nil || media != sheetTypes[0] && media != sheetTypes[1] {
				return nil, problem(http.StatusUnsupportedMediaType, "")
			}
			i, findings, err := n.Directory.Start(ctx, caller, subject, media, in.RawBody, in.DryRun)
			if err != nil {
				return nil, err
			}
			status := http.StatusOK
			if i.Running() {
				status = http.StatusAccepted
			}
			return &answer{Status: status, Location: "/v1/imports/" + string(i.ID), Body: importBody(i, findings)}, nil
		})
	}

	type reading struct {
		ID     string `path:"id" doc:"ULID of the import"`
		Cursor string `query:"cursor" maxLength:"8000" doc:"Where to go on with errors and possible duplicates: next of the answer before"`
	}
	register(a, operation{
		method: http.MethodGet, path: "/v1/imports/{id}", id: "read-import", act: "import.read", summary: "Read how far an import is",
		description: "Kept for a day. Its counts are of the whole; its errors and possible duplicates come in pages of 500 rows.",
	}, func(ctx context.Context, caller csdn.Caller, in *reading) (*struct{ Body Import }, error) {
		i, findings, err := n.Directory.Progress(ctx, caller, csdn.ImportID(in.ID), csdn.PageRequest{Cursor: csdn.Cursor(in.Cursor)})
		return &struct{ Body Import }{importBody(i, findings)}, err
	})
}

const importDescription = "A row whose id, identifier (organisations), e-mail (people) or exact name with the country or website (organisations) is " +
	"known changes what its columns hold, where an empty cell empties the field; any other row is new. Sending a sheet again changes nothing. " +
	"The first row names the columns by the fields of the bodies, or in French; codes may be written as names. Lists in a cell are separated by ; , or |. " +
	"CSV has commas, semicolons or tabs, in UTF-8, UTF-16 or Windows-1252; of a workbook the first sheet counts. At most 20,000 rows and 1 MiB.\n\n" +
	"200 when it is done, 202 when it goes on in the background: then Location tells how far it is. A row with an error is left out, all others are " +
	"taken over. 409 while another import of the kind is running."

// takes describes the body of an operation that takes files of several types.
func takes(types []string) *huma.RequestBody {
	content := map[string]*huma.MediaType{}
	for _, media := range types {
		content[media] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}
	}
	return &huma.RequestBody{Required: true, Content: content}
}
