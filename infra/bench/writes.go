package main

import (
	"context"
	"fmt"

	"csdn.example/directory/infra/seed/demo"
	"csdn.example/directory/shared/csdn"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
)

// writing measures what writing a record costs, as the engine reports it.
func (b *bench) writing(ctx context.Context, endpoint string, n demo.Network, t *table) error {
	var a account
	stores := tablesOf(clientOf(endpoint, transport(1), func(o *dynamodb.Options) { o.APIOptions = append(o.APIOptions, a.attach) }))
	row := func(name string, write func() error) error {
		a.reset()
		if err := write(); err != nil {
			return err
		}
		l := a.lines["TransactWriteItems"]
		t.add(name, count(l.written), units(l.writes), units(l.indexed))
		return nil
	}
	o, p := n.Organisations[0], n.People[0]
	o.ID, p.ID, p.Email = csdn.OrganisationID(newID()), csdn.PersonID(newID()), "new@bench.example"
	o.UpdatedAt, p.UpdatedAt, o.Version, p.Version = b.now(), b.now(), 1, 1
	put := func(before csdn.Person) func() error {
		return func() error { return stores.people.PutPerson(ctx, before, p, b.creation(nil)) }
	}
	putOrganisation := func() error { return stores.directory.PutOrganisation(ctx, o, b.creation(nil)) }
	if err := row("an organisation is added", putOrganisation); err != nil {
		return err
	}
	o.Areas, o.UpdatedAt, o.Version = o.Areas[1:], b.now(), 2
	if err := row("an organisation changes an area", putOrganisation); err != nil {
		return err
	}
	if err := row("a person is added", put(csdn.Person{})); err != nil {
		return err
	}
	before := p
	p.Areas, p.UpdatedAt, p.Version = p.Areas[1:], b.now(), 2
	if err := row("a person changes an area", put(before)); err != nil {
		return err
	}
	t.about = fmt.Sprintf("As the engine reports them, the entry of the trail included, which is %s of them: a transaction charges twice.", units(2))
	return nil
}
