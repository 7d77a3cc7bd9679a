# make run   the sample office in the browser        make test   every test
# make check format, lint, types, layers, tests      make lock   resolve the versions anew
# make ocr   what reads scanned pages, on top (300 MB)
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8088
DATE ?= 2026-06-15
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
JOBS ?= auto

.PHONY: run ocr test check format lint types layers coverage bench lock clean

run: $(VENV)/run.stamp
	$(BIN)/fangyuan demo --date $(DATE) --port $(PORT)

ocr: $(VENV)/ocr.stamp

test: $(VENV)/dev.stamp
	$(BIN)/python -m pytest -n $(JOBS) $(TESTS)

check: $(VENV)/dev.stamp format lint types layers coverage

format: $(VENV)/dev.stamp
	$(BIN)/ruff format --check .

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .

types: $(VENV)/dev.stamp
	$(BIN)/mypy

layers: $(VENV)/dev.stamp
	$(BIN)/lint-imports

coverage: $(VENV)/dev.stamp
	$(BIN)/python -m pytest -n $(JOBS) --cov --cov-report=term:skip-covered $(TESTS)

bench: $(VENV)/bench.stamp
	$(BIN)/python -m bench.patrol
	for script in bench/bench_*.py; do $(BIN)/python -m bench.$$(basename $$script .py) || exit 1; done

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation --config-settings editable_mode=compat --editable .
	touch $@

$(VENV)/dev.stamp: requirements-dev.lock $(VENV)/run.stamp
	$(PIP) install --require-hashes -r requirements-dev.lock
	touch $@

$(VENV)/ocr.stamp: requirements-ocr.lock $(VENV)/run.stamp
	$(PIP) install --require-hashes -r requirements-ocr.lock
	touch $@

# DuckDB, pandas and bm25s, which only the benchmarks compare with.
$(VENV)/bench.stamp: requirements-bench.lock $(VENV)/dev.stamp
	$(PIP) install --require-hashes -r requirements-bench.lock
	touch $@

# Hashes only: no address of any package index is written into the lock files.
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate --no-strip-extras
lock:
	$(LOCK) requirements.in -o requirements.lock
	$(LOCK) -c requirements.lock requirements-dev.in -o requirements-dev.lock
	$(LOCK) -c requirements-dev.lock requirements-bench.in -o requirements-bench.lock
	$(LOCK) -c requirements.lock requirements-ocr.in -o requirements-ocr.lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .coverage*
