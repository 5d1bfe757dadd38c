package csdn

// OrganisationExtract is the organisations of an export, with what it takes to write of them.
type OrganisationExtract struct {
	Organisations []Organisation
	Areas         Vocabulary
	Contact       bool // whether their addresses for mail are among what is told
}

// PersonExtract is the people of an export as its reader may see them, with what it takes to write of them.
type PersonExtract struct {
	People    []Person
	Employers map[OrganisationID]string // the names of their organisations
	Areas     Vocabulary
	Contact   bool // whether addresses for mail, consent and gender are among what is told
}
