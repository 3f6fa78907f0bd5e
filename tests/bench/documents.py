# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the playbooks of the benchmark wish for: entry number i of each system, in the options of the collection.

All entries have the same password: what Ansible itself does with many different ones is a measurement of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

PASSWORD = "Bench-Secret.1"  # for simulated servers only
DOMAIN = "example.com"
# What a whole-system run meets: objects as they are wished for, none of them, all of them with another text; the wish
# is the same text for all, or a different one for each.
State = Literal["unchanged", "created", "changed alike", "changed apart"]
STATES: tuple[State, ...] = ("unchanged", "created", "changed alike", "changed apart")

EACH_ALONE: tuple[State, ...] = ("unchanged", "created", "changed apart")

Entry = dict[str, Any]
# Numbers of four digits from 2000 to 6999: of those that begin otherwise, 8 and 9 lead outside, 1 and 7 begin the
# numbers of three digits that the exchange needs for itself.
FIRST_EXTENSION = 2000


def kerio_user(number: int, text: str) -> Entry:
    """A user with what a company keeps of each: name, text, an alias, a group, a quota."""
    return {
        "name": f"user{number:06}",
        "domain": DOMAIN,
        "full_name": f"User {number:06}",
        "description": text,
        "email_addresses": [f"u.{number:06}"],
        "groups": ["staff"],
        "quota": "2G",
        "password": PASSWORD,
    }


def extension(number: int, text: str) -> Entry:
    return {"number": str(FIRST_EXTENSION + number), "description": text, "sip_password": PASSWORD}


def mailboxorg_mailbox(number: int, text: str) -> Entry:
    return {
        "email": f"user{number:06}@{DOMAIN}",
        "first_name": "User",
        "last_name": f"{number:06}",
        "plan": "standard",
        "memo": text,
        "password": PASSWORD,
    }


def mail_mailbox(number: int, text: str) -> Entry:
    return {"email": f"user{number:06}@{DOMAIN}", "name": text, "quota": "1G", "password": PASSWORD}


@dataclass(frozen=True)
class Site:
    """A system with many objects of one kind.

    label_template: how an entry is named. list_calls: the calls that list the objects. states: those to measure; where
    the same change for all is no other work than different ones, only the latter. slices: the states in which the
    system takes many objects in one call, or many calls in one. most: as many objects as it can sensibly hold, 0 for no
    limit.
    """

    name: str
    title: str
    module: str
    plural: str
    entry: Callable[[int, str], Entry]
    label_template: str
    list_calls: tuple[str, ...]
    states: tuple[State, ...] = STATES
    slices: tuple[State, ...] = STATES[1:]
    most: int = 0

    def label(self, number: int) -> str:
        return self.label_template.format(**self.entry(number, ""))

    def document(self, count: int, state: State) -> dict[str, list[Entry]]:
        """What the playbook wishes for."""
        return {self.plural: [self.entry(number, wished_text(number, state)) for number in range(count)]}


SITES = {
    site.name: site
    for site in (
        Site(
            "kerio_connect",
            "Kerio Connect",
            "postmaster.comms.kerio_config",
            "users",
            kerio_user,
            "{name}@{domain}",
            ("Users.get",),
        ),
        Site(
            "kerio_operator",
            "Kerio Operator",
            "postmaster.comms.operator_config",
            "extensions",
            extension,
            "{number}",
            ("Extensions.get",),
            most=5000,
        ),
        Site(
            "mailboxorg",
            "mailbox.org",
            "postmaster.comms.mailboxorg_config",
            "mailboxes",
            mailboxorg_mailbox,
            "{email}",
            ("mail.list",),
            states=EACH_ALONE,
        ),
        Site(
            "mail_rest",
            "Email Management API",
            "postmaster.comms.mail_config",
            "mailboxes",
            mail_mailbox,
            "{email}",
            ("GET /api/v1/mailboxes",),
            states=EACH_ALONE,
            slices=(),
        ),
        Site(
            "mailcow",
            "mailcow",
            "postmaster.comms.mail_config",
            "mailboxes",
            mail_mailbox,
            "{email}",
            ("GET /api/v1/get/mailbox/all",),
            slices=("changed alike",),
        ),
    )
}


def state_named(text: str) -> State:
    """A state by its name. Raises StopIteration."""
    return next(state for state in STATES if state == text)


def held_text(number: int) -> str:
    """The text of an object as the server holds it before a run."""
    return f"Desk {number:06}"


def wished_text(number: int, state: State) -> str:
    """The text of an object as it is after a run."""
    if state == "changed alike":
        return "Moved"
    return f"Moved to {number:06}" if state == "changed apart" else held_text(number)
