# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Aliases: targets, special actions, catch-all, comments, what servers refuse or skip (mail_api.md 2.8, 3.1)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.simulators import Fault
from tests.simulators.mail_engine import Alias, Domain
from tests.unit.systems.bench import Bench, done, refused

INFO: dict[str, Any] = {"address": "info@example.com"}
SPECIAL = {"discard": "null@localhost", "learn_spam": "spam@localhost", "learn_ham": "ham@localhost"}


def info_of(bench: Bench) -> Alias:
    """The alias that every server starts with."""
    alias = bench.store.alias_by_address("info@example.com")
    assert isinstance(alias, Alias)
    return alias


# Targets.


@pytest.mark.parametrize(
    "held", [["U1@example.net", "u1@example.net"], ["u1@EXAMPLE.net"], ["b@example.net", "U1@example.net"]], ids=str
)
def test_targets_are_a_set_without_case(either: Bench, held: list[str]) -> None:
    """A server keeps the case of local parts, and both of two that differ in nothing else (mailcow_recorded.md A15)."""
    info_of(either).goto = held
    wish = sorted({target.lower() for target in held}, reverse=True)
    assert either.predicted("alias", **INFO, goto=wish)["changed"] is False
    assert either.predicted("alias", **INFO, goto=[*wish, "new@example.net"])["changed"] is True
    assert either.predicted("alias", **INFO, goto=["new@example.net", *wish])["changed"] is False


def test_targets_of_international_domains_may_be_written_either_way(either: Bench) -> None:
    assert either.predicted("alias", **INFO, goto=["x@bücher.example"])["changed"] is True
    assert info_of(either).goto == ["x@xn--bcher-kva.example"]
    assert either.predicted("alias", **INFO, goto=["X@XN--bcher-kva.Example"])["changed"] is False


def test_an_alias_of_an_international_domain_may_be_written_either_way(either: Bench) -> None:
    either.store.domains["xn--bcher-kva.example"] = Domain("xn--bcher-kva.example")
    assert either.predicted("alias", address="Team@Bücher.example", goto=["x@example.net"])["changed"] is True
    assert either.predicted("alias", address="team@xn--bcher-kva.example", goto=["x@example.net"])["changed"] is False
    assert either.predicted("alias", address="team@BÜCHER.example", state="absent")["changed"] is True


def test_an_alias_in_upper_case_on_the_server_is_the_same_alias(either: Bench) -> None:
    info_of(either).address = "Info@example.com"
    result = either.predicted("alias", **INFO, goto=["alice@example.com"])
    assert result["changed"] is False
    assert either.predicted("alias", **INFO, goto=["bob@example.com"])["changed"] is True
    assert info_of(either).goto == ["bob@example.com"]
    assert either.predicted("alias", address="INFO@example.com", state="absent")["changed"] is True


@pytest.mark.parametrize("number", [1, 2])
def test_the_number_of_an_alias_is_returned(either: Bench, number: int) -> None:
    wish: dict[str, Any] = {"address": "team@example.com", "goto": ["bob@example.com"]}
    prediction = done(either.object("alias", check_mode=True, **wish))
    assert prediction["alias"]["id"] is None
    for _again in range(number):
        result = done(either.object("alias", **wish))
    assert result["alias"]["id"] == either.store.alias_by_address("team@example.com").id


def test_what_is_not_managed_stays(mail: Bench) -> None:
    info = info_of(mail)
    info.active, info.sogo_visible, info.internal, info.sender_allowed = 0, 0, 1, 0
    info.private_comment, info.public_comment = "private", "public"
    assert mail.predicted("alias", **INFO, goto=["bob@example.com"])["changed"] is True
    info = info_of(mail)
    assert info.goto == ["bob@example.com"]
    assert (info.active, info.sogo_visible, info.internal, info.sender_allowed) == (0, 0, 1, 0)
    assert (info.private_comment, info.public_comment) == ("private", "public")


def test_a_new_alias_is_active_visible_and_may_send_although_the_server_thinks_otherwise(mail: Bench) -> None:
    done(mail.object("alias", address="team@example.com", goto=["bob@example.com"]))
    team = mail.store.alias_by_address("team@example.com")
    assert (team.active, team.sogo_visible, team.sender_allowed, team.internal) == (1, 1, 1, 0)


# Special actions.


@pytest.mark.parametrize("action", SPECIAL)
def test_a_special_action_is_made_changed_and_left_again(either: Bench, action: str) -> None:
    wish: dict[str, Any] = {"address": "trap@example.com", "action": action}
    assert either.predicted("alias", **wish)["changed"] is True
    trap = either.store.alias_by_address("trap@example.com")
    assert trap.goto == [SPECIAL[action]]
    again = either.predicted("alias", **wish)
    assert again["changed"] is False
    assert (again["alias"]["action"], again["alias"]["goto"]) == (action, [])
    assert either.predicted("alias", address="trap@example.com", active=False)["changed"] is True
    trap = either.store.alias_by_address("trap@example.com")
    assert (trap.goto, trap.active) == ([SPECIAL[action]], 0)
    assert either.predicted("alias", **wish, active=False)["changed"] is False
    assert either.predicted("alias", address="trap@example.com", private_comment="old shop")["changed"] is True
    assert either.store.alias_by_address("trap@example.com").goto == [SPECIAL[action]]
    for other in SPECIAL:
        assert either.predicted("alias", address="trap@example.com", action=other)["changed"] is (other != action)
        either.store.alias_by_address("trap@example.com").goto = [SPECIAL[action]]
    assert either.predicted("alias", address="trap@example.com", goto=["bob@example.com"])["changed"] is True
    assert either.store.alias_by_address("trap@example.com").goto == ["bob@example.com"]


def test_an_ordinary_alias_can_be_made_to_discard(mail: Bench) -> None:
    assert mail.predicted("alias", **INFO, action="discard", goto=[])["changed"] is True
    assert info_of(mail).goto == ["null@localhost"]
    assert mail.predicted("alias", **INFO, action="discard")["changed"] is False


def test_delivering_again_needs_targets(either: Bench) -> None:
    info_of(either).goto = ["null@localhost"]
    for check_mode in (True, False):
        refused(either.object("alias", check_mode=check_mode, **INFO, action="deliver"), "goto")
    assert either.sim.writes == []
    assert either.predicted("alias", **INFO, action="deliver", goto=["bob@example.com"])["changed"] is True


# Catch-all.


@pytest.mark.parametrize("address", ["@example.com", " @Example.COM "])
def test_a_catch_all_is_an_alias_like_others(either: Bench, address: str) -> None:
    assert either.predicted("alias", address=address, goto=["bob@example.com"])["changed"] is True
    assert either.store.alias_by_address("@example.com").goto == ["bob@example.com"]
    assert either.predicted("alias", address="@example.com", goto=["BOB@example.com"])["changed"] is False
    assert either.predicted("alias", address=address, action="discard")["changed"] is True
    assert either.predicted("alias", address=address, state="absent")["changed"] is True
    assert either.store.alias_by_address("@example.com") is None


# Comments.


def test_comments_are_set_changed_and_cleared(either: Bench) -> None:
    for comment in ("für alle \u2603", "changed", ""):
        wish = {**INFO, "private_comment": comment, "public_comment": comment}
        assert either.predicted("alias", **wish)["changed"] is True
        assert (info_of(either).private_comment, info_of(either).public_comment) == (comment, comment)
        assert either.predicted("alias", **wish)["changed"] is False


def test_no_comment_and_an_empty_comment_are_the_same(either: Bench) -> None:
    info_of(either).private_comment = None
    assert either.predicted("alias", **INFO, private_comment="")["changed"] is False


@pytest.mark.parametrize("comment", ["x" * 161, "ü" * 81])
@pytest.mark.parametrize("address", ["info@example.com", "team@example.com"])
def test_a_comment_that_does_not_fit_is_refused_not_cut_off(either: Bench, comment: str, address: str) -> None:
    """The server looks at 160 bytes, and on creation only; what it does with more later is not known."""
    for check_mode in (True, False):
        result = either.object(
            "alias", check_mode=check_mode, address=address, goto=["bob@example.com"], public_comment=comment
        )
        refused(result, "public_comment", "160")
    assert either.sim.requests == []


# What servers refuse or skip.


@pytest.mark.parametrize("check_mode", [True, False])
@pytest.mark.parametrize("goto", [["INFO@example.com"], ["bob@example.com", "info@example.com"]], ids=str)
def test_an_alias_that_leads_to_itself_is_refused(either: Bench, goto: list[str], check_mode: bool) -> None:
    """The server would do nothing, or half of it, and report success (mail_api.md 2.7)."""
    refused(either.object("alias", check_mode=check_mode, **INFO, goto=goto), "goto", "info@example.com", "itself")
    assert either.sim.writes == []


def test_an_alias_with_the_address_of_a_mailbox_is_refused(either: Bench) -> None:
    result = either.object("alias", address="alice@example.com", goto=["bob@example.com"])
    refused(result, "alice@example.com", "is_alias_or_mailbox")
    assert either.store.mailboxes["alice@example.com"].messages == 120
    assert either.store.alias_by_address("alice@example.com") is None


def test_an_alias_in_a_missing_domain_is_refused_and_assumed_in_check_mode(either: Bench) -> None:
    wish: dict[str, Any] = {"address": "team@new.example", "goto": ["bob@example.com"]}
    refused(either.object("alias", **wish), "domain", "'new.example'", "address")
    prediction = done(either.object("alias", check_mode=True, **wish))
    assert prediction["assumed"] == ["domain new.example"]
    assert either.sim.writes == []


def test_a_target_that_the_server_drops_is_a_failure_that_changed_something(calm_mail: Bench) -> None:
    """The alias is made with the good targets, next to a refusal of the bad one (mailcow_recorded.md B)."""
    wish: dict[str, Any] = {"address": "team@example.com", "goto": ["bob@example.com", "x@intranet"]}
    result = calm_mail.object("alias", **wish)
    assert result["failed"]
    assert "goto_invalid" in result["msg"]
    assert result["changed"] is (calm_mail.store.alias_by_address("team@example.com") is not None)


def test_a_target_that_the_server_drops_in_a_change_is_a_failure(calm_mail: Bench) -> None:
    result = calm_mail.object("alias", **INFO, goto=["bob@example.com", "x@intranet"])
    assert result["failed"]
    assert "goto_invalid" in result["msg"]
    assert result["changed"] is (info_of(calm_mail).goto != ["alice@example.com"])


def test_the_limit_of_the_domain_is_told(either: Bench) -> None:
    either.store.domains["example.com"].aliases = 1
    result = either.object("alias", address="team@example.com", goto=["bob@example.com"])
    refused(result, "team@example.com", "max_alias_exceeded")


def test_a_list_without_numbers_is_an_error_only_when_the_number_is_needed(rest: Bench) -> None:
    """Nobody has seen the alias list of this API; without an id nothing can be addressed (mail_api.md 3.1)."""
    body = json.dumps([{"address": "info@example.com", "goto": "alice@example.com", "active": True}])
    rest.sim.faults.add(Fault("status", "GET /api/v1/aliases", times=9, status=200, body=body))
    assert done(rest.object("alias", **INFO, goto=["alice@example.com"]))["changed"] is False
    refused(rest.object("alias", **INFO, goto=["bob@example.com"]), "info@example.com", "id")
    refused(rest.object("alias", **INFO, state="absent"), "info@example.com", "id")
    assert rest.sim.writes == []


@pytest.mark.parametrize("member", ["destinations", "targets"])
@pytest.mark.parametrize("as_list", [True, False])
def test_targets_under_other_names_are_understood(rest: Bench, member: str, as_list: bool) -> None:
    targets = ["alice@example.com", "x@example.net"]
    row = {"id": "17", "address": "info@example.com", member: targets if as_list else "; ".join(targets), "active": "1"}
    rest.sim.faults.add(Fault("status", "GET /api/v1/aliases", times=9, status=200, body=json.dumps([row])))
    result = done(rest.object("alias", **INFO, goto=targets, active=True))
    assert result["changed"] is False
    assert result["alias"]["id"] == 17


def test_an_alias_that_somebody_else_makes_first_is_adopted(calm_mail: Bench) -> None:
    def somebody_writes() -> None:
        alias = Alias(calm_mail.store.take_alias_id(), "team@example.com", ["x@example.net"], private_comment="by hand")
        calm_mail.store.aliases[alias.id] = alias

    call = "POST /api/v1/add/alias" if calm_mail.sim.name == "mailcow" else "POST /api/v1/aliases"
    calm_mail.before(call, somebody_writes)
    assert done(calm_mail.object("alias", address="team@example.com", goto=["bob@example.com"]))["changed"] is True
    team = calm_mail.store.alias_by_address("team@example.com")
    assert (team.goto, team.private_comment) == (["bob@example.com"], "by hand")
    assert len(calm_mail.store.aliases) == 2


def test_what_a_server_does_not_tell_survives_a_change_on_one_that_replaces_objects_whole(rest: Bench) -> None:
    rest.sim.settings.alias_read = "plain"
    rest.sim.settings.put_mode = "replace"
    wish: dict[str, Any] = {"address": "team@example.com", "goto": ["alice@example.com"], "private_comment": "sales"}
    done(rest.object("alias", **wish))
    again = done(rest.object("alias", **wish))
    assert (again["changed"], again["unverified"]) == (False, ["private_comment"])
    changed = rest.predicted("alias", **{**wish, "goto": ["bob@example.com"]})
    assert changed["unverified"] == ["private_comment"]
    alias = rest.store.alias_by_address("team@example.com")
    assert (alias.goto, alias.private_comment) == (["bob@example.com"], "sales")
