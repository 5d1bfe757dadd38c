package csdn

import (
	"fmt"
	"strings"
	"testing"

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
