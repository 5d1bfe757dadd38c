package httpapi

import (
	"testing"

	"csdn.example/directory/infra/local/template"

	"github.com/google/go-cmp/cmp"
)

func TestMatch(t *testing.T) {
	var routes []route
	for _, r := range []template.Route{
		{Method: "ANY", Path: "$default"},
		{Method: "GET", Path: "/"},
		{Method: "GET", Path: "/v1/areas"},
		{Method: "GET", Path: "/v1/areas/{slug}"},
		{Method: "ANY", Path: "/v1/areas/{slug}"},
		{Method: "GET", Path: "/v1/areas/all"},
		{Method: "GET", Path: "/v1/{rest+}"},
		{Method: "POST", Path: "/v1/meetings/{id}/open"},
		{Method: "POST", Path: "/v1/meetings/{id}/{act}"},
		{Method: "ANY", Path: "/v1/meetings/special/{act}"},
	} {
		routes = append(routes, newRoute(r, "F"))
	}
	cases := []struct {
		name, method, path, want string
		parameters               map[string]string
	}{
		{"the root", "GET", "/", "GET /", nil},
		{"the whole path", "GET", "/v1/areas", "GET /v1/areas", nil},
		{"text before a parameter", "GET", "/v1/areas/all", "GET /v1/areas/all", nil},
		{"a parameter", "GET", "/v1/areas/ssr", "GET /v1/areas/{slug}", map[string]string{"slug": "ssr"}},
		{"any method after the own", "PUT", "/v1/areas/ssr", "ANY /v1/areas/{slug}", map[string]string{"slug": "ssr"}},
		{"greedy after all", "GET", "/v1/areas/ssr/more", "GET /v1/{rest+}", map[string]string{"rest": "areas/ssr/more"}},
		{"an empty parameter is none", "GET", "/v1/areas/", "GET /v1/{rest+}", map[string]string{"rest": "areas/"}},
		{"text after a parameter", "POST", "/v1/meetings/7/open", "POST /v1/meetings/{id}/open", map[string]string{"id": "7"}},
		{"the first difference decides", "POST", "/v1/meetings/special/open", "ANY /v1/meetings/special/{act}", map[string]string{"act": "open"}},
		{"HEAD is not GET", "HEAD", "/v1/areas", "$default", nil},
		{"the last resort", "OPTIONS", "/elsewhere", "$default", nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, parameters, found := match(routes, c.method, c.path)
			if !found || got.Key() != c.want {
				t.Errorf("route %q, found %t, want %q", got.Key(), found, c.want)
			}
			if diff := cmp.Diff(c.parameters, parameters); diff != "" {
				t.Errorf("parameters (-want +got):\n%s", diff)
			}
		})
	}
	if got, _, found := match(routes[1:], "DELETE", "/v1/areas"); found {
		t.Errorf("%s matched the method of no route", got.Key())
	}
}
