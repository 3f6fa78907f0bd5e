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
    for domain in ("example.com", "example.org", IDN_DOMAIN):
        for name in ("walt", "xena"):
            store.add_user(name, domain)
        for name in ("Public", "Archiv 'Süd'"):
            store.add_public_folder(name, domain)
    for name in ("Example Ltd", "Sample & Söhne"):
        store.add_company_contact(name)
    for name in ("mail-1", "mail-2"):
        store.add_home_server(name)
    store.add_ip_group_entry("Offices", "198.51.100.1")
    for name in ("Holidays", "Nights"):
        store.add_time_range(name, days=["Sunday"])


def _count(store: Store) -> int:
    """What a document describes: all rows of a name are one alias, and all entries of a group are one object."""
    aliases = {(row["domainId"], row["name"].lower()) for row in store.aliases.values()}
    groups = [
        {row["groupId"] for row in table.values()} for table in (store.ip_address_entries, store.time_range_entries)
    ]
    tables = (store.domains, store.groups, store.users, store.mailing_lists, store.resources)
    return len(aliases) + sum(map(len, groups)) + sum(map(len, tables))


SUBJECT = Subject(
    system=SYSTEM,
    servers=(
        Server(
            "Kerio Connect",
            "kerio_connect",
            # Whatever is not sent becomes zero or empty there, which shows that we send it.
            lambda: KerioConnect(KerioConnectSettings(create_defaults="zero", partial_structures="zero")),
            switches={
                "normalise_byte_units": (True, False),
                "unasked_fields": ("none", "id", "all"),
                "domain_members": ("9.2", "8.x"),
                "unlimited_users": ("-1", "4294967295"),
                "principal_rows": ("full", "reference"),
                "bracketed_groups": (False, True),
                "list_member_address": ("foreign_only", "always"),
                "list_members_query": ("order_only", "honoured"),
            },
            refuses=(("domain", "is_primary", False),),
            # Whichever domain is the primary one.
            login=lambda simulator: {"api_username": f"{simulator.environment['KERIO_CONNECT_USERNAME']}@example.com"},
        ),
    ),
    prepare=_prepare,
    fill=states.fill,
    count=_count,
    keepers=KEEPERS,
    budgets=budgets.BUDGETS,
    minimal=samples.MINIMAL,
    extra=budgets.EXTRA,
    named=samples.NAMED,
    companions=samples.COMPANIONS,
    apart=samples.APART,
    appended=samples.APPENDED,
    removal=samples.REMOVAL,
    implied={
        ("resource", "manager"): frozenset({"manager_group"}),
        ("resource", "manager_group"): frozenset({"manager"}),
    },
    # The first is looked up at every reading, which would hide a call too many.
    costly=frozenset({("user", "company_contact"), ("domain", "is_primary")}),
    dependent=frozenset(
        {
            ("user", "forwarding.mode"),
            # What one domain has, no other can have.
            ("domain", "is_primary"),
            ("domain", "aliases"),
            ("domain", "directory_service_password"),
            ("alias", "targets"),
            ("mailing_list", "reply_to"),
            ("resource", "manager_group"),
        }
    ),
    odd=states.ODD,
)
