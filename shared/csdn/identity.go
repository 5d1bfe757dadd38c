package csdn

import (
	"fmt"
	"strings"
	"time"
)

// The identities of the network. All but AreaSlug and PhaseNumber are ULIDs: 26 characters of Crockford's base 32.
type (
	// OrganisationID names an organisation.
	OrganisationID string
	// PersonID names a person.
	PersonID string
	// MeetingID names a meeting.
	MeetingID string
	// AccountID names an account, which is who acts.
	AccountID string
	// TokenID names an API token of an account. It is no secret.
	TokenID string
	// DeliveryID names one message that is to be sent.
	DeliveryID string
	// ErasureID names a request for erasure and the certificate that it becomes.
	ErasureID string
	// ImportID names an import.
	ImportID string
	// MergerID names the merging of two records.
	MergerID string
	// ChangeID names one entry of an audit trail.
	ChangeID string
	// AreaSlug names an area of expertise: lower-case words joined by hyphens, such as "security-sector-reform".
	AreaSlug string
	// PhaseNumber numbers a phase of the network, from 1.
	PhaseNumber int
)

// Version counts the writes of one item, from 1. It is the item's ETag. Zero means not stored yet.
type Version int64

const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// ValidID reports whether s is a ULID in its canonical upper-case form.
func ValidID(s string) bool {
	return len(s) == 26 && s[0] <= '7' && strings.Trim(s, crockford) == ""
}

// FirstID returns the least ULID of the millisecond of a time: every identity made then or later is no less, as text too.
func FirstID(at time.Time) string {
	id := []byte("00000000000000000000000000")
	const timeLength = 10 // of the 26 characters
	for place, rest := timeLength-1, at.UnixMilli(); place >= 0 && rest > 0; place, rest = place-1, rest>>5 {
		id[place] = crockford[rest&31]
	}
	return string(id)
}

// UUID returns an identity in the notation of UUIDs (RFC 9562), for readers who know no ULIDs: both are 128 bits, so that each can be
// told from the other. The identity must be valid.
func UUID[T ~string](id T) string {
	var bits [16]byte
	for _, character := range []byte(id) {
		carry := uint16(strings.IndexByte(crockford, character))
		for i := len(bits) - 1; i >= 0; i-- {
			carry |= uint16(bits[i]) << 5
			bits[i], carry = byte(carry), carry>>8
		}
	}
	return fmt.Sprintf("%x-%x-%x-%x-%x", bits[:4], bits[4:6], bits[6:8], bits[8:10], bits[10:])
}

// Valid reports whether the slug is 2 to 60 lower-case letters, digits and single hyphens, starting with a letter.
func (s AreaSlug) Valid() bool {
	if len(s) < 2 || len(s) > 60 || s[0] < 'a' || s[0] > 'z' || s[len(s)-1] == '-' {
		return false
	}
	if strings.Contains(string(s), "--") {
		return false
	}
	return strings.Trim(string(s), "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}
