package main

import (
	"cmp"
	"os"

	"csdn.example/directory/infra/seed/demo"
	"csdn.example/directory/infra/stack"
	"csdn.example/directory/shared/dynamo"
)

// stores returns the stores that the environment names.
func stores() demo.Stores {
	client := stack.Client()
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
