package dynamo

import (
	"context"
	"fmt"
	"strings"

	"csdn.example/directory/shared/csdn"

	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/expression"
)

// entryItem is a change with its key, which tells its subject.
type entryItem struct {
	PK string `dynamodbav:"pk"`
	SK string `dynamodbav:"sk"`
	changeItem
}

// nouns name the subjects by how the keys of their trails begin.
var nouns = map[string]string{
	"ORG": "organisation", "AREA": "area", "PHASE": "phase", "MEETING": "meeting", "PERSON": "person", "ACCOUNT": "account",
	"IMPORT": "import", "MEETINGTYPE": "meeting-type",
}

func (i entryItem) entry() csdn.Entry {
	prefix, id, _ := strings.Cut(i.PK, "#")
	if prefix+"#" == phasePrefix {
		id = strings.TrimLeft(id, "0")
	}
	e := csdn.Entry{Noun: nouns[prefix], ID: id, Change: i.change()}
	if person, _, ofInvitation := strings.Cut(strings.TrimPrefix(i.SK, changePrefix), "#"); ofInvitation {
		e.Noun, e.ID = "invitation", id+"/"+person
	}
	return e
}

// Latest implements csdn.TrailStore for organisations, areas, phases and meetings.
func (d Directory) Latest(ctx context.Context, before csdn.ChangeID, limit int) ([]csdn.Entry, error) {
	return latest(ctx, d.table(), before, limit)
}

// Latest implements csdn.TrailStore for persons and accounts.
func (d People) Latest(ctx context.Context, before csdn.ChangeID, limit int) ([]csdn.Entry, error) {
	return latest(ctx, d.table(), before, limit)
}

// Latest implements csdn.TrailStore for invitations.
func (d Participation) Latest(ctx context.Context, before csdn.ChangeID, limit int) ([]csdn.Entry, error) {
	return latest(ctx, d.table(), before, limit)
}

func latest(ctx context.Context, t table, before csdn.ChangeID, limit int) ([]csdn.Entry, error) {
	var entries []csdn.Entry
	for {
		s := selection{index: trailIndex, partition: everyChange, newest: true, atMost: limit - len(entries)}
		if before != "" {
			s.within = expression.Key("trailAt").LessThan(expression.Value(before))
		}
		places, err := t.query(ctx, s)
		if err != nil {
			return nil, fmt.Errorf("read the newest changes: %w", err)
		}
		found, err := batch[entryItem](ctx, t, changeKeys(places), false)
		if err != nil {
			return nil, fmt.Errorf("read the newest changes: %w", err)
		}
		entries = append(entries, mapped(found, entryItem.entry)...)
		if len(places) < s.atMost || len(entries) == limit {
			return entries, nil
		}
		before = csdn.ChangeID(textOf(places[len(places)-1], "trailAt"))
	}
}

// changeKeys returns the keys of the changes among what the index trail tells, which tells of tombstones too.
func changeKeys(places []attributes) []key {
	var keys []key
	for _, item := range places {
		if k := (key{textOf(item, "pk"), textOf(item, "sk")}); strings.HasPrefix(k.sk, changePrefix) {
			keys = append(keys, k)
		}
	}
	return keys
}
