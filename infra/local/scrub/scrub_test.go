package scrub_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"csdn.example/directory/infra/local/engine"
	"csdn.example/directory/infra/local/enginetest"
	"csdn.example/directory/infra/local/scrub"
	"csdn.example/directory/infra/local/template"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// TestNothingDeletedIsLeft writes items, deletes most, stops the engine and looks at its files byte by byte: before, to see that there
// is something to do, and after. What was not deleted is there when the engine is started again.
func TestNothingDeletedIsLeft(t *testing.T) {
	folder := t.TempDir()
	options := engine.Options{
		Binary: engine.Binary(enginetest.Root(t)), File: filepath.Join(folder, "store.db"),
		OutputFile: filepath.Join(t.TempDir(), "engine.log"), Log: slog.New(slog.DiscardHandler),
	}
	running, err := engine.Start(t.Context(), options)
	must(t, err)
	client, table := engine.Client(running.Endpoint()), "Things"
	key := []template.KeyElement{{Attribute: "pk", Role: "HASH"}}
	_, err = engine.CreateTables(t.Context(), client, []template.Table{{Name: table, Key: key, Attributes: []template.Attribute{{Name: "pk", Type: "S"}}}})
	must(t, err)
	named := func(n int) map[string]types.AttributeValue {
		return map[string]types.AttributeValue{"pk": &types.AttributeValueMemberS{Value: fmt.Sprint(n)}}
	}
	for n := range 100 {
		item := named(n)
		word := "quagga"
		if n == 50 {
			word = "zebra"
		}
		item["text"] = &types.AttributeValueMemberS{Value: fmt.Sprintf("%s number %d", word, n)}
		_, err := client.PutItem(t.Context(), &dynamodb.PutItemInput{TableName: &table, Item: item})
		must(t, err)
	}
	for n := range 100 {
		if n != 50 {
			_, err := client.DeleteItem(t.Context(), &dynamodb.DeleteItemInput{TableName: &table, Key: named(n)})
			must(t, err)
		}
	}
	running.Stop()
	if holding(t, folder, "quagga") == 0 {
		t.Fatal("the engine leaves nothing of its own accord, so nothing is proven")
	}
	must(t, scrub.File(options.File))
	if n := holding(t, folder, "quagga"); n > 0 {
		t.Errorf("%d files hold what was deleted", n)
	}
	running, err = engine.Start(t.Context(), options)
	must(t, err)
	defer running.Stop()
	found, err := engine.Client(running.Endpoint()).GetItem(t.Context(), &dynamodb.GetItemInput{TableName: &table, Key: named(50)})
	must(t, err)
	if text, ok := found.Item["text"].(*types.AttributeValueMemberS); !ok || text.Value != "zebra number 50" {
		t.Errorf("what was not deleted is %v", found.Item)
	}
}

func TestNoFileIsNoError(t *testing.T) {
	must(t, scrub.File(filepath.Join(t.TempDir(), "none.db")))
}

// holding counts the files of the folder that hold the text.
func holding(t *testing.T, folder, text string) int {
	t.Helper()
	files, err := os.ReadDir(folder)
	must(t, err)
	n := 0
	for _, file := range files {
		content, err := os.ReadFile(filepath.Join(folder, file.Name()))
		must(t, err)
		if bytes.Contains(content, []byte(text)) {
			n++
		}
	}
	return n
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
