package csdn

// LikelyPair is two records that may be of one and the same subject: the older one first, with the names that they go by, why they are
// alike, and in what they differ.
type LikelyPair struct {
	First, Second         string // ids
	FirstName, SecondName string
	Reasons               []string
	Differing             []Comparison
}

// Comparison is one field of two records, by its name in the API. Values are as text; lists are joined by ", ".
type Comparison struct {
	Field         string
	First, Second string
}

// Compare returns the fields in which two records differ, given as facts in the same order.
func Compare(first, second []Fact) []Comparison {
	var list []Comparison
	for _, d := range Differences(first, second) {
		list = append(list, Comparison{Field: d.Field, First: d.Before, Second: d.After})
	}
	return list
}
