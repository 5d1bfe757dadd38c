package csdn

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPublished(t *testing.T) {
	tests := []struct {
		name string
		full map[Category]int
		want map[Category]int
	}{
		{"large cells stay", map[Category]int{"academic": 3, "civil-society": 12}, map[Category]int{"academic": 3, "civil-society": 12}},
		{"a single small one takes the next with it", map[Category]int{"academic": 2, "member-state": 5, "civil-society": 12}, map[Category]int{"civil-society": 12}},
		{"two that are less than three together take a third", map[Category]int{"academic": 1, "other": 1, "member-state": 5, "civil-society": 12}, map[Category]int{"civil-society": 12}},
		{"two that are three together hide each other", map[Category]int{"academic": 2, "other": 1, "civil-society": 12}, map[Category]int{"civil-society": 12}},
		{"nothing is left of two", map[Category]int{"academic": 2, "civil-society": 12}, map[Category]int{}},
		{"no counts", nil, map[Category]int{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := Composition{ByCategory: test.full, ByStatus: map[InvitationStatus]int{Declined: 9}, Warnings: []string{"x"}}.Published(true)
			if diff := cmp.Diff(test.want, got.ByCategory); diff != "" {
				t.Error(diff)
			}
			if got.ByStatus != nil || got.Warnings != nil {
				t.Errorf("planners' parts are published: %+v", got)
			}
		})
	}
	areas := Composition{Total: 2, ByArea: map[AreaSlug]int{"ddr": 2, "gender": 5}}
	if early := areas.Published(false); len(early.ByArea) > 0 {
		t.Errorf("areas are told while answers come in: %v", early.ByArea)
	}
	overlapping := areas.Published(true)
	if overlapping.Total != 0 || overlapping.ByArea["gender"] != 5 || len(overlapping.ByArea) != 1 {
		t.Errorf("got %+v", overlapping)
	}
}

func TestCompose(t *testing.T) {
	m := Meeting{MeetingProfile: MeetingProfile{Bands: Bands{
		Total: Band{Min: 3, Max: 4}, Categories: map[Category]Band{CivilSociety: {Min: 1, Max: 1}},
	}}}
	c := Compose(m, []Invitation{
		{Status: Accepted, Category: CivilSociety, Mode: InPerson, Areas: []AreaSlug{"ddr", "gender"}},
		{Status: Attended, Category: CivilSociety, Mode: Online, Areas: []AreaSlug{"ddr"}},
		{Status: Offered, Category: "academic", Mode: InPerson},
		{Status: Declined, Category: "academic", Mode: InPerson},
	}, nil)
	want := Composition{
		Total: 2, ByCategory: map[Category]int{CivilSociety: 2}, ByMode: map[Mode]int{InPerson: 1, Online: 1},
		ByArea:   map[AreaSlug]int{"ddr": 2, "gender": 1},
		ByStatus: map[InvitationStatus]int{Accepted: 1, Attended: 1, Offered: 1, Declined: 1},
		Warnings: []string{"2 participants are fewer than the 3 aimed for.", "2 civil-society participants are more than the 1 aimed for.",
			"0 other participants than of civil society are fewer than the 2 aimed for."},
	}
	if diff := cmp.Diff(want, c); diff != "" {
		t.Error(diff)
	}
}

func TestVocabulary(t *testing.T) {
	v := NewVocabulary([]Area{{Slug: "peace"}, {Slug: "ssr", AreaProfile: AreaProfile{Broader: []AreaSlug{"peace"}}}, {Slug: "police", AreaProfile: AreaProfile{Broader: []AreaSlug{"ssr"}}}})
	if got := v.Narrower("peace"); len(got) != 3 {
		t.Errorf("within peace: %v", got)
	}
	for name, broken := range map[string]Area{
		"a circle":          {Slug: "peace", AreaProfile: AreaProfile{Broader: []AreaSlug{"police"}}},
		"itself":            {Slug: "new", AreaProfile: AreaProfile{Broader: []AreaSlug{"new"}}},
		"an unknown one":    {Slug: "new", AreaProfile: AreaProfile{Broader: []AreaSlug{"none"}}},
		"replaced by self":  {Slug: "ssr", AreaProfile: AreaProfile{ReplacedBy: "ssr"}},
		"replaced by noone": {Slug: "ssr", AreaProfile: AreaProfile{ReplacedBy: "none"}},
	} {
		if err := v.Check(broken); KindOf(err) != Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := v.Check(Area{Slug: "new", AreaProfile: AreaProfile{Broader: []AreaSlug{"ssr"}}}); err != nil {
		t.Error(err)
	}
}
