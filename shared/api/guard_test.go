package api

import (
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// described is an operation of the specification with its place.
type described struct {
	method, path string
	*huma.Operation
}

func (d described) act() csdn.Act { return csdn.Act(d.Extensions["x-act"].(string)) }

// target is the address of the operation on a subject that can be.
func (d described) target() string {
	return strings.NewReplacer("{id}", aULID, "{person}", aULID, "{number}", "4", "{slug}", "mediation", "{token}", "a-token", "{version}", "draft", "{recommendation}", aULID).Replace(d.path)
}

// operations returns every operation of the specification in the order of paths.
func operations(a *API) []described {
	var all []described
	for _, path := range slices.Sorted(maps.Keys(a.OpenAPI().Paths)) {
		item := a.OpenAPI().Paths[path]
		for _, one := range []described{
			{http.MethodGet, path, item.Get}, {http.MethodPost, path, item.Post}, {http.MethodPut, path, item.Put},
			{http.MethodPatch, path, item.Patch}, {http.MethodDelete, path, item.Delete},
		} {
			if one.Operation != nil {
				all = append(all, one)
			}
		}
	}
	return all
}

// unread is a body that must not be read.
type unread struct{ t *testing.T }

func (u unread) Read([]byte) (int, error) {
	u.t.Error("the body is read")
	return 0, errors.New("this body is not to be read")
}

func TestEveryOperationIsGoverned(t *testing.T) {
	all := operations(newFace(newShelf()).api)
	if len(all) == 0 {
		t.Fatal("there are no operations")
	}
	for _, op := range all {
		if !directory.Governs(op.act()) {
			t.Errorf("no row of the policy governs %s", op.OperationID)
		}
		open := directory.Permits(csdn.Caller{Role: csdn.AnonymousRole}, op.act()) == nil
		if open != (len(op.Security[0]) == 0) {
			t.Errorf("%s is open to all: %v, and the specification says otherwise", op.OperationID, open)
		}
	}
}

func TestAnOperationThatNothingGovernsCannotBeRegistered(t *testing.T) {
	defer func() {
		if cause := recover(); cause == nil || !strings.Contains(cause.(string), "open-window") {
			t.Errorf("the panic is %v", cause)
		}
	}()
	register(newFace(newShelf()).api, operation{method: http.MethodGet, path: "/v1/window", id: "open-window", act: "window.opened"}, unhandled)
	t.Error("it is registered")
}

func TestNobodyPassesWhoseRoleHasNothingToDoThere(t *testing.T) {
	f := newFace(newShelf())
	refused := 0
	for _, op := range operations(f.api) {
		for _, role := range append(csdn.Roles(), csdn.AnonymousRole, "unheard-of") {
			caller := csdn.Caller{Account: "ACCOUNT-7", Role: role, Organisation: aULID}
			denial := directory.Permits(caller, op.act())
			if denial == nil {
				continue
			}
			refused++
			status := http.StatusForbidden
			if errors.Is(denial, csdn.Unauthenticated) {
				status = http.StatusUnauthorized
			}
			t.Run(op.OperationID+" by "+string(role), func(t *testing.T) {
				// Neither the query, nor the header, nor the body is in order, and none of that is said.
				answer := f.do(t, caller, op.method, op.target()+"?unheard-of=1&limit=none", unread{t}, "Content-Type", "text/plain", "If-Match", "none")
				if p := problemIn(t, answer, status); len(p.Errors) != 0 {
					t.Errorf("more is told than that: %+v", p.Errors)
				}
				if got := answer.Header().Get("WWW-Authenticate"); (got == "Bearer") != (status == http.StatusUnauthorized) {
					t.Errorf("WWW-Authenticate is %q", got)
				}
			})
		}
	}
	if refused < 20 {
		t.Errorf("only %d refusals were tried", refused)
	}
	if f.writes != 0 {
		t.Errorf("%d writes were made", f.writes)
	}
}

func TestWhoeverHasSomethingToDoThereIsNotTurnedAway(t *testing.T) {
	f := newFace(newShelf())
	for _, op := range operations(f.api) {
		for _, role := range append(csdn.Roles(), csdn.AnonymousRole) {
			caller := csdn.Caller{Account: "ACCOUNT-7", Role: role, Organisation: aULID}
			if directory.Permits(caller, op.act()) != nil {
				continue
			}
			answer := f.do(t, caller, op.method, op.target(), nil)
			if answer.Code == http.StatusUnauthorized || answer.Code == http.StatusForbidden || answer.Code >= 500 {
				t.Errorf("%s by %s: %d %s", op.OperationID, role, answer.Code, answer.Body)
			}
		}
	}
}

func TestWhatIsNoOperationIsNotFound(t *testing.T) {
	f := newFace(newShelf())
	for _, request := range [][2]string{{"GET", "/"}, {"GET", "/v1/"}, {"GET", "/v1/nothing"}, {"DELETE", "/v1/phases"}, {"GET", "/openapi.json"},
		{"GET", "/docs"}, {"GET", "/schemas/Area.json"}, {"GET", "/v1/areas/"}, {"TRACE", "/v1/phases"}} {
		problemIn(t, f.do(t, secretariat, request[0], request[1], nil), http.StatusNotFound)
	}
}
