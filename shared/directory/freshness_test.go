package directory_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// bulletin is a feed of organisations whose parts tell what a test lets them, and which remembers what was read of it.
type bulletin struct {
	cards map[string]csdn.Card
	told  []csdn.News
	whole int
	read  [][]string
}

func (b *bulletin) Cards(context.Context, csdn.Subject) ([]csdn.Card, error) {
	b.whole++
	var all []csdn.Card
	for _, card := range b.cards {
		all = append(all, card)
	}
	return all, nil
}

func (b *bulletin) News(_ context.Context, _ csdn.Subject, since time.Time) ([]csdn.News, error) {
	return slices.DeleteFunc(slices.Clone(b.told), func(n csdn.News) bool { return string(n.Change) < csdn.FirstID(since) }), nil
}

func (b *bulletin) CardsByID(_ context.Context, _ csdn.Subject, ids []string) ([]csdn.Card, error) {
	b.read = append(b.read, ids)
	var found []csdn.Card
	for _, id := range ids {
		if card, there := b.cards[id]; there {
			found = append(found, card)
		}
	}
	return found, nil
}

// write makes or changes an organisation, of which the news may be told at once or not.
func (b *bulletin) write(h *house, n int, name string) csdn.News {
	news := csdn.News{Change: csdn.ChangeID(h.clerk.NewID()), ID: id[string](n)}
	b.cards[news.ID] = csdn.Card{ID: news.ID, Version: b.cards[news.ID].Version + 1, Name: name}
	return news
}

// kept returns a house with a bulletin of so many organisations, and a search that returns how many have a word of the name.
func kept(t *testing.T, size int) (h *house, b *bulletin, count func(name string) int) {
	t.Helper()
	h, b = open(t), &bulletin{cards: map[string]csdn.Card{}}
	for n := range size {
		b.write(h, n, fmt.Sprint("Old ", n))
	}
	d := directory.Organisations{Store: h.network, Areas: h.organisations.Areas, Finder: h.finder(csdn.Organisations, b)}
	count = func(name string) int {
		t.Helper()
		found, err := d.Search(t.Context(), official, directory.Filter{Text: name}, first)
		must(t, err)
		return found.Total
	}
	if got := count("old"); got != size || b.whole != 1 || b.read != nil {
		t.Fatalf("%d are found after %d readings", got, b.whole)
	}
	h.clock.pass(time.Hour)
	return h, b, count
}

func finds(t *testing.T, when string, got, want int) {
	t.Helper()
	if got != want {
		t.Errorf("%s, %d are found, not %d", when, got, want)
	}
}

func TestNewsAreReadOnce(t *testing.T) {
	h, b, count := kept(t, 3)
	b.told = append(b.told, b.write(h, 1, "New"), b.write(h, 7, "New"), b.write(h, 1, "New"))
	for range 4 {
		finds(t, "after the news", count("new"), 2)
		h.clock.pass(20 * time.Second)
	}
	b.told = append(b.told, b.write(h, 1, "Newer"))
	finds(t, "after another", count("newer"), 1)
	same(t, [][]string{{id[string](1), id[string](7)}, {id[string](1)}}, b.read)
	if b.whole != 1 {
		t.Errorf("the feed was read %d times", b.whole)
	}
}

// TestNewsThatComeLateAndInAnotherOrderAreHeard tells of an earlier write after a later one.
func TestNewsThatComeLateAndInAnotherOrderAreHeard(t *testing.T) {
	h, b, count := kept(t, 3)
	late := b.write(h, 1, "New")
	h.clock.pass(time.Second)
	b.told = append(b.told, b.write(h, 2, "New"))
	finds(t, "before the late one", count("new"), 1)
	h.clock.pass(25 * time.Second)
	b.told = slices.Insert(b.told, 0, late)
	finds(t, "after it", count("new"), 2)
	same(t, [][]string{{id[string](2)}, {id[string](1)}}, b.read)
}

func TestWhatIsThereNoMoreIsForgotten(t *testing.T) {
	h, b, count := kept(t, 3)
	news := b.write(h, 1, "")
	delete(b.cards, news.ID)
	b.told = append(b.told, news)
	finds(t, "after the end of one", count("old"), 2)
}

// TestAfterVeryManyNewsTheFeedIsReadAnew also lets the feed lack what was written last.
func TestAfterVeryManyNewsTheFeedIsReadAnew(t *testing.T) {
	h, b, count := kept(t, 3)
	for n := range 150 {
		b.told = append(b.told, b.write(h, n, "New"))
	}
	h.clock.pass(time.Hour)
	last := b.write(h, 151, "New")
	b.told = append(b.told, last)
	card := b.cards[last.ID]
	delete(b.cards, last.ID)
	finds(t, "while the feed lacks one", count("new"), 150)
	b.cards[last.ID] = card
	finds(t, "at the next search", count("new"), 151)
	same(t, [][]string{{last.ID}}, b.read)
	if b.whole != 2 {
		t.Errorf("the feed was read %d times", b.whole)
	}
}
