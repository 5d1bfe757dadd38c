// Package checks holds the tests of the house itself: the floors, the functions against the template, the routes against
// the operations, the committed specification against the code. It has no code of its own.
package checks
