// Package mail writes to invitees: it puts a letter of the domain into words, in English or French, lays them out as a
// message with its calendar entry, and hands that to the mail service (Amazon SES, version 2 of its API). It also reads what
// calendar programs answer by mail.
//
// It may import csdn, the AWS SDK, and libraries for MIME and iCalendar. It exists so that what leaves the network in
// writing is decided in one room: a message speaks to its recipient about the meeting and never of another
// participant, holds no remote content, and says nothing to an onlooker about people who must be careful.
package mail
