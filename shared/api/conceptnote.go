package api

import (
	"context"
	"encoding/json"
	"net/http"
	"reflect"

	"csdn.example/directory/shared/csdn"
)

// ConceptNotes writes concept notes. Style is the source by which a content security policy permits the style of the HTML. They are
// given, so that no other function links the libraries that they need, which start slowly.
type ConceptNotes struct {
	HTML, PDF, DOCX func(csdn.Meeting, csdn.Phase) ([]byte, error)
	Style           string
}

func (n Meetings) registerConceptNote(a *API) {
	type reading struct {
		MeetingPath
		Accept string `header:"Accept" doc:"text/html unless another of the media types is preferred"`
		Format string `query:"format" enum:"html,pdf,docx,json" doc:"Instead of Accept"`
	}
	register(a, operation{
		method: http.MethodGet, path: "/v1/meetings/{id}/concept-note", id: "read-concept-note", act: "concept-note.read",
		summary: "Read the concept note of a meeting", description: "As a document, or its parts as JSON.",
		media: []string{"text/html", mediaPDF, mediaDOCX, jsonType}, body: reflect.TypeFor[ConceptNote](),
	}, func(ctx context.Context, caller csdn.Caller, in *reading) (*document, error) {
		m, phase, err := n.Directory.ConceptNote(ctx, caller, in.id())
		if err != nil {
			return nil, err
		}
		written := func(write func(csdn.Meeting, csdn.Phase) ([]byte, error)) func() ([]byte, error) {
			return func() ([]byte, error) { return write(m, phase) }
		}
		return handOut(fileName("concept-note", m.StartsAt(), m.Title), in.Format, in.Accept, []form{
			{format: "html", media: mediaHTML, policy: stylePolicy(n.ConceptNotes.Style), write: written(n.ConceptNotes.HTML)},
			{format: "pdf", media: mediaPDF, write: written(n.ConceptNotes.PDF)},
			{format: "docx", media: mediaDOCX, attached: true, write: written(n.ConceptNotes.DOCX)},
			{format: "json", media: jsonType, write: func() ([]byte, error) { return json.Marshal(conceptNote(m, phase)) }},
		})
	})
}
