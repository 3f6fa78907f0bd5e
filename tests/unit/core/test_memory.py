# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a loop knows of a server: how little is asked, and that it is never a wrong answer."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._core.errors import (
    PostmasterError,
    ServerRefusal,
    Uncertain,
    Unreachable,
)
from ansible_collections.postmaster.comms.plugins.module_utils._core.memory import Memory
from tests.unit.core.loops import LISTED, LOOKED_UP, Loop
from tests.unit.core.memory_gateway import FakeClock, MemoryGateway
from tests.unit.core.phones import PHONE
from tests.unit.core.samples import CLUB, PERSON, TOWN
from tests.unit.core.sites import GUEST, SITE, unproven
from tests.unit.core.teams import BARE, PLAQUE, PLAYER

NAMES = ("ann", "bob", "cid", "dan")
ANN, BOB, CID, DAN = (f"{name}@example.com" for name in NAMES)
NEW: dict[str, Any] = {"password": "first-Passw0rd"}
GONE: dict[str, Any] = {"state": "absent", "allow_mail_loss": True}


@pytest.fixture
def loop() -> Loop:
    """A server with four people in two towns."""
    found = Loop()
    found.gateway.put(TOWN, name="example.com")
    found.gateway.put(TOWN, name="example.org")
    for name in NAMES:
        for town in ("example.com", "example.org"):
            found.gateway.put(PERSON, address=f"{name}@{town}", full_name="before", tags=[])
    return found


def known(loop: Loop) -> Loop:
    """The same server, all of whose people in example.com are known."""
    assert loop.asked(PERSON, address=CID) == [*LOOKED_UP]
    assert loop.asked(PERSON, address=DAN) == [*LISTED]
    return loop


# How little is asked.


def test_one_object_is_looked_up_and_many_are_listed_once(loop: Loop) -> None:
    asked = [loop.asked(PERSON, address=address, full_name="before") for address in (ANN, BOB, CID, DAN, ANN)]
    assert asked == [[*LOOKED_UP], [*LISTED], [], [], []]


def test_that_an_object_is_not_there_is_known_as_well(loop: Loop) -> None:
    known(loop)
    assert loop.asked(PERSON, address="nobody@example.com", **GONE) == []


def test_names_are_known_in_any_spelling(loop: Loop) -> None:
    known(loop)
    assert loop.asked(PERSON, address="Ann@EXAMPLE.com", full_name="before") == []


def test_each_domain_is_listed_by_itself(loop: Loop) -> None:
    addresses = (ANN, "ann@example.org", BOB, "bob@example.org", CID, "cid@example.org")
    asked = [loop.asked(PERSON, address=address) for address in addresses]
    assert asked == [[*LOOKED_UP], [*LOOKED_UP], [*LISTED], [*LISTED], [], []]


def test_objects_of_no_domain_are_one_list(loop: Loop) -> None:
    for number in "123":
        loop.gateway.put(PHONE, number=number, login=f"desk{number}", note="")
    asked = [loop.asked(PHONE, number=number) for number in "123"]
    assert asked == [[*LOOKED_UP], [*LISTED], []]
    assert loop.asked(PHONE, login="desk2") == [], "by what stands in for the key too"


def test_kinds_are_known_each_by_itself(loop: Loop) -> None:
    known(loop)
    assert loop.asked(CLUB, name="chess", state="absent") == [*LOOKED_UP]


def test_permanent_objects_are_looked_up_each_time_and_never_listed() -> None:
    loop = Loop()
    loop.gateway.owned["player"] = (PLAQUE, BARE)
    loop.gateway.put(TOWN, name="example.com")
    for name in NAMES:
        loop.gateway.put(PLAYER, name=name, town="example.com")
    for address in (ANN, BOB, CID, ANN):
        assert loop.asked(PLAQUE, player=address, title="") == [*LOOKED_UP]


# What is written.


def test_a_write_is_read_back_and_known_from_then_on(loop: Loop) -> None:
    known(loop)
    assert loop.asked(PERSON, address=ANN, full_name="after") == [*LOOKED_UP]
    assert loop.asked(PERSON, address=ANN, full_name="after") == []
    assert loop.item(PERSON, address=ANN, full_name="after")["changed"] is False
    assert loop.item(PERSON, address=ANN, full_name="before")["changed"] is True


def test_the_life_of_an_object_in_one_loop(loop: Loop) -> None:
    known(loop)
    eve: dict[str, Any] = {"address": "eve@example.com"}
    series: list[tuple[dict[str, Any], bool]] = [
        ({**eve, **GONE}, False),
        ({**eve, **NEW}, True),
        ({**eve, **NEW}, False),
        ({**eve, "full_name": "Eve"}, True),
        ({**eve, "full_name": "Eve"}, False),
        ({**eve, **GONE}, True),
        ({**eve, **GONE}, False),
        ({**eve, **NEW, "full_name": "Eve II"}, True),
        ({**eve, "full_name": "Eve II"}, False),
    ]
    for options, changed in series:
        result = loop.item(PERSON, **options)
        assert (result["changed"], result.get("msg")) == (changed, None), options
    assert (loop.gateway.held(PERSON, "eve@example.com") or {})["full_name"] == "Eve II"
    assert loop.gateway.count("read_all") == 1


def test_what_the_reply_shows_whole_is_not_read_back(loop: Loop) -> None:
    """Which leaves what is known in doubt: the object is looked up when it is asked for again."""
    loop.gateway.replies_whole = True
    known(loop)
    assert loop.asked(PERSON, address=ANN, full_name="after") == []
    assert loop.item(PERSON, address=ANN, full_name="after")["changed"] is False
    assert loop.item(PERSON, address=ANN, full_name="other")["changed"] is True


def test_what_is_written_first_is_listed_with_the_others(loop: Loop) -> None:
    assert loop.item(PERSON, address=ANN, full_name="after")["changed"] is True
    assert loop.asked(PERSON, address=BOB) == [*LISTED]
    assert loop.asked(PERSON, address=ANN, full_name="after") == []


def test_check_mode_puts_nothing_in_doubt(loop: Loop) -> None:
    for address in (CID, DAN):
        loop.item(PERSON, check=True, address=address)
    loop.gateway.calls.clear()
    for _time in range(2):
        assert loop.item(PERSON, check=True, address=ANN, full_name="after")["changed"] is True
    assert loop.gateway.count("read", "read_all") == 0


# Doubts.

FAILURES = {
    "refused": ServerRefusal("no", method="update", code=1),
    "of unknown fate": Uncertain("connection broke"),
    "lost": Unreachable("no route"),
}


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("processed", [True, False])
@pytest.mark.parametrize("readable", [True, False])
@pytest.mark.parametrize("options", [{"full_name": "after"}, GONE], ids=["update", "delete"])
def test_a_write_that_fails_is_no_wrong_answer_afterwards(
    loop: Loop, options: dict[str, Any], readable: bool, processed: bool, failure: str
) -> None:
    known(loop)
    call = "delete" if "state" in options else "update"
    for _attempt in range(2):
        loop.gateway.on(call, FAILURES[failure], processed=processed)
        if not readable:
            loop.gateway.on("read", ServerRefusal("overloaded"))
    loop.item(PERSON, address=ANN, **options)
    loop.gateway.mishaps.end()
    held = loop.gateway.held(PERSON, ANN)
    is_done = held is None if call == "delete" else held is not None and held["full_name"] == "after"
    again = loop.item(PERSON, address=ANN, **options)
    assert (again.get("failed"), again["changed"]) == (None, not is_done)
    held = loop.gateway.held(PERSON, ANN)
    assert held is None if call == "delete" else held is not None and held["full_name"] == "after"


@pytest.mark.parametrize("processed", [True, False])
def test_a_creation_that_fails_is_no_wrong_answer_afterwards(loop: Loop, processed: bool) -> None:
    known(loop)
    for _attempt in range(2):
        loop.gateway.on("create", ServerRefusal("no"), processed=processed)
        loop.gateway.on("read", ServerRefusal("overloaded"))
    first = loop.item(PERSON, address="eve@example.com", **NEW)
    assert first["failed"] is True
    loop.gateway.mishaps.end()
    again = loop.item(PERSON, address="eve@example.com", **NEW)
    assert (again.get("failed"), again["changed"]) == (None, not processed)


def test_what_was_ignored_is_not_taken_for_done(loop: Loop) -> None:
    known(loop)
    loop.gateway.ignored.add("full_name")
    assert loop.item(PERSON, address=ANN, full_name="after")["failed"] is True
    assert loop.item(PERSON, address=ANN, full_name="after")["failed"] is True, "it was not changed, and is not"
    assert loop.item(PERSON, address=ANN, full_name="before")["changed"] is False


def test_a_write_that_could_not_be_read_back_is_looked_up(loop: Loop) -> None:
    known(loop)
    loop.gateway.on("read", ServerRefusal("overloaded"))
    first = loop.item(PERSON, address=ANN, full_name="after")
    assert (first["failed"], first["changed"]) == (True, True)
    assert loop.asked(PERSON, address=ANN, full_name="after") == [*LOOKED_UP]
    assert loop.item(PERSON, address=ANN, full_name="after")["changed"] is False


def test_a_forced_write_is_not_read_back_and_looked_up_later(loop: Loop) -> None:
    ann = loop.gateway.objects["person", (ANN,)]
    ann.values["enabled"] = True
    loop.gateway.account = ann.identity
    known(loop)
    assert loop.asked(PERSON, address=ANN, enabled=False, force=True) == []
    assert loop.asked(PERSON, address=ANN, enabled=False, force=True) == [*LOOKED_UP]
    assert loop.item(PERSON, address=ANN, enabled=False, force=True)["changed"] is False


@pytest.mark.parametrize("options", [GONE, NEW], ids=["deleted again", "made again"])
def test_a_deletion_that_takes_its_time_is_a_deletion(loop: Loop, options: dict[str, Any]) -> None:
    """Reading back still finds the object; looking again, it is gone."""
    loop.gateway.slow_deletion = 3
    known(loop)
    first = loop.item(PERSON, address=ANN, **GONE)
    assert (first.get("failed"), first["changed"], first.get("pending")) == (None, True, None)
    assert loop.gateway.held(PERSON, ANN) is None
    again = loop.item(PERSON, address=ANN, **options)
    assert (again.get("failed"), again["changed"]) == (None, options is NEW), again
    assert loop.gateway.count("delete") == 1
    assert (loop.gateway.held(PERSON, ANN) is not None) is (options is NEW)
    assert options is GONE or again["diff"]["before"] == {}


def test_a_deletion_that_is_not_over_is_looked_up(loop: Loop) -> None:
    loop.gateway.slow_deletion = 20
    known(loop)
    assert loop.item(PERSON, address=ANN, **GONE)["pending"] is True
    loop.gateway.objects.pop(("person", (ANN,)))
    assert loop.item(PERSON, address=ANN, **GONE)["changed"] is False


def test_a_site_that_has_to_wait_is_looked_up(loop: Loop) -> None:
    sites = ("a.example", "b.example", "c.example")
    for name in sites:
        loop.gateway.put(SITE, name=name, motto="")
        loop.asked(SITE, name=name)
        loop.asked(SITE, name=name)
    loop.gateway.on("create", unproven())
    options: dict[str, Any] = {"name": "new.example", "when_unverified": "pending"}
    assert loop.item(SITE, **options)["pending"] is True
    assert loop.item(SITE, **options)["changed"] is True
    assert loop.item(SITE, **options)["changed"] is False


def test_what_settles_late_stays_in_doubt(loop: Loop) -> None:
    loop.gateway.put(SITE, name="example.com", motto="")
    for name in NAMES:
        loop.gateway.put(GUEST, address=f"{name}@example.com", motto="before")
    for address in (CID, DAN):
        loop.asked(GUEST, address=address)
    loop.gateway.stale_reads = 2
    assert loop.item(GUEST, address=ANN, motto="after")["changed"] is True
    loop.gateway.stale_reads = 0
    for _time in range(2):
        assert loop.asked(GUEST, address=ANN, motto="after") == [*LOOKED_UP]
    assert loop.item(GUEST, address=ANN, motto="after")["changed"] is False
    assert loop.item(GUEST, address=ANN, motto="before")["changed"] is True


@pytest.mark.parametrize("elsewhere", ["example.com", "example.org"])
def test_a_doubt_lasts_until_its_own_list_is_read(loop: Loop, elsewhere: str) -> None:
    """Listing another domain tells nothing of this one."""
    known(loop)
    loop.gateway.on("read", ServerRefusal("overloaded"))
    assert loop.item(PERSON, address=ANN, full_name="after")["failed"] is True
    for name in ("cid", "dan"):
        loop.item(PERSON, address=f"{name}@{elsewhere}")
    again = loop.item(PERSON, address=ANN, full_name="after")
    assert (again.get("failed"), again["changed"]) == (None, False)
    assert loop.item(PERSON, address=ANN, full_name="before")["changed"] is True
    assert (loop.gateway.held(PERSON, ANN) or {})["full_name"] == "before"


def test_a_list_that_cannot_be_read_is_asked_for_again(loop: Loop) -> None:
    loop.asked(PERSON, address=ANN)
    loop.gateway.on("read_all", ServerRefusal("overloaded"))
    assert loop.item(PERSON, address=BOB)["failed"] is True
    assert loop.asked(PERSON, address=BOB) == [*LISTED]
    assert loop.asked(PERSON, address=ANN) == []


# What depends on others of its kind.

LEAD_TOWN = dataclasses.replace(TOWN, domain_key=None, entangled=True)


def _write_beside(loop: Loop, error: PostmasterError | None = None) -> None:
    """The next change, which may fail, changes another town too."""
    held = loop.gateway.objects["town", ("example.org",)]
    loop.gateway.on("update", error, before=lambda: held.values.update(motto="second"))


@pytest.mark.parametrize("entangled", [True, False])
def test_what_a_write_may_change_beside_is_read_anew(loop: Loop, entangled: bool) -> None:
    """Where it may not, it is taken as it was: that is what the declaration says."""
    towns = dataclasses.replace(LEAD_TOWN, entangled=entangled)
    for name in ("example.com", "example.org"):
        loop.gateway.objects["town", (name,)].values["motto"] = ""
    loop.system = dataclasses.replace(loop.system, declared=(towns,))
    for name in ("example.com", "example.org"):
        loop.asked(towns, name=name)
    _write_beside(loop)
    assert loop.item(towns, name="example.com", motto="first")["changed"] is True
    asked = loop.asked(towns, name="example.org", motto="second")
    assert asked == [*LISTED] if entangled else asked == [*LOOKED_UP], "either listed anew or wrongly changed"
    assert loop.asked(towns, name="example.com", motto="first") == []


@pytest.mark.parametrize("failure", FAILURES)
def test_a_failed_write_may_have_changed_others_too(loop: Loop, failure: str) -> None:
    loop.system = dataclasses.replace(loop.system, declared=(LEAD_TOWN,))
    for name in ("example.com", "example.org"):
        loop.gateway.objects["town", (name,)].values["motto"] = ""
        loop.asked(LEAD_TOWN, name=name)
    for _attempt in range(2):
        _write_beside(loop, FAILURES[failure])
    assert loop.item(LEAD_TOWN, name="example.com", motto="first")["failed"] is True
    loop.gateway.mishaps.end()
    assert loop.item(LEAD_TOWN, name="example.org", motto="second")["changed"] is False


def test_a_phone_is_known_by_its_login_and_by_its_number(loop: Loop) -> None:
    for number in "123":
        loop.gateway.put(PHONE, number=number, login=f"desk{number}", note="")
        loop.asked(PHONE, number=number)
    number = loop.item(PHONE, login="attic", password="x")["phone"]["number"]
    assert loop.asked(PHONE, number=number, login="attic") == [*LISTED]
    assert loop.item(PHONE, number=number, login="roof")["changed"] is True
    assert loop.item(PHONE, login="roof")["phone"]["number"] == number
    assert loop.item(PHONE, number=number, state="absent")["changed"] is True
    again = loop.item(PHONE, login="roof", password="x")
    assert (again["changed"], again["diff"]["before"]) == (True, {})


def test_phones_that_swap_their_logins(loop: Loop) -> None:
    for number in "12":
        loop.gateway.put(PHONE, number=number, login=f"desk{number}", note=f"of {number}")
        loop.asked(PHONE, number=number)
    for number, login in (("1", "third"), ("2", "desk1"), ("1", "desk2")):
        assert loop.item(PHONE, number=number, login=login)["changed"] is True
    assert loop.item(PHONE, login="desk1")["phone"]["note"] == "of 2"
    assert loop.item(PHONE, login="desk2")["phone"]["note"] == "of 1"


def test_two_objects_of_one_name_are_asked_about(loop: Loop) -> None:
    """The server says what it thinks of that, as it does without a list."""
    for number in "12":
        loop.gateway.put(PHONE, number=number, login="same", note="")
        loop.asked(PHONE, number=number)
    result = loop.item(PHONE, login="same", note="new")
    assert (result["failed"], result["changed"]) == (True, False)
    assert "may mean several" in result["msg"]


# Age.


def test_what_is_older_than_thirty_seconds_is_read_again_before_it_is_written_whole(loop: Loop) -> None:
    known(loop)
    others = loop.gateway.objects["person", (ANN,)].values
    others.update(level=7, tags=["theirs"])
    loop.clock.now += 31
    assert loop.asked(PERSON, address=ANN, full_name="after") == [*LOOKED_UP, *LOOKED_UP], "before, and read back"
    held = loop.gateway.held(PERSON, ANN) or {}
    assert (held["full_name"], held["level"], held["tags"]) == ("after", 7, ["theirs"])


def test_what_is_younger_is_not_read_again(loop: Loop) -> None:
    known(loop)
    loop.clock.now += 30
    assert loop.asked(PERSON, address=ANN, full_name="after") == [*LOOKED_UP], "read back"


def test_what_others_did_in_the_meantime_need_not_be_done_again(loop: Loop) -> None:
    known(loop)
    loop.gateway.objects["person", (ANN,)].values["full_name"] = "after"
    loop.clock.now += 31
    result = loop.item(PERSON, address=ANN, full_name="after")
    assert (result.get("failed"), loop.gateway.count("update")) == (None, 0)
    assert loop.asked(PERSON, address=ANN, full_name="after") in ([], [*LOOKED_UP])
    assert loop.item(PERSON, address=ANN, full_name="after")["changed"] is False


def test_after_five_minutes_everything_is_read_anew(loop: Loop) -> None:
    known(loop)
    loop.gateway.objects["person", (ANN,)].values["full_name"] = "theirs"
    loop.clock.now += 300
    assert loop.item(PERSON, address=ANN, full_name="before")["changed"] is False, "known for so long"
    loop.clock.now += 1
    asked = [loop.asked(PERSON, address=address, full_name="theirs") for address in (ANN,)]
    assert asked == [[*LOOKED_UP]]
    assert loop.asked(PERSON, address=BOB) == [*LISTED]
    assert loop.opened == [("https://localhost", "admin")], "in the same session"
    loop.clock.now += 299
    assert loop.asked(PERSON, address=CID) == []


# The memory by itself.

CHESS = {"name": "chess"}


@pytest.fixture
def server() -> MemoryGateway:
    found = MemoryGateway(clock=FakeClock())
    found.put(CLUB, name="chess", motto="before")
    return found


@pytest.fixture
def memory(server: MemoryGateway) -> Memory:
    """What knows the list of clubs."""
    found = Memory(server)
    for _time in range(2):
        found.read(CLUB, CHESS)
    return found


@pytest.mark.parametrize("earlier", [False, True], ids=["never read back", "read back after an earlier write"])
def test_nothing_is_trusted_that_was_not_read_back(server: MemoryGateway, memory: Memory, earlier: bool) -> None:
    if earlier:
        memory.doubt(CLUB, CHESS)
        memory.read_back(CLUB, CHESS)
    memory.doubt(CLUB, CHESS)
    held = server.held(CLUB, "chess")
    assert held is not None
    held["motto"] = "after"
    memory.trust(CLUB, CHESS, present=True)
    found = memory.read(CLUB, CHESS)
    assert found is not None
    assert found.values["motto"] == "after"


def test_an_error_while_reading_back_leaves_the_doubt(server: MemoryGateway, memory: Memory) -> None:
    memory.doubt(CLUB, CHESS)
    server.on("read", ServerRefusal("overloaded"))
    with pytest.raises(PostmasterError):
        memory.read_back(CLUB, CHESS)
    memory.trust(CLUB, CHESS, present=True)
    server.calls.clear()
    memory.read(CLUB, CHESS)
    assert server.count("read") == 1
