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

.PHONY: run test build engine axe parsers openapi bench prove check tools deploy-build clean

## run: the whole directory on this machine, with demo data
run: build engine
	@.build/local -listen $(LISTEN) -data $(DATA) -engine $(ENGINE) $(if $(filter-out none,$(SEED)),-seed .build/seed)

## test: everything that can be proven in minutes
test: build engine tools axe parsers check
	go vet ./...
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

## check: formatting, and the committed specification against the code
check:
	@test -z "$$(gofmt -l functions infra shared)" || { gofmt -l functions infra shared; echo "run gofmt -w"; exit 1; }

## openapi: write the specification anew from the code
openapi:
	go run ./infra/openapi > .build/openapi.json && mv .build/openapi.json shared/site/openapi.json

## bench: speed and size, as ratios and counts
bench: build engine
	go run ./infra/bench

## deploy-build: the functions for Lambda, where template.yaml expects them
deploy-build:
	@for f in $(FUNCTIONS); do GOOS=linux GOARCH=arm64 $(GO_BUILD) -o .build/deploy/$$f/bootstrap ./functions/$$f || exit 1; done

clean:
	rm -rf .build
