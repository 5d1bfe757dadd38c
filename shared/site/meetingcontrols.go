package site

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"csdn.example/directory/shared/csdn"
)

// spareSlots is how many empty slots of the agenda a form offers beside those that are filled.
const spareSlots = 3

// meetingForm is the form of a meeting, filled in. stored is the meeting as it is, nil for a new one.
func (s *site) meetingForm(r *http.Request, v visit, p csdn.MeetingProfile, stored *csdn.Meeting) (editing, error) {
	known, err := s.labels(r.Context(), v)
	if err != nil {
		return editing{}, err
	}
	phases, err := s.Phases.List(r.Context(), v.Caller, csdn.PageRequest{Limit: csdn.MaximumLimit})
	if err != nil {
		return editing{}, err
	}
	types, err := s.types(r, v)
	if err != nil {
		return editing{}, err
	}
	form := editing{Title: "Plan a meeting", Action: "/meetings/new", Submit: "Save the draft", Back: link{Text: "Meetings", To: "/meetings"}}
	if stored != nil {
		here := "/meetings/" + string(stored.ID)
		form = editing{
			Title: "Edit the meeting", Action: here + "/edit", Submit: "Save the meeting", Back: link{Text: stored.Title, To: here},
			Version: strconv.FormatInt(int64(stored.Version), 10),
		}
	}
	form.Groups = []controls{
		{Legend: "What and when", Controls: []control{
			{Name: "title", Label: "Title", Kind: "line", Value: p.Title, Required: true},
			{Name: "type", Label: "Type", Kind: "choice", Options: typeOptions(types, p.Type)},
			{Name: "phase", Label: "Phase", Kind: "choice", Options: phaseOptions(phases.Items, p.Phase)},
			{Name: "start", Label: "Begins", Kind: "moment", Value: p.Start.String(), Required: true},
			{Name: "end", Label: "Ends", Kind: "moment", Value: p.End.String(), Required: true},
			{Name: "zone", Label: "Time zone", Hint: "Such as Europe/Brussels.", Kind: "line", Value: string(p.Zone)},
			{Name: "responseDeadline", Label: "Answers are taken until", Hint: "In the same time zone. The start unless set.", Kind: "moment", Value: deadlineText(p)},
			{Name: "language", Label: "Language", Kind: "line", Value: namesOf([]csdn.Language{p.Language})},
		}},
		{Legend: "Where", Controls: []control{
			{Name: "mode", Label: "Takes place", Kind: "choice", Options: choices(csdn.Modes(), p.Mode, spell)},
			{Name: "venue.name", Label: "Venue", Kind: "line", Value: p.Venue.Name},
			{Name: "venue.address", Label: "Address", Kind: "line", Value: p.Venue.Address},
			{Name: "onlineUrl", Label: "Address online", Hint: "Told to those who accepted, and to no one else.", Kind: "line", Value: p.OnlineURL},
			{Name: "seats.inPerson", Label: "Seats in the room", Hint: "Nobody can accept beyond them. Empty for no limit.", Kind: "number", Value: limitText(p.Seats.InPerson)},
			{Name: "seats.online", Label: "Seats online", Kind: "number", Value: limitText(p.Seats.Online)},
		}},
		{Legend: "Who should come", Controls: bandControls(p.Bands)},
		{Legend: "What it is about", Controls: []control{
			known.ticks(p.Areas),
			{Name: "rule", Label: "Rule", Kind: "choice", Options: choices(csdn.Rules(), p.Rule, spell)},
			{Name: "background", Label: "Background", Hint: "Markdown is understood, here and below.", Kind: "text", Value: p.Background},
			{Name: "objectives", Label: "Objectives", Kind: "text", Value: p.Objectives},
			{Name: "format", Label: "Format", Kind: "text", Value: p.Format},
			{Name: "participants", Label: "Participants", Kind: "text", Value: p.Participants},
		}},
	}
	for n := range len(p.Agenda) + spareSlots {
		form.Groups = append(form.Groups, slotControls(n, p.Agenda, known))
	}
	return form, nil
}

func phaseOptions(phases []csdn.Phase, chosen csdn.PhaseNumber) []option {
	var options []option
	for _, p := range phases {
		options = append(options, option{Value: strconv.Itoa(int(p.Number)), Text: p.Label, Chosen: p.Number == chosen || chosen == 0 && p.Number == phases[len(phases)-1].Number})
	}
	return options
}

// bandControls are the numbers of participants aimed for.
func bandControls(b csdn.Bands) []control {
	of := func(name, label string, one csdn.Band) []control {
		return []control{
			{Name: name + ".min", Label: label + ": at least", Kind: "number", Value: countText(one.Min)},
			{Name: name + ".max", Label: label + ": at most", Kind: "number", Value: countText(one.Max)},
		}
	}
	list := of("bands.total", "All participants", b.Total)
	for _, c := range csdn.Categories() {
		list = append(list, of("bands.categories."+string(c), spell(c), b.Categories[c])...)
	}
	return list
}

func slotControls(n int, agenda []csdn.AgendaItem, known labels) controls {
	var item csdn.AgendaItem
	start, end := "", ""
	if n < len(agenda) {
		item = agenda[n]
		start, end = item.Start.String(), item.End.String()
	}
	return controls{Legend: "Agenda, item " + strconv.Itoa(n+1), Controls: []control{
		{Name: slotField(n, "title"), Label: "Title", Hint: "An item without a title is left out.", Kind: "line", Value: item.Title},
		{Name: slotField(n, "kind"), Label: "Kind", Kind: "choice", Options: choices(csdn.AgendaKinds(), item.Kind, spell)},
		{Name: slotField(n, "start"), Label: "Begins", Kind: "clock", Value: start},
		{Name: slotField(n, "end"), Label: "Ends", Kind: "clock", Value: end},
		{Name: slotField(n, "by"), Label: "Who speaks", Hint: "Institutions, one a line.", Kind: "text", Value: strings.Join(item.By, "\n")},
		{Name: slotField(n, "points"), Label: "Points", Hint: "One a line.", Kind: "text", Value: strings.Join(item.Points, "\n")},
		{Name: slotField(n, "questions"), Label: "Guiding questions", Hint: "One a line, at its end in square brackets the areas of expertise that it calls for: What holds a truce? [Mediation, Gender]", Kind: "text", Value: known.questions(item)},
	}}
}

// ticks is the control of the areas that a meeting is about.
func (l labels) ticks(chosen []csdn.AreaSlug) control {
	c := control{Name: "areas", Label: "Areas of expertise", Kind: "ticks", Hint: "Experts are sought by these."}
	for _, a := range l.areas {
		if a.Retired && !slices.Contains(chosen, a.Slug) {
			continue
		}
		c.Options = append(c.Options, option{Value: string(a.Slug), Text: a.LabelEN, Chosen: slices.Contains(chosen, a.Slug)})
	}
	slices.SortFunc(c.Options, func(a, b option) int { return strings.Compare(a.Text, b.Text) })
	return c
}

func deadlineText(p csdn.MeetingProfile) string {
	if p.ResponseDeadline.IsZero() {
		return ""
	}
	return p.ResponseDeadline.In(p.Zone.Location()).Format("2006-01-02T15:04")
}

func limitText(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

func countText(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
