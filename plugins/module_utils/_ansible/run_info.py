# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A query: the document that describes what the server holds. Fed back to the config module, it changes nothing.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import partial
from typing import Any

from .._core.errors import InvalidOption, MissingReference
from .._core.gateway import Gateway
from .._core.resource import Needed, Resource
from .._core.snapshot import Snapshot
from .._core.structures import secret_options
from .._systems.system import System
from .definition import Definition
from .options import info_options
from .runs import Run, connected, guarded
from .wishes import domain_names


def info_definition(system: System) -> Definition:
    """The query."""
    return Definition(f"{system.prefix}_info", system, info_options(system), partial(run_info, system))


def run_info(system: System, run: Run) -> dict[str, Any]:
    """What ``exit_json`` takes, or ``fail_json`` when it says ``failed``."""
    return guarded(system, run, lambda: _run(system, run))


def _run(system: System, run: Run) -> dict[str, Any]:
    wanted = run.options["resources"]
    domains = domain_names(run.options.get("domains"), "domains")
    config: dict[str, Any] = {}
    secrets: dict[str, list[str]] = {}
    warnings: list[str] = []
    with connected(system, run, read_only=True) as session:
        _refuse_missing(sorted(domains or ()), session.gateway)
        for resource in system.resources(run.options):
            if (wanted is None or resource.plural in wanted) and (domains is None or resource.domain_key is not None):
                found = session.gateway.read_all(resource, domains)
                config[resource.plural] = _entries(resource, found, warnings)
                secrets[resource.plural] = secret_options(resource.writable)
    answer: dict[str, Any] = {"changed": False, "config": config, "secrets": secrets}
    return {**answer, "warnings": warnings} if warnings else answer


def _refuse_missing(domains: list[str], gateway: Gateway) -> None:
    """An empty answer for a mistyped domain would look like an empty domain. Raises MissingReference."""
    for name in domains:
        if not gateway.exists(Needed("domain", name, "domains"), {}):
            raise MissingReference("domain", name, "correct domains")


def _entries(resource: Resource, found: Iterable[Snapshot], warnings: list[str]) -> list[dict[str, Any]]:
    """Every field that can be read and written, by key. What no option takes is left out, with a warning."""
    entries = []
    found = [each for each in found if not resource.is_systems_own(each.values)]
    times = Counter(resource.key_of(each.values) for each in found)
    for each in sorted(found, key=lambda each: resource.key_of(each.values)):
        name = resource.name_of(each.values)
        if times[resource.key_of(each.values)] > 1:
            warnings.append(f"{name} cannot be described, since nothing tells it apart from another one of that name")
            continue
        entry, refused = _accepted(resource, each)
        if any(option in resource.key for option in refused):
            warnings.append(f"{name} cannot be described, since its name is not one that options take")
            continue
        warnings += [f"{name}: {option} is left out, since no option takes what the server holds" for option in refused]
        entries.append(entry)
    return entries


def _accepted(resource: Resource, each: Snapshot) -> tuple[dict[str, Any], list[str]]:
    """The part of an object that can be given back, and the names of the options that cannot."""
    values = resource.described(each.values)
    entry = {field.name: values[field.name] for field in resource.writable if field.name in values}
    refused = [name for name in each.values if name not in values]
    while (option := _refused(resource, entry, each)) is not None:
        refused.append(option)
        if option in resource.key or entry.pop(option, None) is None:
            break
    return entry, refused


def _refused(resource: Resource, entry: dict[str, Any], each: Snapshot) -> str | None:
    """The first option that would be refused, if the entry were given back."""
    try:
        given = resource.desire(entry)
        resource.check(given, resource.in_terms_of(given, each.values))
    except InvalidOption as error:
        return error.option.partition(".")[0]
    return None
