package dynamo

import (
	"csdn.example/directory/shared/csdn"
)

// changeItem is one entry of a trail, and in the index trail among all of its table.
type changeItem struct {
	Trail   string           `dynamodbav:"trail"`
	TrailAt csdn.ChangeID    `dynamodbav:"trailAt"`
	ID      csdn.ChangeID    `dynamodbav:"id"`
	At      instant          `dynamodbav:"at"`
	By      csdn.AccountID   `dynamodbav:"by"`
	Token   csdn.TokenID     `dynamodbav:"token,omitempty"`
	Act     csdn.Act         `dynamodbav:"act"`
	Version csdn.Version     `dynamodbav:"version"`
	Fields  []differenceItem `dynamodbav:"fields,omitempty"`
}

type differenceItem struct {
	Field  string `dynamodbav:"field"`
	Before string `dynamodbav:"before,omitempty"`
	After  string `dynamodbav:"after,omitempty"`
}

func newChangeItem(c csdn.Change) changeItem {
	return changeItem{
		Trail: everyChange, TrailAt: c.ID,
		ID: c.ID, At: instant{c.At}, By: c.By, Token: c.Token, Act: c.Act, Version: c.Version,
		Fields: mapped(c.Fields, func(d csdn.Difference) differenceItem { return differenceItem(d) }),
	}
}

func (i changeItem) change() csdn.Change {
	return csdn.Change{
		ID: i.ID, At: i.At.Time, By: i.By, Token: i.Token, Act: i.Act, Version: i.Version,
		Fields: mapped(i.Fields, func(d differenceItem) csdn.Difference { return csdn.Difference(d) }),
	}
}

// record appends a change to a trail. Nothing in a trail is ever written over.
func (w *transaction) record(table string, k key, c csdn.Change) {
	w.put(table, k, newChangeItem(c), missing(), csdn.Errorf(csdn.Conflict, "This change is recorded already."))
}
