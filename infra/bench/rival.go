package main

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"csdn.example/directory/infra/seed/demo"
	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/search"

	_ "modernc.org/sqlite" // the driver
)

// rival answers searches of organisations from SQLite in memory of the same process, with an index for each question: what one would
// use were there one server.
type rival struct{ db *sql.DB }

// newRival fills a database. Its rows are numbered in the order of names, so that no answer needs to be sorted.
func newRival(ctx context.Context, n demo.Network) (*rival, error) {
	db, err := sql.Open("sqlite", "file:"+newID()+"?mode=memory&cache=shared")
	if err != nil {
		return nil, fmt.Errorf("open SQLite: %w", err)
	}
	r := &rival{db}
	return r, r.fill(ctx, n)
}

func (r *rival) fill(ctx context.Context, n demo.Network) error {
	var cards []csdn.Card
	for _, o := range n.Organisations {
		cards = append(cards, o.Card())
	}
	slices.SortFunc(cards, func(a, b csdn.Card) int { return strings.Compare(a.Name, b.Name) })
	tx, err := r.db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("fill SQLite: %w", err)
	}
	run := func(statement string, values ...any) {
		if err == nil {
			_, err = tx.ExecContext(ctx, statement, values...)
		}
	}
	run(`CREATE TABLE organisation (n INTEGER PRIMARY KEY, id TEXT, name TEXT)`)
	run(`CREATE VIRTUAL TABLE words USING fts5 (name, short, mission, content='', prefix='1 2 3')`)
	for _, facet := range []string{"area", "country", "language", "type"} {
		run(fmt.Sprintf(`CREATE TABLE %s (value TEXT, n INTEGER, PRIMARY KEY (value, n)) WITHOUT ROWID`, facet))
		run(fmt.Sprintf(`CREATE INDEX %s_of ON %s (n, value)`, facet, facet))
	}
	for n, c := range cards {
		run(`INSERT INTO organisation VALUES (?, ?, ?)`, n, c.ID, c.Name)
		run(`INSERT INTO words (rowid, name, short, mission) VALUES (?, ?, ?, ?)`, n, c.Name, c.ShortName, c.Mission)
		for _, a := range c.Areas {
			run(`INSERT OR IGNORE INTO area VALUES (?, ?)`, a, n)
		}
		for _, country := range append([]csdn.Country{c.Country}, c.Countries...) {
			run(`INSERT OR IGNORE INTO country VALUES (?, ?)`, country, n)
		}
		for _, l := range c.Languages {
			run(`INSERT OR IGNORE INTO language VALUES (?, ?)`, l, n)
		}
		run(`INSERT OR IGNORE INTO type VALUES (?, ?)`, c.Type, n)
	}
	run(`ANALYZE`)
	if err != nil {
		return fmt.Errorf("fill SQLite: %w", err)
	}
	return tx.Commit()
}

// question is one search, asked of the index and in SQL.
type question struct {
	name  string
	query search.Query
	ask   func(ctx context.Context, r *rival) error
}

// questions are those of a planner: by three facets, with counts, and by words.
func questions(v csdn.Vocabulary) []question {
	areas := search.NewAreas(v)
	within := "'" + strings.Join(texts(v.Narrower(area)), "','") + "'"
	countries := []csdn.Country{"ML", "NE", "BF"}
	three := fmt.Sprintf(`country AS c WHERE value IN ('%s') AND EXISTS (SELECT 1 FROM language WHERE value = 'en' AND n = c.n)
		AND EXISTS (SELECT 1 FROM area WHERE value IN (%s) AND n = c.n)`, strings.Join(texts(countries), "','"), within) // from what is rarest
	byArea := fmt.Sprintf(`n IN (SELECT n FROM area WHERE value IN (%s))`, within)
	facets := search.Query{Areas: areas, Limit: csdn.DefaultLimit, All: []search.AnyOf{
		search.Any(search.Area, csdn.AreaSlug(area)), search.Any(search.Country, countries...), search.Any(search.Language, "en"),
	}}
	counted := search.Query{Areas: areas, Limit: csdn.DefaultLimit, All: facets.All[:1], Count: []search.Facet{
		search.Area, search.Country, search.Language, search.Type,
	}}
	return []question{
		{"area, country and language", facets, func(ctx context.Context, r *rival) error {
			if err := r.all(ctx, "SELECT count(DISTINCT n), 0 FROM "+three); err != nil {
				return err
			}
			return r.all(ctx, fmt.Sprintf("SELECT DISTINCT n, 0 FROM %s ORDER BY n LIMIT %d", three, csdn.DefaultLimit))
		}},
		{"an area, with four facets counted", counted, func(ctx context.Context, r *rival) error {
			if err := r.page(ctx, "organisation WHERE "+byArea, "n"); err != nil {
				return err
			}
			for _, facet := range []string{"area", "country", "language", "type"} {
				if err := r.all(ctx, fmt.Sprintf(`SELECT value, count(*) FROM %s WHERE %s GROUP BY value`, facet, byArea)); err != nil {
					return err
				}
			}
			return nil
		}},
		{"two words, best first", search.Query{Areas: areas, Limit: csdn.DefaultLimit, Text: "dia ins"}, func(ctx context.Context, r *rival) error {
			return r.page(ctx, "words WHERE words MATCH 'dia* ins*'", "bm25(words, 10, 10, 1)")
		}},
	}
}

// page reads twenty of what is selected, and how many there are.
func (r *rival) page(ctx context.Context, selection, order string) error {
	if err := r.all(ctx, "SELECT count(*), 0 FROM "+selection); err != nil {
		return err
	}
	return r.all(ctx, fmt.Sprintf("SELECT rowid, 0 FROM %s ORDER BY %s LIMIT %d", selection, order, csdn.DefaultLimit))
}

// all reads every row of two columns.
func (r *rival) all(ctx context.Context, query string) error {
	rows, err := r.db.QueryContext(ctx, query)
	if err != nil {
		return fmt.Errorf("ask SQLite: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var value string
		var n int
		if err := rows.Scan(&value, &n); err != nil {
			return fmt.Errorf("ask SQLite: %w", err)
		}
	}
	return rows.Err()
}

func texts[T ~string](list []T) []string {
	plain := make([]string, len(list))
	for i, one := range list {
		plain[i] = string(one)
	}
	return plain
}
