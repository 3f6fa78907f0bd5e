# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Aliases of Kerio Connect (kerio_connect.md 3.4).

The server keeps one row for each target of an alias; all rows of one name in one domain are one alias here.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import re
from typing import Any

from ..._core.addresses import email, local_part
from ..._core.errors import InvalidOption
from ..._core.fields import Reference, Text, TextSet, filled
from ..._core.resource import Resource, Values
from ..owned_lists import APPEND
from .keys import domain_of_object, owner

# The left side of an address, in which * and ? stand for any characters.
_NO_NAME = re.compile(r"[\s@\x00-\x1f\x7f]")


def _name(text: str) -> str:
    name = text.strip().lower()
    if not name or _NO_NAME.search(name):
        raise ValueError(f"{text!r} is not the part of an address before the @; the domain has an option of its own")
    return name


def _target(text: str) -> str:
    return email(text) if "@" in text else local_part(text)


def _complete(values: dict[str, Any]) -> dict[str, Any]:
    """Targets without a domain are in the domain of the alias."""
    if "targets" not in values:
        return values
    return {**values, "targets": whole_addresses(values["targets"], values["domain"])}


def whole_addresses(targets: list[str], domain: str) -> list[str]:
    whole = {target if "@" in target else f"{target}@{domain}" for target in targets}
    return sorted(whole, key=str.casefold)


def _check(values: Values, current: Values | None) -> None:
    after = {"targets": [], "public_folders": [], **(current or {}), **values}
    if not after["targets"] and not after["public_folders"]:
        option = "public_folders" if "public_folders" in values and "targets" not in values else "targets"
        raise InvalidOption(option, "is needed: an alias without targets cannot exist; to delete it, set state: absent")


ALIAS = Resource(
    kind="alias",
    plural="aliases",
    module="kerio_alias",
    summary="Manage aliases of Kerio Connect",
    description=(
        "Creates, changes and deletes aliases of a Kerio Connect server through its administration interface.",
        "An alias with several targets is several entries in the server's own administration, and one object here.",
        "Options that are left out stay as they are on the server.",
    ),
    key=("name", "domain"),
    label="{name}@{domain}",
    domain_key=domain_of_object,
    complete=_complete,
    check=_check,
    unproven=("That the server takes several entries of one name, which its own administration makes.",),
    fields=(
        Text(
            "name",
            "Name of the alias, the part of the address before the @. V(*) stands for any characters, V(?) for one.",
            ("name",),
            form=_name,
            immutable=True,
        ),
        owner("alias"),
        TextSet(
            "targets",
            "All addresses that the alias delivers to; those without a domain are in the domain of the alias. Other "
            "targets are removed, unless O(append) is set.",
            form=_target,
            append_option=APPEND.name,
            reference=Reference("user", optional=True),
        ),
        TextSet(
            "public_folders",
            "Names of all public folders that the alias delivers to. Others are removed, unless O(append) is set.",
            form=filled,
            append_option=APPEND.name,
        ),
        Text("description", "Free text about the alias, the same for all its targets.", ("description",), on_create=""),
    ),
    behaviour=(APPEND,),
)
