package demo

import (
	"time"

	"csdn.example/directory/shared/csdn"
)

// The demo accounts, one for each role. Their addresses are the role's name @demo.example.
const (
	Secretariat  csdn.AccountID = accountSeries + "000000000001" // secretariat@demo.example, who enters the demo data
	Planner      csdn.AccountID = accountSeries + "000000000002" // planner@demo.example, named by every demo meeting
	Organisation csdn.AccountID = accountSeries + "000000000003" // organisation@demo.example, of Passerelles
	Official     csdn.AccountID = accountSeries + "000000000004" // official@demo.example
)

func accounts(now time.Time) []csdn.Account {
	account := func(id csdn.AccountID, role csdn.Role, organisation csdn.OrganisationID) csdn.Account {
		return csdn.Account{
			ID: id, Email: string(role) + "@demo.example", Role: role, Organisation: organisation,
			CreatedAt: now, UpdatedAt: now, Version: 1,
		}
	}
	return []csdn.Account{
		account(Secretariat, csdn.SecretariatRole, ""),
		account(Planner, csdn.PlannerRole, ""),
		account(Organisation, csdn.OrganisationRole, Passerelles),
		account(Official, csdn.OfficialRole, ""),
	}
}
