// The function meetings serves meetings, their concept notes and their calendar entries. It opens the directory alone: who is invited is out of its reach.
package main

import (
	"net/http"

	"csdn.example/directory/shared/api"
	"csdn.example/directory/shared/boot"
	"csdn.example/directory/shared/directory"
	"csdn.example/directory/shared/document"
	"csdn.example/directory/shared/mail/calendar"
)

func main() { boot.Serve(serve) }

func serve(e *boot.Environment) http.Handler {
	store := e.Directory()
	return api.New(e.Log, api.Meetings{
		Directory: directory.Meetings{
			Clerk:  directory.Clerk{Now: e.Now, NewID: e.NewID},
			Store:  store,
			Phases: store,
			Areas:  &directory.Vocabularies{Areas: store, Now: e.Now},
		},
		ConceptNotes: api.ConceptNotes{
			HTML: document.ConceptNote, PDF: document.ConceptNotePDF, DOCX: document.ConceptNoteDOCX, Style: document.ConceptNoteStyleHash(),
		},
		Calendar: calendar.Publisher{Organiser: e.Text("MAIL_FROM"), Home: e.Text("PUBLIC_URL")}.Meeting,
	}, api.Receipts{Store: store, Now: e.Now, Pause: e.Pause})
}
