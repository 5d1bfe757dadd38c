package calendar

import (
	"fmt"
	"strings"

	ics "github.com/arran4/golang-ical"

	"csdn.example/directory/shared/csdn"
)

// Publisher writes entries that name no attendee, for whoever may read a meeting. Organiser is the bare address from which the network
// writes, which a published entry must have; Home is the address of the directory, without a slash at the end.
type Publisher struct{ Organiser, Home string }

// Meeting writes the entry of a meeting as its reader may see it: PUBLISH, or CANCEL once it is cancelled (RFC 5546, section 3.2). Its
// UID is the meeting's and not that of an invitation, so that a shared calendar tells of nobody's invitation.
func (p Publisher) Meeting(m csdn.Meeting) ([]byte, error) {
	method, status := ics.MethodPublish, ics.ObjectStatusConfirmed
	switch m.Status {
	case csdn.MeetingDraft:
		status = ics.ObjectStatusTentative
	case csdn.MeetingCancelled:
		method, status = ics.MethodCancel, ics.ObjectStatusCancelled
	}
	entry := New(method, m)
	event := entry.Event("urn:uuid:"+csdn.UUID(m.ID), m.Calendar, m.UpdatedAt)
	event.AddProperty(ics.ComponentPropertyLastModified, m.UpdatedAt.UTC().Format(local+"Z"))
	event.AddProperty(ics.ComponentPropertySummary, m.Title)
	event.AddProperty(ics.ComponentPropertyDescription, description(m))
	if place := place(m); place != "" {
		event.AddProperty(ics.ComponentPropertyLocation, place)
	}
	event.AddProperty(ics.ComponentPropertyUrl, p.Home+"/meetings/"+string(m.ID))
	event.AddProperty(ics.ComponentPropertyStatus, string(status))
	event.AddProperty(ics.ComponentPropertyClass, string(ics.ClassificationPrivate))
	event.AddProperty(ics.ComponentPropertyOrganizer, "mailto:"+p.Organiser)
	return entry.Text()
}

// description is what the calendar says of the meeting. The address for those online is there when the reader may see it.
func description(m csdn.Meeting) string {
	lines := []string{fmt.Sprintf("A meeting of the Civil Society Dialogue Network, in %s.", m.Language.Name("en"))}
	if m.Rule == csdn.ChathamHouse {
		lines[0] += " It is held under the Chatham House Rule."
	}
	if m.OnlineURL != "" {
		lines = append(lines, "Online: "+m.OnlineURL)
	}
	return strings.Join(lines, "\n")
}

// place is where people meet.
func place(m csdn.Meeting) string {
	var parts []string
	for _, part := range []string{m.Venue.Name, m.Venue.Address} {
		if part != "" && m.Mode != csdn.Online {
			parts = append(parts, part)
		}
	}
	if m.Mode != csdn.InPerson {
		parts = append(parts, "online")
	}
	return strings.Join(parts, ", ")
}
