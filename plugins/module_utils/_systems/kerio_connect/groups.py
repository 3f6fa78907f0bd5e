# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Groups of Kerio Connect (kerio_connect.md 3.3).

Members are no part of the server's Group: they are added and removed by calls of their own, and each user names its
groups.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from typing import Any

from ..._core.addresses import domain_name
from ..._core.errors import InvalidOption
from ..._core.fields import Choice, Flag, Reference, Text, TextSet
from ..._core.resource import Resource
from ..owned_lists import APPEND
from .codecs import words
from .keys import domain_of_object, owner
from .service import Service
from .users import ROLES, address_or_local_part, directory_option, login_name, without_domain


def _name(text: str) -> str:
    name = text.strip()
    if not name:
        raise ValueError("is empty")
    return name


def _member(text: str) -> str:
    """A login name, or an address in the domain of the group, of which the login name is kept in ``_complete``."""
    name, at, domain = text.strip().rpartition("@")
    return f"{login_name(name)}@{domain_name(domain)}" if at else login_name(text)


def _complete(values: dict[str, Any]) -> dict[str, Any]:
    """Members and addresses may be written whole; the server keeps what is before the @."""
    completed = dict(values)
    for option in ("members", "email_addresses"):
        if option not in values:
            continue
        names = without_domain(values[option], values["domain"])
        foreign = next((name for name in names if "@" in name), None)
        if foreign is not None:
            raise InvalidOption(option, f"{foreign!r} is not in the domain {values['domain']} of the group")
        completed[option] = names
    return completed


def _after_read(values: dict[str, Any]) -> dict[str, Any]:
    if "email_addresses" not in values:
        return values
    return {**values, "email_addresses": without_domain(values["email_addresses"], values["domain"])}


GROUP = Resource(
    kind="group",
    plural="groups",
    module="kerio_group",
    summary="Manage groups of Kerio Connect",
    description=(
        "Creates, changes and deletes groups of users of a Kerio Connect server through its administration interface.",
        "Options that are left out stay as they are on the server.",
        "Membership can be managed here, or at each user; a document that does both has to say the same twice.",
    ),
    key=("name", "domain"),
    label="{name}@{domain}",
    domain_key=domain_of_object,
    is_account=True,
    route=Service("Groups", entities="groups", ids="groupIds", after_read=_after_read),
    complete=_complete,
    unproven=("That members who are added twice, or removed without being members, are no error.",),
    fields=(
        Text("name", "Name of the group.", ("name",), form=_name, immutable=True),
        owner("group"),
        Text("description", "Free text about the group.", ("description",), on_create=""),
        TextSet(
            "email_addresses",
            "All addresses of the group, as local parts or as addresses in its domain. Mail to them goes to every "
            "member. An empty list removes all.",
            ("emailAddresses",),
            form=address_or_local_part,
            on_create=[],
        ),
        TextSet(
            "members",
            "Login names of the members, or their addresses in the group's domain. An empty list removes all, unless "
            "O(append) is set.",
            form=_member,
            append_option=APPEND.name,
            reference=Reference("user", assumable=True, late=True, within="domain", mirror=True),
        ),
        Choice(
            "role",
            "Administration rights that the members have.",
            ("role",),
            words(ROLES),
            words=tuple(ROLES),
            on_create="none",
        ),
        Flag(
            "domain_restriction",
            "Whether the members may send and receive mail inside their own domain only.",
            ("hasDomainRestriction",),
            on_create=False,
        ),
        Flag(
            "publish_in_gal",
            "Whether the group appears in the global address list.",
            ("publishInGal",),
            on_create=True,
        ),
    ),
    behaviour=(APPEND,),
    removal=(
        directory_option(
            "What becomes of a group that comes from a directory service: V(deactivate) only takes it out of the mail "
            "server, V(delete) deletes it in the directory too.",
        ),
    ),
)
