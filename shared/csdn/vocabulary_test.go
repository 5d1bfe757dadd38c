package csdn

import (
	"errors"
	"slices"
	"testing"
	"time"
)

// ministries is peace, under it security and mediation, under that dialogue; old was replaced by older, and that by security; an
// area stands below old still; gone is retired.
func ministries() Vocabulary {
	area := func(slug AreaSlug, replacedBy AreaSlug, broader ...AreaSlug) Area {
		return Area{Slug: slug, AreaProfile: AreaProfile{Broader: broader, ReplacedBy: replacedBy}.Clean()}
	}
	gone := area("gone", "")
	gone.Retired = true
	return NewVocabulary([]Area{
		area("peace", ""), area("security", "", "peace"), area("mediation", "", "peace"), area("dialogue", "", "mediation"),
		area("old", "older"), area("older", "security"), area("below-old", "", "old"), gone,
	})
}

func TestWhatCountsAsAnArea(t *testing.T) {
	for slug, want := range map[AreaSlug]struct{ equals, narrower []AreaSlug }{
		"peace": {
			[]AreaSlug{"peace"},
			[]AreaSlug{"below-old", "dialogue", "mediation", "old", "older", "peace", "security"},
		},
		"security":  {[]AreaSlug{"old", "older", "security"}, []AreaSlug{"below-old", "old", "older", "security"}},
		"old":       {[]AreaSlug{"old", "older", "security"}, []AreaSlug{"below-old", "old", "older", "security"}},
		"below-old": {[]AreaSlug{"below-old"}, []AreaSlug{"below-old"}},
		"mediation": {[]AreaSlug{"mediation"}, []AreaSlug{"dialogue", "mediation"}},
		"gone":      {[]AreaSlug{"gone"}, []AreaSlug{"gone"}},
	} {
		v := ministries()
		if got := slices.Sorted(slices.Values(v.Equals(slug))); !slices.Equal(got, want.equals) {
			t.Errorf("equals of %s are %v", slug, got)
		}
		if got := slices.Sorted(slices.Values(v.Narrower(slug))); !slices.Equal(got, want.narrower) {
			t.Errorf("narrower than %s are %v", slug, got)
		}
	}
	offered := ministries().Offered()
	if len(offered) != 3 || offered["old"] != "security" || offered["older"] != "security" || offered["gone"] != "" {
		t.Errorf("offered are %v", offered)
	}
}

// TestAVocabularyInACircleEnds: two areas that were replaced by each other at the same moment stop no reader.
func TestAVocabularyInACircleEnds(t *testing.T) {
	v := Vocabulary{
		"aa": {Slug: "aa", AreaProfile: AreaProfile{ReplacedBy: "bb", Broader: []AreaSlug{"bb"}}},
		"bb": {Slug: "bb", AreaProfile: AreaProfile{ReplacedBy: "aa", Broader: []AreaSlug{"aa"}}},
	}
	if got := v.Narrower("aa"); len(got) != 2 {
		t.Errorf("narrower are %v", got)
	}
}

func TestMovesThatWouldMakeACircle(t *testing.T) {
	for name, test := range map[string]struct {
		area Area
		want bool
	}{
		"below another":                 {Area{Slug: "mediation", AreaProfile: AreaProfile{Broader: []AreaSlug{"security"}}}, true},
		"below its child":               {Area{Slug: "mediation", AreaProfile: AreaProfile{Broader: []AreaSlug{"dialogue"}}}, false},
		"below its grandchild":          {Area{Slug: "peace", AreaProfile: AreaProfile{Broader: []AreaSlug{"dialogue"}}}, false},
		"below itself":                  {Area{Slug: "peace", AreaProfile: AreaProfile{Broader: []AreaSlug{"peace"}}}, false},
		"below what is below its equal": {Area{Slug: "security", AreaProfile: AreaProfile{Broader: []AreaSlug{"below-old"}}}, false},
		"below what it was merged into": {Area{Slug: "old", AreaProfile: AreaProfile{ReplacedBy: "older", Broader: []AreaSlug{"security"}}}, true},
		"replaced in a circle":          {Area{Slug: "security", AreaProfile: AreaProfile{ReplacedBy: "old"}}, false},
	} {
		if err := ministries().Check(test.area); (err == nil) != test.want || err != nil && !errors.Is(err, Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestRetiredAreasTakeNoNewClaims(t *testing.T) {
	claim := func(slugs ...AreaSlug) []Expertise {
		var list []Expertise
		for _, s := range slugs {
			list = append(list, Expertise{Area: s})
		}
		return list
	}
	for name, test := range map[string]struct {
		before, after []Expertise
		want          []Field
	}{
		"offered":         {nil, claim("security"), nil},
		"unknown":         {claim("magic"), claim("magic"), []Field{{"areas[0]", "is not an area of the vocabulary; GET /v1/areas lists them"}}},
		"retired":         {nil, claim("peace", "gone"), []Field{{"areas[1]", "is retired and takes no new claims"}}},
		"replaced":        {claim("gone"), claim("old"), []Field{{"areas[0]", "is retired; claim security instead"}}},
		"claimed already": {claim("gone", "old"), claim("old", "gone", "peace"), nil},
	} {
		var got []Field
		if err := ministries().CheckUse("The organisation", test.after, test.before...); err != nil {
			var broken *Error
			if !errors.As(err, &broken) {
				t.Fatal(err)
			}
			got = broken.Fields
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestReclaim(t *testing.T) {
	early, late := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
	other := Expertise{Area: "peace", Level: "works-on"}
	for name, test := range map[string]struct{ list, want []Expertise }{
		"neither is claimed": {[]Expertise{other}, []Expertise{other}},
		"one is": {
			[]Expertise{{"old", "expert", "https://a.example", early}, other},
			[]Expertise{{"new", "expert", "https://a.example", early}, other},
		},
		"the other is": {[]Expertise{{"new", "works-on", "", early}}, []Expertise{{"new", "works-on", "", early}}},
		"both, the first stronger": {
			[]Expertise{{"old", "expert", "https://a.example", late}, other, {"new", "works-on", "https://b.example", early}},
			[]Expertise{{"new", "expert", "https://b.example", late}, other},
		},
		"both, the other stronger": {
			[]Expertise{{"new", "expert", "", late}, other, {"old", "works-on", "https://a.example", early}},
			[]Expertise{{"new", "expert", "https://a.example", late}, other},
		},
		"both, one confirmed": {
			[]Expertise{{"old", "works-on", "", time.Time{}}, {"new", "works-on", "", early}},
			[]Expertise{{"new", "works-on", "", early}},
		},
	} {
		before := slices.Clone(test.list)
		if got := Reclaim(test.list, "old", "new"); !slices.Equal(got, test.want) {
			t.Errorf("%s: %+v", name, got)
		}
		if !slices.Equal(test.list, before) {
			t.Errorf("%s: what was given is altered", name)
		}
	}
}
