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

// Caller is who asks. Organisation is set for the role of that name alone; Token and Scope, when an API token was presented and
// no person signed in.
type Caller struct {
	Account      AccountID
	Role         Role
	Organisation OrganisationID
	Token        TokenID
	Scope        Scope
}

// The actors that are no account.
const (
	// Invitee acts by the link of an invitation.
	Invitee AccountID = "invitee"
	// OrganisationLink acts by the link of a renewal.
	OrganisationLink AccountID = "organisation-link"
	// Clock acts when a time has come.
	Clock AccountID = "clock"
)

// Claims are what a verified token says: its subject, as "issuer subject", the subject's e-mail address if the issuer has
// verified that, and when the token expires.
type Claims struct {
	Subject       string
	VerifiedEmail string
	Expires       time.Time
}
