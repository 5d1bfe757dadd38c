package api

import (
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"
)

// keyParameter describes the Idempotency-Key of creations.
func keyParameter() *huma.Param {
	longest := maximumKey
	return &huma.Param{
		Name: keyHeader, In: "header",
		Description: "A text of your choice, such as a random UUID, that makes it safe to send the request again within 24 hours: it is done once, and " +
			"answered alike. Another body under the same key is refused with 422.",
		Schema: &huma.Schema{Type: huma.TypeString, MaxLength: &longest},
	}
}

// describeHeaders adds to the specification the headers of answers that no body of an operation has a field for.
func (a *API) describeHeaders(op operation) {
	described := a.described(op)
	add := func(status int, name, schema, description string) {
		answer := described.Responses[strconv.Itoa(status)]
		if answer.Headers == nil {
			answer.Headers = map[string]*huma.Param{}
		}
		answer.Headers[name] = &huma.Param{Description: description, Schema: &huma.Schema{Type: schema}}
	}
	for _, status := range []int{http.StatusTooManyRequests, http.StatusServiceUnavailable} {
		add(status, "Retry-After", huma.TypeInteger, "After how many seconds to try again")
	}
	if op.creates() {
		add(op.status, replayedHeader, huma.TypeBoolean, "true when this is the answer to an earlier request with the same "+keyHeader)
	}
}

// described is what the specification says of an operation.
func (a *API) described(op operation) *huma.Operation {
	item := a.huma.OpenAPI().Paths[op.path]
	return map[string]*huma.Operation{
		http.MethodGet: item.Get, http.MethodPost: item.Post, http.MethodPut: item.Put, http.MethodPatch: item.Patch, http.MethodDelete: item.Delete,
	}[op.method]
}

// describeBeside adds what an operation answers beside its success and its failures. What was made has the body of what was
// changed; who has it already, or is sent elsewhere, gets none.
func (a *API) describeBeside(op operation, cached bool) {
	described := a.described(op)
	if cached {
		described.Responses[strconv.Itoa(http.StatusNotModified)] = &huma.Response{Description: http.StatusText(http.StatusNotModified)}
	}
	for _, status := range op.beside {
		switch {
		case status == http.StatusCreated:
			made := *described.Responses[strconv.Itoa(http.StatusOK)]
			made.Description = http.StatusText(status)
			described.Responses[strconv.Itoa(status)] = &made
		case status < http.StatusBadRequest:
			described.Responses[strconv.Itoa(status)] = &huma.Response{Description: http.StatusText(status)}
		}
	}
}
