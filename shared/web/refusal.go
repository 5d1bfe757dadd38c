package web

import "net/http"

// Refuser is a face that says itself what is refused before it is asked. One that is none has problem documents written.
type Refuser interface {
	Refuse(http.ResponseWriter, *http.Request, *Problem)
}

// Refuse answers a request with a problem, in the words of the face that was to answer it.
func Refuse(face http.Handler, w http.ResponseWriter, r *http.Request, p *Problem) {
	if own, ok := face.(Refuser); ok {
		own.Refuse(w, r, p)
		return
	}
	WriteProblem(w, p)
}

// behind is a handler before a face, in whose words it refuses.
type behind struct {
	http.HandlerFunc
	face http.Handler
}

// Behind returns a handler that stands before a face, so that what is refused before it, too, is said in the words of the face.
func Behind(face http.Handler, serve http.HandlerFunc) http.Handler { return behind{serve, face} }

// Refuse implements Refuser.
func (b behind) Refuse(w http.ResponseWriter, r *http.Request, p *Problem) { Refuse(b.face, w, r, p) }
