# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a server cannot do, as data: the matrix expects an honest failure there, and nowhere else."""

from __future__ import annotations

from typing import Any

from tests.unit.matrix.samples import Leaf

# Options that a dialect does not know: refused before the first call, in check mode too.
UNKNOWN: dict[str, frozenset[str]] = {
    "rest": frozenset(
        {
            "auth_source",
            "force_tfa",
            "sogo_access",
            "protocol_access",
            "quarantine_notification",
            "quarantine_category",
            "relay_host",
        }
    ),
}

_ANY: Any = object()
# Wishes that a server confirms and drops when an object is changed (mail_api.md 2.8): failures that name the option.
IGNORED: dict[str, tuple[tuple[str, str, Any], ...]] = {
    "REST thin": (
        ("mailbox", "name", ""),
        ("mailbox", "tls_enforce_in", _ANY),
        ("mailbox", "tls_enforce_out", _ANY),
    ),
    "mailcow": (("mailbox", "name", ""),),
}


def unknown(api_dialect: str, leaf: Leaf) -> bool:
    """Whether this dialect lacks the option."""
    return leaf.resource.kind == "mailbox" and leaf.name in UNKNOWN.get(api_dialect, ())


def ignored(server: str, leaf: Leaf, value: Any) -> bool:
    """Whether this server drops the value when an object is changed."""
    return any(
        (kind, name) == (leaf.resource.kind, leaf.name) and (dropped is _ANY or dropped == value)
        for kind, name, dropped in IGNORED.get(server, ())
    )
