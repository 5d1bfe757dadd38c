package main

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
	"slices"
	"time"

	"csdn.example/directory/infra/seed/demo"
	"csdn.example/directory/shared/csdn"
)

const (
	shortlistRounds = 20
	shortlistSize   = 15
)

// shortlists measures how long choosing a shortlist for the demo's policy meeting takes, by how many can be chosen, beside sorting as
// many ids.
func (b *bench) shortlists(context.Context) ([]table, error) {
	found := table{
		title:   "Shortlist: time",
		about:   fmt.Sprintf("Choosing %d within a process, beside sorting the candidates by id, in turns: medians of %d rounds.", shortlistSize, shortlistRounds),
		columns: []string{"Candidates", "Sort, ms", "Choose, ms", "Ratio", "Bytes", "Allocations"},
	}
	for _, size := range []int{0, 1000, 10_000} {
		n, err := b.network(size)
		if err != nil {
			return nil, err
		}
		found.add(b.shortlistOf(n)...)
	}
	return []table{found}, nil
}

func (b *bench) shortlistOf(n demo.Network) []string {
	s := csdn.Shortlisting{
		Areas: demo.PolicyMeeting(2023).Areas, Vocabulary: csdn.NewVocabulary(n.Areas), At: b.now(), Size: shortlistSize, PerOrganisation: 2,
	}
	for _, p := range n.People {
		s.Candidates = append(s.Candidates, p.Card().Candidate())
	}
	var sorting, choosing []time.Duration
	var before, after runtime.MemStats
	for range shortlistRounds {
		inOrder := slices.Clone(s.Candidates)
		started := b.now()
		slices.SortFunc(inOrder, func(p, q csdn.Candidate) int { return cmp.Compare(q.Person, p.Person) })
		sorting = append(sorting, b.now().Sub(started))
		runtime.ReadMemStats(&before)
		started = b.now()
		s.Choose()
		choosing = append(choosing, b.now().Sub(started))
		runtime.ReadMemStats(&after)
	}
	return []string{
		count(len(s.Candidates)), milliseconds(median(sorting)), milliseconds(median(choosing)), ratio(median(choosing), median(sorting)),
		count(int(after.TotalAlloc - before.TotalAlloc)), count(int(after.Mallocs - before.Mallocs)),
	}
}
