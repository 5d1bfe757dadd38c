// The function meetings serves meetings, their concept notes and their calendar entries. It opens the directory alone: who is invited is out of its reach.
package main

import (
	"net/http"

	"csdn.example/directory/shared/api"
	"csdn.example/directory/shared/boot"
	"csdn.example/directory/shared/directory"
	"csdn.example/directory/shared/document"
	"csdn.example/directory/shared/document/compare"
	"csdn.example/directory/shared/mail/calendar"
)

func main() { boot.Serve(serve) }

func serve(e *boot.Environment) http.Handler {
	store := e.Directory()
	clerk := directory.Clerk{Now: e.Now, NewID: e.NewID}
	return api.New(e.Log, api.Meetings{
		Directory: directory.Meetings{
			Clerk:  clerk,
			Store:  store,
			Notes:  store,
			Phases: store,
			Areas:  &directory.Vocabularies{Areas: store, Now: e.Now},
			Types:  store,
		},
		ConceptNotes: api.ConceptNotes{
			HTML: document.ConceptNote, PDF: document.ConceptNotePDF, DOCX: document.ConceptNoteDOCX, Style: document.ConceptNoteStyleHash(),
			Differences: compare.Notes,
		},
		Calendar: calendar.Publisher{Organiser: e.Text("MAIL_FROM"), Home: e.Text("PUBLIC_URL")}.Meeting,
	}, api.MeetingTypes{Directory: directory.MeetingTypes{Clerk: clerk, Store: store, Meetings: store, Phases: store}},
		api.Recommendations{Directory: directory.Recommendations{Clerk: clerk, Meetings: store, Published: store}},
		api.Receipts{Store: store, Now: e.Now, Pause: e.Pause})
}
