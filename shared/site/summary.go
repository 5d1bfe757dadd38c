package site

import (
	"errors"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/document/prose"
)

// spareRecommendations is how many empty recommendations a form offers beside those that are filled.
const spareRecommendations = 3

// summaryPage is what was said at a meeting: what others read of it, and what its planners can do with it.
type summaryPage struct {
	meetingLine
	Version      csdn.Version // of what is published, which answers are given to
	Edition      int
	Published    string
	Text         template.HTML
	Items        []recommendationLine
	Writes       bool
	Draft        *draftSummary
	Institutions []option
	Statuses     []option
	Answers      bool
	Refused      string
}

type recommendationLine struct {
	Number   int
	ID       string
	Text     template.HTML
	Areas    []string
	Feedback []feedbackLine
}

type feedbackLine struct {
	Institution, Status, Text, When string
	Outdated                        bool
}

// draftSummary is what planners see of the summary that they work on.
type draftSummary struct {
	Version  csdn.Version
	Text     template.HTML
	Items    []recommendationLine
	Publish  bool           // there is something to publish
	Ruled    bool           // it must not name who was there
	Problems []summaryPlace // where it names somebody
	Reason   string
	Wrong    string // with the reason
	Warned   bool   // an override can be given
}

// summaryPlace is where a summary names somebody.
type summaryPlace struct{ Where, What, Line string }

func (s *site) summary(w http.ResponseWriter, r *http.Request, v visit) error {
	view, _, err := s.summaryView(r, v)
	if err != nil {
		return err
	}
	return s.display(w, r, v, http.StatusOK, "summary", view)
}

// summaryOf leads to the summary of a meeting, for those who may read or write one; "" for others.
func (s *site) summaryOf(r *http.Request, v visit, m csdn.Meeting) (string, error) {
	if m.Summarised() != nil {
		return "", nil
	}
	to := "/meetings/" + string(m.ID) + "/summary"
	if v.mayOn("summary.written", m) {
		return to, nil
	}
	_, _, err := s.Summaries.Read(r.Context(), v.Caller, m.ID)
	if errors.Is(err, csdn.NotFound) {
		return "", nil
	}
	return to, err
}

// summaryView is the page of a summary as it is, and the summary that is worked on.
func (s *site) summaryView(r *http.Request, v visit) (summaryPage, csdn.Summary, error) {
	id := csdn.MeetingID(r.PathValue("id"))
	m, err := s.Meetings.Read(r.Context(), v.Caller, id)
	if err != nil {
		return summaryPage{}, csdn.Summary{}, err
	}
	view := summaryPage{meetingLine: v.meetingLine(m), Writes: v.mayOn("summary.written", m) && m.Summarised() == nil}
	draft, p, err := s.Summaries.Read(r.Context(), v.Caller, id)
	if errors.Is(err, csdn.NotFound) && view.Writes {
		return view, draft, nil // nothing is written yet
	}
	if err != nil {
		return view, draft, err
	}
	known, err := s.labels(r.Context(), v)
	if err != nil {
		return view, draft, err
	}
	if p.Version > 0 {
		view.Version, view.Edition, view.Published, view.Answers = p.Version, p.Edition, day(p.PublishedAt), v.mayOn("recommendation.answered", m)
		view.Institutions, view.Statuses = choices(csdn.Institutions(), "", institutionName), choices(csdn.FeedbackStatuses(), "", spell)
		if view.Text, view.Items, err = known.summarised(p.Text, p.Recommendations); err != nil {
			return view, draft, err
		}
	}
	if draft.Version > 0 {
		d := draftSummary{Version: draft.Version, Ruled: m.Rule == csdn.ChathamHouse}
		d.Publish = p.Version == 0 || len(csdn.Differences(p.Profile().Facts(), draft.Facts())) > 0
		var items []csdn.PublishedRecommendation
		for _, one := range draft.Recommendations {
			items = append(items, csdn.PublishedRecommendation{Recommendation: one})
		}
		if d.Text, d.Items, err = known.summarised(draft.Text, items); err != nil {
			return view, draft, err
		}
		view.Draft = &d
	}
	return view, draft, nil
}

// summarised returns the texts of a summary as they are shown.
func (l labels) summarised(text string, recommendations []csdn.PublishedRecommendation) (template.HTML, []recommendationLine, error) {
	shown, err := prose.HTML(text, 2)
	if err != nil {
		return "", nil, err
	}
	var list []recommendationLine
	for n, one := range recommendations {
		line := recommendationLine{Number: n + 1, ID: string(one.ID)}
		if line.Text, err = prose.HTML(one.Text, 3); err != nil {
			return "", nil, err
		}
		for _, area := range one.Areas {
			line.Areas = append(line.Areas, l.area(area))
		}
		for _, f := range one.Feedback {
			line.Feedback = append(line.Feedback, feedbackLine{
				Institution: institutionName(f.Institution), Status: spell(f.Status), Text: f.Text, When: day(f.At), Outdated: !one.Answers(f),
			})
		}
		list = append(list, line)
	}
	return shown, list, nil
}

// institutionName is how an institution is called.
func institutionName(i csdn.Institution) string {
	names := map[csdn.Institution]string{
		"eeas": "European External Action Service", "european-commission": "European Commission", "european-parliament": "European Parliament",
		"council": "Council of the European Union", "member-state": "A Member State", "other": "Another institution",
	}
	return names[i]
}

// publishSummary publishes the summary that the page showed, or shows where it names somebody.
func (s *site) publishSummary(w http.ResponseWriter, r *http.Request, v visit) error {
	values, err := filled(r)
	if err != nil {
		return err
	}
	id := csdn.MeetingID(r.PathValue("id"))
	read, _ := strconv.ParseInt(values.Get("version"), 10, 64)
	o := csdn.Override{Given: values.Get("override") == "yes", Reason: values.Get("reason")}
	_, err = s.Summaries.Publish(r.Context(), v.Caller, id, csdn.Version(read), o)
	if err == nil {
		http.Redirect(w, r, "/meetings/"+string(id)+"/summary", http.StatusSeeOther)
		return nil
	}
	var refused *csdn.Error
	if !errors.As(err, &refused) || !slices.Contains([]csdn.Kind{csdn.Conflict, csdn.Stale, csdn.Invalid}, refused.Kind) {
		return err
	}
	view, draft, viewErr := s.summaryView(r, v)
	if viewErr != nil || view.Draft == nil {
		return errors.Join(viewErr, err)
	}
	view.Draft.Reason = o.Reason
	switch refused.Kind {
	case csdn.Invalid:
		view.Draft.Warned, view.Draft.Wrong, view.Refused = true, refused.Fields[0].Message, "Nothing was published: an override needs a reason."
		return s.display(w, r, v, http.StatusUnprocessableEntity, "summary", view)
	case csdn.Stale:
		view.Refused = "The summary was changed while you were reading. Nothing was published; below is the one that is worked on now."
		return s.display(w, r, v, http.StatusPreconditionFailed, "summary", view)
	}
	view.Refused, view.Draft.Warned, view.Draft.Problems = refused.Message, view.Draft.Ruled && view.Draft.Publish, places(draft.SummaryProfile, refused.Fields)
	if len(view.Draft.Problems) > 0 {
		view.Refused = "The meeting was held under the Chatham House Rule, and the summary names who was there or where they work:"
	}
	return s.display(w, r, v, http.StatusConflict, "summary", view)
}

// places tells where a summary names somebody, with the line that does.
func places(p csdn.SummaryProfile, fields []csdn.Field) []summaryPlace {
	texts := map[string]string{}
	for _, part := range p.Parts() {
		texts[part.Location] = part.Text
	}
	var list []summaryPlace
	for _, f := range fields {
		place := summaryPlace{Where: partTitle(f.Location), What: f.Message}
		number, _, _ := strings.Cut(strings.TrimPrefix(f.Message, "line "), ",")
		if n, err := strconv.Atoi(number); err == nil {
			if lines := strings.Split(texts[f.Location], "\n"); n <= len(lines) {
				place.Line = lines[n-1]
			}
		}
		list = append(list, place)
	}
	return list
}

// partTitle names a part of a summary by its location, such as "recommendations[0].text".
func partTitle(location string) string {
	number, is := strings.CutPrefix(location, "recommendations[")
	if !is {
		return "The summary"
	}
	number, _, _ = strings.Cut(number, "]")
	n, _ := strconv.Atoi(number)
	return "Recommendation " + strconv.Itoa(n+1)
}

// answerRecommendation records what an institution answers.
func (s *site) answerRecommendation(w http.ResponseWriter, r *http.Request, v visit) error {
	values, err := filled(r)
	if err != nil {
		return err
	}
	id := csdn.MeetingID(r.PathValue("id"))
	read, _ := strconv.ParseInt(values.Get("version"), 10, 64)
	_, err = s.Recommendations.Answer(r.Context(), v.Caller, id, csdn.RecommendationID(values.Get("recommendation")), csdn.Version(read), csdn.Feedback{
		Institution: csdn.Institution(values.Get("institution")), Status: csdn.FeedbackStatus(values.Get("status")), Text: values.Get("text"),
	})
	if errors.Is(err, csdn.Stale) || errors.Is(err, csdn.Invalid) {
		view, _, viewErr := s.summaryView(r, v)
		if viewErr != nil {
			return errors.Join(viewErr, err)
		}
		view.Refused = "The summary was changed, or answered by others, while you were reading. Nothing was recorded; look again and answer anew."
		status := http.StatusPreconditionFailed
		if errors.Is(err, csdn.Invalid) {
			view.Refused, status = "Nothing was recorded: choose an institution and an answer, and write at most 1000 characters.", http.StatusUnprocessableEntity
		}
		return s.display(w, r, v, status, "summary", view)
	}
	if err != nil {
		return err
	}
	http.Redirect(w, r, "/meetings/"+string(id)+"/summary#recommendation-"+url.PathEscape(values.Get("recommendation")), http.StatusSeeOther)
	return nil
}
