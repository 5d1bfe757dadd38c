package api

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"csdn.example/directory/shared/csdn"
)

func TestExpertise(t *testing.T) {
	confirmed := time.Date(2026, 11, 5, 10, 30, 0, 0, time.UTC)
	for _, test := range []struct {
		name, body string
		want       []csdn.Expertise
		again      string
	}{
		{"none", `[]`, []csdn.Expertise{}, `[]`},
		{"a bare slug", `["gender"]`, []csdn.Expertise{{Area: "gender"}}, `[{"slug": "gender"}]`},
		{"an object", `[{"slug": "gender", "level": "expert"}]`, []csdn.Expertise{{Area: "gender", Level: "expert"}}, `[{"slug": "gender", "level": "expert"}]`},
		{"both", `["gender", {"slug": "mediation"}]`, []csdn.Expertise{{Area: "gender"}, {Area: "mediation"}}, `[{"slug": "gender"}, {"slug": "mediation"}]`},
		{"every field", `[{"slug": "gender", "level": "works-on", "evidence": "https://sdf.example/paper", "confirmedAt": "2026-11-05T11:30:00+01:00"}]`,
			[]csdn.Expertise{{Area: "gender", Level: "works-on", Evidence: "https://sdf.example/paper", ConfirmedAt: confirmed}},
			`[{"slug": "gender", "level": "works-on", "evidence": "https://sdf.example/paper", "confirmedAt": "2026-11-05T10:30:00Z"}]`},
		{"a slug that needs escapes", `["a\"b\u00e9"]`, []csdn.Expertise{{Area: `a"bé`}}, `[{"slug": "a\"b\u00e9"}]`},
	} {
		t.Run(test.name, func(t *testing.T) {
			var list expertises
			must(t, json.Unmarshal([]byte(test.body), &list))
			got := list.domain()
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("the expertise differs (-want +got):\n%s", diff)
			}
			text, err := json.Marshal(expertiseOf(got))
			must(t, err)
			if diff := cmp.Diff(decoded(t, test.again), decoded(t, string(text))); diff != "" {
				t.Errorf("as a body again (-want +got):\n%s", diff)
			}
		})
	}
}

func decoded(t *testing.T, text string) any {
	t.Helper()
	var value any
	must(t, json.Unmarshal([]byte(text), &value))
	return value
}

func encoded(t *testing.T, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	must(t, err)
	return string(text)
}

func TestExpertiseThatCannotBeRead(t *testing.T) {
	for _, body := range []string{`[4]`, `[["gender"]]`, `[{"slug": 4}]`, `[true]`, `["gender]`, `[{"slug": "gender", "confirmedAt": "yesterday"}]`} {
		var list expertises
		if err := json.Unmarshal([]byte(body), &list); err == nil {
			t.Errorf("%s is read as %+v", body, list)
		}
	}
}

func TestTimesThatAreUnset(t *testing.T) {
	if got := instant(time.Time{}); got != nil {
		t.Errorf("unset is told as %v", got)
	}
	if got := moment(nil); !got.IsZero() {
		t.Errorf("nothing is read as %v", got)
	}
	brussels, noon := csdn.Zone("Europe/Brussels").Location(), time.Date(2027, 2, 1, 12, 0, 0, 0, time.UTC)
	local := noon.In(brussels)
	if got := instant(local); !got.Equal(noon) || got.Location() != time.UTC {
		t.Errorf("told as %v", got)
	}
	if got := moment(&local); !got.Equal(noon) || got.Location() != time.UTC {
		t.Errorf("read as %v", got)
	}
}
