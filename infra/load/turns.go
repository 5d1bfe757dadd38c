package main

import "sync"

// turns has addresses to which somebody writes, each of them one request at a time, and what is to be known before the next one.
type turns struct {
	free chan string

	mutex sync.Mutex
	last  map[string]string
}

// newTurns has room for so many addresses.
func newTurns(room int) *turns {
	return &turns{free: make(chan string, room), last: map[string]string{}}
}

// take returns the address that has waited longest, and waits for one if there is none.
func (t *turns) take() (url, last string) {
	url = <-t.free
	t.mutex.Lock()
	defer t.mutex.Unlock()
	return url, t.last[url]
}

// give puts an address back, or in, with what is known of it from now on; "" leaves that as it was.
func (t *turns) give(url, last string) {
	t.mutex.Lock()
	if last != "" {
		t.last[url] = last
	}
	t.mutex.Unlock()
	t.free <- url
}
