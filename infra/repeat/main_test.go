package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"csdn.example/directory/infra/local/enginetest"
	"csdn.example/directory/shared/csdn"
)

func TestErasuresAreRepeated(t *testing.T) {
	engine := enginetest.Start(t)
	for name, value := range map[string]string{
		"AWS_ENDPOINT_URL_DYNAMODB": engine.Endpoint, "AWS_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local",
		"DIRECTORY_TABLE": "DirectoryTable", "PEOPLE_TABLE": "PeopleTable", "PARTICIPATION_TABLE": "ParticipationTable", "OUTBOX_TABLE": "OutboxTable",
	} {
		t.Setenv(name, value)
	}
	id := func(n int) string { return fmt.Sprintf("01J%023d", n) }
	now := time.Date(2027, 1, 10, 12, 0, 0, 0, time.UTC)
	r := rights()
	account := csdn.Account{ID: csdn.AccountID(id(1)), Email: "director@eplo.example", Role: csdn.SecretariatRole, CreatedAt: now, UpdatedAt: now, Version: 1}
	change := func(n int) csdn.Change { return csdn.Change{ID: csdn.ChangeID(id(n)), At: now, Act: "restored"} }
	if err := r.Accounts.PutAccount(t.Context(), csdn.Account{}, account, change(11)); err != nil {
		t.Fatal(err)
	}
	for n := 2; n <= 4; n++ {
		p := csdn.Person{ID: csdn.PersonID(id(n)), CreatedAt: now, UpdatedAt: now, Version: 1}
		p.Name, p.Email, p.Safety = "Quagga", fmt.Sprintf("quagga%d@people.example", n), csdn.Open
		if err := r.People.PutPerson(t.Context(), csdn.Person{}, p, change(20+n)); err != nil {
			t.Fatal(err)
		}
	}
	by := csdn.Caller{Account: account.ID, Role: csdn.SecretariatRole}
	list := fmt.Sprintf(`{"items": [
		{"id": %q, "status": "done", "person": %q, "removed": {}},
		{"id": %q, "status": "requested", "person": %q},
		{"id": %q, "status": "done", "account": %q}], "total": 3}`, id(31), id(2), id(32), id(3), id(33), id(9))
	if n, err := repeat(t.Context(), r, csdn.Caller{Account: "none", Role: csdn.SecretariatRole}, strings.NewReader(list)); n != 0 || err == nil {
		t.Errorf("nobody repeats %d: %v", n, err)
	}
	if n, err := repeat(t.Context(), r, by, strings.NewReader("[]")); n != 0 || err == nil {
		t.Errorf("no list is repeated %d times: %v", n, err)
	}
	for range 2 { // the second time comes to the same
		if n, err := repeat(t.Context(), r, by, strings.NewReader(list)); n != 2 || err != nil {
			t.Errorf("%d were repeated: %v", n, err)
		}
	}
	for n, there := range map[int]bool{2: false, 3: true, 4: true} {
		if _, err := r.People.Person(t.Context(), csdn.PersonID(id(n))); (csdn.KindOf(err) == csdn.NotFound) == there {
			t.Errorf("person %d: %v", n, err)
		}
	}
}
