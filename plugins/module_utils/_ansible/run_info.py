# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A query: the document that describes what the server holds. Fed back to the config module, it changes nothing.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from typing import Any

from .._core.errors import MissingReference
from .._core.fields import Field, Struct
from .._core.gateway import Gateway, Snapshot
from .._core.resource import Needed, Resource
from .._systems.system import System
from .runs import Run, guarded
from .wishes import domain_names


def run_info(system: System, run: Run) -> dict[str, Any]:
    """What ``exit_json`` takes, or ``fail_json`` when it says ``failed``."""
    return guarded(system, run, lambda: _run(system, run))


def _run(system: System, run: Run) -> dict[str, Any]:
    wanted = run.options["resources"]
    domains = domain_names(run.options["domains"], "domains")
    with system.connect(system.target(run.options, read_only=True), run.options) as session:
        run.usage = session.http.usage
        _refuse_missing(sorted(domains or ()), session.gateway)
        config = {
            resource.plural: [
                _entry(resource, each) for each in _sorted(resource, session.gateway.read_all(resource, domains))
            ]
            for resource in system.resources(run.options)
            if wanted is None or resource.plural in wanted
        }
    return {"changed": False, "config": config}


def _refuse_missing(domains: list[str], gateway: Gateway) -> None:
    """An empty answer for a mistyped domain would look like an empty domain. Raises MissingReference."""
    for name in domains:
        if not gateway.exists(Needed("domain", name, "domains"), {}):
            raise MissingReference("domain", name, "correct domains")


def _sorted(resource: Resource, found: list[Snapshot]) -> list[Snapshot]:
    shown = (each for each in found if not resource.is_systems_own(each.values))
    return sorted(shown, key=lambda each: resource.key_of(each.values))


def _entry(resource: Resource, each: Snapshot) -> dict[str, Any]:
    """Every field that can be read and written; a value that no option takes is left out."""
    return {
        field.name: each.values[field.name]
        for field in resource.writable
        if field.name in each.values and _can_be_written(field, each.values[field.name])
    }


def _can_be_written(field: Field, value: Any) -> bool:
    try:
        return isinstance(field, Struct) or field.canonical(value) == value
    except ValueError:
        return False
