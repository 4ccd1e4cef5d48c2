# The one list of commands. Nothing but Python 3.11 or later, with pip and venv, is needed.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
BIN := .venv/bin
# As many tests at once as there are cores; those of one file stay together.
AT_ONCE := --numprocesses auto --dist loadfile --no-loadscope-reorder
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

help:  ## say what can be done
	@sed -n 's/^\([a-z]*\):.*## /  make \1 \t/p' Makefile | expand -t 18

demo: install  ## the demonstration school, in the browser
	@$(BIN)/belisha demo --data belisha-demo

serve: install  ## a real school, empty at first, kept in belisha-data
	@$(BIN)/belisha serve --data belisha-data

install: .venv/installed  ## everything that Belisha needs, into .venv

test: .venv/installed-dev  ## every test, on SQLite and then on PostgreSQL
	@sh tests/install_from_debian.sh
	$(BIN)/python -m pytest $(AT_ONCE)
	$(BIN)/python -m tests.postgres $(BIN)/python -m pytest $(AT_ONCE) -m "not browser and not once"

check: .venv/installed-dev  ## format, lint, types, order of imports, tables
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@BELISHA_DATA=.venv/check $(BIN)/python -m django makemigrations --check --dry-run --settings config.settings

# Needs gettext (on Debian: apt install gettext). What is new waits in locale/ for a translation.
messages: .venv/installed-dev  ## gather what parents read, for translators
	$(BIN)/python -m tests.messages

bench: .venv-bench/installed  ## how fast and how well, beside others
	.venv-bench/bin/python -m bench.faces
	.venv-bench/bin/python -m bench.pipeline
	.venv-bench/bin/python -m bench.film
	.venv-bench/bin/python -m bench.register
	.venv-bench/bin/python -m bench.doors
	.venv-bench/bin/python -m bench.policy_page

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Belisha needs Python 3.11 or later. Install it and try again."; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "Belisha needs Python's venv. On Debian: apt install python3-venv"; exit 1; }

.venv/installed: requirements/base.txt pyproject.toml | .venv/bin/python
	@echo "Installing into .venv, once: about a minute."
	@$(PIP) --require-hashes -r requirements/base.txt
	@$(PIP) --no-deps --editable .
	@touch $@

.venv/installed-%: requirements/%.txt .venv/installed
	@$(PIP) --require-hashes -r $<
	@touch $@

.venv-bench/installed: requirements/bench.txt | .venv/bin/python
	@$(BIN)/python -m venv .venv-bench
	@.venv-bench/bin/python -m pip install --quiet --require-hashes -r $<
	@touch $@

.PHONY: help demo serve install test check messages bench
