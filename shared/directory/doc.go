// Package directory holds the acts of the network that need a decision: who may do what, what of a record a caller sees,
// which seat is taken, what is sent. Every write passes here, and so does every read with a rule of visibility.
//
// It may import csdn and search, and the standard library: it knows the ports of the stores, not the stores, and no
// protocol. Each noun is a struct whose fields are exactly the ports that its acts open.
package directory
