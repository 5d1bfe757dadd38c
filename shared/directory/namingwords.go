package directory

import (
	"strings"
	"unicode"
)

// unspaced are the scripts that write no spaces between words.
var unspaced = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar}

// set makes a set of words.
func set(words string) map[string]bool {
	list := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		list[word] = true
	}
	return list
}

var (
	titles = set("mr mrs ms mx miss dr prof professor sir dame lord lady m mm mme mlle madame monsieur docteur professeur ambassador minister general colonel")
	// particles are parts of names of four letters and more that many names have.
	particles = set("bint ould mint della dalla dello vander abdel abdul")
	// common are words of English and French that are names as well.
	common = set(`april august baker ball bank banks bell berger best bishop black blanc bright brook brooks brown bush carter case chance chef church clair
		clay constant cook cross dean desert england english faith field fields fine fisher flowers forest fort forte forward france franc free french
		friend frost gold good grace grand gray green grey hall hard hardy hill holland home hope hunter ireland israel jordan joy judge justice keen king
		knight lake land lane large leader legrand light little long loyal mali major march marchand mark marks marsh martial martin mason mercy
		miller moody moon moral mountain noble noel north page paris park parks peace petit piece pierre pope port power powers price prince read reading
		reason rich rivers roche rose sage saint sharp shepherd short silver simple small smart south speaker stand stone storm street strong summer
		sweet swift taylor temple test town turner wall ward waters weeks welcome west white wild winter wise wood woods young`)
)
