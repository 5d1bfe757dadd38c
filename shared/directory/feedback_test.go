package directory_test

import (
	"testing"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

func TestMailThatComesBackIsNotedUntilTheAddressIsAnother(t *testing.T) {
	h := convened(t, 1)
	feedback := directory.Feedback{Clerk: h.clerk, People: h.persons}
	p, err := h.persons.Person(t.Context(), personID(1))
	must(t, err)
	take := func(email string, kind csdn.ReturnKind, want bool) {
		t.Helper()
		noted, err := feedback.Take(t.Context(), csdn.MailReturn{Email: email, Kind: kind, At: noon})
		must(t, err)
		if noted != want {
			t.Errorf("noted: %t", noted)
		}
	}
	h.silent(t, func() error { take("nobody@pwn.example", csdn.Bounced, false); return nil })
	take(p.Email, csdn.Bounced, true)
	h.silent(t, func() error { take(p.Email, csdn.Complained, false); return nil })
	seen, err := h.people.Read(t.Context(), planner, p.ID)
	must(t, err)
	same(t, csdn.Undeliverable{Kind: csdn.Bounced, At: noon}, seen.Undeliverable)
	if seen.Version != p.Version+1 || seen.Email != "" {
		t.Errorf("a planner sees %+v", seen)
	}
	edit := func(email string) csdn.Person {
		t.Helper()
		changed, err := h.people.Change(t.Context(), secretariat, p.ID, directory.AnyVersion, func(profile csdn.PersonProfile) (csdn.PersonProfile, error) {
			profile.Email, profile.Position = email, profile.Position+"."
			return profile, nil
		})
		must(t, err)
		return changed
	}
	if edit(p.Email).Undeliverable.IsZero() {
		t.Error("another change than that of the address takes the note away")
	}
	if changed := edit("new@pwn.example"); !changed.Undeliverable.IsZero() {
		t.Errorf("of the new address it says %+v", changed.Undeliverable)
	}
	h.silent(t, func() error { take(p.Email, csdn.Bounced, false); return nil })
	take("NEW@pwn.example", csdn.Complained, true)
}
