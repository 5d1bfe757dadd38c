package boot

import (
	"context"
	"net/http"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/gateway"
	"csdn.example/directory/shared/web"
)

// margin is how long before Lambda ends a function its work is broken off, so that it can still say so.
const margin = 500 * time.Millisecond

// hurried is the context of an invocation that is answered before its time is up.
func hurried(ctx context.Context) (context.Context, context.CancelFunc) {
	deadline, limited := ctx.Deadline()
	if !limited {
		return ctx, func() {}
	}
	return context.WithDeadline(ctx, deadline.Add(-margin))
}

// unlessUnknown answers in the place of the face when the authorizer could not learn who calls, as the tables are busy: had it failed, the
// gateway would answer 500.
func unlessUnknown(face http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if gateway.Authorizer(r.Context())[unknownKey] == nil {
			face.ServeHTTP(w, r)
			return
		}
		web.WriteProblem(w, web.ProblemOf(&csdn.Error{Kind: csdn.Unavailable, Message: "Who you are cannot be looked up just now; try again in a moment."}, ""))
	})
}
