# Everything here works on a fresh machine with Python 3.11 or later and make. Set PYTHON to pick one.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/.installed-run
DEV := $(VENV)/.installed-dev
GOLD ?=
EVAL ?= ../shared/eval
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help run test lint test-slow bench docs evaluate calibrate lock clean

help: ## Say what each target does
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

run: $(RUN) ## Set up, then code the bundled sample reports
	@$(BIN)/dateline code samples/reports.jsonl

test: lint ## Set up, then run every check but the slow ones
	@$(BIN)/python -m pytest -m "not slow"

lint: $(DEV) ## Style, types, and which file may import which
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

test-slow: $(DEV) ## The checks that take minutes
	@$(BIN)/python -m pytest -m slow

bench: $(RUN) ## Measure speed and memory; prints a table of ratios
	@$(BIN)/python bench/bench.py

docs: $(DEV) ## Write docs/reference from the code
	@$(BIN)/python docs/generate.py

evaluate: $(RUN) ## Score every real set in EVAL, write docs/reference/accuracy.md; or GOLD=file.jsonl
ifneq ($(strip $(GOLD)),)
	@$(BIN)/dateline evaluate $(GOLD) --errors $(or $(ERRORS),0)
else ifeq ($(wildcard $(EVAL)),)
	@echo "no real sets in $(EVAL): make evaluate EVAL=folder, or GOLD=file.jsonl"
else
	@$(BIN)/python docs/accuracy.py $(EVAL) $(SETS)
endif

lock: $(DEV) ## Pin every dependency again, with hashes
	@$(PIP) install uv
	@$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-annotate --custom-compile-command "make lock" \
	  --group pyproject.toml:build pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-annotate --custom-compile-command "make lock" -c requirements.lock \
	  --group pyproject.toml:build --group pyproject.toml:dev pyproject.toml -o requirements-dev.lock
	@$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-annotate --custom-compile-command "make lock" -c requirements.lock \
	  --group pyproject.toml:calibrate -o requirements-calibrate.lock

calibrate: $(RUN) ## Fit the confidence of claims on development gold; draw how well it holds
	$(PIP) install --no-deps --require-hashes -r requirements-calibrate.lock
	@$(BIN)/python calibration/train.py

clean: ## Remove what was installed and cached
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; set PYTHON")'
	$(PYTHON) -m venv $(VENV)

# The lock names every package with its hash, so nothing is resolved and nothing else can come in.
$(RUN): requirements.lock pyproject.toml | $(BIN)/python
	$(PIP) install --no-deps --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): requirements-dev.lock $(RUN)
	$(PIP) install --no-deps --require-hashes -r requirements-dev.lock
	@touch $@
