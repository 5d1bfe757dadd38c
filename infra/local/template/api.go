package template

import (
	"fmt"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

const (
	apiKnown   = "Auth StageName CorsConfiguration"
	apiIgnored = `Name Description AccessLogSettings DefaultRouteSettings RouteSettings Domain Tags PropagateTags
		DisableExecuteApiEndpoint FailOnWarnings`

	routeKnown   = "ApiId Method Path PayloadFormatVersion Auth"
	routeIgnored = "RouteSettings"

	authorizerKnown   = "FunctionArn Identity AuthorizerPayloadFormatVersion EnableSimpleResponses"
	authorizerIgnored = "FunctionInvokeRole EnableFunctionDefaultPermissions"
)

// api is the API with what only reading needs.
type api struct {
	API
	id                string
	defaultAuthorizer string
}

// api reads the one HTTP API, on top of what Globals say; without one it is that which SAM makes by itself.
func (r *reader) api(resources []resource, global fields) (api, error) {
	if len(resources) > 1 {
		return api{}, fmt.Errorf("line %d: %s is a second HTTP API; the local machine serves one", resources[1].line, resources[1].id)
	}
	out := api{id: implicitAPI, API: API{Authorizers: map[string]Authorizer{}}}
	sections := []fields{global}
	if len(resources) == 1 {
		out.id = resources[0].id
		sections = append(sections, resources[0].properties)
	}
	for _, properties := range sections {
		if err := properties.only("the HTTP API", apiKnown, apiIgnored); err != nil {
			return api{}, err
		}
		stage, err := r.text(properties.get("StageName"))
		if err != nil {
			return api{}, err
		}
		if stage != "" && stage != "$default" {
			return api{}, fmt.Errorf("line %d: the local machine serves the stage $default alone", properties.get("StageName").Line)
		}
		if err := r.auth(properties.get("Auth"), &out); err != nil {
			return api{}, err
		}
		if node := properties.get("CorsConfiguration"); node != nil {
			if out.CORS, err = r.cors(node); err != nil {
				return api{}, err
			}
		}
	}
	if name := out.defaultAuthorizer; name != "" {
		if _, ok := out.Authorizers[name]; !ok {
			return api{}, fmt.Errorf("the HTTP API's default authorizer %s is not declared", name)
		}
	}
	return out, nil
}

func (r *reader) auth(node *yaml.Node, into *api) error {
	auth, err := r.mapping(node)
	if err != nil {
		return err
	}
	if err := auth.only("the HTTP API's Auth", "DefaultAuthorizer Authorizers", ""); err != nil {
		return err
	}
	name, err := r.text(auth.get("DefaultAuthorizer"))
	if err != nil {
		return err
	}
	if name != "" {
		into.defaultAuthorizer = name
	}
	authorizers, err := r.mapping(auth.get("Authorizers"))
	if err != nil {
		return err
	}
	for _, authorizer := range authorizers {
		if into.Authorizers[authorizer.key], err = r.authorizer(authorizer); err != nil {
			return fmt.Errorf("the authorizer %s: %w", authorizer.key, err)
		}
	}
	return nil
}

func (r *reader) authorizer(declaration field) (Authorizer, error) {
	properties, err := r.mapping(declaration.value)
	if err != nil {
		return Authorizer{}, err
	}
	if err := properties.only("the authorizer", authorizerKnown, authorizerIgnored); err != nil {
		return Authorizer{}, err
	}
	version, err := r.text(properties.get("AuthorizerPayloadFormatVersion"))
	if err != nil {
		return Authorizer{}, err
	}
	simple, err := r.flag(properties.get("EnableSimpleResponses"), false)
	if err != nil {
		return Authorizer{}, err
	}
	if version != "2.0" || !simple {
		return Authorizer{}, fmt.Errorf("line %d: only payload format 2.0 with simple responses is known", declaration.line)
	}
	arn, err := r.text(properties.get("FunctionArn"))
	if err != nil {
		return Authorizer{}, err
	}
	identity, err := r.mapping(properties.get("Identity"))
	if err != nil {
		return Authorizer{}, err
	}
	if err := identity.only("Identity", "Headers QueryStrings ReauthorizeEvery", ""); err != nil {
		return Authorizer{}, err
	}
	out := Authorizer{Function: r.ids[arn]}
	if out.Headers, err = r.texts(identity.get("Headers")); err != nil {
		return Authorizer{}, err
	}
	if out.Query, err = r.texts(identity.get("QueryStrings")); err != nil {
		return Authorizer{}, err
	}
	seconds, err := r.number(identity.get("ReauthorizeEvery"), 0)
	if err != nil {
		return Authorizer{}, err
	}
	if seconds > 0 && len(out.Headers)+len(out.Query) == 0 {
		return Authorizer{}, fmt.Errorf("line %d: to keep decisions takes an identity source", declaration.line)
	}
	out.TTL = time.Duration(seconds) * time.Second
	return out, nil
}

// route reads an HttpApi event.
func (r *reader) route(event field, properties fields, api api) (Route, error) {
	if err := properties.only("the route", routeKnown, routeIgnored); err != nil {
		return Route{}, err
	}
	var values [4]string
	for i, name := range []string{"ApiId", "PayloadFormatVersion", "Method", "Path"} {
		var err error
		if values[i], err = r.text(properties.get(name)); err != nil {
			return Route{}, err
		}
	}
	if id := values[0]; id != "" && id != api.id {
		return Route{}, fmt.Errorf("line %d: %s is not the template's HTTP API", event.line, id)
	}
	if version := values[1]; version != "" && version != "2.0" {
		return Route{}, fmt.Errorf("line %d: the local machine knows payload format 2.0 alone", event.line)
	}
	out := Route{Method: strings.ToUpper(values[2]), Path: values[3], Authorizer: api.defaultAuthorizer}
	if out.Method == "" || out.Method == "*" {
		out.Method = "ANY"
	}
	if out.Path == "" {
		out.Path = DefaultPath
	}
	auth, err := r.mapping(properties.get("Auth"))
	if err != nil {
		return Route{}, err
	}
	if err := auth.only("the route's Auth", "Authorizer", ""); err != nil {
		return Route{}, err
	}
	name, err := r.text(auth.get("Authorizer"))
	if err != nil {
		return Route{}, err
	}
	switch _, declared := api.Authorizers[name]; {
	case name == "":
	case name == "NONE":
		out.Authorizer = ""
	case declared:
		out.Authorizer = name
	default:
		return Route{}, fmt.Errorf("line %d: the authorizer %s is not declared", event.line, name)
	}
	return out, nil
}
