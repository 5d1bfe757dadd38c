package directory_test

import (
	"slices"
	"testing"

	"csdn.example/directory/shared/csdn"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// TestAnErasureIsRepeatedOnARestoredTable restores what tables held before an erasure, one table or several.
func TestAnErasureIsRepeatedOnARestoredTable(t *testing.T) {
	for name, restored := range map[string][]string{
		"none": nil, "people": {"PeopleTable"}, "participation": {"ParticipationTable"}, "both, and the outbox": {"PeopleTable", "ParticipationTable", "OutboxTable"},
	} {
		t.Run(name, func(t *testing.T) {
			h := gathering(t)
			type kept struct {
				table string
				item  map[string]types.AttributeValue
			}
			var before []kept
			h.items(t, func(table, _, _ string, item map[string]types.AttributeValue) {
				if slices.Contains(restored, table) {
					before = append(before, kept{table, item})
				}
			})
			done, err := h.rights.Erase(t.Context(), secretariat, personID(canary), 1)
			must(t, err)
			for _, k := range before {
				_, err := h.client.PutItem(t.Context(), &dynamodb.PutItemInput{TableName: &k.table, Item: k.item})
				must(t, err)
			}
			_, err = h.rights.Repeat(t.Context(), planner, done)
			refused(t, csdn.Forbidden, err)
			begun := done
			begun.Status = csdn.ErasureBegun
			_, err = h.rights.Repeat(t.Context(), secretariat, begun)
			refused(t, csdn.Conflict, err)
			again, err := h.rights.Repeat(t.Context(), secretariat, done)
			must(t, err)
			if again.Status != csdn.ErasureDone || again.ID == done.ID || again.By != secretariat.Account {
				t.Errorf("the certificate is %+v", again)
			}
			h.nothingOf(t, "quagga")
			h.nothingOf(t, string(personID(canary)), "DirectoryTable NETWORK#CSDN ERASURE#", "PeopleTable PERSON#"+string(personID(canary))+" PERSON")
		})
	}
}
