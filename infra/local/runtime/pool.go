package runtime

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"csdn.example/directory/infra/local/template"
)

// pool holds the instances of one function.
type pool struct {
	runtime  *Runtime
	function template.Function
	binary   string

	mutex   sync.Mutex
	closed  bool
	all     []*instance
	idle    []*instance // the one used last at the end
	waiting []chan grant
}

// grant ends a wait: with an idle instance, or with leave to start one when it is nil.
type grant struct{ instance *instance }

// errGone means that an idle instance ended before it was given the invocation.
var errGone = errors.New("the instance has ended")

func (p *pool) invoke(ctx context.Context, payload []byte) ([]byte, error) {
	for {
		instance, err := p.acquire(ctx)
		if err != nil {
			return nil, err
		}
		answer, err := instance.invoke(ctx, payload)
		if !errors.Is(err, errGone) {
			return answer, err
		}
	}
}

// acquire gives an instance to the caller alone: an idle one, a new one, or, at the limit, the next that is free.
func (p *pool) acquire(ctx context.Context) (*instance, error) {
	limits := p.runtime.options.Limits
	p.mutex.Lock()
	if n := len(p.idle); n > 0 {
		instance := p.idle[n-1]
		p.idle = p.idle[:n-1]
		p.mutex.Unlock()
		return instance, nil
	}
	if p.closed || len(p.waiting) >= limits.Queue {
		p.mutex.Unlock()
		return nil, ErrBusy
	}
	if len(p.all) < p.most() {
		defer p.mutex.Unlock()
		return p.launch()
	}
	turn := make(chan grant, 1)
	p.waiting = append(p.waiting, turn)
	p.mutex.Unlock()

	timer := time.NewTimer(limits.QueueWait)
	defer timer.Stop()
	var err error
	select {
	case g := <-turn:
		return p.take(g)
	case <-ctx.Done():
		err = ctx.Err()
	case <-timer.C:
		err = ErrBusy
	}
	p.mutex.Lock()
	at := slices.Index(p.waiting, turn)
	if at >= 0 {
		p.waiting = slices.Delete(p.waiting, at, at+1)
	}
	p.mutex.Unlock()
	if at < 0 {
		// The turn came at the same moment: use it rather than lose it.
		return p.take(<-turn)
	}
	return nil, err
}

// most is how many instances may run at once.
func (p *pool) most() int {
	most := p.runtime.options.Limits.Instances
	if own := p.function.Concurrency; own > 0 {
		most = min(most, own)
	}
	return most
}

// take makes an instance of a grant.
func (p *pool) take(g grant) (*instance, error) {
	if g.instance != nil {
		return g.instance, nil
	}
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.closed {
		return nil, ErrBusy
	}
	return p.launch()
}

// launch starts an instance, given to the caller alone. The mutex is held.
func (p *pool) launch() (*instance, error) {
	instance, err := p.runtime.start(p)
	if err != nil {
		return nil, err
	}
	p.all = append(p.all, instance)
	return instance, nil
}

// release takes back an instance that is free: for the first who waits, or else as idle.
func (p *pool) release(i *instance) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if !slices.Contains(p.all, i) {
		return
	}
	if len(p.waiting) > 0 {
		p.waiting[0] <- grant{i}
		p.waiting = p.waiting[1:]
		return
	}
	i.idleSince = p.runtime.options.Now()
	p.idle = append(p.idle, i)
}

// remove forgets an instance that has ended, and lets the first who waits start another.
func (p *pool) remove(i *instance) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	is := func(other *instance) bool { return other == i }
	p.all = slices.DeleteFunc(p.all, is)
	p.idle = slices.DeleteFunc(p.idle, is)
	if len(p.waiting) > 0 {
		p.waiting[0] <- grant{}
		p.waiting = p.waiting[1:]
	}
}

// reap kills the instances idle since before that time.
func (p *pool) reap(before time.Time) {
	p.mutex.Lock()
	var old []*instance
	p.idle = slices.DeleteFunc(p.idle, func(i *instance) bool {
		if i.idleSince.After(before) {
			return false
		}
		old = append(old, i)
		return true
	})
	p.mutex.Unlock()
	for _, i := range old {
		i.process.Kill()
	}
}

// close kills all instances and refuses further invocations.
func (p *pool) close() {
	p.mutex.Lock()
	p.closed = true
	all := slices.Clone(p.all)
	p.mutex.Unlock()
	for _, i := range all {
		i.process.Kill()
	}
}
