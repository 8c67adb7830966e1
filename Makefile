# Everything that one types. `make help` lists it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PYTEST := $(BIN)/python -m pytest

.DEFAULT_GOAL := help
.PHONY: help run venv dev test check static fast bench pictures lock format clean

help: ## Say what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

run: $(VENV)/.run ## Start the bot: no token is needed
	@$(BIN)/python -m bot run

venv: $(VENV)/.dev ## Build the environment alone

test: $(VENV)/.dev ## Run all tests, from nothing
	@.ci/system-packages
	@.ci/foreign-verifier
	$(PYTEST) -n 2 --dist loadfile

check: static fast ## The fast gate: style, types, imports, content, quick tests

static: $(VENV)/.dev ## Style, types, import rules and content
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m bot content check

fast: $(VENV)/.dev
	$(PYTEST) -n 2 --dist loadfile -m "not browser and not postgres and not kills and not slow"

bench: $(VENV)/.dev ## Measure speed, memory and quality: make bench PART=search
	$(BIN)/python -m bench $(PART)

pictures: $(VENV)/.dev ## Take the pictures of docs/tour.md anew (needs Chromium)
	$(BIN)/python -m tests.support.tour

format: $(VENV)/.dev ## Put the code in order
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: $(VENV)/.dev ## Lock the dependencies anew (needs uv)
	uv pip compile -q --universal --generate-hashes --no-header --no-annotate --python-version 3.11 pyproject.toml -o requirements.lock
	uv pip compile -q --universal --generate-hashes --no-header --no-annotate --python-version 3.11 pyproject.toml --group dev -o requirements-dev.lock

clean: ## Remove what was built; var/ (the data) stays
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(BIN)/python requirements.lock
	@test -e $(VENV)/.dev -a $(VENV)/.dev -nt requirements.lock || { echo "Installing what the bot needs (a minute or two, once) ..."; $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock; }
	@touch $@

$(VENV)/.dev: $(BIN)/python requirements-dev.lock
	@echo "Installing what the bot and its tests need (a minute or two, once) ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@
