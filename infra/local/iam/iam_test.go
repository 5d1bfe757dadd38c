package iam_test

import (
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"csdn.example/directory/infra/local/engine"
	"csdn.example/directory/infra/local/enginetest"
	"csdn.example/directory/infra/local/iam"
	"csdn.example/directory/infra/local/inbox"
	"csdn.example/directory/infra/local/mailbox"
	"csdn.example/directory/infra/local/template"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/sesv2"
	sestypes "github.com/aws/aws-sdk-go-v2/service/sesv2/types"
	"github.com/aws/smithy-go"
	"github.com/google/go-cmp/cmp"
)

// key is the ARN of what the table Locked is encrypted with.
var key = template.ARN("kms", "key/Key")

var tables = []template.Table{
	{Name: "Plain", Attributes: []template.Attribute{{Name: "pk", Type: "S"}}, Key: []template.KeyElement{{Attribute: "pk", Role: "HASH"}},
		Indexes: []template.Index{{Name: "feed", Key: []template.KeyElement{{Attribute: "pk", Role: "HASH"}}, Projection: "ALL"}}},
	{Name: "Locked", Attributes: []template.Attribute{{Name: "pk", Type: "S"}}, Key: []template.KeyElement{{Attribute: "pk", Role: "HASH"}}, EncryptionKey: key},
}

func allow(function string, grants ...iam.Call) template.Function {
	f := template.Function{ID: function}
	for _, g := range grants {
		f.Policies = append(f.Policies, template.Statement{Actions: []string{g.Action}, Resources: []string{g.Resource}})
	}
	return f
}

func table(name string) string { return template.ARN("dynamodb", "table/"+name) }

func item(pk string) map[string]types.AttributeValue {
	return map[string]types.AttributeValue{"pk": &types.AttributeValueMemberS{Value: pk}}
}

// guarded returns a client of the function's before tables, of which the roles are enforced.
func guarded(t *testing.T, roles *iam.Roles, function string) *dynamodb.Client {
	t.Helper()
	guard, err := iam.NewDynamoDB(roles, tables, enginetest.StartWith(t, tables).Endpoint)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(guard)
	t.Cleanup(server.Close)
	options := engine.Client(server.URL).Options()
	options.Credentials = engine.CredentialsOf(function)
	return dynamodb.New(options)
}

// TestEachCallNeedsItsGrants makes calls with exactly the grants that they need, all of which are then used, and without each of them in
// turn, which is refused.
func TestEachCallNeedsItsGrants(t *testing.T) {
	feed := table("Plain") + "/index/feed"
	query := func(c *dynamodb.Client, table string, index *string) error {
		_, err := c.Query(t.Context(), &dynamodb.QueryInput{
			TableName: &table, IndexName: index, KeyConditionExpression: aws.String("pk = :p"),
			ExpressionAttributeValues: map[string]types.AttributeValue{":p": &types.AttributeValueMemberS{Value: "a"}},
		})
		return err
	}
	cases := []struct {
		name  string
		call  func(*dynamodb.Client) error
		needs []iam.Call
	}{
		{"an item", func(c *dynamodb.Client) error {
			_, err := c.PutItem(t.Context(), &dynamodb.PutItemInput{TableName: aws.String("Plain"), Item: item("a")})
			return err
		}, []iam.Call{{"dynamodb:PutItem", table("Plain")}}},
		{"of an encrypted table", func(c *dynamodb.Client) error {
			_, err := c.GetItem(t.Context(), &dynamodb.GetItemInput{TableName: aws.String("Locked"), Key: item("a")})
			return err
		}, []iam.Call{{"dynamodb:GetItem", table("Locked")}, {"kms:Decrypt", key}}},
		{"a query", func(c *dynamodb.Client) error { return query(c, "Plain", nil) }, []iam.Call{{"dynamodb:Query", table("Plain")}}},
		{"of an index", func(c *dynamodb.Client) error { return query(c, "Plain", aws.String("feed")) }, []iam.Call{{"dynamodb:Query", feed}}},
		{"a batch", func(c *dynamodb.Client) error {
			_, err := c.BatchGetItem(t.Context(), &dynamodb.BatchGetItemInput{RequestItems: map[string]types.KeysAndAttributes{
				"Plain": {Keys: []map[string]types.AttributeValue{item("a")}}, "Locked": {Keys: []map[string]types.AttributeValue{item("a")}},
			}})
			return err
		}, []iam.Call{{"dynamodb:BatchGetItem", table("Plain")}, {"dynamodb:BatchGetItem", table("Locked")}, {"kms:Decrypt", key}}},
		{"a transaction", func(c *dynamodb.Client) error {
			_, err := c.TransactWriteItems(t.Context(), &dynamodb.TransactWriteItemsInput{TransactItems: []types.TransactWriteItem{
				{Put: &types.Put{TableName: aws.String("Plain"), Item: item("a")}},
				{Update: &types.Update{TableName: aws.String("Plain"), Key: item("b"), UpdateExpression: aws.String("REMOVE x")}},
				{Delete: &types.Delete{TableName: aws.String("Plain"), Key: item("c")}},
				{ConditionCheck: &types.ConditionCheck{TableName: aws.String("Locked"), Key: item("a"), ConditionExpression: aws.String("attribute_not_exists(pk)")}},
			}})
			return err
		}, []iam.Call{
			{"dynamodb:PutItem", table("Plain")}, {"dynamodb:UpdateItem", table("Plain")}, {"dynamodb:DeleteItem", table("Plain")},
			{"dynamodb:ConditionCheckItem", table("Locked")}, {"kms:Decrypt", key},
		}},
		{"a reading transaction", func(c *dynamodb.Client) error {
			_, err := c.TransactGetItems(t.Context(), &dynamodb.TransactGetItemsInput{TransactItems: []types.TransactGetItem{
				{Get: &types.Get{TableName: aws.String("Plain"), Key: item("a")}},
			}})
			return err
		}, []iam.Call{{"dynamodb:GetItem", table("Plain")}}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			roles := iam.New([]template.Function{allow("Whole", c.needs...)})
			if err := c.call(guarded(t, roles, "Whole")); err != nil {
				t.Fatal(err)
			}
			for grant, used := range roles.Uses() {
				if !used {
					t.Errorf("%+v was not needed", grant)
				}
			}
			for n, missing := range c.needs {
				without := append(append([]iam.Call{}, c.needs[:n]...), c.needs[n+1:]...)
				err := c.call(guarded(t, iam.New([]template.Function{allow("Part", without...)}), "Part"))
				var refused smithy.APIError
				if !errors.As(err, &refused) || refused.ErrorCode() != "AccessDeniedException" {
					t.Errorf("without %+v: %v", missing, err)
				}
			}
		})
	}
}

// TestTheMachineItselfMayDoEverything, and a function without policies nothing.
func TestTheMachineItselfMayDoEverything(t *testing.T) {
	roles := iam.New([]template.Function{{ID: "Bare"}})
	for caller, want := range map[string]bool{"local": true, "Bare": false} {
		_, err := guarded(t, roles, caller).PutItem(t.Context(), &dynamodb.PutItemInput{TableName: aws.String("Plain"), Item: item("a")})
		if (err == nil) != want {
			t.Errorf("%s: %v", caller, err)
		}
	}
	want := []iam.Denied{{Function: "Bare", Call: iam.Call{Action: "dynamodb:PutItem", Resource: table("Plain")}}}
	if diff := cmp.Diff(want, roles.Denials()); diff != "" {
		t.Errorf("denials (-want +got):\n%s", diff)
	}
}

func TestPatterns(t *testing.T) {
	cases := []struct {
		pattern, text string
		want          bool
	}{
		{"a", "a", true}, {"a", "ab", false}, {"a*", "ab", true}, {"a*", "a", true}, {"a*", "ba", false}, {"*", "", true},
		{"a*c", "abbc", true}, {"a*c", "abcd", false}, {"a*b*c", "a-b-b-c", true}, {"a*b*c", "a-c", false},
	}
	for _, c := range cases {
		roles := iam.New([]template.Function{allow("F", iam.Call{Action: "s3:GetObject", Resource: c.pattern})})
		if err := roles.Check("F", iam.Call{Action: "s3:GetObject", Resource: c.text}); (err == nil) != c.want {
			t.Errorf("%q of %q: %v", c.text, c.pattern, err)
		}
	}
}

// TestGrantsThatNothingNeeds are told, but for those that IAM itself passes over.
func TestGrantsThatNothingNeeds(t *testing.T) {
	f := template.Function{ID: "F", Policies: []template.Statement{{
		Actions: []string{"dynamodb:GetItem", "dynamodb:Query"}, Resources: []string{table("Plain"), table("Plain") + "/index/feed"},
	}}}
	roles := iam.New([]template.Function{f})
	if err := roles.Check("F", iam.Call{Action: "dynamodb:Query", Resource: table("Plain") + "/index/feed"}); err != nil {
		t.Fatal(err)
	}
	want := map[iam.Grant]bool{
		{Function: "F", Action: "dynamodb:GetItem", Resource: table("Plain")}:               false,
		{Function: "F", Action: "dynamodb:Query", Resource: table("Plain")}:                 false,
		{Function: "F", Action: "dynamodb:Query", Resource: table("Plain") + "/index/feed"}: true,
	}
	if diff := cmp.Diff(want, roles.Uses()); diff != "" {
		t.Errorf("uses (-want +got):\n%s", diff)
	}
}

// TestMailsNeedTheirGrants asks the mailbox, and TestObjectsNeedTheirGrants the inbox, as the functions do.
func TestMailsNeedTheirGrants(t *testing.T) {
	identity := template.ARN("ses", "identity/eplo.example")
	roles := iam.New([]template.Function{
		allow("Notifier", iam.Call{Action: "ses:SendRawEmail", Resource: identity}),
		allow("Other", iam.Call{Action: "ses:SendEmail", Resource: identity}),
	})
	box, err := mailbox.Open(mailbox.Options{
		Folder: t.TempDir(), Now: time.Now, NewID: func() string { return "id" }, May: roles.CheckRequest, Log: slog.New(slog.DiscardHandler),
		Publish: func(kind string, _ any) error { t.Errorf("%s is told", kind); return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(box.Send))
	t.Cleanup(server.Close)
	for caller, want := range map[string]bool{"Notifier": true, "Other": false} {
		client := sesv2.New(sesv2.Options{
			BaseEndpoint: &server.URL, Region: template.Region, Credentials: engine.CredentialsOf(caller),
		})
		_, err := client.SendEmail(t.Context(), &sesv2.SendEmailInput{
			FromEmailAddress: aws.String("csdn@eplo.example"), Destination: &sestypes.Destination{ToAddresses: []string{"a@b.example"}},
			Content: &sestypes.EmailContent{Raw: &sestypes.RawMessage{Data: []byte("Subject: x\r\n\r\nx")}},
		})
		var refused smithy.APIError
		if want && err != nil || !want && (!errors.As(err, &refused) || refused.ErrorCode() != "AccessDeniedException") {
			t.Errorf("%s: %v", caller, err)
		}
	}
}

func TestObjectsNeedTheirGrants(t *testing.T) {
	const bucket = "arn:aws:s3:::csdn-replies"
	read := iam.Call{Action: "s3:GetObject", Resource: bucket + "/*"}
	roles := iam.New([]template.Function{
		allow("Whole", read, iam.Call{Action: "s3:ListBucket", Resource: bucket}, iam.Call{Action: "s3:DeleteObject", Resource: bucket + "/*"}),
		allow("Reader", read), allow("Bare"),
	})
	in, err := inbox.Open(inbox.Options{
		Folder: t.TempDir(), Buckets: []template.S3Bucket{{ID: "Replies", DeployedName: "csdn-replies"}}, May: roles.CheckRequest,
		Every: time.Second, Now: time.Now, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{bucket}/{key...}", in.Get)
	mux.HandleFunc("DELETE /{bucket}/{key...}", in.Delete)
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	cases := []struct{ caller, read, delete string }{
		{"Whole", "NoSuchKey", ""}, {"Reader", "AccessDenied", "AccessDenied"}, {"Bare", "AccessDenied", "AccessDenied"},
	}
	for _, c := range cases {
		t.Run(c.caller, func(t *testing.T) {
			client := s3.New(s3.Options{
				BaseEndpoint: &server.URL, Region: template.Region, UsePathStyle: true,
				Credentials: engine.CredentialsOf(c.caller),
			})
			_, read := client.GetObject(t.Context(), &s3.GetObjectInput{Bucket: aws.String("Replies"), Key: aws.String("gone.eml")})
			_, deleted := client.DeleteObject(t.Context(), &s3.DeleteObjectInput{Bucket: aws.String("Replies"), Key: aws.String("gone.eml")})
			if diff := cmp.Diff([]string{c.read, c.delete}, []string{code(read), code(deleted)}); diff != "" {
				t.Errorf("reading and deleting (-want +got):\n%s", diff)
			}
		})
	}
}

// code is that of an error of AWS, and empty for none.
func code(err error) string {
	var refused smithy.APIError
	if errors.As(err, &refused) {
		return refused.ErrorCode()
	}
	return ""
}
