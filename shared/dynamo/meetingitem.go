package dynamo

import "csdn.example/directory/shared/csdn"

type meetingItem struct {
	ID               csdn.MeetingID     `dynamodbav:"id"`
	Phase            csdn.PhaseNumber   `dynamodbav:"phase"`
	Type             csdn.MeetingType   `dynamodbav:"type"`
	TypeEN           string             `dynamodbav:"typeEn,omitempty"`
	TypeFR           string             `dynamodbav:"typeFr,omitempty"`
	TypeRetired      bool               `dynamodbav:"typeRetired,omitempty"`
	Title            string             `dynamodbav:"title"`
	Start            wallTime           `dynamodbav:"start,omitempty"`
	End              wallTime           `dynamodbav:"end,omitempty"`
	Zone             csdn.Zone          `dynamodbav:"zone"`
	Mode             csdn.Mode          `dynamodbav:"mode"`
	Venue            venueItem          `dynamodbav:"venue"`
	OnlineURL        string             `dynamodbav:"onlineUrl,omitempty"`
	Language         csdn.Language      `dynamodbav:"language"`
	Rule             csdn.Rule          `dynamodbav:"rule"`
	Background       string             `dynamodbav:"background,omitempty"`
	Objectives       string             `dynamodbav:"objectives,omitempty"`
	Format           string             `dynamodbav:"format,omitempty"`
	Participants     string             `dynamodbav:"participants,omitempty"`
	Areas            []csdn.AreaSlug    `dynamodbav:"areas,omitempty"`
	Bands            bandsItem          `dynamodbav:"bands"`
	Seats            seatsItem          `dynamodbav:"seats"`
	ResponseDeadline instant            `dynamodbav:"responseDeadline,omitempty"`
	OfferHours       int                `dynamodbav:"offerHours,omitempty"`
	Agenda           []agendaItem       `dynamodbav:"agenda,omitempty"`
	Planners         []csdn.AccountID   `dynamodbav:"planners,omitempty"`
	RetainUntil      csdn.Date          `dynamodbav:"retainUntil,omitempty"`
	Status           csdn.MeetingStatus `dynamodbav:"status"`
	Calendar         int                `dynamodbav:"calendar"`
	CreatedAt        instant            `dynamodbav:"createdAt,omitempty"`
	UpdatedAt        instant            `dynamodbav:"updatedAt,omitempty"`
	Version          csdn.Version       `dynamodbav:"version"`
}

type venueItem struct {
	Name    string `dynamodbav:"name,omitempty"`
	Address string `dynamodbav:"address,omitempty"`
}

type bandsItem struct {
	Total      bandItem                   `dynamodbav:"total"`
	Categories map[csdn.Category]bandItem `dynamodbav:"categories,omitempty"`
}

type bandItem struct {
	Min int `dynamodbav:"min"`
	Max int `dynamodbav:"max"`
}

type seatsItem struct {
	InPerson *int `dynamodbav:"inPerson,omitempty"`
	Online   *int `dynamodbav:"online,omitempty"`
}

// agendaItem keeps its hours in minutes since midnight.
type agendaItem struct {
	Start         csdn.ClockTime    `dynamodbav:"start"`
	End           csdn.ClockTime    `dynamodbav:"end"`
	Kind          csdn.AgendaKind   `dynamodbav:"kind"`
	Title         string            `dynamodbav:"title"`
	By            []string          `dynamodbav:"by,omitempty"`
	Points        []string          `dynamodbav:"points,omitempty"`
	Questions     []string          `dynamodbav:"questions,omitempty"`
	QuestionAreas [][]csdn.AreaSlug `dynamodbav:"questionAreas,omitempty"`
}

func newAgendaItem(i csdn.AgendaItem) agendaItem {
	item := agendaItem(i)
	item.QuestionAreas = mapped(i.QuestionAreas, func(areas []csdn.AreaSlug) []csdn.AreaSlug {
		return append([]csdn.AreaSlug{}, areas...) // none is stored as an empty list, as what is null is left out
	})
	return item
}

func newMeetingItem(m csdn.Meeting) meetingItem {
	return meetingItem{
		ID: m.ID, Phase: m.Phase, Type: m.Type,
		TypeEN: m.TypeProfile.LabelEN, TypeFR: m.TypeProfile.LabelFR, TypeRetired: m.TypeProfile.Retired, Title: m.Title, Start: wallTime{m.Start}, End: wallTime{m.End}, Zone: m.Zone,
		Mode: m.Mode, Venue: venueItem(m.Venue), OnlineURL: m.OnlineURL, Language: m.Language, Rule: m.Rule,
		Background: m.Background, Objectives: m.Objectives, Format: m.Format, Participants: m.Participants,
		Areas: m.Areas, Bands: newBandsItem(m.Bands), Seats: seatsItem(m.Seats), ResponseDeadline: instant{m.ResponseDeadline}, OfferHours: m.OfferHours,
		Agenda:   mapped(m.Agenda, newAgendaItem),
		Planners: m.Planners, RetainUntil: m.RetainUntil, Status: m.Status, Calendar: m.Calendar,
		CreatedAt: instant{m.CreatedAt}, UpdatedAt: instant{m.UpdatedAt}, Version: m.Version,
	}
}

func (i meetingItem) meeting() csdn.Meeting {
	return csdn.Meeting{
		ID:          i.ID,
		TypeProfile: csdn.MeetingTypeProfile{LabelEN: i.TypeEN, LabelFR: i.TypeFR, Retired: i.TypeRetired},
		MeetingProfile: csdn.MeetingProfile{
			Phase: i.Phase, Type: i.Type, Title: i.Title, Start: i.Start.LocalTime, End: i.End.LocalTime, Zone: i.Zone,
			Mode: i.Mode, Venue: csdn.Venue(i.Venue), OnlineURL: i.OnlineURL, Language: i.Language, Rule: i.Rule,
			Background: i.Background, Objectives: i.Objectives, Format: i.Format, Participants: i.Participants,
			Areas: i.Areas, Bands: i.Bands.bands(), Seats: csdn.Seats(i.Seats), ResponseDeadline: i.ResponseDeadline.Time, OfferHours: i.OfferHours,
			Agenda:   mapped(i.Agenda, func(a agendaItem) csdn.AgendaItem { return csdn.AgendaItem(a) }),
			Planners: i.Planners, RetainUntil: i.RetainUntil,
		},
		Status: i.Status, Calendar: i.Calendar,
		CreatedAt: i.CreatedAt.Time, UpdatedAt: i.UpdatedAt.Time, Version: i.Version,
	}
}

func newBandsItem(b csdn.Bands) bandsItem {
	item := bandsItem{Total: bandItem(b.Total)}
	if b.Categories != nil {
		item.Categories = make(map[csdn.Category]bandItem, len(b.Categories))
	}
	for category, band := range b.Categories {
		item.Categories[category] = bandItem(band)
	}
	return item
}

func (i bandsItem) bands() csdn.Bands {
	b := csdn.Bands{Total: csdn.Band(i.Total)}
	if i.Categories != nil {
		b.Categories = make(map[csdn.Category]csdn.Band, len(i.Categories))
	}
	for category, band := range i.Categories {
		b.Categories[category] = csdn.Band(band)
	}
	return b
}
