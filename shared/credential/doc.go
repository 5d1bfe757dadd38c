// Package credential verifies what callers present to prove who they are: access tokens of the configured OIDC issuer,
// and API tokens of the directory.
//
// It may import csdn and jwx. It says who a token speaks for, never what that one may do, which the directory knows.
package credential
