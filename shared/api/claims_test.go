package api

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"csdn.example/directory/shared/csdn"

	"github.com/google/go-cmp/cmp"
)

func TestMergesAreAnsweredWithTheirProgress(t *testing.T) {
	f := newFace(newShelf())
	f.areas["ssr"], f.areas["reform"] = csdn.Area{Slug: "ssr", Version: 1}, csdn.Area{Slug: "reform", Version: 1}
	f.organisations["O1"] = csdn.Organisation{ID: "O1", OrganisationProfile: csdn.OrganisationProfile{Areas: []csdn.Expertise{{Area: "ssr"}}}, Version: 1}
	want := Merge{Area: "ssr", Into: "reform", Status: "running", StartedAt: aTime()}
	merge := func(status int) {
		t.Helper()
		for _, method := range []string{http.MethodPost, http.MethodGet} {
			body := strings.NewReader(`{"into": "reform"}`)
			answer := f.do(t, secretariat, method, "/v1/areas/ssr/merge", body, "Content-Type", "application/json")
			var got Merge
			must(t, json.Unmarshal(answer.Body.Bytes(), &got))
			if diff := cmp.Diff(want, got); diff != "" || answer.Code != status && method == http.MethodPost {
				t.Errorf("%s: %d %s", method, answer.Code, diff)
			}
		}
	}
	problemIn(t, f.do(t, secretariat, http.MethodGet, "/v1/areas/ssr/merge", nil), http.StatusNotFound)
	merge(http.StatusAccepted)
	if got := f.organisations["O1"].Areas[0].Area; got != "reform" {
		t.Errorf("the organisation claims %s", got)
	}
	done, ended := f.merges["ssr"], aTime()
	done.DoneAt = ended
	f.merges["ssr"] = done
	want.Status, want.DoneAt = "done", &ended
	merge(http.StatusOK)
	for _, caller := range []csdn.Caller{{Account: "A", Role: csdn.PlannerRole}, {Account: "A", Role: csdn.OrganisationRole}} {
		problemIn(t, f.do(t, caller, http.MethodGet, "/v1/areas/ssr/merge", nil), http.StatusForbidden)
	}
}
