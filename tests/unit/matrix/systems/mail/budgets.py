# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the steps cost on the mail servers, in both dialects."""

from __future__ import annotations

from dataclasses import replace

from tests.unit.matrix.budgets import Budget, Calls, Extra, Kind


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


_REST_LISTS = ("GET /api/v1/mailboxes", "GET /api/v1/aliases")
_MAILCOW_LISTS = ("GET /api/v1/get/mailbox/all", "GET /api/v1/get/alias/all")
_REST_DOMAIN = replace(
    _rest("/api/v1/domains", "/api/v1/domains/{domain}", ("GET /api/v1/domains",)),
    parents=(),
    # Whether it is empty.
    guard=_REST_LISTS,
)
_REST_JOB = replace(
    _rest("/api/v1/syncjobs", "/api/v1/syncjobs/{id}", ("GET /api/v1/syncjobs",)),
    parents=("GET /api/v1/mailboxes/{email}",),
)


def _mailcow_domain(read: str) -> Budget:
    return replace(_mailcow("domain", read), parents=(), guard=_MAILCOW_LISTS)


def _mailcow_job(read: str) -> Budget:
    return replace(_mailcow("syncjob", read), parents=("GET /api/v1/get/mailbox/{id}",))


BUDGETS: dict[tuple[str, str, str], Budget] = {
    ("rest", "domain", "object"): _REST_DOMAIN,
    ("rest", "domain", "config"): _REST_DOMAIN,
    ("rest", "sync_job", "object"): _REST_JOB,
    ("rest", "sync_job", "config"): _REST_JOB,
    ("mailcow", "domain", "object"): _mailcow_domain("GET /api/v1/get/domain/{id}"),
    ("mailcow", "domain", "config"): _mailcow_domain("GET /api/v1/get/domain/all"),
    ("mailcow", "sync_job", "object"): _mailcow_job("GET /api/v1/get/syncjobs/{id}/no_log"),
    ("mailcow", "sync_job", "config"): _mailcow_job("GET /api/v1/get/syncjobs/all/no_log"),
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
_CREATE, _UPDATE = frozenset({Kind.CREATE}), frozenset({Kind.UPDATE})


def _of_mailcow(kind: str, calls: dict[str, Calls], steps: frozenset[Kind] = frozenset(Kind)) -> tuple[Extra, ...]:
    return tuple(Extra(kind, frozenset({name}), each, steps, "mailcow") for name, each in calls.items())


EXTRA = (
    *_of_mailcow("mailbox", dict.fromkeys(("tls_enforce_in", "tls_enforce_out"), ("POST /api/v1/edit/tls_policy",))),
    # What a new domain does not take, and what the edit of a domain does not change.
    *_of_mailcow(
        "domain",
        {
            "relay_host": ("POST /api/v1/edit/domain",),
            "rate_limit": ("POST /api/v1/edit/rl-domain",),
            # As many as one call takes; those that go have a call of their own.
            "tags": ("POST /api/v1/edit/domain",) * 2,
        },
        _CREATE | _UPDATE,
    ),
    *_of_mailcow("domain", {"tags": ("POST /api/v1/delete/domain/tag/{domain}",)}, _UPDATE),
    # Whether the domain uses more than its limits shall be.
    *_of_mailcow(
        "domain", dict.fromkeys(("max_mailboxes", "max_aliases", "max_quota", "quota"), _MAILCOW_LISTS), _UPDATE
    ),
)
