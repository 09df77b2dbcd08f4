# Everything that is done with this repository, by its shortest name. Works with GNU make 3.81 and up.
PORT ?= 8000
UV ?= uv
FUZZ_EXAMPLES ?= 30
MINUTES ?= 5
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
PWA_SOURCES := $(shell find pwa -type f \
	-not -path 'pwa/node_modules/*' -not -path 'pwa/dist/*' -not -name '.*' 2>/dev/null)
# What a test needs from tools/ has a lock file of its own.
TEST_TOOLS := $(patsubst %/package-lock.json,%/node_modules/.installed,\
	$(wildcard tools/axe/package-lock.json))
# On a busy machine a browser, or a process that was killed, may answer too late once. What failed
# beside others is asked again by itself; what fails twice is wrong.
twice = rm -f .reports/$(2).xml .reports/$(2)-again.xml && \
	{ $(BIN)/pytest -q $(1) --junitxml=.reports/$(2).xml || \
	$(BIN)/pytest -q $(1) -n 0 --last-failed --junitxml=.reports/$(2)-again.xml; }
COMPILE := $(UV) pip compile --universal --generate-hashes --no-header --no-annotate \
	--python-version 3.11 --quiet

.PHONY: help run check server-check pwa-check test thorough-test postgres-test browser-test fuzz proof journey week year format openapi \
	adr licences vulnerabilities bench load faults lock clean
.DEFAULT_GOAL := help

help: ## toon dit overzicht
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-15s %s\n", $$1, $$2 }' Makefile

run: .venv/.run pwa/dist/index.html ## start de app met demogegevens op http://localhost:8000 (PORT=… kiest een andere poort)
	@PATH="$(CURDIR)/$(BIN):$$PATH" PORT=$(PORT) exec $(BIN)/python tools/launcher.py

check: server-check pwa-check ## controleer alles waar geen browser voor nodig is

server-check: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -q -n auto --maxprocesses 8 -m "not browser and not proof and not thorough" \
		--junitxml=.reports/server.xml

pwa-check: .venv/.run pwa/node_modules/.installed
	tools/node.sh npm run --silent typecheck
	tools/node.sh npm run --silent lint
	tools/node.sh npm test --silent -- --reporter=default --reporter=junit \
		--outputFile.junit=../.reports/phone.xml

test: check thorough-test postgres-test browser-test proof ## controleer alles, ook op PostgreSQL en in een echte browser

# What would make a check last longer than somebody waits for it.
thorough-test: .venv/.dev pwa/node_modules/.installed
	tools/proxies.sh nginx && tools/proxies.sh caddy && tools/pango.sh
	$(call twice,-n auto --maxprocesses 8 -m "thorough and not browser and not proof",thorough)

postgres-test: .venv/.dev pwa/node_modules/.installed ## controleer de server op een echte PostgreSQL
	$(call twice,--pg -n auto --maxprocesses 8 -m "not browser and not proof",postgres)

browser-test: .venv/.dev pwa/dist/index.html $(TEST_TOOLS)
	tools/engines.sh
	CHROMIUM=$$(tools/browser.sh) && export CHROMIUM && $(call twice,-n 2 --dist loadfile -m browser,browser)

fuzz: .venv/.dev ## stel de API tienduizend willekeurige vragen, in elke rol; duurt minuten
	@mkdir -p .reports && rm -f .reports/fuzz.txt
	FUZZ_EXAMPLES=$(FUZZ_EXAMPLES) $(BIN)/pytest -q -n auto --maxprocesses 8 tests/contract/test_schemathesis.py
	@awk '{ n += $$1 } END { print n " vragen, geen enkele fout van de server"; exit n < 10000 }' .reports/fuzz.txt

# Only after the others: it reads what they reported.
proof: .venv/.dev
	$(BIN)/pytest -q -m proof

journey: .venv/.dev pwa/dist/index.html ## loop de hele reis in een browser en maak docs/screens/ opnieuw
	CHROMIUM=$$(tools/browser.sh) && export CHROMIUM && SCREENS=docs/screens \
		$(BIN)/pytest -q tests/browser/test_journey.py tests/browser/test_cards_shown.py

week: .venv/.dev pwa/dist/index.html ## leef een week met 40 melders, 120 meldingen en een overleg, en maak docs/screens/ opnieuw
	CHROMIUM=$$(tools/browser.sh) && export CHROMIUM && SCREENS=docs/screens $(BIN)/python -m tests.browser.week

year: .venv/.dev pwa/dist/index.html ## leef twee jaar met cijfers, brieven en een verstopte melding, en maak docs/screens/ opnieuw
	CHROMIUM=$$(tools/browser.sh) && export CHROMIUM && SCREENS=docs/screens $(BIN)/python -m tests.browser.year

format: .venv/.dev pwa/node_modules/.installed ## zet alle broncode in de vaste vorm
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	tools/node.sh npm run --silent format

openapi: .venv/.dev ## schrijf de beschrijving van de API opnieuw, in docs/api/openapi.json
	$(BIN)/python tools/openapi.py

adr: tools/spectral/node_modules/.installed ## toets die beschrijving: make adr RULESET=regels.yaml
	@test -n "$(RULESET)" || { echo "Welke regels? make adr RULESET=pad/naar/regels.yaml" >&2; exit 2; }
	tools/node.sh node ../tools/spectral/node_modules/.bin/spectral lint --fail-severity=error \
		--ruleset $(abspath $(RULESET)) ../docs/api/openapi.json

licences: .venv/.dev ## toon de licenties van alle pakketten; een onbekende is een fout
	$(BIN)/python -m tools.licences

vulnerabilities: .venv/.dev ## vraag een openbare lijst naar bekende kwetsbaarheden (heeft internet nodig)
	$(BIN)/python -m tools.vulnerabilities

bench: .venv/.dev pwa/dist/index.html bench/node_modules/.installed ## meet wat beloofd is en schrijf docs/performance.md (PARTS="delivery losses" voor een deel)
	CHROMIUM=$$(tools/browser.sh) && export CHROMIUM && $(BIN)/python -m bench $(PARTS)

load: .venv/.dev pwa/dist/index.html ## belast een installatie en schrijf docs/load.md (MINUTES=60 voor een heel uur gebruik)
	tools/proxies.sh nginx
	$(BIN)/python -m bench.load --minutes $(MINUTES) $(PARTS)

faults: .venv/.dev pwa/dist/index.html ## laat alles misgaan en tel wat er kwijt of dubbel is (SEED=… herhaalt, DATABASE=postgres)
	CHROMIUM=$$(tools/browser.sh) && export CHROMIUM && $(BIN)/python -m tests.faults --browsers 3 \
		$(if $(SEED),--seed $(SEED)) $(if $(DATABASE),--database $(DATABASE))

lock: ## zet de versies in requirements/ opnieuw vast (heeft uv nodig)
	$(COMPILE) pyproject.toml --extra postgres --group run --output-file requirements/run.txt
	$(COMPILE) pyproject.toml --extra postgres --group run --group dev \
		--constraints requirements/run.txt --output-file requirements/dev.txt
	$(COMPILE) --group node --output-file requirements/node.txt

clean: ## ruim op wat gemaakt is; gegevens in var/ blijven staan
	rm -rf .venv pwa/node_modules tools/*/node_modules bench/node_modules pwa/dist build dist
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .reports .proxies
	find server tests tools bench -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/python:
	python=$$(tools/python.sh) && "$$python" -m venv .venv

.venv/.run: .venv/bin/python requirements/run.txt pyproject.toml
	$(PIP) install --quiet --require-hashes -r requirements/run.txt
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: .venv/.run requirements/dev.txt
	$(PIP) install --quiet --require-hashes -r requirements/dev.txt
	@touch $@

pwa/node_modules/.installed: .venv/bin/python pwa/package.json pwa/package-lock.json
	tools/node.sh npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

tools/%/node_modules/.installed: tools/%/package-lock.json .venv/bin/python
	tools/node.sh npm ci --prefix ../tools/$* --ignore-scripts --no-audit --no-fund
	@touch $@

bench/node_modules/.installed: bench/package-lock.json .venv/bin/python
	tools/node.sh npm ci --prefix ../bench --ignore-scripts --no-audit --no-fund
	@touch $@

# The app tells its users what the changelog says.
pwa/dist/index.html: pwa/node_modules/.installed $(PWA_SOURCES) CHANGELOG.md
	tools/node.sh npm run build
	@touch $@
