package runtime

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"csdn.example/directory/infra/local/process"
	"csdn.example/directory/infra/local/template"
)

// instance is one process of a function.
type instance struct {
	id      string
	pool    *pool
	process *process.Process
	// work hands over an invocation, once the process asks for its next.
	work chan *invocation
	// ended is closed when the process has ended and the pool has forgotten it.
	ended chan struct{}
	// failed takes the type of an error that the process reports before its first invocation.
	failed chan string

	idleSince time.Time   // guarded by pool.mutex
	asked     bool        // it has asked for an invocation; guarded by Runtime.mutex
	current   *invocation // under way; guarded by Runtime.mutex
}

// invocation is one event on its way through an instance.
type invocation struct {
	id      string
	payload []byte
	answer  chan answer // holds one
}

type answer struct {
	payload []byte
	err     error
}

// start starts a process for the pool.
func (r *Runtime) start(p *pool) (*instance, error) {
	i := &instance{
		id: r.options.NewID(), pool: p,
		work: make(chan *invocation), ended: make(chan struct{}), failed: make(chan string, 1),
	}
	r.mutex.Lock()
	r.instances[i.id] = i
	r.mutex.Unlock()
	var err error
	i.process, err = process.Start(process.Command{
		Binary: p.binary, Environment: r.environment(p.function, i.id),
		Log: filepath.Join(r.options.Logs, p.function.Folder+".log"),
	})
	if err != nil {
		r.forget(i)
		return nil, err
	}
	go func() {
		<-i.process.Done()
		r.forget(i)
		p.remove(i)
		close(i.ended)
	}()
	return i, nil
}

func (r *Runtime) forget(i *instance) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	delete(r.instances, i.id)
}

// environment is all that the process is given: what Lambda sets, the local machine's and the template's variables.
func (r *Runtime) environment(f template.Function, instance string) []string {
	variables := map[string]string{
		"AWS_LAMBDA_RUNTIME_API":          r.listener.Addr().String() + "/" + instance,
		"AWS_LAMBDA_FUNCTION_NAME":        f.ID,
		"AWS_LAMBDA_FUNCTION_VERSION":     "$LATEST",
		"AWS_LAMBDA_FUNCTION_MEMORY_SIZE": strconv.Itoa(f.MemoryMB),
		"_HANDLER":                        "bootstrap",
		// The credentials of its role, by which the local services know who calls.
		"AWS_ACCESS_KEY_ID":     f.ID,
		"AWS_SECRET_ACCESS_KEY": f.ID,
		// Measured: a quarter more throughput with several functions on two cores.
		"GOMAXPROCS": "1",
	}
	maps.Copy(variables, r.options.Environment)
	maps.Copy(variables, f.Environment)
	var out []string
	for _, name := range slices.Sorted(maps.Keys(variables)) {
		out = append(out, name+"="+variables[name])
	}
	return out
}

// invoke hands the payload to the instance, which is the caller's alone, and waits for the answer. An instance that
// proves to be gone before it has taken the invocation is errGone; a new one that dies so is a *FunctionError.
func (i *instance) invoke(ctx context.Context, payload []byte) ([]byte, error) {
	r := i.pool.runtime
	fresh := !i.hasAsked()
	start := time.NewTimer(r.options.Limits.Start)
	defer start.Stop()
	invocation := &invocation{id: r.options.NewID(), payload: payload, answer: make(chan answer, 1)}
	select {
	case i.work <- invocation:
	case kind := <-i.failed:
		i.process.Kill()
		return nil, i.failure(kind)
	case <-i.ended:
		if fresh {
			return nil, i.failure("Runtime.ExitError")
		}
		return nil, errGone
	case <-start.C:
		i.process.Kill()
		return nil, i.failure("Sandbox.Timedout")
	}
	// From here on the instance is busy until it asks again, whatever becomes of the caller.
	done := make(chan answer, 1)
	go func() { done <- i.await(invocation) }()
	select {
	case a := <-done:
		return a.payload, a.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// await waits for the answer, and kills the instance when its time is up.
func (i *instance) await(v *invocation) answer {
	timer := time.NewTimer(i.pool.function.Timeout)
	defer timer.Stop()
	select {
	case a := <-v.answer:
		return a
	case <-timer.C:
		i.process.Kill()
		return answer{err: i.failure("Sandbox.Timedout")}
	case <-i.ended:
	}
	// It may have answered just before it ended.
	select {
	case a := <-v.answer:
		return a
	default:
		return answer{err: i.failure("Runtime.ExitError")}
	}
}

func (i *instance) hasAsked() bool {
	i.pool.runtime.mutex.Lock()
	defer i.pool.runtime.mutex.Unlock()
	return i.asked
}

// failure is logged with the type and the log file to look into.
func (i *instance) failure(kind string) error {
	i.pool.runtime.options.Log.Warn("a function failed", "function", i.pool.function.ID, "error", kind,
		"see", fmt.Sprintf("logs/%s.log", i.pool.function.Folder))
	return &FunctionError{Function: i.pool.function.ID, Type: kind}
}
