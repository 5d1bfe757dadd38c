package dynamo

import "csdn.example/directory/shared/csdn"

// cut makes a page of the items that were read with one more than the page holds: that one tells whether there is a next page.
// position says where an item stands in the query of the name.
func cut[T any](items []T, limit int, query string, position func(T) string) csdn.Page[T] {
	if len(items) <= limit {
		return csdn.Page[T]{Items: items}
	}
	items = items[:limit]
	return csdn.Page[T]{Items: items, Next: csdn.SealCursor(query, position(items[limit-1]))}
}

// resume returns the key behind which the page begins, nil for the first page. locate tells the key of a position, and false
// for a text that is none. Malformed for a cursor of another query.
func resume(cursor csdn.Cursor, query string, locate func(position string) (attributes, bool)) (attributes, error) {
	position, err := cursor.Open(query)
	if err != nil || position == "" {
		return nil, err
	}
	after, ok := locate(position)
	if !ok {
		return nil, csdn.Errorf(csdn.Malformed, "The cursor does not belong to this query; start again without one.")
	}
	return after, nil
}
