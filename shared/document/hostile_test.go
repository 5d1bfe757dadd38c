package document

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"csdn.example/directory/shared/csdn"
)

func hostile() []string {
	return []string{
		`<script>alert(1)</script>`,
		`</title></style></h1></td><script>alert(1)</script>`,
		`"><img src=x onerror=alert(1)>`,
		`' onmouseover='alert(1)`,
		`" onfocus="alert(1)" autofocus="`,
		`<svg/onload=alert(1)>`,
		`<svg><script href="data:,alert(1)"/></svg>`,
		`<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>`,
		`<a href="javascript:alert(1)">a</a>`,
		`[a](javascript:alert(1))`,
		`[a](java&#x0A;script:alert(1))`,
		`[a](&#106;avascript:alert(1))`,
		`[a]( data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg== )`,
		`[a](vbscript:x "onclick=alert(1)")`,
		`[a](https://a.example/"onmouseover="alert(1))`,
		`<javascript:alert(1)>`,
		`![a](x"onerror="alert(1))`,
		`![a](https://tracker.example/pixel.gif)`,
		"[a]: javascript:alert(1)\n\n[a]",
		"```html\n<img src=x onerror=alert(1)>\n```",
		"<div\nonclick=alert(1)>\n\n<style>@import 'https://a.example'</style>",
		`<iframe srcdoc="<script>alert(1)</script>"></iframe>`,
		`<base href="https://a.example/"><meta http-equiv=refresh content="0;url=https://a.example/"><link rel=stylesheet href=x>`,
		`<form action=https://a.example><input name=a><button formaction=javascript:alert(1)>`,
		`<!--><img src=x onerror=alert(1)>-->`,
		`{{.}}{{template "list" .}}`,
	}
}

// harmless is where the links of a note may lead.
var harmless = regexp.MustCompile(`^(#rule|https?://|mailto:)`)

func TestHostileTextsDoNoHarm(t *testing.T) {
	elements := strings.Fields("html head meta title style body header main section h1 h2 h3 h4 h5 h6 p div br time ul ol li table " +
		"caption thead tbody tr th td sup a strong em code pre blockquote hr")
	attributes := strings.Fields("lang dir charset name content class datetime id role rel href scope aria-labelledby start")
	for _, evil := range hostile() {
		for _, language := range []csdn.Language{"en", "fr", csdn.Language(evil)} {
			m := seedMeeting(t)
			m.Title, m.Venue, m.Type = evil, csdn.Venue{Name: evil, Address: evil}, csdn.MeetingType(evil)
			m.Background, m.Objectives, m.Format, m.Participants = evil, "# "+evil, "Chatham House Rule "+evil, "- "+evil
			m.Zone, m.Language = csdn.Zone(evil), language
			m.Agenda[1].Title = evil
			m.Agenda[1].By, m.Agenda[1].Points, m.Agenda[1].Questions = []string{evil}, []string{evil}, []string{evil}
			phase := fourthPhase()
			phase.Instrument, phase.Label = evil, evil
			page, err := ConceptNote(m, phase)
			if err != nil {
				t.Fatalf("%s: %v", evil, err)
			}
			root, err := html.Parse(strings.NewReader(string(page)))
			if err != nil {
				t.Fatal(err)
			}
			for n := range root.Descendants() {
				if n.Type == html.ElementNode && !slices.Contains(elements, n.Data) {
					t.Errorf("%s leaves a %s", evil, n.Data)
				}
				for _, a := range n.Attr {
					if n.Type == html.ElementNode && !slices.Contains(attributes, a.Key) {
						t.Errorf("%s leaves %s=%q", evil, a.Key, a.Val)
					}
					if a.Key == "href" && !harmless.MatchString(a.Val) {
						t.Errorf("%s leaves a link to %q", evil, a.Val)
					}
				}
			}
			if style := all(root, "style")[0].FirstChild.Data; style != conceptNoteCSS {
				t.Errorf("%s changes the style", evil)
			}
			if n := len(all(root, "h1")); n != 1 {
				t.Errorf("%s makes %d h1", evil, n)
			}
		}
	}
}
