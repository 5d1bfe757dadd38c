// Package vcard writes people as vCards 4.0 (RFC 6350), which address books take in.
//
// It imports csdn and the standard library; the libraries that there are leave semicolons as they are, which part a name in two. A
// card tells what its reader may see of the person and no more: an alias where that is all. Gender and consent are in none, as a card
// travels.
package vcard
