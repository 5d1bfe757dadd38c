package machine_test

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"csdn.example/directory/infra/local/engine"
	"csdn.example/directory/infra/local/enginetest"
	"csdn.example/directory/infra/local/functiontest"
	"csdn.example/directory/infra/local/machine"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

func TestMain(m *testing.M) { functiontest.Main(m) }

func options(t *testing.T) machine.Options {
	t.Helper()
	return machine.Options{
		Template: "testdata/template.yaml", Functions: functiontest.Programs(t, "authorizer", "nouns"),
		Engine: engine.Binary(enginetest.Root(t)), Listen: "127.0.0.1:0", Data: t.TempDir(),
		Now: time.Now, Log: slog.New(slog.DiscardHandler),
	}
}

func start(t *testing.T, o machine.Options) *machine.Machine {
	t.Helper()
	m, err := machine.Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(m.Stop)
	return m
}

// call returns the status and the body.
func call(t *testing.T, method, url, host, body string) (int, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if host != "" {
		request.Host = host
	}
	request.Header.Set("Authorization", "Bearer x")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(text)
}

func TestRequestsReachFunctionsAndTheLocalParts(t *testing.T) {
	m := start(t, options(t))
	status, text := call(t, http.MethodGet, m.URL+"/nouns/7", "", "")
	var event events.APIGatewayV2HTTPRequest
	if err := json.Unmarshal([]byte(text), &event); err != nil {
		t.Fatalf("%d %s: %v", status, text, err)
	}
	if event.PathParameters["id"] != "7" || event.RequestContext.Authorizer.Lambda["token"] != "Bearer x" {
		t.Errorf("the event is %s", text)
	}
	cases := []struct {
		name, method, path, host, body string
		status                         int
		has                            string
	}{
		{"no route", "GET", "/nowhere", "", "", 404, `{"message":"Not Found"}`},
		{"a token", "POST", "/local/token", "", `{"email":"planner@demo.example"}`, 200, `"access_token":"ey`},
		{"the keys", "GET", "/local/issuer/jwks.json", "", "", 200, `"keys":[`},
		{"the discovery document", "GET", "/local/issuer/.well-known/openid-configuration", "", "", 200, `"issuer":"` + m.URL + `/local/issuer"`},
		{"the mailbox", "GET", "/local/mailbox", "", "", 200, "No message has been sent yet."},
		{"the mailbox as JSON", "GET", "/local/mailbox.json", "", "", 200, "[]"},
		{"a mail that did not come in", "GET", "/local/s3/Replies/none.eml", "", "", 404, "<Code>NoSuchKey</Code>"},
		{"no local part", "GET", "/local/else", "", "", 404, ""},
		{"by the other loopback name", "GET", "/local/mailbox.json", strings.Replace(m.URL[7:], "127.0.0.1", "localhost", 1), "", 200, "[]"},
		{"by a foreign name", "GET", "/local/mailbox.json", "evil.example", "", 421, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			status, text := call(t, c.method, m.URL+c.path, c.host, c.body)
			if status != c.status || !strings.Contains(text, c.has) {
				t.Errorf("answer %d %s, want %d with %s", status, text, c.status, c.has)
			}
		})
	}
}

func TestFunctionsAreGivenTheLocalParts(t *testing.T) {
	m := start(t, options(t))
	payload, err := m.Invoke(t.Context(), "Nouns", []byte(`{"do":"environment"}`))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"AWS_ENDPOINT_URL_DYNAMODB=http://127.0.0.1:", "AWS_ENDPOINT_URL_SESV2=" + m.URL + "/local/ses", "AWS_ENDPOINT_URL_S3=" + m.URL + "/local/s3",
		"OUTBOX_TABLE=OutboxTable", "MAIL_FROM=csdn@eplo.example", "AWS_REGION=", "AWS_ACCESS_KEY_ID=Nouns",
	} {
		if !strings.Contains(string(payload), `"`+want) {
			t.Errorf("the environment lacks %s: %s", want, payload)
		}
	}
}

// TestFunctionsMayDoWhatTheirPoliciesAllow signs as the function does, which has no policy for tables, at the endpoint that it is told.
func TestFunctionsMayDoWhatTheirPoliciesAllow(t *testing.T) {
	m := start(t, options(t))
	payload, err := m.Invoke(t.Context(), "Nouns", []byte(`{"do":"environment"}`))
	if err != nil {
		t.Fatal(err)
	}
	endpoint := regexp.MustCompile(`AWS_ENDPOINT_URL_DYNAMODB=(http:[^"]+)`).FindStringSubmatch(string(payload))
	if endpoint == nil {
		t.Fatalf("no endpoint is told: %s", payload)
	}
	options := engine.Client(endpoint[1]).Options()
	options.Credentials = engine.CredentialsOf("Nouns")
	_, err = dynamodb.New(options).GetItem(t.Context(), &dynamodb.GetItemInput{
		TableName: aws.String("OutboxTable"), Key: map[string]types.AttributeValue{"pk": &types.AttributeValueMemberS{Value: "x"}},
	})
	if err == nil || !strings.Contains(err.Error(), "assumed-role/Nouns is not authorized to perform: dynamodb:GetItem") {
		t.Errorf("error is %v", err)
	}
}

func put(t *testing.T, endpoint string) {
	t.Helper()
	_, err := engine.Client(endpoint).PutItem(t.Context(), &dynamodb.PutItemInput{
		TableName: aws.String("OutboxTable"), Item: map[string]types.AttributeValue{"pk": &types.AttributeValueMemberS{Value: "x"}},
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestChangesReachTheFunction(t *testing.T) {
	o := options(t)
	m := start(t, o)
	put(t, m.Endpoint)
	letters := filepath.Join(o.Data, "dead-letters", "Lost.jsonl")
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		if text, err := os.ReadFile(letters); err == nil && strings.Contains(string(text), ":function:Nouns") {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal("the change never came back as a dead letter")
		}
	}
}

func TestTheSeedFillsEmptyTablesOnce(t *testing.T) {
	o := options(t)
	o.Seed = filepath.Join(t.TempDir(), "seed")
	output := o.Seed + ".out"
	script := "#!/bin/sh\n/usr/bin/env >>" + output + "\n"
	if err := os.WriteFile(o.Seed, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	runs := func() int {
		text, err := os.ReadFile(output)
		if err != nil {
			t.Fatal(err)
		}
		return strings.Count(string(text), "OUTBOX_TABLE=OutboxTable\n")
	}
	m := start(t, o)
	if runs() != 1 {
		t.Fatal("the seed was not run with the functions' variables")
	}
	put(t, m.Endpoint)
	m.Stop()
	start(t, o)
	if runs() != 1 {
		t.Error("the seed was run again on tables that hold something")
	}
}

func TestAFailedSeedIsNotTakenForADone(t *testing.T) {
	o := options(t)
	o.Seed = "/bin/false"
	for _, want := range []string{"the seed failed", "left unfinished"} {
		_, err := machine.Start(t.Context(), o)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error is %v, want one with %q", err, want)
		}
	}
}

func TestStartSaysWhatToDo(t *testing.T) {
	o := options(t)
	running := start(t, o)
	cases := []struct {
		name   string
		change func(*machine.Options)
		want   string
	}{
		{"an address for all", func(o *machine.Options) { o.Listen = "0.0.0.0:0" }, "take an address like 127.0.0.1:8080"},
		{"no host", func(o *machine.Options) { o.Listen = ":0" }, "take an address like 127.0.0.1:8080"},
		{"a port in use", func(o *machine.Options) { o.Listen = running.URL[7:] }, "choose another address with -listen"},
		{"a folder in use", func(*machine.Options) {}, "choose another folder with -data"},
		{"no functions", func(o *machine.Options) { o.Functions, o.Data = t.TempDir(), t.TempDir() }, "run make build first"},
		{"no engine", func(o *machine.Options) { o.Engine, o.Data = "/nowhere", t.TempDir() }, "run make engine first"},
		{"no template", func(o *machine.Options) { o.Template, o.Data = "/nowhere", t.TempDir() }, "read the template"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			changed := o
			c.change(&changed)
			_, err := machine.Start(t.Context(), changed)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error is %v, want one with %q", err, c.want)
			}
		})
	}
}
