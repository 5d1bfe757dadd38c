package csdn

import (
	"context"
	"strconv"
	"time"
)

// Account binds a person who signs in to a role. Subject, as "issuer subject", is set at the first sign-in with the verified Email.
type Account struct {
	ID           AccountID
	Email        string
	Role         Role
	Organisation OrganisationID
	Subject      string
	Inactive     bool       // may do nothing until it is made active again
	MovedBy      []MergerID // from one organisation to the next, the last one last
	CreatedAt    time.Time
	UpdatedAt    time.Time
	Version      Version
}

// AccountProfile is what the secretariat decides of an account. Bound tells whether somebody has signed in to it; to take it
// back lets the next sign-in with the verified address bind the account anew.
type AccountProfile struct {
	Email        string
	Role         Role
	Organisation OrganisationID
	Active       bool
	Bound        bool
}

// Caller returns the account as the one who asks.
func (a Account) Caller() Caller {
	return Caller{Account: a.ID, Role: a.Role, Organisation: a.Organisation}
}

// Keeps reports whether the account keeps accounts: whether it is an active one of the secretariat.
func (a Account) Keeps() bool { return a.Role == SecretariatRole && !a.Inactive }

// Profile returns what the secretariat decides of the account.
func (a Account) Profile() AccountProfile {
	return AccountProfile{Email: a.Email, Role: a.Role, Organisation: a.Organisation, Active: !a.Inactive, Bound: a.Subject != ""}
}

// With returns the account with a clean profile. Another address is another person's, who has yet to sign in. Invalid with
// every broken rule.
func (a Account) With(p AccountProfile) (Account, error) {
	var v violations
	v.email("email", p.Email)
	choice(&v, "role", p.Role, Roles())
	if p.Role == OrganisationRole && !ValidID(string(p.Organisation)) {
		v.add("organisation", "is not the id of the organisation that the account speaks for")
	}
	if p.Role != OrganisationRole && p.Organisation != "" {
		v.add("organisation", "is for the role organisation alone; remove it")
	}
	if p.Bound && a.Subject == "" {
		v.add("bound", "can only be taken back; the first sign-in with the verified address binds the account")
	}
	if !p.Bound || p.Email != a.Email {
		a.Subject = ""
	}
	a.Email, a.Role, a.Organisation, a.Inactive = p.Email, p.Role, p.Organisation, !p.Active
	return a, v.err("The account")
}

// Clean returns the profile with its texts fit to be stored.
func (p AccountProfile) Clean() AccountProfile {
	p.Email, p.Organisation = cleanEmail(p.Email), OrganisationID(cleanLine(string(p.Organisation)))
	return p
}

// Facts returns the profile as it stands in the audit trail.
func (p AccountProfile) Facts() []Fact {
	return []Fact{
		{"email", p.Email}, {"role", string(p.Role)}, {"organisation", string(p.Organisation)},
		{"active", strconv.FormatBool(p.Active)}, {"bound", strconv.FormatBool(p.Bound)},
	}
}

// AccountWrite is what the secretariat makes of an account: a new one, where Before is zero, or a changed one. The tokens of
// Forgotten go in the same transaction.
type AccountWrite struct {
	Before, After Account
	Forgotten     *Keyring
	Change        Change
}

// AccountStore keeps accounts.
type AccountStore interface {
	// Accounts returns every account, consistently read, in the order of ids.
	Accounts(ctx context.Context) ([]Account, error)
	// Account returns one account, consistently read. NotFound.
	Account(ctx context.Context, id AccountID) (Account, error)
	// AccountByEmail returns the account of a lower-case address, consistently read. NotFound.
	AccountByEmail(ctx context.Context, email string) (Account, error)
	// AccountBySubject returns the account bound to a subject. NotFound.
	AccountBySubject(ctx context.Context, subject string) (Account, error)
	// PutAccount writes the account at a.Version with the reservations of its address and subject, and appends the change, in one
	// transaction. Stale when the stored version is not the one before; Conflict when another account has the address
	// or the subject.
	PutAccount(ctx context.Context, before, a Account, change Change) error
	// WriteAccount is PutAccount by the secretariat's account Change.By: Conflict, too, when that one,
	// if it is another, does not keep accounts at that moment. So two that deactivate each other leave one. Stale, too, when
	// Forgotten is not the stored keyring.
	WriteAccount(ctx context.Context, write AccountWrite) error
}
