// Package hsds writes the organisations of an export in the Open Referral Human Services Data Specification 3.0
// (https://docs.openreferral.org), by which directories of services exchange what they know.
//
// It imports csdn and the standard library. An organisation has one service, which is its work, and one location, which is the country
// where it is based. What there is no field for in the specification (the type of an organisation, areas of expertise) is an
// attribute, which links to a term of a taxonomy. Its identities are UUIDs there: those of the directory in the notation of UUIDs,
// and for what has none here one that is made of its owner's, so that the next export says the same.
package hsds
