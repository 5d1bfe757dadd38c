package directory

import (
	"context"
	"errors"

	"csdn.example/directory/shared/csdn"
)

// Areas keeps the vocabulary of expertise. What is claimed of it is the matter of Claims.
type Areas struct {
	Clerk
	Store csdn.AreaStore
}

// List returns a page of the vocabulary in the order of slugs.
func (d Areas) List(ctx context.Context, caller csdn.Caller, page csdn.PageRequest) (csdn.Page[csdn.Area], error) {
	if _, err := permit(caller, "area.read"); err != nil {
		return csdn.Page[csdn.Area]{}, err
	}
	areas, err := d.Store.Areas(ctx)
	if err != nil {
		return csdn.Page[csdn.Area]{}, err
	}
	return csdn.Paginate(areas, "areas", func(a csdn.Area) string { return string(a.Slug) }, page)
}

// Whole returns the whole vocabulary in the order of slugs.
func (d Areas) Whole(ctx context.Context, caller csdn.Caller) ([]csdn.Area, error) {
	if _, err := permit(caller, "area.read"); err != nil {
		return nil, err
	}
	return d.Store.Areas(ctx)
}

// Read returns one area.
func (d Areas) Read(ctx context.Context, caller csdn.Caller, slug csdn.AreaSlug) (csdn.Area, error) {
	if _, err := permit(caller, "area.read"); err != nil {
		return csdn.Area{}, err
	}
	return d.Store.Area(ctx, slug)
}

// Write puts an area into the vocabulary. read is the version that it replaces: 0 for an area that must be new.
func (d Areas) Write(ctx context.Context, caller csdn.Caller, slug csdn.AreaSlug, read csdn.Version, profile csdn.AreaProfile) (csdn.Area, error) {
	if _, err := permit(caller, "area.written"); err != nil {
		return csdn.Area{}, err
	}
	if !slug.Valid() {
		return csdn.Area{}, &csdn.Error{Kind: csdn.Invalid, Message: "The area breaks a rule; errors says which.", Fields: []csdn.Field{
			{Location: "slug", Message: "is not 2 to 60 lower-case letters, digits and single hyphens, starting with a letter"}}}
	}
	before, err := d.Store.Area(ctx, slug)
	if err != nil && !errors.Is(err, csdn.NotFound) {
		return csdn.Area{}, err
	}
	if read == AnyVersion && before.Version == 0 {
		read = 1 // If-Match: * asks for one that is there
	}
	if err := matches(read, before.Version); err != nil {
		return before, err
	}
	now := d.Now()
	after := csdn.Area{Slug: slug, AreaProfile: profile.Clean(), UpdatedAt: now, Version: before.Version + 1}
	if err := after.Validate(); err != nil {
		return before, err
	}
	areas, err := d.Store.Areas(ctx)
	if err != nil {
		return before, err
	}
	if err := csdn.NewVocabulary(areas).Check(after); err != nil {
		return before, err
	}
	if err := d.mayAlter(ctx, before, after); err != nil {
		return before, err
	}
	fields := csdn.Differences(before.Facts(), after.Facts())
	if len(fields) == 0 {
		return before, nil
	}
	return after, d.Store.PutArea(ctx, after, d.change(caller, "area.written", now, after.Version, fields))
}

// mayAlter returns Conflict when the write would alter whether, or by what, an area is replaced whose claims are being rewritten.
func (d Areas) mayAlter(ctx context.Context, before, after csdn.Area) error {
	if before.ReplacedBy == after.ReplacedBy {
		return nil
	}
	m, err := d.Store.Merge(ctx, before.Slug)
	if errors.Is(err, csdn.NotFound) {
		return nil
	}
	if err == nil && m.DoneAt.IsZero() {
		return csdn.Errorf(csdn.Conflict, "The area is being merged into another; wait until that is done.")
	}
	return err
}

// check returns Invalid when a subject claims an area that the vocabulary does not have, or one that is retired and is not among
// what it claimed before.
func (v *Vocabularies) check(ctx context.Context, subject string, list []csdn.Expertise, before ...csdn.Expertise) error {
	claimed := make([]csdn.AreaSlug, len(list))
	for i, e := range list {
		claimed[i] = e.Area
	}
	vocabulary, err := v.containing(ctx, claimed...)
	if err != nil {
		return err
	}
	return vocabulary.CheckUse(subject, list, before...)
}
