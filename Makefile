# make run    builds the worked example, prints its table and opens it in the window where there is a screen
# make test   every check but the long ones                       make long   random histories, crashes: minutes
# make lint   style, types, import rules                          make lock   renews the pinned requirements
# make bench  the numbers, each with its floor                    make screenshots   every screen, into build/screenshots
# make app    the program as a folder, into build/app/qcode: it runs where no Python is

PY := .venv/bin/python
PIP := $(PY) -m pip --quiet --disable-pip-version-check
PINNED := install --require-hashes --only-binary :all:

.DEFAULT_GOAL := run
.PHONY: run test lint style types imports format tests long bench coverage screenshots app lock

run: .venv/.runs
	$(PY) projects/central-asia/build.py
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname)" = Darwin ] || [ "$$OS" = Windows_NT ]; then \
	  $(PY) -m ui build/central-asia/central-asia.qcode; \
	else echo; echo "There is no screen here. Where there is one, this opens the project in the window."; fi

test: lint tests

lint: style types imports

style: .venv/.checks
	$(PY) -m ruff check .

types: .venv/.checks
	$(PY) -m mypy

imports: .venv/.checks
	.venv/bin/lint-imports --no-logo

format: .venv/.checks
	$(PY) -m ruff format .

tests: .venv/.checks
	$(PY) -m pytest -n auto -m "not long and not bench"

long: .venv/.checks
	$(PIP) $(PINNED) -r requirements/app.txt
	QCODE_HYPOTHESIS=long $(PY) -m pytest -n auto -m long --timeout=7200

bench: .venv/.checks
	$(PY) -m pytest tests/benchmarks -m bench -s --timeout=1800

coverage: .venv/.checks
	$(PY) -m pytest -n auto -m "not long and not bench" --cov --cov-report=term-missing:skip-covered

screenshots: .venv/.checks
	$(PY) -m tests.ui.screenshots

app: .venv/.runs
	$(PIP) $(PINNED) -r requirements/app.txt
	$(PY) -m PyInstaller packaging/qcode.spec --noconfirm --log-level WARN --distpath build/app --workpath build/app/work
	@rm -r build/app/work
	@du -sh build/app/qcode

# The environment is made anew when .ci/setup changes and brought up to date when the pins do.
.venv/.made: .ci/setup
	.ci/setup .venv $(PACKAGES)
	@touch $@

.venv/.runs: .venv/.made requirements/build.txt requirements/run.txt pyproject.toml
	$(PIP) $(PINNED) -r requirements/build.txt -r requirements/run.txt
	$(PIP) install --no-index --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.checks: .venv/.runs requirements/dev.txt
	$(PIP) $(PINNED) -r requirements/dev.txt
	@touch $@

# Needs `uv` on the path: it alone writes pins that hold on Linux, macOS and Windows at once (docs/decisions/0002).
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links
lock:
	$(LOCK) --group build -o requirements/build.txt
	$(LOCK) pyproject.toml --extra window -c requirements/build.txt -o requirements/run.txt
	$(LOCK) --group dev -c requirements/build.txt -c requirements/run.txt -o requirements/dev.txt
	$(LOCK) --group app -c requirements/build.txt -c requirements/run.txt -c requirements/dev.txt -o requirements/app.txt
