package checks

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"csdn.example/directory/infra/local/enginetest"
)

// resources returns those of a template, as they are written: what an intrinsic function says is its argument.
func resources(t *testing.T, path string) map[string]map[string]any {
	t.Helper()
	var whole struct {
		Resources map[string]map[string]any `yaml:"Resources"`
	}
	text := readFile(t, path)
	if err := yaml.Unmarshal([]byte(text), &whole); err != nil {
		t.Fatal(err)
	}
	return whole.Resources
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(enginetest.Root(t), path))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// at follows names into nested mappings; nil where there is nothing.
func at(value any, names ...string) any {
	for _, name := range names {
		fields, _ := value.(map[string]any)
		value = fields[name]
	}
	return value
}

// texts gathers every text within a value.
func texts(value any) []string {
	switch v := value.(type) {
	case string:
		return []string{v}
	case []any:
		var all []string
		for _, one := range v {
			all = append(all, texts(one)...)
		}
		return all
	case map[string]any:
		var all []string
		for _, one := range v {
			all = append(all, texts(one)...)
		}
		return all
	}
	return nil
}

// TestTablesAreSafe: recovery, protection, a key of their own, a ceiling of throughput for each table and index, and they stay whatever
// becomes of the stack.
func TestTablesAreSafe(t *testing.T) {
	keys := map[any]string{}
	for name, r := range resources(t, "template.yaml") {
		if r["Type"] != "AWS::DynamoDB::Table" {
			continue
		}
		p := r["Properties"]
		if r["DeletionPolicy"] != "Retain" || r["UpdateReplacePolicy"] != "Retain" || at(p, "DeletionProtectionEnabled") != true {
			t.Errorf("%s can be lost with the stack", name)
		}
		if at(p, "PointInTimeRecoverySpecification", "PointInTimeRecoveryEnabled") != true {
			t.Errorf("%s cannot be restored", name)
		}
		key := at(p, "SSESpecification", "KMSMasterKeyId")
		if at(p, "SSESpecification", "SSEType") != "KMS" || key == nil || keys[key] != "" {
			t.Errorf("%s has no key of its own, but %v, as has %s", name, key, keys[key])
		}
		keys[key] = name
		places := []any{p}
		if indexes, there := at(p, "GlobalSecondaryIndexes").([]any); there {
			places = append(places, indexes...)
		}
		for _, place := range places {
			if at(place, "OnDemandThroughput", "MaxReadRequestUnits") == nil || at(place, "OnDemandThroughput", "MaxWriteRequestUnits") == nil {
				t.Errorf("%s has a place without a ceiling: %v", name, at(place, "IndexName"))
			}
		}
	}
	if len(keys) != 4 {
		t.Errorf("%d tables have a key of their own", len(keys))
	}
}

// TestFunctionsMayDoWhatIsNamed: no action and no table, index or object is granted by a wildcard but the objects of one bucket; what may
// fail unseen has a place to go to; every function is watched and logs where logs end.
func TestFunctionsMayDoWhatIsNamed(t *testing.T) {
	text := readFile(t, "template.yaml")
	all := resources(t, "template.yaml")
	watched := texts(at(all["Watch"]["Properties"], "Parameters", "Functions"))
	for name, r := range all {
		if r["Type"] != "AWS::Serverless::Function" {
			continue
		}
		for _, word := range texts(at(r["Properties"], "Policies")) {
			if strings.Contains(word, "*") && !strings.HasSuffix(word, ":s3:::csdn-replies-${AWS::AccountId}-${AWS::Region}/*") {
				t.Errorf("%s is granted %s", name, word)
			}
		}
		if !slices.Contains(watched, name) {
			t.Errorf("nothing watches %s", name)
		}
		events, _ := at(r["Properties"], "Events").(map[string]any)
		for event, e := range events {
			switch at(e, "Type") {
			case "HttpApi":
				continue
			case "DynamoDB":
				for _, needed := range []string{"MaximumRetryAttempts", "MaximumRecordAgeInSeconds", "BisectBatchOnFunctionError", "FunctionResponseTypes", "FilterCriteria", "DestinationConfig"} {
					if at(e, "Properties", needed) == nil {
						t.Errorf("the stream of %s has no %s", name, needed)
					}
				}
				continue
			case "ScheduleV2", "EventBridgeRule":
				if at(e, "Properties", "DeadLetterConfig", "Arn") == nil {
					t.Errorf("%s of %s is lost when it cannot be delivered", event, name)
				}
			}
			if at(r["Properties"], "EventInvokeConfig", "DestinationConfig", "OnFailure", "Destination") == nil {
				t.Errorf("what %s fails on is lost", name)
			}
		}
	}
	for name, r := range all {
		if r["Type"] == "AWS::Logs::LogGroup" && at(r["Properties"], "RetentionInDays") == nil {
			t.Errorf("%s keeps its lines for ever", name)
		}
		if r["Type"] == "AWS::SQS::Queue" && !slices.Contains(texts(at(all["Watch"]["Properties"], "Parameters", "Queues")), name+".QueueName") {
			t.Errorf("nobody is told of what is in %s", name)
		}
		if r["Type"] == "AWS::DynamoDB::Table" && !slices.Contains(texts(at(all["Watch"]["Properties"], "Parameters", "Tables")), name) {
			t.Errorf("nothing watches %s", name)
		}
	}
	var whole map[string]any
	if err := yaml.Unmarshal([]byte(text), &whole); err != nil || at(whole, "Globals", "Function", "LoggingConfig", "LogGroup") != "Log" {
		t.Errorf("functions log to %v: %v", at(whole, "Globals", "Function", "LoggingConfig"), err)
	}
	// What the gateway logs of a request: never its path, its query or who asks.
	format, _ := at(all["Api"]["Properties"], "AccessLogSettings", "Format").(string)
	for _, variable := range regexp.MustCompile(`\$context\.[A-Za-z.]+`).FindAllString(format, -1) {
		if !slices.Contains([]string{"$context.requestId", "$context.routeKey", "$context.status", "$context.responseLatency"}, variable) {
			t.Errorf("the gateway logs %s", variable)
		}
	}
	if format == "" {
		t.Error("the gateway logs nothing")
	}
}

// TestEveryAlarmIsExplained looks up each alarm in the page of the handbook that says what it means and what to do.
func TestEveryAlarmIsExplained(t *testing.T) {
	page := readFile(t, "infra/handbook/operate.md")
	alarms := regexp.MustCompile(`AlarmName: !Sub "\$\{Directory\}-([a-z-]+?)(?:-\$\{\w+\})?"`).FindAllStringSubmatch(readFile(t, "infra/watch.yaml"), -1)
	if len(alarms) < 10 {
		t.Fatalf("the alarms are %v", alarms)
	}
	for _, alarm := range alarms {
		if !strings.Contains(page, "\n### "+alarm[1]+"\n") {
			t.Errorf("operate.md does not say what to do when %s tells", alarm[1])
		}
	}
	if watch := readFile(t, "infra/watch.yaml"); strings.Count(watch, "AlarmActions: [!Ref Alarms]") != len(alarms) {
		t.Errorf("an alarm tells nobody")
	}
}
