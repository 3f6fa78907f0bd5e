# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page about what each module can do says what the definitions say, for every module there is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._core.resource import Resource
from ansible_collections.postmaster.comms.plugins.module_utils._systems.registry import SYSTEMS
from ansible_collections.postmaster.comms.plugins.module_utils._systems.system import System
from tests.tools import capabilities
from tests.tools.collection import ROOT
from tests.unit.core.teams import PLAQUE, PLAYER

MODULES = {path.stem for path in (ROOT / "plugins" / "modules").glob("*.py")}
HEAD = ["Module", "Check mode", "Diff", "In config", "In info", "Prune", "Dialects", "Facts"]
EVERY_RESOURCE = pytest.mark.parametrize(
    ("system", "resource"),
    [(system, resource) for system in SYSTEMS for resource in system.declared],
    ids=lambda each: each.name if isinstance(each, System) else each.kind,
)


def _rows(page: str) -> Iterator[list[str]]:
    """The cells of every row of every table."""
    row: list[str] = []
    for line in page.splitlines():
        if match := re.fullmatch(r"   (\* -|  -) (.*)", line):
            if match[1] == "* -":
                row = []
            row.append(match[2])
            if len(row) == len(HEAD):
                yield row


def _module(cell: str) -> str:
    match = re.fullmatch(r":ansplugin:`postmaster\.comms\.(\w+) <postmaster\.comms\.\1#module>`", cell)
    assert match is not None, cell
    return match[1]


def _row(page: str, module: str) -> dict[str, str]:
    (row,) = [row for row in _rows(page) if row != HEAD and _module(row[0]) == module]
    return dict(zip(HEAD, row, strict=True))


def test_every_module_has_one_row_and_every_row_a_module() -> None:
    rows = list(_rows(capabilities.page()))
    assert sum(row == HEAD for row in rows) == len(SYSTEMS)
    named = [_module(row[0]) for row in rows if row != HEAD]
    assert sorted(named) == sorted(MODULES)


@EVERY_RESOURCE
def test_a_row_says_what_the_definition_says(system: System, resource: Resource) -> None:
    row = _row(capabilities.page(), resource.module)
    assert row["Prune"].startswith("no" if resource.permanent else "yes")
    count = len(resource.unproven)
    assert row["Facts"] == (f"{count} unproven" if count else "proven")
    dialects = next((option.choices for option in system.connection if option.name == "api_dialect"), ())
    assert set(row["Dialects"].split(", ")) <= {*dialects, "one"}
    assert (row["Dialects"] == "one") is not bool(dialects)


@EVERY_RESOURCE
def test_what_is_not_proven_is_listed_word_for_word(system: System, resource: Resource) -> None:
    page = capabilities.page()
    heading = f"Not proven on a real server, for {capabilities._module(resource.module)}:"
    assert (heading in page) is bool(resource.unproven)
    if resource.unproven:
        listed = page.partition(heading)[2].strip().splitlines()[: len(resource.unproven)]
        bare = [re.sub(r"[`OVCM()]", "", line.removeprefix("- ")) for line in listed]
        assert bare == [re.sub(r"[`OVCM()]", "", sentence) for sentence in resource.unproven]


@EVERY_RESOURCE
def test_what_is_not_proven_is_a_sentence(system: System, resource: Resource) -> None:
    for sentence in resource.unproven:
        assert re.fullmatch(r"[A-Z].*\.", sentence, re.DOTALL), sentence
    assert len(set(resource.unproven)) == len(resource.unproven)


def test_a_definition_that_changes_changes_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    system = replace(SYSTEMS[0], declared=(PLAYER, PLAQUE), calls=None, narrow=None)
    monkeypatch.setattr(capabilities, "SYSTEMS", (system,))
    page = capabilities.page()
    assert _row(page, "sample_player")["Prune"] == "yes"
    assert _row(page, "sample_plaque")["Prune"] == "no, it comes and goes with its owner"
    assert (_row(page, "sample_player")["Facts"], _row(page, "sample_plaque")["Facts"]) == ("proven", "1 unproven")
    info = ":ansplugin:`postmaster.comms.mail_info <postmaster.comms.mail_info#module>`"
    assert f"- Whether ``title`` may be long, see {info}." in page
    assert f"{system.prefix}_call" not in page
    assert f"{system.title}\n{'-' * len(system.title)}\n" in page


def test_a_resource_that_one_dialect_lacks_is_told_with_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    (mail,) = [system for system in SYSTEMS if system.name == "mail"]
    narrowed = replace(
        mail,
        declared=(PLAYER, PLAQUE),
        narrow=lambda options: (PLAYER,) if options["api_dialect"] == "mailcow" else (PLAYER, PLAQUE),
    )
    monkeypatch.setattr(capabilities, "SYSTEMS", (narrowed,))
    page = capabilities.page()
    assert _row(page, "sample_player")["Dialects"] == "rest, mailcow"
    assert _row(page, "sample_plaque")["Dialects"] == "rest"
