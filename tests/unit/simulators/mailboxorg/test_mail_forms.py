# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Forms in which members of a mailbox come when they are read."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.simulators.mailboxorg.client import Client, refused


def test_dates_come_in_several_forms(account: Client) -> None:
    account.set_mail("bob@example.com", birthday="01.02.1990")
    assert account.get_mail("bob@example.com")["birthday"] == "01.02.1990"
    account.server.settings.birthday = "iso"
    account.server.settings.creation_date = "epoch"
    answer = account.get_mail("bob@example.com")
    assert (answer["birthday"], answer["creation_date"]) == ("1990-02-01", "1700000000")
    account.server.settings.creation_date = "german"
    assert account.get_mail("bob@example.com")["creation_date"] == "14.11.2023"
    assert account.set_mail("bob@example.com", birthday="")["birthday"] == ""


@pytest.mark.parametrize(("form", "yes", "no"), [("bool", True, False), ("int", 1, 0), ("text", "1", "0")])
def test_booleans_come_in_several_forms(account: Client, form: Any, yes: Any, no: Any) -> None:
    account.server.settings.booleans = form
    answer = account.get_mail("bob@example.com")
    assert repr([answer["active"], answer["require_reset_password"]]) == repr([yes, no])
    assert account.call("account.get", account="example")["address_payment"]["same_as_main"] == yes


def test_nets_are_written_as_text(account: Client) -> None:
    answer = account.set_mail("bob@example.com", allow_nets="192.0.2.0/24, 198.51.100.1")
    assert answer["allow_nets"] == ["192.0.2.0/24", "198.51.100.1"]
    account.server.settings.allow_nets = "text"
    assert account.get_mail("bob@example.com")["allow_nets"] == "192.0.2.0/24, 198.51.100.1"
    with refused():
        account.set_mail("bob@example.com", allow_nets=["192.0.2.0/24"])


def test_empty_text_comes_in_several_forms(account: Client) -> None:
    account.server.settings.empty_text = "null"
    answer = account.get_mail("bob@example.com")
    assert (answer["city"], answer["memo"]) == (None, "")
    account.server.settings.empty_text = "missing"
    answer = account.get_mail("bob@example.com")
    assert "city" not in answer
    assert answer["memo"] == ""
