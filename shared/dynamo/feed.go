package dynamo

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"csdn.example/directory/shared/csdn"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/expression"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// The index feed holds the cards of a subject in the order of ids, so that a write moves none of them and costs one unit of the index.
// Whoever has read them all hears what is new by the index trail, to which every write adds, and an erasure too: see tombstone.

// feedEntry is the part of an item that puts it into the index feed.
type feedEntry struct {
	Feed csdn.Subject `dynamodbav:"feed"`
	Card string       `dynamodbav:"card,omitempty"`
}

func newFeedEntry(subject csdn.Subject, card csdn.Card) feedEntry {
	entry := feedEntry{Feed: subject}
	if !card.Removed {
		entry.Card = encodeCard(card)
	}
	return entry
}

// feed reads the feed of the one subject whose records a table holds.
type feed struct {
	table
	subject csdn.Subject
	key     func(id string) key
}

func (d Directory) feed() feed {
	return feed{d.table(), csdn.Organisations, func(id string) key { return organisationKey(csdn.OrganisationID(id)) }}
}

func (d People) feed() feed {
	return feed{d.table(), csdn.People, func(id string) key { return personKey(csdn.PersonID(id)) }}
}

// Cards implements csdn.Feed for organisations. An error for any other subject.
func (d Directory) Cards(ctx context.Context, subject csdn.Subject) ([]csdn.Card, error) {
	return d.feed().cards(ctx, subject)
}

// Cards implements csdn.Feed for people. An error for any other subject.
func (d People) Cards(ctx context.Context, subject csdn.Subject) ([]csdn.Card, error) {
	return d.feed().cards(ctx, subject)
}

// News implements csdn.Feed for organisations. An error for any other subject.
func (d Directory) News(ctx context.Context, subject csdn.Subject, since time.Time) ([]csdn.News, error) {
	return d.feed().news(ctx, subject, since)
}

// News implements csdn.Feed for people. An error for any other subject.
func (d People) News(ctx context.Context, subject csdn.Subject, since time.Time) ([]csdn.News, error) {
	return d.feed().news(ctx, subject, since)
}

// CardsByID implements csdn.Feed for organisations. An error for any other subject.
func (d Directory) CardsByID(ctx context.Context, subject csdn.Subject, ids []string) ([]csdn.Card, error) {
	return d.feed().cardsByID(ctx, subject, ids)
}

// CardsByID implements csdn.Feed for people. An error for any other subject.
func (d People) CardsByID(ctx context.Context, subject csdn.Subject, ids []string) ([]csdn.Card, error) {
	return d.feed().cardsByID(ctx, subject, ids)
}

func (f feed) cards(ctx context.Context, subject csdn.Subject) ([]csdn.Card, error) {
	if subject != f.subject {
		return nil, f.foreign(subject)
	}
	found, err := f.query(ctx, selection{index: feedIndex, partition: string(subject)})
	if err != nil {
		return nil, fmt.Errorf("read the feed of %s: %w", subject, err)
	}
	return f.decoded(found)
}

func (f feed) news(ctx context.Context, subject csdn.Subject, since time.Time) ([]csdn.News, error) {
	if subject != f.subject {
		return nil, f.foreign(subject)
	}
	found, err := f.query(ctx, selection{
		index: trailIndex, partition: everyChange,
		within: expression.Key("trailAt").GreaterThanEqual(expression.Value(csdn.FirstID(since))),
	})
	if err != nil {
		return nil, fmt.Errorf("read the news of %s: %w", subject, err)
	}
	var news []csdn.News
	for _, item := range found {
		if id, ok := f.id(item); ok {
			news = append(news, csdn.News{Change: csdn.ChangeID(textOf(item, "trailAt")), ID: id})
		}
	}
	return news, nil
}

func (f feed) cardsByID(ctx context.Context, subject csdn.Subject, ids []string) ([]csdn.Card, error) {
	if subject != f.subject {
		return nil, f.foreign(subject)
	}
	projected := expression.NamesList(expression.Name("pk"), expression.Name("sk"), expression.Name("card"), expression.Name("version"))
	built, err := expression.NewBuilder().WithProjection(projected).Build()
	if err != nil {
		return nil, fmt.Errorf("build a projection: %w", err)
	}
	wanted := mapped(ids, f.key)
	found := map[key]attributes{}
	for chunk := range slices.Chunk(askable(wanted), batchSize) {
		only := types.KeysAndAttributes{
			ConsistentRead: aws.Bool(true), ProjectionExpression: built.Projection(), ExpressionAttributeNames: built.Names(),
		}
		if err := f.collect(ctx, chunk, only, found); err != nil {
			return nil, fmt.Errorf("read %d cards of %s: %w", len(ids), subject, err)
		}
	}
	return f.decoded(inOrder(wanted, found))
}

// id returns the id of the subject whose record or trail the item belongs to; ok is false for an item of anything else.
func (f feed) id(item attributes) (id string, ok bool) {
	return strings.CutPrefix(textOf(item, "pk"), f.key("").pk)
}

func (f feed) foreign(subject csdn.Subject) error {
	return fmt.Errorf("the table %s has a feed of %q, and none of %q", f.name, f.subject, subject)
}

func (f feed) decoded(found []attributes) ([]csdn.Card, error) {
	cards := make([]csdn.Card, len(found))
	for n, entry := range found {
		var err error
		if cards[n], err = f.card(entry); err != nil {
			return nil, fmt.Errorf("read the feed of %s: %w", f.subject, err)
		}
	}
	return cards, nil
}

// card takes the attributes as they are, without reflection: a search begins with all of them.
func (f feed) card(entry attributes) (csdn.Card, error) {
	card := csdn.Card{Removed: true}
	if encoded, ok := entry["card"].(*types.AttributeValueMemberS); ok {
		var err error
		if card, err = decodeCard(encoded.Value); err != nil {
			return card, err
		}
	}
	card.ID, _ = f.id(entry)
	version, ok := entry["version"].(*types.AttributeValueMemberN)
	if !ok {
		return card, fmt.Errorf("the card of %s has no version", card.ID)
	}
	number, err := strconv.ParseInt(version.Value, 10, 64)
	if err != nil {
		return card, fmt.Errorf("decode the version of the card of %s: %w", card.ID, err)
	}
	card.Version = csdn.Version(number)
	return card, nil
}
