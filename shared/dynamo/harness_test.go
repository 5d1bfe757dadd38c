package dynamo_test

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"csdn.example/directory/infra/local/enginetest"
	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/dynamo"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// house is the four tables, empty, on the real engine.
type house struct {
	client        *dynamodb.Client
	directory     dynamo.Directory
	people        dynamo.People
	participation dynamo.Participation
	outbox        dynamo.Outbox
}

func open(t *testing.T) house {
	t.Helper()
	return over(enginetest.Start(t).Client)
}

func over(client *dynamodb.Client) house {
	return house{
		client:    client,
		directory: dynamo.Directory{Client: client, Table: "DirectoryTable"},
		people:    dynamo.People{Client: client, Table: "PeopleTable"},
		participation: dynamo.Participation{
			Client: client, Table: "ParticipationTable", DirectoryTable: "DirectoryTable", OutboxTable: "OutboxTable",
		},
		outbox: dynamo.Outbox{Client: client, Table: "OutboxTable"},
	}
}

// stored returns everything that the four tables hold.
func (h house) stored(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, table := range []string{"DirectoryTable", "PeopleTable", "ParticipationTable", "OutboxTable"} {
		pages := dynamodb.NewScanPaginator(h.client, &dynamodb.ScanInput{TableName: &table})
		for pages.HasMorePages() {
			page, err := pages.NextPage(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for _, item := range page.Items {
				all[table+" "+textOf(item["pk"])+" "+textOf(item["sk"])] = written(&types.AttributeValueMemberM{Value: item})
			}
		}
	}
	return all
}

// written returns an attribute as text, maps in the order of names.
func written(value types.AttributeValue) string {
	switch v := value.(type) {
	case *types.AttributeValueMemberM:
		text := "{"
		names := make([]string, 0, len(v.Value))
		for name := range v.Value {
			names = append(names, name)
		}
		slices.Sort(names)
		for _, name := range names {
			text += name + ":" + written(v.Value[name]) + " "
		}
		return text + "}"
	case *types.AttributeValueMemberL:
		text := "["
		for _, one := range v.Value {
			text += written(one) + " "
		}
		return text + "]"
	}
	return fmt.Sprintf("%T %v", value, reflect.ValueOf(value).Elem().FieldByName("Value"))
}

func textOf(value types.AttributeValue) string {
	if s, ok := value.(*types.AttributeValueMemberS); ok {
		return s.Value
	}
	return ""
}

// unchanged does the act, which must fail with the kind, and checks that no table differs afterwards in anything.
func (h house) unchanged(t *testing.T, kind csdn.Kind, act func() error) {
	t.Helper()
	before := h.stored(t)
	refused(t, kind, act())
	if diff := gocmp.Diff(before, h.stored(t)); diff != "" {
		t.Errorf("a refused write left something (-before +after):\n%s", diff)
	}
}

func refused(t *testing.T, kind csdn.Kind, err error) {
	t.Helper()
	if !errors.Is(err, kind) {
		t.Errorf("error is %v, want %s", err, kind)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// same compares domain values; nil and empty lists are one.
func same(t *testing.T, want, got any) {
	t.Helper()
	if diff := gocmp.Diff(want, got, cmpopts.EquateEmpty(), gocmp.Comparer(func(a, b csdn.LocalTime) bool { return a == b })); diff != "" {
		t.Errorf("differs (-want +got):\n%s", diff)
	}
}

// full fails when a field of a sample is unset: a round trip would prove nothing of it. Seats are exempt where zero is a value.
func full(t *testing.T, name string, v reflect.Value) {
	t.Helper()
	switch v.Interface().(type) {
	case time.Time, csdn.LocalTime:
		if v.IsZero() {
			t.Errorf("%s of the sample is unset", name)
		}
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for n := range v.NumField() {
			full(t, name+"."+v.Type().Field(n).Name, v.Field(n))
		}
	case reflect.Slice:
		if v.Len() == 0 {
			t.Errorf("%s of the sample is empty", name)
		}
		for n := range v.Len() {
			full(t, fmt.Sprintf("%s[%d]", name, n), v.Index(n))
		}
	default:
		if v.IsZero() {
			t.Errorf("%s of the sample is unset", name)
		}
	}
}

// id returns the ULID that is the number.
func id[T ~string](n int) T { return T(fmt.Sprintf("01J%023d", n)) }

var noon = time.Date(2023, 2, 1, 12, 0, 0, 123456789, time.UTC)

func change(n int, v csdn.Version) csdn.Change {
	return csdn.Change{
		ID: id[csdn.ChangeID](n), At: noon, By: id[csdn.AccountID](900), Token: id[csdn.TokenID](901), Act: "subject.changed", Version: v,
		Fields: []csdn.Difference{{Field: "name", Before: "Old", After: "New"}},
	}
}

func sortedByID(cards []csdn.Card) []csdn.Card {
	slices.SortFunc(cards, func(a, b csdn.Card) int { return cmp.Compare(a.ID, b.ID) })
	return cards
}
