// The function site serves the pages for people, the documentation of the API, and the health of the whole. It opens all four
// tables.
package main

import (
	"net/http"

	"csdn.example/directory/shared/boot"
	"csdn.example/directory/shared/site"
	"csdn.example/directory/shared/web"
)

func main() { boot.Serve(serve) }

func serve(e *boot.Environment) http.Handler {
	return web.LimitGuesses(site.New(e.Log, pages(e)), e.Participation(), e.Log, e.Now)
}
