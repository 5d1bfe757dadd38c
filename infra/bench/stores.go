package main

import (
	"context"
	"net/http"
	"path/filepath"

	"csdn.example/directory/infra/local/engine"
	"csdn.example/directory/shared/dynamo"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
)

// tables are the stores over one engine.
type tables struct {
	directory     dynamo.Directory
	people        dynamo.People
	participation dynamo.Participation
}

// tablesOf names the tables as the local machine does, by their logical ids in the template.
func tablesOf(client *dynamodb.Client) tables {
	const directory = "DirectoryTable"
	return tables{
		directory: dynamo.Directory{Client: client, Table: directory},
		people:    dynamo.People{Client: client, Table: "PeopleTable"},
		participation: dynamo.Participation{
			Client: client, Table: "ParticipationTable", DirectoryTable: directory, OutboxTable: "OutboxTable",
		},
	}
}

// transport keeps a connection for each of the clients, lest opening them be measured.
func transport(clients int) *http.Transport {
	return &http.Transport{MaxIdleConns: clients, MaxIdleConnsPerHost: clients}
}

// clientOf speaks to the engine at the endpoint by a way of one's own.
func clientOf(endpoint string, way http.RoundTripper, options ...func(*dynamodb.Options)) *dynamodb.Client {
	chosen := engine.Client(endpoint).Options()
	chosen.HTTPClient = &http.Client{Transport: way}
	return dynamodb.New(chosen, options...)
}

// fresh starts an engine with empty tables, in memory so that no disk is measured, and returns its endpoint.
func (b *bench) fresh(ctx context.Context, name string) (endpoint string, stop func(), err error) {
	running, err := engine.Start(ctx, engine.Options{
		Binary:     engine.Binary("."),
		OutputFile: filepath.Join(b.folder, name+".log"), Log: quiet,
	})
	if err != nil {
		return "", nil, err
	}
	if _, err := engine.CreateTables(ctx, engine.Client(running.Endpoint()), b.template.Tables); err != nil {
		running.Stop()
		return "", nil, err
	}
	return running.Endpoint(), running.Stop, nil
}
