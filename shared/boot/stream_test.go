package boot

import (
	"encoding/json"
	"testing"

	"github.com/aws/aws-lambda-go/events"

	"csdn.example/directory/shared/csdn"
)

func TestDeliveriesOfTheStream(t *testing.T) {
	const delivery = csdn.DeliveryID("01HZX3V4K8M2N6P9Q1R5S7T0WA")
	for _, test := range []struct {
		name, record string
		want         csdn.DeliveryID
	}{
		{"a new delivery", `{"eventName": "INSERT", "dynamodb": {"Keys": {"pk": {"S": "DELIVERY#01HZX3V4K8M2N6P9Q1R5S7T0WA"}, "sk": {"S": "DELIVERY"}}}}`, delivery},
		{"one that was marked", `{"eventName": "MODIFY", "dynamodb": {"Keys": {"pk": {"S": "DELIVERY#01HZX3V4K8M2N6P9Q1R5S7T0WA"}, "sk": {"S": "DELIVERY"}}}}`, ""},
		{"one that was deleted", `{"eventName": "REMOVE", "dynamodb": {"Keys": {"pk": {"S": "DELIVERY#01HZX3V4K8M2N6P9Q1R5S7T0WA"}, "sk": {"S": "DELIVERY"}}}}`, ""},
		{"no event", `{"dynamodb": {"Keys": {"pk": {"S": "DELIVERY#01HZX3V4K8M2N6P9Q1R5S7T0WA"}}}}`, ""},
		{"another thing", `{"eventName": "INSERT", "dynamodb": {"Keys": {"pk": {"S": "MEETING#01HZX3V4K8M2N6P9Q1R5S7T0WA"}}}}`, ""},
		{"an id that is none", `{"eventName": "INSERT", "dynamodb": {"Keys": {"pk": {"S": "DELIVERY#7"}}}}`, ""},
		{"no id", `{"eventName": "INSERT", "dynamodb": {"Keys": {"pk": {"S": "DELIVERY#"}}}}`, ""},
		{"an id and more", `{"eventName": "INSERT", "dynamodb": {"Keys": {"pk": {"S": "DELIVERY#01HZX3V4K8M2N6P9Q1R5S7T0WA#1"}}}}`, ""},
		{"a key that is a number", `{"eventName": "INSERT", "dynamodb": {"Keys": {"pk": {"N": "7"}}}}`, ""},
		{"a key of bytes", `{"eventName": "INSERT", "dynamodb": {"Keys": {"pk": {"B": "ZGVsaXZlcnk="}}}}`, ""},
		{"another key", `{"eventName": "INSERT", "dynamodb": {"Keys": {"id": {"S": "DELIVERY#01HZX3V4K8M2N6P9Q1R5S7T0WA"}}}}`, ""},
		{"no keys", `{"eventName": "INSERT", "dynamodb": {}}`, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			var record events.DynamoDBEventRecord
			if err := json.Unmarshal([]byte(test.record), &record); err != nil {
				t.Fatal(err)
			}
			got, ok := deliveryOf(record)
			if ok != (test.want != "") || ok && got != test.want {
				t.Errorf("got %q, %v, want %q", got, ok, test.want)
			}
		})
	}
}
