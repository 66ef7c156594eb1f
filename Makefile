# Every target works alone on a fresh clone and sets up what it needs in .venv.

PY := .venv/bin/python
ONRECORD := .venv/bin/onrecord
SHARED := ../shared

.DEFAULT_GOAL := help
.PHONY: help run test check lint eval bench docs picture neo4j neo4j-stop clean

help:  ## this list
	@sed -n 's/^\([a-z0-9-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

run: .venv/.run  ## build the graph of seeds/ into .onrecord/ and say what was found
	@$(ONRECORD) build seeds/

test: .venv/.test browser  ## all tests
	@.venv/bin/pytest -n 2

check: lint test  ## format, lint, types and tests

lint: .venv/.test  ## format, lint and types
	@.venv/bin/ruff format --check .
	@.venv/bin/ruff check .
	@.venv/bin/mypy

eval: .venv/.run  ## measure what is found against gold, where ../shared is there
	@if [ -d $(SHARED)/gold ]; then $(PY) benchmarks/gate.py $(SHARED); \
	else echo "eval: left out, as there is no $(SHARED)/gold here."; fi

bench: .venv/.run  ## the time of reading over that of spaCy alone, where ../shared is there
	@if [ -d $(SHARED)/bench ]; then $(PY) benchmarks/reading.py $(SHARED)/bench/polnear_dev.jsonl; \
	else echo "bench: left out, as there is no $(SHARED)/bench here."; fi

docs: .venv/.run  ## write the tables of docs/ that derive from data
	@$(PY) -m onrecord.graph.documentation >docs/ontology.md
	@$(PY) -m onrecord.queries.documentation >docs/queries.md

picture: .venv/.test browser  ## take docs/page.png in Chromium
	@$(PY) .dev/picture.py docs/page.png

neo4j: .venv/.test  ## fetch and start a Neo4j server of its own in .neo4j/ (Java and Maven)
	@$(PY) .dev/neo4j_server.py start

neo4j-stop: .venv/.test  ## end that server
	@$(PY) .dev/neo4j_server.py stop

clean:  ## remove what make and onrecord made here
	rm -rf .venv .onrecord .neo4j .mypy_cache .pytest_cache .ruff_cache .hypothesis

# ---------------------------------------------------------------- set-up

.venv/.python:
	@python=; for p in python3.12 python3.13 python3.14 python3; do \
	  if $$p -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null; then python=$$p; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
	  echo "onrecord needs Python 3.12 or newer: install it, for example with your package manager, uv or pyenv, and run make again." >&2; \
	  exit 1; \
	fi; \
	$$python -m venv .venv && touch $@

.venv/.run: .venv/.python pyproject.toml constraints.txt
	@echo "Setting up .venv ..." >&2
	@$(PY) -m pip install -qq --disable-pip-version-check -c constraints.txt -e . && touch $@

.venv/.test: .venv/.python pyproject.toml constraints.txt
	@echo "Setting up .venv for the tests ..." >&2
	@$(PY) -m pip install -qq --disable-pip-version-check -c constraints.txt -e '.[dev]' && touch $@ .venv/.run

.PHONY: browser
browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || \
	command -v google-chrome >/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "Installing Chromium for the tests of the page ..." >&2; \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
	  elif sudo -n true 2>/dev/null && command -v apt-get >/dev/null; then \
	    sudo apt-get update -qq && sudo DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
	  fi; } || echo "Chromium is missing and could not be installed: the tests of the page will be skipped." >&2
