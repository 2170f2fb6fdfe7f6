# The door to everything. `make demo` and `make test` need Python 3.11 and make; what else they need they install.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: help demo test quick check fix bench bench-quick docs lock vendor browser clean

help: ## what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## / — /'

$(STAMP): pyproject.toml requirements.lock
	$(PYTHON) -c 'import sys; sys.exit("Joinedup needs Python 3.11 or newer: make PYTHON=python3.11 ...") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	# uv installs in seconds what takes pip minutes; where it cannot be had or cannot reach the packages, pip does it.
	{ $(BIN)/python -m pip install --quiet --disable-pip-version-check uv && \
	  $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock; } || \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

demo: $(STAMP) ## the web service with the bundled facts and fictional reports, ready to try
	$(BIN)/joinedup demo

test: $(STAMP) browser check ## every check and every test
	$(BIN)/pytest -n auto

quick: $(STAMP) ## the fast tests: the inner loop
	$(BIN)/pytest -q -n auto -m "not slow and not browser and not corpus"

check: $(STAMP) ## lint, types, the floors of the house
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: $(STAMP) ## put right what can be put right by itself
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(STAMP) ## measure every figure; writes bench/latest.json and docs/measured.md (long)
	$(BIN)/python bench/run.py

bench-quick: $(STAMP) ## the figures that can be measured in a minute
	$(BIN)/python bench/run.py --quick

docs: $(STAMP) ## write the generated reference pages anew
	$(BIN)/python scripts/docs.py

vendor: $(STAMP) ## take the parts of GOV.UK Frontend that the pages use from npm anew (needs npm)
	$(BIN)/python scripts/vendor_govuk.py

browser: ## Chromium for the browser tests, where the system's packages can bring it
	@sh scripts/browser.sh

lock: ## write requirements.lock anew from pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --all-extras --generate-hashes --no-emit-index-url --no-annotate --no-header --output-file requirements.lock pyproject.toml scripts/build-requirements.txt

clean: ## remove what make has made
	rm -rf $(VENV) var build dist
