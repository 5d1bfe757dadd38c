package demo

import (
	"fmt"
	"time"

	"csdn.example/directory/shared/csdn"
)

// Passerelles is the organisation, a made-up NGO in Bamako, whose representative has an account.
const Passerelles csdn.OrganisationID = organisationSeries + "000000000004"

// forgetful is the key of the organisation that has not confirmed anything for two years, so that the clock soon writes to it.
const forgetful = "vigie"

// roll is the organisations with the keys by which people.csv names them.
type roll struct {
	list  []csdn.Organisation
	byKey map[string]csdn.Organisation
}

// organisations returns those of organisations.csv. The key of an organisation is its host name, under .example.
func organisations(now time.Time) (roll, error) {
	rows, err := read("organisations.csv")
	if err != nil {
		return roll{}, err
	}
	all := roll{byKey: map[string]csdn.Organisation{}}
	for i, r := range rows {
		organisation, err := r.organisation(i+1, now)
		if err != nil {
			return roll{}, fmt.Errorf("%s: %w", r["key"], err)
		}
		all.list = append(all.list, organisation)
		all.byKey[r["key"]] = organisation
	}
	return all, nil
}

func (r row) organisation(number int, now time.Time) (csdn.Organisation, error) {
	phases, err := r.phases()
	if err != nil {
		return csdn.Organisation{}, err
	}
	confirmed := daysAgo(now, number)
	if r["key"] == forgetful {
		confirmed = now.AddDate(-2, 0, 0)
	}
	profile := csdn.OrganisationProfile{
		Name:        r["name"],
		ShortName:   r["short"],
		Type:        csdn.OrganisationType(r["type"]),
		Mission:     r["mission"],
		Website:     "https://" + r["key"] + ".example",
		Email:       "contact@" + r["key"] + ".example",
		Country:     csdn.Country(r["country"]),
		Regions:     list[csdn.Region](r, "regions"),
		Countries:   list[csdn.Country](r, "countries"),
		Languages:   list[csdn.Language](r, "languages"),
		Areas:       evidenced(r.expertise(), "https://"+r["key"]+".example/work/", confirmed),
		Phases:      phases,
		Identifiers: r.identifiers(number),
		Status:      csdn.OrganisationStatus(r["status"]),
	}.Clean()
	return csdn.Organisation{
		ID: identity[csdn.OrganisationID](organisationSeries, number), OrganisationProfile: profile,
		ConfirmedAt: confirmed, CreatedAt: now, UpdatedAt: now, Version: 1,
	}, profile.Validate()
}

// identifiers gives the made-up organisations a made-up identifier; those of real institutions are not ours to make up.
func (r row) identifiers(number int) []csdn.Identifier {
	switch r["key"] {
	case "eeas", "ec", "eplo":
		return nil
	}
	return []csdn.Identifier{{Scheme: "iati", Value: fmt.Sprintf("XX-DEMO-%04d", number)}}
}

// evidenced gives every expert level a page under the address and the day on which it was confirmed.
func evidenced(areas []csdn.Expertise, address string, confirmed time.Time) []csdn.Expertise {
	for i, e := range areas {
		if e.Level == "expert" {
			areas[i].Evidence, areas[i].ConfirmedAt = address+string(e.Area), confirmed
		}
	}
	return areas
}
