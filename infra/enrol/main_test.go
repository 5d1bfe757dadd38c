package main

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"csdn.example/directory/infra/local/enginetest"
	"csdn.example/directory/shared/csdn"
)

func TestTheFirstOfTheSecretariat(t *testing.T) {
	engine := enginetest.Start(t)
	t.Setenv("AWS_ENDPOINT_URL_DYNAMODB", engine.Endpoint)
	t.Setenv("AWS_REGION", "eu-west-1")
	t.Setenv("AWS_ACCESS_KEY_ID", "local")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "local")
	t.Setenv("PEOPLE_TABLE", "PeopleTable")
	now := time.Date(2027, 1, 10, 12, 0, 0, 0, time.UTC)
	if _, err := enrol(t.Context(), people(), "no address", now); csdn.KindOf(err) != csdn.Invalid {
		t.Errorf("no address: %v", err)
	}
	id, err := enrol(t.Context(), people(), "Director@EPLO.example", now)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := enrol(t.Context(), people(), "second@eplo.example", now); err == nil {
		t.Error("a second one is enrolled")
	}
	got, err := people().Accounts(t.Context())
	want := []csdn.Account{{ID: id, Email: "director@eplo.example", Role: csdn.SecretariatRole, CreatedAt: now, UpdatedAt: now, Version: 1}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v, accounts (-want +got):\n%s", err, diff)
	}
}
