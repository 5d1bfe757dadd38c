package site

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/web"
)

// editing is a form over a subject, with what was filled in, what is wrong with it, and what somebody else wrote meanwhile.
type editing struct {
	Title    string
	Action   string // where it is sent
	Submit   string // what the button says
	Back     link   // without changing anything
	Version  string // the entity that the form is about, "" for a new one
	Groups   []controls
	Problems []problemLine
	Clashes  []clash
}

// controls are fields that belong together.
type controls struct {
	Legend   string
	Controls []control
}

// control is one field of a form. Kind is line, text, choice, number, date, clock, moment, ticks, levels or hidden.
type control struct {
	Name, Label, Hint, Kind string
	Value                   string
	Options                 []option
	Required                bool
	Wrong                   string
}

// option is one value that can be chosen; in a control of kind levels, a field of its own with its level as the value.
type option struct {
	Name, Value, Text string
	Chosen            bool
}

// problemLine leads to a field that is wrong.
type problemLine struct{ Field, Label, Text string }

// clash is a field that somebody else changed while the form was open.
type clash struct{ Field, Stored, Yours string }

// take writes what the directory says of the values into the form: each broken rule beside its field. ok is false for an error
// that is not about values.
func (e *editing) take(err error) (ok bool) {
	var refused *csdn.Error
	if !errors.As(err, &refused) || refused.Kind != csdn.Invalid && refused.Kind != csdn.Conflict {
		return false
	}
	if len(refused.Fields) == 0 {
		e.Problems = []problemLine{{Text: refused.Message}}
	}
	for _, f := range refused.Fields {
		e.blame(f.Location, f.Message)
	}
	return true
}

// blame puts a message beside the field in which the location lies, such as "areas" for "areas[2].evidence".
func (e *editing) blame(location, message string) {
	for g := range e.Groups {
		for c := range e.Groups[g].Controls {
			control := &e.Groups[g].Controls[c]
			if control.Name != location && !strings.HasPrefix(location, control.Name+"[") {
				continue
			}
			if control.Wrong == "" {
				control.Wrong = message
				e.Problems = append(e.Problems, problemLine{Field: control.Name, Label: control.Label, Text: message})
			}
			return
		}
	}
	e.Problems = append(e.Problems, problemLine{Text: location + " " + message})
}

// filled reads the form of a request. Line breaks come as CR LF (HTML Standard, "converting an entry list") and count as one character.
func filled(r *http.Request) (url.Values, error) {
	var large *http.MaxBytesError
	err := r.ParseForm()
	if errors.As(err, &large) {
		return nil, web.NewProblem(http.StatusRequestEntityTooLarge, "The form is larger than 1 MiB.")
	}
	if err != nil {
		return nil, csdn.Errorf(csdn.Malformed, "The form cannot be read.")
	}
	for name, values := range r.PostForm {
		for n, value := range values {
			r.PostForm[name][n] = strings.ReplaceAll(value, "\r\n", "\n")
		}
	}
	return r.PostForm, nil
}

// draft is a form as it was filled in, and the facts of its subject as they are stored and as the form would have them.
type draft struct {
	form          editing
	stored, yours []csdn.Fact
}

// save writes what a form says, and leads to the page that write returns. When that is refused nothing that was filled in is lost:
// the form comes back with what is wrong beside each field, or beside what somebody else stored meanwhile, and can be sent again.
func (s *site) save(w http.ResponseWriter, r *http.Request, v visit, write func(url.Values, csdn.Version) (to string, err error), again func(url.Values) (draft, error)) error {
	values, err := filled(r)
	if err != nil {
		return err
	}
	read, _ := strconv.ParseInt(values.Get("version"), 10, 64) // 0, which is never present, for what is none
	to, err := write(values, csdn.Version(read))
	if err == nil {
		http.Redirect(w, r, to, http.StatusSeeOther)
		return nil
	}
	d, formErr := again(values)
	if formErr != nil {
		return errors.Join(formErr, err)
	}
	if errors.Is(err, csdn.Stale) {
		d.form.Clashes = clashes(d.stored, d.yours)
		return s.display(w, r, v, http.StatusPreconditionFailed, "form", d.form)
	}
	if !d.form.take(err) {
		return err
	}
	return s.display(w, r, v, http.StatusUnprocessableEntity, "form", d.form)
}

// clashes compares what is stored with what the form says, field by field.
func clashes(stored, yours []csdn.Fact) []clash {
	var list []clash
	for _, d := range csdn.Differences(stored, yours) {
		list = append(list, clash{Field: d.Field, Stored: d.Before, Yours: d.After})
	}
	return list
}

// choices makes options of a closed list.
func choices[T ~string](list []T, chosen T, text func(T) string) []option {
	options := make([]option, len(list))
	for n, one := range list {
		options[n] = option{Value: string(one), Text: text(one), Chosen: one == chosen}
	}
	return options
}

// spell makes words of a name of the API: "think-tank" is "Think tank".
func spell[T ~string](name T) string {
	words := strings.ReplaceAll(string(name), "-", " ")
	switch {
	case words == "", words == "ngo":
		return strings.ToUpper(words)
	case strings.HasPrefix(words, "eu "):
		return "EU" + words[2:]
	}
	return strings.ToUpper(words[:1]) + words[1:]
}
