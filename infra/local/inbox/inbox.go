// Package inbox stands where the mail service and its bucket do when the system is deployed: a file in a folder is a mail that
// came in. It serves the files as objects of Amazon S3, and tells functions of new ones as S3 does.
//
// It may import iam, template and the event types of aws-lambda-go.
package inbox

import (
	"cmp"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"time"

	"csdn.example/directory/infra/local/iam"
	"csdn.example/directory/infra/local/template"
)

// Options are what the inbox is made of. All fields are required.
type Options struct {
	// Folder is where mails are put, made if absent. Only files named *.eml are mails.
	Folder    string
	Functions []template.Function
	Buckets   []template.S3Bucket
	// May says whether the sender of a request may make the calls.
	May func(*http.Request, ...iam.Call) error
	// Invoke runs a function on an event; see runtime.Runtime.
	Invoke func(ctx context.Context, function string, payload []byte) ([]byte, error)
	// Every is the pause between looks into the folder.
	Every time.Duration
	Now   func() time.Time
	Log   *slog.Logger
}

// Inbox is a folder as a bucket.
type Inbox struct {
	options Options
	root    *os.Root
	watched chan struct{}
	cancel  context.CancelFunc
}

// Open opens the folder. Nothing is told of its mails before Watch.
func Open(o Options) (*Inbox, error) {
	if err := os.MkdirAll(o.Folder, 0o700); err != nil {
		return nil, fmt.Errorf("open the inbox: %w", err)
	}
	root, err := os.OpenRoot(o.Folder)
	if err != nil {
		return nil, fmt.Errorf("open the inbox: %w", err)
	}
	return &Inbox{options: o, root: root, watched: make(chan struct{}), cancel: func() {}}, nil
}

// Get answers S3's GetObject; the object is the path value "key", in whatever bucket.
func (i *Inbox) Get(w http.ResponseWriter, r *http.Request) {
	if err := i.may(r, "s3:GetObject", "/"+r.PathValue("key")); err != nil {
		i.refuse(w, err)
		return
	}
	file, err := i.root.Open(r.PathValue("key"))
	if errors.Is(err, fs.ErrNotExist) {
		// Whoever may not list the bucket is not told what it lacks.
		err = cmp.Or(i.may(r, "s3:ListBucket", ""), err)
	}
	if err != nil {
		i.refuse(w, err)
		return
	}
	defer file.Close()
	w.Header().Set("Content-Type", "application/octet-stream")
	_, _ = io.Copy(w, file)
}

// Delete answers S3's DeleteObject, to which an absent object is as good as a deleted one.
func (i *Inbox) Delete(w http.ResponseWriter, r *http.Request) {
	if err := i.may(r, "s3:DeleteObject", "/"+r.PathValue("key")); err != nil {
		i.refuse(w, err)
		return
	}
	if err := i.root.Remove(r.PathValue("key")); err != nil && !errors.Is(err, fs.ErrNotExist) {
		i.refuse(w, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// may asks whether the sender may make the call on what is at the path in the bucket of the request.
func (i *Inbox) may(r *http.Request, action, path string) error {
	name := r.PathValue("bucket")
	for _, bucket := range i.options.Buckets {
		if bucket.ID == name {
			name = bucket.DeployedName
		}
	}
	return i.options.May(r, iam.Call{Action: action, Resource: "arn:aws:s3:::" + name + path})
}

// refuse answers as S3 does.
func (i *Inbox) refuse(w http.ResponseWriter, err error) {
	status, code := http.StatusInternalServerError, "InternalError"
	var denied *iam.Denied
	switch {
	case errors.Is(err, fs.ErrNotExist):
		status, code = http.StatusNotFound, "NoSuchKey"
	case errors.As(err, &denied):
		status, code = http.StatusForbidden, "AccessDenied"
	default:
		i.options.Log.Error("the inbox cannot be used", "error", err)
	}
	w.Header().Set("Content-Type", "application/xml")
	w.WriteHeader(status)
	// The caller has gone if this fails.
	_ = xml.NewEncoder(w).Encode(struct {
		XMLName xml.Name `xml:"Error"`
		Code    string
	}{Code: code})
}
