// Command local runs the CSDN directory on this computer: the deployed system's template and its compiled functions,
// without AWS. See package machine.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"csdn.example/directory/infra/local/machine"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	m, err := machine.Start(ctx, options())
	if err != nil {
		return err
	}
	defer m.Stop()
	fmt.Printf("The CSDN directory is ready at %s (mailbox: /local/mailbox)\n", m.URL)
	<-ctx.Done()
	return nil
}
