package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/google/go-cmp/cmp"

	"csdn.example/directory/infra/local/enginetest"
)

func TestATableIsAsItWas(t *testing.T) {
	client := enginetest.Start(t).Client
	put := func(table, pk, text string) {
		t.Helper()
		_, err := client.PutItem(t.Context(), &dynamodb.PutItemInput{TableName: &table, Item: map[string]types.AttributeValue{
			"pk": &types.AttributeValueMemberS{Value: pk}, "sk": &types.AttributeValueMemberS{Value: "X"}, "text": &types.AttributeValueMemberS{Value: text},
		}})
		if err != nil {
			t.Fatal(err)
		}
	}
	long := strings.Repeat("x", 20_000) // so that a scan has pages
	for n := range 120 {
		put("PeopleTable", fmt.Sprintf("P%03d", n), fmt.Sprint("as it was ", n, long))
	}
	for n := 60; n < 200; n++ {
		put("DirectoryTable", fmt.Sprintf("P%03d", n), "spoilt")
	}
	for round, want := range [][2]int{{120, 80}, {120, 0}} {
		n, gone, err := restore(t.Context(), client, "PeopleTable", "DirectoryTable")
		if err != nil || n != want[0] || gone != want[1] {
			t.Errorf("round %d: %d put and %d deleted, want %v: %v", round, n, gone, want, err)
		}
	}
	contents := func(table string) map[place]string {
		all := map[place]string{}
		err := each(t.Context(), client, &dynamodb.ScanInput{TableName: &table}, func(items []map[string]types.AttributeValue) error {
			for _, item := range items {
				all[placeOf(item)] = item["text"].(*types.AttributeValueMemberS).Value
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	if diff := cmp.Diff(contents("PeopleTable"), contents("DirectoryTable")); diff != "" {
		t.Errorf("the table differs (-want +got):\n%s", diff)
	}
	if _, _, err := restore(t.Context(), client, "NoTable", "DirectoryTable"); err == nil || len(contents("DirectoryTable")) != 120 {
		t.Errorf("from no table: %v", err)
	}
}
