package directory_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"

	"github.com/google/go-cmp/cmp"
)

// sat is a house with a held meeting, at which one person of organisation 1 was there; another declined.
func sat(t *testing.T, edits ...func(*csdn.MeetingProfile)) *house {
	t.Helper()
	h := open(t)
	h.phase(t, 4)
	h.area(t, "mediation")
	h.organisation(t, 1, func(p *csdn.OrganisationProfile) { p.Name, p.ShortName = "Sahel Dialogue Forum", "SDF" })
	h.organisation(t, 2, func(p *csdn.OrganisationProfile) { p.Name = "Bureau of Elsewhere" })
	h.person(t, 1, member(1), func(p *csdn.PersonProfile) { p.Name, p.Safety, p.Alias = "Aminata Diallo", csdn.Careful, "The Weaver" })
	h.person(t, 2, member(2), func(p *csdn.PersonProfile) { p.Name = "Jonas Bergström" })
	m := h.meeting(t, 1, csdn.MeetingHeld, edits...)
	write := csdn.InvitationWrite{Meeting: m.ID, MeetingVersion: 1}
	for n, status := range map[int]csdn.InvitationStatus{1: csdn.Attended, 2: csdn.Declined} {
		write.Invitations = append(write.Invitations, csdn.Invitation{Meeting: m.ID, Person: personID(n), Organisation: organisationID(n), Phase: 4, Status: status, Version: 1})
	}
	must(t, h.participation.WriteInvitations(t.Context(), write))
	h.clock.pass(30 * 24 * time.Hour)
	return h
}

func recommending(text string, recommendations ...string) csdn.SummaryProfile {
	p := csdn.SummaryProfile{Text: text}
	for _, r := range recommendations {
		p.Recommendations = append(p.Recommendations, csdn.Recommendation{Text: r, Areas: []csdn.AreaSlug{"mediation"}})
	}
	return p
}

// TestASummaryNamesNobody publishes what names a participant or an organisation by an override alone.
func TestASummaryNamesNobody(t *testing.T) {
	h := sat(t)
	id := meetingID(1)
	s, err := h.summaries.Write(t.Context(), planner, id, 0, recommending("Opening.\n\nAs Diallo of the SDF said, listen.", "The EU should listen.", "As the weaver said: fund it."))
	must(t, err)
	before := h.stored(t)
	_, err = h.summaries.Publish(t.Context(), planner, id, s.Version, csdn.Override{})
	refused(t, csdn.Conflict, err)
	var refusal *csdn.Error
	asError(err, &refusal)
	want := []csdn.Field{
		{Location: "text", Message: "line 3, word 2, names a participant"},
		{Location: "text", Message: "line 3, word 5, names the organisation of a participant"},
		{Location: "recommendations[1].text", Message: "line 1, words 2 to 3, name a participant"},
	}
	if diff := cmp.Diff(want, refusal.Fields); diff != "" {
		t.Error(diff)
	}
	same(t, before, h.stored(t))
	missing(t, third(h.summaries.Read(t.Context(), official, id)))

	// An override needs a reason, and is for the version that was read.
	_, err = h.summaries.Publish(t.Context(), planner, id, s.Version, csdn.Override{Given: true, Reason: " "})
	refused(t, csdn.Invalid, err)
	_, err = h.summaries.Publish(t.Context(), planner, id, s.Version+1, csdn.Override{Given: true, Reason: "They agreed."})
	refused(t, csdn.Stale, err)
	p, err := h.summaries.Publish(t.Context(), planner, id, s.Version, csdn.Override{Given: true, Reason: "Both agreed in writing."})
	must(t, err)
	if p.Edition != 1 || len(p.Recommendations) != 2 {
		t.Errorf("published %+v", p)
	}
	trail, err := h.trails.Latest(t.Context(), secretariat, first)
	must(t, err)
	at := slices.IndexFunc(trail.Items, func(e csdn.Entry) bool { return e.Act == "summary.published" })
	if !slices.Contains(trail.Items[at].Fields, csdn.Difference{Field: "summary.override", After: "3 places: Both agreed in writing."}) {
		t.Errorf("the trail says %+v", trail.Items[at])
	}
	log := h.log.String()
	if !strings.Contains(log, "published although it names somebody") || !strings.Contains(log, string(planner.Account)) || !strings.Contains(log, string(id)) {
		t.Errorf("the log says %s", log)
	}
	for _, name := range []string{"Diallo", "SDF", "Sahel", "Weaver", "agreed", "listen"} {
		if strings.Contains(log, name) {
			t.Errorf("the log holds %s: %s", name, log)
		}
	}
}

func third[A, B any](_ A, _ B, err error) error { return err }

// TestWhatIsNoNameIsPublished: who was not there may be named, a meeting on the record has no secrets, and what is mended goes through.
func TestWhatIsNoNameIsPublished(t *testing.T) {
	for name, c := range map[string]struct {
		edit func(*csdn.MeetingProfile)
		text string
		kind csdn.Kind
	}{
		"nobody":              {func(*csdn.MeetingProfile) {}, "The EU should listen.", ""},
		"who declined":        {func(*csdn.MeetingProfile) {}, "A report of Jonas Bergström, of the Bureau of Elsewhere.", ""},
		"the organisation":    {func(*csdn.MeetingProfile) {}, "The Sahel Dialogue Forum’s report.", csdn.Conflict},
		"on the record":       {func(p *csdn.MeetingProfile) { p.Rule = csdn.OpenRule }, "As Aminata Diallo said.", ""},
		"who is kept no more": {func(p *csdn.MeetingProfile) { p.RetainUntil = "2027-02-02" }, "The EU should listen.", csdn.Conflict},
	} {
		t.Run(name, func(t *testing.T) {
			h := sat(t, c.edit)
			s, err := h.summaries.Write(t.Context(), planner, meetingID(1), 0, recommending(c.text))
			must(t, err)
			_, err = h.summaries.Publish(t.Context(), planner, meetingID(1), s.Version, csdn.Override{})
			refused(t, c.kind, err)
			if c.kind == "" {
				return
			}
			if name == "the organisation" {
				s, err = h.summaries.Write(t.Context(), planner, meetingID(1), s.Version, recommending("The report."))
				must(t, err)
			}
			_, err = h.summaries.Publish(t.Context(), planner, meetingID(1), s.Version, csdn.Override{Given: name != "the organisation", Reason: "I read it through."})
			must(t, err)
		})
	}
}

// TestRecommendationsAreAnsweredByInstitutions follows feedback through two editions, and counts it in the report of the phase.
func TestRecommendationsAreAnsweredByInstitutions(t *testing.T) {
	h := sat(t)
	id := meetingID(1)
	s, err := h.summaries.Write(t.Context(), planner, id, 0, recommending("Text", "One", "Two", "Three"))
	must(t, err)
	p, err := h.summaries.Publish(t.Context(), planner, id, s.Version, csdn.Override{})
	must(t, err)
	counts := func(published, answered int) {
		t.Helper()
		report, err := h.reports.Read(t.Context(), official, 4)
		must(t, err)
		if diff := cmp.Diff(csdn.RecommendationTally{Published: published, Answered: answered}, report.Recommendations); diff != "" {
			t.Error(diff)
		}
		report.Recommendations = csdn.RecommendationTally{}
		phase, err := h.network.Phase(t.Context(), 4)
		must(t, err)
		same(t, csdn.NewReport(phase, nil), report) // which no recommendation alters
	}
	counts(3, 0)
	answer := func(c csdn.Caller, n int, by csdn.Institution, status csdn.FeedbackStatus) {
		t.Helper()
		var err error
		p, err = h.recommendations.Answer(t.Context(), c, id, p.Recommendations[n].ID, p.Version, csdn.Feedback{Institution: by, Status: status, Text: "Because."})
		must(t, err)
	}
	answer(official, 0, "eeas", "noted")
	answer(official, 0, "eeas", "accepted")
	answer(secretariat, 0, "european-commission", "not-accepted")
	answer(official, 1, "eeas", "partly-accepted")
	counts(3, 2)
	if f := p.Recommendations[0].Feedback; len(f) != 2 || f[0].Status != "accepted" || f[1].Status != "not-accepted" {
		t.Errorf("the first is answered %+v", f)
	}

	// Another edition keeps the feedback on what stays; what is worded otherwise has to be answered anew.
	profile := p.Profile()
	profile.Recommendations[1].Text = "Two, but better"
	profile.Recommendations = slices.Delete(profile.Recommendations, 2, 3)
	s, err = h.summaries.Write(t.Context(), planner, id, s.Version+1, profile)
	must(t, err)
	p, err = h.summaries.Publish(t.Context(), planner, id, s.Version, csdn.Override{})
	must(t, err)
	counts(2, 1)
	if r := p.Recommendations[1]; len(r.Feedback) != 1 || r.Answers(r.Feedback[0]) {
		t.Errorf("the second is answered %+v", r)
	}
	answer(official, 1, "eeas", "accepted")
	counts(2, 2)

	// What is refused changes nothing.
	before := h.stored(t)
	for name, c := range map[string]struct {
		id   csdn.RecommendationID
		read csdn.Version
		f    csdn.Feedback
		kind csdn.Kind
	}{
		"no recommendation": {"01J00000000000000000000777", p.Version, csdn.Feedback{Institution: "eeas", Status: "noted"}, csdn.NotFound},
		"an old version":    {p.Recommendations[0].ID, p.Version - 1, csdn.Feedback{Institution: "eeas", Status: "noted"}, csdn.Stale},
		"no institution":    {p.Recommendations[0].ID, p.Version, csdn.Feedback{Institution: "nasa", Status: "noted"}, csdn.Invalid},
		"no status":         {p.Recommendations[0].ID, p.Version, csdn.Feedback{Institution: "eeas", Status: "liked"}, csdn.Invalid},
		"too long":          {p.Recommendations[0].ID, p.Version, csdn.Feedback{Institution: "eeas", Status: "noted", Text: strings.Repeat("x", 1001)}, csdn.Invalid},
	} {
		_, err := h.recommendations.Answer(t.Context(), official, id, c.id, c.read, c.f)
		if csdn.KindOf(err) != c.kind {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err = h.summaries.Publish(t.Context(), planner, id, s.Version+1, csdn.Override{})
	refused(t, csdn.Conflict, err) // it is published as it is
	same(t, before, h.stored(t))
}

func TestBrokenSummariesAreNotWritten(t *testing.T) {
	h := sat(t)
	h.meeting(t, 2, csdn.MeetingOpen)
	refused(t, csdn.Conflict, second(h.summaries.Write(t.Context(), planner, meetingID(2), 0, recommending("Text"))))
	s, err := h.summaries.Write(t.Context(), planner, meetingID(1), 0, recommending("Text", "One"))
	must(t, err)
	kept := s.Recommendations[0]
	for name, c := range map[string]struct {
		profile csdn.SummaryProfile
		where   string
	}{
		"no text":         {csdn.SummaryProfile{}, "text"},
		"an empty one":    {recommending("Text", " "), "recommendations[0].text"},
		"an unknown area": {csdn.SummaryProfile{Text: "T", Recommendations: []csdn.Recommendation{{Text: "One", Areas: []csdn.AreaSlug{"mediation", "magic"}}}}, "recommendations[0].areas[1]"},
		"a foreign id":    {csdn.SummaryProfile{Text: "T", Recommendations: []csdn.Recommendation{{ID: "X", Text: "One"}}}, "recommendations[0].id"},
		"an id twice":     {csdn.SummaryProfile{Text: "T", Recommendations: []csdn.Recommendation{kept, kept}}, "recommendations[1].id"},
		"too many":        {recommending("T", slices.Repeat([]string{"One"}, 21)...), "recommendations"},
		"too long":        {recommending("T", strings.Repeat("x", 1001)), "recommendations[0].text"},
	} {
		_, err := h.summaries.Write(t.Context(), planner, meetingID(1), 1, c.profile)
		refused(t, csdn.Invalid, err)
		var broken *csdn.Error
		if asError(err, &broken); broken == nil || broken.Fields[0].Location != c.where {
			t.Errorf("%s: %v", name, err)
		}
	}
	refused(t, csdn.Stale, second(h.summaries.Write(t.Context(), planner, meetingID(1), 0, recommending("Text"))))
	refused(t, csdn.Stale, second(h.summaries.Write(t.Context(), planner, meetingID(1), 2, recommending("Text"))))
	again, err := h.summaries.Write(t.Context(), planner, meetingID(1), directory.AnyVersion, s.SummaryProfile)
	must(t, err)
	same(t, s, again) // what does not differ writes nothing
}

// TestTheDraftOfASummaryGoesWithTheInvitations: it may name somebody, and so is kept no longer than who was there.
func TestTheDraftOfASummaryGoesWithTheInvitations(t *testing.T) {
	h := sat(t)
	s, err := h.summaries.Write(t.Context(), planner, meetingID(1), 0, recommending("As Diallo said.", "One"))
	must(t, err)
	must(t, second(h.summaries.Publish(t.Context(), planner, meetingID(1), s.Version, csdn.Override{Given: true, Reason: "She agreed."})))
	draft, _, err := h.summaries.Read(t.Context(), planner, meetingID(1))
	must(t, err)
	if draft.Edition != 1 {
		t.Errorf("the draft is of edition %d", draft.Edition)
	}
	for range 3 {
		must(t, second(h.store.ForgetParticipants(t.Context(), meetingID(1))))
	}
	draft, p, err := h.summaries.Read(t.Context(), planner, meetingID(1))
	must(t, err)
	if draft.Version != 0 || p.Edition != 1 {
		t.Errorf("left are the draft %+v and the summary %+v", draft, p)
	}
}

// TestAttendanceRecordedMeanwhileIsNotOverlooked: what was checked against who was there is written on that alone.
func TestAttendanceRecordedMeanwhileIsNotOverlooked(t *testing.T) {
	h := sat(t)
	s := csdn.Summary{Meeting: meetingID(1), SummaryProfile: recommending("Text"), Version: 1}
	s, p, err := s.Publish(csdn.PublishedSummary{}, 4, noon)
	must(t, err)
	s.Version = 1
	refused(t, csdn.Stale, h.participation.PublishSummary(t.Context(), s, p, 7, h.change()))
	must(t, h.participation.PublishSummary(t.Context(), s, p, 0, h.change()))
}

// TestASummaryDoesNotNameAnOrganisationAsItWasCalledBeforeAMerger: the one that stays has the invitation, and the name of the one that went
// tells who was there too.
func TestASummaryDoesNotNameAnOrganisationAsItWasCalledBeforeAMerger(t *testing.T) {
	h := sat(t)
	h.organisation(t, 3, func(p *csdn.OrganisationProfile) { p.Name = "Dune" })
	h.merges(t, csdn.MergerOrder{
		Subject: csdn.Organisations, Keep: string(organisationID(3)), Absorb: string(organisationID(1)), KeepVersion: 1, AbsorbVersion: 1,
	})
	s, err := h.summaries.Write(t.Context(), planner, meetingID(1), 0, recommending("The SDF said: listen. So did Dune."))
	must(t, err)
	_, err = h.summaries.Publish(t.Context(), planner, meetingID(1), s.Version, csdn.Override{})
	refused(t, csdn.Conflict, err)
	var refusal *csdn.Error
	asError(err, &refusal)
	same(t, []csdn.Field{
		{Location: "text", Message: "line 1, word 2, names the organisation of a participant"},
		{Location: "text", Message: "line 1, word 7, names the organisation of a participant"},
	}, refusal.Fields)
}
