// The function organisations serves the profiles of organisations, and exports them. It opens the directory alone.
package main

import (
	"net/http"

	"csdn.example/directory/shared/api"
	"csdn.example/directory/shared/boot"
	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
	"csdn.example/directory/shared/document/hsds"
	"csdn.example/directory/shared/document/schemaorg"
	"csdn.example/directory/shared/document/sheet"
)

func main() { boot.Serve(serve) }

func serve(e *boot.Environment) http.Handler {
	store, home := e.Directory(), e.Text("PUBLIC_URL")
	organisations := directory.Organisations{
		Clerk:  directory.Clerk{Now: e.Now, NewID: e.NewID},
		Store:  store,
		Areas:  &directory.Vocabularies{Areas: store, Now: e.Now},
		Finder: &directory.Finder{Subject: csdn.Organisations, Feed: store, Snapshots: store, Now: e.Now},
	}
	return api.New(e.Log, api.Organisations{Directory: organisations}, api.OrganisationExports{
		Directory: organisations,
		Forms: api.OrganisationForms{
			CSV: sheet.OrganisationsCSV, XLSX: sheet.OrganisationsXLSX,
			HSDS: hsds.Publisher{Home: home}.Organisations, JSONLD: schemaorg.Publisher{Home: home}.Organisations,
		},
		Now: e.Now,
	}, api.Receipts{Store: store, Now: e.Now, Pause: e.Pause})
}
