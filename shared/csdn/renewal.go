package csdn

import (
	"context"
	"time"
)

// RenewalMessage asks an organisation whether all is still right. Its delivery names the organisation, and an account of it
// unless it goes to the organisation's own address.
const RenewalMessage Message = "renewal"

// The terms of renewals. Claims go stale after staleMonths.
const (
	profileYears = 1
	pauseYears   = 1                   // between two of them
	linkLength   = 60 * 24 * time.Hour // that a link of one is good for
)

// Renewal asks an organisation whether what the directory says of it and its people is still right, as it stood at a time.
type Renewal struct {
	Organisation OrganisationID
	At           time.Time
	Profile      bool // which was not confirmed for a year
	Claims       int  // of the organisation that are stale
	PeopleClaims int  // of its people that are stale
}

// NewRenewal returns the renewal of an organisation with its people; see Due. A claim that nobody ever confirmed counts from when its
// record was made. Nobody hears of hidden people.
func NewRenewal(o Organisation, people []Person, at time.Time) Renewal {
	r := Renewal{Organisation: o.ID, At: at}
	if o.Status != Active {
		return r
	}
	r.Profile = !o.ConfirmedAt.AddDate(profileYears, 0, 0).After(at)
	r.Claims = stale(o.Areas, o.CreatedAt, at)
	for _, p := range people {
		if p.Represents(o.ID) {
			r.PeopleClaims += stale(p.Areas, p.CreatedAt, at)
		}
	}
	return r
}

// Represents reports whether the person is one of the organisation's whom it may be shown with: hidden people are not.
func (p Person) Represents(id OrganisationID) bool { return p.Organisation == id && p.Safety != Hidden }

// stale counts the claims that nobody has confirmed for staleMonths.
func stale(list []Expertise, made, at time.Time) int {
	count := 0
	for _, e := range list {
		last := e.ConfirmedAt
		if last.IsZero() {
			last = made
		}
		if !last.AddDate(0, staleMonths, 0).After(at) {
			count++
		}
	}
	return count
}

// Stale reports whether a claim of the candidate counts less for want of a confirmation.
func (c Candidate) Stale(at time.Time) bool {
	for _, m := range c.Merits {
		if !m.fresh(at) {
			return true
		}
	}
	return false
}

// Due reports whether there is anything to ask.
func (r Renewal) Due() bool { return r.Profile || r.Claims > 0 || r.PeopleClaims > 0 }

// Rests reports whether the organisation was asked so lately that it is not asked again.
func (r Renewal) Rests(at time.Time) bool { return r.At.AddDate(pauseYears, 0, 0).After(at) }

// Holds reports whether the delivery of the renewal still says what is so: the organisation is there and has not confirmed its profile
// meanwhile, and there is no later renewal.
func (r Renewal) Holds(d Delivery, o Organisation) bool {
	return r.At.Equal(d.CreatedAt) && o.Status == Active && !o.ConfirmedAt.After(r.At)
}

// Speaks reports whether the account may speak for the organisation.
func (a Account) Speaks(id OrganisationID) bool {
	return a.Role == OrganisationRole && a.Organisation == id && !a.Inactive
}

// Tongue returns the language in which the network writes to the organisation: the first of its own that is French or English, else
// English.
func (o Organisation) Tongue() Language {
	for _, l := range o.Languages {
		if base := l.Base(); base == "fr" || base == "en" {
			return base
		}
	}
	return "en"
}

// RenewalLink lets its bearer confirm once what the directory says of an organisation. It holds no personal data.
type RenewalLink struct {
	Hash         LinkHash
	Organisation OrganisationID
	ExpiresAt    time.Time
	UsedAt       time.Time // zero until then; from then on it confirms nothing
	Confirmed    Confirmed
}

// Confirmed counts what was confirmed by a link.
type Confirmed struct {
	Claims       int // of the organisation
	People       int
	PeopleClaims int
}

// NewRenewalLink returns the link of a renewal that is sent at a time.
func NewRenewalLink(hash LinkHash, id OrganisationID, at time.Time) RenewalLink {
	return RenewalLink{Hash: hash, Organisation: id, ExpiresAt: at.Add(linkLength)}
}

// Leads reports whether the link still leads anywhere.
func (l RenewalLink) Leads(at time.Time) bool { return at.Before(l.ExpiresAt) }

// RenewalLetter is everything that the message of a renewal says. To is the address that it goes to, and Token that of the link made
// for it.
type RenewalLetter struct {
	Delivery
	Renewal      Renewal
	Organisation Organisation
	To           string
	Link         RenewalLink
	Token        string
}

// RenewalRound is how far the clock has come with looking at every organisation on a day. After is the place of the last one in the
// order of RenewalStore.OrganisationsAfter.
type RenewalRound struct {
	Day   Date
	After string
	Done  bool
}

// RenewalStore keeps which organisation was asked when, and the links made for that.
type RenewalStore interface {
	// RenewalRound returns the last round, the zero round when there never was one.
	RenewalRound(ctx context.Context) (RenewalRound, error)
	// PutRenewalRound takes the place of the last round.
	PutRenewalRound(ctx context.Context, round RenewalRound) error
	// OrganisationsAfter returns at most limit organisations behind a place in the order of ids, "" for the beginning, and the place of
	// the last, "" when none is left.
	OrganisationsAfter(ctx context.Context, place string, limit int) (ids []OrganisationID, last string, err error)
	// Renewals returns the last renewals of those of the organisations that ever had one.
	Renewals(ctx context.Context, ids []OrganisationID) ([]Renewal, error)
	// PutRenewal writes a renewal with its deliveries and appends the change, in one transaction. Conflict when the stored one is not
	// that of before, which is zero for none.
	PutRenewal(ctx context.Context, before, r Renewal, deliveries []Delivery, change Change) error
	// RenewalLink returns a link by the hash of its token. NotFound.
	RenewalLink(ctx context.Context, hash LinkHash) (RenewalLink, error)
	// PutRenewalLink stores a new link.
	PutRenewalLink(ctx context.Context, link RenewalLink) error
	// ConfirmByLink writes the organisation as PutOrganisation does, and the link as used, in one transaction. Conflict when the link was
	// used before.
	ConfirmByLink(ctx context.Context, o Organisation, change Change, link RenewalLink) error
}
