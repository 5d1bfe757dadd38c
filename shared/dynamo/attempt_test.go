package dynamo

import (
	"testing"
	"time"

	"csdn.example/directory/infra/local/enginetest"
)

func TestAttempts(t *testing.T) {
	store := enginetest.Start(t)
	d := Participation{Client: store.Client, Table: "ParticipationTable"}
	window := time.Date(2027, 1, 10, 12, 0, 0, 0, time.UTC)
	for _, origin := range []string{"192.0.2.1", "192.0.2.1", "192.0.2.2"} {
		if err := d.AddAttempt(t.Context(), origin, window, window.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
	for name, test := range map[string]struct {
		origin string
		window time.Time
		want   int
	}{
		"twice":          {"192.0.2.1", window, 2},
		"once":           {"192.0.2.2", window, 1},
		"never":          {"192.0.2.3", window, 0},
		"another window": {"192.0.2.1", window.Add(time.Minute), 0},
	} {
		if got, err := d.Attempts(t.Context(), test.origin, test.window); err != nil || got != test.want {
			t.Errorf("%s: %d, %v", name, got, err)
		}
	}
}
