package mail

import (
	"flag"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"csdn.example/directory/shared/csdn"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestGolden compares every message, in both languages and as another parser reads it, with the files of testdata, which a
// translator can proof-read.
func TestGolden(t *testing.T) {
	seen := map[string]bool{}
	compare := func(name string, get func(*testing.T) received) {
		t.Helper()
		t.Run(name, func(t *testing.T) {
			file := name + ".txt"
			seen[file] = true
			golden(t, filepath.Join("testdata", file), written(get(t)))
		})
	}
	check := func(name string, letter csdn.Letter) {
		t.Helper()
		compare(name, func(t *testing.T) received { return receive(t, letter) })
	}
	for _, language := range []csdn.Language{"en", "fr"} {
		for _, kind := range kinds {
			check(string(kind.message)+"-"+string(kind.status)+"."+string(language), hybrid(t, kind.message, kind.status, language))
		}
		check("cancellation-meeting."+string(language), cancelledMeeting(hybrid(t, csdn.CancellationMessage, csdn.Revoked, language)))
		check("careful-invitation."+string(language), careful(hybrid(t, csdn.InvitationMessage, csdn.Invited, language)))
		check("careful-confirmation."+string(language), careful(hybrid(t, csdn.ConfirmationMessage, csdn.Accepted, language)))
	}
	for name, letter := range renewals() {
		compare("renewal-"+name, func(t *testing.T) received { return receiveRenewal(t, letter) })
	}
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if !seen[filepath.Base(file)] {
			t.Errorf("%s belongs to no message", file)
		}
	}
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; go test -update writes it", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

// written writes a message out readably: its headers decoded, but for the boundary, then its parts.
func written(got received) string {
	var b strings.Builder
	var names []string
	for name := range got.headers {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		text := strings.Join(got.envelope.GetHeaderValues(name), " | ")
		if name == "Content-Type" {
			text, _, _ = strings.Cut(text, ";")
		}
		b.WriteString(name + ": " + text + "\n")
	}
	b.WriteString("\n---- text/plain\n" + got.text + "\n---- text/html\n" + got.html)
	if got.calendar != "" {
		b.WriteString("\n---- text/calendar, method " + got.method + "\n" + got.calendar)
	}
	return strings.ReplaceAll(b.String(), "\r\n", "\n")
}

// TestTheSameLetterMakesTheSameBytes: what is sent twice after a crash can be told to be the same message.
func TestTheSameLetterMakesTheSameBytes(t *testing.T) {
	letter := hybrid(t, csdn.InvitationMessage, csdn.Invited, "fr")
	first, second := receive(t, letter), receive(t, letter)
	if diff := cmp.Diff(string(first.raw), string(second.raw)); diff != "" {
		t.Errorf("two messages of one letter differ:\n%s", diff)
	}
}
