# The two commands of everyday: make run, make test.

LISTEN ?= 127.0.0.1:8080
DATA   ?= .local
SEED   ?= demo

ENGINE_VERSION := 1.2.1
PLATFORM := $(shell go env GOOS | sed s/windows/win32/)-$(shell go env GOARCH | sed s/amd64/x64/)
ENGINE := .build/engine/node_modules/@dynoxide/$(PLATFORM)/dynoxide
ENGINE_SUM_linux-x64 := be909b7910d3fb552e85db10ef3c8ebae4bd35fee0f26dffdb6dfa5cc656426e

FUNCTIONS := $(notdir $(wildcard functions/*))
GO_BUILD := CGO_ENABLED=0 go build -trimpath -tags lambda.norpc -ldflags "-s -w"

PARSERS := .build/linked-data/node_modules/ical.js/package.json

REDOCLY := .build/redocly/node_modules/@redocly/cli/package.json
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
TEMPLATES := template.yaml infra/watch.yaml infra/edge.yaml

.PHONY: run test build engine axe parsers openapi bench load soak newcomer pictures prove fuzz check race tools deploy-build clean

## run: the whole directory on this machine, with demo data
run: build engine
	@.build/local -listen $(LISTEN) -data $(DATA) -engine $(ENGINE) $(if $(filter-out none,$(SEED)),-seed .build/seed)

## test: everything that can be proven in minutes
test: build engine tools axe parsers check race
	go test -timeout 20m ./...

## build: the functions and the local machine
build: $(FUNCTIONS:%=build-%)
	@go build -o .build/local ./infra/local
	@go build -o .build/seed ./infra/seed

build-%:
	@$(GO_BUILD) -o .build/functions/$*/bootstrap ./functions/$*

## engine: the DynamoDB-compatible server, pinned and verified
engine: $(ENGINE)

$(ENGINE):
	@mkdir -p .build/engine
	@npm install --prefix .build/engine --no-save --no-package-lock --no-audit --no-fund --loglevel=error @dynoxide/$(PLATFORM)@$(ENGINE_VERSION)
	@test -n "$(ENGINE_SUM_$(PLATFORM))" || { echo "No checksum of the engine is recorded for $(PLATFORM); run with another DynamoDB endpoint: .build/local -endpoint URL"; rm -rf .build/engine; exit 1; }
	@echo "$(ENGINE_SUM_$(PLATFORM))  $@" | sha256sum --check --quiet - || { rm -rf .build/engine; exit 1; }

## tools: what the tests need of the system, installed where it is missing
tools:
	@command -v chromium >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium >/dev/null; }
	@command -v gcc >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends gcc libc6-dev >/dev/null; }
	@command -v pdftotext >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends poppler-utils >/dev/null; }

## axe: the accessibility checker that the browser's tests run
AXE := .build/axe/node_modules/axe-core/axe.min.js
axe: $(AXE)

$(AXE):
	@npm install --prefix .build/axe --no-save --no-package-lock --no-audit --no-fund --loglevel=error axe-core@4.10.3

## parsers: of others, for the tests of linked data, cards and calendars
parsers: $(PARSERS)

$(PARSERS):
	@npm install --prefix .build/linked-data --no-save --no-package-lock --no-audit --no-fund --loglevel=error n3@2.13.12 jsonld@9.0.0 ical.js@2.2.1

## prove: the proofs at full size, which takes half an hour
prove: build engine
	go test -count=1 -timeout 20m -run TestAtScale ./shared/search -full
	go test -count=1 -timeout 80m ./infra/prove -full

## fuzz: every fuzz target, each for FOR
fuzz: FOR ?= 1m
fuzz:
	@set -e; for file in $$(grep -rl --include='*_test.go' '^func Fuzz' shared infra); do \
		for target in $$(sed -n 's/^func \(Fuzz[A-Za-z]*\)(.*/\1/p' $$file); do \
			echo "$$target ($$(dirname $$file))"; \
			go test ./$$(dirname $$file) -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FOR); \
		done; done

## check: what can be said of the code, the specification and the templates without running them
check: $(REDOCLY)
	@test -z "$$(gofmt -l functions infra shared)" || { gofmt -l functions infra shared; echo "run gofmt -w"; exit 1; }
	go vet ./...
	go run $(STATICCHECK) ./...
	@cd .build/redocly && REDOCLY_TELEMETRY=off npx redocly lint --config ../../infra/openapi/redocly.yaml --format=stylish ../../shared/site/openapi.json >lint.log 2>&1 || { cat lint.log; exit 1; }
	@if command -v cfn-lint >/dev/null; then cfn-lint $(TEMPLATES); else echo "cfn-lint is not installed, so the templates are not read by it"; fi

$(REDOCLY):
	@npm install --prefix .build/redocly --no-save --no-package-lock --no-audit --no-fund --loglevel=error @redocly/cli@2.77.0

## race: with the detector of races, what is tested of several things that go on at once
race: engine tools
	go test -race -timeout 10m ./shared/credential ./shared/web ./shared/boot/... ./infra/local/...
	go test -race -timeout 10m -run 'AtOnce|Together|While|OneOfMany|Finders' ./shared/search ./shared/directory ./shared/dynamo

## openapi: write the specification anew from the code
openapi:
	go run ./infra/openapi > .build/openapi.json && mv .build/openapi.json shared/site/openapi.json

## bench: speed and size, as ratios and counts
bench: build engine
	go run ./infra/bench

## load: RATE requests a second for FOR, as its users make them
load: RATE ?= 200
load: FOR ?= 5m
load: build engine
	go run ./infra/load -rate $(RATE) -for $(FOR)

## soak: the same at a low rate for long, to see whether memory grows once it is warm, which takes some minutes
soak: RATE ?= 20
soak: FOR ?= 1h
soak: build engine
	go run ./infra/load -soak -rate $(RATE) -for $(FOR)

## newcomer: the two commands of the README in a new clone, with empty caches, timed
newcomer:
	@infra/newcomer/newcomer.sh

## pictures: photograph the main pages anew, to look at them
pictures: build engine tools
	go run ./infra/pictures

## deploy-build: the functions for Lambda, where template.yaml expects them
deploy-build:
	@for f in $(FUNCTIONS); do GOOS=linux GOARCH=arm64 $(GO_BUILD) -o .build/deploy/$$f/bootstrap ./functions/$$f || exit 1; done

clean:
	rm -rf .build
