# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The out-of-office message, with everything in which servers may differ."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.unit.simulators.kerio_web import refused
from tests.unit.simulators.kerio_webmail.client import WebmailClient

OFF = {"isEnabled": False, "text": "", "isTimeRangeEnabled": False, "timeRangeStart": "", "timeRangeEnd": ""}
AWAY = {
    "isEnabled": True,
    "text": "Back on Monday.\nRegards",
    "isTimeRangeEnabled": True,
    "timeRangeStart": "20250701T080530+0200",
    "timeRangeEnd": "20250708T170000+0200",
}


def test_every_user_has_an_own_message(alice: WebmailClient, bob: WebmailClient) -> None:
    assert alice.out_of_office() == OFF
    alice.set_out_of_office(**AWAY)
    assert alice.out_of_office() == AWAY == alice.server.store.out_of_office_of("alice")
    assert bob.out_of_office() == OFF


def test_part_of_the_members_switches_off(alice: WebmailClient) -> None:
    alice.set_out_of_office(**AWAY)
    alice.set_out_of_office(isEnabled=False, isTimeRangeEnabled=False)
    assert alice.out_of_office() == {**AWAY, "isEnabled": False, "isTimeRangeEnabled": False}
    alice.server.settings.out_of_office_left_out = "default"
    alice.set_out_of_office(isEnabled=True)
    assert alice.out_of_office() == {**OFF, "isEnabled": True}


def test_times_without_a_range_may_be_cleared(alice: WebmailClient) -> None:
    alice.server.settings.times_without_range = "cleared"
    alice.set_out_of_office(**{**AWAY, "isTimeRangeEnabled": False})
    assert alice.out_of_office() == {**OFF, "isEnabled": True, "text": AWAY["text"]}
    alice.server.settings.unset_time = "19700101T000000+0000"
    assert alice.out_of_office()["timeRangeEnd"] == "19700101T000000+0000"


@pytest.mark.parametrize(
    ("switch", "value", "expected"),
    [
        ("time_zone", "as_sent", "20250701T080530+0200"),
        ("time_zone", "utc", "20250701T060530+0000"),
        ("time_zone", "server", "20250701T073530+0130"),
        ("time_precision", "minute", "20250701T080500+0200"),
        ("time_precision", "day", "20250701T000000+0200"),
    ],
)
def test_same_time_reads_differently(alice: WebmailClient, switch: str, value: str, expected: str) -> None:
    alice.server.settings.server_utc_offset_minutes = 90
    setattr(alice.server.settings, switch, value)
    alice.set_out_of_office(**AWAY)
    assert alice.out_of_office()["timeRangeStart"] == expected


@pytest.mark.parametrize(
    ("form", "expected"),
    [("as_sent", " One\nTwo\r\nThree\n"), ("crlf", " One\r\nTwo\r\nThree\r\n"), ("stripped", "One\nTwo\r\nThree")],
)
def test_text_reads_differently(alice: WebmailClient, form: Any, expected: str) -> None:
    alice.server.settings.text_form = form
    alice.set_out_of_office(text=" One\nTwo\r\nThree\n")
    assert alice.out_of_office()["text"] == expected


@pytest.mark.parametrize(
    "wrong",
    [
        {"timeRangeStart": "2025-07-01T08:00:00+02:00"},
        {"timeRangeStart": "20250701T080000Z"},
        {"timeRangeEnd": "20251301T080000+0200"},
        {"timeRangeEnd": 1751349600},
        {"isEnabled": 1},
        {"text": None},
    ],
)
def test_wrong_values_are_refused(alice: WebmailClient, wrong: dict[str, Any]) -> None:
    with refused(-32602):
        alice.call("Session.setOutOfOffice", {"settings": {**AWAY, **wrong}})
    with refused(-32602):
        alice.call("Session.setOutOfOffice", {})
    assert alice.out_of_office() == OFF


def test_reversed_range_is_refused_by_switch(alice: WebmailClient) -> None:
    reversed_range = {**AWAY, "timeRangeStart": AWAY["timeRangeEnd"], "timeRangeEnd": AWAY["timeRangeStart"]}
    alice.set_out_of_office(**reversed_range)
    alice.server.settings.reversed_range_code = 1000
    with refused(1000):
        alice.call("Session.setOutOfOffice", {"settings": reversed_range})
    # The same moment written in two zones is a range without length.
    same = {"timeRangeStart": "20250701T080000+0200", "timeRangeEnd": "20250701T060000+0000"}
    with refused(1000):
        alice.call("Session.setOutOfOffice", {"settings": {**AWAY, **same}})
    alice.set_out_of_office(**{**reversed_range, "isTimeRangeEnabled": False})


def test_empty_text_is_refused_by_switch(alice: WebmailClient) -> None:
    alice.set_out_of_office(isEnabled=True, text="")
    alice.server.settings.empty_text_code = 1000
    with refused(1000):
        alice.call("Session.setOutOfOffice", {"settings": {"isEnabled": True, "text": ""}})
    alice.set_out_of_office(isEnabled=False, text="")


def test_message_switches_itself_off_after_its_range(alice: WebmailClient) -> None:
    end = datetime.fromtimestamp(int(alice.server.clock.now()) + 60, UTC).strftime("%Y%m%dT%H%M%S%z")
    alice.set_out_of_office(**{**AWAY, "timeRangeEnd": end})
    alice.server.clock.advance(59)
    alice.server.settings.range_over = "switched_off"
    assert alice.out_of_office()["isEnabled"] is True
    alice.server.clock.advance(2)
    assert alice.out_of_office()["isEnabled"] is False
    alice.set_out_of_office(isEnabled=True, isTimeRangeEnabled=False)
    assert alice.out_of_office()["isEnabled"] is True


def test_message_may_be_one_of_the_rules(alice: WebmailClient) -> None:
    before = alice.stamp()
    alice.set_out_of_office(**AWAY)
    assert alice.stamp() == before
    alice.server.settings.out_of_office_moves_stamp = True
    alice.set_out_of_office(**AWAY)
    assert alice.stamp() == before + 1
    assert len(alice.rules()) == 2
