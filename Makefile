# dmdesk: `make run` starts it, `make test` tests it.
# Either needs only Python 3.11 or later, make and a shell; the rest is fetched into .venv once.

ifeq ($(OS),Windows_NT)
BIN = .venv/Scripts
else
BIN = .venv/bin
endif
PY = $(BIN)/python
PLAN =

.PHONY: help run test check format setup bench screenshots lock clean
.DEFAULT_GOAL = help

help:            ## say what can be made
	@sed -n 's/^\([a-z]*\): [^#]*## /  make \1	/p' Makefile

run: .venv/run.stamp            ## start dmdesk with your copy of the sample plan (PLAN=file for another)
	@sh tools/run.sh "$(PY)" "$(PLAN)"

test: check            ## check style, types and imports, then run all tests
	@QT_QPA_PLATFORM=offscreen $(PY) -m pytest -n auto --maxprocesses=8 --dist=worksteal

check: setup            ## check style, types and imports only
	@$(PY) -m ruff check --quiet .
	@$(PY) -m ruff format --check --quiet .
	@$(PY) -m mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo

format: setup            ## put all source files into the house style
	@$(PY) -m ruff check --fix --quiet .
	@$(PY) -m ruff format --quiet .

setup: .venv/dev.stamp .venv/qt.stamp            ## get everything that running and testing need

.venv/run.stamp: requirements.lock tools/setup.sh
	@sh tools/setup.sh "$(PY)" requirements.lock
	@touch $@

.venv/dev.stamp: requirements-dev.lock tools/setup.sh
	@sh tools/setup.sh "$(PY)" requirements-dev.lock
	@touch $@ .venv/run.stamp

.venv/qt.stamp: .venv/dev.stamp tools/qt_libraries.sh
	@sh tools/qt_libraries.sh "$(PY)"
	@touch $@

bench: setup            ## measure speed and memory against the floors
	@$(PY) -m tests.bench

screenshots: setup            ## make the pictures of the user guide again
	@$(PY) docs/make_screenshots.py --docs

lock:            ## choose the newest allowed dependencies and write them down with their hashes
	@sh tools/lock.sh

clean:            ## remove what was made (never a plan of yours)
	rm -rf .venv build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis *.egg-info
	find . -name __pycache__ -prune -exec rm -rf {} +
