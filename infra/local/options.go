package main

import (
	"flag"
	"log/slog"
	"os"
	"time"

	"csdn.example/directory/infra/local/engine"
	"csdn.example/directory/infra/local/machine"
)

// options reads the command line.
func options() machine.Options {
	o := machine.Options{Now: time.Now, Log: slog.New(slog.NewTextHandler(os.Stderr, nil))}
	flag.StringVar(&o.Template, "template", "template.yaml", "the SAM template")
	flag.StringVar(&o.Functions, "functions", ".build/functions", "the folder of the compiled functions")
	flag.StringVar(&o.Engine, "engine", engine.Binary("."), "the engine's program")
	flag.StringVar(&o.Endpoint, "endpoint", "", "another DynamoDB's URL, instead of starting the engine")
	flag.StringVar(&o.Listen, "listen", "127.0.0.1:8080", "the loopback address to serve")
	flag.StringVar(&o.Data, "data", ".local", "the folder for all that is kept")
	flag.StringVar(&o.Seed, "seed", "", "a program that fills empty tables")
	flag.Parse()
	return o
}
