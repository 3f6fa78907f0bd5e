# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Resources of a made-up server: every kind of field and every flag once, small enough to know by heart.

More of them stand in phones.py (lists of entries), sites.py (all that comes late) and teams.py (lists that are added
to, and what nobody deletes). A person belongs to a town (part of the address), may be in clubs, and is an account whose
deletion destroys mail.
"""

from __future__ import annotations

from typing import Any

from ansible_collections.postmaster.comms.plugins.module_utils._core.addresses import (
    domain_name,
    domain_of,
    mailbox_address,
)
from ansible_collections.postmaster.comms.plugins.module_utils._core.fields import (
    Choice,
    Flag,
    FlagOr,
    Integer,
    NumberOr,
    Reference,
    Size,
    Text,
    TextSet,
    secret,
)
from ansible_collections.postmaster.comms.plugins.module_utils._core.plan import Wish
from ansible_collections.postmaster.comms.plugins.module_utils._core.resource import Resource, Values
from ansible_collections.postmaster.comms.plugins.module_utils._core.structures import Struct
from tests.unit.core import phones, sites, teams

ROLES = ("guest", "member", "boss")


def _weakens(before: Values, after: Values) -> str | None:
    if before.get("enabled") is True and after.get("enabled") is False:
        return "disable"
    return "demote" if ROLES.index(after.get("role", "guest")) < ROLES.index(before.get("role", "guest")) else None


TOWN = Resource(
    kind="town",
    plural="towns",
    module="sample_town",
    summary="Towns",
    description=("Towns.",),
    key=("name",),
    label="{name}",
    domain_key=lambda values: str(values["name"]),
    fields=(
        Text("name", "Name.", form=domain_name, immutable=True),
        Text("motto", "Motto.", on_create=""),
    ),
)

CLUB = Resource(
    kind="club",
    plural="clubs",
    module="sample_club",
    summary="Clubs",
    description=("Clubs.",),
    key=("name",),
    label="{name}",
    domain_key=lambda values: "everywhere.example",
    fields=(Text("name", "Name.", immutable=True), Text("motto", "Motto.")),
)

PERSON = Resource(
    kind="person",
    plural="people",
    module="sample_person",
    summary="People",
    description=("People.",),
    key=("address",),
    label="{address}",
    domain_key=lambda values: domain_of(values["address"]),
    loses_mail=lambda removal: not removal["allow_mail_loss"],
    weakens=_weakens,
    is_account=True,
    namespace="address",
    fields=(
        Text(
            "address",
            "Address.",
            form=mailbox_address,
            immutable=True,
            reference=Reference("town", assumable=True, part=domain_of),
        ),
        Text("full_name", "Name.", on_create=""),
        Text("badge", "Cannot be changed.", immutable=True),
        secret("password", "Password.", required_on_create=True),
        Flag("enabled", "Whether it may be used.", on_create=True),
        Flag("welcome_mail", "Taken at creation.", create_only=True, on_create=False),
        Text("hint", "Taken, never returned.", write_only=True),
        FlagOr("active", "Three states.", third="receive_only"),
        Integer("level", "Level.", minimum=-5, maximum=9),
        NumberOr("days", "Days.", word="never", on_create="never"),
        Size("quota", "Quota.", unit=1024**2, zero_is_unlimited=True, on_create="unlimited"),
        Choice("role", "Role.", words=ROLES, on_create="guest"),
        TextSet("tags", "Tags.", on_create=[]),
        TextSet("clubs", "Clubs.", reference=Reference("club", assumable=True)),
        Text("policy", "Policy.", reference=Reference("policy")),
        Struct(
            "forwarding",
            "Forwarding.",
            fields=(
                Choice("mode", "Mode.", words=("none", "copy"), on_create="none"),
                TextSet("targets", "Targets.", on_create=[]),
            ),
        ),
        Integer("id", "Number.", read_only=True, server_decides=True),
    ),
    removal=(
        Flag("allow_mail_loss", "Consent.", on_create=False),
        Text("heir", "Who gets the mail.", form=mailbox_address, reference=Reference("person")),
    ),
)


RELAY = Resource(
    kind="relay",
    plural="relays",
    module="sample_relay",
    summary="Relays",
    description=("Addresses that lead to people, and vanish with them.",),
    key=("address",),
    label="{address}",
    domain_key=lambda values: domain_of(values["address"]),
    namespace="address",
    fields=(
        Text("address", "Address.", form=mailbox_address, immutable=True),
        TextSet(
            "targets",
            "Targets.",
            form=mailbox_address,
            required_on_create=True,
            reference=Reference("person", optional=True),
        ),
    ),
)

ALL = (TOWN, CLUB, PERSON, RELAY, *phones.ALL, *sites.ALL, *teams.ALL)
MAY_LOSE_MAIL: dict[str, Any] = {"allow_mail_loss": True}


def person(name: str = "ann", *, where: str = "", force: bool = False, **options: Any) -> Wish:
    """The wish for a person in example.com; options as a user writes them."""
    always = options.pop("update_password", "on_create")
    given = PERSON.desire({"address": f"{name}@example.com", **options}, where)
    return Wish(PERSON, given, update_password=always, where=where, force=force)


def new_person(name: str = "ann", **options: Any) -> Wish:
    """The same with the password that a new person needs."""
    return person(name, **{"password": "first-Passw0rd", **options})


def no_person(name: str = "ann", *, where: str = "", force: bool = False, **removal: Any) -> Wish:
    """The wish that a person be absent; mail may be lost unless said otherwise."""
    given = PERSON.desire({"address": f"{name}@example.com"}, where)
    return Wish(PERSON, given, present=False, removal={**MAY_LOSE_MAIL, **removal}, where=where, force=force)
