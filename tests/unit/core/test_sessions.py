# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long sessions live: one a run, or one for all items of a loop; and which of them know what was read before."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._core.errors import (
    InvalidOption,
    LoginRefused,
    PostmasterError,
    ProtocolError,
    RateLimited,
    ServerRefusal,
    Uncertain,
    Unreachable,
    WriteInCheckMode,
)
from tests.unit.core.loops import HERE, LISTED, LOOKED_UP, Loop
from tests.unit.core.samples import PERSON, TOWN

THERE = "https://localhost:8443"
NAMES = ("ann", "bob", "cid")
ANN, BOB, CID = (f"{name}@example.com" for name in NAMES)
NEW: dict[str, Any] = {"address": "eve@example.com", "password": "first-Passw0rd"}


def _loop(kept: bool = True) -> Loop:
    loop = Loop(kept=kept)
    for url in (HERE, THERE):
        loop.servers[url].put(TOWN, name="example.com")
        for name in NAMES:
            loop.servers[url].put(PERSON, address=f"{name}@example.com", full_name="before", tags=[])
    return loop


@pytest.fixture
def loop() -> Loop:
    """Two servers with the same three people."""
    return _loop()


def _sessions(loop: Loop) -> tuple[int, int]:
    return len(loop.opened), len(loop.closed)


# Opening and closing.


def test_an_ordinary_run_has_a_session_of_its_own() -> None:
    loop = _loop(kept=False)
    for number, address in enumerate((ANN, BOB, CID), start=1):
        assert loop.asked(PERSON, address=address) == [*LOOKED_UP]
        assert _sessions(loop) == (number, number)


def test_an_ordinary_run_closes_its_session_after_a_failure() -> None:
    loop = _loop(kept=False)
    loop.gateway.on("read", Unreachable("no route"))
    assert loop.item(PERSON, address=ANN)["failed"] is True
    assert _sessions(loop) == (1, 1)


def test_a_loop_has_one_session_until_it_is_closed(loop: Loop) -> None:
    for address in (ANN, BOB, CID, ANN):
        loop.item(PERSON, address=address)
    assert _sessions(loop) == (1, 0)
    loop.kept.close()
    assert loop.closed == [(HERE, "admin")]


def test_closing_twice_closes_once_and_a_closed_one_can_be_used_again(loop: Loop) -> None:
    loop.kept.close()
    assert _sessions(loop) == (0, 0)
    loop.item(PERSON, address=ANN)
    loop.item(PERSON, address=BOB)
    loop.kept.close()
    loop.kept.close()
    assert _sessions(loop) == (1, 1)
    assert loop.asked(PERSON, address=CID) == [*LOOKED_UP], "nothing is known any more"
    assert _sessions(loop) == (2, 1)


def test_options_that_are_refused_open_nothing(loop: Loop) -> None:
    assert loop.item(PERSON, address="nonsense")["failed"] is True
    assert loop.item(PERSON, address=ANN, timeout=0)["failed"] is True
    assert _sessions(loop) == (0, 0)
    assert loop.item(PERSON, address=ANN)["changed"] is False


@pytest.mark.parametrize(
    "other",
    [
        {"url": THERE},
        {"user": "other"},
        {"api_password": "other"},
        {"validate_certs": False},
        {"timeout": 5},
        {"check": True},
    ],
    ids=str,
)
def test_other_connection_options_lead_to_another_session(loop: Loop, other: dict[str, Any]) -> None:
    for _time in range(3):
        loop.item(PERSON, address=ANN)
        loop.item(PERSON, address=ANN, **other)
    assert _sessions(loop) == (2, 0)
    loop.kept.close()
    assert sorted(loop.closed) == sorted(loop.opened)


def test_servers_are_not_mixed_up(loop: Loop) -> None:
    for address in (ANN, BOB):
        for url in (HERE, THERE):
            loop.item(PERSON, url=url, address=address)
    loop.item(PERSON, url=THERE, address=ANN, full_name="after")
    assert loop.item(PERSON, address=ANN, full_name="before")["changed"] is False
    assert loop.item(PERSON, url=THERE, address=ANN, full_name="after")["changed"] is False
    loop.kept.close()
    assert sorted(loop.closed) == [(HERE, "admin"), (THERE, "admin")]


# After failures.

OF_THE_SESSION = (
    Unreachable("no route"),
    LoginRefused("wrong password"),
    RateLimited("later"),
    ProtocolError("HTML"),
    WriteInCheckMode("a defect"),
)
OF_ONE_OBJECT = (ServerRefusal("no"), InvalidOption("full_name", "is odd"), PostmasterError("no"))


@pytest.mark.parametrize("error", OF_THE_SESSION, ids=lambda error: type(error).__name__)
def test_after_a_failure_that_may_be_the_sessions_own_the_next_item_gets_a_new_one(
    loop: Loop, error: PostmasterError
) -> None:
    loop.item(PERSON, address=ANN)
    loop.item(PERSON, address=BOB)
    loop.gateway.on("update", error)
    assert loop.item(PERSON, address=CID, full_name="after")["failed"] is True
    assert _sessions(loop) == (1, 1)
    assert loop.asked(PERSON, address=ANN) == [*LOOKED_UP]
    assert loop.asked(PERSON, address=BOB) == [*LISTED]
    assert _sessions(loop) == (2, 1)


@pytest.mark.parametrize("error", OF_ONE_OBJECT, ids=lambda error: type(error).__name__)
def test_after_a_failure_of_one_object_the_session_and_what_is_known_stay(loop: Loop, error: PostmasterError) -> None:
    loop.item(PERSON, address=ANN)
    loop.item(PERSON, address=BOB)
    for _attempt in range(2):
        loop.gateway.on("update", error)
    assert loop.item(PERSON, address=CID, full_name="after")["failed"] is True
    assert loop.asked(PERSON, address=ANN) == []
    assert _sessions(loop) == (1, 0)


def test_after_a_write_of_unknown_fate_that_could_not_be_looked_into_there_is_a_new_one(loop: Loop) -> None:
    loop.item(PERSON, address=ANN)
    loop.item(PERSON, address=BOB)
    loop.gateway.on("update", Uncertain("connection broke"), processed=True)
    loop.gateway.on("read", Unreachable("no route"))
    result = loop.item(PERSON, address=CID, full_name="after")
    assert (result["failed"], result["changed"]) == (True, True)
    assert loop.item(PERSON, address=CID, full_name="after")["changed"] is False
    assert _sessions(loop) == (2, 1)


def test_a_failure_nobody_foresaw_closes_the_session(loop: Loop) -> None:
    loop.item(PERSON, address=ANN)

    def stumble() -> None:
        raise RuntimeError("a defect")

    loop.gateway.on("update", before=stumble)
    with pytest.raises(RuntimeError, match="a defect"):
        loop.item(PERSON, address=ANN, full_name="after")
    assert _sessions(loop) == (1, 1)
    assert loop.item(PERSON, address=ANN, full_name="after")["changed"] is True


def test_a_failure_on_one_server_leaves_the_others_alone(loop: Loop) -> None:
    for address in (ANN, BOB):
        for url in (HERE, THERE):
            loop.item(PERSON, url=url, address=address)
    loop.servers[THERE].on("update", Unreachable("no route"))
    assert loop.item(PERSON, url=THERE, address=ANN, full_name="after")["failed"] is True
    assert loop.closed == [(THERE, "admin")]
    loop.item(PERSON, address=CID)
    assert _sessions(loop) == (2, 1)


# What is not kept.


def test_a_forgetful_loop_keeps_the_session_and_nothing_else(loop: Loop) -> None:
    loop.kept.forgetful = True
    for address in (ANN, BOB, CID, ANN):
        assert loop.asked(PERSON, address=address) == [*LOOKED_UP]
    loop.gateway.objects["person", (ANN,)].values["full_name"] = "theirs"
    assert loop.item(PERSON, address=ANN, full_name="theirs")["changed"] is False
    assert _sessions(loop) == (1, 0)


def test_queries_keep_the_session_and_nothing_else(loop: Loop) -> None:
    for full_name in ("before", "theirs"):
        loop.gateway.objects["person", (ANN,)].values["full_name"] = full_name
        loop.gateway.calls.clear()
        (ann,) = [each for each in loop.info()["config"]["people"] if each["address"] == ANN]
        assert ann["full_name"] == full_name
        assert loop.gateway.count("read_all") == len(loop.system.declared)
    assert _sessions(loop) == (1, 0)


def test_documents_keep_the_session_and_nothing_else(loop: Loop) -> None:
    for full_name in ("before", "theirs"):
        loop.gateway.objects["person", (ANN,)].values["full_name"] = full_name
        result = loop.config({"people": [{"address": ANN, "full_name": full_name}]})
        assert (result.get("failed"), result["changed"]) == (None, False)
    assert loop.gateway.count("read_all") == 2
    assert _sessions(loop) == (1, 0)


# What one session writes is no secret to the others.


def _known(loop: Loop, **who: Any) -> None:
    for address in (ANN, BOB):
        loop.item(PERSON, address=address, **who)


@pytest.mark.parametrize("other", [{"check": True}, {"user": "other"}, {"timeout": 5}], ids=str)
@pytest.mark.parametrize("options", [NEW, {"address": CID, "full_name": "after"}], ids=["create", "update"])
def test_what_one_session_writes_the_others_do_not_believe_to_be_as_before(
    loop: Loop, options: dict[str, Any], other: dict[str, Any]
) -> None:
    """Check mode may come from the item of a loop, and so may the login."""
    _known(loop, **other)
    _known(loop)
    assert loop.item(PERSON, **{**options, **other, "check": True})["changed"] is True
    assert loop.item(PERSON, **options)["changed"] is True
    result = loop.item(PERSON, **options, **other)
    assert (result.get("failed"), result["changed"]) == (None, False)


@pytest.mark.parametrize("other", [{"check": True}, {"user": "other"}], ids=str)
def test_as_long_as_nothing_is_written_all_of_them_keep_what_they_know(loop: Loop, other: dict[str, Any]) -> None:
    _known(loop, **other)
    _known(loop)
    assert loop.asked(PERSON, address=CID) == []
    assert loop.asked(PERSON, address=CID, **other) == []


def test_what_documents_write_is_not_believed_to_be_as_before(loop: Loop) -> None:
    _known(loop)
    assert loop.config({"people": [{"address": ANN, "full_name": "after"}]})["changed"] is True
    assert loop.item(PERSON, address=ANN, full_name="after")["changed"] is False
    assert loop.item(PERSON, address=ANN, full_name="before")["changed"] is True
    assert (loop.gateway.held(PERSON, ANN) or {})["full_name"] == "before"


def test_what_a_forgetful_run_writes_is_not_believed_to_be_as_before(loop: Loop) -> None:
    _known(loop)
    loop.kept.forgetful = True
    assert loop.item(PERSON, address=ANN, full_name="after")["changed"] is True
    loop.kept.forgetful = False
    assert loop.item(PERSON, address=ANN, full_name="after")["changed"] is False
