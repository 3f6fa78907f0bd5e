# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How plain values look on the wire, which depends on switches (fact sheet mailboxorg.md 1.8)."""

from __future__ import annotations

from typing import Any

from tests.simulators.mailboxorg.settings import MailboxOrgSettings


def as_boolean(value: bool, settings: MailboxOrgSettings) -> bool | int | str:
    if settings.booleans == "bool":
        return value
    return int(value) if settings.booleans == "int" else str(int(value))


def as_map(value: dict[str, Any], settings: MailboxOrgSettings) -> dict[str, Any] | list[Any]:
    """PHP knows one kind of array: without members, a map looks like a list."""
    return [] if not value and settings.empty_maps == "list" else value
