# Two commands do it all: `make run` and `make test`. Each sets up what it needs; the second time is quick.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
ECHELLE ?= 0.02
BIN := .venv/bin

.PHONY: help setup run build test lint bench evaluate conformance lock clean

help: ## What each target does
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1|\2/' | column -t -s '|'

setup: .make/python .make/node ## Python and npm parts, locked, into .venv and node_modules

.make/python: requirements/dev.txt pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed: no '$(PYTHON)' found. Try make PYTHON=/path/to/python3."; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; '$(PYTHON)' is older. Try make PYTHON=python3.11."; exit 2; }
	@echo "Setting up Python in .venv …"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@mkdir -p .make && touch $@

.make/node: package.json package-lock.json
	@command -v npm >/dev/null || { echo "npm is needed for the tables and shapes of French territories and the query editor: install Node.js 18 or newer."; exit 2; }
	@echo "Setting up npm parts in node_modules …"
	@npm ci --silent
	@mkdir -p .make && touch $@

build: setup ## Build an edition of the graph (only when something changed)
	@$(BIN)/maillage build

run: build ## Build if needed, then serve on http://HOST:PORT (PORT=8000)
	@$(BIN)/maillage serve --host $(HOST) --port $(PORT)

lint: setup ## ruff, mypy strict, import-linter
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

test: lint ## Linters, then every test; what the machine lacks is skipped by name and listed at the end
	@$(BIN)/pytest

bench: setup ## Measures, side by side in one run, as ratios (ECHELLE=1 for a whole country: about an hour)
	@$(BIN)/python -m tests.benchmarks $(ECHELLE)

evaluate: setup ## How good the answers are, as tables (ECRIRE=1 keeps them in docs/evaluation.md)
	@$(BIN)/python -m tests.evaluation $(if $(ECRIRE),--ecrire)

conformance: setup ## W3C SPARQL suites, where ../shared holds them
	@$(BIN)/pytest -q tests/conformance

lock: ## Renew the locked versions (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes -q -o requirements/run.txt
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes -q -o requirements/dev.txt
	npm install --package-lock-only --silent

clean: ## Remove what the other targets made (not your data in var/)
	rm -rf .venv node_modules .make .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -prune -exec rm -rf {} +
