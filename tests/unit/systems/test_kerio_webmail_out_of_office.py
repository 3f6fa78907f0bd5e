# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The out-of-office reply of the user who logs in (kerio_connect.md 2.4 and 4.1)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulators import Fault
from tests.unit.systems.bench import Bench, done, refused

KIND = "out_of_office"
AWAY: dict[str, Any] = {
    "enabled": True,
    "text": "Away.\n\nAsk Bob.\n",
    "start": "2027-07-01T08:00:00+05:30",
    "end": "2027-07-08T08:00:00Z",
}
WALK: tuple[dict[str, Any], ...] = (
    AWAY,
    {"text": "Still away."},
    {"end": "2027-07-09T08:00+00:00"},
    {"start": "2027-07-02 08:00:30-0100"},
    {"end": ""},
    {"enabled": False},
    {"text": ""},
)
SWITCHES: dict[str, dict[str, Any]] = {
    "usual": {},
    "utc": {"time_zone": "utc"},
    "zone of the server": {"time_zone": "server"},
    "crlf": {"text_form": "crlf"},
    "stripped": {"text_form": "stripped"},
    "cleared times": {"times_without_range": "cleared"},
    "epoch": {"unset_time": "19700101T000000+0000"},
    "whole": {"out_of_office_left_out": "default"},
    "strict": {"reversed_range_code": 1000, "empty_text_code": 1000},
    "newer": {"extra_members": True},
}


@pytest.mark.parametrize("switches", SWITCHES)
def test_every_change_is_predicted_and_made_once(webmail: Bench, switches: str) -> None:
    for name, value in SWITCHES[switches].items():
        setattr(webmail.sim.settings, name, value)
    for wish in WALK:
        assert webmail.predicted(KIND, **wish)["changed"] is True, wish
        assert webmail.predicted(KIND, **wish)["changed"] is False, wish
    config = done(webmail.info())["config"]
    assert config[f"{KIND}_replies"] == [{"enabled": False, "text": "", "start": "", "end": ""}]
    assert webmail.predicted_config(config)["changed"] is False


def test_what_is_stored(webmail: Bench) -> None:
    webmail.predicted(KIND, **AWAY)
    assert webmail.store.out_of_office_of("alice") == {
        "isEnabled": True,
        "text": "Away.\n\nAsk Bob.",
        "isTimeRangeEnabled": True,
        "timeRangeStart": "20270701T080000+0530",
        "timeRangeEnd": "20270708T080000+0000",
    }
    webmail.predicted(KIND, start="")
    assert webmail.store.out_of_office_of("alice")["isTimeRangeEnabled"] is False
    assert webmail.store.out_of_office_of("bob")["isEnabled"] is False


def test_one_instant_in_another_zone_is_no_change(webmail: Bench) -> None:
    webmail.predicted(KIND, **AWAY)
    assert webmail.predicted(KIND, start="2027-07-01T04:30:00+02:00", end="2027-07-08 10:00+02:00")["changed"] is False


def test_a_remembered_range_that_is_off_is_none(webmail: Bench) -> None:
    """Nobody sees it, and it does not come back by giving one of its ends."""
    webmail.predicted(KIND, **AWAY)
    webmail.predicted(KIND, end="")
    refused(webmail.object(KIND, start=AWAY["start"]), "end", "two ends")
    assert len(webmail.sim.writes) == 2


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"start": "2027-07-01", "end": "2027-07-02"}, "start: '2027-07-01' is no moment"),
        ({"start": "2027-07-01T08:00:00", "end": "2027-07-02T08:00Z"}, "is no moment"),
        ({"start": "2027-02-30T08:00Z", "end": "2027-07-02T08:00Z"}, "is no moment"),
        ({"start": "2027-07-01T08:00+02:00", "end": "2027-07-01T06:00Z"}, "is not later than the start"),
        ({"start": "2027-07-01T08:00Z", "end": ""}, "no range with an empty end"),
        ({"start": "", "end": "2027-07-01T08:00Z"}, "no range with an empty start"),
        ({"start": "2027-07-01T08:00Z"}, "end: is needed as well"),
    ],
)
def test_ranges_that_cannot_be_meant(webmail: Bench, wish: dict[str, str], words: str) -> None:
    for check_mode in (True, False):
        refused(webmail.object(KIND, check_mode=check_mode, **wish), words)
    assert not webmail.sim.writes


def test_an_odd_range_of_the_server_is_left_alone(webmail: Bench) -> None:
    """Its ends are the wrong way round, so no options say it; the rest can be changed."""
    webmail.store.out_of_office_of("alice").update(
        isTimeRangeEnabled=True, timeRangeStart="20270702T080000+0000", timeRangeEnd="20270701T080000+0000"
    )
    config = done(webmail.info())["config"]
    assert webmail.predicted_config(config)["changed"] is False
    assert webmail.predicted(KIND, text="Away.")["changed"] is True
    assert webmail.store.out_of_office_of("alice")["timeRangeEnd"] == "20270701T080000+0000"


def test_there_is_one_and_it_stays(webmail: Bench) -> None:
    twice = [{"enabled": True}, {"enabled": False}]
    refused(webmail.config({f"{KIND}_replies": twice}), "again")
    refused(webmail.object(KIND, state="absent"), "state")
    refused(webmail.config({}, prune=[f"{KIND}_replies"], allow_empty=True), "prune")


@pytest.mark.parametrize("fault", ["drop_before", "drop_after", "html"])
def test_a_write_of_unknown_fate_is_done_once(webmail: Bench, fault: str) -> None:
    webmail.sim.faults.add(Fault(fault, "Session.setOutOfOffice"))
    assert done(webmail.object(KIND, **AWAY))["changed"] is True
    assert [record.processed for record in webmail.sim.writes].count(True) == 1
    assert webmail.predicted(KIND, **AWAY)["changed"] is False


@pytest.mark.parametrize("answer", [{}, {"settings": None}, {"settings": []}])
def test_an_answer_without_settings_is_an_error(webmail: Bench, answer: dict[str, Any]) -> None:
    webmail.sim.faults.add(Fault("replace_result", "Session.getOutOfOffice", times=9, result=answer))
    refused(webmail.object(KIND, enabled=True), "without settings")


def test_what_the_server_does_not_tell_is_said(webmail: Bench) -> None:
    told = {"settings": {"isEnabled": "1", "text": None}}
    webmail.sim.faults.add(Fault("replace_result", "Session.getOutOfOffice", times=9, result=told))
    result = done(webmail.object(KIND, enabled=True, text="Away."))
    assert (result["changed"], result["unverified"]) == (False, ["text"])


def test_a_refused_login_names_the_web_client(webmail: Bench) -> None:
    webmail.connection["api_password"] = "wrong-1"
    assert "administration role" not in refused(webmail.object(KIND, enabled=True), "refused the login", "web client")
