package main

import (
	"context"
	"fmt"
	"time"

	"csdn.example/directory/infra/seed/demo"
	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
)

// guests is how many accept, one after the other; the demo's seminar has more seats.
const guests = 12

// acceptances measures an answer by link that takes a seat.
func (b *bench) acceptances(ctx context.Context) ([]table, error) {
	endpoint, stop, err := b.fresh(ctx, "accept")
	if err != nil {
		return nil, err
	}
	defer stop()
	var a account
	stores := tablesOf(clientOf(endpoint, transport(1), func(o *dynamodb.Options) { o.APIOptions = append(o.APIOptions, a.attach) }))
	if err := demo.Write(ctx, demo.Stores{
		Areas: stores.directory, Phases: stores.directory, Organisations: stores.directory, Meetings: stores.directory,
		People: stores.people, Accounts: stores.people, Invitations: stores.participation,
	}, b.now()); err != nil {
		return nil, err
	}
	invitations := directory.Invitations{
		Clerk: directory.Clerk{Now: b.now, NewID: newID},
		Store: stores.participation, Meetings: stores.directory, People: stores.people, Pause: func(int) {},
	}
	tokens, err := b.invite(ctx, invitations)
	if err != nil {
		return nil, err
	}
	a.reset()
	var accepted, read []time.Duration
	for _, token := range tokens {
		took, err := b.timed(func() error {
			_, err := invitations.Respond(ctx, token, csdn.Response{Answer: csdn.Accept, Mode: csdn.InPerson})
			return err
		})
		if err != nil {
			return nil, err
		}
		accepted = append(accepted, took)
		a.pause(true)
		took, err = b.timed(func() error {
			_, err := stores.directory.Meeting(ctx, demo.AnalysisSeminar)
			return err
		})
		if err != nil {
			return nil, err
		}
		a.pause(false)
		read = append(read, took)
	}
	return []table{a.costs(), pace(accepted, read)}, nil
}

// invite invites the guests and returns the tokens of their links.
func (b *bench) invite(ctx context.Context, d directory.Invitations) ([]string, error) {
	network, err := demo.At(b.now())
	if err != nil {
		return nil, err
	}
	var people []csdn.PersonID
	for _, p := range network.People[:guests] {
		people = append(people, p.ID)
	}
	drafted, err := d.Draft(ctx, planner, demo.AnalysisSeminar, people, "", csdn.InPerson)
	if err != nil {
		return nil, err
	}
	if _, err := d.Send(ctx, planner, demo.AnalysisSeminar, people); err != nil {
		return nil, err
	}
	var tokens []string
	for _, i := range drafted {
		token := newID()
		link := csdn.Link{Hash: directory.HashToken(token), Meeting: i.Meeting, Person: i.Person, Round: i.Round}
		if err := d.Store.PutLink(ctx, link); err != nil {
			return nil, err
		}
		tokens = append(tokens, token)
	}
	return tokens, nil
}

func pace(accepted, read []time.Duration) table {
	t := table{
		title:   "Acceptance by link: time",
		about:   fmt.Sprintf("Within a process, beside one GetItem of the same engine in turns: medians of %d.", guests),
		columns: []string{"Act", "ms", "Ratio"},
	}
	t.add("GetItem", milliseconds(median(read)), ratio(median(read), median(read)))
	t.add("acceptance", milliseconds(median(accepted)), ratio(median(accepted), median(read)))
	return t
}
