# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Replies of the Email Management API in all the shapes that its document leaves open (mail_api.md 2.1 to 2.4)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.simulators import Fault
from tests.unit.systems.bench import Bench, done, refused

ALICE: dict[str, Any] = {"email": "alice@example.com", "name": "Alice Example", "quota": 1024, "active": True}
BOB: dict[str, Any] = {**ALICE, "email": "bob@example.com", "name": "Bob Example"}
ONE, LIST = "GET /api/v1/mailboxes/{email}", "GET /api/v1/mailboxes"


def answer(bench: Bench, call: str, data: Any, status: int = 200) -> None:
    """Let the server answer the next requests of this name with something else."""
    bench.sim.faults.add(Fault("status", call, times=9, status=status, body=json.dumps(data)))


def wish(bench: Bench, **options: Any) -> dict[str, Any]:
    return done(bench.object("mailbox", check_mode=True, email="alice@example.com", **options))


@pytest.mark.parametrize("absent", [{}, None, [], {"data": []}, {"mailboxes": []}, [BOB], {"data": [BOB]}], ids=str)
def test_an_answer_without_the_object_is_its_absence(rest: Bench, absent: Any) -> None:
    answer(rest, ONE, absent)
    assert wish(rest, state="absent", allow_mail_loss=True)["changed"] is False
    assert wish(rest, password="Str0ng-pw-1!", quota="1G")["diff"]["before"] == {}


@pytest.mark.parametrize(
    "present",
    [
        ALICE,
        [ALICE],
        [BOB, ALICE],
        {"data": ALICE},
        {"data": [BOB, ALICE]},
        {"1": BOB, "2": ALICE},
        {**ALICE, "email": "ALICE@example.com"},
        {**ALICE, "custom_attributes": [], "tags": ["vip"], "attributes": {"tls_enforce_in": "0"}},
    ],
    ids=lambda value: str(value)[:50],
)
def test_the_object_is_found_by_its_address_never_by_its_place(rest: Bench, present: Any) -> None:
    answer(rest, ONE, present)
    assert wish(rest, name="Alice Example", quota="1G", active=True)["changed"] is False
    assert wish(rest, name="Bob Example")["diff"]["before"]["name"] == "Alice Example"


@pytest.mark.parametrize(
    "listed",
    [
        [BOB, ALICE],
        {"data": [BOB, ALICE]},
        {"items": [BOB, ALICE]},
        {"results": [BOB, ALICE], "total": 2},
        {"mailboxes": [BOB, ALICE]},
        {"a": BOB, "b": ALICE},
        {"data": {"a": BOB, "b": ALICE}},
        {"data": [BOB, ALICE], "meta": {"current_page": 1, "last_page": 1, "total": 2}},
        {"data": [BOB, ALICE], "next": None},
    ],
    ids=lambda value: str(value)[:50],
)
def test_lists_are_understood_in_every_envelope(rest: Bench, listed: Any) -> None:
    answer(rest, LIST, listed)
    found = done(rest.info(resources=["mailboxes"]))["config"]["mailboxes"]
    assert [mailbox["email"] for mailbox in found] == ["alice@example.com", "bob@example.com"]


@pytest.mark.parametrize("empty", [[], {}, None, {"data": []}, {"data": {}}, {"mailboxes": []}], ids=str)
def test_an_empty_list_is_understood_in_every_envelope(rest: Bench, empty: Any) -> None:
    answer(rest, LIST, empty)
    assert done(rest.info(resources=["mailboxes"]))["config"]["mailboxes"] == []


@pytest.mark.parametrize(
    ("value", "means"),
    [
        *((value, True) for value in (True, 1, "1", "true", "True", "yes", "on", "YES ")),
        *((value, False) for value in (False, 0, "0", "false", "no", "off", "", "Off")),
        *((value, "receive_only") for value in (2, "2", " 2")),
    ],
    ids=repr,
)
def test_flags_are_understood_in_every_form(rest: Bench, value: Any, means: Any) -> None:
    answer(rest, ONE, {**ALICE, "active": value, "attributes": {"tls_enforce_in": value}})
    result = wish(rest, active=means, name="Alice Example")
    assert result["changed"] is False
    assert result["unverified"] == []
    assert result["mailbox"]["active"] == means
    others = {True: False, False: True, "receive_only": True}
    assert wish(rest, active=others[means])["changed"] is True
    if means in (True, False):
        assert wish(rest, tls_enforce_in=means)["changed"] is False


@pytest.mark.parametrize("value", [None, "perhaps", 7])
def test_a_flag_that_tells_nothing_is_not_compared(rest: Bench, value: Any) -> None:
    answer(rest, ONE, {**ALICE, "force_pw_update": value})
    result = wish(rest, force_pw_update=True)
    assert (result["changed"], result["unverified"]) == (False, ["force_pw_update"])


@pytest.mark.parametrize(
    ("value", "quota"),
    [
        (1024, "1G"),
        ("1024", "1G"),
        (1073741824, "1G"),
        ("1073741824", "1G"),
        (0, "unlimited"),
        ("0", "unlimited"),
        (1, "1M"),
        (1048576, "1M"),
        (1536, "1536M"),
    ],
)
def test_quotas_are_understood_as_numbers_and_texts_in_either_unit(rest: Bench, value: Any, quota: str) -> None:
    answer(rest, ONE, {**ALICE, "quota": value})
    assert wish(rest, quota=quota)["changed"] is False
    assert wish(rest, quota="77M")["changed"] is True


def test_a_quota_in_bytes_is_rounded_down(rest: Bench) -> None:
    rest.connection["quota_unit"] = "bytes"
    answer(rest, ONE, {**ALICE, "quota": 5 * 1048576 + 17})
    assert wish(rest, quota="5M")["changed"] is False


def test_the_name_of_mailcow_wins_where_both_are_there(rest: Bench) -> None:
    """A layer may pass the object through and put its own names beside (mail_api.md 2.2)."""
    row = {**ALICE, "email": "display@example.com", "username": "alice@example.com", "tls_enforce_in": False}
    answer(rest, ONE, {**row, "attributes": {"tls_enforce_in": "1"}})
    assert wish(rest, tls_enforce_in=True)["changed"] is False


def test_numbers_that_shrink_are_never_compared(mail: Bench) -> None:
    """What is free in a nearly full domain says nothing about the quota of a mailbox (mail_api.md 2.2)."""
    mail.store.domains["example.com"].quota = 2048
    document = done(mail.info())["config"]
    assert [mailbox["quota"] for mailbox in document["mailboxes"]] == ["1G", "1G"]
    assert done(mail.config(document))["changed"] is False


@pytest.mark.parametrize("status", [200, 404])
def test_an_error_in_the_shape_of_an_object_is_no_object(rest: Bench, status: int) -> None:
    answer(rest, LIST, {"type": "error", "msg": "maintenance"}, status)
    refused(rest.info(resources=["mailboxes"]), "maintenance")
