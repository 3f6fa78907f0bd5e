# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of mailbox.org share: logins, wishes, servers of several habits."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.systems.bench import Bench

ALICE: dict[str, Any] = {"email": "alice@example.com"}
BOB: dict[str, Any] = {"email": "bob@example.com"}
CAROL: dict[str, Any] = {
    "email": "carol@example.com",
    "password": "C4rol-secret-1!",
    "plan": "standard",
    "first_name": "Carol",
    "last_name": "Example",
}
DOMAIN_PASSWORD = "D0main-secret-1"
NEW_DOMAIN: dict[str, Any] = {"name": "new.example", "account": "example", "password": DOMAIN_PASSWORD}
HEAD_OFFICE: dict[str, Any] = {"name": "example.com", "account": "example"}
# Everything of a mailbox that can be read and written, but capabilities.
EVERYTHING: dict[str, Any] = {
    "plan": "premium",
    "first_name": "Carol Anne",
    "last_name": "Sample",
    "inbox_save": False,
    "forwards": ["zoe@example.net", "ann@example.net"],
    "aliases": ["sales@example.com", "desk@example.com"],
    "alternate_mail": "carol@example.net",
    "memo": "Second floor",
    "active": False,
    "deletion_date": "2031-12-30",
    "require_reset_password": True,
    "additional_mail_quota": "5G",
    "additional_cloud_quota": "2048M",
    "allow_nets": "192.168.0.0/16, 10.0.0.0/8",
    "title": "Dr.",
    "birthday": "1980-12-31",
    "position": "Head",
    "department": "Sales",
    "company": "Example Ltd",
    "street": "Main Street 1",
    "postal_code": "01234",
    "city": "Berlin",
    "phone": "+49 30 1",
    "fax": "+49 30 2",
    "cell_phone": "+49 170 3",
    "external_id": "0042",
    "language": "en_US",
}
# The same in its other state, cleared where that is possible.
NOTHING: dict[str, Any] = {
    **{name: "" for name, value in EVERYTHING.items() if isinstance(value, str)},
    **{name: [] for name, value in EVERYTHING.items() if isinstance(value, list)},
    "plan": "light",
    "inbox_save": True,
    "active": True,
    "require_reset_password": False,
    "additional_mail_quota": "0B",
    "additional_cloud_quota": "0B",
}
# How else servers were seen to behave, or might (settings.py of the simulator).
HABITS: dict[str, dict[str, Any]] = {
    "as seen": {},
    "numbers for booleans": {"booleans": "int"},
    "text for booleans": {"booleans": "text"},
    "quotas as text": {"quotas": "text"},
    "maps": {"empty_maps": "object"},
    "null for empty": {"empty_text": "null"},
    "empty left out": {"empty_text": "missing"},
    "capital plans": {"plan_case": "capital"},
    "nets as text": {"allow_nets": "text"},
    "dates in ISO": {"birthday": "iso", "deletion_date": "iso", "creation_date": "iso"},
    "German dates": {"birthday": "german", "deletion_date": "german", "creation_date": "german"},
    "dates with times": {"birthday": "datetime", "deletion_date": "datetime"},
    "seconds": {"birthday": "epoch", "deletion_date": "epoch", "creation_date": "epoch"},
    "create-only members": {"show_create_only": True},
    "whole items": {"mail_list_members": "full"},
    "no details": {"mail_list_paging": False},
    "unknown members": {"extra_members": True},
    "lists of capabilities": {"capabilities": "list"},
    "wrapped capabilities": {"capabilities_get": "wrapped"},
    "null members": {"null_members": True},
    "errors with a status": {"error_http_status": 400},
    "batches reversed": {"batch": "reversed"},
    "no batches": {"batch": "unsupported"},
    "short batches": {"batch_limit": 2},
    "objects in lists": {"account_list": "objects", "domain_list": "full"},
    "numbers of contexts": {"domain_context_id": "int"},
    "no number of contexts": {"domain_context_id": "absent"},
    "German": {"message_language": "de", "foreign_code": 90010},
    "2022": {
        "mail_list_paging": False,
        "capabilities": "list",
        "mail_list_members": "full",
        "account_sets_itself": False,
        "quotas": "text",
        "booleans": "int",
        "domain_context_id": "absent",
        "batch": "unsupported",
    },
}
every_habit = pytest.mark.parametrize("habit", list(HABITS))


def take_up(bench: Bench, habit: str) -> None:
    """Let the server behave like this."""
    for name, value in HABITS[habit].items():
        assert hasattr(bench.sim.settings, name), name
        setattr(bench.sim.settings, name, value)


def log_in_as(bench: Bench, level: str) -> None:
    """Let the following tasks log in with the account of this level."""
    user, password = bench.sim.credentials(level)  # type: ignore[attr-defined]
    bench.connection |= {"api_username": user, "api_password": password}


def sent(bench: Bench) -> list[tuple[str, dict[str, Any]]]:
    """The writes that reached the server, with their parameters."""
    return [(record.call, record.params) for record in bench.sim.writes if record.processed]


def held(bench: Bench, address: str = "carol@example.com") -> dict[str, Any]:
    """What the server holds of a mailbox, by its own names."""
    fields: dict[str, Any] = bench.store.mailbox(address).fields
    return fields
