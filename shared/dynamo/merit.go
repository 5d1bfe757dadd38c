package dynamo

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"csdn.example/directory/shared/csdn"
)

// A merit is kept as a digit, 1 for an expert and 2 for something to show added up, and the day of the confirmation, if there was
// one, as the number of days since 1970 to the base 36: "3fu5".

const (
	expertMerit  = 1
	evidentMerit = 2
	day          = 24 * time.Hour
)

func encodeMerits(list []csdn.Merit) string {
	encoded := make([]string, len(list))
	for n, m := range list {
		kind := 0
		if m.Expert {
			kind |= expertMerit
		}
		if m.Evident {
			kind |= evidentMerit
		}
		encoded[n] = strconv.Itoa(kind)
		if !m.ConfirmedAt.IsZero() {
			encoded[n] += strconv.FormatInt(m.ConfirmedAt.Unix()/int64(day/time.Second), 36)
		}
	}
	return strings.Join(encoded, itemSeparator)
}

func decodeMerits(s string) ([]csdn.Merit, error) {
	var merits []csdn.Merit
	for _, one := range split[string](s) {
		kind := one[0] - '0'
		m := csdn.Merit{Expert: kind&expertMerit != 0, Evident: kind&evidentMerit != 0}
		if len(one) > 1 {
			days, err := strconv.ParseInt(one[1:], 36, 32)
			if err != nil {
				return nil, fmt.Errorf("decode the merits of a card: %w", err)
			}
			m.ConfirmedAt = time.Unix(days*int64(day/time.Second), 0).UTC()
		}
		merits = append(merits, m)
	}
	return merits, nil
}
