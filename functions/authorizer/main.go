// The function authorizer says who calls: the token names a subject, the directory says what it may do. It opens the people
// alone, to find the account of a subject or an API token, to bind it at the first sign-in, to note the use of a token, and to count
// the requests of each caller.
package main

import (
	"time"

	"csdn.example/directory/shared/boot"
	"csdn.example/directory/shared/credential"
	"csdn.example/directory/shared/directory"
)

func main() { boot.Authorize(authorize) }

func authorize(e *boot.Environment) boot.Gate {
	people := e.People()
	identity := directory.Identity{
		Clerk:    directory.Clerk{Now: e.Now, NewID: e.NewID},
		Accounts: people,
		Tokens:   people,
		Unmarked: func(err error) { e.Log.Warn("the use of a token is not noted", "cause", err.Error()) },
	}
	gatekeeper := &credential.Gatekeeper{
		Issuer: &credential.Issuer{
			URL: e.Text("ISSUER_URL"), Keys: e.Text("JWKS_URL"), Audience: e.Text("AUDIENCE"), Client: e.HTTPClient(), Now: e.Now,
		},
		Identify:      identity.Identify,
		IdentifyToken: identity.IdentifyToken,
		CacheFor:      e.Seconds("IDENTITY_CACHE_SECONDS"),
		Now:           e.Now,
	}
	sessions := directory.Sessions{Identity: identity, Store: people}
	limiter := &directory.Limiter{Store: people, PerMinute: e.Number("REQUESTS_PER_MINUTE"), Patience: 500 * time.Millisecond, Now: e.Now}
	return boot.Gate{Identify: gatekeeper.Caller, Member: sessions.Member, Admit: limiter.Admit}
}
