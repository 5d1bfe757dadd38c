// The function exports hands out what a search finds, as sheets and in the standards of others. It opens the organisations and the
// people, to read them, and is a function of its own because the libraries that write sheets start slowly.
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
	"csdn.example/directory/shared/document/vcard"
)

func main() { boot.Serve(serve) }

func serve(e *boot.Environment) http.Handler {
	network, people, home := e.Directory(), e.People(), e.Text("PUBLIC_URL")
	areas := &directory.Vocabularies{Areas: network, Now: e.Now}
	members := &directory.Finder{Subject: csdn.Organisations, Feed: network, Snapshots: network, Now: e.Now}
	persons := &directory.Finder{Subject: csdn.People, Feed: people, Snapshots: people, Now: e.Now}
	return api.New(e.Log, api.OrganisationExports{
		Directory: directory.Organisations{Store: network, Areas: areas, Finder: members},
		Forms: api.OrganisationForms{
			CSV: sheet.OrganisationsCSV, XLSX: sheet.OrganisationsXLSX,
			HSDS: hsds.Publisher{Home: home}.Organisations, JSONLD: schemaorg.Publisher{Home: home}.Organisations,
		},
		Now: e.Now,
	}, api.PersonExports{
		Directory: directory.People{Store: people, Organisations: network, Areas: areas, Finder: persons, Members: members},
		Forms:     api.PersonForms{CSV: sheet.PeopleCSV, XLSX: sheet.PeopleXLSX, VCard: vcard.Cards},
		Now:       e.Now,
	})
}
