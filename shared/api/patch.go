package api

import (
	"context"
	"encoding/json"
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	jsonpatch "github.com/evanphx/json-patch/v5"

	"csdn.example/directory/shared/csdn"
)

// mergePatchType is the media type of a merge patch (RFC 7396).
const mergePatchType = "application/merge-patch+json"

// Patch is the body of a PATCH: the fields to change; null removes one.
type Patch struct {
	ContentType string `header:"Content-Type" hidden:"true"`
	RawBody     []byte `contentType:"application/merge-patch+json"`
}

// merge returns the current body with the patch applied. It refuses what the schema of the body refuses: a field that is
// unknown, or a value of another type.
func merge[B any](a *API, current B, p Patch) (B, error) {
	var merged B
	mediaType, _, _ := strings.Cut(p.ContentType, ";")
	if mediaType = strings.TrimSpace(mediaType); mediaType != "" && mediaType != mergePatchType && mediaType != "application/json" {
		return merged, problem(http.StatusUnsupportedMediaType, "")
	}
	var fields map[string]any
	if err := json.Unmarshal(p.RawBody, &fields); err != nil || fields == nil {
		return merged, csdn.Errorf(csdn.Malformed, "The body is not a merge patch, which is a JSON object with the fields to change.")
	}
	before, err := json.Marshal(current)
	if err != nil {
		return merged, err
	}
	after, err := jsonpatch.MergePatch(before, p.RawBody)
	if err != nil {
		return merged, csdn.Errorf(csdn.Malformed, "The body is not a merge patch, which is a JSON object with the fields to change.")
	}
	if err := a.conforms(bodySchema[B](a), after); err != nil {
		return merged, err
	}
	if err := json.Unmarshal(after, &merged); err != nil {
		return merged, problem(http.StatusUnprocessableEntity, "", &huma.ErrorDetail{Location: "body", Message: spoken(err.Error())})
	}
	return merged, nil
}

// conforms returns a problem with every rule of the schema that the document breaks.
func (a *API) conforms(schema *huma.Schema, document []byte) error {
	var parsed any
	if err := json.Unmarshal(document, &parsed); err != nil {
		return err
	}
	path, result := huma.NewPathBuffer([]byte{}, 0), &huma.ValidateResult{}
	path.Push("body")
	huma.Validate(a.huma.OpenAPI().Components.Schemas, schema, path, huma.ModeWriteToServer, parsed, result)
	if len(result.Errors) == 0 {
		return nil
	}
	return problem(http.StatusUnprocessableEntity, "", result.Errors...)
}

func bodySchema[B any](a *API) *huma.Schema {
	return a.huma.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[B](), true, "")
}

// registerPatch adds an operation whose body is a merge patch of B.
func registerPatch[B, I, O any](a *API, op operation, handle func(context.Context, csdn.Caller, *I) (*O, error)) {
	register(a, op, handle)
	schemas := a.huma.OpenAPI().Components.Schemas
	partial := *schemas.SchemaFromRef(bodySchema[B](a).Ref)
	partial.Required = nil
	partial.Description = "A merge patch (RFC 7396): the fields to change; null empties one."
	a.huma.OpenAPI().Paths[op.path].Patch.RequestBody.Content[mergePatchType].Schema = &partial
}
