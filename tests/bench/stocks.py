# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Simulated servers that hold what `documents` describes, put there without a call, and what they hold afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.bench.documents import DOMAIN, FIRST_EXTENSION, PASSWORD, held_text
from tests.simulators import (
    KerioConnect,
    KerioOperator,
    KerioOperatorSettings,
    MailboxOrg,
    MailboxOrgSettings,
    Mailcow,
    MailcowSettings,
    MailRest,
    MailRestSettings,
    Simulator,
)
from tests.simulators.mail_engine import Rules
from tests.simulators.mail_engine.objects import Mailbox

PLENTY = 1_000_000


def _fill_kerio_connect(store: Any, number: int, text: str) -> None:
    store.add_user(
        f"user{number:06}",
        fullName=f"User {number:06}",
        description=text,
        password=PASSWORD,
        emailAddresses=[f"u.{number:06}"],
        userGroups=[store.group("staff")["id"]],
        diskSizeLimit={"isActive": True, "limit": {"value": 2, "units": "GigaBytes"}},
    )


def _texts_of_kerio_connect(store: Any) -> dict[str, str]:
    return {f"{row['loginName']}@{DOMAIN}": row["description"] for row in store.users.values()}


def _fill_kerio_operator(store: Any, number: int, text: str) -> None:
    store.add_extension(str(FIRST_EXTENSION + number), description=text, sipPassword=PASSWORD)


def _texts_of_kerio_operator(store: Any) -> dict[str, str]:
    return {row["telNum"]: row["description"] for row in store.extensions.values()}


def _fill_mailboxorg(store: Any, number: int, text: str) -> None:
    fields = {"first_name": "User", "last_name": f"{number:06}", "plan": "standard", "memo": text}
    store.add_mailbox(f"user{number:06}@{DOMAIN}", password=PASSWORD, **fields)


def _texts_of_mailboxorg(store: Any) -> dict[str, str]:
    return {box.mail: box.fields["memo"] for box in store.mailboxes.values()}


def _fill_mail(store: Any, number: int, text: str) -> None:
    address = f"user{number:06}@{DOMAIN}"
    store.mailboxes[address] = Mailbox(address, name=text, password=PASSWORD, quota=1024)
    store.take_alias_id()


def _texts_of_mail(store: Any) -> dict[str, str]:
    return {box.username: box.name for box in store.mailboxes.values()}


def _kerio_connect() -> KerioConnect:
    server = KerioConnect(real_time=True)
    server.store.logins = {(user["domainId"], user["loginName"].lower()) for user in server.store.users.values()}
    return server


def _kerio_operator() -> KerioOperator:
    settings = KerioOperatorSettings(licensed_users=PLENTY, unique_sip_usernames=False)
    server = KerioOperator(settings, real_time=True)
    server.store.numbers = {extension["telNum"] for extension in server.store.extensions.values()}
    return server


def _mailboxorg() -> MailboxOrg:
    return MailboxOrg(MailboxOrgSettings(address_collisions="allow"), real_time=True)


def _mail_rest() -> MailRest:
    server = MailRest(MailRestSettings(room_for_all=True), real_time=True)
    server.store.domains[DOMAIN].mailboxes = PLENTY
    return server


def _mailcow() -> Mailcow:
    server = Mailcow(MailcowSettings(rules=Rules(room_for_all=True)), real_time=True)
    server.store.domains[DOMAIN].mailboxes = PLENTY
    return server


@dataclass(frozen=True)
class Stock:
    """start: a server that knows none of the objects. fill: puts object number i with a text into its store.
    texts: the text of each object that a store holds, by the name that the object has in a playbook. facts: variables
    for playbooks that call the server by hand."""

    start: Callable[[], Simulator[Any, Any]]
    fill: Callable[[Any, int, str], None]
    texts: Callable[[Any], dict[str, str]]
    facts: Callable[[Any], dict[str, str]] = lambda store: {}


# The servers do not look through thousands of objects for each new one: real ones have an index, and what is measured
# is not the simulators.
STOCKS = {
    "kerio_connect": Stock(
        _kerio_connect,
        _fill_kerio_connect,
        _texts_of_kerio_connect,
        lambda store: {"BENCH_DOMAIN_ID": store.domain(DOMAIN)["id"]},
    ),
    "kerio_operator": Stock(_kerio_operator, _fill_kerio_operator, _texts_of_kerio_operator),
    "mailboxorg": Stock(_mailboxorg, _fill_mailboxorg, _texts_of_mailboxorg),
    "mail_rest": Stock(_mail_rest, _fill_mail, _texts_of_mail),
    "mailcow": Stock(_mailcow, _fill_mail, _texts_of_mail),
}


def filled(name: str, count: int) -> Simulator[Any, Any]:
    """A server of this system, not yet started, that holds so many objects."""
    stock = STOCKS[name]
    server = stock.start()
    for number in range(count):
        stock.fill(server.store, number, held_text(number))
    return server
