# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers of mailbox.org in every form that is known or plausible: lists, pages, numbers (mailboxorg.md 1.8, 3)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulators import Fault
from tests.unit.systems.bench import Bench, done, refused
from tests.unit.systems.mailboxorg import ALICE, EVERYTHING, every_habit, held, log_in_as, take_up

WHOLE: dict[str, Any] = {
    "mail": "alice@example.com",
    "plan": "standard",
    "first_name": "Alice",
    "last_name": "Example",
    "inboxsave": True,
    "forwards": [],
    "aliases": ["info@example.com"],
    "alternate_mail": "",
    "memo": "Front desk",
    "active": True,
    "require_reset_password": False,
    "additional_mail_quota": 0,
    "additional_cloud_quota": 0,
    "allow_nets": [],
    **dict.fromkeys(("title", "birthday", "position", "department", "company", "street", "postal_code", "city"), ""),
    **dict.fromkeys(("phone", "fax", "cell_phone", "uid_extern"), ""),
    "language": "de_DE",
    "capabilities": [],
}


def tell(bench: Bench, call: str, *answers: Any, times: int = 1) -> None:
    bench.sim.faults.add(*(Fault("replace_result", call, times=times, result=answer) for answer in answers))


def emails(bench: Bench) -> list[str]:
    return [entry["email"] for entry in done(bench.info(resources=["mailboxes"]))["config"]["mailboxes"]]


# One mailbox.


@pytest.mark.parametrize(
    ("member", "told", "option", "value"),
    [
        ("additional_mail_quota", 5, "additional_mail_quota", "5G"),
        ("additional_mail_quota", "5", "additional_mail_quota", "5G"),
        ("additional_mail_quota", 5.0, "additional_mail_quota", "5G"),
        ("additional_mail_quota", "5.00", "additional_mail_quota", "5G"),
        ("additional_mail_quota", None, "additional_mail_quota", "0B"),
        ("additional_cloud_quota", "", "additional_cloud_quota", "0B"),
        ("additional_cloud_quota", "1024", "additional_cloud_quota", "1T"),
        ("plan", "PREMIUM", "plan", "premium"),
        ("plan", "Light", "plan", "light"),
        ("active", 0, "active", False),
        ("active", "0", "active", False),
        ("active", "1", "active", True),
        ("active", "false", "active", False),
        ("inboxsave", "TRUE", "inbox_save", True),
        ("require_reset_password", "1", "require_reset_password", True),
        ("aliases", "b@example.com, a@example.com", "aliases", ["a@example.com", "b@example.com"]),
        ("aliases", "A@example.com b@example.com", "aliases", ["a@example.com", "b@example.com"]),
        ("aliases", {"1": "a@example.com", "5": "b@example.com"}, "aliases", ["b@example.com", "a@example.com"]),
        ("aliases", {}, "aliases", []),
        ("aliases", None, "aliases", []),
        ("forwards", "", "forwards", []),
        ("allow_nets", "10.0.0.0/8;192.168.0.0/16", "allow_nets", "192.168.0.0/16,10.0.0.0/8"),
        ("allow_nets", ["192.168.0.0/16", "10.0.0.0/8", "10.0.0.0/8"], "allow_nets", "10.0.0.0/8 192.168.0.0/16"),
        ("allow_nets", None, "allow_nets", ""),
        ("birthday", "1980-12-31", "birthday", "31.12.1980"),
        ("birthday", "31.12.1980", "birthday", "1980-12-31"),
        ("birthday", "1980-12-31T00:00:00+01:00", "birthday", "1980-12-31"),
        ("birthday", "1980-12-31 23:59:59", "birthday", "1980-12-31"),
        ("birthday", 347065200, "birthday", "1980-12-31"),
        ("birthday", "347068800", "birthday", "1980-12-31"),
        ("birthday", -86400, "birthday", "1969-12-31"),
        ("birthday", None, "birthday", ""),
        ("memo", None, "memo", ""),
        ("postal_code", 1234, "postal_code", "1234"),
        ("uid_extern", 42, "external_id", "42"),
        ("alternate_mail", None, "alternate_mail", ""),
        ("deletion_date", None, "deletion_date", ""),
    ],
)
def test_every_form_of_a_value_is_the_same_value(
    mailboxorg: Bench, member: str, told: Any, option: str, value: Any
) -> None:
    tell(mailboxorg, "mail.get", {**WHOLE, member: told})
    assert done(mailboxorg.object("mailbox", **ALICE, **{option: value}))["changed"] is False
    assert mailboxorg.sim.faults.pending == []


@pytest.mark.parametrize(
    ("member", "told", "option", "value"),
    [
        ("additional_mail_quota", "lots", "additional_mail_quota", "5G"),
        ("active", "perhaps", "active", False),
        ("inboxsave", None, "inbox_save", True),
        ("plan", None, "plan", "light"),
    ],
)
def test_what_nobody_understands_is_not_told(
    mailboxorg: Bench, member: str, told: Any, option: str, value: Any
) -> None:
    """Nothing is known of it, so that it counts neither as equal nor as different."""
    tell(mailboxorg, "mail.get", {**WHOLE, member: told})
    result = done(mailboxorg.object("mailbox", **ALICE, **{option: value}))
    assert (result["changed"], result["unverified"]) == (False, [option])
    tell(mailboxorg, "mail.get", {**WHOLE, member: told})
    wish = {**ALICE, option: value, "update_unreadable": "always"}
    result = done(mailboxorg.object("mailbox", check_mode=True, **wish))
    assert (result["changed"], result["unverified"]) == (True, [option])


@pytest.mark.parametrize(
    "answer", [{}, [], None, True, "alice@example.com", {**WHOLE, "mail": "bob@example.com"}], ids=str
)
@pytest.mark.parametrize("check_mode", [True, False])
def test_a_reply_that_is_not_the_mailbox_asked_for_is_an_error(
    mailboxorg: Bench, answer: Any, check_mode: bool
) -> None:
    tell(mailboxorg, "mail.get", answer, times=9)
    refused(mailboxorg.object("mailbox", check_mode=check_mode, **ALICE, memo="new"))
    assert mailboxorg.sim.writes == []
    mailboxorg.sim.faults.clear()


def test_a_mailbox_that_is_found_by_its_alias_is_another_one(mailboxorg: Bench) -> None:
    """mail.get of an alias might answer with its mailbox; deleting the alias must never delete that."""
    tell(mailboxorg, "mail.get", WHOLE, times=3)
    wish = {"email": "info@example.com", "state": "absent", "allow_mail_loss": True}
    assert mailboxorg.predicted("mailbox", **wish)["changed"] is False
    assert "alice@example.com" in mailboxorg.store.mailboxes
    mailboxorg.sim.faults.clear()


def test_addresses_are_compared_in_one_spelling(mailboxorg: Bench) -> None:
    tell(mailboxorg, "mail.get", {**WHOLE, "mail": "Alice@Example.com", "aliases": ["INFO@example.com"]})
    wish: dict[str, Any] = {"email": "ALICE@EXAMPLE.com", "aliases": ["Info@Example.COM"]}
    assert done(mailboxorg.object("mailbox", **wish))["changed"] is False


def test_a_quota_is_sent_alone_where_no_plan_is_told(mailboxorg: Bench) -> None:
    """The server says what it wants then, instead of a plan being invented here."""
    tell(mailboxorg, "mail.get", {**WHOLE, "plan": None}, times=9)
    refused(mailboxorg.object("mailbox", **ALICE, additional_mail_quota="2G"), "needs plan", "mail.set")
    mailboxorg.sim.faults.clear()


# Lists of mailboxes.

ROWS = [{**WHOLE, "mail": f"{name}@example.com"} for name in ("a", "b", "c", "d", "e")]
ALL = [row["mail"] for row in ROWS]


@pytest.mark.parametrize(
    "answers",
    [
        [ROWS],
        [{"totalHits": 5, "totalPages": 1, "results": ROWS}],
        [{"totalHits": "5", "totalPages": "1", "results": ROWS}],
        [
            {"totalHits": 5, "totalPages": 3, "results": ROWS[:2]},
            {"totalHits": 5, "totalPages": 3, "results": ROWS[2:4]},
            {"totalHits": 5, "totalPages": 3, "results": ROWS[4:]},
        ],
        # Somebody made a mailbox between two pages, so that one is seen twice.
        [
            {"totalHits": 5, "totalPages": 2, "results": ROWS[:3]},
            {"totalHits": 5, "totalPages": 2, "results": ROWS[2:]},
        ],
        [{str(number): row for number, row in enumerate(ROWS)}],
        [{"totalHits": 5, "totalPages": 1, "results": {str(number): row for number, row in enumerate(ROWS)}}],
    ],
    ids=["list", "one page", "numbers as text", "pages", "pages that overlap", "gaps", "a page with gaps"],
)
def test_every_form_of_a_list_is_read_to_its_end(mailboxorg: Bench, answers: list[Any]) -> None:
    tell(mailboxorg, "mail.list", *answers)
    assert emails(mailboxorg) == ALL
    assert mailboxorg.sim.faults.pending == []


def test_pages_are_asked_for_one_after_another(mailboxorg: Bench) -> None:
    pages = [{"totalHits": 5, "totalPages": 3, "results": part} for part in (ROWS[:2], ROWS[2:4], ROWS[4:])]
    tell(mailboxorg, "mail.list", *pages)
    emails(mailboxorg)
    asked = [record.params for record in mailboxorg.sim.requests if record.call == "mail.list"]
    assert [(params.get("page_size"), params.get("page")) for params in asked] == [(None, None), (2, 2), (2, 3)]
    assert {params["domain"] for params in asked} == {"example.com"}


def test_an_empty_list_is_one(mailboxorg: Bench) -> None:
    answers: list[Any] = [
        [],
        {"totalHits": 0, "totalPages": 0, "results": []},
        {"totalHits": 0, "totalPages": 1, "results": []},
    ]
    for answer in answers:
        tell(mailboxorg, "mail.list", answer)
        assert emails(mailboxorg) == []


def test_a_list_of_names_is_filled_in(mailboxorg: Bench) -> None:
    tell(mailboxorg, "mail.list", ["alice@example.com", "bob@example.com"])
    config = done(mailboxorg.info(resources=["mailboxes"]))["config"]
    assert [entry["first_name"] for entry in config["mailboxes"]] == ["Alice", "Bob"]


def test_short_items_are_filled_in(mailboxorg: Bench) -> None:
    tell(
        mailboxorg, "mail.list", [{"mail": "alice@example.com", "plan": "standard"}, {**WHOLE, "mail": "x@example.com"}]
    )
    config = done(mailboxorg.info(resources=["mailboxes"]))["config"]
    assert [entry["memo"] for entry in config["mailboxes"]] == ["Front desk", "Front desk"]
    asked = [record.params for record in mailboxorg.sim.requests if record.call == "mail.get"]
    assert asked == [{"mail": "alice@example.com"}]


def test_what_is_of_another_domain_is_left_out(mailboxorg: Bench) -> None:
    """The filter of a server is not trusted: pruning a domain must not reach another one."""
    tell(mailboxorg, "mail.list", [WHOLE, {**WHOLE, "mail": "olga@example.org"}], times=2)
    assert emails(mailboxorg) == ["alice@example.com"]
    options: dict[str, Any] = {"prune": ["mailboxes"], "allow_mail_loss": True, "scope": {"domains": ["example.com"]}}
    assert done(mailboxorg.config({"mailboxes": [ALICE]}, **options))["changed"] is False


# Lists of domains and accounts.


@pytest.mark.parametrize(
    "answer",
    [
        ["example.com"],
        [{"domain": "example.com"}],
        [{"domain": "EXAMPLE.com", "count_mails": "2"}],
        {"totalHits": 1, "totalPages": 1, "results": [{"domain": "example.com"}]},
        {"3": {"domain": "example.com"}},
        {"0": "example.com"},
    ],
    ids=str,
)
def test_every_form_of_a_list_of_domains(mailboxorg: Bench, answer: Any) -> None:
    tell(mailboxorg, "domain.list", answer)
    (entry,) = done(mailboxorg.info(resources=["domains"]))["config"]["domains"]
    assert (entry["name"], entry["account"], entry["memo"]) == ("example.com", "example", "Head office")


@pytest.mark.parametrize(
    "answer",
    [
        ["example", "other"],
        [{"account": "example"}, {"account": "other"}],
        {"example": {"plan": "profi"}, "other": {"plan": "basic"}},
        {"example": "Example Ltd", "other": "Other Ltd"},
        {"0": "example", "7": "other"},
        {"0": {"account": "example"}, "7": {"account": "other"}},
        {"totalHits": 2, "totalPages": 1, "results": ["example", "other"]},
    ],
    ids=str,
)
def test_every_form_of_a_list_of_accounts(mailboxorg: Bench, answer: Any) -> None:
    log_in_as(mailboxorg, "reseller")
    tell(mailboxorg, "account.list", answer)
    config = done(mailboxorg.info(resources=["accounts"]))["config"]
    assert [entry["name"] for entry in config["accounts"]] == ["example", "other"]


@pytest.mark.parametrize("call", ["domain.list", "account.list"])
@pytest.mark.parametrize(
    "answer", [None, True, "none", 3, [None], [3], [{}], {"results": [1]}, {"results": None}], ids=str
)
def test_what_is_no_list_is_an_error(mailboxorg: Bench, call: str, answer: Any) -> None:
    log_in_as(mailboxorg, "reseller")
    tell(mailboxorg, call, answer, times=30)
    assert call in refused(mailboxorg.info())
    mailboxorg.sim.faults.clear()


# Information and back.


@every_habit
@pytest.mark.parametrize("level", ["admin", "reseller", "account", "domain", "mail"])
def test_information_fed_back_changes_nothing(mailboxorg: Bench, habit: str, level: str) -> None:
    take_up(mailboxorg, habit)
    wire = {"inbox_save": "inboxsave", "external_id": "uid_extern"}
    stored = {wire.get(name, name): value for name, value in EVERYTHING.items()}
    held(mailboxorg, "alice@example.com").update(
        stored, allow_nets="10.0.0.0/8,192.168.0.0/16", additional_mail_quota=5, additional_cloud_quota=2
    )
    mailboxorg.store.mailbox("alice@example.com").capabilities.update(MAIL_BLACKLIST="on")
    held(mailboxorg, "bob@example.com")["plan"] = "OfficeXL"
    log_in_as(mailboxorg, level)
    info = done(mailboxorg.info())
    assert info["config"]["mailboxes"]
    assert info["config"]["mailboxes"][0].keys() >= EVERYTHING.keys() | {"capabilities"}
    result = mailboxorg.predicted_config(info["config"])
    assert result["changed"] is False
    assert result["summary"]["unchanged"] == sum(len(entries) for entries in info["config"].values())
    assert mailboxorg.sim.writes == []


def test_what_no_option_takes_is_left_out_with_a_warning(mailboxorg: Bench) -> None:
    held(mailboxorg, "bob@example.com")["plan"] = "OfficeXL"
    info = done(mailboxorg.info())
    assert "plan" not in info["config"]["mailboxes"][1]
    assert any("bob@example.com" in warning and "plan" in warning for warning in info["warnings"])


def test_information_holds_no_secret(mailboxorg: Bench) -> None:
    row = {**WHOLE, "password": "l3aked-secret", "password_hash": "{SSHA}leaked"}
    tell(mailboxorg, "mail.list", [row])
    tell(mailboxorg, "account.get", {"account": "example", "plan": "profi", "password": "l3aked-secret"})
    assert "eaked" not in str(done(mailboxorg.info()))


def test_information_about_some_domains(mailboxorg: Bench) -> None:
    log_in_as(mailboxorg, "reseller")
    info = done(mailboxorg.info(domains=["Example.ORG"]))
    assert [entry["email"] for entry in info["config"]["mailboxes"]] == ["olga@example.org"]
    assert [entry["name"] for entry in info["config"]["domains"]] == ["example.org"]
    refused(mailboxorg.info(domains=["exampel.org"]), "exampel.org")
