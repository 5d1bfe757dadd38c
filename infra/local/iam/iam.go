// Package iam stands where AWS Identity and Access Management does when the system is deployed: a call of a function that
// its policies in the template do not allow is refused, and what each policy was needed for is noted.
//
// It exists so that whatever works on this computer works with the deployed policies too, and so that a policy that nothing
// needs can be found. Who calls is told by the request's signature: the access key of a function is its logical id. Any
// other key is the machine's own, which may do everything. Signatures are not verified.
//
// It may import template, and the standard library.
package iam

import (
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"

	"csdn.example/directory/infra/local/template"
)

// Call is an action on a resource, such as dynamodb:GetItem on a table's ARN.
type Call struct{ Action, Resource string }

// Grant is an action and a resource of one function's policies.
type Grant struct{ Function, Action, Resource string }

// Denied means that none of the function's policies allows the call.
type Denied struct {
	Function string
	Call     Call
}

// Error is worded as AWS does.
func (d *Denied) Error() string {
	return fmt.Sprintf("User: arn:aws:sts::%s:assumed-role/%s is not authorized to perform: %s on resource: %s because no identity-based policy "+
		"allows the %s action", template.AccountID, d.Function, d.Call.Action, d.Call.Resource, d.Call.Action)
}

// Roles are those of a template's functions. Its methods may be called at the same time.
type Roles struct {
	grants map[string][]Grant // by function

	mutex  sync.Mutex
	used   map[Grant]bool
	denied map[Denied]bool
}

// New reads the roles from the policies of the functions.
func New(functions []template.Function) *Roles {
	r := &Roles{grants: map[string][]Grant{}, used: map[Grant]bool{}, denied: map[Denied]bool{}}
	for _, f := range functions {
		r.grants[f.ID] = []Grant{}
		for _, statement := range f.Policies {
			for _, action := range statement.Actions {
				for _, resource := range statement.Resources {
					if meaningful(action, resource) {
						r.grants[f.ID] = append(r.grants[f.ID], Grant{f.ID, action, resource})
					}
				}
			}
		}
	}
	return r
}

// meaningful reports whether the action exists for the kind of the resource: of a table's index nothing can be asked but
// Query and Scan, so that one statement may name the table with its indexes.
func meaningful(action, resource string) bool {
	index := strings.Contains(resource, ":table/") && strings.Contains(resource, "/index/")
	return !index || action == "dynamodb:Query" || action == "dynamodb:Scan"
}

// Check notes that the function makes the calls. The error is a *Denied, for the first that is not allowed.
func (r *Roles) Check(function string, calls ...Call) error {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	for _, call := range calls {
		allowed := false
		for _, g := range r.grants[function] {
			if allowed = matches(g.Action, call.Action) && matches(g.Resource, call.Resource); allowed {
				r.used[g] = true
				break
			}
		}
		if !allowed {
			denied := Denied{Function: function, Call: call}
			r.denied[denied] = true
			return &denied
		}
	}
	return nil
}

// CheckRequest is Check for the function that signed the request, and allows everything to the machine itself.
func (r *Roles) CheckRequest(request *http.Request, calls ...Call) error {
	caller := callerOf(request)
	if _, isFunction := r.grants[caller]; !isFunction {
		return nil
	}
	return r.Check(caller, calls...)
}

// Uses tells for each grant of all functions whether a call needed it. A grant that stands twice is needed once.
func (r *Roles) Uses() map[Grant]bool {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	uses := map[Grant]bool{}
	for _, grants := range r.grants {
		for _, g := range grants {
			uses[g] = r.used[g]
		}
	}
	return uses
}

// Denials tells what was refused, in no order.
func (r *Roles) Denials() []Denied {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return slices.Collect(maps.Keys(r.denied))
}

// matches compares a text with a pattern, in which * stands for any text.
func matches(pattern, text string) bool {
	before, after, wild := strings.Cut(pattern, "*")
	if !wild {
		return pattern == text
	}
	rest, begins := strings.CutPrefix(text, before)
	if !begins {
		return false
	}
	for n := range len(rest) + 1 {
		if matches(after, rest[n:]) {
			return true
		}
	}
	return false
}

// credential is the part of a signature (AWS Signature Version 4) that names the access key.
var credential = regexp.MustCompile(`Credential=([^/,\s]+)/`)

// callerOf returns the access key that a request was signed with.
func callerOf(request *http.Request) string {
	found := credential.FindStringSubmatch(request.Header.Get("Authorization"))
	if found == nil {
		return ""
	}
	return found[1]
}
