# 明账 Mingzhang: `make run` opens the app, `make test` proves it. Needs make and Python >= 3.11, nothing else.
# Written for GNU make 3.81 (macOS) and newer.

SHELL := /bin/sh
PORT ?= 8501
OUT ?= data/build/export
SITE ?= data/build/site
# pytest's workers; one file stays with one worker, so that a file's server and browser start once. One more than cores: who waits
# for a browser or a server leaves its core to another. Files go in their order, browsers first: files of few tests are the long ones.
WORKERS ?= $(shell n=`getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2`; if [ "$$n" -gt 3 ]; then echo 4; else expr $$n + 1; fi)
# pytest-rerunfailures: a browser's wait that ran out is waited for once more; the report counts it.
ONCE_MORE = --reruns 1 --only-rerun TimeoutError
PYTEST_ARGS ?=

VENV := .venv
PY := $(VENV)/bin/python
RUNTIME := $(VENV)/.runtime-installed
DEV := $(VENV)/.dev-installed
INSTALL := sh scripts/install.sh $(VENV)
# What is compiled is kept in .venv, also where the environment wants none beside the sources: some hundred processes of a run
# would each compile streamlit and ourselves again, and each of pytest's workers all tests.
unexport PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX := $(CURDIR)/$(VENV)/.compiled
# A build that could not read everything exits 1 and names what; the rest is built, so those that only use it go on.
BUILD_WHAT_CAN_BE := code=0; $(PY) -m budgetdata build || code=$$?; \
	if [ $$code -eq 1 ] && ls data/*.db >/dev/null 2>&1; then echo "Going on with what could be read."; \
	elif [ $$code -ne 0 ]; then exit $$code; fi
LINT := $(PY) -m ruff check . && $(PY) -m ruff format --check -q . && $(VENV)/bin/lint-imports --no-cache

.DEFAULT_GOAL := help
.PHONY: help run build check export site test lint typecheck coverage venv dev lock licences sbom clean

help: ## this list
	@awk 'BEGIN { FS = ":.*## " } /^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile
	@echo "  settings: PORT=8501  OUT=data/build/export  PYTHON=/path/to/python3  CHROMIUM=/path/to/chromium  PYTEST_ARGS='-k word'  WORKERS=2"

$(RUNTIME): locks/runtime.txt locks/installer.txt scripts/make_venv.sh scripts/install.sh
	@sh scripts/make_venv.sh $(VENV)
	@echo "installing locks/runtime.txt (requirements.txt with hashes) …"
	@$(INSTALL) locks/runtime.txt
	@touch $@

$(DEV): locks/dev.txt $(RUNTIME)
	@echo "installing locks/dev.txt (requirements-dev.txt with hashes) …"
	@$(INSTALL) locks/dev.txt
	@touch $@

venv: $(RUNTIME) ## the environment to run (.venv)
dev: $(DEV) ## the environment to develop and test (.venv)

run: $(RUNTIME) ## environment, build, app on http://localhost:8501
	@$(BUILD_WHAT_CAN_BE)
	@exec $(PY) -m streamlit run app.py --server.port $(PORT)

build: $(RUNTIME) ## documents → database
	@$(PY) -m budgetdata build

check: $(RUNTIME) ## the identities that are not balanced
	@ls data/*.db >/dev/null 2>&1 || { $(BUILD_WHAT_CAN_BE); }
	@$(PY) -m budgetdata check

export: $(RUNTIME) ## CSV, datapackage.json and xlsx into OUT
	@ls data/*.db >/dev/null 2>&1 || { $(BUILD_WHAT_CAN_BE); }
	@$(PY) -m budgetdata export --out "$(OUT)"

site: $(RUNTIME) ## every embed, picture and CSV as static files into SITE
	@ls data/*.db >/dev/null 2>&1 || { $(BUILD_WHAT_CAN_BE); }
	@$(PY) -m budgetdata export --site "$(SITE)"

lint: $(DEV) ## ruff: rules and format; import-linter: the order of the rooms
	@$(LINT)

typecheck: $(DEV) ## mypy, strict
	@$(PY) -m mypy budgetdata

coverage: $(DEV) ## which lines the tests reach (those of the browser tests' server apart)
	@CHROMIUM="$$(sh scripts/find_chromium.sh --install)" || exit 1; export CHROMIUM; \
	$(PY) -m pytest -n $(WORKERS) --dist loadfile --cov --cov-report term $(PYTEST_ARGS)

test: $(DEV) ## everything: ruff, pytest with a real browser, mypy beside it
	@CHROMIUM="$$(sh scripts/find_chromium.sh --install)" || exit 1; export CHROMIUM; \
	echo "chromium: $$CHROMIUM"; \
	$(LINT) || exit 1; code=0; types=`mktemp`; \
	$(PY) -m mypy budgetdata >"$$types" 2>&1 & \
	$(PY) -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ONCE_MORE) $(PYTEST_ARGS) || code=$$?; \
	wait $$! || code=1; cat "$$types"; rm -f "$$types"; exit $$code

lock: $(DEV) ## requirements*.txt → locks/, with the hashes of every released file
	@lock="$(VENV)/bin/uv pip compile --quiet --universal --generate-hashes --no-annotate --no-header --python-version 3.11"; \
	for pair in requirements:runtime requirements-dev:dev requirements-ocr:ocr; do \
		$$lock "$${pair%%:*}.txt" -o "locks/$${pair##*:}.txt" || exit 1; \
	done; echo uv | $$lock - -c requirements-dev.txt -o locks/installer.txt

licences: $(DEV) ## the licence of every locked package into docs/licences.csv; fails on one that is not allowed
	@$(PY) scripts/supply.py licences

sbom: $(RUNTIME) ## CycloneDX list of the runtime on stdout
	@$(PY) scripts/supply.py sbom

clean: ## removes what was built and cached; .venv stays (rm -rf .venv)
	@rm -rf data/build data/*.db data/*.db-* data/*.tmp .pytest_cache .mypy_cache .ruff_cache .hypothesis .schemathesis .coverage .import_linter_cache screenshots
	@find . -name __pycache__ -type d -not -path './$(VENV)/*' -prune -exec rm -rf {} +
