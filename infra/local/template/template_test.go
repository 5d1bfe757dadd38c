package template_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"csdn.example/directory/infra/local/template"

	"github.com/google/go-cmp/cmp"
)

func TestRead(t *testing.T) {
	parameters := map[string]string{"PublicUrl": "http://127.0.0.1:8080", "Undeclared": "passed over"}
	got, err := template.Read("testdata/template.yaml", parameters)
	if err != nil {
		t.Fatal(err)
	}
	both := func(own map[string]string) map[string]string {
		all := map[string]string{"LEVEL": "info", "DIRECTORY_TABLE": "DirectoryTable"}
		for name, value := range own {
			all[name] = value
		}
		return all
	}
	want := template.Template{
		API: template.API{Authorizers: map[string]template.Authorizer{
			"account": {Function: "Authorizer", Headers: []string{"Authorization"}, TTL: time.Minute},
		}},
		Tables: []template.Table{{
			Name:       "DirectoryTable",
			Attributes: []template.Attribute{{Name: "pk", Type: "S"}, {Name: "sk", Type: "S"}, {Name: "feed", Type: "S"}},
			Key:        []template.KeyElement{{Attribute: "pk", Role: "HASH"}, {Attribute: "sk", Role: "RANGE"}},
			Indexes: []template.Index{{
				Name:       "feed",
				Key:        []template.KeyElement{{Attribute: "feed", Role: "HASH"}, {Attribute: "sk", Role: "RANGE"}},
				Projection: "INCLUDE", NonKey: []string{"card"},
			}},
			TTL: "ttl",
		}, {
			Name:       "OutboxTable",
			Attributes: []template.Attribute{{Name: "pk", Type: "S"}},
			Key:        []template.KeyElement{{Attribute: "pk", Role: "HASH"}},
			StreamView: "NEW_IMAGE",
		}},
		Buckets: []template.S3Bucket{{ID: "Inbound", DeployedName: "Inbound"}},
		Functions: []template.Function{{
			ID: "Authorizer", Folder: "authorizer", Timeout: 10 * time.Second, MemoryMB: 128, Environment: both(nil),
		}, {
			ID: "Organisations", Folder: "organisations", Timeout: 10 * time.Second, MemoryMB: 256,
			Environment: both(map[string]string{
				"LEVEL":   "debug",
				"PUBLIC":  "http://127.0.0.1:8080/o",
				"ISSUER":  "https://idp.eu-central-1.amazonaws.com/UserPool",
				"LITERAL": "${not} fixture-UserPool.ProviderName",
				"ABSENT":  "set",
			}),
			Routes: []template.Route{
				{Method: "GET", Path: "/v1/organisations", Authorizer: "account"},
				{Method: "GET", Path: "/healthz"},
				{Method: "ANY", Path: "$default", Authorizer: "account"},
			},
		}, {
			ID: "Notifier", Folder: "notifier", Timeout: time.Minute, MemoryMB: 128, Environment: both(nil),
			Streams: []template.Stream{{
				ID: "Outbox", Table: "OutboxTable", BatchSize: 10, Retries: 5, MaximumAge: time.Hour, Bisect: true,
				ReportsFailures: true, OnFailure: "LostMail", EventNames: []string{"INSERT"},
			}},
			Schedules: []template.Schedule{
				{ID: "Clock", Expression: "rate(5 minutes)", Scheduler: true},
				{ID: "Nightly", Expression: "cron(0 3 * * ? *)", Input: `{"act":"retain"}`},
			},
			Buckets: []template.Bucket{{ID: "Mail", Name: "Inbound"}},
			Rules:   []template.Rule{{ID: "Returned", Sources: []string{"aws.ses"}, DetailTypes: []string{"Email Bounced"}}},
		}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("template (-want +got):\n%s", diff)
	}
}

func TestReadUsesAParameterFromOutside(t *testing.T) {
	got, err := template.Read("testdata/template.yaml", map[string]string{"PublicUrl": "", "IssuerUrl": "https://issuer.example"})
	if err != nil {
		t.Fatal(err)
	}
	if issuer := got.Functions[1].Environment["ISSUER"]; issuer != "https://issuer.example" {
		t.Errorf("ISSUER is %q", issuer)
	}
	if absent := got.Functions[1].Environment["ABSENT"]; absent != "" {
		t.Errorf("ABSENT is %q", absent)
	}
}

// Each case replaces one piece of the fixture, and the error must say the line and what is wrong.
func TestReadRefuses(t *testing.T) {
	cases := []struct{ name, old, new, want string }{
		{"a parameter without a value", "Default: fixture", "Type2: x", "line 74: the parameter Audience has neither"},
		{"an unknown function property", "MemorySize: 256", "Layers: []", "line 67: the function has Layers"},
		{"an unknown intrinsic function", "!Sub \"${PublicUrl}/o\"", "!Select [0, [a]]", "line 72: the local machine does not know the function Select"},
		{"an unknown reference", "!Sub \"${PublicUrl}/o\"", "!Ref Nothing", "line 72: Nothing is neither"},
		{"an unknown event", "Type: ScheduleV2", "Type: SQS", "line 98: the local machine does not know events of the type SQS"},
		{"an S3 event of another kind", `"s3:ObjectCreated:*"`, `"s3:ObjectRemoved:*"`, "line 100: the local machine knows S3 events"},
		{"an S3 event of no bucket", "Bucket: !Ref Inbound", "Bucket: !Ref LostMail", "line 80: Notifier is told of a bucket LostMail"},
		{"a rule by more than the detail's type", "detail-type: [Email Bounced]", "detail-type: [x], detail: {}", "line 101: the pattern has detail"},
		{"an unrunnable resource", "Type: AWS::SQS::Queue", "Type: AWS::Events::Rule", "line 47: LostMail is of the type"},
		{"a table without the stream it maps", "StreamSpecification: { StreamViewType: NEW_IMAGE }", "BillingMode: x", "line 80: Notifier reads the stream of OutboxTable"},
		{"two routes alike", "Path: /healthz", "Path: /v1/organisations", "has the route GET /v1/organisations"},
		{"another payload format", "AuthorizerPayloadFormatVersion: 2.0", "AuthorizerPayloadFormatVersion: 1.0", "line 55: only payload format 2.0"},
		{"an authorizer of no function", "!GetAtt Authorizer.Arn", "x", "the authorizer account names no function"},
		{"a key twice", "MemorySize: 256", "CodeUri: functions/x/", "line 67: CodeUri stands twice"},
		{"another filter", `{"eventName": ["INSERT"]}`, `{"dynamodb": {}}`, "line 86: the local machine knows filters by eventName alone"},
	}
	text, err := os.ReadFile("testdata/template.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if !strings.Contains(string(text), c.old) {
				t.Fatalf("the fixture has no %q", c.old)
			}
			path := filepath.Join(t.TempDir(), "template.yaml")
			if err := os.WriteFile(path, []byte(strings.Replace(string(text), c.old, c.new, 1)), 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := template.Read(path, map[string]string{"PublicUrl": ""})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error is %v, want one with %q", err, c.want)
			}
		})
	}
}
