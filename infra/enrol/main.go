// Command enrol makes the first account of the secretariat, which makes all others: enrol ADDRESS. Its holder is whoever first
// signs in with the address. The table of people is named by PEOPLE_TABLE; package stack says how the rest is.
package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"time"

	"github.com/oklog/ulid/v2"

	"csdn.example/directory/infra/stack"
	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/dynamo"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: enrol ADDRESS")
		os.Exit(2)
	}
	id, err := enrol(context.Background(), people(), os.Args[1], time.Now().UTC())
	if err != nil {
		slog.Error("nobody is enrolled", "error", err)
		os.Exit(1)
	}
	slog.Info("the first of the secretariat is enrolled", "account", string(id))
}

// enrol makes the account, unless somebody keeps accounts already and can make it.
func enrol(ctx context.Context, store csdn.AccountStore, email string, now time.Time) (csdn.AccountID, error) {
	accounts, err := store.Accounts(ctx)
	if err != nil {
		return "", err
	}
	if slices.ContainsFunc(accounts, csdn.Account.Keeps) {
		return "", errors.New("the secretariat has an account already, which makes the others: POST /v1/accounts")
	}
	newID := func() string { return ulid.MustNew(ulid.Timestamp(now), rand.Reader).String() }
	account := csdn.Account{ID: csdn.AccountID(newID()), CreatedAt: now, UpdatedAt: now, Version: 1}
	profile := csdn.AccountProfile{Email: email, Role: csdn.SecretariatRole, Active: true}
	if account, err = account.With(profile.Clean()); err != nil {
		return "", err
	}
	return account.ID, store.PutAccount(ctx, csdn.Account{}, account, csdn.Change{
		ID: csdn.ChangeID(newID()), At: now, By: account.ID, Act: "account.created", Version: 1,
		Fields: csdn.Differences(nil, account.Profile().Facts()),
	})
}

// people is the table that the environment names.
func people() dynamo.People {
	return dynamo.People{Client: stack.Client(), Table: os.Getenv("PEOPLE_TABLE")}
}
