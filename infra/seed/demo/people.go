package demo

import (
	"cmp"
	"fmt"
	"time"

	"csdn.example/directory/shared/csdn"
)

// guestbook is the people with the mailboxes by which lists of guests name them: the part of the address before the @,
// which no two share.
type guestbook struct {
	list      []csdn.Person
	byMailbox map[string]csdn.Person
}

// people returns those of people.csv. An empty country or list of countries is that of the organisation.
func people(organisations roll, now time.Time) (guestbook, error) {
	rows, err := read("people.csv")
	if err != nil {
		return guestbook{}, err
	}
	all := guestbook{byMailbox: map[string]csdn.Person{}}
	for i, r := range rows {
		organisation, known := organisations.byKey[r["organisation"]]
		if !known {
			return guestbook{}, fmt.Errorf("row %d: there is no organisation %s", i+1, r["organisation"])
		}
		person, err := r.person(i+1, organisation, now)
		if err != nil {
			return guestbook{}, fmt.Errorf("row %d: %w", i+1, err)
		}
		all.list = append(all.list, person)
		all.byMailbox[r["mailbox"]] = person
	}
	return all, nil
}

func (r row) person(number int, organisation csdn.Organisation, now time.Time) (csdn.Person, error) {
	side := csdn.CategoryOf(organisation.Type)
	country := cmp.Or(csdn.Country(r["country"]), organisation.Country)
	countries := list[csdn.Country](r, "countries")
	if countries == nil {
		countries = organisation.Countries
	}
	profile := csdn.PersonProfile{
		Name:              r["name"],
		Email:             r["mailbox"] + "@" + r["organisation"] + ".example",
		Organisation:      organisation.ID,
		Position:          r["position"],
		Country:           country,
		Countries:         countries,
		Languages:         list[csdn.Language](r, "languages"),
		Areas:             r.expertise(),
		Biography:         r["biography"],
		Zone:              zoneOf(country),
		PreferredLanguage: csdn.Language(r["preferred"]),
		Safety:            csdn.Safety(r["safety"]),
		Alias:             r["alias"],
		Consent:           consent(side, daysAgo(now, number)),
		Gender:            r["gender"],
	}.Clean()
	for i := range profile.Areas {
		profile.Areas[i].ConfirmedAt = confirmed(now, number)
	}
	return csdn.Person{
		ID: identity[csdn.PersonID](personSeries, number), PersonProfile: profile, Derived: side,
		CreatedAt: now, UpdatedAt: now, Version: 1,
	}, profile.Validate()
}

// confirmed is when a person last confirmed what it claims: two of three within the last 18 months, some before, every seventh never.
func confirmed(now time.Time, number int) time.Time {
	if number%7 == 0 {
		return time.Time{}
	}
	return now.AddDate(0, 0, -(number*97)%800)
}

// consent is what experts gave when they registered; officials are listed for their function.
func consent(side csdn.Category, at time.Time) csdn.Consent {
	switch side {
	case "eu-institution", "member-state", "international-organisation":
		return csdn.Consent{Basis: "legitimate-interests", GivenAt: at, Source: "Function in an institution of the dialogue (demo)"}
	}
	return csdn.Consent{Basis: "consent", GivenAt: at, Source: "Registration form (demo)"}
}
