package prove

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"mime"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"csdn.example/directory/infra/local/enginetest"
	"csdn.example/directory/shared/csdn"
)

// specification is what of openapi.json requests are made by.
type specification struct {
	Paths      map[string]map[string]operation
	Components struct{ Schemas map[string]schema }
}

type operation struct {
	OperationID string
	Parameters  []struct {
		Name, In string
		Schema   schema
	}
	RequestBody struct {
		Content map[string]struct{ Schema schema }
	}
	Responses map[string]struct {
		Content map[string]struct{ Schema schema }
	}
}

// TestEveryOperationKeepsItsPromises sends generated requests, most of them nearly right, to every operation of the specification. None is
// answered with a failure of ours, nor off the published schemas: by another library than the one that publishes them.
func TestEveryOperationKeepsItsPromises(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(enginetest.Root(t), "shared", "site", "openapi.json"))
	if err != nil {
		t.Fatal(err)
	}
	var spec specification
	if err := json.Unmarshal(text, &spec); err != nil {
		t.Fatal(err)
	}
	h := start(t, "")
	h.claims(t, 5)
	h.meets(t, 4)
	guests := []guest{{person: id[csdn.PersonID](0), token: "the-link-of-the-first-guest"}, {person: id[csdn.PersonID](1), token: "the-link-of-the-second-guest"}}
	h.invites(t, guests)
	token := h.sign(t)
	h.get(t, "/v1/me", token, &struct{}{})

	published := compiled(t, text, spec)
	const workers = 4
	var group sync.WaitGroup
	for worker := range workers {
		group.Go(func() {
			c := &client{house: h, spec: spec, published: published, token: token, link: guests[0].token}
			c.generator = generator{rand.New(rand.NewPCG(uint64(worker), 1)), spec.Components.Schemas}
			c.asksEverything(t, count(3, 150))
		})
	}
	group.Wait()
}

// compiled returns the schemas of the answers by their place in the specification: OpenAPI 3.1 has those of JSON Schema.
func compiled(t *testing.T, text []byte, spec specification) map[string]*jsonschema.Schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft2020)
	compiler.AssertFormat()
	if err := compiler.AddResource("openapi.json", document); err != nil {
		t.Fatal(err)
	}
	published := map[string]*jsonschema.Schema{}
	for path, methods := range spec.Paths {
		for method, op := range methods {
			for status, response := range op.Responses {
				for kind, content := range response.Content {
					if content.Schema.Ref == "" && content.Schema.Type == nil {
						continue
					}
					if published[place(op, status, kind)], err = compiler.Compile("openapi.json#" + pointer("paths", path, method, "responses", status, "content", kind, "schema")); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
	}
	return published
}

// place names the schema of an answer.
func place(op operation, status, kind string) string {
	return op.OperationID + " " + status + " " + kind
}

// pointer is that of JSON (RFC 6901), as a fragment.
func pointer(names ...string) string {
	var text strings.Builder
	for _, name := range names {
		text.WriteString("/" + url.PathEscape(strings.NewReplacer("~", "~0", "/", "~1").Replace(name)))
	}
	return text.String()
}

// client asks what it makes up.
type client struct {
	*house
	generator
	spec        specification
	published   map[string]*jsonschema.Schema
	token, link string
}

// asksEverything asks each operation so many times.
func (c *client) asksEverything(t *testing.T, times int) {
	statuses := map[int]int{}
	for range times {
		for _, path := range slices.Sorted(maps.Keys(c.spec.Paths)) {
			for _, method := range slices.Sorted(maps.Keys(c.spec.Paths[path])) {
				statuses[c.asks(t, strings.ToUpper(method), path, c.spec.Paths[path][method])]++
			}
		}
	}
	t.Logf("answers by status: %v", statuses)
}

// asks sends one request and judges the answer.
func (c *client) asks(t *testing.T, method, path string, op operation) int {
	query, filled := url.Values{}, path
	request, err := http.NewRequestWithContext(t.Context(), method, c.URL+"/", nil)
	if err != nil {
		t.Error(err)
		return 0
	}
	for _, p := range op.Parameters {
		switch {
		case p.In == "path":
			filled = strings.Replace(filled, "{"+p.Name+"}", url.PathEscape(c.id(p.Name, path)), 1)
		case p.In == "query" && c.IntN(3) == 0:
			for range 1 + c.IntN(2) {
				query.Add(p.Name, fmt.Sprint(c.value(p.Schema, 2)))
			}
		case p.In == "header" && c.IntN(2) == 0:
			request.Header.Set(p.Name, printable(one(&c.generator, []string{`"1"`, `"2"`, "*", `W/"1"`, "key-1", "text/html", "application/json", fmt.Sprint(c.value(p.Schema, 1))})))
		}
	}
	target, err := url.Parse(c.URL + filled + "?" + query.Encode())
	if err != nil {
		t.Errorf("%s %s: %v", method, filled, err)
		return 0
	}
	request.URL = target
	body := c.body(request, op)
	request.Body, request.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	if c.IntN(10) > 0 {
		request.Header.Set("Authorization", "Bearer "+c.token)
	}
	response, err := c.http.Do(request)
	if err != nil {
		t.Errorf("%s %s: %v", method, filled, err)
		return 0
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		t.Errorf("%s %s: %v", method, filled, err)
		return 0
	}
	asked := fmt.Sprintf("%s %s (%s) %.300q", method, target.RequestURI(), op.OperationID, body)
	if response.StatusCode >= 500 && response.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("%s: %d %s", asked, response.StatusCode, answer)
	}
	if response.StatusCode == http.StatusRequestHeaderFieldsTooLarge {
		return response.StatusCode // by the gateway, which asks no operation
	}
	if err := c.judge(op, response, answer); err != nil {
		t.Errorf("%s: %d %s is off the specification: %v", asked, response.StatusCode, response.Header.Get("Content-Type"), err)
	}
	return response.StatusCode
}

// judge compares an answer with what the specification says of the operation's.
func (c *client) judge(op operation, response *http.Response, answer []byte) error {
	status := fmt.Sprint(response.StatusCode)
	said, told := op.Responses[status]
	if !told {
		status = "default"
		if said, told = op.Responses[status]; !told || response.StatusCode < 400 {
			return fmt.Errorf("the status is not told")
		}
	}
	if len(answer) == 0 {
		return nil
	}
	kind, _, _ := mime.ParseMediaType(response.Header.Get("Content-Type"))
	if _, told := said.Content[kind]; !told {
		return fmt.Errorf("the type is none of %v", slices.Sorted(maps.Keys(said.Content)))
	}
	schema := c.published[place(op, status, kind)]
	if schema == nil || !strings.Contains(kind, "json") {
		return nil
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(answer))
	if err != nil {
		return err
	}
	return schema.Validate(value)
}

// printable leaves out what no client can send in a header.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, text)
}

// id is the value of a path's parameter: mostly of something that exists.
func (c *client) id(name, path string) string {
	if c.IntN(8) == 0 {
		if text := one(&c.generator, odd); text != "" && !strings.ContainsAny(text, "/.") {
			return text
		}
	}
	number := c.IntN(6)
	switch {
	case name == "slug":
		return one(&c.generator, []string{"ssr", "security-sector-reform"})
	case name == "number":
		return "5"
	case name == "token":
		return c.link
	case name == "person", strings.Contains(path, "/people/"):
		return string(id[csdn.PersonID](number))
	case strings.Contains(path, "/meetings/"):
		return string(meeting)
	case strings.Contains(path, "/organisations/"):
		return string(id[csdn.OrganisationID](number))
	}
	return string(id[csdn.AccountID](9))
}

// body makes one of the operation's content types, or something else.
func (c *client) body(request *http.Request, op operation) []byte {
	types := slices.Sorted(maps.Keys(op.RequestBody.Content))
	if len(types) == 0 {
		return nil
	}
	kind := one(&c.generator, types)
	request.Header.Set("Content-Type", kind)
	switch c.IntN(12) {
	case 0:
		raw := make([]byte, c.IntN(300))
		for n := range raw {
			raw[n] = byte(c.Uint32())
		}
		return raw
	case 1:
		request.Header.Set("Content-Type", one(&c.generator, []string{"", "text/plain", "application/xml", "application/json; charset=latin1"}))
	case 2:
		return []byte(one(&c.generator, odd))
	}
	text, err := json.Marshal(c.value(op.RequestBody.Content[kind].Schema, 6))
	if err != nil {
		return nil
	}
	return text
}
