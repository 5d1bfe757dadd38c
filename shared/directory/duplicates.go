package directory

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"csdn.example/directory/shared/csdn"
)

// Duplicates tells which records may be of one and the same organisation or person, by what an import takes for likenesses.
type Duplicates struct {
	Organisations csdn.OrganisationStore
	People        csdn.PersonStore
	Feeds         map[csdn.Subject]csdn.Feed
}

// OfOrganisations returns a page of pairs of organisations that are not archived, those with the most likenesses first.
func (d Duplicates) OfOrganisations(ctx context.Context, caller csdn.Caller, page csdn.PageRequest) (csdn.Page[csdn.LikelyPair], error) {
	if _, err := permit(caller, "organisation.duplicates.read"); err != nil {
		return csdn.Page[csdn.LikelyPair]{}, err
	}
	list, err := everything(ctx, d.Feeds[csdn.Organisations], csdn.Organisations, d.Organisations.OrganisationsByID)
	if err != nil {
		return csdn.Page[csdn.LikelyPair]{}, err
	}
	list = slices.DeleteFunc(list, func(o csdn.Organisation) bool { return o.Status == csdn.Archived })
	pairs := pair(list, likenesses, func(a, b csdn.Organisation) csdn.LikelyPair {
		return csdn.LikelyPair{
			First: string(a.ID), Second: string(b.ID), FirstName: a.Name, SecondName: b.Name, Differing: csdn.Compare(a.Facts(), b.Facts()),
		}
	})
	return csdn.Paginate(pairs, "likely organisations", placeOfPair, page)
}

// OfPeople returns a page of pairs of people, those with the most likenesses first.
func (d Duplicates) OfPeople(ctx context.Context, caller csdn.Caller, page csdn.PageRequest) (csdn.Page[csdn.LikelyPair], error) {
	if _, err := permit(caller, "person.duplicates.read"); err != nil {
		return csdn.Page[csdn.LikelyPair]{}, err
	}
	list, err := everything(ctx, d.Feeds[csdn.People], csdn.People, d.People.PeopleByID)
	if err != nil {
		return csdn.Page[csdn.LikelyPair]{}, err
	}
	pairs := pair(list, personLikenesses, func(a, b csdn.Person) csdn.LikelyPair {
		return csdn.LikelyPair{
			First: string(a.ID), Second: string(b.ID), FirstName: a.Name, SecondName: b.Name, Differing: csdn.Compare(a.Facts(), b.Facts()),
		}
	})
	return csdn.Paginate(pairs, "likely people", placeOfPair, page)
}

// pair returns the subjects that are alike, which come in the order of their ids. Of many that are alike each makes a pair with the oldest,
// so that there are never more pairs than likenesses. between compares two.
func pair[S any](list []S, alike func(S) []string, between func(a, b S) csdn.LikelyPair) []csdn.LikelyPair {
	oldest := map[string]int{}
	reasons := map[[2]int][]string{}
	for n, subject := range list {
		for _, likeness := range alike(subject) {
			first, known := oldest[likeness]
			if !known {
				oldest[likeness] = n
				continue
			}
			reason, _, _ := strings.Cut(likeness, " ")
			reasons[[2]int{first, n}] = append(reasons[[2]int{first, n}], reason)
		}
	}
	var pairs []csdn.LikelyPair
	for two, why := range reasons {
		p := between(list[two[0]], list[two[1]])
		p.Reasons = why
		pairs = append(pairs, p)
	}
	slices.SortFunc(pairs, func(a, b csdn.LikelyPair) int { return cmp.Compare(placeOfPair(a), placeOfPair(b)) })
	return pairs
}

// placeOfPair is where a pair stands in the list of all.
func placeOfPair(p csdn.LikelyPair) string {
	return fmt.Sprintf("%d %s %s", 9-len(p.Reasons), p.First, p.Second)
}
