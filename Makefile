# The project's verbs. `make` alone lists them; recipes run what `npx carto` and
# npm's own tools do, so that everything can be done without make too.

# TERRITOIRE=21,2A,974 or france: what `make build` fetches from its producers.
TERRITOIRE ?=
# SOURCES=file.json: what `make build` reads instead, both absent: the example territory.
SOURCES ?=
# PORT=number: where `make serve` listens; a free port when absent.
PORT ?=
# Flags for vitest, for instance VITEST_FLAGS='src/format -t lattice'.
VITEST_FLAGS ?=
# Flags for the benchmarks, as bench/run.ts tells them.
BENCH_FLAGS ?=

.DEFAULT_GOAL := help
.PHONY: help setup build test lint types unit serve bench verify package clean

help: ## List the verbs
	@awk -F ':.*## ' '/^[a-z]+:.*## / && $$1 != "help" { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install what is missing: npm packages, GDAL, tippecanoe, 7-Zip, Chromium
	@bash pipeline/setup.sh

build: setup ## Build dist/: the example territory, TERRITOIRE=21,974 or SOURCES=file.json
	npx carto build$(if $(TERRITOIRE), --territoire "$(TERRITOIRE)")$(if $(SOURCES), --sources "$(SOURCES)")

test: setup lint types unit ## Lint, check types, run every test, the browser's included

lint: setup
	npx eslint .
	npx prettier --check .

types: setup
	npx tsc --noEmit

unit: setup
	npx vitest run$(if $(VITEST_FLAGS), $(VITEST_FLAGS))

serve: setup ## Serve dist/ and its API on 127.0.0.1; PORT=number to choose the port
	npx carto serve$(if $(PORT), --port $(PORT))

bench: setup ## Measure requests, bytes and time beside the peers; BENCH_FLAGS='--large --browser' for more
	node --import tsx bench/run.ts$(if $(BENCH_FLAGS), $(BENCH_FLAGS))
	node --import tsx bench/bundle-sizes.ts

verify: setup ## Check dist/: lengths, hashes, and every file read back
	npx carto verify

package: setup ## Make the library's npm package, data/package/carto-statique-VERSION.tgz
	node --import tsx pipeline/package/run.ts data/package/carto-statique
	npm pack --silent ./data/package/carto-statique --pack-destination data/package

clean: ## Remove dist/, the build's work folders and the package
	rm -rf dist data/work data/example data/package
