# discover: commands for development.  `make help` lists them.

SWIFT ?= swift
CHECK := --explicit-target-dependency-import-check error
RELEASE := .build/release/discover
DEMO_INDEX := index/demo

# Test suites that wait or write much: `make test-slow` runs them, `make test` all others.
SLOW := PortalFaultTests|PortalReindexTests|ReindexFaultTests|HTTPCacheTests|NativePortalTests|MetamorphicTests|PublishUnderLoadTests

FUZZ_COUNT ?= 10000000
FUZZ_SEED ?= 1
# `all` measures the public collections (minutes); `written` shows the last written results.
COLLECTIONS ?= all

.PHONY: help setup packages model build demo test test-slow test-deploy test-crash test-race test-exports test-mcp \
	test-metrics test-encoder test-http test-http-sanitized test-browser lint fuzz exercise bench bench-harvest \
	bench-reindex bench-million bench-vectors bench-latent bench-encoder bench-http bench-load bench-text bench-search \
	bench-fusion bench-tags eval eval-collections calibrate docs dist clean

help: ## List the commands.
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-20s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

packages: ## Install missing Debian packages (does nothing if all are installed).
	@scripts/install-packages

model: packages ## Fetch the sentence model into the user's cache, once.
	@scripts/fetch-model

setup: packages model ## Install everything a new machine needs.

build: setup ## Build the release program.
	$(SWIFT) build -c release --product discover $(CHECK)

demo: build ## Build, ingest the invented demonstration metadata, answer two questions.
	@scripts/demo $(RELEASE) $(DEMO_INDEX)

test: setup ## Run the tests except those of `make test-slow`.
	$(SWIFT) build --build-tests $(CHECK)
	@scripts/run-tests --skip '$(SLOW)'

test-slow: setup ## Run the slow tests: misbehaving portals, failing disks, publishing under load.
	$(SWIFT) build --build-tests $(CHECK)
	@scripts/run-tests --filter '$(SLOW)'

test-exports: build ## Read every export back with independent programs (PyPI).
	@scripts/test-external exports $(RELEASE)

test-mcp: build ## Let the official MCP client (PyPI) call every tool.
	@scripts/test-external mcp-client $(RELEASE)

test-metrics: build ## Compare the metrics of eval with those of pytrec_eval (PyPI) on random runs.
	@scripts/test-external trec-metrics $(RELEASE)

test-browser: build ## Test the pages in a real browser; screenshots go to .build/screenshots.
	@scripts/test-browser $(RELEASE)

lint: ## Check format, imports, warnings of the build, Python and shell.
	@scripts/install-packages lint
	@scripts/lint $(CHECK)

exercise: packages
	$(SWIFT) build -c release --product exercise $(CHECK)

fuzz: exercise ## Run the planner on FUZZ_COUNT random inputs (ten million), on all cores.
	.build/release/exercise fuzz --count $(FUZZ_COUNT) --seed $(FUZZ_SEED)

bench: build exercise ## Run the benchmarks that take minutes, beside their peers; writes Benchmarks/RESULTS.md.
	$(SWIFT) build -c release --product VectorBench $(CHECK)
	rm -f .build/vectors/*.ivf .build/vectors/results-*
	@Benchmarks/vectors .build/release/VectorBench --count 100000
	$(SWIFT) build -c release --product TextBench $(CHECK)
	rm -f .build/text/built-* .build/text/*/seconds.json
	@Benchmarks/text .build/release/TextBench 200000
	@$(MAKE) bench-encoder bench-http
	@Benchmarks/run $(RELEASE)

bench-harvest: build ## Measure harvesting up to a million records; writes Benchmarks/HARVEST.md.
	@Benchmarks/harvest $(RELEASE)

bench-vectors: setup ## Measure the vector index beside its peers on a million vectors; writes Benchmarks/VECTORS.md.
	$(SWIFT) build -c release --product VectorBench $(CHECK)
	rm -f .build/vectors/*.ivf .build/vectors/results-*
	@Benchmarks/vectors .build/release/VectorBench

bench-text: setup ## Measure full-text search beside FTS5 and Tantivy; writes Benchmarks/TEXT.md.
	$(SWIFT) build -c release --product TextBench $(CHECK)
	rm -f .build/text/built-* .build/text/*/seconds.json
	@Benchmarks/text .build/release/TextBench

bench-fusion: build ## Compare settings of the fusion by cross-validation; writes Benchmarks/FUSION.md.
	@Benchmarks/fusion $(RELEASE)

bench-search: build ## Measure searches of up to a million records; writes Benchmarks/SEARCH.md, docs/cost-curves.svg.
	@Benchmarks/search $(RELEASE)

bench-latent: setup ## Measure latent semantic analysis up to a million records; writes Benchmarks/LATENT.md.
	$(SWIFT) build -c release --product VectorBench $(CHECK)
	@Benchmarks/latent .build/release/VectorBench
	@Benchmarks/latent .build/release/VectorBench --rare-words 10000 100000

test-crash: build ## Kill runs at 200 random moments and check that the index is intact after each.
	@scripts/test-crash $(RELEASE)

test-race: setup ## Publish under query load with the thread sanitizer.
	@scripts/test-sanitized thread PublishUnderLoadTests

bench-reindex: build ## Measure a reindex run with 1% changes; writes Benchmarks/REINDEX.md.
	@Benchmarks/reindex $(RELEASE)

test-deploy: build ## Check the files of deploy/ with the programs that read them.
	@scripts/test-deploy $(RELEASE)

bench-million: build ## Build an index of a million invented records; writes Benchmarks/MILLION.md.
	@Benchmarks/reindex $(RELEASE) 1000000 --first --write Benchmarks/MILLION.md

eval: build ## Score plans, answers and rankings on the shared gold, if it is present, beside the peers' numbers.
	@# Updates docs/planner.md and, unless COLLECTIONS=written, Benchmarks/COLLECTIONS.md.
	@scripts/evaluate $(RELEASE) $(COLLECTIONS)

calibrate: exercise model ## Measure whether vectors could link unknown words; updates docs/planner.md.
	.build/release/exercise calibrate | scripts/renew-block.py docs/planner.md calibration

eval-collections: build ## Score ranking on public collections; writes Benchmarks/COLLECTIONS.md (minutes).
	@Benchmarks/collections $(RELEASE)

test-http: build ## Test the running service with schemathesis (PyPI) and, if installed, overload it with wrk (Debian).
	@$(RELEASE) status --index $(DEMO_INDEX) >/dev/null 2>&1 || scripts/demo $(RELEASE) $(DEMO_INDEX) >/dev/null
	@scripts/test-http $(RELEASE) $(DEMO_INDEX)

test-http-sanitized: setup ## Send 10,000 random requests under the address and the thread sanitizer.
	@scripts/test-sanitized address 'RandomRequestTests|LoadTests|HostileTests'
	@scripts/test-sanitized thread 'RandomRequestTests|LoadTests|HostileTests'

bench-encoder: setup ## Measure the sentence encoder beside ONNX Runtime and PyTorch; writes Benchmarks/ENCODER.md.
	$(SWIFT) build -c release --product EncoderBench $(CHECK)
	@Benchmarks/encoder .build/release/EncoderBench

test-encoder: setup ## Compare tokens and vectors of several models with the reference's (PyPI).
	$(SWIFT) build -c release --product EncoderBench $(CHECK)
	@scripts/test-external encoder .build/release/EncoderBench

bench-tags: build ## Measure how often tags read from text are right; writes docs/tag-precision.md.
	@../shared/gold/tags/build_index.sh $(RELEASE) .build/tags
	@Benchmarks/tags $(RELEASE) .build/tags/idx ../shared/gold/tags/tags.dev.jsonl

bench-http: build ## Measure requests a second beside Datasette (PyPI); writes Benchmarks/HTTP.md.
	@test -x .build/venv/bin/datasette || { python3 -m venv .build/venv && .build/venv/bin/pip install --quiet datasette; }
	@Benchmarks/http $(RELEASE) --datasette .build/venv/bin/datasette

bench-load: build ## Serve twice the capacity while 20 generations are published; writes Benchmarks/LOAD.md.
	@Benchmarks/load $(RELEASE) --seconds 300 --generations 20 --write Benchmarks/LOAD.md

docs: build ## Update the documents that the program generates.
	@$(RELEASE) help --markdown > docs/commands.md
	@$(RELEASE) serve --describe openapi > docs/openapi.json
	@scripts/renew-http-manual $(RELEASE)
	@$(RELEASE) mcp --tools | scripts/renew-block.py docs/mcp.md tools

dist: setup ## Make a tarball that runs without Swift.
	@scripts/dist

clean: ## Remove all build products; the model and the packages stay.
	rm -rf .build $(DEMO_INDEX)
