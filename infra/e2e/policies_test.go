package e2e

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"slices"
	"sync"
	"testing"

	"csdn.example/directory/infra/local/iam"
)

// evidence is what the machines of all tests saw of the policies. It is the package's own, because only all tests together need all
// of them.
var evidence policies

// policies tells which grants of the template the functions needed.
type policies struct {
	mutex sync.Mutex
	uses  map[iam.Grant]bool
}

// take adds what a machine saw, and fails the test if a policy was missing, even where nobody waited for the function's answer.
func (p *policies) take(t *testing.T, roles *iam.Roles) {
	t.Helper()
	for _, denied := range roles.Denials() {
		t.Errorf("a policy is missing: %v", &denied)
	}
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.uses == nil {
		p.uses = map[iam.Grant]bool{}
	}
	for grant, used := range roles.Uses() {
		p.uses[grant] = p.uses[grant] || used
	}
}

// unused returns the grants that nothing needed, in order.
func (p *policies) unused() []iam.Grant {
	var out []iam.Grant
	for grant, used := range p.uses {
		if !used {
			out = append(out, grant)
		}
	}
	slices.SortFunc(out, func(a, b iam.Grant) int {
		return cmp.Or(cmp.Compare(a.Function, b.Function), cmp.Compare(a.Action, b.Action), cmp.Compare(a.Resource, b.Resource))
	})
	return out
}

// TestMain runs the tests and then, when all ran and passed, compares what the functions needed with what the template grants them.
func TestMain(m *testing.M) {
	code := m.Run()
	if code == 0 && unfiltered("run", "skip", "list") {
		code = evidence.judge()
	}
	os.Exit(code)
}

// unfiltered reports whether none of the flags leaves tests out.
func unfiltered(flags ...string) bool {
	return !slices.ContainsFunc(flags, func(name string) bool { return flag.Lookup("test."+name).Value.String() != "" })
}

func (p *policies) judge() int {
	unused := p.unused()
	for _, grant := range unused {
		fmt.Printf("the template grants %s %s on %s, which no test shows a need of: remove it, or test what needs it\n",
			grant.Function, grant.Action, grant.Resource)
	}
	if len(unused) > 0 || len(p.uses) == 0 {
		fmt.Printf("FAIL: %d of %d grants are not needed\n", len(unused), len(p.uses))
		return 1
	}
	fmt.Printf("all %d grants of the template are needed, and no other\n", len(p.uses))
	return 0
}
