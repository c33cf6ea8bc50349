# One word for each thing to do here; `make help` lists them. Windows: see README.md.
#
# PYTHON=python3.12   the interpreter that .venv is made with (default: the newest from 3.11 to 3.13)
# ARGS="..."          flags for the command behind lab, unit, notebooks, browser, wheel or soak

PYTHON ?=
ARGS ?=
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest
UNIT := $(PYTEST) -p no:playwright
STRIP := $(BIN)/nbstripout --keep-id
export PYTHON

.DEFAULT_GOAL := help
.PHONY: help lab test env env-dev chromium lint types unit notebooks wheel browser soak bench \
        screenshots format lock clean

help: ## List what can be made
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

lab: env ## Open JupyterLab on notebooks/00_start_here.ipynb
	@$(BIN)/python -m b2bkit lab . -- $(ARGS)

test: env-dev chromium ## Run everything that CI runs
	@$(MAKE) --no-print-directory lint
	@$(MAKE) --no-print-directory types
	@$(MAKE) --no-print-directory unit
	@$(MAKE) --no-print-directory notebooks
	@$(MAKE) --no-print-directory wheel
	@$(MAKE) --no-print-directory browser

env:
	@scripts/environment.sh

env-dev:
	@scripts/environment.sh dev

chromium: env-dev
	@$(BIN)/python scripts/chromium.py

lint: env-dev ## Check format, style, import layers and that notebooks are stored stripped
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/lint-imports
	$(STRIP) --verify notebooks/*.ipynb

types: env-dev ## Check types
	$(BIN)/mypy

unit: env-dev ## Test rules and parts, without a browser
	$(UNIT) -m "not notebook and not wheel and not slow" $(ARGS)

notebooks: env-dev ## Run every notebook from top to bottom
	$(UNIT) -m notebook $(ARGS)

wheel: env-dev ## Build the wheel, install it into an empty environment, run it
	$(UNIT) -m wheel $(ARGS)

browser: env-dev chromium ## Drive a real JupyterLab in headless Chromium
	$(PYTEST) tests/browser $(ARGS)

soak: env-dev ## Run the long proofs that `make test` leaves out
	$(UNIT) -m slow $(ARGS)

bench: env-dev ## Measure; prints the numbers
	@for file in benchmarks/*.py; do echo "== $$file"; $(BIN)/python "$$file" || exit 1; done

screenshots: env-dev chromium ## Take the pictures in docs/images anew
	$(BIN)/python scripts/screenshot.py $(ARGS)

format: env-dev ## Format the code, and strip the notebooks of what running them left
	$(BIN)/ruff format
	$(BIN)/ruff check --fix
	$(STRIP) notebooks/*.ipynb

lock: env ## Choose the newest versions anew and write constraints.txt
	@$(BIN)/python scripts/lock.py

clean: ## Remove .venv and everything else that was made here
	rm -rf .venv .build dist build shots .pytest_cache .mypy_cache .ruff_cache \
		.import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
