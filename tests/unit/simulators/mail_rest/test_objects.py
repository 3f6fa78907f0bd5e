# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The documented profile; the expected replies are those of mail_api.md 1, 2 and 5."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulators import MailRest
from tests.unit.simulators.mail_rest.client import (
    NEW_ALIAS,
    NEW_DOMAIN,
    NEW_JOB,
    NEW_MAILBOX,
    ask,
    get,
)


def test_objects_are_shown_as_documented(server: MailRest) -> None:
    assert get(server, "domains")[0] == {
        "domain": "example.com",
        "active": True,
        "aliases": 400,
        "backupmx": False,
        "defquota": 1024,
        "description": "example.com",
        "mailboxes": 100,
        "maxquota": 10240,
        "quota": 102400,
    }
    assert get(server, "mailboxes/alice%40example.com") == {
        "email": "alice@example.com",
        "local_part": "alice",
        "domain": "example.com",
        "name": "Alice Example",
        "active": True,
        "quota": 1024,
        "force_pw_update": False,
        "tls_enforce_in": False,
        "tls_enforce_out": False,
    }
    (alias,) = get(server, "aliases")
    assert (alias["address"], alias["goto"], alias["active"]) == ("info@example.com", "alice@example.com", True)
    assert alias["public_comment"] is None
    server.settings.alias_read = "plain"
    assert list(get(server, "aliases")[0]) == ["id", "address", "goto", "active"]


def test_creating_answers_with_the_documented_texts(server: MailRest) -> None:
    made = ask(server, "POST", "domains", NEW_DOMAIN)
    assert (made.status_code, made.json()) == (200, {"type": "success", "msg": "Domain has been added to system"})
    assert server.store.domains["new.example"].quota == 10240
    made = ask(server, "POST", "mailboxes", NEW_MAILBOX)
    assert (made.status_code, made.json()) == (200, {"type": "success", "msg": "Mailbox has been added"})
    mailbox = server.store.mailboxes["user@example.com"]
    assert (mailbox.name, mailbox.quota, mailbox.tls_enforce_out) == ("Example User", 3072, 1)
    assert mailbox.password == "made-up-password"
    assert [record.call for record in server.writes] == ["POST /api/v1/domains", "POST /api/v1/mailboxes"]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("domains", {**NEW_DOMAIN, "domain": "EXAMPLE.com "}, 409),
        ("domains", {**NEW_DOMAIN, "active": "true"}, 400),
        ("domains", {**NEW_DOMAIN, "aliases": "400"}, 400),
        ("domains", {**NEW_DOMAIN, "quota": True}, 400),
        ("domains", {"domain": "new.example"}, 400),
        ("domains", {**NEW_DOMAIN, "defquota": 20480}, 400),
        ("domains", [NEW_DOMAIN], 400),
        ("mailboxes", {**NEW_MAILBOX, "local_part": "alice"}, 409),
        ("mailboxes", {**NEW_MAILBOX, "local_part": "info"}, 409),
        ("mailboxes", {**NEW_MAILBOX, "password": "short"}, 400),
        ("mailboxes", {**NEW_MAILBOX, "quota": 10241}, 400),
        ("mailboxes", {**NEW_MAILBOX, "domain": "absent.example"}, 404),
        ("aliases", {**NEW_ALIAS, "address": "INFO@example.com"}, 409),
        ("aliases", {"address": "alice@example.com", "goto": "bob@example.com"}, 409),
        ("aliases", {**NEW_ALIAS, "goto": "nobody"}, 400),
        ("aliases", {**NEW_ALIAS, "goto": ["alice@example.com"]}, 400),
        ("aliases", {**NEW_ALIAS, "address": "x@absent.example"}, 404),
        ("aliases", {"address": "team@example.com"}, 400),
        ("syncjobs", {**NEW_JOB, "enc1": "ssl"}, 400),
        ("syncjobs", {**NEW_JOB, "port1": "993"}, 400),
        ("nonsense", {}, 404),
    ],
)
def test_bad_creation_is_refused_and_changes_nothing(server: MailRest, path: str, body: Any, status: int) -> None:
    before = repr(server.store)
    response = ask(server, "POST", path, body)
    assert (response.status_code, response.json()["type"]) == (status, "error")
    assert repr(server.store) == before


def test_put_keeps_what_it_does_not_name(server: MailRest) -> None:
    mail = server.store.mailboxes["alice@example.com"].messages
    changed = ask(server, "PUT", "mailboxes/alice@example.com", {"quota": 2048, "tls_enforce_in": True})
    assert (changed.status_code, changed.json()["type"]) == (200, "success")
    mailbox = server.store.mailboxes["alice@example.com"]
    assert (mailbox.quota, mailbox.tls_enforce_in, mailbox.name) == (2048, 1, "Alice Example")
    assert mailbox.messages == mail > 0
    ask(server, "PUT", "domains/example.com", {"domain": "example.com", "description": ""})
    domain = server.store.domains["example.com"]
    assert (domain.description, domain.mailboxes) == ("", 100)


def test_password_is_changed_by_put(server: MailRest) -> None:
    assert ask(server, "PUT", "mailboxes/bob@example.com", {"password": "short"}).status_code == 400
    assert ask(server, "PUT", "mailboxes/bob@example.com", {"password": "another-made-up"}).status_code == 200
    assert server.store.mailboxes["bob@example.com"].password == "another-made-up"


def test_alias_flags_default_to_on_and_can_be_given(server: MailRest) -> None:
    ask(server, "POST", "aliases", NEW_ALIAS)
    ask(server, "POST", "aliases", {"address": "sink@example.com", "goto_null": True, "active": False})
    team, sink = server.store.alias_by_address("team@example.com"), server.store.alias_by_address("sink@example.com")
    assert team is not None
    assert sink is not None
    assert (team.goto, team.active) == (["alice@example.com", "bob@example.com"], 1)
    assert (sink.goto, sink.active) == (["null@localhost"], 0)
    changed = ask(server, "PUT", f"aliases/{team.id}", {"goto": "bob@example.com", "private_comment": "why"})
    assert changed.status_code == 200
    assert (team.goto, team.private_comment) == (["bob@example.com"], "why")


def test_domain_with_mailboxes_stays(server: MailRest) -> None:
    assert ask(server, "DELETE", "domains/example.com").status_code == 409
    assert "example.com" in server.store.domains
    assert ask(server, "DELETE", "domains/example.org").status_code == 200
    assert list(server.store.domains) == ["example.com"]


def test_deleting_a_mailbox_takes_what_hangs_on_it(server: MailRest) -> None:
    ask(server, "POST", "aliases", NEW_ALIAS)
    ask(server, "POST", "syncjobs", NEW_JOB)
    assert len(server.store.syncjobs) == 1
    assert ask(server, "DELETE", "mailboxes/alice@example.com").status_code == 200
    assert list(server.store.mailboxes) == ["bob@example.com"]
    assert [(alias.address, alias.goto) for alias in server.store.aliases.values()] == [
        ("team@example.com", ["bob@example.com"])
    ]
    assert server.store.syncjobs == {}


@pytest.mark.parametrize("path", ["domains/absent.example", "mailboxes/x@example.com", "aliases/99", "syncjobs/99"])
def test_absent_objects_are_404(server: MailRest, path: str) -> None:
    assert ask(server, "PUT", path, {"active": True}).status_code == 404
    assert ask(server, "DELETE", path).status_code == 404
    server.settings.single_get_domain_alias = "supported"
    assert ask(server, "GET", path).status_code == 404
    server.settings.absent_get = "empty_object"
    assert get(server, path) == {}


def test_single_domains_and_aliases_are_not_served_by_default(server: MailRest) -> None:
    assert ask(server, "GET", "domains/example.com").status_code == 405
    server.settings.single_get_domain_alias = "404"
    assert ask(server, "GET", "aliases/3").status_code == 404
    server.settings.single_get_domain_alias = "supported"
    assert get(server, "domains/example.com")["domain"] == "example.com"
    assert get(server, "aliases/3")["address"] == "info@example.com"
    assert ask(server, "PATCH", "domains/example.com", {}).status_code == 405
    assert ask(server, "PUT", "domains", {}).status_code == 405
