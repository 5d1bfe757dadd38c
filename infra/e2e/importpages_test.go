package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// TestASheetIsImportedByItsPages sends a sheet, sees what it would do, has it done, and does so in a browser that runs no scripts.
func TestASheetIsImportedByItsPages(t *testing.T) {
	h := start(t)
	file := filepath.Join(t.TempDir(), "réseaux.csv")
	sheet := "nom;type;pays;à voir\nRéseau des essais;réseau;Mali;x\nSans pays;ONG;;\n"
	if err := os.WriteFile(file, []byte(sheet), 0o600); err != nil {
		t.Fatal(err)
	}
	b := browse(t, h.URL)
	b.signsIn(t, "secretariat@demo.example")
	b.do(t, emulation.SetScriptExecutionDisabled(true))
	b.opens(t, "/imports")
	b.says(t, "Columns of organisations", "Nothing was sent")
	b.do(t, chromedp.SetUploadFiles(`#file`, []string{file}, chromedp.ByQuery))
	b.clicks(t, `main form button`, "Nothing was changed yet", "Row 3", "C pays", "ISO 3166-1", "à voir", "Import this row")
	if found := h.secretariat.get(t, "/v1/organisations?q=essais").is(t, 200); !contains(found, `"total":0`) {
		t.Fatalf("the trial wrote: %s", found.body)
	}
	b.clicks(t, `main form button`, "All 2 rows are done", "Row 3")
	b.opens(t, "/imports")
	b.says(t, "Import of a sheet of organisations", "Trial of a sheet of organisations", "1 new, 0 changed, 0 unchanged, 1 with errors")
	eventually(t, "the network is found", func() bool {
		return contains(h.secretariat.get(t, "/v1/organisations?q=essais"), "Réseau des essais")
	})

	b.opens(t, "/imports")
	if err := os.WriteFile(file, []byte("A;B\n1;2\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	b.do(t, chromedp.SetUploadFiles(`#file`, []string{file}, chromedp.ByQuery))
	b.clicks(t, `main form button`, "The sheet was not looked at", "The first row must name the columns")
}

// TestARequestIsDecidedOnItsPage asks for erasure as one role and grants it as another.
func TestARequestIsDecidedOnItsPage(t *testing.T) {
	h := start(t)
	official := browse(t, h.URL)
	official.signsIn(t, "official@demo.example")
	official.opens(t, "/account")
	official.clicks(t, `form[action="/account/erasure"] button`, "The secretariat has your request")
	b := browse(t, h.URL)
	b.signsIn(t, "secretariat@demo.example")
	b.says(t, "Somebody asks to be erased")
	b.clicks(t, `a[href="/requests"]`, "official@demo.example", "Asked on")
	b.do(t, chromedp.Click(`main summary`, chromedp.ByQuery))
	b.clicks(t, `main form button`, "Nothing is to be decided", "Erased on", "Removed: accounts: 1")
	official.opens(t, "/")
	official.says(t, "sign in")
}

func contains(a answer, text string) bool { return strings.Contains(string(a.body), text) }
