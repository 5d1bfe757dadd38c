package main

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/smithy-go/middleware"
)

// account keeps what the requests of a client cost. It has every request tell its capacity, and is for one at a time.
type account struct {
	paused bool
	lines  map[string]line
}

// line is what the requests of one operation came to.
type line struct {
	requests, checked, written int
	reads, writes              float64
}

func (a *account) reset() { a.lines = map[string]line{} }

func (a *account) pause(paused bool) { a.paused = paused }

// attach puts the account into the way of a client's requests.
func (a *account) attach(stack *middleware.Stack) error {
	return stack.Initialize.Add(middleware.InitializeMiddlewareFunc("Account", a.enter), middleware.Before)
}

// enter books one request.
func (a *account) enter(ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler) (middleware.InitializeOutput, middleware.Metadata, error) {
	switch input := in.Parameters.(type) {
	case *dynamodb.GetItemInput:
		input.ReturnConsumedCapacity = types.ReturnConsumedCapacityTotal
	case *dynamodb.QueryInput:
		input.ReturnConsumedCapacity = types.ReturnConsumedCapacityTotal
	case *dynamodb.TransactWriteItemsInput:
		input.ReturnConsumedCapacity = types.ReturnConsumedCapacityTotal
	}
	out, metadata, err := next.HandleInitialize(ctx, in)
	if err != nil || a.paused || a.lines == nil {
		return out, metadata, err
	}
	name := awsmiddleware.GetOperationName(ctx)
	booked := a.lines[name]
	booked.requests++
	switch output := out.Result.(type) {
	case *dynamodb.GetItemOutput:
		booked.reads += capacity(*output.ConsumedCapacity)
	case *dynamodb.QueryOutput:
		booked.reads += capacity(*output.ConsumedCapacity)
	case *dynamodb.TransactWriteItemsOutput:
		for _, item := range in.Parameters.(*dynamodb.TransactWriteItemsInput).TransactItems {
			if item.ConditionCheck != nil {
				booked.checked++
				continue
			}
			booked.written++
		}
		for _, used := range output.ConsumedCapacity {
			booked.writes += capacity(used)
		}
	}
	a.lines[name] = booked
	return out, metadata, err
}

func capacity(used types.ConsumedCapacity) float64 { return aws.ToFloat64(used.CapacityUnits) }

// costs returns what one acceptance came to.
func (a *account) costs() table {
	t := table{
		title: "Acceptance by link: requests and units",
		about: fmt.Sprintf("What one acceptance asks of the tables, as the engine reports it: means of %d that each took a seat and nobody "+
			"disputed.", guests),
		columns: []string{"Operation", "Requests", "Items checked", "Items written", "Read units", "Write units"},
	}
	mean := func(n float64) string { return units(n / guests) }
	for _, name := range slices.Sorted(maps.Keys(a.lines)) {
		l := a.lines[name]
		t.add(name, mean(float64(l.requests)), mean(float64(l.checked)), mean(float64(l.written)), mean(l.reads), mean(l.writes))
	}
	return t
}
