package csdn

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"
)

// Mode is how people meet. A hybrid meeting is attended in person or online, so hybrid is never a participant's mode.
type Mode string

// The modes.
const (
	InPerson Mode = "in-person"
	Online   Mode = "online"
	Hybrid   Mode = "hybrid"
)

// Modes lists the modes of a meeting.
func Modes() []Mode { return []Mode{InPerson, Online, Hybrid} }

// Allows reports whether a participant may attend a meeting of mode m in the mode p.
func (m Mode) Allows(p Mode) bool {
	return (p == InPerson || p == Online) && (m == p || m == Hybrid)
}

// Default returns the mode in which a participant attends unless another is chosen.
func (m Mode) Default() Mode {
	if m == Online {
		return Online
	}
	return InPerson
}

// Rule is what participants may tell of a meeting.
type Rule string

// The rules. Under the Chatham House Rule information may be used, but neither the identity nor the affiliation of the
// speakers, nor that of any other participant, may be revealed (the network's concept note, footnote 1).
const (
	ChathamHouse Rule = "chatham-house"
	OpenRule     Rule = "open"
)

// Rules lists the rules.
func Rules() []Rule { return []Rule{ChathamHouse, OpenRule} }

// MeetingStatus is where a meeting stands: draft → open → held → closed; open → cancelled.
type MeetingStatus string

// The statuses of a meeting.
const (
	MeetingDraft     MeetingStatus = "draft"
	MeetingOpen      MeetingStatus = "open"
	MeetingHeld      MeetingStatus = "held"
	MeetingClosed    MeetingStatus = "closed"
	MeetingCancelled MeetingStatus = "cancelled"
)

// MeetingStatuses lists the statuses of a meeting.
func MeetingStatuses() []MeetingStatus {
	return []MeetingStatus{MeetingDraft, MeetingOpen, MeetingHeld, MeetingClosed, MeetingCancelled}
}

// Venue is where people meet in person.
type Venue struct {
	Name    string
	Address string
}

// Seats are the hard limits of participants per mode. nil is no limit.
type Seats struct {
	InPerson *int
	Online   *int
}

// Limit returns the limit of the mode, nil for none.
func (s Seats) Limit(m Mode) *int {
	if m == Online {
		return s.Online
	}
	return s.InPerson
}

// MeetingProfile is what a planner says of a meeting.
type MeetingProfile struct {
	Phase            PhaseNumber
	Type             MeetingType
	Title            string
	Start            LocalTime
	End              LocalTime
	Zone             Zone
	Mode             Mode
	Venue            Venue
	OnlineURL        string // told to accepted invitees alone
	Language         Language
	Rule             Rule
	Background       string // Markdown, as are the next three
	Objectives       string
	Format           string
	Participants     string
	Areas            []AreaSlug
	Bands            Bands
	Seats            Seats
	ResponseDeadline time.Time // until when answers are taken; zero for the start
	OfferHours       int       // how long a seat that became free is kept for the next in the reserve; 0 for 48
	Agenda           []AgendaItem
	Planners         []AccountID
	RetainUntil      Date // the last day on which it is kept who was invited; "" for the default, see KeptUntil
}

// Meeting is a meeting of the network. Calendar counts the times that its date was changed: the SEQUENCE of its calendar
// entries (RFC 5545, section 3.8.7.4).
type Meeting struct {
	ID MeetingID
	MeetingProfile
	TypeProfile MeetingTypeProfile // what the list said of its type when the meeting was last written
	Status      MeetingStatus
	Calendar    int
	CreatedAt   time.Time
	UpdatedAt   time.Time
	Version     Version
}

// TypeLabel returns what its type is called in the language.
func (m Meeting) TypeLabel(in Language) string {
	if m.TypeProfile == (MeetingTypeProfile{}) {
		return m.Type.Profile().Label(in)
	}
	return m.TypeProfile.Label(in)
}

// StartsAt returns the instant at which the meeting starts.
func (m MeetingProfile) StartsAt() time.Time { return m.Start.In(m.Zone) }

// EndsAt returns the instant at which the meeting ends.
func (m MeetingProfile) EndsAt() time.Time { return m.End.In(m.Zone) }

// AnswersUntil returns the instant after which no answer is taken: the response deadline, or the start.
func (m MeetingProfile) AnswersUntil() time.Time {
	if m.ResponseDeadline.IsZero() {
		return m.StartsAt()
	}
	return m.ResponseDeadline
}

// SameOccasion reports whether the two are at the same time in the same mode, which is what an invitee agrees to.
func (m MeetingProfile) SameOccasion(n MeetingProfile) bool {
	return m.Start == n.Start && m.End == n.End && m.Zone == n.Zone && m.Mode == n.Mode
}

// OfferTime returns how long a seat that became free is kept for the next in the reserve.
func (m MeetingProfile) OfferTime() time.Duration {
	if m.OfferHours == 0 {
		return 48 * time.Hour
	}
	return time.Duration(m.OfferHours) * time.Hour
}

// PlannedBy reports whether the meeting names the account as one of its planners.
func (m MeetingProfile) PlannedBy(account AccountID) bool {
	return slices.Contains(m.Planners, account)
}

// Named returns the areas that the meeting names: those that it is about, and then those of its questions that are none of them.
func (m MeetingProfile) Named() []AreaSlug {
	named := slices.Clone(m.Areas)
	for _, item := range m.Agenda {
		for _, areas := range item.QuestionAreas {
			for _, slug := range areas {
				if !slices.Contains(named, slug) {
					named = append(named, slug)
				}
			}
		}
	}
	return named
}

// Rename returns the meeting with the one area as the other wherever it names it.
func (m MeetingProfile) Rename(area, into AreaSlug) MeetingProfile {
	renamed := func(list []AreaSlug) []AreaSlug {
		return cleanEach(list, func(slug string) string {
			if slug == string(area) {
				return string(into)
			}
			return slug
		})
	}
	m.Areas, m.Agenda = renamed(m.Areas), slices.Clone(m.Agenda)
	for n, item := range m.Agenda {
		m.Agenda[n].QuestionAreas = nil
		for _, areas := range item.QuestionAreas {
			m.Agenda[n].QuestionAreas = append(m.Agenda[n].QuestionAreas, renamed(areas))
		}
	}
	return m
}

// Clean returns the profile with its texts fit to be stored and its defaults set.
func (m MeetingProfile) Clean() MeetingProfile {
	m.Title, m.OnlineURL = cleanLine(m.Title), cleanLine(m.OnlineURL)
	m.Venue = Venue{Name: cleanLine(m.Venue.Name), Address: cleanLine(m.Venue.Address)}
	m.Background, m.Objectives = cleanProse(m.Background), cleanProse(m.Objectives)
	m.Format, m.Participants = cleanProse(m.Format), cleanProse(m.Participants)
	m.Areas, m.Planners = cleanEach(m.Areas, cleanLine), cleanEach(m.Planners, cleanLine)
	m.Agenda = slices.Clone(m.Agenda)
	for i, item := range m.Agenda {
		m.Agenda[i] = item.clean()
	}
	if m.Rule == "" {
		m.Rule = ChathamHouse
	}
	if m.Zone == "" {
		m.Zone = "Europe/Brussels"
	}
	if m.Language == "" {
		m.Language = "en"
	}
	return m
}

// Validate returns Invalid with every broken rule of a clean profile.
func (m MeetingProfile) Validate() error {
	var v violations
	if m.Phase < 1 || m.Phase > maximumPhase {
		v.add("phase", "is not the number of a phase")
	}
	v.line("title", m.Title, 1, 300)
	v.hours(m)
	choice(&v, "mode", m.Mode, Modes())
	v.line("venue.name", m.Venue.Name, 0, maximumName)
	v.line("venue.address", m.Venue.Address, 0, maximumLine)
	if m.OnlineURL != "" {
		v.web("onlineUrl", m.OnlineURL)
	}
	v.language("language", m.Language)
	choice(&v, "rule", m.Rule, Rules())
	v.line("background", m.Background, 0, maximumProse)
	v.line("objectives", m.Objectives, 0, maximumProse)
	v.line("format", m.Format, 0, maximumProse)
	v.line("participants", m.Participants, 0, maximumProse)
	v.count("areas", len(m.Areas), maximumList)
	v.bands(m.Bands)
	v.seats(m.Seats)
	if m.OfferHours < 0 || m.OfferHours > 24*30 {
		v.add("offerHours", "is not a number of hours from 1 to 720")
	}
	v.count("agenda", len(m.Agenda), maximumList)
	for i, item := range m.Agenda {
		v.agendaItem("agenda["+strconv.Itoa(i)+"]", item)
	}
	v.count("planners", len(m.Planners), 20)
	v.retention(m)
	return v.err("The meeting")
}

func (v *violations) hours(m MeetingProfile) {
	if !m.Zone.Valid() {
		v.add("zone", "is not a zone of the IANA database, such as Europe/Brussels")
		return
	}
	switch {
	case m.Start.IsZero():
		v.add("start", "is required")
	case !m.Start.existsIn(m.Zone):
		v.add("start", "is skipped by the clocks of the zone on that day")
	}
	switch {
	case m.End.IsZero():
		v.add("end", "is required")
	case !m.End.existsIn(m.Zone):
		v.add("end", "is skipped by the clocks of the zone on that day")
	case !m.Start.Before(m.End):
		v.add("end", "is not after the start")
	}
	if m.ResponseDeadline.After(m.StartsAt()) {
		v.add("responseDeadline", "is after the start of the meeting")
	}
}

func (v *violations) seats(s Seats) {
	for _, mode := range []Mode{InPerson, Online} {
		location := map[Mode]string{InPerson: "seats.inPerson", Online: "seats.online"}[mode]
		if limit := s.Limit(mode); limit != nil && (*limit < 0 || *limit > 10_000) {
			v.add(location, "is not a number of seats from 0 to 10000")
		}
	}
}

// Warnings returns what a planner should look at again, though nothing forbids it.
func (m MeetingProfile) Warnings() []string {
	warnings := append(agendaWarnings(m), m.Bands.planned()...)
	if m.Mode != Online && m.Venue.Name == "" {
		warnings = append(warnings, "The meeting is in person and names no venue.")
	}
	if m.Mode != InPerson && m.OnlineURL == "" {
		warnings = append(warnings, "The meeting is online and has no online address yet.")
	}
	if total := m.seatTotal(); total != nil && m.Bands.Total.Min > *total {
		warnings = append(warnings, fmt.Sprintf("The %d seats are fewer than the %d participants aimed for.", *total, m.Bands.Total.Min))
	}
	return warnings
}

// seatTotal returns the seats of all modes that the meeting has, nil where one is unlimited.
func (m MeetingProfile) seatTotal() *int {
	total := 0
	for _, mode := range []Mode{InPerson, Online} {
		if !m.Mode.Allows(mode) {
			continue
		}
		limit := m.Seats.Limit(mode)
		if limit == nil {
			return nil
		}
		total += *limit
	}
	return &total
}

// Facts returns the meeting as it stands in the audit trail.
func (m Meeting) Facts() []Fact {
	return []Fact{
		{"status", string(m.Status)}, {"phase", strconv.Itoa(int(m.Phase))}, {"type", string(m.Type)}, {"title", m.Title},
		{"start", m.Start.String()}, {"end", m.End.String()}, {"zone", string(m.Zone)}, {"mode", string(m.Mode)},
		{"venue.name", m.Venue.Name}, {"venue.address", m.Venue.Address}, {"onlineUrl", m.OnlineURL},
		{"language", string(m.Language)}, {"rule", string(m.Rule)}, {"background", m.Background},
		{"objectives", m.Objectives}, {"format", m.Format}, {"participants", m.Participants},
		{"areas", joined(m.Areas)}, {"bands", m.Bands.text()}, {"seats", m.Seats.text()},
		{"responseDeadline", instantText(m.ResponseDeadline)}, {"offerHours", strconv.Itoa(m.OfferHours)}, {"agenda", agendaText(m.Agenda)}, {"planners", joined(m.Planners)},
		{"retainUntil", string(m.RetainUntil)},
	}
}

func (s Seats) text() string {
	text := ""
	if s.InPerson != nil {
		text += "in-person " + strconv.Itoa(*s.InPerson) + " "
	}
	if s.Online != nil {
		text += "online " + strconv.Itoa(*s.Online)
	}
	return cleanLine(text)
}

func instantText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// Publish returns the meeting open: its concept note can be read and experts invited. Conflict unless it is a draft.
func (m Meeting) Publish(at time.Time) (Meeting, error) {
	return m.move(MeetingOpen, at, "opened", MeetingDraft)
}

// Hold returns the meeting held. Conflict unless it is open and has begun.
func (m Meeting) Hold(at time.Time) (Meeting, error) {
	if m.Status == MeetingOpen && at.Before(m.StartsAt()) {
		return m, Errorf(Conflict, "The meeting has not begun, so it cannot be held yet.")
	}
	return m.move(MeetingHeld, at, "held", MeetingOpen)
}

// Close returns the meeting closed. Conflict unless it is held.
func (m Meeting) Close(at time.Time) (Meeting, error) {
	return m.move(MeetingClosed, at, "closed", MeetingHeld)
}

// Cancel returns the meeting cancelled. Conflict unless it is open and has not begun.
func (m Meeting) Cancel(at time.Time) (Meeting, error) {
	if m.Status == MeetingOpen && !at.Before(m.StartsAt()) {
		return m, Errorf(Conflict, "The meeting has begun, so it can no longer be cancelled.")
	}
	cancelled, err := m.move(MeetingCancelled, at, "cancelled", MeetingOpen)
	cancelled.Calendar++
	return cancelled, err
}

// Reschedule returns the meeting on another occasion, for which everybody has to be asked again. Conflict unless it is open and has not
// begun, or when the new start is past already.
func (m Meeting) Reschedule(to MeetingProfile, at time.Time) (Meeting, error) {
	if m.Status != MeetingOpen || !at.Before(m.StartsAt()) {
		return m, Errorf(Conflict, "The meeting is %s, or has begun; only an open one that is still to come can be rescheduled.", m.Status)
	}
	if !at.Before(to.StartsAt()) {
		return m, Errorf(Conflict, "The new start is past already.")
	}
	m.MeetingProfile, m.UpdatedAt = to, at
	m.Calendar, m.Version = m.Calendar+1, m.Version+1
	return m, nil
}

func (m Meeting) move(to MeetingStatus, at time.Time, done string, from MeetingStatus) (Meeting, error) {
	if m.Status != from {
		return m, Errorf(Conflict, "The meeting is %s; only one that is %s can be %s.", m.Status, from, done)
	}
	m.Status, m.UpdatedAt, m.Version = to, at, m.Version+1
	return m, nil
}

// MeetingFilter selects meetings. Empty fields select all. From and To are dates as "2006-01-02" and included.
type MeetingFilter struct {
	Phases   []PhaseNumber
	Types    []MeetingType
	Statuses []MeetingStatus
	Areas    []AreaSlug
	From     string
	To       string
}

// Validate returns Invalid with every value that is none. types are those of the list.
func (f MeetingFilter) Validate(types []MeetingType) error {
	var v violations
	v.phases(f.Phases)
	for _, t := range f.Types {
		choice(&v, "type", t, types)
	}
	for _, s := range f.Statuses {
		choice(&v, "status", s, MeetingStatuses())
	}
	v.day("from", f.From)
	v.day("to", f.To)
	return v.err("The query")
}

func (v *violations) day(location, day string) {
	if _, err := time.Parse(time.DateOnly, day); day != "" && err != nil {
		v.add(location, "is not a date that exists, such as 2023-02-01")
	}
}

// Selects reports whether the filter selects the meeting.
func (f MeetingFilter) Selects(m Meeting) bool {
	day := m.Start.String()[:len("2006-01-02")]
	return (len(f.Phases) == 0 || slices.Contains(f.Phases, m.Phase)) &&
		(len(f.Types) == 0 || oneOf(m.Type, f.Types)) &&
		(len(f.Statuses) == 0 || oneOf(m.Status, f.Statuses)) &&
		(len(f.Areas) == 0 || slices.ContainsFunc(m.Areas, func(a AreaSlug) bool { return oneOf(a, f.Areas) })) &&
		(f.From == "" || day >= f.From) && (f.To == "" || day <= f.To)
}

// MeetingStore keeps meetings.
type MeetingStore interface {
	// Meeting returns one meeting, consistently read. NotFound.
	Meeting(ctx context.Context, id MeetingID) (Meeting, error)
	// Meetings returns the meetings of one phase, the newest start first, consistently read.
	Meetings(ctx context.Context, phase PhaseNumber) ([]Meeting, error)
	// PutMeeting writes the meeting at m.Version, moves its place in the lists of phases from that of before (zero for a
	// new meeting), and appends the change, in one transaction. Stale when the stored version is not the one before.
	PutMeeting(ctx context.Context, before, m Meeting, change Change) error
	// DeleteMeeting removes the meeting at m.Version from everywhere and keeps its trail. Stale when the stored version is another.
	DeleteMeeting(ctx context.Context, m Meeting, change Change) error
}
