package inbox

import (
	"context"
	"encoding/json"
	"io/fs"
	"net/url"
	"time"

	"csdn.example/directory/infra/local/template"

	"github.com/aws/aws-lambda-go/events"
)

// tries is how often a function is told of a mail that it fails on, as Lambda does with S3's events.
const tries = 3

// seen is what is known of a file: how it was at the last look, and how often functions were told of it.
type seen struct {
	size    int64
	changed time.Time
	told    int
}

// Watch starts to tell of the mails, those that are there already too.
func (i *Inbox) Watch(ctx context.Context) {
	ctx, i.cancel = context.WithCancel(context.WithoutCancel(ctx))
	go func() {
		defer close(i.watched)
		ticker := time.NewTicker(i.options.Every)
		defer ticker.Stop()
		known := map[string]seen{}
		for {
			known = i.look(ctx, known)
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
			}
		}
	}()
}

// Stop ends the watching.
func (i *Inbox) Stop() {
	i.cancel()
	<-i.watched
	_ = i.root.Close()
}

// look tells of the mails that are as they were at the last look, so that none is taken that is still being written, and returns
// what is known now. One that a function failed on is told again at the next looks, and then left.
func (i *Inbox) look(ctx context.Context, before map[string]seen) map[string]seen {
	known := map[string]seen{}
	names, err := fs.Glob(i.root.FS(), "*.eml")
	if err != nil {
		i.options.Log.Error("the inbox cannot be read", "error", err)
	}
	for _, name := range names {
		info, err := i.root.Stat(name)
		if err != nil || !info.Mode().IsRegular() {
			continue
		}
		now := seen{size: info.Size(), changed: info.ModTime()}
		if last, there := before[name]; there && last.size == now.size && last.changed.Equal(now.changed) {
			now.told = last.told
			if now.told < tries {
				now.told++
				if i.tell(ctx, name, now.size) {
					now.told = tries
				}
			}
		}
		known[name] = now
	}
	return known
}

// tell invokes the functions that are told of new objects, and returns whether all of them succeeded.
func (i *Inbox) tell(ctx context.Context, name string, size int64) bool {
	done := true
	for _, f := range i.options.Functions {
		for _, bucket := range f.Buckets {
			payload, err := Event(bucket, name, size, i.options.Now())
			if err == nil {
				_, err = i.options.Invoke(ctx, f.ID, payload)
			}
			if err != nil {
				done = false
				i.options.Log.Warn("a mail was not taken", "function", f.ID, "error", err)
			}
		}
	}
	return done
}

// Event is what the function is told of a new object; its key is encoded as S3 does.
func Event(bucket template.Bucket, key string, size int64, at time.Time) ([]byte, error) {
	return json.Marshal(events.S3Event{Records: []events.S3EventRecord{{
		EventVersion: "2.1", EventSource: "aws:s3", AWSRegion: template.Region, EventTime: at.UTC(), EventName: "ObjectCreated:Put",
		S3: events.S3Entity{
			SchemaVersion: "1.0", ConfigurationID: bucket.ID,
			Bucket: events.S3Bucket{Name: bucket.Name, Arn: "arn:aws:s3:::" + bucket.Name},
			Object: events.S3Object{Key: url.QueryEscape(key), Size: size},
		},
	}}})
}
