// Command repeat does erasures once more after a table was restored from a time before them: repeat ACCOUNT < erasures.json. The
// erasures are what GET /v1/erasures answered, from before the restoring if the table of the directory was restored too; the account,
// of the secretariat, is whose responsibility it is. All four tables are named by DIRECTORY_TABLE, PEOPLE_TABLE, PARTICIPATION_TABLE
// and OUTBOX_TABLE; package stack says how the rest is. It may be run again: what was erased twice is as erased as before.
package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	mathrand "math/rand/v2"
	"os"
	"time"

	"github.com/oklog/ulid/v2"

	"csdn.example/directory/infra/stack"
	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
	"csdn.example/directory/shared/dynamo"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: repeat ACCOUNT < erasures.json")
		os.Exit(2)
	}
	by := csdn.Caller{Account: csdn.AccountID(os.Args[1]), Role: csdn.SecretariatRole}
	done, err := repeat(context.Background(), rights(), by, os.Stdin)
	if err != nil {
		slog.Error("not every erasure was repeated; it is safe to run this again", "repeated", done, "error", err)
		os.Exit(1)
	}
	slog.Info("every erasure was repeated", "repeated", done)
}

// repeat does the erasures of a list that were done, and returns how many that were. One that fails does not keep the others.
func repeat(ctx context.Context, rights directory.Rights, by csdn.Caller, list io.Reader) (int, error) {
	var told struct {
		Items []struct {
			ID, Status, Person, Account string
			Absorbed                    []csdn.PersonID
		}
		Next string
	}
	if err := json.NewDecoder(list).Decode(&told); err != nil {
		return 0, fmt.Errorf("read the list of erasures: %w", err)
	}
	var failed []error
	if told.Next != "" {
		failed = append(failed, errors.New("the list has further pages; repeat those too"))
	}
	if a, err := rights.Accounts.Account(ctx, by.Account); err != nil || !a.Keeps() {
		return 0, errors.Join(errors.New("the account is none of the secretariat"), err)
	}
	repeated := 0
	for _, e := range told.Items {
		if csdn.ErasureStatus(e.Status) != csdn.ErasureDone {
			continue
		}
		_, err := rights.Repeat(ctx, by, csdn.Erasure{
			ID: csdn.ErasureID(e.ID), Status: csdn.ErasureDone, Person: csdn.PersonID(e.Person), Absorbed: e.Absorbed, Account: csdn.AccountID(e.Account),
		})
		if err != nil {
			failed = append(failed, fmt.Errorf("repeat erasure %s: %w", e.ID, err))
			continue
		}
		repeated++
	}
	return repeated, errors.Join(failed...)
}

// rights opens the four tables that the environment names.
func rights() directory.Rights {
	client := stack.Client()
	clerk := directory.Clerk{
		Now:   func() time.Time { return time.Now().UTC().Truncate(time.Millisecond) },
		NewID: func() string { return ulid.MustNew(ulid.Now(), rand.Reader).String() },
	}
	network := dynamo.Directory{Client: client, Table: os.Getenv("DIRECTORY_TABLE")}
	people := dynamo.People{Client: client, Table: os.Getenv("PEOPLE_TABLE")}
	participation := dynamo.Participation{
		Client: client, Table: os.Getenv("PARTICIPATION_TABLE"), DirectoryTable: network.Table, OutboxTable: os.Getenv("OUTBOX_TABLE"),
	}
	store := dynamo.Rights{
		Client: client, DirectoryTable: network.Table, PeopleTable: people.Table, ParticipationTable: participation.Table,
		OutboxTable: participation.OutboxTable,
	}
	return directory.Rights{
		Clerk: clerk, Store: store, Dossiers: store, People: people, Accounts: people, Tokens: people, Phases: network,
		Invitations: directory.Invitations{
			Clerk: clerk, Store: participation, Meetings: network, People: people, Phases: network,
			Pause: func(int) { time.Sleep(mathrand.N(100 * time.Millisecond)) },
		},
	}
}
