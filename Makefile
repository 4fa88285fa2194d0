# The whole set-up is `make demo` or `make test`; both make .venv first. See CONTRIBUTING.md.
SHELL := /bin/sh
WORKERS ?= 2
BIN := .venv/bin
READY := .venv/.ready

.PHONY: help setup demo test lint lock clean
.DEFAULT_GOAL := help

help: ## What can be made here
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' Makefile | expand -t 20

setup: $(READY) ## Make .venv: Python >= 3.12 and every locked package

$(READY): requirements/dev.txt requirements/build.txt requirements/uv.txt pyproject.toml scripts/setup scripts/uv scripts/find_python
	@scripts/setup
	@touch $@

demo: $(READY) ## Build the example case in demo/ and print where its note is
	@$(BIN)/firsthand demo --case demo

lint: $(READY) ## Style, types and the direction of imports
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports

test: lint ## Lint, then every test; the last line is pytest's own count
	@$(BIN)/pytest -n $(WORKERS)

lock: ## Write requirements/*.txt from pyproject.toml; UPGRADE=1 takes newer versions
	@scripts/lock $(if $(UPGRADE),--upgrade)

clean: ## Remove what was made here: the environment, the demo, caches
	rm -rf .venv .tools demo .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
