package csdn

import "time"

// Role is what an account may do, in the words of the network.
type Role string

// The roles. Anonymous is the role of a request without credentials; it is never stored.
const (
	SecretariatRole  Role = "secretariat"  // EPLO's staff
	PlannerRole      Role = "planner"      // keeps the meetings that name it
	OrganisationRole Role = "organisation" // keeps its own profile and people
	OfficialRole     Role = "official"     // reads organisations and the meetings open to it
	AnonymousRole    Role = "anonymous"
)

// Roles lists the roles that an account can have.
func Roles() []Role { return []Role{SecretariatRole, PlannerRole, OrganisationRole, OfficialRole} }

// Caller is who asks. Organisation is set for the role of that name alone.
type Caller struct {
	Account      AccountID
	Role         Role
	Organisation OrganisationID
}

// The actors that are no account.
const (
	// Invitee acts by the link of an invitation.
	Invitee AccountID = "invitee"
	// Clock acts when a time has come.
	Clock AccountID = "clock"
)

// Account binds a person who signs in to a role. Subject, as "issuer subject", is set at the first sign-in with the verified Email.
type Account struct {
	ID           AccountID
	Email        string
	Role         Role
	Organisation OrganisationID
	Subject      string
	CreatedAt    time.Time
	UpdatedAt    time.Time
	Version      Version
}

// Caller returns the account as the one who asks.
func (a Account) Caller() Caller {
	return Caller{Account: a.ID, Role: a.Role, Organisation: a.Organisation}
}

// Claims are what a verified token says: its subject, as "issuer subject", and the subject's e-mail address if the issuer
// has verified that.
type Claims struct {
	Subject       string
	VerifiedEmail string
}
