package directory

import (
	"context"
	"errors"

	"csdn.example/directory/shared/csdn"
)

// Areas keeps the vocabulary of expertise.
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
		return csdn.Area{}, &csdn.Error{Kind: csdn.Invalid, Message: "The area breaks a rule; errors says which", Fields: []csdn.Field{
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
	fields := csdn.Differences(before.Facts(), after.Facts())
	if len(fields) == 0 {
		return before, nil
	}
	return after, d.Store.PutArea(ctx, after, d.change(caller.Account, "area.written", now, after.Version, fields))
}

// Delete removes an area. Conflict while another area is narrower than it: those would lose their place. Organisations and people that claim
// the area keep the claim until they are next changed, which then names another.
func (d Areas) Delete(ctx context.Context, caller csdn.Caller, slug csdn.AreaSlug, read csdn.Version) error {
	if _, err := permit(caller, "area.deleted"); err != nil {
		return err
	}
	before, err := d.Store.Area(ctx, slug)
	if err != nil {
		return err
	}
	if err := matches(read, before.Version); err != nil {
		return err
	}
	areas, err := d.Store.Areas(ctx)
	if err != nil {
		return err
	}
	if len(csdn.NewVocabulary(areas).Narrower(slug)) > 1 {
		return csdn.Errorf(csdn.Conflict, "Other areas are narrower than this one; move or delete those first.")
	}
	return d.Store.DeleteArea(ctx, before, d.change(caller.Account, "area.deleted", d.Now(), before.Version, nil))
}

// check returns Invalid when a subject claims an area that the vocabulary does not have.
func (v *Vocabularies) check(ctx context.Context, subject string, list []csdn.Expertise) error {
	claimed := make([]csdn.AreaSlug, len(list))
	for i, e := range list {
		claimed[i] = e.Area
	}
	vocabulary, err := v.containing(ctx, claimed...)
	if err != nil {
		return err
	}
	return vocabulary.CheckUse(subject, list)
}
