package machine

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"csdn.example/directory/infra/local/engine"
	"csdn.example/directory/infra/local/process"
	"csdn.example/directory/infra/local/template"
)

// fill makes the tables and, if they are empty, has the seed fill them.
func (m *Machine) fill(ctx context.Context, read template.Template) error {
	client := engine.Client(m.Endpoint)
	if _, err := engine.CreateTables(ctx, client, read.Tables); err != nil {
		return err
	}
	if m.options.Seed == "" {
		return nil
	}
	marker := filepath.Join(m.options.Data, "seed-unfinished")
	if _, err := os.Stat(marker); err == nil {
		return fmt.Errorf("the demo data was left unfinished: remove the folder %s and start again", m.options.Data)
	}
	empty, err := engine.Empty(ctx, client, read.Tables)
	if err != nil || !empty {
		return err
	}
	if err := os.WriteFile(marker, nil, 0o600); err != nil {
		return fmt.Errorf("begin the seed: %w", err)
	}
	if err := m.seed(ctx, read.Functions); err != nil {
		return err
	}
	return os.Remove(marker)
}

// seed runs the seed to its end.
func (m *Machine) seed(ctx context.Context, functions []template.Function) error {
	variables := m.environment()
	variables["AWS_ACCESS_KEY_ID"], variables["AWS_SECRET_ACCESS_KEY"] = engine.AccessKey, engine.AccessKey
	for _, f := range functions {
		maps.Copy(variables, f.Environment)
	}
	var environment []string
	for _, name := range slices.Sorted(maps.Keys(variables)) {
		environment = append(environment, name+"="+variables[name])
	}
	log := filepath.Join(m.options.Data, "logs", "seed.log")
	child, err := process.Start(process.Command{Binary: m.options.Seed, Environment: environment, Log: log})
	if errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("the seed is not at %s: run make build first", m.options.Seed)
	}
	if err != nil {
		return err
	}
	select {
	case <-child.Done():
	case <-ctx.Done():
		child.Kill()
		return ctx.Err()
	}
	if child.Err() != nil {
		return fmt.Errorf("the seed failed (%w): see %s", child.Err(), log)
	}
	return nil
}
