package site

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestContrast checks the colours of the style, light and dark, against the least contrasts of WCAG 2.2 (1.4.3 and 1.4.11).
func TestContrast(t *testing.T) {
	light, dark, _ := strings.Cut(string(styleSheet), "@media (prefers-color-scheme: dark)")
	dark, _, _ = strings.Cut(dark, "\n}\n")
	for scheme, rules := range map[string]string{"light": light, "dark": dark} {
		colours := map[string]float64{}
		for _, m := range regexp.MustCompile(`--([a-z-]+): #([0-9a-f]{6});`).FindAllStringSubmatch(rules, -1) {
			colours[m[1]] = luminance(t, m[2])
		}
		for _, c := range []struct {
			front, back string
			least       float64
		}{
			{"ink", "ground", 4.5}, {"ink", "sheet", 4.5}, {"ink", "tint", 4.5}, {"ink", "alarm-tint", 4.5},
			{"quiet", "ground", 4.5}, {"quiet", "sheet", 4.5}, {"quiet", "tint", 4.5},
			{"accent", "sheet", 4.5}, {"accent", "tint", 4.5}, {"accent", "ground", 4.5}, {"on-accent", "accent", 4.5},
			{"alarm", "sheet", 4.5}, {"alarm", "alarm-tint", 4.5}, {"control", "sheet", 3}, {"control", "tint", 3},
		} {
			front, known := colours[c.front]
			back, also := colours[c.back]
			if ratio := (math.Max(front, back) + 0.05) / (math.Min(front, back) + 0.05); !known || !also || ratio < c.least {
				t.Errorf("%s on %s, %s: the contrast is %.2f, want at least %.1f", c.front, c.back, scheme, ratio, c.least)
			}
		}
	}
}

// luminance returns the relative luminance of a colour in hexadecimal, as WCAG 2.2 defines it.
func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	sum := 0.0
	for n, weight := range []float64{0.2126, 0.7152, 0.0722} {
		value, err := strconv.ParseUint(colour[2*n:2*n+2], 16, 8)
		must(t, err)
		c := float64(value) / 255
		if c <= 0.04045 {
			sum += weight * c / 12.92
			continue
		}
		sum += weight * math.Pow((c+0.055)/1.055, 2.4)
	}
	return sum
}
