// Package scrub makes the file of the local engine forget what was deleted. The engine keeps its tables in SQLite, which leaves
// deleted text in free pages, in the gaps of others, and in the write-ahead log. Deployed, that is DynamoDB's matter.
//
// It may import a driver of SQLite and the standard library.
package scrub

import (
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"

	_ "modernc.org/sqlite" // the driver that Open names; written in Go, so that nothing has to be installed
)

// File writes the database anew, with what it holds alone, and empties its log. No other process may have it open. A file that does
// not exist is left so.
func File(path string) error {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	database, err := sql.Open("sqlite", path)
	if err != nil {
		return fmt.Errorf("open the store: %w", err)
	}
	defer database.Close()
	database.SetMaxOpenConns(1)
	for _, statement := range []string{"PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"} {
		if _, err := database.Exec(statement); err != nil {
			return fmt.Errorf("scrub the store (%s): %w", statement, err)
		}
	}
	return nil
}
