package template

import (
	"go.yaml.in/yaml/v3"
)

// CORS says which pages of other origins may call the API from browsers. Without an origin none may.
type CORS struct {
	// Origins are compared whole, such as "https://www.example".
	Origins []string
	// Methods and Headers are those that requests may have.
	Methods, Headers []string
	// Exposed are the headers of answers that pages may read.
	Exposed []string
	// MaxAge is how long a browser may go on from an answer to a preflight, in seconds.
	MaxAge int
}

// cors reads a CorsConfiguration.
func (r *reader) cors(node *yaml.Node) (CORS, error) {
	properties, err := r.mapping(node)
	if err != nil {
		return CORS{}, err
	}
	if err := properties.only("CorsConfiguration", "AllowOrigins AllowMethods AllowHeaders ExposeHeaders MaxAge", "AllowCredentials"); err != nil {
		return CORS{}, err
	}
	var out CORS
	for name, into := range map[string]*[]string{
		"AllowOrigins": &out.Origins, "AllowMethods": &out.Methods, "AllowHeaders": &out.Headers, "ExposeHeaders": &out.Exposed,
	} {
		if *into, err = r.texts(properties.get(name)); err != nil {
			return CORS{}, err
		}
	}
	out.MaxAge, err = r.number(properties.get("MaxAge"), 0)
	return out, err
}
