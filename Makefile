# demo, test, bench, check: each makes .venv itself when it is missing.
# PYTHON=/path/to/python3.12 chooses another interpreter (3.11 or newer).

NEW_ENOUGH := -c 'import sys; sys.exit(sys.version_info < (3, 11))'
PYTHON ?= $(shell for p in python3 python3.11 python3.12 python3.13 python3.14; do \
	$$p $(NEW_ENOUGH) 2>/dev/null && { echo $$p; break; }; done)
BIN := .venv/bin

.PHONY: demo test bench torture screenshots check format docs lock clean
.DEFAULT_GOAL := help

help:
	@echo "make demo          crawl the replica web, then read the archive on 127.0.0.1:8001"
	@echo "make demo SERVE=no the same, ends after the crawl"
	@echo "make test          the whole test suite"
	@echo "make check         lint, types, layers, generated docs"
	@echo "make bench         benchmarks: ratios against a baseline in the same run"
	@echo "make torture       kills, full disks, hostile sites, strangers: in full number (long)"
	@echo "make screenshots   the pictures of docs/images, with a browser"
	@echo "make docs          write the generated pages of docs/ again"
	@echo "make lock          write requirements.lock again from pyproject.toml (needs uv)"

.venv/ready: requirements.lock pyproject.toml
	@$(or $(PYTHON),false) $(NEW_ENOUGH) || \
		{ echo "Tashan needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 ..." >&2; exit 2; }
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: .venv/ready
	@$(BIN)/tashan demo $(if $(filter no,$(SERVE)),--no-serve)

test: .venv/ready
	@$(BIN)/python -m pytest

bench: .venv/ready
	@$(BIN)/python -m benchmarks

torture: .venv/ready
	@$(BIN)/python -m benchmarks.torture

screenshots: .venv/ready
	@$(BIN)/python -m commands.screenshots

check: .venv/ready
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python -m pytest tests/test_layers.py
	@$(BIN)/python -m commands.docs --check

format: .venv/ready
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format --quiet .

docs: .venv/ready
	@$(BIN)/python -m commands.docs

lock:
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
		--no-config --no-header --no-annotate \
		--quiet --output-file requirements.lock

clean:
	rm -rf .venv build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
