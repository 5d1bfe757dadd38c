package dynamo

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"csdn.example/directory/shared/csdn"

	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/expression"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// feedEntry is the part of an item that puts it into the index feed.
type feedEntry struct {
	Feed   csdn.Subject `dynamodbav:"feed"`
	FeedAt string       `dynamodbav:"feedAt"`
	Card   string       `dynamodbav:"card,omitempty"`
}

func newFeedEntry(subject csdn.Subject, card csdn.Card, at time.Time) feedEntry {
	entry := feedEntry{Feed: subject, FeedAt: feedPlace(at, card.ID)}
	if !card.Removed {
		entry.Card = encodeCard(card)
	}
	return entry
}

// CardsSince implements csdn.Feed for organisations. An error for any other subject.
func (d Directory) CardsSince(ctx context.Context, subject csdn.Subject, since time.Time) ([]csdn.Card, error) {
	if subject != csdn.Organisations {
		return nil, fmt.Errorf("the table of the directory has no feed of %q", subject)
	}
	return cardsSince(ctx, d.table(), subject, since)
}

// CardsSince implements csdn.Feed for people. An error for any other subject.
func (d People) CardsSince(ctx context.Context, subject csdn.Subject, since time.Time) ([]csdn.Card, error) {
	if subject != csdn.People {
		return nil, fmt.Errorf("the table of people has no feed of %q", subject)
	}
	return cardsSince(ctx, d.table(), subject, since)
}

func cardsSince(ctx context.Context, t table, subject csdn.Subject, since time.Time) ([]csdn.Card, error) {
	found, err := t.query(ctx, selection{
		index: feedIndex, partition: string(subject),
		within: expression.Key("feedAt").GreaterThanEqual(expression.Value(sortable(since))),
	})
	if err != nil {
		return nil, fmt.Errorf("read the feed of %s: %w", subject, err)
	}
	cards := make([]csdn.Card, len(found))
	for n, entry := range found {
		if cards[n], err = cardOf(entry); err != nil {
			return nil, fmt.Errorf("read the feed of %s: %w", subject, err)
		}
	}
	return cards, nil
}

// cardOf takes the attributes as they are, without reflection: a search begins with all of them.
func cardOf(entry attributes) (csdn.Card, error) {
	card := csdn.Card{Removed: true}
	if encoded, ok := entry["card"].(*types.AttributeValueMemberS); ok {
		var err error
		if card, err = decodeCard(encoded.Value); err != nil {
			return card, err
		}
	}
	card.ID = idInFeed(textOf(entry, "feedAt"))
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
