package main

import (
	"cmp"
	"context"
	"os"

	"csdn.example/directory/infra/seed/demo"
	"csdn.example/directory/shared/dynamo"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
)

// stores returns the stores that the environment names.
func stores() demo.Stores {
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
	client := dynamodb.New(options)
	directory := dynamo.Directory{Client: client, Table: cmp.Or(os.Getenv("DIRECTORY_TABLE"), "DirectoryTable")}
	people := dynamo.People{Client: client, Table: cmp.Or(os.Getenv("PEOPLE_TABLE"), "PeopleTable")}
	return demo.Stores{
		Areas: directory, Phases: directory, Organisations: directory, Meetings: directory, People: people, Accounts: people,
		Invitations: dynamo.Participation{
			Client: client, Table: cmp.Or(os.Getenv("PARTICIPATION_TABLE"), "ParticipationTable"),
			DirectoryTable: directory.Table, OutboxTable: cmp.Or(os.Getenv("OUTBOX_TABLE"), "OutboxTable"),
		},
	}
}
