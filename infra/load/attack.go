package main

import (
	"context"
	"net/http"
	"sync"
	"time"

	vegeta "github.com/tsenart/vegeta/v12/lib"
)

// attack sends requests of every kind at their shares of the rate until the time is over or ctx ends, and waits for the answers.
func attack(ctx context.Context, p plan, client *http.Client, kinds []kind) tally {
	outcomes := make(tally, len(kinds))
	var group sync.WaitGroup
	for n, k := range kinds {
		group.Go(func() { outcomes[n] = p.send(ctx, client, k) })
	}
	group.Wait()
	return outcomes
}

// send sends the requests of one kind, each when it is due.
func (p plan) send(ctx context.Context, client *http.Client, k kind) outcome {
	attacker := vegeta.NewAttacker(vegeta.Client(client))
	defer context.AfterFunc(ctx, func() { attacker.Stop() })()
	// So many in a hundred seconds.
	pace := vegeta.ConstantPacer{Freq: p.rate * k.share, Per: 100 * time.Second}
	o := outcome{kind: k.name, errors: map[string]int{}}
	began := p.now()
	for result := range attacker.Attack(k.next, pace, p.length, "") {
		o.add(result, result.End().Sub(due(began, pace, result.Seq)))
		if k.done != nil {
			k.done(result)
		}
	}
	return o
}

// due is when the request of a number, from 0, should be sent at this pace. That it was sent later, because this process or the computer
// had no time, is waiting too.
func due(began time.Time, pace vegeta.ConstantPacer, number uint64) time.Time {
	return began.Add(time.Duration(number+1) * (pace.Per / time.Duration(pace.Freq)))
}
