package engine

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"csdn.example/directory/infra/local/template"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// AccessKey is that of the machine itself.
const AccessKey = "local"

// Credentials are those of the machine itself.
var Credentials = CredentialsOf(AccessKey)

// CredentialsOf are accepted by the engine, which asks for some but checks none; the key is both halves.
func CredentialsOf(key string) aws.CredentialsProvider {
	return aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
		return aws.Credentials{AccessKeyID: key, SecretAccessKey: key, Source: "local"}, nil
	})
}

// Client speaks to the engine at the endpoint.
func Client(endpoint string) *dynamodb.Client {
	return dynamodb.New(dynamodb.Options{
		BaseEndpoint: aws.String(endpoint), Region: template.Region, Credentials: Credentials,
	})
}

// CreateTables makes those of the tables that do not exist, waits until they can be used, and returns their names.
// A table of the same name with other keys or indexes is an error.
func CreateTables(ctx context.Context, client *dynamodb.Client, tables []template.Table) ([]string, error) {
	var created []string
	for _, table := range tables {
		existing, err := client.DescribeTable(ctx, &dynamodb.DescribeTableInput{TableName: aws.String(table.Name)})
		var absent *types.ResourceNotFoundException
		switch {
		case err == nil:
			if !same(table, existing.Table) {
				return created, fmt.Errorf("the table %s was made by another version of the template: "+
					"remove the data folder, or name another", table.Name)
			}
			continue
		case !errors.As(err, &absent):
			return created, fmt.Errorf("look for the table %s: %w", table.Name, err)
		}
		if err := create(ctx, client, table); err != nil {
			return created, fmt.Errorf("make the table %s: %w", table.Name, err)
		}
		created = append(created, table.Name)
	}
	return created, nil
}

// Empty reports whether none of the tables has an item.
func Empty(ctx context.Context, client *dynamodb.Client, tables []template.Table) (bool, error) {
	for _, table := range tables {
		page, err := client.Scan(ctx, &dynamodb.ScanInput{TableName: aws.String(table.Name), Limit: aws.Int32(1)})
		if err != nil {
			return false, fmt.Errorf("look into the table %s: %w", table.Name, err)
		}
		if page.Count > 0 {
			return false, nil
		}
	}
	return true, nil
}

// same compares what cannot be altered afterwards without the items.
func same(want template.Table, got *types.TableDescription) bool {
	if !slices.EqualFunc(keySchema(want.Key), got.KeySchema, equalKey) || len(want.Indexes) != len(got.GlobalSecondaryIndexes) {
		return false
	}
	for _, index := range want.Indexes {
		found := slices.ContainsFunc(got.GlobalSecondaryIndexes, func(other types.GlobalSecondaryIndexDescription) bool {
			return aws.ToString(other.IndexName) == index.Name && slices.EqualFunc(keySchema(index.Key), other.KeySchema, equalKey)
		})
		if !found {
			return false
		}
	}
	streams := got.StreamSpecification != nil && aws.ToBool(got.StreamSpecification.StreamEnabled)
	return streams == (want.StreamView != "")
}

func create(ctx context.Context, client *dynamodb.Client, table template.Table) error {
	input := &dynamodb.CreateTableInput{
		TableName: aws.String(table.Name), KeySchema: keySchema(table.Key), BillingMode: types.BillingModePayPerRequest,
	}
	for _, attribute := range table.Attributes {
		input.AttributeDefinitions = append(input.AttributeDefinitions, types.AttributeDefinition{
			AttributeName: aws.String(attribute.Name), AttributeType: types.ScalarAttributeType(attribute.Type),
		})
	}
	for _, index := range table.Indexes {
		input.GlobalSecondaryIndexes = append(input.GlobalSecondaryIndexes, types.GlobalSecondaryIndex{
			IndexName: aws.String(index.Name), KeySchema: keySchema(index.Key),
			Projection: &types.Projection{
				ProjectionType: types.ProjectionType(index.Projection), NonKeyAttributes: index.NonKey,
			},
		})
	}
	if table.StreamView != "" {
		input.StreamSpecification = &types.StreamSpecification{
			StreamEnabled: aws.Bool(true), StreamViewType: types.StreamViewType(table.StreamView),
		}
	}
	if _, err := client.CreateTable(ctx, input); err != nil {
		return err
	}
	waiter := dynamodb.NewTableExistsWaiter(client, func(o *dynamodb.TableExistsWaiterOptions) {
		o.MinDelay, o.MaxDelay = 5*time.Millisecond, time.Second
	})
	if err := waiter.Wait(ctx, &dynamodb.DescribeTableInput{TableName: aws.String(table.Name)}, time.Minute); err != nil {
		return err
	}
	if table.TTL == "" {
		return nil
	}
	_, err := client.UpdateTimeToLive(ctx, &dynamodb.UpdateTimeToLiveInput{
		TableName: aws.String(table.Name),
		TimeToLiveSpecification: &types.TimeToLiveSpecification{
			AttributeName: aws.String(table.TTL), Enabled: aws.Bool(true),
		},
	})
	return err
}

func keySchema(key []template.KeyElement) []types.KeySchemaElement {
	var out []types.KeySchemaElement
	for _, element := range key {
		out = append(out, types.KeySchemaElement{
			AttributeName: aws.String(element.Attribute), KeyType: types.KeyType(element.Role),
		})
	}
	return out
}

func equalKey(a, b types.KeySchemaElement) bool {
	return aws.ToString(a.AttributeName) == aws.ToString(b.AttributeName) && a.KeyType == b.KeyType
}
