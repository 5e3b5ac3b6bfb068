# The one list of verbs. CI runs `make test` and nothing else.
# Windows without make: the same commands are in README.md.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules
unexport PYTHONDONTWRITEBYTECODE  # set in some CI environments; every import would be compiled again
unexport PYTHONPATH PYTHONHOME

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# What running a template leaves behind; cell ids stay, for pages are compared by them.
STRIP := $(BIN)/nbstripout --keep-id \
	--extra-keys "metadata.language_info.version metadata.papermill cell.metadata.papermill cell.metadata.execution"
BOOK_READY := .venv/book-ready
TEST_READY := .venv/test-ready
SLOWEST := --durations=20 --durations-min=5
FIRST_EDITION := One published audit, and a demonstration year that is made up.
# A copied or moved folder holds an environment that still points to the old place: make it anew.
ifneq ($(shell cat $(BOOK_READY) 2>/dev/null),$(CURDIR))
$(BOOK_READY): anew
endif

.PHONY: anew help book test check fix generated template edition pictures lock bench laws faults wheelhouse clean

help:  ## list the verbs
	@sed -n 's/^\([a-z]*\):.*## /  make \1@/p' Makefile | awk -F@ '{printf "%-18s%s\n", $$1, $$2}'

book: $(BOOK_READY)  ## set up what the book needs and build it
	$(BIN)/auditbook build

test: $(TEST_READY)  ## set up what the tests need, a browser included, and run them all
	tests/install-system-packages
	$(BIN)/python tests/chromium.py
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pytest -n 2 $(SLOWEST)

check: $(TEST_READY)  ## look for problems in code and data; change nothing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(STRIP) --verify notebooks/*.ipynb
	$(BIN)/auditbook check

fix: $(TEST_READY)  ## mend what a tool can mend: format, imports, outputs left in templates
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(STRIP) notebooks/*.ipynb

generated: $(TEST_READY)  ## write the generated, committed text again
	$(BIN)/python tests/generated.py

# Of this repository's own book only, whose editions nobody keeps: a partnership never takes its record away.
edition: $(BOOK_READY)  ## make the first edition of this repository's own book again, from what is there
	rm -rf data/editions data/.last-edition _build/html/edition.json
	$(BIN)/auditbook publish --note "$(FIRST_EDITION)"

laws: $(TEST_READY)  ## try the laws on many more random audits, and 500 random books
	AUDITBOOK_BOOKS=500 AUDITBOOK_LEAKS=1000 $(BIN)/pytest tests/laws tests/evidence/test_fuzz.py --hypothesis-profile=laws
	$(BIN)/python tests/long_attack.py

faults: $(TEST_READY)  ## kill runs, fill disks, run two at once
	$(BIN)/pytest tests/faults

template: $(BOOK_READY)  ## make the Word template that ships again
	$(BIN)/python tools/word_template.py book/templates/briefing.docx

pictures: $(TEST_READY)  ## take the README's pictures of the book again
	$(BIN)/auditbook build
	$(BIN)/python tests/pictures.py

bench: $(TEST_READY)  ## measure the speed of the whole job beside its peers
	$(BIN)/python benchmarks/returns.py
	$(BIN)/python benchmarks/speed.py

# LOCK=--upgrade takes newer releases; without it only what pyproject.toml changed moves.
UV := _build/lock/bin/uv
COMPILE = $(UV) --quiet pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-header --no-emit-index-url --no-emit-find-links --extra build --extra verify $(LOCK)

lock: $(UV)  ## resolve pyproject.toml into the requirements files (maintainers)
	$(COMPILE) --output-file requirements.txt
	$(COMPILE) --constraint requirements.txt --extra test --output-file requirements-test.txt

$(UV):
	@$(find-python); $$python -m venv _build/lock
	_build/lock/bin/python -m pip --disable-pip-version-check --quiet install "uv>=0.13,<0.14"

# For networks that see no registry; PYTHONS="python3.12 python3.13" makes and tries it for others than this one.
wheelhouse: $(BOOK_READY)  ## fetch all that a project installs into _build/wheelhouse, and try it without a network
	$(BIN)/python tools/wheelhouse.py _build/wheelhouse $(PYTHONS)

clean:  ## remove what can be built again, the environment too
	rm -rf .venv _build .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A Python in range that can make an environment. Each candidate is run, for a name on the path may be an empty shim.
define find-python
for python in $(PYTHON) python3.13 python3.12 python3.11 python3 python; do \
	$$python -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && break; \
	$$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && bare=$$python; \
	python=; \
done; \
if [ -z "$$python" ] && [ -n "$$bare" ]; then \
	echo "$$bare has no venv module. On Debian or Ubuntu: apt-get install python3-venv"; exit 1; \
elif [ -z "$$python" ]; then \
	echo "auditbook needs Python 3.11, 3.12 or 3.13, and none was found (python3 here: $$(python3 --version 2>/dev/null || echo none))."; \
	echo "Install one (on Debian or Ubuntu: apt-get install python3 python3-venv), or name it: make PYTHON=/path/to/python3.12"; exit 1; \
fi
endef

# The environment. Hashes and a local folder are refused in one pip command, so the package itself is a second step,
# which needs no network because what builds it is pinned with the rest.
$(BOOK_READY): requirements.txt pyproject.toml
	@if [ "$$(cat $@ 2>/dev/null)" != "$(CURDIR)" ] || ! $(BIN)/python -c ''; then \
		$(find-python); \
		echo "Setting up .venv with $$($$python --version) (a minute or two)"; \
		$$python -m venv --clear .venv; \
	fi
	$(PIP) install --require-hashes -r requirements.txt
	$(PIP) install --no-deps --no-build-isolation --no-index --editable .
	@echo "$(CURDIR)" > $@

$(TEST_READY): $(BOOK_READY) requirements-test.txt
	$(PIP) install --require-hashes -r requirements-test.txt
	@touch $@
