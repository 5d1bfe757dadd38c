// The function phases serves the phases of the network and what they came to. It opens the directory alone.
package main

import (
	"net/http"

	"csdn.example/directory/shared/api"
	"csdn.example/directory/shared/boot"
	"csdn.example/directory/shared/directory"
	"csdn.example/directory/shared/document/report"
)

func main() { boot.Serve(serve) }

func serve(e *boot.Environment) http.Handler {
	store := e.Directory()
	clerk := directory.Clerk{Now: e.Now, NewID: e.NewID}
	return api.New(e.Log, api.Phases{Directory: directory.Phases{Clerk: clerk, Store: store}}, api.Reports{
		Directory: directory.Reports{Phases: store, Closed: store, Summaries: store, Areas: store, Types: store},
		Forms:     api.ReportForms{HTML: report.HTML, CSV: report.CSV, XLSX: report.XLSX, Style: report.StyleHash()},
	}, api.Receipts{Store: store, Now: e.Now, Pause: e.Pause})
}
