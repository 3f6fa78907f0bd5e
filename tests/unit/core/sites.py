# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""More resources of the made-up server: sites, whose ownership has to be proven elsewhere, and their guests.

A site whose vault is changed loses what its guests keep there. What is written of a guest shows up after a while, and
services are switched some time after the server has confirmed it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.postmaster.comms.plugins.module_utils._core.addresses import (
    domain_name,
    domain_of,
    mailbox_address,
)
from ansible_collections.postmaster.comms.plugins.module_utils._core.errors import Prerequisite
from ansible_collections.postmaster.comms.plugins.module_utils._core.fields import (
    Choice,
    Flag,
    FlagOr,
    Integer,
    Reference,
    Text,
)
from ansible_collections.postmaster.comms.plugins.module_utils._core.plan import (
    FAIL,
    PENDING,
    WAIT,
    WAIT_TIMEOUT,
    WHEN_UNVERIFIED,
    Wish,
    behaviour_values,
)
from ansible_collections.postmaster.comms.plugins.module_utils._core.resource import Resource
from ansible_collections.postmaster.comms.plugins.module_utils._core.structures import Struct

SITE = Resource(
    kind="site",
    plural="sites",
    module="sample_site",
    summary="Sites",
    description=("Sites.",),
    key=("name",),
    label="{name}",
    domain_key=lambda values: str(values["name"]),
    loses_groupware=lambda before, send: "vault" in send and "vault" in before,
    fields=(
        Text("name", "Name.", form=domain_name, immutable=True),
        Text("motto", "Motto.", on_create=""),
        Text("vault", "Where things are kept."),
    ),
    behaviour=(
        Choice(WHEN_UNVERIFIED, "What to do.", words=(FAIL, PENDING, WAIT), on_create=FAIL),
        Integer(WAIT_TIMEOUT, "Seconds.", on_create=600),
        Flag("allow_groupware_loss", "Consent.", on_create=False),
    ),
)


GUEST = Resource(
    kind="guest",
    plural="guests",
    module="sample_guest",
    summary="Guests",
    description=("Guests.",),
    key=("address",),
    label="{address}",
    domain_key=lambda values: domain_of(values["address"]),
    settles_late=True,
    fields=(
        Text(
            "address",
            "Address.",
            form=mailbox_address,
            immutable=True,
            reference=Reference("site", assumable=True, part=domain_of),
        ),
        Text("motto", "Motto.", on_create=""),
        Text("host", "Who invited the guest.", reference=Reference("guest", assumable=True)),
        Struct(
            "services",
            "Services.",
            fields=(
                FlagOr("vault", "Three states.", third="inherit"),
                FlagOr("alarm", "Three states.", third="inherit"),
            ),
            asynchronous=True,
        ),
    ),
)
ALL = (SITE, GUEST)

PROOF = {"proof": {"name": "example.com", "value": "abc"}}


def unproven() -> Prerequisite:
    """What the server says until the ownership of a site is proven."""
    return Prerequisite("prove that example.com is yours", PROOF, method="site.add", code=218)


def site(
    name: str = "example.com", *, where: str = "", behaviour: Mapping[str, Any] | None = None, **options: Any
) -> Wish:
    """The wish for a site; options as a user writes them."""
    given = SITE.desire({"name": name, **options}, where)
    return Wish(SITE, given, behaviour=behaviour_values(SITE, behaviour or {}, where), where=where)


def guest(name: str = "ann", *, where: str = "", **options: Any) -> Wish:
    """The wish for a guest of example.com."""
    return Wish(GUEST, GUEST.desire({"address": f"{name}@example.com", **options}, where), where=where)
