package api

import (
	"net/http"
	"strconv"
	"strings"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// IfMatch names the version that a caller read and now changes.
type IfMatch struct {
	Tag string `header:"If-Match" doc:"The ETag of the version that you read; * for whichever is present" example:"\"3\""`
}

// version returns the version named. Unconditional when none is; Stale for an entity tag that is not one of ours, as no
// present version can match it (RFC 9110, section 13.1.1).
func (i IfMatch) version() (csdn.Version, error) {
	switch tag := strings.TrimSpace(i.Tag); tag {
	case "":
		return 0, csdn.Errorf(csdn.Unconditional, "Send the ETag of the version that you read as If-Match, so that nobody's change is lost.")
	case "*":
		return directory.AnyVersion, nil
	default:
		return parseETag(tag)
	}
}

// versionIfGiven is version for acts that need none.
func (i IfMatch) versionIfGiven() (csdn.Version, error) {
	if strings.TrimSpace(i.Tag) == "" {
		return directory.AnyVersion, nil
	}
	return i.version()
}

// Replacing names the version that a caller read and now replaces, or says that there is none.
type Replacing struct {
	IfMatch
	Absent string `header:"If-None-Match" enum:"*" doc:"* to add one that must not exist yet; then without If-Match"`
}

// version returns the version named, 0 when there must be none. It fails as that of IfMatch.
func (r Replacing) version() (csdn.Version, error) {
	if r.Absent == "*" && strings.TrimSpace(r.Tag) == "" {
		return 0, nil
	}
	return r.IfMatch.version()
}

func parseETag(tag string) (csdn.Version, error) {
	quoted, opened := strings.CutPrefix(tag, `"`)
	number, closed := strings.CutSuffix(quoted, `"`)
	n, err := strconv.ParseInt(number, 10, 64)
	if !opened || !closed || err != nil || n < 1 || tag != etag(csdn.Version(n)) {
		return 0, csdn.Errorf(csdn.Stale, "The If-Match header does not name the present version; read it again and repeat your change on that.")
	}
	return csdn.Version(n), nil
}

// etag returns the strong entity tag of a version.
func etag(v csdn.Version) string { return `"` + strconv.FormatInt(int64(v), 10) + `"` }

// IfNoneMatch names versions that a caller has already.
type IfNoneMatch struct {
	Tags string `header:"If-None-Match" doc:"ETags that you have; the answer is 304 when one is still present" example:"\"3\""`
}

// single is the answer with one resource.
type single[T any] struct {
	Status int
	ETag   string `header:"ETag" doc:"Names this version; send it back as If-Match or If-None-Match"`
	Body   T
}

// read answers with a resource, or with 304 when the caller has it already.
func read[T any](i IfNoneMatch, v csdn.Version, body T) *single[T] {
	answer := &single[T]{Status: http.StatusOK, ETag: etag(v), Body: body}
	if among(i.Tags, answer.ETag) {
		answer.Status = http.StatusNotModified
	}
	return answer
}

// among reports whether an If-None-Match header names the entity tag, by weak comparison (RFC 9110, section 13.1.2).
func among(tags, etag string) bool {
	for tag := range strings.SplitSeq(tags, ",") {
		tag = strings.TrimPrefix(strings.TrimSpace(tag), "W/")
		if tag == etag || tag == "*" {
			return true
		}
	}
	return false
}

// written answers with a resource as it now is.
func written[T any](v csdn.Version, body T) *single[T] {
	return &single[T]{Status: http.StatusOK, ETag: etag(v), Body: body}
}

// replaced answers with a resource that replaces the version that was read: with 201 when there was none.
func replaced[T any](read, now csdn.Version, body T) *single[T] {
	answer := written(now, body)
	if read == 0 {
		answer.Status = http.StatusCreated
	}
	return answer
}

// created is the answer with a new resource.
type created[T any] struct {
	Location string `header:"Location" doc:"Where the new resource is"`
	ETag     string `header:"ETag" doc:"Names this version; send it back as If-Match or If-None-Match"`
	Body     T
}
