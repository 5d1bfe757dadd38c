// Command seed writes the demo network into empty tables. The tables are named by DIRECTORY_TABLE, PEOPLE_TABLE,
// PARTICIPATION_TABLE and OUTBOX_TABLE, or else by their logical ids in template.yaml. AWS_REGION, AWS_ACCESS_KEY_ID,
// AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN and AWS_ENDPOINT_URL_DYNAMODB say where they are, as to every AWS client.
package main

import (
	"context"
	"log/slog"
	"os"
	"time"
	_ "time/tzdata" // zones are validated, also where the system has none

	"csdn.example/directory/infra/seed/demo"
)

func main() {
	if err := run(context.Background()); err != nil {
		slog.Error("the demo data were not written", "error", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	started := time.Now()
	if err := demo.Write(ctx, stores(), started); err != nil {
		return err
	}
	slog.Info("the demo data are written", "took", time.Since(started).Round(time.Millisecond).String())
	return nil
}
