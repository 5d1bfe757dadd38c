package csdn

import (
	"errors"
	"strings"
	"testing"
)

func TestCursors(t *testing.T) {
	c := SealCursor("a query", "a place")
	if got, err := c.Open("a query"); err != nil || got != "a place" {
		t.Errorf("got %q, %v", got, err)
	}
	if got, err := Cursor("").Open("a query"); err != nil || got != "" {
		t.Errorf("the beginning: %q, %v", got, err)
	}
	for name, foreign := range map[string]Cursor{
		"of another query": SealCursor("another", "a place"), "cut": c[:len(c)-1], "too short": "YQ", "no base64": "%%",
		"changed": Cursor(strings.Replace(string(c), string(c[len(c)-2:]), "zz", 1)),
	} {
		if _, err := foreign.Open("a query"); !errors.Is(err, Malformed) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestPaginate(t *testing.T) {
	list := []string{"a", "b", "c", "d", "e"}
	var walked []string
	request := PageRequest{Limit: 2}
	for range 10 {
		page, err := Paginate(list, "q", func(s string) string { return s }, request)
		if err != nil {
			t.Fatal(err)
		}
		walked = append(walked, page.Items...)
		if page.Next == "" {
			break
		}
		request.Cursor = page.Next
	}
	if strings.Join(walked, "") != "abcde" {
		t.Errorf("walked %v", walked)
	}
}
