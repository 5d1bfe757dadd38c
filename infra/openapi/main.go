// Command openapi prints the specification of the whole API, as every function together serves it. The committed copy is
// shared/site/openapi.json.
package main

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"os"

	"csdn.example/directory/shared/api"
)

func main() {
	text, err := json.MarshalIndent(api.New(slog.Default(), api.Nouns()...).OpenAPI(), "", "  ")
	if err != nil {
		fmt.Fprintln(os.Stderr, "openapi:", err)
		os.Exit(1)
	}
	fmt.Println(string(text))
}
