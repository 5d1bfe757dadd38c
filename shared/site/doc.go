// Package site serves people: the home page, the page of an invitation, the documentation of the API, and the health of
// the whole.
//
// It may import csdn, directory, document, web, html/template and net/http. A page is a function of a view struct that holds
// all it can show; it is rendered before the first byte is sent, in English or French, and works without scripts, cookies
// or anything from elsewhere: it is read on a phone, over a poor line, by people for whom being traced can be a danger.
package site
