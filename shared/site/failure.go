package site

import (
	"net/http"
	"strconv"
	"strings"

	"csdn.example/directory/shared/web"
)

// failure is what the page of an answer that is none shows. Link tells that a link of an invitation led here; whether that
// is wrong, dead or expired is for nobody to learn. Detail is what the directory says of it, in English.
type failure struct {
	Status  int
	Link    bool
	Renewal bool // the link of a renewal led here
	Foreign bool // another site sent the form
	Detail  string
	Minutes int    // to wait
	Again   string // where to try once more, "" where that is no use
}

func newFailure(r *http.Request, p *web.Problem) failure {
	f := failure{
		Status: p.Status, Foreign: p == errForeignForm, Detail: p.Detail,
		Link: strings.HasPrefix(r.URL.Path, "/rsvp/"), Renewal: strings.HasPrefix(r.URL.Path, "/confirm/"),
	}
	seconds, _ := strconv.Atoi(p.GetHeaders().Get("Retry-After")) // 0 where there is none
	f.Minutes = (seconds + 59) / 60
	if r.Method == http.MethodGet && (p.Status == http.StatusTooManyRequests || p.Status >= http.StatusInternalServerError) {
		f.Again = r.URL.RequestURI()
	}
	return f
}
