package site

// failure is what the page of an answer that is none shows. Link tells that a link of an invitation led here; whether that
// is wrong, dead or expired is for nobody to learn. Detail is what the directory says of it, in English.
type failure struct {
	Status  int
	Link    bool
	Renewal bool // the link of a renewal led here
	Foreign bool // another site sent the form
	Detail  string
}
