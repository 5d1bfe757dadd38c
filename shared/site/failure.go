package site

import "csdn.example/directory/shared/csdn"

// failure is what the page of an answer that is none shows. Link tells that a link of an invitation led here; whether that
// is wrong, dead or expired is for nobody to learn.
type failure struct {
	Language csdn.Language
	Status   int
	Link     bool
}
