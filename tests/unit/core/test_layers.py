# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may import whom, read from the sources themselves."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tools.collection import ROOT

COLLECTION = "ansible_collections.postmaster.comms."
UTILS = "plugins.module_utils."
LAYERS = ("_core", "_client", "_systems", "_ansible")
FILES = sorted(path.relative_to(ROOT) for path in (ROOT / "plugins").rglob("*.py"))
SIMULATORS = sorted(path.relative_to(ROOT) for path in (ROOT / "tests" / "simulators").rglob("*.py"))
# What a layer may use from outside the standard library; hosts that run our modules have nothing else.
OUTSIDE = {"_core": set[str](), "_client": {"requests", "urllib3"}, "_systems": set[str](), "_ansible": {"ansible"}}


def imports(path: Path) -> Iterator[str]:
    """Full names of what a file imports, modules of the collection as ``plugins....``, functions' imports included."""
    package = path.parts[:-1]
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.removeprefix(COLLECTION) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join((*base, *(node.module or "").split("."))).strip(".")
            yield from (f"{module}.{alias.name}".removeprefix(COLLECTION) for alias in node.names)


def of_layer(layer: str) -> list[Path]:
    return [path for path in FILES if path.parts[:3] == ("plugins", "module_utils", layer)]


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_imports_only_those_below_it(layer: str) -> None:
    assert of_layer(layer)
    allowed = LAYERS[: LAYERS.index(layer) + 1]
    for path in of_layer(layer):
        for name in imports(path):
            if name.startswith("plugins."):
                assert name.startswith(tuple(f"{UTILS}{below}." for below in allowed)), f"{path} imports {name}"


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_uses_nothing_from_outside_that_hosts_may_lack(layer: str) -> None:
    for path in of_layer(layer):
        for name in imports(path):
            top = name.partition(".")[0]
            assert top in sys.stdlib_module_names | OUTSIDE[layer] | {"plugins", "__future__"}, f"{path} imports {name}"


def test_requests_is_imported_in_one_place() -> None:
    users = {str(path) for path in FILES for name in imports(path) if name.partition(".")[0] in ("requests", "urllib3")}
    assert users == {"plugins/module_utils/_client/http.py"}


def test_systems_do_not_know_each_other() -> None:
    systems = {path.parts[3] for path in of_layer("_systems") if len(path.parts) > 4}
    assert systems == {"kerio_connect", "kerio_operator", "kerio_webmail", "mail", "mailboxorg"}
    for path in of_layer("_systems"):
        if path.name == "registry.py":
            continue  # the one that lists them all
        # What several systems share stands beside them and knows none of them.
        others = systems - {path.parts[3]}
        for name in imports(path):
            assert not name.startswith(tuple(f"{UTILS}_systems.{other}." for other in others)), f"{path}: {name}"


def test_simulators_import_nothing_from_the_collection() -> None:
    assert SIMULATORS
    for path in SIMULATORS:
        for name in imports(path):
            assert not name.startswith(("plugins", "ansible")), f"{path} imports {name}"
