# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The servers that the matrix runs against: one for each dialect, and for each profile in which a dialect differs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ansible_collections.postmaster.comms.plugins.module_utils._systems.registry import SYSTEMS
from ansible_collections.postmaster.comms.plugins.module_utils._systems.system import System
from tests.simulators import KerioConnect, KerioConnectSettings, Mailcow, MailRest
from tests.simulators.kerio_connect.store import Store as KerioStore
from tests.simulators.mail_engine import Domain, MailStore
from tests.simulators.mail_rest.settings import PROFILES
from tests.support.runner import AnySimulator, Runner

IDN_DOMAIN = "bücher.example"


@dataclass(frozen=True)
class Server:
    """One column of the matrix. ``dialect`` decides about options and calls, ``name`` about the server's ways."""

    name: str
    system_name: str
    dialect: str
    make: Callable[[], AnySimulator]
    prepare: Callable[[Any], None]

    @property
    def system(self) -> System:
        return next(each for each in SYSTEMS if each.name == self.system_name)


def _prepare_kerio(store: KerioStore) -> None:
    store.add_domain(IDN_DOMAIN)
    for domain in ("example.org", IDN_DOMAIN):
        for name in ("staff", "sales"):
            store.add_group(name, domain)
    for name in ("Example Ltd", "Sample & Söhne"):
        store.add_company_contact(name)
    for name in ("mail-1", "mail-2"):
        store.add_home_server(name)


def _prepare_mail(store: MailStore) -> None:
    name = IDN_DOMAIN.encode("idna").decode()
    store.domains[name] = Domain(name, mailboxes=100, maxquota=10240, quota=102400)


def _rest(profile: str) -> Server:
    return Server(f"REST {profile}", "mail", "rest", lambda: MailRest(PROFILES[profile]), _prepare_mail)


SERVERS: tuple[Server, ...] = (
    # Whatever is not sent at creation becomes zero or empty there, which shows that we send it.
    Server(
        "Kerio Connect",
        "kerio_connect",
        "kerio_connect",
        lambda: KerioConnect(KerioConnectSettings(create_defaults="zero")),
        _prepare_kerio,
    ),
    _rest("documented"),
    _rest("thin"),
    _rest("strict"),
    Server("mailcow", "mail", "mailcow", Mailcow, _prepare_mail),
)


@dataclass(frozen=True)
class Running:
    """A server that runs, with the modules of its system."""

    server: Server
    simulator: AnySimulator
    runner: Runner

    @property
    def store(self) -> Any:
        return self.simulator.store

    def reset(self) -> None:
        """Back to the starting state."""
        self.simulator.reset()
        self.server.prepare(self.simulator.store)
