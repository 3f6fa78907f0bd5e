# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mailboxes and aliases through their life, on every kind of server that the fact sheet knows (mail_api.md 2, 5)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.systems.bench import Bench, done

CAROL: dict[str, Any] = {
    "email": "Carol@Example.COM",
    "name": "Carol Example",
    "password": "Str0ng-pw-1!",
    "quota": "512M",
    "tls_enforce_in": True,
}
TEAM: dict[str, Any] = {"address": "Team@example.com", "goto": ["bob@example.com", "x@example.net"]}
NO_MORE_CAROL: dict[str, Any] = {"email": "carol@example.com", "state": "absent", "allow_mail_loss": True}

# Every switch of the simulated REST server that a client has to get over without help.
SWITCHES: list[dict[str, Any]] = [
    {"read_fields": "mailcow", "quota_read_unit": "bytes"},
    {"read_fields": "both", "quota_read_unit": "bytes"},
    {"read_fields": "both", "quota_read_unit": "mb"},
    {"quota_read_unit": "bytes"},
    {"bool_read": "int"},
    {"bool_read": "string"},
    {"read_fields": "mailcow", "quota_read_unit": "bytes", "bool_read": "mixed"},
    {"list_envelope": "data"},
    {"list_envelope": "empty_object"},
    {"list_envelope": "by_id"},
    {"list_envelope": "paged", "page_size": 1},
    {"list_envelope": "paged_meta", "page_size": 1},
    {"list_envelope": "paged_meta", "page_size": 2},
    {"goto_read": "array", "goto_write": "both"},
    {"absent_get": "empty_object"},
    {"single_get_domain_alias": "404"},
    {"single_get_domain_alias": "supported"},
    {"absent_put": "danger"},
    {"absent_delete": "danger"},
    {"absent_delete": "success"},
    {"put_mode": "replace"},
    {"put_mode": "strict"},
    {"alias_omitted_flags": False},
    {"write_reply": "list"},
    {"write_reply": "empty"},
    {"create_status": 201},
    {"rate_limit": 7, "rate_headers": "all"},
    {"rate_limit": 7, "rate_headers": "refusals", "rate_reset": "seconds"},
    {"rate_limit": 7, "rate_reset": "milliseconds", "clock_skew": 5000.0},
    {"rate_limit": 7, "clock_skew": -86400.0},
    {"rate_limit": 7, "rate_headers": "none", "rate_window": 20.0},
]


def live_through_mailbox(bench: Bench, *, thorough: bool = False) -> None:
    """Make, repeat, change, repeat and delete a mailbox; no step repeats itself.

    ``thorough``: each step is predicted by check mode, and there are some more.
    """

    def step(changed: bool, **options: Any) -> None:
        result = bench.predicted("mailbox", **options) if thorough else done(bench.object("mailbox", **options))
        assert result["changed"] is changed, (options, result["changes"])

    step(True, **CAROL)
    carol = bench.store.mailboxes["carol@example.com"]
    assert (carol.name, carol.quota, carol.active) == ("Carol Example", 512, 1)
    assert (carol.tls_enforce_in, carol.tls_enforce_out, carol.password) == (1, 0, CAROL["password"])
    step(False, **{**CAROL, "email": " carol@example.com "})
    changes = {"name": "Carol E.", "quota": "2G", "active": False, "force_pw_update": True}
    step(True, email="carol@example.com", **changes)
    carol = bench.store.mailboxes["carol@example.com"]
    assert (carol.name, carol.quota, carol.active, carol.force_pw_update) == ("Carol E.", 2048, 0, 1)
    assert (carol.tls_enforce_in, carol.tls_enforce_out, carol.password) == (1, 0, CAROL["password"])
    step(False, email="CAROL@example.com", **changes)
    step(True, email="carol@example.com", quota="unlimited", active="receive_only")
    assert (bench.store.mailboxes["carol@example.com"].quota, bench.store.mailboxes["carol@example.com"].active) == (
        0,
        2,
    )
    step(False, email="carol@example.com", quota="unlimited", active="receive_only")
    step(True, **NO_MORE_CAROL)
    assert "carol@example.com" not in bench.store.mailboxes
    step(False, **NO_MORE_CAROL)
    assert sorted(bench.store.mailboxes) == ["alice@example.com", "bob@example.com"]


def live_through_alias(bench: Bench, *, thorough: bool = False) -> None:
    """The same for an alias, whose mail is also thrown away for a while."""

    def step(changed: bool, **options: Any) -> None:
        result = bench.predicted("alias", **options) if thorough else done(bench.object("alias", **options))
        assert result["changed"] is changed, (options, result["changes"])

    step(True, **TEAM)
    team = bench.store.alias_by_address("team@example.com")
    assert (team.goto, team.active, team.sogo_visible, team.sender_allowed) == (sorted(TEAM["goto"]), 1, 1, 1)
    step(False, address="team@EXAMPLE.com", goto=["X@EXAMPLE.net", " bob@example.com", "x@example.net"])
    step(True, address="team@example.com", goto=["alice@example.com"], active=False)
    team = bench.store.alias_by_address("team@example.com")
    assert (team.goto, team.active) == (["alice@example.com"], 0)
    step(False, address="team@example.com", goto=["alice@example.com"], active=False)
    step(True, address="team@example.com", action="discard")
    step(False, address="team@example.com", action="discard")
    step(True, address="team@example.com", active=True)
    team = bench.store.alias_by_address("team@example.com")
    assert (team.goto, team.active) == (["null@localhost"], 1)
    if thorough:
        step(False, address="team@example.com", action="discard", active=True)
        step(True, address="team@example.com", action="learn_spam")
        step(True, address="team@example.com", goto=["bob@example.com"])
        step(False, address="team@example.com", goto=["bob@example.com"], action="deliver")
    step(True, address="TEAM@example.com", state="absent")
    step(False, address="team@example.com", state="absent")
    assert [alias.address for alias in bench.store.aliases.values()] == ["info@example.com"]


def test_a_mailbox_lives_on_every_kind_of_server(mail: Bench) -> None:
    live_through_mailbox(mail, thorough=True)


def test_an_alias_lives_on_every_kind_of_server(mail: Bench) -> None:
    live_through_alias(mail, thorough=True)


@pytest.mark.parametrize("switches", SWITCHES, ids=lambda switches: ",".join(f"{k}={v}" for k, v in switches.items()))
def test_each_switch_alone_is_got_over(rest: Bench, switches: dict[str, Any]) -> None:
    for name, value in switches.items():
        assert hasattr(rest.sim.settings, name)
        setattr(rest.sim.settings, name, value)
    live_through_mailbox(rest)
    live_through_alias(rest)


@pytest.mark.parametrize("unit", ["mb", "bytes"])
@pytest.mark.parametrize("quota", ["1M", "1023M", "1024M", "10G"])
def test_quotas_are_understood_in_either_unit(rest: Bench, unit: Any, quota: str) -> None:
    rest.sim.settings.quota_read_unit = unit
    assert rest.predicted("mailbox", email="alice@example.com", quota="7M")["changed"] is True
    assert rest.predicted("mailbox", email="alice@example.com", quota=quota)["changed"] is True
    assert rest.predicted("mailbox", email="alice@example.com", quota=quota)["changed"] is False


def test_a_quota_of_a_tebibyte_needs_the_unit_to_be_named(rest: Bench) -> None:
    """1,048,576 is a tebibyte in megabytes and a megabyte in bytes: the one case that cannot be told apart."""
    rest.store.domains["example.com"].maxquota = rest.store.domains["example.com"].quota = 4 * 1024**2
    rest.connection["quota_unit"] = "mb"
    assert rest.predicted("mailbox", email="alice@example.com", quota="1T")["changed"] is True
    assert rest.predicted("mailbox", email="alice@example.com", quota="1T")["changed"] is False
    assert done(rest.info())["config"]["mailboxes"][0]["quota"] == "1T"
    rest.sim.settings.quota_read_unit = "bytes"
    rest.connection["quota_unit"] = "bytes"
    assert rest.predicted("mailbox", email="alice@example.com", quota="1T")["changed"] is False


@pytest.mark.parametrize("alias_read", ["full", "plain"])
def test_an_alias_of_which_little_is_told(rest: Bench, alias_read: Any) -> None:
    """What the server does not return cannot be compared: it is said so, and it is no eternal change."""
    rest.sim.settings.alias_read = alias_read
    wish = {**TEAM, "private_comment": "for the team", "sogo_visible": False}
    result = rest.predicted("alias", **wish)
    assert result["changed"] is True
    team = rest.store.alias_by_address("team@example.com")
    assert (team.private_comment, team.sogo_visible) == ("for the team", 0)
    again = rest.predicted("alias", **wish)
    assert again["changed"] is False
    assert sorted(again["unverified"]) == ([] if alias_read == "full" else ["private_comment", "sogo_visible"])


def test_info_is_a_document_that_changes_nothing_on_every_kind_of_server(mail: Bench) -> None:
    alice = mail.store.mailboxes["alice@example.com"]
    alice.active, alice.quota, alice.tls_enforce_out = 2, 0, 1
    info = mail.store.alias_by_address("info@example.com")
    info.goto, info.private_comment = ["null@localhost"], None
    document = done(mail.info())["config"]
    assert document["mailboxes"][0]["active"] == "receive_only"
    assert document["mailboxes"][0]["quota"] == "unlimited"
    assert document["aliases"][0]["action"] == "discard"
    mail.forget_requests()
    result = done(mail.config(document, prune=["mailboxes", "aliases"]))
    assert result["summary"] == {"created": 0, "updated": 0, "deleted": 0, "unchanged": 5, "failed": 0}
    assert mail.sim.writes == []


def test_a_document_is_applied_on_every_kind_of_server(mail: Bench) -> None:
    document = {
        "mailboxes": [CAROL, {"email": "bob@example.com", "name": "Bobby", "quota": "3G"}],
        "aliases": [
            TEAM,
            {"address": "info@example.com", "state": "absent"},
            {"address": "@example.org", "goto": ["bob@example.com"]},
        ],
    }
    result = mail.predicted_config(document)
    assert result["summary"] == {"created": 3, "updated": 1, "deleted": 1, "unchanged": 0, "failed": 0}
    assert mail.store.mailboxes["bob@example.com"].name == "Bobby"
    assert mail.store.mailboxes["carol@example.com"].quota == 512
    assert sorted(alias.address.lower() for alias in mail.store.aliases.values()) == [
        "@example.org",
        "team@example.com",
    ]
    assert mail.predicted_config(document)["changed"] is False


def test_three_thousand_aliases_are_one_list(either: Bench) -> None:
    either.store.domains["example.com"].aliases = 4000
    add = type(either.store.alias_by_address("info@example.com"))
    for number in range(3000):
        alias = add(
            either.store.take_alias_id(), f"list{number}@example.com", ["bob@example.com", f"l{number}@example.net"]
        )
        either.store.aliases[alias.id] = alias
    wishes = [
        {"address": f"List{number}@example.com", "goto": [f"L{number}@example.net", "bob@example.com"]}
        for number in range(3000)
    ]
    result = done(either.config({"aliases": wishes}))
    assert result["changed"] is False
    assert result["summary"]["unchanged"] == 3000
    assert len(either.calls) == 1


def test_many_changes_keep_to_the_rate_limit_of_the_server(rest: Bench) -> None:
    rest.sim.settings.rate_limit = 20
    rest.store.domains["example.com"].aliases = 4000
    wishes = [{"address": f"list{number}@example.com", "goto": ["bob@example.com"]} for number in range(110)]
    result = done(rest.config({"aliases": wishes}))
    assert result["summary"]["created"] == 110
    assert len(rest.store.aliases) == 111
    assert 5 <= len(rest.waits) <= 7
    assert all(0 < wait <= 61 for wait in rest.waits)


def test_a_rate_limit_that_asks_for_too_long_a_pause_is_an_error(rest: Bench) -> None:
    rest.sim.settings.rate_limit = 3
    rest.sim.settings.rate_window = 7200
    wishes = [{"address": f"list{number}@example.com", "goto": ["bob@example.com"]} for number in range(10)]
    result = rest.config({"aliases": wishes})
    assert result["failed"]
    assert result["changed"] is True
    assert "rate" in result["msg"]
    assert result["failure"]["code"] == 429
    assert result["failure"]["retryable"] is True
    assert sum(rest.waits) < 600
    made = sum(line["status"] == "done" for line in result["results"])
    assert made == len(rest.store.aliases) - 1 > 0
    rest.sim.clock.advance(7200)
    rest.sim.settings.rate_limit = None
    assert done(rest.config({"aliases": wishes}))["summary"]["created"] == 10 - made
