package e2e

import "testing"

// TestWhatIsExportedChangesNothingWhenImported sends every export of the demo back: not one record is touched.
func TestWhatIsExportedChangesNothingWhenImported(t *testing.T) {
	h := start(t)
	for _, kind := range []string{"organisations", "people"} {
		for format, media := range map[string]string{
			"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		} {
			exported := h.secretariat.get(t, "/v1/exports/"+kind+"?format="+format).is(t, 200)
			var came struct {
				Status                            string
				Rows, Created, Updated, Unchanged int
				Errors                            []struct{ Row int }
			}
			h.secretariat.ask(t, "POST", "/v1/imports/"+kind, string(exported.body), "Content-Type", media).is(t, 200).into(t, &came)
			if came.Status != "done" || came.Rows < 70 || came.Unchanged != came.Rows || len(came.Errors) > 0 {
				t.Errorf("%s as %s: %+v", kind, format, came)
			}
		}
	}
}
