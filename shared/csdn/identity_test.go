package csdn

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"
)

// TestUUIDsAreTheSameBits compares with what another library reads of an identity.
func TestUUIDsAreTheSameBits(t *testing.T) {
	for id, want := range map[PersonID]string{
		"00000000000000000000000000": "00000000-0000-0000-0000-000000000000",
		"7ZZZZZZZZZZZZZZZZZZZZZZZZZ": "ffffffff-ffff-ffff-ffff-ffffffffffff",
		"01ARZ3NDEKTSV4RRFFQ69G5FAV": "01563e3a-b5d3-d676-4c61-efb99302bd5b",
	} {
		if got := UUID(id); got != want {
			t.Errorf("%s is %s, want %s", id, got, want)
		}
		if bits := fmt.Sprintf("%x", ulid.MustParse(string(id)).Bytes()); bits != strings.ReplaceAll(UUID(id), "-", "") {
			t.Errorf("%s is %s elsewhere", id, bits)
		}
	}
}

// TestFirstIDIsTheLeastOfItsTime compares with what another library makes of a time.
func TestFirstIDIsTheLeastOfItsTime(t *testing.T) {
	for _, at := range []time.Time{
		time.UnixMilli(0), time.UnixMilli(31), time.UnixMilli(32), time.Date(2026, 11, 24, 14, 12, 17, 987654321, time.UTC),
		time.UnixMilli(int64(ulid.MaxTime())),
	} {
		if want := ulid.MustNew(ulid.Timestamp(at), bytes.NewReader(make([]byte, 10))).String(); FirstID(at) != want {
			t.Errorf("the first of %s is %s, not %s", at, FirstID(at), want)
		}
	}
	if first := FirstID(time.Time{}); first != FirstID(time.UnixMilli(0)) {
		t.Errorf("the first of no time is %s", first)
	}
}
