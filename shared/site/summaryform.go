package site

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"csdn.example/directory/shared/csdn"
)

// editSummary shows the form of a summary.
func (s *site) editSummary(w http.ResponseWriter, r *http.Request, v visit) error {
	form, _, err := s.summaryForm(r, v, nil)
	if err != nil {
		return err
	}
	return s.display(w, r, v, http.StatusOK, "form", form)
}

// writeSummary writes a summary that was edited.
func (s *site) writeSummary(w http.ResponseWriter, r *http.Request, v visit) error {
	id := csdn.MeetingID(r.PathValue("id"))
	return s.save(w, r, v, func(values url.Values, read csdn.Version) (string, error) {
		_, err := s.Summaries.Write(r.Context(), v.Caller, id, read, summaryFilled(values))
		return "/meetings/" + string(id) + "/summary", err
	}, func(values url.Values) (draft, error) {
		yours := summaryFilled(values)
		form, stored, err := s.summaryForm(r, v, &yours)
		return draft{form, stored.Facts(), yours.Clean().Facts()}, err
	})
}

// summaryForm is the form of a summary, filled in as it is, or with what was filled in before; and the summary as it is.
func (s *site) summaryForm(r *http.Request, v visit, yours *csdn.SummaryProfile) (editing, csdn.Summary, error) {
	id := csdn.MeetingID(r.PathValue("id"))
	m, err := s.Meetings.Read(r.Context(), v.Caller, id)
	if err != nil {
		return editing{}, csdn.Summary{}, err
	}
	stored, _, err := s.Summaries.Read(r.Context(), v.Caller, id)
	if err != nil && !errors.Is(err, csdn.NotFound) {
		return editing{}, stored, err
	}
	known, err := s.labels(r.Context(), v)
	if err != nil {
		return editing{}, stored, err
	}
	p := stored.SummaryProfile
	if yours != nil {
		p = *yours
	}
	here := "/meetings/" + string(id) + "/summary"
	form := editing{
		Title: "Summary of the meeting", Action: here + "/edit", Submit: "Save the summary", Back: link{Text: m.Title, To: here},
		Version: strconv.FormatInt(int64(stored.Version), 10),
	}
	hint := "What was said, and not by whom. Markdown is understood."
	if m.Rule == csdn.ChathamHouse {
		hint = "What was said, and not by whom: name nobody who was there, nor where they work. Markdown is understood."
	}
	form.Groups = []controls{{Legend: "What was said", Controls: []control{
		{Name: "text", Label: "Summary", Hint: hint, Kind: "text", Value: p.Text, Required: true},
	}}}
	for n := range len(p.Recommendations) + spareRecommendations {
		var one csdn.Recommendation
		if n < len(p.Recommendations) {
			one = p.Recommendations[n]
		}
		areas := known.ticks(one.Areas)
		areas.Name, areas.Hint = recommendationField(n, "areas"), ""
		form.Groups = append(form.Groups, controls{Legend: "Recommendation " + strconv.Itoa(n+1), Controls: []control{
			{Name: recommendationField(n, "id"), Kind: "hidden", Value: string(one.ID)},
			{Name: recommendationField(n, "text"), Label: "Recommendation", Hint: "One without a text is left out.", Kind: "text", Value: one.Text},
			areas,
		}})
	}
	return form, stored, nil
}

func recommendationField(n int, name string) string {
	return "recommendations[" + strconv.Itoa(n) + "]." + name
}

// summaryFilled is what the form says.
func summaryFilled(values url.Values) csdn.SummaryProfile {
	p := csdn.SummaryProfile{Text: values.Get("text")}
	for n := 0; values.Has(recommendationField(n, "text")); n++ {
		one := csdn.Recommendation{ID: csdn.RecommendationID(values.Get(recommendationField(n, "id"))), Text: values.Get(recommendationField(n, "text"))}
		for _, area := range values[recommendationField(n, "areas")] {
			one.Areas = append(one.Areas, csdn.AreaSlug(area))
		}
		if one.Text != "" {
			p.Recommendations = append(p.Recommendations, one)
		}
	}
	return p
}
