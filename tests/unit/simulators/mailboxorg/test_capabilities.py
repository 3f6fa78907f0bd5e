# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Capabilities as a list (until the autumn of 2026) and as a map that takes effect later."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.simulators.mailboxorg.client import Client, refused

ALICE, BOB = "alice@example.com", "bob@example.com"
SEEN_ORDER = ["MAIL_BLACKLIST", "MAIL_SPAMPROTECTION", "MAIL_PASSWORDRESET_SMS", "MAIL_BACKUPRECOVER"]
UNSET = {
    "MAIL_SPAMPROTECTION": "inherit",
    "MAIL_OTP": "inherit",
    "MAIL_BLACKLIST": "inherit",
    "MAIL_BACKUPRECOVER": "inherit",
    "MAIL_PASSWORDRESET_SMS": "inherit",
}


def held(client: Client, mail: str = ALICE) -> Any:
    return client.get_mail(mail)["capabilities"]


def put(client: Client, capabilities: Any, mail: str = ALICE) -> Any:
    return client.call("mail.capabilities.set", mail=mail, capabilities=capabilities)


@pytest.fixture
def old(account: Client) -> Client:
    account.server.settings.capabilities = "list"
    return account


# Lists


def test_list_is_replaced_whole(old: Client) -> None:
    assert put(old, ["MAIL_BACKUPRECOVER", "MAIL_BLACKLIST"]) is True
    assert held(old) == ["MAIL_BLACKLIST", "MAIL_BACKUPRECOVER"]
    put(old, ["MAIL_SPAMPROTECTION"])
    assert held(old) == ["MAIL_SPAMPROTECTION"]
    put(old, [])
    assert held(old) == []
    assert old.get_mail(ALICE)["possible_capabilities"] == SEEN_ORDER


def test_list_of_a_domain_is_that_of_every_mailbox(old: Client) -> None:
    old.server.store.add_mailbox("carol@example.com", plan="premium")
    put(old, ["MAIL_BACKUPRECOVER"])
    assert old.call("domain.capabilities.set", domain="example.com", capabilities=["MAIL_BLACKLIST"]) is True
    assert [held(old, mail) for mail in (ALICE, BOB, "carol@example.com")] == [
        ["MAIL_BLACKLIST"],
        [],
        ["MAIL_BLACKLIST"],
    ]
    old.call("domain.capabilities.set", domain="example.com", capabilities=[])
    assert held(old) == []


@pytest.mark.parametrize("capabilities", [["NO_SUCH"], {"MAIL_BLACKLIST": "on"}, "MAIL_BLACKLIST", None, ["MAIL_OTP"]])
def test_bad_lists(old: Client, capabilities: Any) -> None:
    put(old, ["MAIL_BLACKLIST"])
    with refused():
        put(old, capabilities)
    assert held(old) == ["MAIL_BLACKLIST"]


@pytest.mark.parametrize(
    ("era", "methods"),
    [
        ("list", ["mail.capabilities.get", "account.capabilities.get", "account.capabilities.set"]),
        ("map", ["domain.capabilities.set"]),
    ],
)
def test_methods_of_the_other_era_are_unknown(account: Client, era: Any, methods: list[str]) -> None:
    account.server.settings.capabilities = era
    for method in methods:
        with refused():
            account.call(method, mail=ALICE, account="example", domain="example.com", capabilities=[])


# The plan


def test_plan_light_supports_none(account: Client) -> None:
    assert account.get_mail(BOB)["possible_capabilities"] == []
    with refused():
        put(account, {"MAIL_BLACKLIST": "on"}, BOB)
    assert put(account, {"MAIL_BLACKLIST": "off"}, BOB) is True
    account.set_mail(BOB, plan="standard")
    put(account, {"MAIL_BLACKLIST": "on"}, BOB)
    assert held(account, BOB) == ["MAIL_BLACKLIST"]
    account.set_mail(BOB, plan="light")
    assert held(account, BOB) == []


def test_plan_light_in_the_list_era(old: Client) -> None:
    with refused():
        put(old, ["MAIL_BLACKLIST"], BOB)
    assert put(old, [], BOB) is True


# Maps


def test_map_is_partial(account: Client) -> None:
    assert put(account, {"MAIL_BLACKLIST": "on", "MAIL_SPAMPROTECTION": "on"}) is True
    put(account, {"MAIL_BLACKLIST": "off"})
    assert held(account) == ["MAIL_SPAMPROTECTION"]
    states = {**UNSET, "MAIL_SPAMPROTECTION": "on", "MAIL_BLACKLIST": "off"}
    assert account.call("mail.capabilities.get", mail=ALICE) == states
    account.server.settings.capabilities_get = "wrapped"
    assert account.call("mail.capabilities.get", mail=ALICE) == {"capabilities": states}
    assert put(account, []) is True


@pytest.mark.parametrize("capabilities", [["MAIL_BLACKLIST"], {"MAIL_BLACKLIST": True}, {"NO_SUCH": "on"}, None])
def test_bad_maps(account: Client, capabilities: Any) -> None:
    with refused():
        put(account, capabilities)
    assert account.call("mail.capabilities.get", mail=ALICE) == UNSET


def test_mailboxes_inherit_from_the_account(account: Client) -> None:
    account.server.store.add_mailbox("carol@example.com")
    account.server.store.add_mailbox("dave@example.com")
    put(account, {"MAIL_BLACKLIST": "off"}, "carol@example.com")
    change: dict[str, Any] = {
        "capabilities": {"MAIL_BLACKLIST": "on"},
        "exceptions": {"MAIL_BLACKLIST": ["dave@example.com"]},
    }
    assert account.call("account.capabilities.set", account="example", **change) is True
    assert held(account) == ["MAIL_BLACKLIST"]
    assert held(account, "carol@example.com") == []
    assert held(account, "dave@example.com") == []
    put(account, {"MAIL_BLACKLIST": "inherit"}, "carol@example.com")
    assert held(account, "carol@example.com") == ["MAIL_BLACKLIST"]
    assert account.call("account.capabilities.get", account="example") == {**UNSET, "MAIL_BLACKLIST": "on"}
    with refused():
        account.call(
            "account.capabilities.set",
            account="example",
            capabilities={"MAIL_BLACKLIST": "on"},
            exceptions={"MAIL_BACKUPRECOVER": [ALICE]},
        )


def test_map_takes_effect_at_once_by_default(account: Client) -> None:
    put(account, {"MAIL_BLACKLIST": "on"})
    assert account.server.store.mailbox(ALICE).capabilities == {"MAIL_BLACKLIST": "on"}


def test_map_takes_effect_later_on_the_clock(account: Client) -> None:
    account.server.settings.capabilities_seconds = 30
    assert put(account, {"MAIL_BLACKLIST": "on"}) is True
    account.server.clock.advance(10)
    put(account, {"MAIL_BLACKLIST": "off"})
    account.server.clock.advance(19)
    assert held(account) == []
    account.server.clock.advance(1)
    assert held(account) == ["MAIL_BLACKLIST"]
    account.server.clock.advance(10)
    assert held(account) == []
    assert account.server.store.capability_changes == []


def test_map_takes_effect_after_some_reads(account: Client) -> None:
    account.server.settings.capabilities_reads = 2
    put(account, {"MAIL_BLACKLIST": "on"})
    assert [held(account) for _turn in range(4)] == [[], [], ["MAIL_BLACKLIST"], ["MAIL_BLACKLIST"]]
