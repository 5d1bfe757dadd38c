package engine_test

import (
	"context"
	"strings"
	"syscall"
	"testing"

	"csdn.example/directory/infra/local/engine"
	"csdn.example/directory/infra/local/enginetest"
	"csdn.example/directory/infra/local/template"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/google/go-cmp/cmp"
)

var tables = []template.Table{{
	Name:       "Plain",
	Attributes: []template.Attribute{{Name: "pk", Type: "S"}, {Name: "sk", Type: "S"}, {Name: "feed", Type: "S"}},
	Key:        []template.KeyElement{{Attribute: "pk", Role: "HASH"}, {Attribute: "sk", Role: "RANGE"}},
	Indexes: []template.Index{{
		Name: "feed", Key: []template.KeyElement{{Attribute: "feed", Role: "HASH"}, {Attribute: "sk", Role: "RANGE"}},
		Projection: "INCLUDE", NonKey: []string{"card"},
	}},
	TTL: "ttl",
}, {
	Name:       "Streamed",
	Attributes: []template.Attribute{{Name: "pk", Type: "S"}},
	Key:        []template.KeyElement{{Attribute: "pk", Role: "HASH"}},
	StreamView: "NEW_IMAGE",
}}

func put(ctx context.Context, t *testing.T, client *dynamodb.Client, key string) {
	t.Helper()
	_, err := client.PutItem(ctx, &dynamodb.PutItemInput{
		TableName: aws.String("Streamed"), Item: map[string]types.AttributeValue{"pk": &types.AttributeValueMemberS{Value: key}},
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestCreateTablesTwice(t *testing.T) {
	store := enginetest.StartWith(t, tables[:1])
	for _, want := range [][]string{{"Streamed"}, nil} {
		created, err := engine.CreateTables(t.Context(), store.Client, tables)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, created); diff != "" {
			t.Errorf("created (-want +got):\n%s", diff)
		}
	}
}

func TestCreateTablesRefusesAnotherShape(t *testing.T) {
	store := enginetest.StartWith(t, tables)
	other := tables[0]
	other.Indexes = nil
	_, err := engine.CreateTables(t.Context(), store.Client, []template.Table{other})
	if err == nil || !strings.Contains(err.Error(), "another version of the template") {
		t.Errorf("error is %v", err)
	}
}

func TestEmpty(t *testing.T) {
	store := enginetest.StartWith(t, tables)
	for _, want := range []bool{true, false} {
		empty, err := engine.Empty(t.Context(), store.Client, tables)
		if err != nil {
			t.Fatal(err)
		}
		if empty != want {
			t.Errorf("empty is %t, want %t", empty, want)
		}
		put(t.Context(), t, store.Client, "one")
	}
}

func TestEngineIsStartedAgainWithItsData(t *testing.T) {
	store := enginetest.StartWith(t, tables)
	for range 3 {
		put(t.Context(), t, store.Client, "kept")
		killed := store.Engine.ProcessID()
		if err := syscall.Kill(killed, syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
		// The client's own retries bridge the gap, but on a busy computer.
		patient := func(o *dynamodb.Options) { o.RetryMaxAttempts = 20 }
		got, err := store.Client.GetItem(t.Context(), &dynamodb.GetItemInput{
			TableName: aws.String("Streamed"), Key: map[string]types.AttributeValue{"pk": &types.AttributeValueMemberS{Value: "kept"}},
		}, patient)
		if err != nil {
			t.Fatal(err)
		}
		if got.Item == nil || store.Engine.ProcessID() == killed {
			t.Errorf("after the kill: item %v, process %d", got.Item, store.Engine.ProcessID())
		}
	}
}

func TestStartNamesTheMissingBinary(t *testing.T) {
	_, err := engine.Start(t.Context(), engine.Options{Binary: "/nowhere/engine"})
	if err == nil || !strings.Contains(err.Error(), "run make engine first") {
		t.Errorf("error is %v", err)
	}
}
