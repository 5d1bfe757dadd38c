package main

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"csdn.example/directory/infra/seed/demo"
	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"

	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/smithy-go/middleware"
	"github.com/oklog/ulid/v2"
)

// network returns the demo network as it was a day ago, so that no search takes its cards for news. With a size other than 0 it has
// that many organisations, and people up to mostPeople, two to an organisation, made of the demo's in turn under other identities and names.
func (b *bench) network(size int) (demo.Network, error) {
	n, err := demo.At(b.now().Add(-24 * time.Hour))
	if err != nil || size == 0 {
		return n, err
	}
	organisations, people := n.Organisations, n.People
	n.Organisations, n.People = nil, nil
	for number := range size {
		o := organisations[number%len(organisations)]
		o.ID, o.Name = csdn.OrganisationID(identity(number)), fmt.Sprintf("%s %d", o.Name, number)
		n.Organisations = append(n.Organisations, o)
		if number >= mostPeople {
			continue
		}
		p := people[number%len(people)]
		p.ID, p.Name, p.Organisation = csdn.PersonID(identity(number)), fmt.Sprintf("%s %d", p.Name, number), csdn.OrganisationID(identity(number/2))
		p.Email = fmt.Sprintf("guest%d@bench.example", number)
		n.People = append(n.People, p)
	}
	return n, nil
}

// mostPeople is how many people a network has at most.
const mostPeople = 20_000

// identity returns a ULID of a number's own: as those of the functions it is of 80 random bits, which no snapshot can leave out.
func identity(number int) string {
	random := rand.NewChaCha8([32]byte(binary.LittleEndian.AppendUint64(make([]byte, 24), uint64(number))))
	made := time.Date(2024, 1, 1, 0, number, 0, 0, time.UTC)
	return ulid.MustNew(ulid.Timestamp(made), random).String()
}

// fill writes into empty tables what searches read of a network: areas, organisations, people and the accounts of those who search.
func (b *bench) fill(ctx context.Context, endpoint string, n demo.Network) error {
	var taken harvest
	stores := tablesOf(clientOf(endpoint, transport(1), func(o *dynamodb.Options) { o.APIOptions = append(o.APIOptions, taken.attach) }))
	for _, a := range n.Areas {
		if err := stores.directory.PutArea(ctx, a, b.change(nil, a.Facts())); err != nil {
			return err
		}
	}
	for _, o := range n.Organisations {
		if err := stores.directory.PutOrganisation(ctx, o, b.change(nil, nil)); err != nil {
			return err
		}
	}
	for _, p := range n.People {
		if err := stores.people.PutPerson(ctx, csdn.Person{}, p, b.change(nil, nil)); err != nil {
			return err
		}
	}
	for _, a := range n.Accounts {
		if err := stores.people.PutAccount(ctx, csdn.Account{}, a, b.change(nil, nil)); err != nil {
			return err
		}
	}
	if err := taken.write(ctx, clientOf(endpoint, transport(1))); err != nil {
		return err
	}
	return b.snapshot(ctx, endpoint)
}

// snapshot makes what the clock would have made by now of what was filled in.
func (b *bench) snapshot(ctx context.Context, endpoint string) error {
	stores := tablesOf(clientOf(endpoint, transport(1)))
	for _, at := range []time.Duration{-2 * time.Minute, -time.Minute} {
		snapshots := directory.Snapshots{
			Clerk: directory.Clerk{Now: func() time.Time { return b.now().Add(at) }, NewID: newID},
			Feeds: map[csdn.Subject]directory.SnapshotTable{csdn.Organisations: stores.directory, csdn.People: stores.people},
		}
		if _, err := snapshots.Renew(ctx); err != nil {
			return err
		}
	}
	return nil
}

// change is the entry of the trail for a write.
func (b *bench) change(before, after []csdn.Fact) csdn.Change {
	return csdn.Change{
		ID: csdn.ChangeID(newID()), At: b.now(), By: demo.Secretariat, Act: "written", Version: 1, Fields: csdn.Differences(before, after),
	}
}

// harvest takes the items that a store would write in transactions, to write them in batches: a hundred thousand records are in the tables
// in less than a minute, just as the store lays them out. Trails and reserved addresses of people, which no search reads, it leaves out.
type harvest struct{ items []types.Put }

func (h *harvest) attach(stack *middleware.Stack) error {
	return stack.Initialize.Add(middleware.InitializeMiddlewareFunc("Harvest", h.take), middleware.Before)
}

// take answers a transaction without sending it.
func (h *harvest) take(ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler) (middleware.InitializeOutput, middleware.Metadata, error) {
	transaction, ok := in.Parameters.(*dynamodb.TransactWriteItemsInput)
	if !ok {
		return next.HandleInitialize(ctx, in)
	}
	for _, item := range transaction.TransactItems {
		var pk, sk string
		if err := errors.Join(attributevalue.Unmarshal(item.Put.Item["pk"], &pk), attributevalue.Unmarshal(item.Put.Item["sk"], &sk)); err != nil {
			return middleware.InitializeOutput{}, middleware.Metadata{}, err
		}
		if !strings.HasPrefix(pk, "EMAIL#") && !strings.HasPrefix(sk, "CHANGE#") {
			h.items = append(h.items, *item.Put)
		}
	}
	return middleware.InitializeOutput{Result: &dynamodb.TransactWriteItemsOutput{}}, middleware.Metadata{}, nil
}

// write writes the items, as many at a time as a batch takes.
func (h *harvest) write(ctx context.Context, client *dynamodb.Client) error {
	const most = 25
	for chunk := range slices.Chunk(h.items, most) {
		wanted := map[string][]types.WriteRequest{}
		for _, put := range chunk {
			wanted[*put.TableName] = append(wanted[*put.TableName], types.WriteRequest{PutRequest: &types.PutRequest{Item: put.Item}})
		}
		for len(wanted) > 0 {
			answer, err := client.BatchWriteItem(ctx, &dynamodb.BatchWriteItemInput{RequestItems: wanted})
			if err != nil {
				return fmt.Errorf("write a batch: %w", err)
			}
			wanted = answer.UnprocessedItems
		}
	}
	return nil
}
