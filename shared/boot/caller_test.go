package boot

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"csdn.example/directory/shared/csdn"
)

func TestWhoCallsIsWhatTheAuthorizerTold(t *testing.T) {
	anonymous := csdn.Caller{Role: csdn.AnonymousRole}
	for _, test := range []struct {
		name string
		told map[string]any
		want csdn.Caller
	}{
		{"nothing", nil, anonymous},
		{"an empty context", map[string]any{}, anonymous},
		{"secretariat", map[string]any{"account": "A7", "role": "secretariat", "organisation": ""}, csdn.Caller{Account: "A7", Role: csdn.SecretariatRole}},
		{"planner", map[string]any{"account": "A7", "role": "planner"}, csdn.Caller{Account: "A7", Role: csdn.PlannerRole}},
		{"official", map[string]any{"account": "A7", "role": "official"}, csdn.Caller{Account: "A7", Role: csdn.OfficialRole}},
		{"a representative", map[string]any{"account": "A7", "role": "organisation", "organisation": "O7"}, csdn.Caller{Account: "A7", Role: csdn.OrganisationRole, Organisation: "O7"}},
		{"anonymous in words", map[string]any{"account": "", "role": "anonymous", "organisation": ""}, anonymous},
		{"an account that is anonymous", map[string]any{"account": "A7", "role": "anonymous", "organisation": "O7"}, anonymous},
		{"a role that is none", map[string]any{"account": "A7", "role": "administrator", "organisation": "O7"}, anonymous},
		{"a role in capitals", map[string]any{"account": "A7", "role": "Secretariat"}, anonymous},
		{"no role", map[string]any{"account": "A7", "organisation": "O7"}, anonymous},
		{"no account", map[string]any{"role": "secretariat", "organisation": "O7"}, anonymous},
		{"an account that is no text", map[string]any{"account": 7.0, "role": "secretariat"}, anonymous},
		{"a role that is no text", map[string]any{"account": "A7", "role": []any{"secretariat"}}, anonymous},
		{"an organisation that is no text", map[string]any{"account": "A7", "role": "organisation", "organisation": true}, csdn.Caller{Account: "A7", Role: csdn.OrganisationRole}},
		{"a system with a token", map[string]any{"account": "A7", "role": "planner", "token": "T7", "scope": "read"}, csdn.Caller{Account: "A7", Role: csdn.PlannerRole, Token: "T7", Scope: csdn.ReadScope}},
		{"a person without one", map[string]any{"account": "A7", "role": "planner", "token": "", "scope": ""}, csdn.Caller{Account: "A7", Role: csdn.PlannerRole}},
		{"a token without a scope", map[string]any{"account": "A7", "role": "planner", "token": "T7"}, anonymous},
		{"a token of a scope that is none", map[string]any{"account": "A7", "role": "planner", "token": "T7", "scope": "all"}, anonymous},
		{"a token of a scope that is no text", map[string]any{"account": "A7", "role": "planner", "token": "T7", "scope": []any{"write"}}, anonymous},
		{"a scope without a token", map[string]any{"account": "A7", "role": "planner", "scope": "write"}, anonymous},
		{"names in capitals", map[string]any{"Account": "A7", "Role": "secretariat"}, anonymous},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, caller(test.told)); diff != "" {
				t.Errorf("the caller differs (-want +got):\n%s", diff)
			}
		})
	}
}

func TestWhatIsToldIsUnderstood(t *testing.T) {
	for _, want := range []csdn.Caller{
		{Role: csdn.AnonymousRole}, {Account: "A7", Role: csdn.OrganisationRole, Organisation: "O7"},
		{Account: "A7", Role: csdn.OrganisationRole, Organisation: "O7", Token: "T7", Scope: csdn.WriteScope},
	} {
		if diff := cmp.Diff(want, caller(told(want))); diff != "" {
			t.Errorf("the caller differs (-want +got):\n%s", diff)
		}
	}
}

func TestEveryRoleReachesTheFunctions(t *testing.T) {
	for _, role := range csdn.Roles() {
		if got := caller(map[string]any{accountKey: "A7", roleKey: string(role)}); got.Role != role {
			t.Errorf("%s arrives as %s", role, got.Role)
		}
	}
}
