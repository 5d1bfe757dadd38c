// Command restore makes one table hold exactly what another holds: restore FROM TO. FROM is a table that was restored from a backup
// under a name of its own, with pk and sk as its key; TO is the stack's, which keeps its key, its stream and its protection. Nobody
// should write to TO meanwhile. It may be run again. Package stack says where the tables are.
package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"csdn.example/directory/infra/stack"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: restore FROM TO")
		os.Exit(2)
	}
	put, deleted, err := restore(context.Background(), stack.Client(), os.Args[1], os.Args[2])
	if err != nil {
		slog.Error("the table is not restored; it is safe to run this again", "put", put, "deleted", deleted, "error", err)
		os.Exit(1)
	}
	slog.Info("the table is restored", "put", put, "deleted", deleted)
}

// batch is the most writes that one request takes.
const batch = 25

type place struct{ pk, sk string }

// restore puts every item of from into to, and then deletes what only to has.
func restore(ctx context.Context, client *dynamodb.Client, from, to string) (put, deleted int, err error) {
	kept := map[place]bool{}
	err = each(ctx, client, &dynamodb.ScanInput{TableName: &from, ConsistentRead: aws.Bool(true)}, func(items []map[string]types.AttributeValue) error {
		var writes []types.WriteRequest
		for _, item := range items {
			kept[placeOf(item)] = true
			writes = append(writes, types.WriteRequest{PutRequest: &types.PutRequest{Item: item}})
		}
		put += len(writes)
		return write(ctx, client, to, writes)
	})
	if err != nil {
		return put, deleted, err
	}
	all := &dynamodb.ScanInput{TableName: &to, ConsistentRead: aws.Bool(true), ProjectionExpression: aws.String("pk, sk")}
	err = each(ctx, client, all, func(items []map[string]types.AttributeValue) error {
		var writes []types.WriteRequest
		for _, item := range items {
			if !kept[placeOf(item)] {
				writes = append(writes, types.WriteRequest{DeleteRequest: &types.DeleteRequest{Key: item}})
			}
		}
		deleted += len(writes)
		return write(ctx, client, to, writes)
	})
	return put, deleted, err
}

func each(ctx context.Context, client *dynamodb.Client, in *dynamodb.ScanInput, do func([]map[string]types.AttributeValue) error) error {
	for pages := dynamodb.NewScanPaginator(client, in); pages.HasMorePages(); {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return fmt.Errorf("read %s: %w", *in.TableName, err)
		}
		if err := do(page.Items); err != nil {
			return err
		}
	}
	return nil
}

func write(ctx context.Context, client *dynamodb.Client, table string, writes []types.WriteRequest) error {
	for some := range slices.Chunk(writes, batch) {
		for len(some) > 0 {
			answer, err := client.BatchWriteItem(ctx, &dynamodb.BatchWriteItemInput{RequestItems: map[string][]types.WriteRequest{table: some}})
			if err != nil {
				return fmt.Errorf("write %s: %w", table, err)
			}
			some = answer.UnprocessedItems[table]
		}
	}
	return nil
}

func placeOf(item map[string]types.AttributeValue) place {
	text := func(name string) string {
		if s, ok := item[name].(*types.AttributeValueMemberS); ok {
			return s.Value
		}
		return ""
	}
	return place{text("pk"), text("sk")}
}
