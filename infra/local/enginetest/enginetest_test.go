package enginetest_test

import (
	"testing"

	"csdn.example/directory/infra/local/engine"
	"csdn.example/directory/infra/local/enginetest"
)

func TestStartMakesTheTemplatesTables(t *testing.T) {
	store := enginetest.Start(t)
	if len(store.Tables) == 0 {
		t.Fatal("the template has no table")
	}
	empty, err := engine.Empty(t.Context(), store.Client, store.Tables)
	if err != nil || !empty {
		t.Errorf("the tables are empty: %t, %v", empty, err)
	}
}
