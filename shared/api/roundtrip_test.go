package api

import (
	"encoding/json"
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"csdn.example/directory/shared/csdn"
)

// filler sets every field of a value to something of its own, so that a field which a mapping forgets is seen.
type filler struct{ n int }

func filled[T any](t *testing.T) T {
	t.Helper()
	var value T
	(&filler{}).fill(t, reflect.ValueOf(&value).Elem())
	return value
}

func (f *filler) fill(t *testing.T, v reflect.Value) {
	t.Helper()
	f.n++
	switch v.Interface().(type) {
	case time.Time:
		v.Set(reflect.ValueOf(time.Date(2027, 1, 1, 0, f.n, 0, 0, time.UTC)))
		return
	case csdn.LocalTime:
		v.Set(reflect.ValueOf(local(time.Date(2027, 2, 1, 0, f.n, 0, 0, time.UTC).Format(csdn.LocalTimeLayout))))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprintf("text-%d", f.n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(f.n))
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.fill(t, v.Elem())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		f.fill(t, v.Index(0))
		f.fill(t, v.Index(1))
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for range 2 {
			key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
			f.fill(t, key)
			f.fill(t, value)
			v.SetMapIndex(key, value)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f.fill(t, v.Field(i))
		}
	default:
		t.Fatalf("no way to fill a %s", v.Type())
	}
}

// unfilled returns the places in a value that are empty.
func unfilled(v reflect.Value, place string) []string {
	if _, isTime := v.Interface().(time.Time); !isTime && v.Kind() == reflect.Struct {
		var empty []string
		for i := range v.NumField() {
			empty = append(empty, unfilled(v.Field(i), place+"."+v.Type().Field(i).Name)...)
		}
		return empty
	}
	if v.IsZero() {
		return []string{place}
	}
	var empty []string
	switch v.Kind() {
	case reflect.Pointer:
		return unfilled(v.Elem(), place)
	case reflect.Slice:
		for i := range v.Len() {
			empty = append(empty, unfilled(v.Index(i), fmt.Sprintf("%s[%d]", place, i))...)
		}
	case reflect.Map:
		for key, value := range v.Seq2() {
			empty = append(empty, unfilled(value, fmt.Sprintf("%s[%v]", place, key))...)
		}
	}
	return empty
}

// goesThere checks that a noun with every field set becomes a body with every field set.
func goesThere[D, B any](t *testing.T, body func(D) B, butFor ...string) B {
	t.Helper()
	b := body(filled[D](t))
	if diff := cmp.Diff(butFor, unfilled(reflect.ValueOf(b), "")); diff != "" {
		t.Errorf("fields of the body that are empty (-want +got):\n%s", diff)
	}
	return b
}

// goesThereAndBack checks moreover that the body, sent as JSON, becomes the noun again.
func goesThereAndBack[D, B any](t *testing.T, body func(D) B, domain func(B) (D, error)) {
	t.Helper()
	text, err := json.Marshal(goesThere(t, body))
	must(t, err)
	var again B
	must(t, json.Unmarshal(text, &again))
	got, err := domain(again)
	must(t, err)
	if diff := cmp.Diff(filled[D](t), got, cmp.Comparer(func(a, b csdn.LocalTime) bool { return a == b })); diff != "" {
		t.Errorf("what comes back differs (-want +got):\n%s", diff)
	}
}

// sure makes a mapping that cannot fail one that could.
func sure[B, D any](domain func(B) D) func(B) (D, error) {
	return func(b B) (D, error) { return domain(b), nil }
}

func TestEveryFieldOfAProfileGoesThereAndBack(t *testing.T) {
	t.Run("organisation", func(t *testing.T) {
		goesThereAndBack(t, organisationProfile, sure(OrganisationProfile.domain))
	})
	t.Run("person", func(t *testing.T) { goesThereAndBack(t, personProfile, sure(PersonProfile.domain)) })
	t.Run("area", func(t *testing.T) {
		goesThereAndBack(t, func(p csdn.AreaProfile) AreaProfile { return area(csdn.Area{AreaProfile: p}).AreaProfile }, sure(AreaProfile.domain))
	})
	t.Run("type of meeting", func(t *testing.T) {
		goesThereAndBack(t, func(p csdn.MeetingTypeProfile) MeetingTypeProfile {
			return meetingType(csdn.ListedMeetingType{MeetingTypeProfile: p}).MeetingTypeProfile
		}, sure(MeetingTypeProfile.domain))
	})
	t.Run("phase", func(t *testing.T) { goesThereAndBack(t, phaseProfile, sure(PhaseProfile.domain)) })
	t.Run("account", func(t *testing.T) { goesThereAndBack(t, accountPatch, sure(AccountPatch.domain)) })
	t.Run("meeting", func(t *testing.T) { goesThereAndBack(t, meetingProfile, MeetingProfile.domain) })
}

func TestEmptyProfilesGoThereAndBack(t *testing.T) {
	if got := meetingProfile(csdn.MeetingProfile{}); got.Bands.Total != nil || got.Bands.Categories != nil || got.ResponseDeadline != "" || got.Seats != (Seats{}) {
		t.Errorf("what is unset is told: %+v", got)
	}
	again, err := MeetingProfile{Start: "2027-02-01T09:15", End: "2027-02-01T11:30"}.domain()
	must(t, err)
	if again.Bands.Categories != nil || !again.ResponseDeadline.IsZero() || again.Seats.InPerson != nil || len(again.Agenda) != 0 {
		t.Errorf("what is untold is set: %+v", again)
	}
}

func TestEveryFieldOfAnAnswerIsTold(t *testing.T) {
	t.Run("organisation", func(t *testing.T) { goesThere(t, organisation) })
	t.Run("person", func(t *testing.T) { goesThere(t, person) })
	t.Run("area", func(t *testing.T) { goesThere(t, area) })
	t.Run("type of meeting", func(t *testing.T) { goesThere(t, meetingType) })
	t.Run("likely pair", func(t *testing.T) { goesThere(t, likelyPair) })
	t.Run("phase", func(t *testing.T) { goesThere(t, phase) })
	t.Run("meeting", func(t *testing.T) {
		goesThere(t, meeting)
	})
	t.Run("account", func(t *testing.T) { goesThere(t, account, ".Active") }) // as one with every field set is inactive
	t.Run("token", func(t *testing.T) { goesThere(t, func(k csdn.Token) Token { return tokenBody(k, k.ExpiresAt) }) })
	t.Run("change", func(t *testing.T) { goesThere(t, changeBody) })
	t.Run("invitation", func(t *testing.T) { goesThere(t, invitation, ".Reserve") })
	t.Run("composition", func(t *testing.T) {
		goesThere(t, func(c csdn.Composition) Composition { return composition(filled[csdn.Meeting](t), c) }, ".Rest")
	})
	t.Run("concept note", func(t *testing.T) {
		goesThere(t, func(m csdn.Meeting) ConceptNote {
			return conceptNote(csdn.NoteVersion{ConceptNote: csdn.ConceptNote{Meeting: m, Phase: filled[csdn.Phase](t)}, Number: 1, ApprovedAt: aTime()})
		})
	})
}

func TestTheReserveOfAnInvitation(t *testing.T) {
	i := filled[csdn.Invitation](t)
	for status, want := range map[csdn.InvitationStatus]*Reserve{
		csdn.Reserved: {Since: &i.ReservedAt}, csdn.Offered: {OfferUntil: &i.DueAt}, csdn.Accepted: nil, csdn.Tentative: nil,
	} {
		i.Status = status
		if diff := cmp.Diff(want, invitation(i).Reserve); diff != "" {
			t.Errorf("%s (-want +got):\n%s", status, diff)
		}
	}
}

func TestAPersonWithoutConsentOnViewHasNone(t *testing.T) {
	p := filled[csdn.Person](t)
	p.Consent = csdn.Consent{}
	if got := person(p); got.Consent != nil {
		t.Errorf("the consent is told as %+v", got.Consent)
	}
	p.Category, p.Derived = "", "academic"
	if got := person(p).Category; got != "academic" {
		t.Errorf("the category is %s, want the derived one", got)
	}
}
