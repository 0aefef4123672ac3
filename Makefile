# The two commands of the README are `make demo` and `make test`; `make help` lists the rest.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
DEMO_PORT ?= 8000

.DEFAULT_GOAL := help
.PHONY: help setup demo test check lint format types contracts templates deploy-check migrations lock bench-matching

help:  ## What can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

# Made anew whenever a lock file changes. The demo needs no developer tools, so it does not wait for them.
.venv/.runtime: requirements/base.txt
	@bin/make-venv "$(PYTHON)" base
	@touch $@

.venv/.made: requirements/base.txt requirements/dev.txt
	@bin/make-venv "$(PYTHON)" dev
	@touch .venv/.runtime $@

var/.native-libraries: bin/native-libraries | .venv/.runtime
	@bin/native-libraries
	@mkdir -p var && touch $@

setup: .venv/.made var/.native-libraries  ## Everything needed to run and to develop, and nothing started
	@bin/prepare

demo: .venv/.runtime var/.native-libraries  ## The portal with an invented programme, on this machine
	@bin/prepare
	@DEMO_PORT=$(DEMO_PORT) bin/demo

test: .venv/.made var/.native-libraries  ## The tests, without a browser, on SQLite
	@$(BIN)/pytest -n auto -m "not browser" $(ARGS)

check: lint types contracts templates deploy-check migrations  ## All checks that read and do not run

lint:  ## Style and common mistakes
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types:  ## Types of engines, services and queries
	$(BIN)/mypy

contracts:  ## Which room may import which
	$(BIN)/lint-imports

templates:  ## Templates: indented, modern
	git ls-files -z 'templates/*.html' | xargs -0 $(BIN)/djade --check --target-version 5.2
	git ls-files -z 'templates/*.html' | xargs -0 $(BIN)/djhtml --check --tabwidth 2

deploy-check:  ## Django's own checks, as in production
	SECRET_KEY=$$(head -c 48 /dev/urandom | base64) BASE_URL=https://mentoring.example.org $(MANAGE) check --deploy --fail-level WARNING

migrations:  ## No change of a model without its migration
	$(MANAGE) makemigrations --check --dry-run

format:  ## Mend style and templates in place
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	git ls-files -z 'templates/*.html' | xargs -0 $(BIN)/djade --target-version 5.2
	git ls-files -z 'templates/*.html' | xargs -0 $(BIN)/djhtml --tabwidth 2

.venv-mentor-match/.made: requirements/mentor-match.txt
	@$(PYTHON) -m venv .venv-mentor-match
	@.venv-mentor-match/bin/pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

bench-matching: .venv/.made .venv-mentor-match/.made  ## What a match costs, against named peers
	@$(BIN)/python benchmarks/match.py $(ARGS)

lock:  ## Pin what requirements/*.in ask for, with hashes (needs uv)
	bin/lock
