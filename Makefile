# The two commands of the README are `make site` and `make test`; the rest is for those who work on Milepost.

PYTHON ?= python3
VENV := .venv
LOCK := requirements.lock
RUN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
CHECKERS := site_tests/browser/node_modules/.package-lock.json

COMPILE := uv pip compile --universal --python-version 3.11 --generate-hashes --all-extras --no-header \
  --no-emit-index-url --no-emit-find-links

# Tests start many processes of Milepost: what one has compiled, the next need not, whatever a shell has been told.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: site serve check test test-all lint checkers reproduce screenshots golden feed-ids environment lowest lock clean

site: $(INSTALLED)
	$(RUN)/milepost build

serve: $(INSTALLED)
	$(RUN)/milepost serve

check: $(INSTALLED)
	$(RUN)/milepost check

test: $(INSTALLED) lint
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory checkers; \
	  else echo "No npm: what axe-core and the Nu checker judge is left out."; fi
	$(RUN)/pytest --numprocesses=auto $(WHICH)

# The same with what takes long: every value, and many more examples of each kind of input.
test-all: WHICH := -m "thorough or not thorough" --hypothesis-profile=thorough
test-all: test

# What the tests judge built pages by: axe-core and the Nu checker, each held to its hash; nothing of theirs runs here.
checkers: $(CHECKERS)

$(CHECKERS): site_tests/browser/package.json site_tests/browser/package-lock.json
	npm ci --prefix site_tests/browser --ignore-scripts --no-audit --no-fund
	touch $@

lint: $(INSTALLED)
	$(RUN)/ruff check .
	$(RUN)/ruff format --check .
	$(RUN)/mypy
	$(RUN)/lint-imports

# Builds the last commit under two different conditions, as a site and as a snapshot, and names each file that differs.
reproduce: $(INSTALLED)
	$(RUN)/python site_tests/reproduce.py twice

# Pictures of a page of each type, on a phone, a desktop, a projector and paper, in screenshots/; look at them.
screenshots: $(INSTALLED)
	$(RUN)/python site_tests/screenshots.py screenshots

# Renews the expected output of the golden project; read the difference before you commit it.
golden: $(INSTALLED)
	$(RUN)/python site_tests/golden/renew.py

# Adds the ids that feeds have now to the ledger of those that they ever had.
feed-ids: $(INSTALLED)
	$(RUN)/python site_tests/site/renew_feed_ids.py

environment: $(INSTALLED)

# The environment is made of the lock, each package held to its hash; Milepost itself is installed as it stands here.
$(INSTALLED): $(LOCK) pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(RUN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement $(LOCK)
	$(RUN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

# The tests, less those of the browser, with the lowest versions that pyproject.toml declares.
lowest:
	$(MAKE) --no-print-directory environment VENV=.venv-lowest LOCK=requirements-lowest.lock
	.venv-lowest/bin/pytest --numprocesses=auto -m "not browser and not thorough"

# Renews the locks for every Python and platform, of the newest versions and of the lowest; needs uv.
lock:
	$(COMPILE) --upgrade --output-file requirements.lock pyproject.toml
	$(COMPILE) --resolution lowest-direct --output-file requirements-lowest.lock pyproject.toml

clean:
	rm -rf $(VENV) .venv-lowest site_tests/browser/node_modules site .site.new .site.old .site.lock build
