package httpapi

import (
	"strings"

	"csdn.example/directory/infra/local/template"
)

// route is a template's route, its path split at the slashes.
type route struct {
	template.Route
	function string
	segments []string
}

func newRoute(r template.Route, function string) route {
	return route{Route: r, function: function, segments: strings.Split(r.Path, "/")}
}

// The ranks of a segment, by how narrowly it matches.
const (
	exact  = 'c'
	named  = 'b' // {name}
	greedy = 'a' // {name+}
)

// match selects the most specific of the routes that take the method and path: at the first segment in which they
// differ, text goes before {name} and that before {name+}; then the route's own method goes before ANY; $default takes
// the rest. It returns the path's parameters too.
func match(routes []route, method, path string) (best route, parameters map[string]string, found bool) {
	segments := strings.Split(path, "/")
	highest := ""
	for _, candidate := range routes {
		if candidate.Method != method && candidate.Method != "ANY" {
			continue
		}
		rank, values, ok := candidate.match(segments)
		if !ok {
			continue
		}
		if candidate.Method != "ANY" {
			rank += "+"
		}
		if !found || rank > highest {
			best, parameters, found, highest = candidate, values, true, rank
		}
	}
	return best, parameters, found
}

// match compares the segments of a path, and ranks the match so that the greater text is the more specific.
func (r route) match(segments []string) (rank string, values map[string]string, ok bool) {
	if r.Path == template.DefaultPath {
		return "", nil, true
	}
	for i, pattern := range r.segments {
		if i == len(segments) {
			return "", nil, false
		}
		name, isNamed := strings.CutPrefix(pattern, "{")
		name, isGreedy := strings.CutSuffix(name, "+}")
		name = strings.TrimSuffix(name, "}")
		switch {
		case !isNamed && pattern != segments[i], isNamed && segments[i] == "":
			return "", nil, false
		case !isNamed:
			rank += string(exact)
			continue
		}
		if values == nil {
			values = map[string]string{}
		}
		if isGreedy {
			values[name] = strings.Join(segments[i:], "/")
			return rank + string(greedy), values, true
		}
		values[name] = segments[i]
		rank += string(named)
	}
	return rank, values, len(r.segments) == len(segments)
}
