package main

import (
	"testing"

	"csdn.example/directory/infra/local/enginetest"
	"csdn.example/directory/infra/seed/demo"
)

func TestRunWritesIntoTheTablesOfTheEnvironment(t *testing.T) {
	engine := enginetest.Start(t)
	t.Setenv("AWS_ENDPOINT_URL_DYNAMODB", engine.Endpoint)
	t.Setenv("AWS_REGION", "eu-west-1")
	t.Setenv("AWS_ACCESS_KEY_ID", "local")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "local")
	t.Setenv("PEOPLE_TABLE", "Elsewhere")
	if err := run(t.Context()); err == nil {
		t.Error("a table that does not exist was written into")
	}
	t.Setenv("PEOPLE_TABLE", "")

	fresh := enginetest.Start(t)
	t.Setenv("AWS_ENDPOINT_URL_DYNAMODB", fresh.Endpoint)
	if err := run(t.Context()); err != nil {
		t.Fatal(err)
	}
	seating, err := stores().Invitations.Seating(t.Context(), demo.PolicyMeeting2023)
	if err != nil || seating.InPerson == 0 {
		t.Errorf("the seating of the policy meeting is %+v, %v", seating, err)
	}
	account, err := stores().Accounts.AccountByEmail(t.Context(), "planner@demo.example")
	if err != nil || account.ID != demo.Planner {
		t.Errorf("the planner's account is %s, %v", account.ID, err)
	}
}
