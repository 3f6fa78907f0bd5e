# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Domains of the mail API: quotas that fit each other, what a server ignores, what a domain still holds (mail_api.md
2.6 and 2.8).
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulators.mail_engine import MailStore
from tests.unit.systems.bench import Bench, done, refused

NEW: dict[str, Any] = {"name": "new.example"}
EXAMPLE: dict[str, Any] = {"name": "example.com"}
check_modes = pytest.mark.parametrize("check_mode", [True, False], ids=["check", "run"])


def quotas(bench: Bench, name: str) -> tuple[int, int, int]:
    """In megabytes: of a new mailbox, of one mailbox, of all together."""
    domain = bench.store.domains[name]
    return domain.defquota, domain.maxquota, domain.quota


# Quotas.


@check_modes
@pytest.mark.parametrize("name", ["new.example", "example.com"])
@pytest.mark.parametrize(
    ("given", "option"),
    [
        ({"default_quota": "2G", "max_quota": "1G"}, "default_quota"),
        ({"default_quota": "2G", "quota": "1G"}, "default_quota"),
        ({"max_quota": "2G", "quota": "1G"}, "max_quota"),
        ({"default_quota": "3G", "max_quota": "2G", "quota": "1G"}, "default_quota"),
        ({"quota": "0B"}, "quota"),
        ({"quota": "unlimited"}, "quota"),
        ({"max_quota": "1500K"}, "max_quota"),
        ({"max_quota": 1024}, "max_quota"),
    ],
    ids=str,
)
def test_quotas_out_of_order_are_refused_before_the_first_call(
    either: Bench, name: str, given: dict[str, Any], option: str, check_mode: bool
) -> None:
    refused(either.object("domain", name=name, **given, check_mode=check_mode), f"{option}:")
    entry = {"domains": [{"name": "first.example"}, {"name": name, **given}]}
    refused(either.config(entry, check_mode=check_mode), f"config.domains[1].{option}:")
    assert either.calls == []


@check_modes
@pytest.mark.parametrize(
    ("given", "option", "held"),
    [
        ({"default_quota": "11G"}, "default_quota", "10G"),
        ({"max_quota": "512M"}, "max_quota", "1G"),
        ({"max_quota": "101G"}, "max_quota", "100G"),
        ({"quota": "9G"}, "quota", "10G"),
        ({"quota": "512M", "max_quota": "512M"}, "max_quota", "1G"),
    ],
    ids=str,
)
def test_quotas_are_compared_with_those_that_the_domain_has(
    either: Bench, given: dict[str, Any], option: str, held: str, check_mode: bool
) -> None:
    """The starting domain has 1, 10 and 100 gigabytes."""
    refused(either.object("domain", **EXAMPLE, **given, check_mode=check_mode), f"{option}:", held)
    assert either.sim.writes == []
    assert quotas(either, "example.com") == (1024, 10240, 102400)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, (3072, 10240, 10240)),
        ({"default_quota": "20G"}, (20480, 20480, 20480)),
        ({"max_quota": "1G"}, (1024, 1024, 10240)),
        ({"quota": "2G"}, (2048, 2048, 2048)),
        ({"default_quota": "1G", "quota": "5G"}, (1024, 5120, 5120)),
        ({"max_quota": "20G"}, (3072, 20480, 20480)),
    ],
    ids=str,
)
def test_quotas_that_nobody_gives_to_a_new_domain_follow_the_others(
    mail: Bench, given: dict[str, Any], expected: tuple[int, int, int]
) -> None:
    mail.predicted("domain", **NEW, **given)
    assert quotas(mail, "new.example") == expected
    assert mail.predicted("domain", **NEW, **given)["changed"] is False


@check_modes
@pytest.mark.parametrize(
    ("given", "option"),
    [
        ({"max_mailboxes": 1}, "max_mailboxes"),
        ({"max_aliases": 0}, "max_aliases"),
        ({"max_quota": "1023M", "default_quota": "1M"}, "max_quota"),
        ({"default_quota": "1M", "max_quota": "1G", "quota": "2047M"}, "quota"),
    ],
    ids=str,
)
def test_limits_below_what_mailcow_has_in_use_are_refused(
    mailcow: Bench, given: dict[str, Any], option: str, check_mode: bool
) -> None:
    refused(mailcow.object("domain", **EXAMPLE, **given, check_mode=check_mode), option)
    refused(mailcow.config({"domains": [{**EXAMPLE, **given}]}, check_mode=check_mode), f"config.domains[0].{option}")
    assert mailcow.sim.writes == []


def test_limits_of_just_what_is_in_use_are_taken(mailcow: Bench) -> None:
    given = {"max_mailboxes": 2, "max_aliases": 1, "default_quota": "1M", "max_quota": "1G", "quota": "2G"}
    mailcow.predicted("domain", **EXAMPLE, **given)
    assert quotas(mailcow, "example.com") == (1, 1024, 2048)


def test_what_goes_in_the_same_run_is_in_use_no_more(mailcow: Bench) -> None:
    domains = [{**EXAMPLE, "max_mailboxes": 1}]
    refused(mailcow.config({"domains": domains}), "max_mailboxes")
    gone = [{"email": "bob@example.com", "state": "absent"}]
    mailcow.predicted_config({"domains": domains, "mailboxes": gone}, allow_mail_loss=True)
    assert mailcow.store.domains["example.com"].mailboxes == 1


# Relaying, and names for descriptions.


@check_modes
@pytest.mark.parametrize(
    ("given", "option"),
    [
        ({"relay_all_recipients": True, "backup_mx": False}, "backup_mx"),
        ({"relay_unknown_only": True, "relay_all_recipients": False}, "relay_all_recipients"),
        ({"relay_unknown_only": True, "backup_mx": False}, "backup_mx"),
    ],
    ids=str,
)
def test_relaying_that_contradicts_itself(mailcow: Bench, given: dict[str, Any], option: str, check_mode: bool) -> None:
    refused(mailcow.object("domain", **NEW, **given, check_mode=check_mode), f"{option}:")
    assert mailcow.calls == []


def test_what_relaying_needs_cannot_be_taken_from_it(mailcow: Bench) -> None:
    mailcow.predicted("domain", **NEW, relay_unknown_only=True)
    refused(mailcow.object("domain", **NEW, backup_mx=False), "backup_mx:", "relay_all_recipients")
    refused(mailcow.object("domain", **NEW, relay_all_recipients=False), "relay_all_recipients:", "relay_unknown_only")
    mailcow.predicted("domain", **NEW, relay_unknown_only=False, relay_all_recipients=False, backup_mx=False)
    domain = mailcow.store.domains["new.example"]
    assert (domain.relay_unknown_only, domain.relay_all_recipients, domain.backupmx) == (0, 0, 0)


def test_the_name_of_a_domain_is_no_description(mail: Bench) -> None:
    assert mail.predicted("domain", **EXAMPLE, description="")["changed"] is False
    assert mail.predicted("domain", **EXAMPLE, description="example.com")["changed"] is False
    assert mail.predicted("domain", **EXAMPLE, description="Head office")["domain"]["description"] == "Head office"
    assert mail.predicted("domain", **EXAMPLE, description="")["domain"]["description"] == ""
    assert mail.store.domains["example.com"].description == "example.com"


@check_modes
@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("rate_limit", "10"),
        ("rate_limit", "0/s"),
        ("rate_limit", "10/w"),
        ("rate_limit", "-1/s"),
        ("tags", [" "]),
        ("dkim_key_size", 512),
        ("dkim_key_size", 8192),
        ("dkim_selector", "a.b"),
        ("dkim_selector", ""),
        ("dkim_selector", "x" * 64),
        ("max_aliases", -1),
        ("name", "not a domain"),
        ("name", ""),
    ],
    ids=str,
)
def test_what_no_domain_takes_is_refused_before_the_first_call(
    mailcow: Bench, option: str, value: Any, check_mode: bool
) -> None:
    refused(mailcow.object("domain", **{**NEW, option: value}, check_mode=check_mode), option)
    assert mailcow.calls == []


@check_modes
def test_what_only_mailcow_knows_is_refused_by_the_other_dialect(rest: Bench, check_mode: bool) -> None:
    options: dict[str, Any] = {"tags": ["a"], "rate_limit": "1/s", "gal": True, "dkim_key_size": 2048, "template": 1}
    for name, value in options.items():
        refused(rest.object("domain", **EXAMPLE, **{name: value}, check_mode=check_mode), f"{name}:", "api_dialect")
    assert rest.calls == []


# Tags, which come and go by calls of their own.


def test_only_new_tags_are_sent_and_only_gone_ones_taken_off(mailcow: Bench) -> None:
    mailcow.store.domains["example.com"].tags = ["Red", "blue"]
    mailcow.predicted("domain", **EXAMPLE, tags=["RED", "green"], gal=False)
    bodies = [(record.call, record.params) for record in mailcow.sim.writes]
    assert bodies == [
        ("POST /api/v1/edit/domain", {"items": ["example.com"], "attr": {"gal": False}}),
        ("POST /api/v1/delete/domain/tag/{domain}", ["blue"]),
        ("POST /api/v1/edit/domain", {"items": ["example.com"], "attr": {"tags": ["green"]}}),
    ]
    assert mailcow.store.domains["example.com"].tags == ["Red", "green"]


def test_a_change_of_tags_that_breaks_off_says_what_was_done(mailcow: Bench) -> None:
    mailcow.store.domains["example.com"].tags = ["red"]
    mailcow.before("POST /api/v1/edit/domain", lambda: mailcow.store.domains["example.com"].tags.append("green"))
    result = mailcow.object("domain", **EXAMPLE, tags=["green"])
    # Somebody else added the tag meanwhile, which mailcow answers with nothing at all: what counts is what it holds.
    assert result["changed"] is True
    assert mailcow.store.domains["example.com"].tags == ["green"]
    assert mailcow.predicted("domain", **EXAMPLE, tags=["green"])["changed"] is False


def test_the_key_of_a_domain_that_was_there_before_stays(mailcow: Bench) -> None:
    mailcow.predicted("domain", **NEW, dkim_key_size=4096, dkim_selector="old")
    mailcow.predicted("domain", **NEW, state="absent")
    mailcow.predicted("domain", **NEW, dkim_key_size=1024, dkim_selector="new")
    key = mailcow.store.dkim_keys["new.example"]
    assert (key.size, key.selector) == (4096, "old")


# What a domain still holds.


@check_modes
def test_a_domain_with_mailboxes_or_aliases_is_not_deleted(mail: Bench, check_mode: bool) -> None:
    said = refused(
        mail.object("domain", **EXAMPLE, state="absent", check_mode=check_mode), "example.com", "2 mailboxes"
    )
    assert "1 alias" in said
    assert mail.sim.writes == []
    assert held(mail.store) == (2, 2, 1)


@check_modes
def test_a_domain_with_aliases_only_is_not_deleted_either(either: Bench, check_mode: bool) -> None:
    """mailcow would drop them with it."""
    either.store.mailboxes.clear()
    refused(either.object("domain", **EXAMPLE, state="absent", check_mode=check_mode), "1 alias", "info@example.com")
    assert held(either.store) == (2, 0, 1)


@check_modes
def test_pruning_domains_stops_before_those_that_hold_something(either: Bench, check_mode: bool) -> None:
    result = either.config(
        {"domains": [{"name": "example.org"}]}, prune=["domains"], allow_mail_loss=True, check_mode=check_mode
    )
    refused(result, "example.com", "nothing was changed")
    assert held(either.store) == (2, 2, 1)


def test_a_domain_goes_with_all_that_the_same_document_deletes(either: Bench) -> None:
    mailboxes = [{"email": f"{name}@example.com", "state": "absent"} for name in ("alice", "bob")]
    document = {
        "domains": [{**EXAMPLE, "state": "absent"}],
        "mailboxes": mailboxes,
        "aliases": [{"address": "info@example.com", "state": "absent"}],
    }
    refused(either.config(document), "allow_mail_loss")
    refused(either.config({**document, "aliases": []}, allow_mail_loss=True), "1 alias")
    assert held(either.store) == (2, 2, 1)
    assert either.predicted_config(document, allow_mail_loss=True)["summary"]["deleted"] == 4
    assert held(either.store) == (1, 0, 0)


def held(store: MailStore) -> tuple[int, int, int]:
    return len(store.domains), len(store.mailboxes), len(store.aliases)


# Odd servers, and the way back.


@pytest.mark.parametrize("fields", ["seed", "mailcow", "both"])
@pytest.mark.parametrize("unit", ["mb", "bytes"])
@pytest.mark.parametrize("numbers", ["json", "text"])
def test_look_alike_members_are_never_taken_for_the_limits(rest: Bench, fields: str, unit: str, numbers: str) -> None:
    """What is left for new mailboxes stands beside what they may have (mail_api.md 2.2)."""
    for name, value in {"read_fields": fields, "quota_read_unit": unit, "int_read": numbers}.items():
        setattr(rest.sim.settings, name, value)
    given = {"default_quota": "1G", "max_quota": "10G", "quota": "100G", "max_mailboxes": 100, "max_aliases": 400}
    assert done(rest.predicted("domain", **EXAMPLE, **given))["changed"] is False
    (entry,) = (each for each in rest.info()["config"]["domains"] if each["name"] == "example.com")
    assert {name: entry[name] for name in given} == given


def test_what_a_server_drops_silently_is_a_clear_failure(rest: Bench) -> None:
    rest.sim.settings.ignored_on_put = frozenset({"backupmx"})
    for _run in range(2):
        result = rest.object("domain", **EXAMPLE, backup_mx=True)
        assert result["failed"] is True
        assert "backup_mx" in result["msg"]


def test_a_domain_that_is_gone_is_not_deleted_again(either: Bench) -> None:
    assert either.predicted("domain", name="absent.example", state="absent")["changed"] is False
    assert either.sim.writes == []
