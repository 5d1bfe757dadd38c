package mail

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/emersion/go-ical"
	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"csdn.example/directory/shared/csdn"
)

// hostile lists texts that would add something of their own to a header, a part, a property, a tag or a line.
var hostile = []string{
	"x\r\nBcc: spy@evil.example",
	"x\nBcc: spy@evil.example",
	"x\rBcc: spy@evil.example",
	"x\r\n\r\n<b>body</b>",
	"x\r\n--boundary\r\nContent-Type: text/html\r\n\r\n<b>part</b>",
	"x\u2028Bcc: spy@evil.example\u2029\u0085\u000b\u000c",
	"x\r\nATTENDEE:mailto:spy@evil.example",
	"x\rATTENDEE:mailto:spy@evil.example",
	"x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil",
	`x\nATTENDEE:mailto:spy@evil.example`,
	`x";CN="y":mailto:spy@evil.example`,
	`x;y,z:\`,
	`<script>alert(1)</script>`,
	`"><img src="https://evil.example/p.png">`,
	`' onmouseover='alert(1)`,
	`</title></td></table></body><form action=https://evil.example>`,
	`<!-- `,
	`javascript:alert(1)`,
	"{{.Link}}{{template \"text\"}}",
	"=?utf-8?q?x=0D=0ABcc:_spy=40evil.example?=",
	"x, spy@evil.example",
	"x <spy@evil.example>",
	"x\x00\x07\x1b[31m\u202egnp.exe\ufeff",
	strings.Repeat("é", 300),
	strings.Repeat("a", 300),
	strings.Repeat("日本語 ", 80),
	"x\xff\xfe",
}

// fields names every text of a letter that somebody can write.
var fields = map[string]func(*csdn.Letter, string){
	"title":     func(l *csdn.Letter, s string) { l.Meeting.Title = s },
	"type":      func(l *csdn.Letter, s string) { l.Meeting.Type = csdn.MeetingType(s) },
	"zone":      func(l *csdn.Letter, s string) { l.Meeting.Zone = csdn.Zone(s) },
	"venue":     func(l *csdn.Letter, s string) { l.Meeting.Venue.Name = s },
	"address":   func(l *csdn.Letter, s string) { l.Meeting.Venue.Address = s },
	"onlineUrl": func(l *csdn.Letter, s string) { l.Meeting.OnlineURL = s },
	"language":  func(l *csdn.Letter, s string) { l.Meeting.Language = csdn.Language(s) },
	"calendar":  func(l *csdn.Letter, s string) { l.Invitation.Calendar = s },
	"name":      func(l *csdn.Letter, s string) { l.Person.Name = s },
	"own zone":  func(l *csdn.Letter, s string) { l.Person.Zone = csdn.Zone(s) },
	"preferred": func(l *csdn.Letter, s string) { l.Person.PreferredLanguage = csdn.Language(s) },
}

// shape is what a message is made of, without its texts.
type shape struct {
	Headers    []string
	To         []string
	Lines      int
	Tags       []string
	Properties []string
}

func shapeOf(t *testing.T, got received) shape {
	t.Helper()
	var s shape
	for name, values := range got.headers {
		for range values {
			s.Headers = append(s.Headers, name)
		}
	}
	slices.Sort(s.Headers)
	to, err := got.envelope.AddressList("To")
	if err != nil {
		t.Errorf("To: %v", err)
	}
	for _, address := range to {
		s.To = append(s.To, address.Address)
	}
	s.Lines = strings.Count(got.text, "\n")
	s.Tags = tags(t, got.html)
	s.Properties = properties(parse(t, got.calendar).Component, "")
	slices.Sort(s.Properties)
	return s
}

// tags lists the tags of a page with the names of their attributes, and the schemes of its links.
func tags(t *testing.T, page string) []string {
	t.Helper()
	var list []string
	tokens := html.NewTokenizer(strings.NewReader(page))
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			if err := tokens.Err(); !errors.Is(err, io.EOF) {
				t.Errorf("the page does not parse: %v", err)
			}
			return list
		case html.TextToken:
			continue
		}
		tag := tokens.Token()
		text := tag.Type.String() + " " + tag.Data
		for _, attribute := range tag.Attr {
			text += " " + attribute.Key
			if attribute.Key == "href" && strings.HasPrefix(attribute.Val, "javascript") {
				text += "=script"
			}
		}
		list = append(list, text)
	}
}

func properties(c *ical.Component, path string) []string {
	var list []string
	for name, values := range c.Props {
		for _, one := range values {
			list = append(list, path+c.Name+"."+name)
			if name == "ATTENDEE" || name == "ORGANIZER" {
				list = append(list, one.Value)
			}
		}
	}
	for _, child := range c.Children {
		list = append(list, properties(child, path+c.Name+"/")...)
	}
	return list
}

// TestHostileTextsStayTexts writes each hostile text into each field, as somebody might send it and as the domain would
// store it: the message is made of the same headers, lines, tags and properties as with a harmless one.
func TestHostileTextsStayTexts(t *testing.T) {
	for field, set := range fields {
		t.Run(field, func(t *testing.T) {
			t.Parallel()
			want := shapeOf(t, receive(t, asSentAndStored(t, set, plain(field))[0]))
			for _, text := range hostile {
				for _, letter := range asSentAndStored(t, set, text) {
					if diff := cmp.Diff(want, shapeOf(t, receive(t, letter))); diff != "" {
						t.Errorf("%q changes the message (-want +got):\n%s", text, diff)
					}
				}
			}
		})
	}
}

// asSentAndStored returns a letter with the text in a field, raw and after cleaning.
func asSentAndStored(t *testing.T, set func(*csdn.Letter, string), text string) []csdn.Letter {
	t.Helper()
	sent := hybrid(t, csdn.ConfirmationMessage, csdn.Accepted, "en")
	sent.Invitation.Mode = csdn.Online
	set(&sent, text)
	stored := sent
	stored.Meeting.MeetingProfile = sent.Meeting.Clean()
	stored.Person.PersonProfile = sent.Person.Clean()
	return []csdn.Letter{sent, stored}
}

// plain returns a harmless text of the field. An unknown zone counts as UTC, and an unknown language of the recipient as English.
func plain(field string) string {
	switch field {
	case "zone", "own zone":
		return "UTC"
	case "preferred":
		return "en"
	}
	return "https://plain.example/"
}

// TestTitlesArriveAsWritten: neutralising a text does not garble it.
func TestTitlesArriveAsWritten(t *testing.T) {
	for _, title := range []string{
		`L’appui de l’UE au Sahel; "règles, risques & réponses" <2023> \ 50 %`,
		strings.TrimSpace(strings.Repeat("日本語 ", 60)),
		strings.Repeat("é", 300),
		"Peace: = ? _ =20 {{.Title}}",
	} {
		letter := hybrid(t, csdn.InvitationMessage, csdn.Invited, "en")
		letter.Meeting.Title = title
		got := receive(t, letter)
		if subject := got.envelope.GetHeader("Subject"); subject != "Invitation: "+title {
			t.Errorf("subject %q, want the title %q", subject, title)
		}
		if !strings.Contains(got.text, "Meeting: "+title+"\r\n") {
			t.Errorf("the text lacks the title %q", title)
		}
		if !strings.Contains(html.UnescapeString(got.html), ">"+title+"</td>") {
			t.Errorf("the page lacks the title %q", title)
		}
		if summary := value(t, parse(t, got.calendar).event.Props, "SUMMARY"); summary != title {
			t.Errorf("SUMMARY %q, want the title %q", summary, title)
		}
	}
}
