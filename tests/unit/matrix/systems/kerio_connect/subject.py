# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kerio Connect in the matrix."""

from __future__ import annotations

from ansible_collections.postmaster.comms.plugins.module_utils._systems.kerio_connect import SYSTEM
from tests.simulators import KerioConnect, KerioConnectSettings
from tests.simulators.kerio_connect.store import Store
from tests.unit.matrix.states import IDN_DOMAIN
from tests.unit.matrix.subjects import Server, Subject
from tests.unit.matrix.systems.kerio_connect import budgets, samples, states
from tests.unit.matrix.systems.kerio_connect.stores import KEEPERS


def _prepare(store: Store) -> None:
    store.add_domain(IDN_DOMAIN)
    for domain in ("example.org", IDN_DOMAIN):
        for name in ("staff", "sales"):
            store.add_group(name, domain)
    for name in ("Example Ltd", "Sample & Söhne"):
        store.add_company_contact(name)
    for name in ("mail-1", "mail-2"):
        store.add_home_server(name)


SUBJECT = Subject(
    system=SYSTEM,
    servers=(
        Server(
            "Kerio Connect",
            "kerio_connect",
            # Whatever is not sent at creation becomes zero or empty there, which shows that we send it.
            lambda: KerioConnect(KerioConnectSettings(create_defaults="zero")),
            switches={"normalise_byte_units": (True, False), "unasked_fields": ("none", "id", "all")},
        ),
    ),
    prepare=_prepare,
    fill=states.fill,
    count=lambda store: len(store.users),
    keepers=KEEPERS,
    budgets=budgets.BUDGETS,
    minimal=samples.MINIMAL,
    extra=budgets.EXTRA,
    named=samples.NAMED,
    companions=samples.COMPANIONS,
    apart=samples.APART,
    # Looked up at every reading, which would hide a call too many.
    costly=frozenset({("user", "company_contact")}),
    dependent=frozenset({("user", "forwarding.mode")}),
    odd=states.ODD,
)
