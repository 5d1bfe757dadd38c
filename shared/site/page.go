package site

import (
	"net/http"
	"strings"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// page is what the layout shows: around the view of one page, which is all that the page itself can show, the way to the others.
type page struct {
	Language csdn.Language
	Wide     bool   // a working page, as wide as the window allows
	Live     bool   // runs the script that keeps it as things are now
	Member   *link  // who is signed in, and the way to the account; nil for nobody
	Nav      []link // what the member's role can open
	View     any
}

// link leads to a page. Current tells that it is this one, or one below.
type link struct {
	Text    string
	To      string
	Current bool
}

// sections are the parts of the directory, each open to the roles that may do its act.
var sections = []struct {
	text, to string
	act      csdn.Act
}{
	{"Home", "/", "me.read"},
	{"Organisations", "/organisations", "organisation.read"},
	{"People", "/people", "person.read"},
	{"Areas", "/areas", "area.read"},
	{"Meetings", "/meetings", "meeting.read"},
	{"Phases", "/phases", "phase.read"},
	{"Accounts", "/accounts", "account.read"},
	{"Imports", "/imports", "import.read"},
}

// nav returns the sections that the caller may open.
func nav(c csdn.Caller, path string) []link {
	var list []link
	for _, s := range sections {
		if directory.Permits(c, s.act) != nil {
			continue
		}
		list = append(list, link{Text: s.text, To: s.to, Current: path == s.to || strings.HasPrefix(path, s.to+"/")})
	}
	return list
}

// display shows a page to a member, in English, the working language of the network.
func (s *site) display(w http.ResponseWriter, r *http.Request, v visit, status int, name string, view any) error {
	p := v.frame(r)
	p.View = view
	return s.show(w, status, name, p)
}

// displayLive shows a page whose live parts are kept as things are now, where scripts run.
func (s *site) displayLive(w http.ResponseWriter, r *http.Request, v visit, name string, view any) error {
	p := v.frame(r)
	p.View, p.Live = view, true
	return s.show(w, http.StatusOK, name, p)
}

// frame returns what is around a page of the member.
func (v visit) frame(r *http.Request) page {
	return page{
		Language: "en", Wide: true, Nav: nav(v.Caller, r.URL.Path),
		Member: &link{Text: v.account.Email, To: "/account", Current: r.URL.Path == "/account"},
	}
}
