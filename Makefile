# Two commands matter: `make demo` and `make test`. Both set up what they need first.
PYTHON ?= python3
BIN := .venv/bin
CODE := bot adapters protocol ima locales tests bench

.PHONY: demo test check lock clean

demo: .venv/demo-ready
	$(BIN)/imabot demo

# Whole conversations on fast time can starve on a busy machine: what failed is run once more, alone, for all to see.
test: .venv/dev-ready check
	$(BIN)/pytest -n 3 --dist worksteal || $(BIN)/pytest -n 0 --last-failed --last-failed-no-failures none

check: .venv/dev-ready
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/lint-imports
	$(BIN)/mypy

# The lock files carry hashes and no index address, so that any mirror serves.
lock: .venv/dev-ready
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		pyproject.toml --extra build -o requirements-build.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		pyproject.toml --extra dev -o requirements-dev.txt

clean:
	rm -rf .venv

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 demo")'
	$(PYTHON) -m venv .venv

.venv/demo-ready: .venv/bin/python requirements-build.txt pyproject.toml
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-build.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev-ready: .venv/bin/python requirements-dev.txt pyproject.toml
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
