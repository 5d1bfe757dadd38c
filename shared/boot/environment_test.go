package boot

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"csdn.example/directory/shared/csdn"
)

func TestTextOfTheEnvironment(t *testing.T) {
	t.Setenv("MAIL_FROM", "network@csdn.example")
	t.Setenv("PUBLIC_URL", "")
	e := newEnvironment()
	if got := e.Text("MAIL_FROM"); got != "network@csdn.example" || len(e.missing) != 0 {
		t.Errorf("got %q, missing %q", got, e.missing)
	}
	if got := e.Text("PUBLIC_URL") + e.Text("NEVER_SET"); got != "" {
		t.Errorf("got %q", got)
	}
	if diff := cmp.Diff([]string{"PUBLIC_URL", "NEVER_SET"}, e.missing); diff != "" {
		t.Errorf("what is missing differs (-want +got):\n%s", diff)
	}
}

func TestSecondsOfTheEnvironment(t *testing.T) {
	for _, test := range []struct {
		name, value string
		want        time.Duration
		missing     bool
	}{
		{"a minute", "60", time.Minute, false},
		{"none", "0", 0, false},
		{"unset", "", 0, true},
		{"a fraction", "1.5", 0, true},
		{"a duration", "60s", 0, true},
		{"a word", "soon", 0, true},
		{"a space", " 60", 0, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Setenv("IDENTITY_CACHE_SECONDS", test.value)
			e := newEnvironment()
			if got := e.Seconds("IDENTITY_CACHE_SECONDS"); got != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
			told := slices.Contains(e.missing, "IDENTITY_CACHE_SECONDS as a whole number")
			if told != test.missing || (len(e.missing) > 0) != test.missing {
				t.Errorf("missing %q", e.missing)
			}
		})
	}
}

func TestWhatIsOpenedTellsWhatIsMissing(t *testing.T) {
	for _, test := range []struct {
		name string
		open func(*Environment)
		want []string
	}{
		{"directory", func(e *Environment) { e.Directory() }, []string{"AWS_REGION", "DIRECTORY_TABLE"}},
		{"people", func(e *Environment) { e.People() }, []string{"AWS_REGION", "PEOPLE_TABLE"}},
		{"participation", func(e *Environment) { e.Participation() }, []string{"AWS_REGION", "DIRECTORY_TABLE", "OUTBOX_TABLE", "PARTICIPATION_TABLE"}},
		{"outbox", func(e *Environment) { e.Outbox() }, []string{"AWS_REGION", "OUTBOX_TABLE"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, name := range []string{"AWS_REGION", "DIRECTORY_TABLE", "PEOPLE_TABLE", "PARTICIPATION_TABLE", "OUTBOX_TABLE"} {
				t.Setenv(name, "")
			}
			e := newEnvironment()
			test.open(e)
			slices.Sort(e.missing)
			if diff := cmp.Diff(test.want, e.missing); diff != "" {
				t.Errorf("what is missing differs (-want +got):\n%s", diff)
			}
		})
	}
}

func TestTablesShareOneClientAtTheAddressThatIsNamed(t *testing.T) {
	t.Setenv("AWS_REGION", "eu-west-1")
	t.Setenv("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:8000")
	t.Setenv("AWS_ACCESS_KEY_ID", "key")
	e := newEnvironment()
	client := e.dynamodb()
	if e.dynamodb() != client {
		t.Error("a second client is made")
	}
	options := client.Options()
	if options.BaseEndpoint == nil || *options.BaseEndpoint != "http://127.0.0.1:8000" || options.Region != "eu-west-1" {
		t.Errorf("the client asks %v in %s", options.BaseEndpoint, options.Region)
	}
	if own, err := options.Credentials.Retrieve(t.Context()); err != nil || own.AccessKeyID != "key" {
		t.Errorf("the client signs as %q: %v", own.AccessKeyID, err)
	}
	t.Setenv("AWS_ENDPOINT_URL_DYNAMODB", "")
	if address := newEnvironment().dynamodb().Options().BaseEndpoint; address != nil {
		t.Errorf("without an address the client asks %s and not AWS", *address)
	}
}

func TestTokensAreLongAndNeverTheSame(t *testing.T) {
	e, seen := newEnvironment(), map[string]bool{}
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567" // 5 bits each
	used := map[rune]bool{}
	for range 2000 {
		token := e.NewToken()
		if seen[token] {
			t.Fatal("a token comes twice")
		}
		seen[token] = true
		bits := 0
		for _, letter := range token {
			if !slices.Contains([]rune(letters), letter) {
				t.Fatalf("%q is no letter of base 32", letter)
			}
			used[letter] = true
			bits += 5
		}
		if bits < 128 {
			t.Fatalf("a token has %d bits at most", bits)
		}
	}
	if len(used) != len(letters) {
		t.Errorf("2000 tokens use %d letters of %d", len(used), len(letters))
	}
}

func TestIDsAreValidAndNeverTheSame(t *testing.T) {
	e, seen := newEnvironment(), map[string]bool{}
	for range 2000 {
		id := e.NewID()
		if !csdn.ValidID(id) || seen[id] {
			t.Fatalf("%s is no ULID, or comes twice", id)
		}
		seen[id] = true
	}
}

// A pause is by chance between nothing and its longest, which must not be nothing.
func TestEveryAttemptHasAPause(t *testing.T) {
	e := newEnvironment()
	for _, attempt := range []int{0, 1, 20} {
		e.Pause(attempt)
	}
}

func TestTheClockIsOfNoZone(t *testing.T) {
	if zone := newEnvironment().Now().Location(); zone != time.UTC {
		t.Errorf("the clock is of %s", zone)
	}
}
