package template_test

import (
	"testing"

	"csdn.example/directory/infra/local/template"

	"github.com/google/go-cmp/cmp"
)

func TestAllowedOrigins(t *testing.T) {
	for name, test := range map[string]struct {
		value string
		want  []string
	}{
		"none":           {"", nil},
		"one":            {"https://www.example", []string{"https://www.example"}},
		"two and spaces": {"https://www.example, https://two.example", []string{"https://www.example", "https://two.example"}},
	} {
		t.Run(name, func(t *testing.T) {
			parameters := template.LocalParameters("http://127.0.0.1")
			parameters["AllowedOrigins"] = test.value
			read, err := template.Read("../../../template.yaml", parameters)
			if err != nil {
				t.Fatal(err)
			}
			want := template.CORS{
				Origins: test.want, Methods: []string{"GET", "POST", "PUT", "PATCH", "DELETE"},
				Headers: []string{"Authorization", "Content-Type", "Idempotency-Key", "If-Match", "If-None-Match"},
				Exposed: []string{"ETag", "Location", "Retry-After", "Idempotent-Replayed"}, MaxAge: 3600,
			}
			if diff := cmp.Diff(want, read.API.CORS); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
