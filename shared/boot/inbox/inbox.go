// Package inbox opens the bucket that mails come to, for the function that takes the answers in them. It stands beside boot, so
// that no other function links the libraries for object storage and for reading mails.
//
// It may import boot, mail, csdn and the SDK of AWS.
package inbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"csdn.example/directory/shared/boot"
	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/mail"
)

// Inbox takes mails.
type Inbox struct {
	Client *s3.Client
	Log    *slog.Logger
	Answer func(context.Context, csdn.Reply) error
}

// Open opens the inbox. Where another address than AWS's own is named, buckets are paths of it and not hosts.
func Open(e *boot.Environment, answer func(context.Context, csdn.Reply) error) Inbox {
	address := e.Endpoint("AWS_ENDPOINT_URL_S3")
	client := s3.New(s3.Options{
		Region: e.Text("AWS_REGION"), Credentials: e.Credentials(), HTTPClient: e.HTTPClient(),
		BaseEndpoint: address, UsePathStyle: address != nil,
	})
	return Inbox{Client: client, Log: e.Log, Answer: answer}
}

// Take does what one mail says and removes it, as it removes one that says nothing or is refused: personal data do not linger.
// Only a mail that may be taken later stays, with an error. One that is gone was taken before, as an event may come twice.
func (i Inbox) Take(ctx context.Context, stored boot.StoredMail) error {
	raw, err := i.read(ctx, stored)
	var gone *types.NoSuchKey
	if errors.As(err, &gone) {
		i.Log.Info("a mail is gone already", "mail", stored.Key)
		return nil
	}
	if err != nil {
		return fmt.Errorf("read the mail %s: %w", stored.Key, err)
	}
	err = i.obey(ctx, raw)
	reason := csdn.KindOf(err)
	if err != nil && (reason == "" || reason == csdn.Unavailable) {
		i.Log.Error("a mail has to wait", "mail", stored.Key, "cause", err.Error())
		return fmt.Errorf("take the mail %s: %w", stored.Key, err)
	}
	if _, err := i.Client.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: &stored.Bucket, Key: &stored.Key}); err != nil {
		return fmt.Errorf("remove the mail %s: %w", stored.Key, err)
	}
	// Of a refusal no more than its kind: the rest may tell of what the mail says.
	i.Log.Info("a mail is done", "mail", stored.Key, "answered", err == nil, "reason", string(reason))
	return nil
}

// read returns the mail, or as much of it as shows that it is too long.
func (i Inbox) read(ctx context.Context, stored boot.StoredMail) ([]byte, error) {
	object, err := i.Client.GetObject(ctx, &s3.GetObjectInput{Bucket: &stored.Bucket, Key: &stored.Key})
	if err != nil {
		return nil, err
	}
	defer object.Body.Close()
	return io.ReadAll(io.LimitReader(object.Body, mail.MaximumReply+1))
}

func (i Inbox) obey(ctx context.Context, raw []byte) error {
	reply, err := mail.ParseReply(raw)
	if err != nil {
		return err
	}
	return i.Answer(ctx, reply)
}
