package api

import (
	"strconv"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// Paging is how a list is asked for a page at a time.
type Paging struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"20" doc:"How many items to answer at most"`
	Cursor string `query:"cursor" maxLength:"8000" doc:"Where to go on: next of the page before, with the same filters"`
}

func (p Paging) page() csdn.PageRequest {
	return csdn.PageRequest{Limit: p.Limit, Cursor: csdn.Cursor(p.Cursor)}
}

// List is a page of a list.
type List[T any] struct {
	Items  []T                       `json:"items" doc:"The items of this page"`
	Next   string                    `json:"next,omitempty" doc:"The cursor of the next page; absent at the end"`
	Total  *int                      `json:"total,omitempty" doc:"How many match in all, in searches"`
	Facets map[string]map[string]int `json:"facets,omitempty" doc:"With facets=true: how many of the whole match have the value, by facet; an area with its narrower ones, a region with all within it"`
}

// listed is the answer with a page.
type listed[T any] struct{ Body List[T] }

// pageOf maps a page of the domain to one of the API.
func pageOf[D, T any](page csdn.Page[D], body func(D) T) *listed[T] {
	return &listed[T]{Body: List[T]{Items: each(page.Items, body), Next: string(page.Next)}}
}

// each maps a list; the result is never nil, as an empty list is [] and not null.
func each[D, T any](list []D, body func(D) T) []T {
	mapped := make([]T, len(list))
	for i, one := range list {
		mapped[i] = body(one)
	}
	return mapped
}

// as converts a list of one kind of text to another.
func as[T, D ~string](list []D) []T {
	return each(list, func(d D) T { return T(d) })
}

// flat is directory.AnyOf for parameters that no subject has twice, so that all would find nothing: repeating means any as well.
func flat[T ~string](repeated []string) []T {
	var list []T
	for _, group := range directory.AnyOf[T](repeated) {
		list = append(list, group...)
	}
	return list
}

// phases reads numbers of phases. Invalid for what is none.
func phases(repeated []string) ([][]csdn.PhaseNumber, error) {
	var all [][]csdn.PhaseNumber
	for _, group := range directory.AnyOf[string](repeated) {
		var numbers []csdn.PhaseNumber
		for _, text := range group {
			n, err := strconv.Atoi(text)
			if err != nil || n < 1 || n > 999 {
				return nil, &csdn.Error{Kind: csdn.Invalid, Message: "The query has values that are not known; errors says which.",
					Fields: []csdn.Field{{Location: "phase", Message: "is not the number of a phase"}}}
			}
			numbers = append(numbers, csdn.PhaseNumber(n))
		}
		all = append(all, numbers)
	}
	return all, nil
}
