# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the steps cost on the mail servers, in both dialects."""

from __future__ import annotations

from tests.unit.matrix.budgets import Budget, Calls, Extra


def _rest(path: str, one: str, single: Calls) -> Budget:
    """``single``: the reads for one object."""
    return Budget(
        found=single,
        absent=single,
        parents=("GET /api/v1/domains",),
        guard=(),
        create=(f"POST {path}", *single),
        update=(f"PUT {one}", *single),
        delete=(f"DELETE {one}", *single),
    )


def _mailcow(kind: str, read: str) -> Budget:
    return Budget(
        found=(read,),
        absent=(read,),
        parents=("GET /api/v1/get/domain/{id}",),
        guard=(),
        create=(f"POST /api/v1/add/{kind}", read),
        update=(f"POST /api/v1/edit/{kind}", read),
        delete=(f"POST /api/v1/delete/{kind}", read),
    )


BUDGETS: dict[tuple[str, str, str], Budget] = {
    ("rest", "mailbox", "object"): _rest(
        "/api/v1/mailboxes", "/api/v1/mailboxes/{email}", ("GET /api/v1/mailboxes/{email}",)
    ),
    ("rest", "mailbox", "config"): _rest("/api/v1/mailboxes", "/api/v1/mailboxes/{email}", ("GET /api/v1/mailboxes",)),
    ("rest", "alias", "object"): _rest("/api/v1/aliases", "/api/v1/aliases/{id}", ("GET /api/v1/aliases",)),
    ("rest", "alias", "config"): _rest("/api/v1/aliases", "/api/v1/aliases/{id}", ("GET /api/v1/aliases",)),
    ("mailcow", "mailbox", "object"): _mailcow("mailbox", "GET /api/v1/get/mailbox/{id}"),
    ("mailcow", "mailbox", "config"): _mailcow("mailbox", "GET /api/v1/get/mailbox/all"),
    ("mailcow", "alias", "object"): _mailcow("alias", "GET /api/v1/get/alias/{id}"),
    ("mailcow", "alias", "config"): _mailcow("alias", "GET /api/v1/get/alias/all"),
}
EXTRA = tuple(
    Extra("mailbox", frozenset({name}), ("POST /api/v1/edit/tls_policy",), dialect="mailcow")
    for name in ("tls_enforce_in", "tls_enforce_out")
)
