package main

import (
	"context"
	"fmt"
	"math"
	"strings"

	"csdn.example/directory/shared/csdn"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/smithy-go/middleware"
)

// writes measures what it costs to add and to change each organisation and each person of the demo.
func (b *bench) writes(ctx context.Context) ([]table, error) {
	t := table{
		title: "Profiles: write units",
		about: "As the engine reports them: of the record, of its card in the index of searches, and of the reserved address that a person has " +
			"besides; then apart the entry of the trail and its place in the index of the newest changes. A transaction charges two for " +
			"each kilobyte, an index one. Each change replaces the claims of expertise.",
		columns: []string{"Write", "Records", "Record", "Card", "Together, most", "At most 3", "Address", "Trail entry", "Its index"},
	}
	endpoint, stop, err := b.fresh(ctx, "writes")
	if err != nil {
		return nil, err
	}
	defer stop()
	n, err := b.network(0)
	if err != nil {
		return nil, err
	}
	var s scales
	stores := tablesOf(clientOf(endpoint, transport(1), func(o *dynamodb.Options) { o.APIOptions = append(o.APIOptions, s.attach) }))
	row := func(name string, count int, write func(int) error) error {
		s.weighed = nil
		for i := range count {
			if err := write(i); err != nil {
				return err
			}
		}
		t.add(s.row(name)...)
		return nil
	}
	if err := row("an organisation is added", len(n.Organisations), func(i int) error {
		o := n.Organisations[i]
		return stores.directory.PutOrganisation(ctx, o, b.change(nil, o.Facts()))
	}); err != nil {
		return nil, err
	}
	if err := row("an organisation is changed", len(n.Organisations), func(i int) error {
		before := n.Organisations[i]
		o := before
		o.Areas, o.UpdatedAt, o.Version = other(before.Areas), b.now(), before.Version+1
		return stores.directory.PutOrganisation(ctx, o, b.change(before.Facts(), o.Facts()))
	}); err != nil {
		return nil, err
	}
	if err := row("a person is added", len(n.People), func(i int) error {
		p := n.People[i]
		return stores.people.PutPerson(ctx, csdn.Person{}, p, b.change(nil, p.Facts()))
	}); err != nil {
		return nil, err
	}
	if err := row("a person is changed", len(n.People), func(i int) error {
		before := n.People[i]
		p := before
		p.Areas, p.UpdatedAt, p.Version = other(before.Areas), b.now(), before.Version+1
		return stores.people.PutPerson(ctx, before, p, b.change(before.Facts(), p.Facts()))
	}); err != nil {
		return nil, err
	}
	return []table{t}, nil
}

// other returns the claims with the first in the place of the last, or one more where there is none.
func other(claims []csdn.Expertise) []csdn.Expertise {
	if len(claims) < 2 {
		return []csdn.Expertise{{Area: area, Level: "expert"}}
	}
	return append(claims[1:len(claims):len(claims)], claims[0])[:len(claims)]
}

// weighing is what one transaction cost, by what it wrote.
type weighing struct{ record, card, address, entry, place float64 }

// scales weigh the transactions of a client.
type scales struct{ weighed []weighing }

func (s *scales) attach(stack *middleware.Stack) error {
	return stack.Initialize.Add(middleware.InitializeMiddlewareFunc("Scales", s.weigh), middleware.Before)
}

func (s *scales) weigh(ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler) (middleware.InitializeOutput, middleware.Metadata, error) {
	input, ok := in.Parameters.(*dynamodb.TransactWriteItemsInput)
	if !ok {
		return next.HandleInitialize(ctx, in)
	}
	input.ReturnConsumedCapacity = types.ReturnConsumedCapacityIndexes
	out, metadata, err := next.HandleInitialize(ctx, in)
	if err != nil {
		return out, metadata, err
	}
	var w weighing
	for _, item := range input.TransactItems {
		of := &w.record
		switch {
		case strings.HasPrefix(text(item.Put.Item["sk"]), "CHANGE#"):
			of = &w.entry
		case strings.HasPrefix(text(item.Put.Item["pk"]), "EMAIL#"):
			of = &w.address
		}
		*of += 2 * math.Ceil(float64(weight(item.Put.Item))/1024)
	}
	var reported float64
	for _, used := range out.Result.(*dynamodb.TransactWriteItemsOutput).ConsumedCapacity {
		reported += aws.ToFloat64(used.Table.CapacityUnits)
		w.card += aws.ToFloat64(used.GlobalSecondaryIndexes["feed"].CapacityUnits)
		w.place += aws.ToFloat64(used.GlobalSecondaryIndexes["trail"].CapacityUnits)
	}
	if own := w.record + w.address + w.entry; own != reported {
		return out, metadata, fmt.Errorf("the engine reports %g units for items that weigh %g", reported, own)
	}
	s.weighed = append(s.weighed, w)
	return out, metadata, nil
}

// weight is how many bytes attributes count for, with their names.
func weight(attributes map[string]types.AttributeValue) int {
	total := 0
	for name, value := range attributes {
		total += len(name) + size(value)
	}
	return total
}

// size is how many bytes a value counts for.
func size(value types.AttributeValue) int {
	const container, element = 3, 1 // what a list or a map counts for besides what is in it
	switch v := value.(type) {
	case *types.AttributeValueMemberS:
		return len(v.Value)
	case *types.AttributeValueMemberN:
		return len(v.Value)/2 + 1
	case *types.AttributeValueMemberL:
		total := container
		for _, one := range v.Value {
			total += element + size(one)
		}
		return total
	case *types.AttributeValueMemberM:
		return container + len(v.Value)*element + weight(v.Value)
	}
	return 1
}

func text(value types.AttributeValue) string {
	s, ok := value.(*types.AttributeValueMemberS)
	if !ok {
		return ""
	}
	return s.Value
}

// row tells the means of the transactions, and how many cost no more than three units for record and card.
func (s *scales) row(name string) []string {
	var sum weighing
	most, few := 0.0, 0
	for _, w := range s.weighed {
		sum.record, sum.card, sum.address = sum.record+w.record, sum.card+w.card, sum.address+w.address
		sum.entry, sum.place = sum.entry+w.entry, sum.place+w.place
		most = max(most, w.record+w.card)
		if w.record+w.card <= 3 {
			few++
		}
	}
	n := float64(len(s.weighed))
	return []string{
		name, count(len(s.weighed)), units(sum.record / n), units(sum.card / n), units(most), count(few), units(sum.address / n),
		units(sum.entry / n), units(sum.place / n),
	}
}
