# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page that says what each module can do, and what of it no real server was seen to do; made from the definitions.

Used by tests.tools.module_docs, which writes it beside the module files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ansible_collections.postmaster.comms.plugins.module_utils._core.resource import Resource
from ansible_collections.postmaster.comms.plugins.module_utils._systems.registry import SYSTEMS
from ansible_collections.postmaster.comms.plugins.module_utils._systems.system import System

PATH = "docs/docsite/rst/capabilities.rst"
_COLUMNS = ("Module", "Check mode", "Diff", "In config", "In info", "Prune", "Dialects", "Facts")
_MARKUP = re.compile(r"\b([OVCM])\(([^()]*)\)")
_MODULE = ":ansplugin:`{0} <{0}#module>`"

_TOP = """\
.. SPDX-FileCopyrightText: postmaster.comms contributors
.. SPDX-License-Identifier: GPL-3.0-or-later

.. Made from the definitions by python -m tests.tools.module_docs. Do not edit.

.. _ansible_collections.postmaster.comms.docsite.capabilities:

What each module can do
=======================

Check mode predicts the result of a run exactly, and the diff is that of the plan; the few exceptions are listed in
:ref:`ansible_collections.postmaster.comms.docsite.what_to_expect`. *In config* and *in info* say that the object has
its place in the document of the system. *Facts* says whether everything that the module relies on was seen on a real
server or in the work of others with one, or counts what was not; the list follows below each table.

"""


def page() -> str:
    """The whole page."""
    return _TOP + "\n".join(line for system in SYSTEMS for line in _section(system))


def _section(system: System) -> Iterator[str]:
    yield from (system.title, "-" * len(system.title), "")
    yield from _table([_COLUMNS, *(_row(system, resource) for resource in system.declared), *_others(system)])
    for resource in system.declared:
        if resource.unproven:
            yield from (f"Not proven on a real server, for {_module(resource.module)}:", "")
            yield from (f"- {_rst(sentence)}" for sentence in resource.unproven)
            yield ""


def _row(system: System, resource: Resource) -> tuple[str, ...]:
    return (
        _module(resource.module),
        "full",
        "full",
        "yes",
        "yes",
        "no, it comes and goes with its owner" if resource.permanent else "yes",
        ", ".join(_dialects(system, resource)) or "one",
        f"{len(resource.unproven)} unproven" if resource.unproven else "proven",
    )


def _others(system: System) -> Iterator[tuple[str, ...]]:
    """The modules that are about no single resource."""
    yield (_module(f"{system.prefix}_config"), "full", "full", "is it", "no", "yes", "all", "as its resources")
    yield (_module(f"{system.prefix}_info"), "full, only reads", "none", "no", "is it", "no", "all", "as its resources")
    if system.calls is not None:
        yield (_module(f"{system.prefix}_call"), "sends reads only", "none", "no", "no", "no", "all", "the vendor's")


def _dialects(system: System, resource: Resource) -> list[str]:
    """The dialects that know the resource, on systems that have several."""
    defaults = {option.name: option.default for option in system.connection}
    dialects = next((option.choices for option in system.connection if option.name == "api_dialect"), ())
    return [
        dialect
        for dialect in dialects
        if any(each.kind == resource.kind for each in system.resources({**defaults, "api_dialect": dialect}))
    ]


def _table(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield from (".. list-table::", "   :header-rows: 1", "")
    for row in rows:
        yield from (f"   {'* -' if number == 0 else '  -'} {cell}" for number, cell in enumerate(row))
    yield ""


def _module(name: str) -> str:
    return _MODULE.format(f"postmaster.comms.{name}")


def _rst(sentence: str) -> str:
    """Ansible's markup of a definition as that of a page."""
    return _MARKUP.sub(lambda match: _MODULE.format(match[2]) if match[1] == "M" else f"``{match[2]}``", sentence)
