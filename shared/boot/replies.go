package boot

import (
	"context"
	"errors"

	"github.com/aws/aws-lambda-go/events"
)

// StoredMail is where a mail that came in is kept.
type StoredMail struct{ Bucket, Key string }

// Receive starts the function that is told of mails by the bucket that they come to. When one fails the invocation does, so that it
// is told again of all of them: to take a mail twice must do no harm.
func Receive(wire func(*Environment) func(context.Context, StoredMail) error) {
	start(func(e *Environment) any { return receiver(wire(e)) })
}

func receiver(take func(context.Context, StoredMail) error) func(context.Context, events.S3Event) error {
	return func(ctx context.Context, event events.S3Event) error {
		var failed []error
		for _, record := range event.Records {
			failed = append(failed, take(ctx, StoredMail{Bucket: record.S3.Bucket.Name, Key: record.S3.Object.URLDecodedKey}))
		}
		return errors.Join(failed...)
	}
}
