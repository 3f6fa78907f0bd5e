# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of many objects of mailbox.org share: objects of each kind, and the requests that they cost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pytest

from tests.unit.systems.bench import Bench, done
from tests.unit.systems.mailboxorg import log_in_as

# One slice, and the rest of another one.
SIZE = 120
NAMES = [f"u{place:03}" for place in range(SIZE)]
ADDRESSES = [f"{name}@example.com" for name in NAMES]
PASSWORD = "C4rol-secret-1!"
Document = dict[str, list[dict[str, Any]]]


def wire(bench: Bench) -> list[str]:
    """The requests between login and logout, as they went over the wire; of those with several calls, which and how
    many."""
    found: list[tuple[str, list[str]]] = []
    for record in bench.sim.requests:
        if record.batched:
            found[-1][1].append(record.call)
        elif not (record.login or record.logout):
            found.append((record.call, []))
    inside = ((call, [(name, len(list(group))) for name, group in groupby(calls)]) for call, calls in found)
    return [" ".join(f"{name} x{count}" for name, count in calls) or call for call, calls in inside]


def both(call: str, *sizes: int) -> list[str]:
    """The same call for everybody, in requests of these sizes."""
    return [f"{call} x{size}" for size in sizes]


def writes(call: str) -> list[str]:
    return both(call, 100, 20)


def reads(call: str) -> list[str]:
    return both(call, 50, 50, 20)


@dataclass(frozen=True)
class Kind:
    """Objects of one kind: ``entry`` describes one by its place, ``change`` what is to become of it, or of all alike.

    ``listed`` are the requests that read them, ``read_back`` those after a write whose reply does not show them.
    """

    plural: str
    entry: Callable[[int], dict[str, Any]]
    change: Callable[[int], dict[str, Any]]
    alike: dict[str, Any]
    add: list[str]
    set: list[str]
    delete: list[str]
    listed: list[str]
    read_back: list[str]
    key: tuple[str, ...]
    removal: dict[str, Any]

    def __str__(self) -> str:
        return self.plural

    def document(self, of: Callable[[int], dict[str, Any]]) -> Document:
        return {self.plural: [of(place) for place in range(SIZE)]}

    def named(self, place: int) -> dict[str, Any]:
        return {name: value for name, value in self.entry(place).items() if name in self.key}


MAILBOXES = Kind(
    "mailboxes",
    lambda place: {
        "email": ADDRESSES[place],
        "password": f"{PASSWORD}{place}",
        "plan": "standard",
        "first_name": "U",
        "last_name": f"N{place}",
        "aliases": [f"a{place}@example.com"],
    },
    lambda place: {"memo": f"m{place}"},
    {"memo": "same"},
    add=["mail.add x100", "mail.set x100", "mail.add x20", "mail.set x20"],
    set=writes("mail.set"),
    delete=writes("mail.del"),
    listed=["mail.list"],
    read_back=[],
    key=("email",),
    removal={"allow_mail_loss": True},
)
MAILING_LISTS = Kind(
    "mailing_lists",
    lambda place: {"address": f"l{place}@example.com", "password": f"{PASSWORD}{place}"},
    lambda place: {"admin_mail": f"admin{place}@example.com"},
    {"admin_mail": "alice@example.com"},
    add=writes("mailinglist.add"),
    set=writes("mailinglist.set"),
    delete=writes("mailinglist.del"),
    listed=["mailinglist.list"],
    read_back=["mailinglist.list"],
    key=("address",),
    removal={"allow_mail_loss": True},
)
GROUPS = Kind(
    "groups",
    lambda place: {"name": f"g{place}", "account": "example", "display_name": f"G{place}"},
    lambda place: {"display_name": f"H{place}"},
    {"members": ["alice@example.com", "bob@example.com"]},
    add=writes("group.add"),
    set=writes("group.set"),
    delete=writes("group.del"),
    listed=["group.list"],
    read_back=["group.list"],
    key=("name", "account"),
    removal={},
)
DOMAINS = Kind(
    "domains",
    lambda place: {"name": f"d{place}.example", "account": "example", "password": f"{PASSWORD}{place}"},
    lambda place: {"memo": f"m{place}"},
    {"memo": "same"},
    add=writes("domain.add"),
    set=writes("domain.set"),
    delete=writes("domain.del"),
    listed=["domain.list", *reads("domain.get")],
    read_back=[],
    key=("name", "account"),
    removal={},
)
ACCOUNTS = Kind(
    "accounts",
    lambda place: {"name": f"acc{place}", "password": f"{PASSWORD}{place}", "plan": "basic", "company": f"C{place}"},
    lambda place: {"company": f"D{place}"},
    {"company": "Same Ltd"},
    add=writes("account.add"),
    set=writes("account.set"),
    delete=writes("account.del"),
    # With those that the reseller has already.
    listed=["account.list", *both("account.get", 50, 50, 23)],
    read_back=[],
    key=("name",),
    removal={"allow_mail_loss": True},
)
KINDS = (MAILBOXES, MAILING_LISTS, GROUPS, DOMAINS, ACCOUNTS)
every_kind = pytest.mark.parametrize("kind", KINDS, ids=str)


def make_room(bench: Bench) -> None:
    """A server that takes them all."""
    bench.store.account("example").fields["max_mailinglist"] = 10 * SIZE
    for place in range(SIZE):
        bench.store.publish_ownership("example", f"d{place}.example")


def fill(bench: Bench) -> None:
    """A server with as many mailboxes besides its own."""
    for address in ADDRESSES:
        bench.store.add_mailbox(address, plan="standard")


def prepare(bench: Bench, kind: Kind) -> None:
    if kind is ACCOUNTS:
        log_in_as(bench, "reseller")


def make(bench: Bench, kind: Kind) -> None:
    """Let the objects be there."""
    prepare(bench, kind)
    done(bench.config(kind.document(kind.entry)))
    bench.forget_requests()


@dataclass(frozen=True)
class Part:
    """What a mailbox has: of one by its place, the requests that read it, write it, and write it to a new mailbox."""

    plural: str
    entry: Callable[[int], dict[str, Any]]
    read: list[str]
    write: list[str]
    new: list[str]

    def __str__(self) -> str:
        return self.plural

    def document(self) -> Document:
        return {self.plural: [{"mailbox": ADDRESSES[place], **self.entry(place)} for place in range(SIZE)]}


def in_turns(*calls: str) -> list[str]:
    """The requests for the first hundred, and then those for the others; reads go by fifty."""
    first = [f"{call} x{size}" for call in calls for size in ((50, 50) if call.endswith(("get", "list")) else (100,))]
    return [*first, *(f"{call} x20" for call in calls)]


PARTS = (
    Part(
        "vacations",
        lambda place: {
            "active": True,
            "subject": f"Away {place}",
            "body": "Later.",
            "start_date": "2020-01-01",
            "end_date": "2090-01-01",
        },
        reads("mail.vacation.get"),
        in_turns("mail.vacation.set", "mail.vacation.get"),
        in_turns("mail.vacation.set", "mail.vacation.get"),
    ),
    Part(
        "spam_protections",
        lambda place: {"greylist": False, "tag_level": f"{place / 10 + 1:.1f}"},
        reads("mail.spamprotect.get"),
        writes("mail.spamprotect.set"),
        in_turns("mail.spamprotect.get", "mail.spamprotect.set"),
    ),
    Part(
        "blacklists",
        lambda place: {"addresses": [f"x{place}@bad.example", f"y{place}@bad.example"]},
        reads("mail.blacklist.list"),
        in_turns("mail.blacklist.add", "mail.blacklist.add"),
        in_turns("mail.blacklist.list", "mail.blacklist.add", "mail.blacklist.add"),
    ),
)
every_part = pytest.mark.parametrize("part", PARTS, ids=str)
