package api

import (
	"fmt"
	"time"

	"csdn.example/directory/shared/csdn"
)

// MeetingProfile is what a planner says of a meeting. Times are local to its zone.
type MeetingProfile struct {
	Phase            int          `json:"phase" doc:"Number of the phase" example:"4"`
	Type             string       `json:"type" doc:"A type of the list at /v1/meeting-types" example:"policy-meeting"`
	Title            string       `json:"title"`
	Start            string       `json:"start" doc:"Local time" example:"2027-02-01T09:15"`
	End              string       `json:"end" doc:"Local time" example:"2027-02-01T11:30"`
	Zone             string       `json:"zone" required:"false" doc:"IANA zone; Europe/Brussels unless set" example:"Europe/Brussels"`
	Mode             meetingMode  `json:"mode"`
	Venue            Venue        `json:"venue" required:"false"`
	OnlineURL        string       `json:"onlineUrl,omitempty" doc:"Told to accepted invitees alone"`
	Language         string       `json:"language" required:"false" doc:"BCP 47; en unless set"`
	Rule             meetingRule  `json:"rule" required:"false" doc:"chatham-house unless set"`
	Background       string       `json:"background" required:"false" doc:"Markdown"`
	Objectives       string       `json:"objectives" required:"false" doc:"Markdown"`
	Format           string       `json:"format" required:"false" doc:"Markdown"`
	Participants     string       `json:"participants" required:"false" doc:"Markdown"`
	Areas            []string     `json:"areas" required:"false" doc:"Areas of expertise that it is about"`
	Bands            Bands        `json:"bands" required:"false" doc:"How many participants it aims for: warned about, never blocking"`
	Seats            Seats        `json:"seats" required:"false" doc:"Hard limits; without one there is no limit"`
	ResponseDeadline string       `json:"responseDeadline,omitempty" doc:"Until when answers are taken: an instant, or a local time in the zone; the start unless set" example:"2027-01-25T17:00:00Z"`
	OfferHours       int          `json:"offerHours,omitempty" minimum:"1" maximum:"720" doc:"How long a seat that became free is kept for the next in the reserve; 48 unless set"`
	Agenda           []AgendaItem `json:"agenda" required:"false"`
	Planners         []string     `json:"planners" required:"false" doc:"Accounts that keep the meeting"`
	RetainUntil      string       `json:"retainUntil,omitempty" doc:"The last day on which it is kept who was invited, set by the secretariat, at most ten years after the end; unless set, two years after the phase ends" example:"2029-12-31"`
}

// Venue is where people meet in person.
type Venue struct {
	Name    string `json:"name" required:"false"`
	Address string `json:"address" required:"false"`
}

// Bands are ranges of numbers of participants.
type Bands struct {
	Total      *Band           `json:"total,omitempty"`
	Categories map[string]Band `json:"categories,omitempty" doc:"By category"`
}

// Band is a range of numbers, both ends included.
type Band struct {
	Min int `json:"min" required:"false" minimum:"0"`
	Max int `json:"max,omitempty" minimum:"0" doc:"No upper end unless set"`
}

// Seats are numbers of seats per mode.
type Seats struct {
	InPerson *int `json:"inPerson,omitempty" minimum:"0"`
	Online   *int `json:"online,omitempty" minimum:"0"`
}

// AgendaItem is a slot of the agenda.
type AgendaItem struct {
	Start     string     `json:"start" doc:"Time of day" example:"09:15"`
	End       string     `json:"end" doc:"Time of day" example:"09:30"`
	Kind      agendaKind `json:"kind"`
	Title     string     `json:"title"`
	By        []string   `json:"by" required:"false" doc:"Institutions that speak"`
	Points    []string   `json:"points" required:"false"`
	Questions questions  `json:"questions" required:"false" doc:"For discussion"`
}

// Meeting is a meeting of the network, as the caller may see it.
type Meeting struct {
	ID string `json:"id" doc:"ULID"`
	MeetingProfile
	Status    meetingStatus `json:"status"`
	Warnings  []string      `json:"warnings" doc:"What a planner should look at again"`
	CreatedAt time.Time     `json:"createdAt"`
	UpdatedAt time.Time     `json:"updatedAt"`
}

// ConceptNote is the concept note of a meeting in parts.
type ConceptNote struct {
	Meeting
	PhaseLabel      string `json:"phaseLabel"`
	PhaseFrom       int    `json:"phaseFrom"`
	PhaseTo         int    `json:"phaseTo"`
	PhaseInstrument string `json:"phaseInstrument"`

	Version    int        `json:"version,omitempty" doc:"Number of the approved version; absent for the note as the meeting is now"`
	ApprovedAt *time.Time `json:"approvedAt,omitempty" doc:"When that was approved"`
}

func meetingProfile(m csdn.MeetingProfile) MeetingProfile {
	return MeetingProfile{
		Phase: int(m.Phase), Type: string(m.Type), Title: m.Title, Start: m.Start.String(), End: m.End.String(),
		Zone: string(m.Zone), Mode: meetingMode(m.Mode), Venue: Venue(m.Venue), OnlineURL: m.OnlineURL,
		Language: string(m.Language), Rule: meetingRule(m.Rule), Background: m.Background, Objectives: m.Objectives,
		Format: m.Format, Participants: m.Participants, Areas: as[string](m.Areas), Bands: bands(m.Bands),
		Seats: Seats(m.Seats), ResponseDeadline: instantText(m.ResponseDeadline), OfferHours: m.OfferHours, Agenda: each(m.Agenda, agendaItem),
		Planners: as[string](m.Planners), RetainUntil: string(m.RetainUntil),
	}
}

// domain returns the profile with its times read. Invalid, by its place, for one that does not exist.
func (p MeetingProfile) domain() (csdn.MeetingProfile, error) {
	var read timeReader
	m := csdn.MeetingProfile{
		Phase: csdn.PhaseNumber(p.Phase), Type: csdn.MeetingType(p.Type), Title: p.Title,
		Start: read.local("start", p.Start), End: read.local("end", p.End), Zone: csdn.Zone(p.Zone), Mode: csdn.Mode(p.Mode),
		Venue: csdn.Venue(p.Venue), OnlineURL: p.OnlineURL, Language: csdn.Language(p.Language), Rule: csdn.Rule(p.Rule),
		Background: p.Background, Objectives: p.Objectives, Format: p.Format, Participants: p.Participants,
		Areas: as[csdn.AreaSlug](p.Areas), Bands: p.Bands.domain(), Seats: csdn.Seats(p.Seats),
		OfferHours: p.OfferHours, Planners: as[csdn.AccountID](p.Planners),
		RetainUntil: csdn.Date(p.RetainUntil),
	}
	m.ResponseDeadline = read.deadline("responseDeadline", p.ResponseDeadline, m.Clean().Zone)
	for n, item := range p.Agenda {
		m.Agenda = append(m.Agenda, csdn.AgendaItem{
			Start: read.clock(fmt.Sprintf("agenda[%d].start", n), item.Start),
			End:   read.clock(fmt.Sprintf("agenda[%d].end", n), item.End),
			Kind:  csdn.AgendaKind(item.Kind), Title: item.Title, By: item.By, Points: item.Points,
			Questions: item.Questions.texts(), QuestionAreas: item.Questions.areas(),
		})
	}
	return m, read.err()
}

func agendaItem(i csdn.AgendaItem) AgendaItem {
	return AgendaItem{
		Start: i.Start.String(), End: i.End.String(), Kind: agendaKind(i.Kind), Title: i.Title,
		By: as[string](i.By), Points: as[string](i.Points), Questions: questionsOf(i),
	}
}

func bands(b csdn.Bands) Bands {
	body := Bands{}
	if b.Total != (csdn.Band{}) {
		total := Band(b.Total)
		body.Total = &total
	}
	for name, band := range b.Categories {
		if body.Categories == nil {
			body.Categories = map[string]Band{}
		}
		body.Categories[string(name)] = Band(band)
	}
	return body
}

func (b Bands) domain() csdn.Bands {
	d := csdn.Bands{}
	if b.Total != nil {
		d.Total = csdn.Band(*b.Total)
	}
	for name, band := range b.Categories {
		if d.Categories == nil {
			d.Categories = map[csdn.Category]csdn.Band{}
		}
		d.Categories[csdn.Category(name)] = csdn.Band(band)
	}
	return d
}

func meeting(m csdn.Meeting) Meeting {
	return Meeting{
		ID: string(m.ID), MeetingProfile: meetingProfile(m.MeetingProfile), Status: meetingStatus(m.Status),
		Warnings: as[string](m.Warnings()), CreatedAt: m.CreatedAt.UTC(), UpdatedAt: m.UpdatedAt.UTC(),
	}
}

func conceptNote(v csdn.NoteVersion) ConceptNote {
	p := v.Phase
	return ConceptNote{
		Meeting: meeting(v.Meeting), PhaseLabel: p.Label, PhaseFrom: p.From, PhaseTo: p.To, PhaseInstrument: p.Instrument,
		Version: v.Number, ApprovedAt: instant(v.ApprovedAt),
	}
}
