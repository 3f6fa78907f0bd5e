# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Resources of Kerio Connect: rooms and equipment that people reserve (kerio_connect.md 3.6).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import re
from typing import Any

from ..._core.addresses import domain_name
from ..._core.errors import InvalidOption
from ..._core.fields import Choice, Flag, Reference, Text, TextSet
from ..._core.resource import Resource
from ..._core.structures import Struct
from .codecs import words
from .keys import domain_of_object, owner
from .people import group_name, user_name, with_domain
from .service import Service

_TYPES = {"room": "Room", "equipment": "Equipment"}
# The address of a resource is made of its name; what else the server refuses in one is not known.
_NO_NAME = re.compile(r"[@\x00-\x1f\x7f]")


def _name(text: str) -> str:
    name = text.strip()
    if not name or _NO_NAME.search(name):
        raise ValueError(f"{text!r} is not the name of a resource; the domain has an option of its own")
    return name


def _user_or_none(text: str) -> str:
    return user_name(text) if text.strip() else ""


def _group_or_none(text: str) -> str:
    return group_name(text) if text.strip() else ""


def _complete(values: dict[str, Any]) -> dict[str, Any]:
    """Users and groups without a domain are in the one of the resource, and there is one manager."""
    domain = values["domain"]
    completed = dict(values)
    if "reservable_by" in values:
        people = {name: texts for name, texts in values["reservable_by"].items() if name in ("users", "groups")}
        whole = {name: with_domain(texts, domain) for name, texts in people.items()}
        completed["reservable_by"] = {**values["reservable_by"], **whole}
    managers = [name for name in ("manager", "manager_group") if values.get(name)]
    if len(managers) > 1:
        raise InvalidOption("manager_group", "is given beside manager; a resource has one manager")
    for name in managers:
        completed |= {"manager": "", "manager_group": "", name: with_domain([values[name]], domain)[0]}
    return completed


RESERVABLE_BY = Struct(
    "reservable_by",
    "Who may reserve the resource. What is left out of it stays as it is.",
    fields=(
        Flag("anyone", "Whether everybody may, also without being a user of the server.", on_create=False),
        Flag("all_users", "Whether all users of all domains of the server may.", on_create=False),
        TextSet(
            "domains",
            "Names of all domains of the server whose users may. An empty list removes all.",
            form=domain_name,
            on_create=[],
            reference=Reference("domain", assumable=True),
        ),
        TextSet(
            "users",
            "All users who may, by login name, or by address in another domain than that of the resource. An empty "
            "list removes all.",
            form=user_name,
            on_create=[],
            reference=Reference("user", assumable=True),
        ),
        TextSet(
            "groups",
            "All groups whose members may, by name, or as V(name@domain) in another domain than that of the resource. "
            "An empty list removes all.",
            form=group_name,
            on_create=[],
            reference=Reference("group", assumable=True),
        ),
    ),
)

RESOURCE = Resource(
    kind="resource",
    plural="resources",
    module="kerio_resource",
    summary="Manage resources of Kerio Connect",
    description=(
        (
            "Creates, changes and deletes resources of a Kerio Connect server, such as rooms and equipment that people "
            "reserve, through its administration interface."
        ),
        (
            "A user or group that is gone, or that the login may not see, is told by the server's id after C(id:), "
            "which the options take as well."
        ),
        "Options that are left out stay as they are on the server.",
    ),
    key=("name", "domain"),
    label="{name}@{domain}",
    domain_key=domain_of_object,
    route=Service("Resources", entities="resources", ids="resourceIds"),
    complete=_complete,
    loses_mail=lambda removal: not removal["allow_mail_loss"],
    unproven=(
        "That type and id are all that counts of who may reserve a resource, and of its manager.",
        "That somebody of another domain may reserve or manage a resource.",
        "That the calendar of a resource goes with it.",
    ),
    fields=(
        Text("name", "Name of the resource.", ("name",), form=_name, immutable=True),
        owner("resource"),
        Text(
            "address",
            "Address of the resource, which the server makes of its name.",
            ("address",),
            read_only=True,
            server_decides=True,
        ),
        Text("description", "Free text about the resource.", ("description",), on_create=""),
        Choice(
            "type",
            "V(room), or V(equipment) such as a projector or a car.",
            ("type",),
            words(_TYPES),
            words=tuple(_TYPES),
            on_create="room",
        ),
        Flag("enabled", "Whether the resource can be reserved.", ("isEnabled",), on_create=True),
        RESERVABLE_BY,
        Text(
            "manager",
            "User who manages the reservations, by login name, or by address in another domain than that of the "
            "resource. An empty text for none. Naming one takes the place of O(manager_group).",
            form=_user_or_none,
            fold=True,
            on_create="",
            reference=Reference("user", assumable=True),
        ),
        Text(
            "manager_group",
            "Group whose members manage the reservations, by name, or as V(name@domain) in another domain than that of "
            "the resource. An empty text for none. Naming one takes the place of O(manager).",
            form=_group_or_none,
            fold=True,
            on_create="",
            reference=Reference("group", assumable=True),
        ),
    ),
    removal=(
        Flag(
            "allow_mail_loss",
            "Consent to the loss of the calendar with all reservations, without which the resource is not deleted.",
            on_create=False,
        ),
    ),
)
