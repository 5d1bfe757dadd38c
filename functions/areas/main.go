// The function areas serves the vocabulary of expertise. It opens the directory alone.
package main

import (
	"net/http"

	"csdn.example/directory/shared/api"
	"csdn.example/directory/shared/boot"
	"csdn.example/directory/shared/directory"
	"csdn.example/directory/shared/document/skos"
)

func main() { boot.Serve(serve) }

func serve(e *boot.Environment) http.Handler {
	scheme := skos.Scheme{Home: e.Text("PUBLIC_URL") + "/v1/areas"}
	return api.New(e.Log, api.Areas{
		Directory: directory.Areas{
			Clerk: directory.Clerk{Now: e.Now, NewID: e.NewID},
			Store: e.Directory(),
		},
		Turtle: scheme.Turtle,
		JSONLD: scheme.JSONLD,
	})
}
