package dynamo

import (
	"fmt"
	"strconv"
	"strings"

	"csdn.example/directory/shared/csdn"
)

// A card is kept as one short text, because a function that searches reads all of them when it starts: its fields in the order
// of encodeCard, separated by U+001F, the items of a list by U+001E, empty fields at the end left out. Id and version
// are not in it: the index feed has them beside. A removed card is no text at all.
const (
	fieldSeparator = "\x1f"
	itemSeparator  = "\x1e"
)

// cardFields is how many fields a card has. A decoder takes missing ones as empty and leaves further ones aside, so that a
// function that still runs can read the cards of a newer one.
const cardFields = 14

// encodeCard returns the text of a card that is not removed.
func encodeCard(c csdn.Card) string {
	phases := make([]string, len(c.Phases))
	for n, p := range c.Phases {
		phases[n] = strconv.Itoa(int(p))
	}
	fields := [cardFields]string{
		plain(c.Name), plain(c.ShortName), joined(c.Areas), plain(c.Country), joined(c.Countries), joined(c.Regions),
		joined(c.Languages), plain(c.Type), plain(c.Status), joined(phases), plain(c.Organisation),
		plain(c.Position), plain(c.Mission),
		encodeMerits(c.Merits),
	}
	return strings.TrimRight(strings.Join(fields[:], fieldSeparator), fieldSeparator)
}

// plain returns a text without separators. Texts of the domain have no control characters, so nothing is lost.
func plain[T ~string](s T) string {
	if !strings.ContainsAny(string(s), fieldSeparator+itemSeparator) {
		return string(s)
	}
	return strings.NewReplacer(fieldSeparator, "", itemSeparator, "").Replace(string(s))
}

func joined[T ~string](list []T) string {
	var kept []string
	for _, one := range list {
		if s := plain(one); s != "" {
			kept = append(kept, s)
		}
	}
	return strings.Join(kept, itemSeparator)
}

// decodeCard returns the card of a text made by encodeCard.
func decodeCard(s string) (csdn.Card, error) {
	var fields [cardFields]string
	for n := range fields {
		fields[n], s, _ = strings.Cut(s, fieldSeparator)
	}
	c := csdn.Card{
		Name: fields[0], ShortName: fields[1], Areas: split[csdn.AreaSlug](fields[2]), Country: csdn.Country(fields[3]),
		Countries: split[csdn.Country](fields[4]), Regions: split[csdn.Region](fields[5]),
		Languages: split[csdn.Language](fields[6]), Type: fields[7], Status: fields[8],
		Organisation: csdn.OrganisationID(fields[10]), Position: fields[11], Mission: fields[12],
	}
	var err error
	if c.Merits, err = decodeMerits(fields[13]); err != nil {
		return csdn.Card{}, err
	}
	for _, one := range split[string](fields[9]) {
		number, err := strconv.Atoi(one)
		if err != nil {
			return csdn.Card{}, fmt.Errorf("decode the phases of a card: %w", err)
		}
		c.Phases = append(c.Phases, csdn.PhaseNumber(number))
	}
	return c, nil
}

func split[T ~string](s string) []T {
	if s == "" {
		return nil
	}
	list := make([]T, 0, strings.Count(s, itemSeparator)+1)
	for one := range strings.SplitSeq(s, itemSeparator) {
		list = append(list, T(one))
	}
	return list
}
