# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later

# Everything sets itself up: Python 3.11 or later, make and git are enough. "make help" lists the targets.

PYTHON ?= python3

# Where the tests and the demo find things. Nothing is written outside the checkout.
IN_VENV := PATH="$(CURDIR)/.venv/bin:$$PATH"
export ANSIBLE_COLLECTIONS_PATH := $(CURDIR)/.cache/collections
export ANSIBLE_HOME := $(CURDIR)/.cache/ansible
export MOLECULE_GLOB := tests/molecule/*/molecule.yml

# In this order; "make test" stops where one fails. What commas join keeps one processor busy each, and runs side by side.
STEPS := docs,molecule,ansible-lint,lint,galaxy,changelog unit integration sanity
COMMA := ,

.PHONY: help test demo bench clean venvs $(subst $(COMMA), ,$(STEPS))

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

test: ## run every check, as the CI does
	@$(MAKE) --no-print-directory -j3 venvs
	@$(PYTHON) -m tests.tools.steps $(STEPS)

demo: .venv/.run ## export, audit, apply and prune against simulated servers
	@$(IN_VENV) python -m tests.demo.demo

bench: .venv/.run ## measure speed, calls and memory against simulated servers; BENCH_ARGS=--help tells how to do a part
	@$(IN_VENV) python -m tests.bench $(BENCH_ARGS)

lint: .venv/.dev ## style and types (ruff, mypy)
	@$(IN_VENV) ruff check
	@$(IN_VENV) ruff format --check
	@$(IN_VENV) mypy -p ansible_collections.postmaster.comms.plugins -p tests

changelog: .venv/.dev ## the changelog's fragments (antsibull-changelog)
	@$(IN_VENV) antsibull-changelog lint

unit: .venv/.dev ## unit tests, the generated matrix among them (pytest)
	@$(IN_VENV) pytest tests/unit -n auto --junitxml=.cache/results/unit.xml $(PYTEST_ARGS)

docs: .venv/.dev ## the documentation site, warnings are errors (antsibull-docs, sphinx); see .cache/docs/html
	@$(IN_VENV) python -m tests.tools.docs

galaxy: .venv/.dev ## build the archive and check it as Galaxy would (galaxy-importer)
	@$(IN_VENV) python -m tests.tools.galaxy

ansible-lint: .venv/.dev ## playbooks, roles and metadata (ansible-lint, production profile)
	@$(IN_VENV) python -m tests.tools.ansible_lint

integration: venvs ## through Ansible itself, on the oldest and the newest ansible-core (pytest)
	@$(IN_VENV) pytest tests/integration -n auto --junitxml=.cache/results/integration.xml $(PYTEST_ARGS)

molecule: .venv/.dev ## the roles, twice, against simulated servers (molecule)
	@# Its first line, about a scenario called "default" that does not exist, is harmless.
	@$(IN_VENV) NO_COLOR=1 python -m tests.simulators -- \
		molecule --base-config tests/molecule/config.yml test --all --no-command-borders

sanity: venvs ## ansible-test sanity, on the oldest and the newest ansible-core
	@$(IN_VENV) python -m tests.tools.sanity

venvs: .venv/.dev .venv-oldest/.ready .venv-newest/.ready ## set up all environments

# Each environment is made again when what it holds has changed.
REQUIREMENTS := tests/requirements
.venv/.run: $(REQUIREMENTS)/run.txt
	@$(PYTHON) -m tests.tools.venvs main $(REQUIREMENTS)/run.txt && touch $@
.venv/.dev: .venv/.run $(REQUIREMENTS)/dev.txt
	@$(PYTHON) -m tests.tools.venvs main $(REQUIREMENTS)/dev.txt && touch $@
.venv-oldest/.ready .venv-newest/.ready: .venv-%/.ready: $(REQUIREMENTS)/core.txt
	@$(PYTHON) -m tests.tools.venvs $* $(REQUIREMENTS)/core.txt && touch $@

clean: ## remove everything that was set up or built
	rm -rf .venv .venv-oldest .venv-newest .cache .ansible .hypothesis .mypy_cache .pytest_cache .ruff_cache tests/output
