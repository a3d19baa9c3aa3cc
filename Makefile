# Rohstoffradar: the commands of a checkout. A bare `make` lists them.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
CACHE  := .cache
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# The sources a check reads.
CODE   := crawler indexer search_api radar tests benchmarks

# Tests of one file, and all that share a server, run in one process.
IN_PARALLEL := -n auto --dist loadfile --no-loadscope-reorder

# Compiled modules are kept: a test that starts the program would compile it anew each time.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo run serve test check bench gallery fuzz endurance lock sbom elasticsearch elasticsearch-server chromium clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-21s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/.runtime ## set up, then the main job on bundled sample sites
	@$(BIN)/radar demo --folder $(CACHE)/demo

run: $(VENV)/.runtime ## the main job for the configured partners
	@$(BIN)/radar run

serve: $(VENV)/.runtime ## search page and API over what was collected
	@$(BIN)/radar serve

test: $(VENV)/.dev chromium elasticsearch-server ## set up what the tests need, then all tests but those of endurance
	@$(BIN)/python -m compileall -q -j 0 $(CODE)
	@$(BIN)/python -m tests.rewritten
	@$(BIN)/python -m pytest $(IN_PARALLEL) -m "not endurance" $(PYTEST_ARGS)

endurance: $(VENV)/.dev chromium elasticsearch-server ## weeks of runs with kills and full disks, a cluster whose nodes die, exports of 100,000 rows, 360 journeys through the pages
	@$(BIN)/python -m pytest $(IN_PARALLEL) -m endurance $(PYTEST_ARGS)

check: $(VENV)/.dev ## lint, format, types, import rules, dependencies, lock files, advisories
	$(BIN)/ruff check $(wildcard $(CODE))
	$(BIN)/ruff format --check $(wildcard $(CODE))
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry crawler indexer search_api radar
	$(BIN)/deptry tests benchmarks --ignore DEP002,DEP004 # they may import the dev group
	$(BIN)/python tests/check_lock.py
	$(BIN)/python tests/audit_lock.py

bench: $(VENV)/.dev ## speed, memory and quality beside peers, as tables
	@$(BIN)/python -m benchmarks --cache $(CACHE)/bench $(BENCH_ARGS)
	@[ -n "$(BENCH_ARGS)" ] || $(BIN)/python -m benchmarks.elasticsearch
	@[ -n "$(BENCH_ARGS)" ] || $(BIN)/python -m benchmarks.stores_over_http
	@[ -n "$(BENCH_ARGS)" ] || $(BIN)/python -m benchmarks.watches
	@[ -n "$(BENCH_ARGS)" ] || RADAR_PARITY_DOCUMENTS=20000 RADAR_PARITY_QUERIES=1000 $(BIN)/python -m pytest -q tests/integration/elasticsearch/test_parity.py

gallery: $(VENV)/.dev chromium ## pictures of the pages over the demo's data, into docs/gallery
	@$(BIN)/python -m tests.web.gallery

fuzz: $(VENV)/.dev ## property-based tests with many more examples
	@HYPOTHESIS_PROFILE=fuzz $(BIN)/python -m pytest -n 2 -m fuzz $(PYTEST_ARGS)

lock: $(VENV)/.dev ## resolve the newest releases anew into the lock files
	printf 'hatchling\neditables\n' | $(BIN)/uv pip compile pyproject.toml - --extra meaning --extra services --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links -q -o requirements.lock
	printf 'hatchling\neditables\n' | $(BIN)/uv pip compile pyproject.toml - --extra meaning --extra services --group pyproject.toml:dev -c requirements.lock --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links -q -o requirements-dev.lock

sbom: $(VENV)/.dev ## bill of materials (CycloneDX) of what a user installs
	@mkdir -p $(CACHE)
	@$(BIN)/python -m cyclonedx_py requirements requirements.lock --pyproject pyproject.toml --output-reproducible --of JSON -o $(CACHE)/rohstoffradar.cdx.json
	@echo $(CACHE)/rohstoffradar.cdx.json

elasticsearch: $(VENV)/.dev ## keep an Elasticsearch running on port 9200 for trying out
	@$(BIN)/python -m tests.elasticsearch

elasticsearch-server: $(VENV)/.dev ## fetch the server that these tests start (947 MB, once)
	@[ -n "$$RADAR_TEST_ELASTICSEARCH" ] || $(BIN)/python -m tests.elasticsearch --fetch || true

chromium: ## the browser for the web tests, and the same without windows, which is quicker: installed where that is allowed
	@command -v chromium >/dev/null && command -v chromium-headless-shell >/dev/null || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq; for package in chromium chromium-headless-shell; do \
	    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$package >/dev/null || \
	    echo "$$package could not be installed: without either the web tests will not run." >&2; \
	  done; \
	elif command -v chromium >/dev/null; then \
	  echo "Web tests run in chromium. In chromium-headless-shell they take half the time: sudo apt-get install chromium-headless-shell" >&2; \
	else echo "Tests that need chromium will not run: sudo apt-get install chromium chromium-headless-shell" >&2; fi

clean: ## remove the environment and the caches
	rm -rf $(VENV) $(CACHE) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12 …")'
	@$(PYTHON) -m venv $(VENV) || { echo "the venv module is missing: sudo apt-get install python3-venv" >&2; exit 1; }
	@# The pip of Python 3.11 fails on extras like lxml[html-clean]; a newer one does not.
	@$(PIP) --upgrade pip

$(VENV)/.runtime: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "setting up $(VENV) …" >&2
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml | $(VENV)/bin/python
	@echo "setting up $(VENV) with what tests need …" >&2
	@$(PIP) --require-hashes -r requirements-dev.lock
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/.runtime
