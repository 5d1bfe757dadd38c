package boot

import (
	"context"
	"crypto/rand"
	"log/slog"
	mathrand "math/rand/v2"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // the zones of the image may be old, or absent

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/oklog/ulid/v2"

	"csdn.example/directory/shared/boot/traces"
	"csdn.example/directory/shared/dynamo"
	"csdn.example/directory/shared/web"
)

// Environment is what a function is given at its start. A variable that is missing stops the start.
type Environment struct {
	Log     *slog.Logger
	missing []string
	client  *dynamodb.Client
	traces  *traces.Tracer // nil where no collector is named
}

func newEnvironment() *Environment {
	function := os.Getenv("AWS_LAMBDA_FUNCTION_NAME")
	e := &Environment{Log: web.Logger(slog.NewJSONHandler(os.Stdout, nil), function)}
	if collector := os.Getenv("OTEL_EXPORTER_OTLP_ENDPOINT"); collector != "" {
		e.traces = traces.New(traces.Options{
			Endpoint: collector, Headers: headersOf(os.Getenv("OTEL_EXPORTER_OTLP_HEADERS")), Function: function, Client: e.HTTPClient(),
			Lost: func(err error) { e.Log.Warn("traces are lost", "cause", err.Error()) },
		})
	}
	return e
}

// Text returns a variable.
func (e *Environment) Text(name string) string {
	value := os.Getenv(name)
	if value == "" {
		e.missing = append(e.missing, name)
	}
	return value
}

// Number returns a variable that is a whole number.
func (e *Environment) Number(name string) int {
	n, err := strconv.Atoi(e.Text(name))
	if err != nil {
		e.missing = append(e.missing, name+" as a whole number")
	}
	return n
}

// Seconds returns a variable that is a number of seconds.
func (e *Environment) Seconds(name string) time.Duration {
	return time.Duration(e.Number(name)) * time.Second
}

// Now is the clock of the functions, to the millisecond, as bodies and calendars tell no more.
func (e *Environment) Now() time.Time { return time.Now().UTC().Truncate(time.Millisecond) }

// NewID returns a new ULID, whose 80 random bits nobody can foresee.
func (e *Environment) NewID() string {
	return ulid.MustNew(ulid.Timestamp(time.Now()), rand.Reader).String()
}

// NewSecret returns 160 random bits.
func (e *Environment) NewSecret() (secret [20]byte) {
	// It never fails, says its documentation.
	_, _ = rand.Read(secret[:])
	return secret
}

// NewToken returns a text of 130 random bits.
func (e *Environment) NewToken() string { return rand.Text() }

// Pause waits before an act that lost against another is tried again: longer at each attempt, and by chance, so that
// those who met once do not meet again.
func (e *Environment) Pause(attempt int) {
	longest := min(time.Duration(attempt+1)*5*time.Millisecond, 100*time.Millisecond)
	time.Sleep(mathrand.N(longest))
}

// Count returns what tells that one more of the metric happened.
func (e *Environment) Count(metric web.Metric) func() {
	return func() { e.Log.Info("counted", web.Measured(e.Now(), map[web.Metric]int64{metric: 1})...) }
}

// Directory opens the table of organisations, areas, phases and meetings.
func (e *Environment) Directory() dynamo.Directory {
	return dynamo.Directory{Client: e.dynamodb(), Table: e.Text("DIRECTORY_TABLE")}
}

// People opens the table of persons and accounts.
func (e *Environment) People() dynamo.People {
	return dynamo.People{Client: e.dynamodb(), Table: e.Text("PEOPLE_TABLE")}
}

// Participation opens the table of invitations and seats, whose writes check meetings and fill the outbox.
func (e *Environment) Participation() dynamo.Participation {
	return dynamo.Participation{
		Client: e.dynamodb(), Table: e.Text("PARTICIPATION_TABLE"),
		DirectoryTable: e.Text("DIRECTORY_TABLE"), OutboxTable: e.Text("OUTBOX_TABLE"),
	}
}

// Outbox opens the table of deliveries.
func (e *Environment) Outbox() dynamo.Outbox {
	return dynamo.Outbox{Client: e.dynamodb(), Table: e.Text("OUTBOX_TABLE")}
}

// Rights opens what all four tables hold about one person.
func (e *Environment) Rights() dynamo.Rights {
	return dynamo.Rights{
		Client: e.dynamodb(), DirectoryTable: e.Text("DIRECTORY_TABLE"), PeopleTable: e.Text("PEOPLE_TABLE"),
		ParticipationTable: e.Text("PARTICIPATION_TABLE"), OutboxTable: e.Text("OUTBOX_TABLE"),
	}
}

// Renewals opens which organisation was asked when whether all is right, with the links made for that.
func (e *Environment) Renewals() dynamo.Renewals {
	return dynamo.Renewals{Client: e.dynamodb(), DirectoryTable: e.Text("DIRECTORY_TABLE"), OutboxTable: e.Text("OUTBOX_TABLE")}
}

// Mergers opens the mergings of records, which move invitations too.
func (e *Environment) Mergers() dynamo.Mergers {
	return dynamo.Mergers{
		Client: e.dynamodb(), DirectoryTable: e.Text("DIRECTORY_TABLE"), PeopleTable: e.Text("PEOPLE_TABLE"),
		ParticipationTable: e.Text("PARTICIPATION_TABLE"), OutboxTable: e.Text("OUTBOX_TABLE"),
	}
}

// HTTPClient returns a client that does not wait for ever.
func (e *Environment) HTTPClient() *http.Client { return &http.Client{Timeout: 5 * time.Second} }

// dynamodb returns the one client of the function. It is made without the SDK's loading of configuration, which doubles
// the time to a first answer.
func (e *Environment) dynamodb() *dynamodb.Client {
	if e.client == nil {
		options := dynamodb.Options{
			Region: e.Text("AWS_REGION"), Credentials: e.Credentials(), HTTPClient: e.HTTPClient(),
			BaseEndpoint: e.Endpoint("AWS_ENDPOINT_URL_DYNAMODB"),
		}
		if e.traces != nil {
			e.traces.Watch(&options.APIOptions)
		}
		e.client = dynamodb.New(options)
	}
	return e.client
}

// headersOf reads headers as OpenTelemetry has them in its variables: name=value, separated by commas.
func headersOf(text string) http.Header {
	headers := http.Header{}
	for one := range strings.SplitSeq(text, ",") {
		if name, value, ok := strings.Cut(one, "="); ok {
			headers.Set(strings.TrimSpace(name), strings.TrimSpace(value))
		}
	}
	return headers
}

// Credentials are those of the function's role, which Lambda puts into its environment.
func (e *Environment) Credentials() aws.CredentialsProvider {
	own := aws.Credentials{
		AccessKeyID: os.Getenv("AWS_ACCESS_KEY_ID"), SecretAccessKey: os.Getenv("AWS_SECRET_ACCESS_KEY"),
		SessionToken: os.Getenv("AWS_SESSION_TOKEN"),
	}
	return aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) { return own, nil })
}

// Endpoint returns the address of a service where one is named, and nil for AWS's own.
func (e *Environment) Endpoint(variable string) *string {
	if value := os.Getenv(variable); value != "" {
		return &value
	}
	return nil
}
