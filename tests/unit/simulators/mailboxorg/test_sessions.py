# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Logging in at every level, the life of a session, methods that need none."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.simulators import MailboxOrg
from tests.unit.simulators.mailboxorg.client import Client, refused

LEVELS = ["admin", "reseller", "account", "domain", "mail", "ftp"]


@pytest.mark.parametrize("level", LEVELS)
def test_login_tells_the_level(anybody: Client, level: str) -> None:
    user, password = anybody.server.credentials(level)
    answer = anybody.call("auth", user=user, **{"pass": password})
    assert answer["level"] == level
    assert set(answer) == {"session", "level"}
    assert anybody.server.open_sessions == 1


def test_session_is_a_text_with_punctuation_like_those_seen(anybody: Client) -> None:
    user, password = anybody.server.credentials()
    session = anybody.call("auth", user=user, **{"pass": password})["session"]
    assert re.fullmatch(r".{19}[0-9a-f]{13}\d\.\d{8}", session)
    assert set(";%)&") <= set(session)


def test_session_counts_only_word_for_word(account: Client) -> None:
    session = str(account.http.headers["HPLS-AUTH"])
    assert account.call("hello.innerworld") == "Hello Inner-World!"
    account.http.headers["HPLS-AUTH"] = session.replace("%", "%25")
    with refused(253):
        account.call("hello.innerworld")
    del account.http.headers["HPLS-AUTH"]
    account.http.headers["Hpls-Auth"] = session
    assert account.call("hello.innerworld") == "Hello Inner-World!"


@pytest.mark.parametrize(
    ("user", "password"),
    [("example", "wrong"), ("example", ""), ("nobody", "x"), ("example.com", None), ("bob@example.com", None)],
)
def test_refused_logins(anybody: Client, user: str, password: str | None) -> None:
    """None: the right password of somebody else."""
    password = anybody.server.credentials()[1] if password is None else password
    with refused(2):
        anybody.login_as(user, password)
    assert anybody.server.open_sessions == 0


def test_mailbox_without_a_password_cannot_log_in(anybody: Client) -> None:
    anybody.server.store.add_mailbox("carol@example.com", password_hash="{SSHA}abc")
    with refused(2):
        anybody.login_as("carol@example.com", "")


@pytest.mark.parametrize("params", [{"user": "example"}, {"username": "example", "password": "x"}, {"user": 1}])
def test_login_needs_its_own_names(anybody: Client, params: dict[str, Any]) -> None:
    with refused():
        anybody.call("auth", **params)


def test_every_use_gives_twenty_minutes_again(account: Client) -> None:
    for _turn in range(3):
        account.server.clock.advance(1199)
        account.call("hello.innerworld")
    account.server.clock.advance(1200)
    assert account.server.open_sessions == 0
    with refused(253):
        account.call("hello.innerworld")


def test_logout_ends_the_session_once(account: Client) -> None:
    other = Client(account.server).login()
    assert account.server.open_sessions == 2
    assert account.call("deauth") is True
    assert account.server.open_sessions == 1
    with refused(253):
        account.call("deauth")
    assert other.call("hello.innerworld")
    other.http.close()


def test_session_ends_with_the_one_it_belongs_to(server: MailboxOrg, account: Client) -> None:
    alice = Client(server).login("mail")
    assert alice.call("hello.innerworld")
    account.call("mail.del", mail="alice@example.com")
    with refused(253):
        alice.call("hello.innerworld")
    alice.http.close()


def test_new_password_counts_at_the_next_login(account: Client) -> None:
    account.call("account.set", account="example", password="a-New-Secret-1")
    assert account.call("hello.innerworld")
    with refused(2):
        account.login()
    account.login_as("example", "a-New-Secret-1")


def test_missing_header_has_a_code_of_its_own(anybody: Client) -> None:
    anybody.server.settings.missing_header_code = 777
    for method in ("hello.innerworld", "deauth", "domain.list"):
        with refused(777):
            anybody.call(method)


def test_methods_without_login(anybody: Client) -> None:
    calls: list[tuple[str, dict[str, Any]]] = [
        ("utils.validator", {"value": "x@example.com", "type": "mail"}),
        ("mail.passwordreset.listmethods", {"mail": "bob@example.com"}),
    ]
    assert anybody.call("hello.world") == "Hello World!"
    for method, params in calls:
        with refused(2):
            anybody.call(method, **params)
    anybody.server.settings.anonymous = "docs"
    assert [anybody.call(method, **params) for method, params in calls] == [True, []]
    with refused():
        anybody.call("mail.passwordreset.listmethods", mail="nobody@example.com")
    with refused(2):
        anybody.call("search", query="x")


def test_reset_forgets_sessions_and_keeps_passwords(account: Client) -> None:
    account.call("account.set", account="example", password="a-New-Secret-1")
    account.server.reset()
    with refused(253):
        account.call("hello.innerworld")
    account.login()


def test_environment_points_at_the_level_account(server: MailboxOrg) -> None:
    user, password = server.credentials()
    assert server.environment == {
        "MAILBOXORG_URL": server.url,
        "MAILBOXORG_USERNAME": user,
        "MAILBOXORG_PASSWORD": password,
        "MAILBOXORG_CA_PATH": server.ca_path,
    }
    passwords = {server.credentials(level)[1] for level in LEVELS} | {MailboxOrg().credentials()[1]}
    assert len(passwords) == 7
