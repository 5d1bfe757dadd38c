package document

import (
	"html/template"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"csdn.example/directory/shared/csdn"
)

func TestProse(t *testing.T) {
	link := func(href, text string) string { return `<a href="` + href + `" rel="` + rel + `">` + text + `</a>` }
	tests := map[string]struct{ markdown, want string }{
		"empty":                   {"", ""},
		"white space":             {" \n\n\t", ""},
		"paragraphs":              {"one\n\ntwo", "<p>one</p>\n<p>two</p>\n"},
		"emphasis":                {"*a* **b**", "<p><em>a</em> <strong>b</strong></p>\n"},
		"lists":                   {"- a\n- b\n\n3. c", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<ol start=\"3\">\n<li>c</li>\n</ol>\n"},
		"empty items go":          {"- a\n-\n", "<ul>\n<li>a</li>\n</ul>\n"},
		"signs are escaped":       {"a < b & \"c\"", "<p>a &lt; b &amp; &#34;c&#34;</p>\n"},
		"link":                    {"[a](https://a.example/b)", "<p>" + link("https://a.example/b", "a") + "</p>\n"},
		"mailbox":                 {"<a@b.example>", "<p>" + link("mailto:a@b.example", "a@b.example") + "</p>\n"},
		"address in angles":       {"<http://a.example/>", "<p>" + link("http://a.example/", "http://a.example/") + "</p>\n"},
		"bare address":            {"see https://a.example/b.", "<p>see " + link("https://a.example/b", "https://a.example/b") + ".</p>\n"},
		"link without text":       {"a [](https://a.example)", "<p>a </p>\n"},
		"item without text":       {"- a\n- [](https://a.example)", "<ul>\n<li>a</li>\n</ul>\n"},
		"fragment":                {"[a](#rule)", "<p>a</p>\n"},
		"relative link":           {"[a](/b) [c](//d.example)", "<p>a c</p>\n"},
		"other scheme":            {"[a](ftp://a.example) <ftp://b.example>", "<p>a ftp://b.example</p>\n"},
		"script as link":          {"[a](javascript:alert(1)) [b](JaVaScRiPt:x) [c](data:text/html,x)", "<p>a b c</p>\n"},
		"image":                   {"![a *map*](https://a.example/m.png)", "<p>a <em>map</em></p>\n"},
		"image in a link":         {"[![map](m.png)](https://a.example)", "<p>" + link("https://a.example", "map") + "</p>\n"},
		"image without text":      {"![](https://a.example/m.png)", ""},
		"image by reference":      {"![a][m]\n\n[m]: https://a.example/m.png", "<p>a</p>\n"},
		"HTML":                    {"a <b onclick=x()>b</b> <img src=x>", "<p>a b </p>\n"},
		"HTML block":              {"<div>\nx\n</div>\n\ny", "<p>y</p>\n"},
		"heading":                 {"# A", "<h4>A</h4>\n"},
		"headings skip no level":  {"### A\n\n###### B\n\n# C\n\n## D", "<h4>A</h4>\n<h5>B</h5>\n<h4>C</h4>\n<h5>D</h5>\n"},
		"headings end at six":     {"# A\n## B\n### C\n#### D", "<h4>A</h4>\n<h5>B</h5>\n<h6>C</h6>\n<h6>D</h6>\n"},
		"heading in a quotation":  {"> # A", "<blockquote>\n<h4>A</h4>\n</blockquote>\n"},
		"empty heading":           {"# \n\n## <i></i>\n\na", "<p>a</p>\n"},
		"heading under another's": {"A\n===\n\nB\n---", "<h4>A</h4>\n<h5>B</h5>\n"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := prose(tt.markdown)
			if err != nil {
				t.Fatal(err)
			}
			if got != template.HTML(tt.want) {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}

// TestPolicyStandsAlone holds the second guard to what the first one would have taken out.
func TestPolicyStandsAlone(t *testing.T) {
	for dirty, want := range map[string]string{
		`<p onclick="x()" style="color:red" id="rule" class="a">a</p>`:   `<p>a</p>`,
		`<a href="javascript:x()">a</a>`:                                 `a`,
		`<a href="/b">a</a>`:                                             `a`,
		`<img src="https://a.example/m.png">a`:                           `a`,
		`<script>x()</script>a<iframe src="https://a.example"></iframe>`: `a`,
		`<h1>a</h1><svg onload="x()"></svg>`:                             `a`,
	} {
		if got := policy().Sanitize(dirty); got != want {
			t.Errorf("%s gives %q, want %q", dirty, got, want)
		}
	}
}

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
					if a.Key == "href" && !strings.HasPrefix(a.Val, "#rule") && !permitted(a.Val) {
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
