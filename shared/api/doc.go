// Package api is the HTTP API of the directory: operations of Huma, one file per noun, over the acts of package directory.
// An operation is data and a typed function; bodies are structs of their own, mapped to and from the nouns of csdn by
// two small functions each.
//
// It may import csdn, search, directory, web and huma. A function registers its own noun alone, which keeps its start
// short; the whole specification is printed by registering all of them.
package api
