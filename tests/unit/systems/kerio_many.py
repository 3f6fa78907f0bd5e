# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many objects of each kind of Kerio Connect: how they are wished for, where the server holds them, what they cost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tests.unit.systems.bench import Bench

# One slice, and the rest of another one.
SIZE = 110
DOMAIN = "example.com"
PASSWORD = "Str0ng-pw-1!"
Entry = dict[str, Any]


def calls(bench: Bench) -> list[str]:
    """The requests on the wire but login and logout, a batch as one."""
    return [each.call for each in bench.sim.requests if not (each.batched or each.login or each.logout)]


def written(bench: Bench) -> list[str]:
    """Those of them that write; a batch is no write by itself."""
    return [each.call for each in bench.sim.requests if each.is_write and not each.batched]


def batched(bench: Bench) -> dict[str, int]:
    """How many commands of each kind travelled in batches."""
    found = [each.call for each in bench.sim.requests if each.batched]
    return {call: found.count(call) for call in dict.fromkeys(found)}


@dataclass(frozen=True)
class Many:
    """Objects of one kind. ``make`` gives the wish for one of them, by number, ``alike`` and ``apart`` what else is
    wished for later, the same for all or not; ``held`` is what the server's store tells of one.

    Of the wire: the calls that write a slice when all are made, changed alike, changed apart and deleted, and the
    commands of all batches. ``reads`` are those before and after them.
    """

    plural: str
    make: Callable[[int], Entry]
    alike: Entry
    apart: Callable[[int], Entry]
    held: Callable[[Any, int], Any]
    wires: Sequence[Sequence[str]]
    commands: Sequence[dict[str, int]]
    reads: Sequence[int]
    shown: Sequence[Callable[[int], Any]]

    def document(self, more: Callable[[int], Entry] = lambda number: {}) -> dict[str, list[Entry]]:
        return {self.plural: [{**self.make(number), **more(number)} for number in range(SIZE)]}

    def key(self, number: int) -> Entry:
        return {name: value for name, value in self.make(number).items() if name in ("name", "domain")}


def _aliases(store: Any, number: int) -> list[tuple[str, str]]:
    rows = [row for row in store.aliases.values() if row["name"] == f"a{number}"]
    return sorted((row["deliverTo"], row["description"]) for row in rows)


def _entries(store: Any, number: int) -> list[tuple[str, str]]:
    return sorted((row["host"], row["description"]) for row in store.ip_address_group(f"i{number}"))


def _group(store: Any, number: int) -> tuple[str, list[str]]:
    group = store.group(f"g{number}")
    return group["description"], store.members(group["id"])


def _list(store: Any, number: int) -> tuple[str, list[str]]:
    return store.mailing_list(f"l{number}")["description"], store.list_members(f"l{number}")


USERS = Many(
    "users",
    lambda n: {"name": f"u{n}", "domain": DOMAIN, "password": PASSWORD, "groups": ["staff"], "full_name": f"User {n}"},
    {"description": "same"},
    lambda n: {"description": f"desk {n}"},
    lambda store, n: (store.user(f"u{n}")["fullName"], store.user(f"u{n}")["description"]),
    [["Users.create"], ["Users.set"], ["Batch.run"], ["Users.remove"]],
    [{}, {}, {"Users.set": SIZE}, {}],
    [4, 3, 3, 4],
    [lambda n: (f"User {n}", ""), lambda n: (f"User {n}", "same"), lambda n: (f"User {n}", f"desk {n}")],
)
GROUPS = Many(
    "groups",
    lambda n: {"name": f"g{n}", "domain": DOMAIN, "members": ["alice", "bob"]},
    {"description": "same", "members": ["alice"]},
    lambda n: {"description": f"desk {n}", "members": ["alice", "admin"]},
    _group,
    [["Groups.create", "Batch.run"], ["Groups.set", "Batch.run"], ["Batch.run", "Batch.run"], ["Groups.remove"]],
    [
        {"Groups.addMemberList": SIZE},
        {"Groups.removeMemberList": SIZE},
        {"Groups.set": SIZE, "Groups.addMemberList": SIZE},
        {},
    ],
    [5, 5, 5, 6],
    [
        lambda n: ("", ["alice", "bob"]),
        lambda n: ("same", ["alice"]),
        lambda n: (f"desk {n}", ["admin", "alice"]),
    ],
)
ALIASES = Many(
    "aliases",
    lambda n: {"name": f"a{n}", "domain": DOMAIN, "targets": ["alice@example.com", "bob@example.com"]},
    {"description": "same", "targets": ["bob@example.com", "x@example.net"]},
    lambda n: {"description": f"desk {n}", "targets": ["bob@example.com", "x@example.net"]},
    _aliases,
    [
        ["Aliases.create"],
        # The new way first, the old one last.
        ["Aliases.create", "Aliases.set", "Aliases.remove"],
        ["Batch.run"],
        ["Aliases.remove"],
    ],
    [{}, {}, {"Aliases.set": SIZE}, {}],
    [3, 3, 3, 3],
    [
        lambda n: [("alice@example.com", ""), ("bob@example.com", "")],
        lambda n: [("bob@example.com", "same"), ("x@example.net", "same")],
        lambda n: [("bob@example.com", f"desk {n}"), ("x@example.net", f"desk {n}")],
    ],
)
LISTS = Many(
    "mailing_lists",
    lambda n: {"name": f"l{n}", "domain": DOMAIN, "members": ["alice@example.com", "x@example.net"]},
    {"description": "same"},
    lambda n: {"description": f"desk {n}", "members": ["alice@example.com", f"{n}@example.net"]},
    _list,
    [
        ["MailingLists.create", "Batch.run"],
        ["MailingLists.set"],
        ["Batch.run"] * 3,
        ["MailingLists.remove"],
    ],
    [
        {"MailingLists.addMlUserList": SIZE, "MailingLists.getMlUserList": SIZE},
        {"MailingLists.getMlUserList": 2 * SIZE},
        {
            "MailingLists.getMlUserList": 2 * SIZE,
            **dict.fromkeys(["MailingLists.set", "MailingLists.addMlUserList", "MailingLists.removeMlUserList"], SIZE),
        },
        {"MailingLists.getMlUserList": SIZE},
    ],
    # Members are told list by list, fifty in a request.
    [4 + 3, 4 + 6, 4 + 6, 4 + 3],
    [
        lambda n: ("", ["alice", "x@example.net"]),
        lambda n: ("same", ["alice", "x@example.net"]),
        lambda n: (f"desk {n}", [f"{n}@example.net", "alice"]),
    ],
)
RESOURCES = Many(
    "resources",
    lambda n: {"name": f"r{n}", "domain": DOMAIN, "manager": "alice"},
    {"description": "same"},
    lambda n: {"description": f"desk {n}"},
    lambda store, n: store.resource(f"r{n}")["description"],
    [["Resources.create"], ["Resources.set"], ["Batch.run"], ["Resources.remove"]],
    [{}, {}, {"Resources.set": SIZE}, {}],
    [4, 4, 4, 4],
    [lambda n: "", lambda n: "same", lambda n: f"desk {n}"],
)
DOMAINS = Many(
    "domains",
    lambda n: {"name": f"d{n}.example"},
    {"description": "same"},
    lambda n: {"description": f"desk {n}"},
    lambda store, n: store.domain(f"d{n}.example")["description"],
    [["Domains.create"], ["Domains.set"], ["Batch.run"], ["Domains.remove"]],
    [{}, {}, {"Domains.set": SIZE}, {}],
    # Each domain that goes is looked into, for what it still holds.
    [2, 2, 2, 2 + 5 * SIZE],
    [lambda n: "", lambda n: "same", lambda n: f"desk {n}"],
)
IP_GROUPS = Many(
    "ip_address_groups",
    lambda n: {"name": f"i{n}", "entries": [{"type": "host", "host": f"10.0.{n}.{k}"} for k in (1, 2)]},
    {"entries": [{"type": "host", "host": "10.9.9.9"}]},
    lambda n: {"entries": [{"type": "host", "host": f"10.8.{n}.1"}, {"type": "host", "host": "10.9.9.9"}]},
    _entries,
    [
        ["IpAddressGroups.create"] * 2,
        ["IpAddressGroups.create", "IpAddressGroups.remove"],
        ["IpAddressGroups.create"],
        ["IpAddressGroups.remove"],
    ],
    [{}, {"IpAddressGroups.validateRemove": SIZE}, {}, {"IpAddressGroups.validateRemove": SIZE}],
    # The ids of new groups are asked for, once for each slice; what is in use, fifty in a request.
    [2 + 2, 2 + 3, 2, 2 + 3],
    [
        lambda n: [(f"10.0.{n}.1", ""), (f"10.0.{n}.2", "")],
        lambda n: [("10.9.9.9", "")],
        lambda n: [(f"10.8.{n}.1", ""), ("10.9.9.9", "")],
    ],
)
KINDS = (USERS, GROUPS, ALIASES, LISTS, RESOURCES, DOMAINS, IP_GROUPS)


def as_wished(bench: Bench, many: Many, step: int) -> None:
    """The server holds all of them as the first, second or third document wants them."""
    for number in range(SIZE):
        assert many.held(bench.store, number) == many.shown[step](number)
