package site

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"csdn.example/directory/shared/csdn"
)

// newMeeting shows the form of a meeting that is to be planned.
func (s *site) newMeeting(w http.ResponseWriter, r *http.Request, v visit) error {
	form, err := s.meetingForm(r, v, csdn.MeetingProfile{Zone: "Europe/Brussels", Language: "en", Mode: csdn.InPerson, Rule: csdn.ChathamHouse}, nil)
	if err != nil {
		return err
	}
	return s.display(w, r, v, http.StatusOK, "form", form)
}

// createMeeting adds a draft.
func (s *site) createMeeting(w http.ResponseWriter, r *http.Request, v visit) error {
	return s.save(w, r, v, func(values url.Values, _ csdn.Version) (string, error) {
		known, err := s.labels(r.Context(), v)
		if err != nil {
			return "", err
		}
		m, err := s.Meetings.Create(r.Context(), v.Caller, meetingFilled(csdn.MeetingProfile{}, values, known))
		return "/meetings/" + string(m.ID), err
	}, func(values url.Values) (draft, error) {
		known, err := s.labels(r.Context(), v)
		if err != nil {
			return draft{}, err
		}
		form, err := s.meetingForm(r, v, meetingFilled(csdn.MeetingProfile{}, values, known), nil)
		return draft{form: form}, err
	})
}

// editMeeting shows the form of a meeting.
func (s *site) editMeeting(w http.ResponseWriter, r *http.Request, v visit) error {
	m, err := s.Meetings.Read(r.Context(), v.Caller, csdn.MeetingID(r.PathValue("id")))
	if err != nil {
		return err
	}
	form, err := s.meetingForm(r, v, m.MeetingProfile, &m)
	if err != nil {
		return err
	}
	return s.display(w, r, v, http.StatusOK, "form", form)
}

// changeMeeting writes a meeting that was edited.
func (s *site) changeMeeting(w http.ResponseWriter, r *http.Request, v visit) error {
	id := csdn.MeetingID(r.PathValue("id"))
	return s.save(w, r, v, func(values url.Values, read csdn.Version) (string, error) {
		known, err := s.labels(r.Context(), v)
		if err != nil {
			return "", err
		}
		_, err = s.Meetings.Change(r.Context(), v.Caller, id, read, func(p csdn.MeetingProfile) (csdn.MeetingProfile, error) {
			return meetingFilled(p, values, known), nil
		})
		return "/meetings/" + string(id), err
	}, func(values url.Values) (draft, error) {
		stored, err := s.Meetings.Read(r.Context(), v.Caller, id)
		if err != nil {
			return draft{}, err
		}
		known, err := s.labels(r.Context(), v)
		if err != nil {
			return draft{}, err
		}
		yours := stored
		yours.MeetingProfile = meetingFilled(stored.MeetingProfile, values, known).Clean()
		form, err := s.meetingForm(r, v, yours.MeetingProfile, &stored)
		return draft{form, stored.Facts(), yours.Facts()}, err
	})
}

// meetingFilled is the meeting with what the form says of it. What the form does not show stays as it was.
func meetingFilled(p csdn.MeetingProfile, values url.Values, known labels) csdn.MeetingProfile {
	p.Title, p.Type, p.Mode = values.Get("title"), csdn.MeetingType(values.Get("type")), csdn.Mode(values.Get("mode"))
	p.Phase = csdn.PhaseNumber(number(values.Get("phase")))
	p.Zone, p.Rule = csdn.Zone(values.Get("zone")), csdn.Rule(values.Get("rule"))
	p.Start, p.End = moment(values.Get("start")), moment(values.Get("end"))
	p.ResponseDeadline = time.Time{}
	if until := moment(values.Get("responseDeadline")); !until.IsZero() && p.Zone.Valid() {
		p.ResponseDeadline = until.In(p.Zone)
	}
	p.Venue = csdn.Venue{Name: values.Get("venue.name"), Address: values.Get("venue.address")}
	p.OnlineURL = values.Get("onlineUrl")
	if spoken := readLanguages(values.Get("language")); len(spoken) > 0 {
		p.Language = spoken[0]
	}
	p.Background, p.Objectives = values.Get("background"), values.Get("objectives")
	p.Format, p.Participants = values.Get("format"), values.Get("participants")
	p.Areas = nil
	for _, slug := range values["areas"] {
		p.Areas = append(p.Areas, csdn.AreaSlug(slug))
	}
	p.Seats = csdn.Seats{InPerson: limit(values.Get("seats.inPerson")), Online: limit(values.Get("seats.online"))}
	p.Bands.Total = band(values, "bands.total")
	categories := map[csdn.Category]csdn.Band{}
	for _, c := range csdn.Categories() {
		if b := band(values, "bands.categories."+string(c)); b != (csdn.Band{}) {
			categories[c] = b
		}
	}
	p.Bands.Categories = categories
	p.Agenda = agendaFilled(values, known)
	return p
}

// agendaFilled reads the slots of the agenda, which are numbered from 0. One without a title is left out.
func agendaFilled(values url.Values, known labels) []csdn.AgendaItem {
	var agenda []csdn.AgendaItem
	for n := 0; values.Has(slotField(n, "title")); n++ {
		item := csdn.AgendaItem{
			Kind: csdn.AgendaKind(values.Get(slotField(n, "kind"))), Title: values.Get(slotField(n, "title")),
			By: lines(values.Get(slotField(n, "by"))), Points: lines(values.Get(slotField(n, "points"))),
		}
		for _, line := range lines(values.Get(slotField(n, "questions"))) {
			question, areas := known.readQuestion(line)
			item.Questions, item.QuestionAreas = append(item.Questions, question), append(item.QuestionAreas, areas)
		}
		if strings.TrimSpace(item.Title) == "" {
			continue
		}
		item.Start, _ = csdn.ParseClockTime(values.Get(slotField(n, "start"))) // midnight for what is none, which is outside of the hours
		item.End, _ = csdn.ParseClockTime(values.Get(slotField(n, "end")))
		agenda = append(agenda, item)
	}
	return agenda
}

func slotField(n int, field string) string { return "agenda[" + strconv.Itoa(n) + "]." + field }

// lines splits a text of one entry a line.
func lines(text string) []string {
	var list []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, line)
		}
	}
	return list
}

// number reads a whole number, 0 for what is none.
func number(text string) int {
	n, _ := strconv.Atoi(strings.TrimSpace(text))
	return n
}

// limit reads a number of seats, nil for no limit.
func limit(text string) *int {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	n := number(text)
	return &n
}

func band(values url.Values, name string) csdn.Band {
	return csdn.Band{Min: number(values.Get(name + ".min")), Max: number(values.Get(name + ".max"))}
}

// moment reads a local time as browsers send it, the zero time for what is none.
func moment(text string) csdn.LocalTime {
	t, err := csdn.ParseLocalTime(text)
	if err != nil {
		return csdn.LocalTime{}
	}
	return t
}
