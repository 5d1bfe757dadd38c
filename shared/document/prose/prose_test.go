package prose

import (
	"html/template"
	"testing"
)

func TestHTML(t *testing.T) {
	link := func(href, text string) string { return `<a href="` + href + `" rel="` + Rel + `">` + text + `</a>` }
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
			got, err := HTML(tt.markdown, 3)
			if err != nil {
				t.Fatal(err)
			}
			if got != template.HTML(tt.want) {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}

func TestHeadingsContinueTheOutline(t *testing.T) {
	if got, err := HTML("## A\n\n### B", 2); err != nil || got != "<h3>A</h3>\n<h4>B</h4>\n" {
		t.Errorf("got %q, %v", got, err)
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
