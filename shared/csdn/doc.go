// Package csdn is the ground floor of the directory: the nouns of the Civil Society Dialogue Network (organisation,
// person, area, phase, meeting, invitation, account), their rules, and the contracts of the stores that keep them.
//
// Everything here is pure. Transitions return new values; no function reads a clock, a store or a context. The package
// imports the standard library alone, and of that neither net/http nor encoding/json, os or log, so that the rules of
// the network can be read and tested without knowing how they are served, stored or sent.
package csdn
