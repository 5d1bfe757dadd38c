// Package e2e holds the tests that drive the whole system from outside: the compiled functions on the local machine, asked
// over HTTP as clients ask. It has no code of its own.
package e2e
