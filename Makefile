# Two commands start everything: `make run` and `make test`. Both set up what they need first.

.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3
PORT ?= 8000
JOBS ?= logical
BIN := .venv/bin
SYNCED := .venv/.synced
TRANSLATIONS := eventsapp/translations
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard $(TRANSLATIONS)/*/LC_MESSAGES/messages.po))
# uv does not read pip's settings: hand on the index and the certificates that this machine was given for pip.
PIP_INDEX = $${PIP_INDEX_URL:-$$($(BIN)/python -m pip config get global.index-url 2>/dev/null)}
UV = index="$(PIP_INDEX)"; env $${index:+UV_DEFAULT_INDEX="$$index"} $${PIP_CERT:+SSL_CERT_FILE="$$PIP_CERT"} $(BIN)/uv
LOCK = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate

export PORT

.PHONY: help setup run test lint format bench e2e fuzz screens catalog lock clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

setup: $(SYNCED) $(CATALOGUES) ## the environment alone, in .venv/
	@:

run: setup ## everything, with the demonstration data, at http://127.0.0.1:8000 (PORT=… changes it)
	@exec $(BIN)/eventsapp run

test: setup ## every test, on SQLite and on PostgreSQL
	$(BIN)/pytest -n $(JOBS) --dist worksteal $(ARGS)

lint: setup ## format, ruff, mypy --strict
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: setup ## puts the code in its format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: setup ## speed beside the yardstick, a bare Flask "hello" (ARGS="--only scan" picks rows)
	@$(BIN)/python -m compileall -q eventsapp
	$(BIN)/python -m tests.bench $(ARGS)

e2e: setup ## the journeys through a browser alone
	EVENTSAPP_TEST_NO_SKIP=1 $(BIN)/pytest -m browser $(ARGS)

fuzz: setup ## the trials at full size: races, kills, noise (half an hour and more)
	EVENTSAPP_TRIAL=full $(BIN)/pytest -m slow $(ARGS)

screens: setup ## pictures of every page into docs/screens/
	$(BIN)/python -m tests.journeys.screens $(ARGS)

catalog: setup ## collects the interface's sentences, brings the catalogues up to date and compiles them
	$(BIN)/pybabel -q extract -F .babel.cfg -k lazy_gettext -k _l -k N_ --no-location --sort-output --omit-header -o $(TRANSLATIONS)/messages.pot .
	$(BIN)/pybabel -q update -N --ignore-obsolete --ignore-pot-creation-date -i $(TRANSLATIONS)/messages.pot -d $(TRANSLATIONS)
	$(MAKE) setup

lock: $(SYNCED) ## resolves the dependencies anew into .lock/ (ARGS="--upgrade" takes newer ones)
	@$(LOCK) $(ARGS) pyproject.toml -o .lock/runtime.txt
	@$(LOCK) $(ARGS) pyproject.toml --group dev -c .lock/runtime.txt -o .lock/dev.txt
	@$(LOCK) $(ARGS) --group pyproject.toml:build -o .lock/build.txt

clean: ## forgets the environment; keeps instance/
	rm -rf .venv build eventsapp.egg-info .mypy_cache .pytest_cache .ruff_cache

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'eventsapp needs Python 3.11 or newer: name one with PYTHON=, for example: make PYTHON=python3.12 run' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo 'This python3 cannot make environments: install its venv part first (Debian, Ubuntu: apt-get install python3-venv).' >&2; exit 1; }
	@$(PYTHON) -m venv .venv

.venv/bin/uv: .lock/build.txt | .venv/bin/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .lock/build.txt
	@touch $@

$(SYNCED): .lock/dev.txt .lock/build.txt pyproject.toml | .venv/bin/uv
	@echo 'Installing what .lock/dev.txt names into .venv …'
	@$(UV) pip sync --quiet --compile-bytecode --python $(BIN)/python --require-hashes .lock/build.txt .lock/dev.txt
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q eventsapp
	@touch $@

%.mo: %.po | $(SYNCED)
	$(BIN)/pybabel -q compile -i $< -o $@ -l $(notdir $(patsubst %/LC_MESSAGES/,%,$(dir $<)))
