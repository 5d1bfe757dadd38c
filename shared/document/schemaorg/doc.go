// Package schemaorg writes the organisations of an export as linked data in the terms of schema.org, which search engines and others
// understand.
//
// It imports csdn and the standard library. The document says what its words mean itself, so that a reader loads nothing.
package schemaorg
