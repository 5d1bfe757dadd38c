// Command enrol makes the first account of the secretariat, which makes all others: enrol ADDRESS. Its holder is whoever first
// signs in with the address. The table of people is named by PEOPLE_TABLE; AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY,
// AWS_SESSION_TOKEN and AWS_ENDPOINT_URL_DYNAMODB say where it is, as to every AWS client.
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

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/oklog/ulid/v2"

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
	options := dynamodb.Options{
		Region: os.Getenv("AWS_REGION"),
		Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{
				AccessKeyID: os.Getenv("AWS_ACCESS_KEY_ID"), SecretAccessKey: os.Getenv("AWS_SECRET_ACCESS_KEY"),
				SessionToken: os.Getenv("AWS_SESSION_TOKEN"), Source: "environment",
			}, nil
		}),
	}
	if endpoint := os.Getenv("AWS_ENDPOINT_URL_DYNAMODB"); endpoint != "" {
		options.BaseEndpoint = aws.String(endpoint)
	}
	return dynamo.People{Client: dynamodb.New(options), Table: os.Getenv("PEOPLE_TABLE")}
}
