package api

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"csdn.example/directory/shared/csdn"
)

// ConceptNotes writes concept notes. Style is the source by which a content security policy permits the style of the HTML; Differences
// tells in which sections two notes differ. They are given, so that no other function links the libraries that they need, which start
// slowly.
type ConceptNotes struct {
	HTML, PDF, DOCX func(csdn.Meeting, csdn.Phase) ([]byte, error)
	Style           string
	Differences     func(before, after csdn.ConceptNote) []csdn.SectionDifference
}

// NoteVersion is an approved version of a concept note, without its content.
type NoteVersion struct {
	Number     int       `json:"number" example:"2"`
	ApprovedAt time.Time `json:"approvedAt"`
	ApprovedBy string    `json:"approvedBy" doc:"Id of the account"`
}

func noteVersion(v csdn.NoteVersion) NoteVersion {
	return NoteVersion{Number: v.Number, ApprovedAt: v.ApprovedAt.UTC(), ApprovedBy: string(v.ApprovedBy)}
}

// NoteDifferences is in what a version of a concept note differs from another.
type NoteDifferences struct {
	From     string              `json:"from" doc:"Number of the version, or draft" example:"1"`
	With     string              `json:"with" doc:"Number of the version that it is compared with, or draft" example:"draft"`
	Sections []SectionDifference `json:"sections" doc:"Those that differ, in the order of the note"`
}

// SectionDifference is one section that differs.
type SectionDifference struct {
	Section string     `json:"section" doc:"Such as title, when, venue, background, agenda or phase" example:"background"`
	Parts   []TextPart `json:"parts" doc:"Word by word: without what was inserted they are the text of from, without what was deleted that of with"`
}

// TextPart is a piece of text.
type TextPart struct {
	Change textChange `json:"change"`
	Text   string     `json:"text"`
}

type textChange string

func (textChange) Schema(huma.Registry) *huma.Schema {
	return enum([]csdn.TextChange{csdn.SameText, csdn.InsertedText, csdn.DeletedText})
}

func sectionDifference(d csdn.SectionDifference) SectionDifference {
	return SectionDifference{Section: d.Section, Parts: each(d.Parts, func(p csdn.TextPart) TextPart {
		return TextPart{Change: textChange(p.Change), Text: p.Text}
	})}
}

// NotePath is a version of a concept note in a path.
type NotePath struct {
	MeetingPath
	Version string `path:"version" doc:"Number of an approved version; draft for the note as the meeting is now" example:"2"`
}

// NoteForm is in which form a note is asked for.
type NoteForm struct {
	Accept string `header:"Accept" doc:"text/html unless another of the media types is preferred"`
	Format string `query:"format" enum:"html,pdf,docx,json" doc:"Instead of Accept"`
}

// noteForms are the media types of a note.
func noteForms() []string { return []string{"text/html", mediaPDF, mediaDOCX, jsonType} }

func (n Meetings) registerConceptNote(a *API) {
	type reading struct {
		MeetingPath
		NoteForm
	}
	register(a, operation{
		method: http.MethodGet, path: "/v1/meetings/{id}/concept-note", id: "read-concept-note", act: "concept-note.read",
		summary: "Read the concept note of a meeting",
		description: "As a document, or its parts as JSON. Its planners read the note as the meeting is now; others the newest version that was " +
			"approved, and the note as the meeting is now while none is.",
		media: noteForms(), body: reflect.TypeFor[ConceptNote](),
	}, func(ctx context.Context, caller csdn.Caller, in *reading) (*document, error) {
		v, err := n.Directory.ConceptNote(ctx, caller, in.id())
		if err != nil {
			return nil, err
		}
		return n.handOutNote(v, in.NoteForm)
	})

	type listing struct {
		MeetingPath
		Paging
	}
	register(a, operation{
		method: http.MethodGet, path: "/v1/meetings/{id}/concept-note/versions", id: "list-concept-note-versions", act: "concept-note.versions.read",
		summary: "List the approved versions of a concept note", description: "The newest first.",
	}, func(ctx context.Context, caller csdn.Caller, in *listing) (*listed[NoteVersion], error) {
		page, err := n.Directory.NoteVersions(ctx, caller, in.id(), in.page())
		return pageOf(page, noteVersion), err
	})

	type approving struct {
		MeetingPath
		IfMatch
	}
	register(a, operation{
		method: http.MethodPost, path: "/v1/meetings/{id}/concept-note/versions", id: "approve-concept-note", act: "concept-note.approved",
		summary: "Approve the concept note as the meeting is now",
		description: "Freezes it as the next version, which is what others than the planners read from then on. If-Match names the version of the " +
			"meeting that was read, so that what is approved is what was seen. 409 when it says what the newest version says.",
		status: http.StatusCreated, beside: []int{http.StatusPreconditionRequired},
	}, func(ctx context.Context, caller csdn.Caller, in *approving) (*created[NoteVersion], error) {
		version, err := in.version()
		if err != nil {
			return nil, err
		}
		v, err := n.Directory.ApproveNote(ctx, caller, in.id(), version)
		return &created[NoteVersion]{
			Location: fmt.Sprintf("/v1/meetings/%s/concept-note/versions/%d", in.ID, v.Number), ETag: etag(csdn.Version(v.Number)), Body: noteVersion(v),
		}, err
	})

	type readingVersion struct {
		NotePath
		NoteForm
	}
	register(a, operation{
		method: http.MethodGet, path: "/v1/meetings/{id}/concept-note/versions/{version}", id: "read-concept-note-version", act: "concept-note.versions.read",
		summary: "Read a version of a concept note", description: "As a document, or its parts as JSON.",
		media: noteForms(), body: reflect.TypeFor[ConceptNote](),
	}, func(ctx context.Context, caller csdn.Caller, in *readingVersion) (*document, error) {
		v, err := n.Directory.NoteVersion(ctx, caller, in.id(), in.Version)
		if err != nil {
			return nil, err
		}
		return n.handOutNote(v, in.NoteForm)
	})

	type comparing struct {
		NotePath
		With string `query:"with" default:"draft" doc:"Number of the other version; draft for the note as the meeting is now"`
	}
	register(a, operation{
		method: http.MethodGet, path: "/v1/meetings/{id}/concept-note/versions/{version}/differences", id: "compare-concept-notes", act: "concept-note.versions.read",
		summary: "Compare two versions of a concept note", description: "Section by section and word by word.",
	}, func(ctx context.Context, caller csdn.Caller, in *comparing) (*struct{ Body NoteDifferences }, error) {
		before, err := n.Directory.NoteVersion(ctx, caller, in.id(), in.Version)
		if err != nil {
			return nil, err
		}
		after, err := n.Directory.NoteVersion(ctx, caller, in.id(), in.With)
		if err != nil {
			return nil, err
		}
		sections := n.ConceptNotes.Differences(before.ConceptNote, after.ConceptNote)
		return &struct{ Body NoteDifferences }{NoteDifferences{From: in.Version, With: in.With, Sections: each(sections, sectionDifference)}}, nil
	})
}

// handOutNote answers with a note in the form that was asked for. The name of the file of an approved one tells its version.
func (n Meetings) handOutNote(v csdn.NoteVersion, asked NoteForm) (*document, error) {
	m := v.Meeting
	kind := "concept-note"
	if v.Number > 0 {
		kind = fmt.Sprintf("concept-note-v%d", v.Number)
	}
	written := func(write func(csdn.Meeting, csdn.Phase) ([]byte, error)) func() ([]byte, error) {
		return func() ([]byte, error) { return write(m, v.Phase) }
	}
	return handOut(fileName(kind, m.StartsAt(), m.Title), asked.Format, asked.Accept, []form{
		{format: "html", media: mediaHTML, policy: stylePolicy(n.ConceptNotes.Style), write: written(n.ConceptNotes.HTML)},
		{format: "pdf", media: mediaPDF, write: written(n.ConceptNotes.PDF)},
		{format: "docx", media: mediaDOCX, attached: true, write: written(n.ConceptNotes.DOCX)},
		{format: "json", media: jsonType, write: func() ([]byte, error) { return json.Marshal(conceptNote(v)) }},
	})
}
