package site

import (
	"strings"
	"testing"

	"csdn.example/directory/shared/csdn"
)

// TestPagesOfMergers renders each from a literal, with markup in every field.
func TestPagesOfMergers(t *testing.T) {
	both := mergerForm{
		Subject: csdn.Organisations, Keep: mergerSide{link{Text: "Maman Congo" + hostile, To: "/organisations/1"}, "1", 3},
		Absorb: mergerSide{link{Text: hostile, To: "/organisations/2"}, "2", 1}, Swap: mergerAddress(csdn.Organisations, "2", "1"), Moves: []string{"2 people"},
		Fields: []mergerChoice{
			{Name: "name", Keep: "Maman Congo", Absorb: hostile, Chosen: "keep"},
			{Name: "phases", Keep: "4", Absorb: "3", Joins: true, Chosen: "both"},
		},
	}
	late := both
	late.Stale, late.Fields, late.Moves = true, nil, nil
	working := mergerPage{
		To: "/mergers/1", Status: csdn.MergerRunning, Working: true, Keep: link{Text: hostile, To: "/organisations/1"}, Absorb: link{Text: hostile}, Started: "Monday",
	}
	done, over, undone := working, working, working
	done.Status, done.Working, done.Undoable, done.Until, done.Moved, done.Taken = csdn.MergerDone, false, true, "Friday", []string{"1 person"}, []string{"Website"}
	over.Status, over.Working, over.Until = csdn.MergerDone, false, "Friday"
	undone.Status, undone.Working, undone.Undone, undone.Returned, undone.Left = csdn.MergerUndone, false, "Tuesday", []string{"1 person"}, []string{"Short name"}
	for name, c := range map[string]struct {
		sheet string
		view  any
		says  []string
		not   string
	}{
		"two records":       {"merger", both, []string{"2 people", "Both together", "Merge the two", "Let the other one stay"}, "Nothing was merged yet"},
		"two that are late": {"merger", late, []string{"Nothing was merged yet", "The two say the same", "Nothing refers to the one that goes"}, "Both together"},
		"at work":           {"mergerprogress", working, []string{"Being merged", "nothing yet"}, "Undo the merger"},
		"done":              {"mergerprogress", done, []string{"The two are merged", "Until Friday", "Undo the merger", "1 person", "Website"}, "nothing yet"},
		"too late":          {"mergerprogress", over, []string{"Since Friday it can be undone no longer"}, "Undo the merger"},
		"undone":            {"mergerprogress", undone, []string{"Undone on Tuesday", "Moved back", "Short name"}, "Undo the merger"},
		"none":              {"mergers", mergerList{}, []string{"Nothing was merged yet"}, "First page"},
		"some":              {"mergers", mergerList{Items: []mergerLine{{To: "/mergers/1", Keep: hostile, Absorb: hostile, When: "Monday", Status: csdn.MergerDone}}, Next: "?cursor=x"}, []string{"Monday", "Next page"}, "Nothing was merged yet"},
	} {
		t.Run(name, func(t *testing.T) {
			page := render(t, c.sheet, "en", c.view)
			for _, e := range parsed(t, page) {
				if e.Data == "script" || e.Data == "img" {
					t.Errorf("there is a %s", e.Data)
				}
			}
			said := text(t, page)
			for _, words := range c.says {
				if !strings.Contains(said, words) {
					t.Errorf("it does not say %q: %s", words, said)
				}
			}
			if strings.Contains(said, c.not) {
				t.Errorf("it says %q", c.not)
			}
		})
	}
}

func TestWhatAMergerProposes(t *testing.T) {
	for _, c := range []struct {
		keep, absorb string
		joins        bool
		want         string
	}{{"a", "b", false, "keep"}, {"", "b", false, "absorb"}, {"a", "", false, "keep"}, {"a", "b", true, "both"}, {"a", "", true, "keep"}} {
		f := csdn.MergerField{Comparison: csdn.Comparison{Field: "website", First: c.keep, Second: c.absorb}, Joins: c.joins}
		if got := chosen(nil, f); got != c.want {
			t.Errorf("of %q and %q it proposes %s", c.keep, c.absorb, got)
		}
	}
	if got := fieldInWords("shortName"); got != "Short name" {
		t.Errorf("shortName is %q", got)
	}
}
