package site

import (
	"cmp"
	"net/http"
	"net/url"
	"strconv"

	"csdn.example/directory/shared/csdn"
)

// typeList is the types of meetings, for the secretariat.
type typeList struct {
	Items []typeLine
	Form  editing
}

type typeLine struct {
	To, Name, French string
	Retired          bool
}

func (s *site) meetingTypes(w http.ResponseWriter, r *http.Request, v visit) error {
	return s.showTypes(w, r, v, http.StatusOK, typeForm("", "/meeting-types", "Add the type", csdn.MeetingTypeProfile{}))
}

func (s *site) showTypes(w http.ResponseWriter, r *http.Request, v visit, status int, form editing) error {
	types, err := s.types(r, v)
	if err != nil {
		return err
	}
	view := typeList{Form: form}
	for _, t := range types {
		view.Items = append(view.Items, typeLine{To: "/meeting-types/" + string(t.Slug), Name: t.LabelEN, French: t.LabelFR, Retired: t.Retired})
	}
	return s.display(w, r, v, status, "meetingtypes", view)
}

// types returns the whole list of types.
func (s *site) types(r *http.Request, v visit) ([]csdn.ListedMeetingType, error) {
	var all []csdn.ListedMeetingType
	for page := (csdn.PageRequest{Limit: csdn.MaximumLimit}); ; {
		some, err := s.Types.List(r.Context(), v.Caller, page)
		if err != nil {
			return nil, err
		}
		all = append(all, some.Items...)
		if page.Cursor = some.Next; some.Next == "" {
			return all, nil
		}
	}
}

// typeNames tells what the types are called.
func (s *site) typeNames(r *http.Request, v visit) (map[csdn.MeetingType]string, error) {
	types, err := s.types(r, v)
	names := make(map[csdn.MeetingType]string, len(types))
	for _, t := range types {
		names[t.Slug] = t.LabelEN
	}
	return names, err
}

// typeOptions are the types that a meeting can be given, and the one that it has.
func typeOptions(types []csdn.ListedMeetingType, chosen csdn.MeetingType) []option {
	options := []option{}
	known := chosen == ""
	for _, t := range types {
		known = known || t.Slug == chosen
		if !t.Retired || t.Slug == chosen {
			options = append(options, option{Value: string(t.Slug), Text: t.LabelEN, Chosen: t.Slug == cmp.Or(chosen, "policy-meeting")})
		}
	}
	if !known {
		options = append(options, option{Value: string(chosen), Text: spell(chosen), Chosen: true})
	}
	return options
}

// addMeetingType puts a type into the list.
func (s *site) addMeetingType(w http.ResponseWriter, r *http.Request, v visit) error {
	values, err := filled(r)
	if err != nil {
		return err
	}
	slug := csdn.MeetingType(values.Get("slug"))
	if _, err = s.Types.Write(r.Context(), v.Caller, slug, 0, typeFilled(values)); err == nil {
		http.Redirect(w, r, "/meeting-types", http.StatusSeeOther)
		return nil
	}
	if csdn.KindOf(err) == csdn.Stale {
		err = &csdn.Error{Kind: csdn.Invalid, Fields: []csdn.Field{{Location: "slug", Message: "names a type that is there already"}}}
	}
	form := typeForm(slug, "/meeting-types", "Add the type", typeFilled(values))
	if !form.take(err) {
		return err
	}
	return s.showTypes(w, r, v, http.StatusUnprocessableEntity, form)
}

// meetingType shows the form of one type.
func (s *site) meetingType(w http.ResponseWriter, r *http.Request, v visit) error {
	t, err := s.Types.Read(r.Context(), v.Caller, csdn.MeetingType(r.PathValue("slug")))
	if err != nil {
		return err
	}
	return s.display(w, r, v, http.StatusOK, "form", typeEditing(t))
}

// changeMeetingType writes a type that was edited, or removes it from the list.
func (s *site) changeMeetingType(w http.ResponseWriter, r *http.Request, v visit) error {
	slug := csdn.MeetingType(r.PathValue("slug"))
	return s.save(w, r, v, func(values url.Values, read csdn.Version) (string, error) {
		if values.Has("remove") {
			return "/meeting-types", s.Types.Delete(r.Context(), v.Caller, slug, read)
		}
		_, err := s.Types.Write(r.Context(), v.Caller, slug, read, typeFilled(values))
		return "/meeting-types", err
	}, func(values url.Values) (draft, error) {
		stored, err := s.Types.Read(r.Context(), v.Caller, slug)
		if err != nil {
			return draft{}, err
		}
		yours := stored
		yours.MeetingTypeProfile = typeFilled(values)
		return draft{typeEditing(yours), stored.Facts(), yours.Facts()}, nil
	})
}

func typeFilled(values url.Values) csdn.MeetingTypeProfile {
	return csdn.MeetingTypeProfile{LabelEN: values.Get("label.en"), LabelFR: values.Get("label.fr"), Retired: values.Has("retired")}.Clean()
}

func typeEditing(t csdn.ListedMeetingType) editing {
	form := typeForm(t.Slug, "/meeting-types/"+string(t.Slug), "Save the type", t.MeetingTypeProfile)
	form.Title, form.Back = "Edit the type of meeting", link{Text: "Types of meetings", To: "/meeting-types"}
	form.Version = strconv.FormatInt(int64(t.Version), 10)
	form.Groups[0].Legend = t.LabelEN
	form.Groups[0].Controls = append(form.Groups[0].Controls[1:], // the slug stays
		control{Name: "retired", Label: "Retired", Hint: "Given to no other meeting; those that have it keep it.", Kind: "ticks",
			Options: []option{{Value: "yes", Text: "This type is retired", Chosen: t.Retired}}},
		control{Name: "remove", Label: "Remove", Hint: "From the list, which needs that no meeting has it.", Kind: "ticks",
			Options: []option{{Value: "yes", Text: "Remove this type"}}})
	return form
}

func typeForm(slug csdn.MeetingType, action, submit string, p csdn.MeetingTypeProfile) editing {
	return editing{Action: action, Submit: submit, Groups: []controls{{Legend: "New type", Controls: []control{
		{Name: "slug", Label: "Short name", Hint: "For addresses and exports: lower-case letters, digits and hyphens, such as policy-meeting.", Kind: "line", Value: string(slug), Required: true},
		{Name: "label.en", Label: "Name in English", Hint: "As concept notes begin with it, such as Policy Meeting.", Kind: "line", Value: p.LabelEN, Required: true},
		{Name: "label.fr", Label: "Name in French", Kind: "line", Value: p.LabelFR, Required: true},
	}}}}
}
