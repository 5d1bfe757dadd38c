// Package search is the index in memory that answers every search of organisations and people: facets, words, the best match
// first or the order of names, exact counts, and why each result matched.
//
// It imports csdn and golang.org/x/text, and knows no store and no clock: whoever searches feeds it the cards of a
// [csdn.Feed] and may do so repeatedly and out of order. Shortlists are chosen from it too. A card stands in a slot, its properties in columns; each value of a
// facet is a set of slots, so that a filter is an intersection of sets and a count is the size of one. At the network's
// size this answers faster than any one request to a store, and no combination of filters needs an index of its own.
package search
