# Two commands do it all on a fresh machine: `make demo` and `make test`.
# The environment is `.venv`, made from the hash-pinned locks; a stamp in it remembers which lock it
# was made from, so that a second run starts at once and works offline.

PYTHON ?= python3
OUT ?= out/demo

venv := .venv
bin := $(venv)/bin
pip := $(bin)/python -m pip --disable-pip-version-check --quiet

plant := ../shared/data/cdc_line_3
scorer := ../shared/tools/score_cases.py

test_packages := libglib2.0-0 libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1 \
    fonts-dejavu-core xvfb xauth libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 \
    libxkbcommon-x11-0 libxcb-shape0 libxcb-xkb1 libxcb-randr0 \
    poppler-utils libnss3-tools

.DEFAULT_GOAL := help
.PHONY: help demo test lint bench peers pictures clocks faults fuzz evidence intervals validate score impact campaign lock clean

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(venv)/.runtime ## investigate the example deviation, then open the window on it
	$(bin)/investigator demo --out $(OUT)

test: lint $(venv)/.system ## install what tests need, then run every check and every test
	QT_QPA_PLATFORM=offscreen $(bin)/python -m pytest -q -n 2 --dist loadfile

lint: $(venv)/.test ## style, types and the import contracts of the house
	$(bin)/ruff check
	$(bin)/ruff format --check
	$(bin)/mypy
	$(bin)/lint-imports

bench: $(venv)/.test ## record how long each step of an investigation takes and what memory it needs
	$(bin)/python -m pytest tests/benchmarks --override-ini addopts= --benchmark-only -s

peers: $(venv)/.peers ## replay a batch with our simulation and with SciPy, CasADi and JAX, in one table
	$(bin)/python -m pytest tests/benchmarks/test_simulation.py --override-ini addopts= --benchmark-only -s

pictures: $(venv)/.test ## take a picture of everything that the window shows, light and dark, into out/pictures
	QT_QPA_PLATFORM=offscreen PYTHONPATH=tests $(bin)/python -m pictures.take out/pictures

clocks: $(venv)/.test ## shift the clock of every normal batch's record forty times and see it put back
	CLOCK_RUNS=40 $(bin)/python -m pytest -q -s --timeout 1800 tests/campaigns/test_clocks.py

faults: $(venv)/.test ## put faults of every kind and size into clean batches and see them found
	FAULT_BATCHES=12 $(bin)/python -m pytest -q -s --timeout 1800 tests/campaigns/test_faults.py

fuzz: $(venv)/.test ## damage the sample files beside the checkout 20,000 times and read each
	FUZZ_RUNS=20000 $(bin)/python -m pytest -q -s --timeout 0 tests/campaigns/test_fuzz.py

evidence: $(venv)/.test ## compare the evidence of twelve earlier deviations with nested sampling
	EVIDENCE_RUNS=60 EVIDENCE_CASES="$(shell seq -f 'PAST-%02g' -s ' ' 1 12)" \
	    $(bin)/python -m pytest -q -s --timeout 3600 \
	    tests/campaigns/test_evidence.py tests/analysis/test_predictive_check.py

intervals: $(venv)/.test ## plant causes at random and count how often the 95 % intervals hold the truth
	INTERVAL_RUNS=100 $(bin)/python -m pytest -q -s --timeout 3600 tests/campaigns/test_intervals.py

validate: $(venv)/.test ## validate the twin on the normal batches and earlier deviations beside the checkout
	PYTHONPATH=tests $(bin)/python -m support.confirmed_causes $(plant) out/confirmed_causes.csv
	$(bin)/investigator twin validate cdc_line_3 --batches $(plant)/history \
	    --deviations $(plant)/past_deviations --confirmed out/confirmed_causes.csv

GROUP ?= deviations

score: $(venv)/.runtime ## investigate the open deviations beside the checkout (or GROUP=past_deviations) and score them
	@for folder in $(plant)/$(GROUP)/*/; do \
	    $(bin)/investigator investigate $$folder --out out/$(GROUP)/$$(basename $$folder) || exit $$?; \
	done
	$(bin)/python $(scorer) --truth $(plant)/$(GROUP)-truth --results out/$(GROUP) --verbose

impact: $(venv)/.test ## measure the impact over all deviations beside the checkout, their causes given
	PYTHONPATH=tests $(bin)/python -m support.impact_figures $(plant) out/impact
	for group in open past; do \
	    truth=$(plant)/$$(test $$group = open || echo past_)deviations-truth; \
	    $(bin)/python $(scorer) --truth $$truth --results out/impact/$$group || exit $$?; \
	done

N ?= 8
NORMALS ?= 2
SEED ?= 1

campaign: $(venv)/.test ## simulate N deviations and NORMALS batches by SEED, investigate them, score the results
	PYTHONPATH=tests $(bin)/python -m support.simulated.campaign $(plant) models \
	    out/campaign/$(SEED) $(N) $(NORMALS) $(SEED)
	$(bin)/python $(scorer) --truth out/campaign/$(SEED)/truth \
	    --results out/campaign/$(SEED)/results --verbose

lock: $(venv)/.test ## pin every dependency by hash again, from pyproject.toml
	$(bin)/uv pip compile pyproject.toml --extra build $(lock_options) -o requirements.lock
	$(bin)/uv pip compile pyproject.toml --extra build --extra test $(lock_options) \
	    -c requirements.lock -o requirements-test.lock
	$(bin)/uv pip compile pyproject.toml --extra build --extra test --extra peers $(lock_options) \
	    -c requirements-test.lock -o requirements-peers.lock

lock_options := --quiet --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-emit-find-links --no-header --no-annotate

clean: ## remove the environment and everything that was made
	rm -rf $(venv) out build .mypy_cache .ruff_cache .import_linter_cache .hypothesis .benchmarks

$(venv)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11 ..." >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || .ci/system-packages python3-venv
	$(PYTHON) -m venv $(venv)

$(venv)/.runtime: requirements.lock pyproject.toml | $(venv)/bin/python
	$(pip) install --require-hashes -r requirements.lock
	$(pip) install --no-deps --no-build-isolation --no-index --editable .
	-$(bin)/investigator compile
	@touch $@

$(venv)/.test: requirements-test.lock $(venv)/.runtime
	$(pip) install --require-hashes -r requirements-test.lock
	@touch $@

$(venv)/.peers: requirements-peers.lock $(venv)/.test
	$(pip) install --require-hashes -r requirements-peers.lock
	@touch $@

$(venv)/.system: Makefile | $(venv)/bin/python
	@.ci/system-packages $(test_packages) && touch $@ || true
