# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From options to wishes: what a task or a document asks for, in canonical form, checked before the first call.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .._core.addresses import domain_name
from .._core.errors import InvalidOption
from .._core.plan import ON_CREATE, Wish, behaviour_values, removal_values
from .._core.pruning import Prune
from .._core.resource import Resource
from .._core.structures import secret_values
from .options import ABSENT

Options = Mapping[str, Any]


def object_wish(resource: Resource, declared: Resource, options: Options, defaults: Options, where: str = "") -> Wish:
    """One wish. ``resource`` is as the dialect knows it, ``declared`` has all fields. Raises InvalidOption."""
    for field in declared.writable:
        if field.name not in resource.by_name and options.get(field.name) is not None:
            raise InvalidOption(
                where + field.name, "is not known to this api_dialect; leave it out or choose another dialect"
            )
    given = {name: value for name, value in options.items() if value is not None}
    settings = {**defaults, **given}
    present = given.get("state") != ABSENT
    values = resource.desire(given, where)
    return Wish(
        resource,
        values if present else resource.identifying(values),
        present=present,
        update_password=settings.get("update_password", ON_CREATE),
        removal=removal_values(resource, values, {} if present else settings, where),
        behaviour=behaviour_values(resource, settings, where),
        force=settings.get("force", False),
        where=where,
    )


def document_wishes(resources: Sequence[Resource], declared: Iterable[Resource], options: Options) -> list[Wish]:
    """The wishes of a whole document, in the order of the resources. Raises InvalidOption."""
    full = {resource.plural: resource for resource in declared}
    document = options["config"]
    return [
        object_wish(resource, full[resource.plural], entry, options, f"config.{resource.plural}[{number}].")
        for resource in resources
        for number, entry in enumerate(document.get(resource.plural) or ())
    ]


def prune_options(resources: Iterable[Resource], options: Options) -> Prune:
    """What the pruning options ask for. Raises InvalidOption."""
    return Prune(
        resources=tuple(options["prune"]),
        domains=domain_names((options.get("scope") or {}).get("domains"), "scope.domains"),
        protect=tuple(options["protect"]),
        max_deletions=options["max_deletions"],
        allow_empty=options["allow_empty"],
        removal={resource.plural: removal_values(resource, {}, options) for resource in resources},
        force=options.get("force", False),
    )


def domain_names(names: Iterable[str] | None, option: str) -> frozenset[str] | None:
    """Normalised names; None stays None, which means all. Raises InvalidOption."""
    try:
        return None if names is None else frozenset(domain_name(name) for name in names)
    except ValueError as error:
        raise InvalidOption(option, str(error)) from None


def secrets_of(wishes: Iterable[Wish]) -> list[str]:
    """The secrets among the wishes, for the redactor."""
    return [
        secret
        for wish in wishes
        for field in wish.resource.fields
        if field.name in wish.given
        for secret in secret_values(field, wish.given[field.name])
    ]
