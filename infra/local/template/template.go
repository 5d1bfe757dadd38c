// Package template reads the deployed system's own description, the AWS SAM template, as far as the system has to be
// run on one computer: functions and what they may do, routes, the authorizer, stream and schedule events, tables.
//
// It exists so that what runs locally cannot drift from what is deployed. What matters only in AWS (alarms, dashboards,
// identity pools) is passed over; anything else that it does not know is an error with its line.
//
// It may import the standard library and a YAML parser.
package template

import (
	"fmt"
	"os"
	"time"

	"go.yaml.in/yaml/v3"
)

// Template is what of a SAM template is needed to run it. Lists are in the order of the file.
type Template struct {
	API       API
	Functions []Function
	Tables    []Table
	Buckets   []S3Bucket
}

// API is the template's one HTTP API.
type API struct {
	// Authorizers by the name that routes use.
	Authorizers map[string]Authorizer
	CORS        CORS
}

// Authorizer is a Lambda request authorizer of payload format 2.0 with simple responses.
type Authorizer struct {
	// Function is the logical id of the function that decides.
	Function string
	// Headers and Query name the parts of a request that must be present, lest it be refused unasked, and that
	// together are the key of a cached decision. With none, each request is asked about.
	Headers, Query []string
	// TTL is how long a decision is kept; zero means not at all.
	TTL time.Duration
}

// Function is one Lambda function.
type Function struct {
	// ID is its logical id in the template, which is also its name locally.
	ID string
	// Folder is the last element of its CodeUri, such as "organisations".
	Folder string
	// Timeout ends an invocation; 3 s unless set, as in AWS.
	Timeout time.Duration
	// MemoryMB is told to the function, not enforced; 128 unless set.
	MemoryMB int
	// Concurrency is the most instances at once (ReservedConcurrentExecutions); 0 for no limit of its own.
	Concurrency int
	// Environment has its intrinsic functions resolved.
	Environment map[string]string
	// Policies say which calls it may make.
	Policies  []Statement
	Routes    []Route
	Streams   []Stream
	Schedules []Schedule
	Buckets   []Bucket
	Rules     []Rule
}

// Route is one method and path of the HTTP API.
type Route struct {
	// Method is in capitals, or "ANY".
	Method string
	// Path is as in the template, with {name} and {name+}; "$default" for the route of last resort.
	Path string
	// Authorizer is a key of API.Authorizers, or empty for a public route.
	Authorizer string
}

// Key is the route as API Gateway names it, such as "GET /v1/areas/{slug}".
func (r Route) Key() string {
	if r.Path == DefaultPath {
		return DefaultPath
	}
	return r.Method + " " + r.Path
}

// DefaultPath is the path of the route that takes what no other does.
const DefaultPath = "$default"

// Stream maps a table's stream to a function.
type Stream struct {
	// ID is the event's name within its function.
	ID string
	// Table is the logical id of the table.
	Table string
	// BatchSize is 100 unless set.
	BatchSize int
	// Latest starts at the end of the stream rather than at its beginning, when it is first read.
	Latest bool
	// Retries after the first attempt; -1, as in AWS, is without end.
	Retries int
	// MaximumAge after which a record is given up; zero is never.
	MaximumAge time.Duration
	// Bisect halves a failed batch.
	Bisect bool
	// ReportsFailures lets the function name the first record that it could not process.
	ReportsFailures bool
	// OnFailure is the logical id of the queue told of batches given up, or empty.
	OnFailure string
	// EventNames restricts the records to INSERT, MODIFY or REMOVE; empty lets all through.
	EventNames []string
}

// Schedule invokes a function by the clock.
type Schedule struct {
	// ID is the event's name within its function.
	ID string
	// Expression is rate(…) or cron(…), in UTC.
	Expression string
	// Input replaces the event, if not empty.
	Input string
	// Scheduler is true for EventBridge Scheduler, false for an EventBridge rule: their events differ a little.
	Scheduler bool
}

// Bucket tells a function of the objects that are put into an S3 bucket.
type Bucket struct {
	// ID is the event's name within its function.
	ID string
	// Name is the logical id of the bucket, which is also its name locally.
	Name string
}

// S3Bucket is a bucket of the template.
type S3Bucket struct {
	// ID is its logical id, which is also its name locally; DeployedName is the one that policies use.
	ID, DeployedName string
}

// Rule invokes a function on events of the default bus of EventBridge.
type Rule struct {
	// ID is the event's name within its function.
	ID string
	// Sources and DetailTypes are those of the events, such as "aws.ses" and "Email Bounced".
	Sources, DetailTypes []string
}

// Table is one DynamoDB table.
type Table struct {
	// Name is the logical id, which is also the table's name locally.
	Name       string
	Attributes []Attribute
	Key        []KeyElement
	Indexes    []Index
	// StreamView is the StreamViewType, or empty for a table without a stream.
	StreamView string
	// TTL is the attribute of the time to live, or empty.
	TTL string
	// EncryptionKey is the ARN of the customer's key that it is encrypted with, or empty.
	EncryptionKey string
}

// Attribute is an attribute used in a key; its type is S, N or B.
type Attribute struct{ Name, Type string }

// KeyElement is a part of a key; its role is HASH or RANGE.
type KeyElement struct{ Attribute, Role string }

// Index is a global secondary index.
type Index struct {
	Name string
	Key  []KeyElement
	// Projection is ALL, KEYS_ONLY or INCLUDE; NonKey are the attributes of the last.
	Projection string
	NonKey     []string
}

// Read reads the template at path. Parameters override the defaults of those that the template declares; others are
// passed over. Errors name the file and the line.
func Read(path string, parameters map[string]string) (Template, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return Template{}, fmt.Errorf("read the template: %w", err)
	}
	var document yaml.Node
	if err := yaml.Unmarshal(text, &document); err != nil {
		return Template{}, fmt.Errorf("%s: %w", path, err)
	}
	if len(document.Content) == 0 {
		return Template{}, fmt.Errorf("%s: the template is empty", path)
	}
	r := reader{parameters: parameters, ids: map[string]string{}}
	read, err := r.template(document.Content[0])
	if err != nil {
		return Template{}, fmt.Errorf("%s: %w", path, err)
	}
	return read, nil
}
