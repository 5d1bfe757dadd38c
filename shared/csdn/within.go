package csdn

// Within returns the region with every region in it, and every country in them, in the order of codes.
func (r Region) Within() ([]Region, []Country) {
	var inside []Region
	for _, row := range regions {
		if row.code == r || oneOf(r, row.broader) {
			inside = append(inside, row.code)
		}
	}
	var within []Country
	for _, row := range countries {
		if oneOf(row.region, inside) {
			within = append(within, row.code)
		}
	}
	return inside, within
}
