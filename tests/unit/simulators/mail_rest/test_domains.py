# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Domains of the REST server: the order of the quotas, fields that are dropped or refused, look-alikes, deletion."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulators import MailRest
from tests.unit.simulators.mail_rest.client import MEGABYTE, NEW_DOMAIN, ask, configure, get

LOOK_ALIKES = (
    "def_new_mailbox_quota",
    "max_new_mailbox_quota",
    "quota_used_in_domain",
    "mboxes_in_domain",
    "mboxes_left",
    "aliases_in_domain",
    "aliases_left",
)


def test_every_field_of_the_document_is_written_and_read(server: MailRest) -> None:
    assert ask(server, "POST", "domains", NEW_DOMAIN).status_code == 200
    change = {
        "active": False,
        "aliases": 5,
        "backupmx": True,
        "defquota": 100,
        "description": "Other",
        "mailboxes": 0,
        "maxquota": 200,
        "quota": 300,
    }
    assert ask(server, "PUT", "domains/new.example", {"domain": "new.example", **change}).status_code == 200
    shown = next(domain for domain in get(server, "domains") if domain["domain"] == "new.example")
    assert shown == {"domain": "new.example", **change}


@pytest.mark.parametrize(
    ("quotas", "key"),
    [
        ((300, 200, 100), "mailbox_defquota_exceeds_mailbox_maxquota"),
        ((100, 300, 200), "mailbox_quota_exceeds_domain_quota"),
        ((0, 200, 300), "defquota_empty"),
        ((0, 0, 300), "defquota_empty"),
        ((100, 200, 200), None),
        ((200, 200, 200), None),
    ],
)
def test_three_quotas_stand_in_order(server: MailRest, quotas: tuple[int, int, int], key: str | None) -> None:
    sizes = dict(zip(("defquota", "maxquota", "quota"), quotas, strict=True))
    reply = ask(server, "POST", "domains", {**NEW_DOMAIN, **sizes})
    assert (reply.status_code, reply.json()["msg"]) == ((400, key) if key else (200, "Domain has been added to system"))
    before = get(server, "domains")
    reply = ask(server, "PUT", "domains/example.org", sizes)
    assert (reply.status_code == 400) is (key is not None)
    assert (get(server, "domains") == before) is (key is not None)


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"maxquota": 1023, "defquota": 100}, "max_quota_in_use 1024"),
        ({"defquota": 1, "maxquota": 1024, "quota": 2047}, "domain_quota_m_in_use 2048"),
        ({"mailboxes": 1}, "mailboxes_in_use 2"),
        ({"aliases": 0}, "aliases_in_use 1"),
    ],
)
def test_limits_stay_above_what_is_in_use(server: MailRest, change: dict[str, Any], key: str) -> None:
    reply = ask(server, "PUT", "domains/example.com", change)
    assert (reply.status_code, reply.json()["msg"]) == (400, key)


def test_look_alikes_shrink_while_the_limits_stay(server: MailRest) -> None:
    configure(server, "thin")
    ask(server, "PUT", "domains/example.com", {"quota": 2048 + 512, "maxquota": 1024})
    (shown,) = (domain for domain in get(server, "domains") if domain["domain_name"] == "example.com")
    assert (shown["def_quota_for_mbox"], shown["def_new_mailbox_quota"]) == (1024 * MEGABYTE, 512 * MEGABYTE)
    assert (shown["max_quota_for_mbox"], shown["max_new_mailbox_quota"]) == (1024 * MEGABYTE, 512 * MEGABYTE)
    assert (shown["max_num_mboxes_for_domain"], shown["mboxes_left"], shown["aliases_left"]) == (100, 98, 399)
    server.settings.read_fields = "seed"
    assert not {name for domain in get(server, "domains") for name in domain} & set(LOOK_ALIKES)


@pytest.mark.parametrize(("form", "status", "gal"), [("passed_on", 200, 0), ("ignored", 200, 1), ("refused", 400, 1)])
def test_members_that_the_document_does_not_name(server: MailRest, form: Any, status: int, gal: int) -> None:
    server.settings.unknown_members = form
    assert ask(server, "PUT", "domains/example.org", {"gal": False}).status_code == status
    assert server.store.domains["example.org"].gal == gal
    assert ask(server, "POST", "domains", {**NEW_DOMAIN, "gal": False}).status_code == status


def test_wishes_dropped_with_success(server: MailRest) -> None:
    server.settings.ignored_on_put = frozenset({"backupmx", "maxquota"})
    change = {"backupmx": True, "maxquota": 5000, "defquota": 500}
    assert ask(server, "PUT", "domains/example.org", change).status_code == 200
    domain = server.store.domains["example.org"]
    assert (domain.backupmx, domain.maxquota, domain.defquota) == (0, 10240, 500)


def test_numbers_as_text(server: MailRest) -> None:
    server.settings.int_read = "text"
    shown = get(server, "domains")[0]
    assert (shown["aliases"], shown["quota"], shown["active"]) == ("400", "102400", True)
    assert get(server, "mailboxes/alice@example.com")["quota"] == "1024"
    assert get(server, "aliases")[0]["id"] == 3


@pytest.mark.parametrize(
    ("conflict", "status", "kind"), [("409", 409, "error"), ("400", 400, "error"), ("danger", 200, "danger")]
)
def test_domain_with_mailboxes_is_refused(server: MailRest, conflict: Any, status: int, kind: str) -> None:
    server.settings.conflict = conflict
    reply = ask(server, "DELETE", "domains/example.com")
    assert (reply.status_code, reply.json()["type"]) == (status, kind)
    assert len(server.store.mailboxes) == 2


def test_domain_may_take_its_mailboxes_along(server: MailRest) -> None:
    server.store.add_syncjob("alice@example.com", "imap.old.example", "alice")
    server.settings.full_domain = "emptied"
    assert ask(server, "DELETE", "domains/example.com").status_code == 200
    assert (list(server.store.domains), server.store.mailboxes) == (["example.org"], {})
    assert (server.store.aliases, server.store.syncjobs) == ({}, {})


def test_name_of_another_domain_is_taken(server: MailRest) -> None:
    server.store.alias_domains["new.example"] = "example.org"
    assert ask(server, "POST", "domains", NEW_DOMAIN).status_code == 409
    assert ask(server, "DELETE", "domains/example.org").status_code == 200
    assert server.store.alias_domains == {}
    assert ask(server, "POST", "domains", NEW_DOMAIN).status_code == 200
