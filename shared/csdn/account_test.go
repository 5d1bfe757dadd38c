package csdn

import (
	"fmt"
	"testing"
)

func TestRulesOfAccounts(t *testing.T) {
	const organisation = "01HZX3V4K8M2N6P9Q1R5S7T0WA"
	bound := Account{ID: "A1", Email: "amina@sdf.example", Role: PlannerRole, Subject: "https://issuer.example 1"}
	for name, c := range map[string]struct {
		edit    func(*AccountProfile)
		broken  []string
		subject string
	}{
		"as it is":                       {func(*AccountProfile) {}, nil, bound.Subject},
		"the address in capitals":        {func(p *AccountProfile) { p.Email = " AMINA@SDF.example " }, nil, bound.Subject},
		"another address":                {func(p *AccountProfile) { p.Email = "issa@sdf.example" }, nil, ""},
		"unbound":                        {func(p *AccountProfile) { p.Bound = false }, nil, ""},
		"no address":                     {func(p *AccountProfile) { p.Email = "amina" }, []string{"email"}, ""},
		"a role that is none":            {func(p *AccountProfile) { p.Role = "director" }, []string{"role"}, bound.Subject},
		"nobody's role":                  {func(p *AccountProfile) { p.Role = AnonymousRole }, []string{"role"}, bound.Subject},
		"a representative":               {func(p *AccountProfile) { p.Role, p.Organisation = OrganisationRole, organisation }, nil, bound.Subject},
		"a representative of nothing":    {func(p *AccountProfile) { p.Role = OrganisationRole }, []string{"organisation"}, bound.Subject},
		"a representative of a text":     {func(p *AccountProfile) { p.Role, p.Organisation = OrganisationRole, "sdf" }, []string{"organisation"}, bound.Subject},
		"a planner with an organisation": {func(p *AccountProfile) { p.Organisation = organisation }, []string{"organisation"}, bound.Subject},
	} {
		t.Run(name, func(t *testing.T) {
			p := bound.Profile()
			c.edit(&p)
			after, err := bound.With(p.Clean())
			if got := fmt.Sprint(brokenIn(err)); got != fmt.Sprint(c.broken) {
				t.Errorf("broken are %v, want %v", got, c.broken)
			}
			if err == nil && (after.Subject != c.subject || after.Inactive) {
				t.Errorf("it becomes %+v", after)
			}
		})
	}
	unbound := bound
	unbound.Subject = ""
	if _, err := unbound.With(bound.Profile()); fmt.Sprint(brokenIn(err)) != "[bound]" {
		t.Errorf("bound without a sign-in: %v", err)
	}
}

func TestWhoKeepsAccounts(t *testing.T) {
	for _, role := range Roles() {
		if got := (Account{Role: role}).Keeps(); got != (role == SecretariatRole) {
			t.Errorf("%s: %v", role, got)
		}
		if (Account{Role: role, Inactive: true}).Keeps() {
			t.Errorf("%s, inactive, keeps accounts", role)
		}
	}
}
