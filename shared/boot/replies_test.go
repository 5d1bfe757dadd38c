package boot

import (
	"context"
	"encoding/json"
	"errors"
	"testing"

	"github.com/aws/aws-lambda-go/events"
	"github.com/google/go-cmp/cmp"
)

func TestEveryMailOfAnEventIsTaken(t *testing.T) {
	var event events.S3Event
	err := json.Unmarshal([]byte(`{"Records": [
		{"s3": {"bucket": {"name": "replies"}, "object": {"key": "7f3a"}}},
		{"s3": {"bucket": {"name": "replies"}, "object": {"key": "one+%26+two"}}},
		{"s3": {"bucket": {"name": "replies"}, "object": {"key": "ab12"}}}]}`), &event)
	if err != nil {
		t.Fatal(err)
	}
	want := []StoredMail{{"replies", "7f3a"}, {"replies", "one & two"}, {"replies", "ab12"}}
	broken := errors.New("broken")
	for _, failing := range []string{"", "7f3a", "ab12"} {
		var taken []StoredMail
		err := receiver(func(_ context.Context, m StoredMail) error {
			if taken = append(taken, m); m.Key == failing {
				return broken
			}
			return nil
		})(t.Context(), event)
		if errors.Is(err, broken) != (failing != "") {
			t.Errorf("when %q fails the invocation comes to %v", failing, err)
		}
		if diff := cmp.Diff(want, taken); diff != "" {
			t.Errorf("when %q fails the mails taken differ (-want +got):\n%s", failing, diff)
		}
	}
}
