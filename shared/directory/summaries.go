package directory

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strconv"

	"csdn.example/directory/shared/csdn"
)

// Summaries keeps what was said at meetings, and publishes it when it names nobody who was there.
type Summaries struct {
	Invitations
	Organisations csdn.OrganisationStore
	Mergers       csdn.MergerStore // say under which names organisations were known before
	Drafts        csdn.DraftSummaryStore
	Published     csdn.SummaryStore
	Log           *slog.Logger // is told of what named somebody, by ids
}

// Read returns the summary of a meeting: the one that is worked on, to its planners and the secretariat alone, and the published one.
// Each is zero when there is none; NotFound when there is neither.
func (d Summaries) Read(ctx context.Context, caller csdn.Caller, id csdn.MeetingID) (csdn.Summary, csdn.PublishedSummary, error) {
	var draft csdn.Summary
	m, err := planned(ctx, d.Meetings, caller, "summary.read", id)
	if err != nil {
		return draft, csdn.PublishedSummary{}, err
	}
	p, err := d.Published.PublishedSummary(ctx, id)
	if unlessAbsent(err) != nil {
		return draft, p, err
	}
	if plans(caller, m) {
		if draft, err = d.Drafts.Summary(ctx, id); unlessAbsent(err) != nil {
			return draft, p, err
		}
	}
	if draft.Version == 0 && p.Version == 0 {
		return draft, p, absent()
	}
	return draft, p, nil
}

// Write puts the summary of a meeting that was held. read is the version that it replaces: 0 for one that must be new. Recommendations
// without an id are new and get one. Conflict before the meeting was held.
func (d Summaries) Write(ctx context.Context, caller csdn.Caller, id csdn.MeetingID, read csdn.Version, profile csdn.SummaryProfile) (csdn.Summary, error) {
	const act = "summary.written"
	m, err := planned(ctx, d.Meetings, caller, act, id)
	if err != nil {
		return csdn.Summary{}, err
	}
	before, err := d.Drafts.Summary(ctx, id)
	if unlessAbsent(err) != nil {
		return before, err
	}
	if read == AnyVersion && before.Version == 0 {
		read = 1 // If-Match: * asks for one that is there
	}
	if err := matches(read, before.Version); err != nil {
		return before, err
	}
	if err := m.Summarised(); err != nil {
		return before, err
	}
	profile = profile.Clean()
	if err := profile.Keeps(before.Recommendations); err != nil {
		return before, err
	}
	for n, r := range profile.Recommendations {
		if r.ID == "" {
			profile.Recommendations[n].ID = csdn.RecommendationID(d.NewID())
		}
	}
	if err := errors.Join(profile.Validate(), d.checkAreas(ctx, profile)); err != nil {
		return before, err
	}
	fields := csdn.Differences(before.Facts(), profile.Facts())
	if len(fields) == 0 && before.Version > 0 {
		return before, nil
	}
	after := csdn.Summary{Meeting: id, SummaryProfile: profile, Edition: before.Edition, UpdatedAt: d.Now(), Version: before.Version + 1}
	return after, d.Drafts.PutSummary(ctx, after, d.change(caller, act, after.UpdatedAt, after.Version, fields))
}

// checkAreas returns Invalid when a recommendation names an area that the vocabulary does not have.
func (d Summaries) checkAreas(ctx context.Context, profile csdn.SummaryProfile) error {
	broken := &csdn.Error{Kind: csdn.Invalid, Message: "The summary breaks a rule; errors says which."}
	for n, r := range profile.Recommendations {
		vocabulary, err := d.Areas.containing(ctx, r.Areas...)
		if err != nil {
			return err
		}
		for k, area := range r.Areas {
			if !contains(vocabulary, []csdn.AreaSlug{area}) {
				location := "recommendations[" + strconv.Itoa(n) + "].areas[" + strconv.Itoa(k) + "]"
				broken.Fields = append(broken.Fields, csdn.Field{Location: location, Message: "is not an area of the vocabulary; GET /v1/areas lists them"})
			}
		}
	}
	if len(broken.Fields) == 0 {
		return nil
	}
	return broken
}

// Publish lets others read the summary that the caller read at the version. Of a meeting under the Chatham House Rule it is Conflict while a
// text of it names a participant or the organisation of one, with every such place in Fields, and when it is kept no longer who took
// part; unless the override is given, which is recorded with its reason. See Namings for what a name is.
func (d Summaries) Publish(ctx context.Context, caller csdn.Caller, id csdn.MeetingID, read csdn.Version, o csdn.Override) (csdn.PublishedSummary, error) {
	const act = "summary.published"
	m, err := planned(ctx, d.Meetings, caller, act, id)
	if err != nil {
		return csdn.PublishedSummary{}, err
	}
	s, err := d.Drafts.Summary(ctx, id)
	if csdn.KindOf(err) == csdn.NotFound {
		return csdn.PublishedSummary{}, csdn.Errorf(csdn.Conflict, "The meeting has no summary yet; write one first.")
	}
	if err != nil {
		return csdn.PublishedSummary{}, err
	}
	if err := matches(read, s.Version); err != nil {
		return csdn.PublishedSummary{}, err
	}
	o = o.Clean()
	if err := errors.Join(m.Summarised(), o.Validate()); err != nil {
		return csdn.PublishedSummary{}, err
	}
	before, err := d.Published.PublishedSummary(ctx, id)
	if unlessAbsent(err) != nil {
		return before, err
	}
	after, p, err := s.Publish(before, m.Phase, d.Now())
	if err != nil {
		return before, err
	}
	seating, refusal, err := d.objections(ctx, m, s.SummaryProfile)
	if err != nil {
		return before, err
	}
	fields := append([]csdn.Difference{{Field: "summary.edition", Before: numbered(before.Edition), After: numbered(p.Edition)}},
		csdn.Differences(before.Profile().Facts(), s.Facts())...)
	if refusal != nil && !o.Given {
		d.tell(ctx, "a summary was not published, as it names somebody", caller, id, refusal)
		return before, refusal
	}
	if refusal != nil {
		fields = append(fields, csdn.Difference{Field: "summary.override", After: fmt.Sprintf("%d places: %s", len(refusal.Fields), o.Reason)})
	}
	err = d.Drafts.PublishSummary(ctx, after, p, seating, d.change(caller, act, p.PublishedAt, after.Version, fields))
	if err == nil && refusal != nil {
		d.tell(ctx, "a summary was published although it names somebody", caller, id, refusal)
	}
	return p, err
}

// tell logs what became of a summary that names somebody, by ids.
func (d Summaries) tell(ctx context.Context, what string, caller csdn.Caller, id csdn.MeetingID, refusal *csdn.Error) {
	d.Log.WarnContext(ctx, what, "meeting", string(id), "account", string(caller.Account), "places", len(refusal.Fields))
}

// objections returns why a summary should not be published, nil for nothing against it, and the version of the seating that this was found on.
func (d Summaries) objections(ctx context.Context, m csdn.Meeting, profile csdn.SummaryProfile) (csdn.Version, *csdn.Error, error) {
	seating, err := d.Store.Seating(ctx, m.ID)
	if err != nil || m.Rule == csdn.OpenRule {
		return seating.Version, nil, err
	}
	held, err := d.held(ctx, m)
	if err != nil {
		return seating.Version, nil, err
	}
	if !held {
		return seating.Version, csdn.Errorf(csdn.Conflict, "It is kept no longer who took part, so nobody can check whether the summary names somebody who did. "+
			"Read it through, and publish it by an override with a reason."), nil
	}
	somebody, err := d.participants(ctx, m.ID)
	if err != nil {
		return seating.Version, nil, err
	}
	refusal := csdn.Errorf(csdn.Conflict, "The meeting was held under the Chatham House Rule, and its summary names who was there or where they work; errors says at which "+
		"places. Change those, or publish it by an override with a reason.")
	for _, part := range profile.Parts() {
		for _, n := range Namings(part.Text, somebody) {
			refusal.Fields = append(refusal.Fields, csdn.Field{Location: part.Location, Message: n.String()})
		}
	}
	if len(refusal.Fields) == 0 {
		return seating.Version, nil, nil
	}
	return seating.Version, refusal, nil
}

// String says where somebody is named, and not by which word: a refusal never repeats what was sent.
func (n Naming) String() string {
	if n.First == n.Last {
		return fmt.Sprintf("line %d, word %d, names %s", n.Line, n.First, n.What)
	}
	return fmt.Sprintf("line %d, words %d to %d, name %s", n.Line, n.First, n.Last, n.What)
}

// participants returns who may not be named of a meeting.
func (d Summaries) participants(ctx context.Context, id csdn.MeetingID) ([]Somebody, error) {
	invitations, err := d.Store.Invitations(ctx, id)
	if err != nil {
		return nil, err
	}
	var persons []csdn.PersonID
	var employers []csdn.OrganisationID
	for _, i := range invitations {
		if !i.Participates() {
			continue
		}
		if employers = append(employers, i.Organisation); !i.Erased {
			persons = append(persons, i.Person)
		}
	}
	people, err := inBatches(ctx, persons, d.People.PeopleByID)
	if err != nil {
		return nil, err
	}
	for _, p := range people {
		employers = append(employers, p.Organisation) // who has changed employers since is known by both
	}
	mergers, err := d.Mergers.Mergers(ctx)
	if err != nil {
		return nil, err
	}
	employers = append(employers, csdn.Absorbed(csdn.Organisations, employers, mergers)...)
	organisations, err := inBatches(ctx, once(employers), d.Organisations.OrganisationsByID)
	return participantsOf(people, organisations), err
}
