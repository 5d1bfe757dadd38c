// Package calendar makes the calendar entries of meetings (iCalendar, RFC 5545): what all of them have, and the entry that is
// published, which names no attendee. The entry that goes to one invitee is of package mail.
//
// It imports csdn and a library for calendars. It stands apart from mail so that whoever publishes a meeting links nothing that sends
// letters.
package calendar
