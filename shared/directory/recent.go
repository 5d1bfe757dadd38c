package directory

import (
	"context"
	"maps"
	"sync"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/search"
)

// recentSize is how many organisations a function keeps that it has shown lately.
const recentSize = 2000

// recent keeps organisations that were shown lately. A hit of a search tells the present version, so one that is kept at that
// version need not be read again, and a page of such costs nothing but the feed.
type recent struct {
	lock sync.Mutex
	kept map[csdn.OrganisationID]csdn.Organisation
}

// of returns the organisations of the hits that are there, in their order with the hits, reading those that are not kept as they are
// now. One that was archived a moment ago is left out.
func (r *recent) of(ctx context.Context, store csdn.OrganisationStore, hits []search.Hit) ([]csdn.Organisation, []search.Hit, error) {
	page := r.known(hits)
	var wanted []csdn.OrganisationID
	for _, h := range hits {
		if o, known := page[csdn.OrganisationID(h.ID)]; !known || o.Version < h.Version {
			wanted = append(wanted, csdn.OrganisationID(h.ID))
		}
	}
	if len(wanted) > 0 {
		read, err := inBatches(ctx, wanted, store.OrganisationsByID)
		if err != nil {
			return nil, nil, err
		}
		for _, o := range read {
			page[o.ID] = o
		}
		r.keep(page)
	}
	var list []csdn.Organisation
	var shown []search.Hit
	for _, h := range hits {
		if o, there := page[csdn.OrganisationID(h.ID)]; there && o.Status != csdn.Archived {
			list, shown = append(list, o), append(shown, h)
		}
	}
	return list, shown, nil
}

// known returns those of the hits that are kept.
func (r *recent) known(hits []search.Hit) map[csdn.OrganisationID]csdn.Organisation {
	r.lock.Lock()
	defer r.lock.Unlock()
	page := map[csdn.OrganisationID]csdn.Organisation{}
	for _, h := range hits {
		if o, kept := r.kept[csdn.OrganisationID(h.ID)]; kept {
			page[o.ID] = o
		}
	}
	return page
}

// keep adds organisations; when there are too many it begins anew with these.
func (r *recent) keep(page map[csdn.OrganisationID]csdn.Organisation) {
	r.lock.Lock()
	defer r.lock.Unlock()
	if r.kept == nil || len(r.kept)+len(page) > recentSize {
		r.kept = map[csdn.OrganisationID]csdn.Organisation{}
	}
	maps.Copy(r.kept, page)
}
