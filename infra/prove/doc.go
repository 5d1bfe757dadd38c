// Package prove holds the proofs that invitations can neither overbook nor forget, and that their mails come once: the compiled
// functions run on the local machine under load, while its processes are killed and the records of its stream repeated; that a
// copy of the store made meanwhile is whole; and that an import, whatever kills it, ends with every good row once.
//
// Every proof runs with small counts, in seconds, unless the flag -full asks for the whole size (make prove). It has no code of
// its own.
package prove
