# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Accounts of mailbox.org: one's own, those of a reseller, nested reading and flat writing (mailboxorg.md 2.2, 3.1)."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tests.simulators import Fault
from tests.unit.systems.bench import Bench, done, refused
from tests.unit.systems.mailboxorg import log_in_as, sent

OWN: dict[str, Any] = {"name": "example"}
NEW: dict[str, Any] = {"name": "third", "password": "Th1rd-secret!", "plan": "basic"}
# Every option that can be read, with the parameter of account.set that carries it.
TEXTS = {
    "plan": ("plan", "profixl"),
    "memo": ("memo", "new"),
    "company": ("company", "Third Ltd"),
    "vat_id": ("ustid", "DE123"),
    "language": ("language", "en_US"),
    "salutation": ("salutation", "frau"),
    "payment_type": ("payment_type", "debit"),
    "max_mailinglist": ("max_mailinglist", 7),
}
MAIN = ("first_name", "last_name", "street", "zipcode", "town", "country")
MEMBERS = {
    **{("address_main", name): (f"address_main_{name}", f"main {name}") for name in MAIN},
    **{("address_payment", name): (f"address_payment_{name}", f"pay {name}") for name in (*MAIN, "company")},
    ("address_payment", "same_as_main"): ("address_payment_same_as_main", False),
    **{
        ("contact", name): (f"contact_{name}", f"contact {name}")
        for name in ("mail", "mail_payment", "phone", "fax", "mobile")
    },
    **{("bank", name): (f"bank_{name}", f"bank {name}") for name in ("iban", "bic", "account_owner")},
}
EVERYTHING: dict[str, Any] = {name: value for name, (_parameter, value) in TEXTS.items()}
for (outer, inner), (_parameter, member_value) in MEMBERS.items():
    EVERYTHING.setdefault(outer, {})[inner] = member_value
EVERYTHING["tariff_limits"] = {"basic": 3, "reseller": 1}


def fields(bench: Bench, name: str = "example") -> dict[str, Any]:
    found: dict[str, Any] = bench.store.account(name).fields
    return found


@pytest.fixture
def reseller(mailboxorg: Bench) -> Bench:
    log_in_as(mailboxorg, "reseller")
    return mailboxorg


# One's own account.


@pytest.mark.parametrize("name", list(TEXTS))
def test_an_account_changes_itself(mailboxorg: Bench, name: str) -> None:
    parameter, value = TEXTS[name]
    result = mailboxorg.predicted("account", **OWN, **{name: value})
    assert (result["changes"], result["account"][name]) == ([name], value)
    assert sent(mailboxorg) == [("account.set", {"account": "example", parameter: value})]
    assert fields(mailboxorg)[parameter] == value
    assert mailboxorg.predicted("account", **OWN, **{name: value})["changed"] is False


@pytest.mark.parametrize(("outer", "inner"), list(MEMBERS))
def test_members_are_nested_when_read_and_flat_when_written(mailboxorg: Bench, outer: str, inner: str) -> None:
    parameter, value = MEMBERS[outer, inner]
    before = copy.deepcopy(fields(mailboxorg))
    result = mailboxorg.predicted("account", **OWN, **{outer: {inner: value}})
    assert (result["changes"], result["account"][outer][inner]) == ([outer], value)
    assert sent(mailboxorg) == [("account.set", {"account": "example", parameter: value})]
    after = fields(mailboxorg)
    assert {name for name in after if after[name] != before[name]} == {parameter}
    assert mailboxorg.predicted("account", **OWN, **{outer: {inner: value}})["changed"] is False


@pytest.mark.parametrize("habit", [{}, {"empty_maps": "object"}, {"booleans": "int"}, {"booleans": "text"}])
def test_everything_at_once_there_and_back(mailboxorg: Bench, habit: dict[str, Any]) -> None:
    for name, value in habit.items():
        setattr(mailboxorg.sim.settings, name, value)
    mailboxorg.sim.settings.account_memo_clears = True
    mailboxorg.predicted("account", **OWN, **EVERYTHING)
    assert len(mailboxorg.sim.writes) == 1
    (entry,) = done(mailboxorg.info(resources=["accounts"]))["config"]["accounts"]
    for name, value in EVERYTHING.items():
        shown = entry[name]
        assert (shown if not isinstance(value, dict) else {key: shown[key] for key in value}) == value
    assert mailboxorg.predicted_config({"accounts": [entry]})["changed"] is False
    cleared = {"memo": "", "company": "", "address_main": {"street": ""}, "bank": {"iban": ""}}
    mailboxorg.predicted("account", **OWN, **cleared)
    assert (fields(mailboxorg)["memo"], fields(mailboxorg)["bank_iban"]) == ("", "")
    assert fields(mailboxorg)["bank_bic"] == "bank bic"
    assert mailboxorg.predicted("account", **OWN, **cleared)["changed"] is False


@pytest.mark.parametrize(("member", "empty"), [("bank", []), ("contact", []), ("address_payment", {}), ("bank", None)])
def test_an_empty_map_holds_nothing(mailboxorg: Bench, member: str, empty: Any) -> None:
    row = {"account": "example", "plan": "profi", "memo": "", member: empty}
    mailboxorg.sim.faults.add(Fault("replace_result", "account.get", times=9, result=row))
    inner = {"bank": "iban", "contact": "mail", "address_payment": "street"}[member]
    result = mailboxorg.object("account", check_mode=True, **OWN, **{member: {inner: "x"}})
    assert done(result)["changes"] == [member]
    mailboxorg.sim.faults.clear()


def test_the_old_name_of_the_vat_id(mailboxorg: Bench) -> None:
    assert mailboxorg.predicted("account", **OWN, ustid="DE9")["account"]["vat_id"] == "DE9"


@pytest.mark.parametrize("run", [1, 2])
def test_a_memo_that_the_server_confirms_and_keeps_is_a_clear_failure(mailboxorg: Bench, run: int) -> None:
    for _before in range(run):
        result = mailboxorg.object("account", **OWN, memo="", company="Example Ltd")
        assert (result["failed"], result["changed"]) == (True, True)
        assert "memo" in result["msg"]
        assert "company" not in result["msg"]
    assert fields(mailboxorg)["memo"] == "first customer"


def test_what_no_call_returns_is_sent_along_or_on_request(mailboxorg: Bench) -> None:
    wish = {
        "mail_forwarding": "on",
        "av_contract_accept_name": "A. Person",
        "av_contract_professional_secrecy": True,
    }
    assert mailboxorg.predicted("account", **OWN, **wish)["changed"] is False
    result = mailboxorg.predicted("account", **OWN, **wish, company="New Ltd")
    assert set(result["unverified"]) == wish.keys()
    assert {name: fields(mailboxorg)[name] for name in wish} == wish
    assert mailboxorg.predicted("account", **OWN, **wish, update_unreadable="always")["changed"] is True


def test_passwords_are_sent_on_request(mailboxorg: Bench) -> None:
    log_in_as(mailboxorg, "reseller")
    wish = {"name": "other", "password": "N3xt-secret!", "telephone_password": "Ph0ne-secret"}
    assert mailboxorg.predicted("account", **wish)["changed"] is False
    result = mailboxorg.predicted("account", **wish, update_password="always")
    assert set(result["changes"]) == {"password", "telephone_password"}
    assert mailboxorg.store.account("other").password == "N3xt-secret!"
    assert fields(mailboxorg, "other")["telephone_password"] == "Ph0ne-secret"
    assert "secret" not in str(result)


# Limits by plan.


@pytest.mark.parametrize("empty_maps", ["list", "object"])
def test_limits_by_plan(mailboxorg: Bench, empty_maps: str) -> None:
    mailboxorg.sim.settings.empty_maps = empty_maps
    unlimited = dict.fromkeys(("basic", "profi", "profixl", "reseller"), "unlimited")
    assert mailboxorg.predicted("account", **OWN, tariff_limits=unlimited)["changed"] is False
    result = mailboxorg.predicted("account", **OWN, tariff_limits={"basic": 5, "profi": 0})
    assert result["account"]["tariff_limits"] == {**unlimited, "basic": 5, "profi": 0}
    assert fields(mailboxorg)["tarifflimits"] == {"basic": 5, "profi": 0}
    mailboxorg.predicted("account", **OWN, tarifflimits={"profi": 2})
    assert fields(mailboxorg)["tarifflimits"] == {"basic": 5, "profi": 2}
    mailboxorg.predicted("account", **OWN, tariff_limits=unlimited)
    assert fields(mailboxorg)["tarifflimits"] == {}
    assert mailboxorg.predicted("account", **OWN, tariff_limits=unlimited)["changed"] is False


# A reseller.


def test_a_reseller_makes_an_account_in_one_call(reseller: Bench) -> None:
    result = reseller.predicted(
        "account", **NEW, company="Third Ltd", address_main={"street": "S 1"}, salutation="herr"
    )
    assert result["changed"] is True
    ((method, params),) = sent(reseller)
    assert method == "account.add"
    assert params["address_main_street"] == "S 1"
    made = reseller.store.account("third")
    assert (made.owner, made.password, made.fields["plan"]) == ("reseller", NEW["password"], "basic")
    assert (made.fields["company"], made.fields["salutation"]) == ("Third Ltd", "herr")
    assert NEW["password"] not in str(result)
    assert reseller.predicted("account", **NEW)["changed"] is False


def test_what_only_account_set_takes_goes_in_one_more_call(reseller: Bench) -> None:
    reseller.predicted("account", **NEW, **{name: value for name, value in EVERYTHING.items() if name != "plan"})
    (first, added), (second, changed) = sent(reseller)
    assert (first, second) == ("account.add", "account.set")
    assert changed.keys() - {"account"} == {
        "payment_type",
        "address_payment_same_as_main",
        "address_payment_company",
        "contact_mail_payment",
        "bank_iban",
        "bank_bic",
        "bank_account_owner",
    }
    assert not added.keys() & (changed.keys() - {"account"})
    for parameter, value in [*MEMBERS.values(), *TEXTS.values()]:
        assert fields(reseller, "third")[parameter] == (value if parameter != "plan" else "basic"), parameter


def test_an_account_that_was_made_and_not_finished(reseller: Bench) -> None:
    reseller.sim.faults.add(Fault("rpc_error", "account.set", times=2, code=90013, message="not now"))
    wish = {**NEW, "bank": {"iban": "DE1"}}
    result = reseller.object("account", **wish)
    assert (result["failed"], result["changed"]) == (True, True)
    assert result["failure"]["method"] == "account.set"
    reseller.sim.faults.clear()
    assert reseller.predicted("account", **wish)["changes"] == ["bank"]
    assert fields(reseller, "third")["bank_iban"] == "DE1"


@pytest.mark.parametrize("missing", ["password", "plan"])
@pytest.mark.parametrize("check_mode", [True, False])
def test_what_a_new_account_needs(reseller: Bench, missing: str, check_mode: bool) -> None:
    wish = {name: value for name, value in NEW.items() if name != missing}
    refused(reseller.object("account", check_mode=check_mode, **wish), missing)
    assert reseller.sim.writes == []


@pytest.mark.parametrize("form", ["names", "objects"])
def test_a_reseller_sees_itself_and_its_customers(reseller: Bench, form: str) -> None:
    reseller.sim.settings.account_list = form
    reseller.store.add_account("stranger", password="x")
    info = done(reseller.info())
    assert [entry["name"] for entry in info["config"]["accounts"]] == ["example", "other", "reseller"]
    assert [entry["name"] for entry in info["config"]["domains"]] == ["example.com", "example.org"]
    assert {entry["account"] for entry in info["config"]["domains"]} == {"example", "other"}
    assert reseller.predicted("account", name="EXAMPLE", company="Example Ltd")["changed"] is False


@pytest.mark.parametrize("check_mode", [True, False])
def test_an_account_does_not_go_with_its_mail_unless_that_is_meant(reseller: Bench, check_mode: bool) -> None:
    refused(reseller.object("account", check_mode=check_mode, name="other", state="absent"), "allow_mail_loss")
    assert reseller.sim.writes == []


def test_an_account_is_deleted_with_all_that_it_has(reseller: Bench) -> None:
    assert reseller.predicted("account", name="other", state="absent", allow_mail_loss=True)["changed"] is True
    assert "other" not in reseller.store.accounts
    assert "olga@example.org" not in reseller.store.mailboxes
    assert reseller.predicted("account", name="other", state="absent")["changed"] is False


# The account in use.


@pytest.mark.parametrize("name", ["reseller", "RESELLER"])
@pytest.mark.parametrize("harm", [{"state": "absent", "allow_mail_loss": True}, {"plan": "profi"}])
@pytest.mark.parametrize("check_mode", [True, False])
def test_the_account_in_use_is_not_harmed(reseller: Bench, harm: dict[str, Any], check_mode: bool, name: str) -> None:
    refused(reseller.object("account", check_mode=check_mode, name=name, **harm), "force", "logged in")
    wish = {key: value for key, value in harm.items() if key != "allow_mail_loss"}
    options = {key: value for key, value in harm.items() if key == "allow_mail_loss"}
    refused(reseller.config({"accounts": [{"name": name, **wish}]}, check_mode=check_mode, **options), "force")
    assert reseller.sim.writes == []


def test_the_account_in_use_is_harmed_by_force_and_last(reseller: Bench) -> None:
    document = {"accounts": [{"name": "reseller", "plan": "profi"}, {"name": "other", "memo": "x"}]}
    result = done(reseller.config(document, force=True))
    assert [line["object"] for line in result["results"]][-1] == "account reseller"
    assert (fields(reseller, "reseller")["plan"], fields(reseller, "other")["memo"]) == ("profi", "x")
    reseller.sim.forget_sessions()


def test_what_harms_nobody_may_be_changed_of_the_account_in_use(reseller: Bench) -> None:
    assert reseller.predicted("account", name="reseller", plan="reseller", company="R")["changed"] is True


def test_pruning_does_not_take_the_account_in_use(reseller: Bench) -> None:
    document = {"accounts": [{"name": "example"}]}
    refused(reseller.config(document, prune=["accounts"], allow_mail_loss=True), "reseller", "logged in")
    assert reseller.sim.writes == []


# Bad input.


@pytest.mark.parametrize(
    "bad",
    [
        {"name": ""},
        {"plan": "gold"},
        {"plan": "premium"},
        {"max_mailinglist": "many"},
        {"tariff_limits": {"basic": "some"}},
        {"tariff_limits": {"gold": 3}},
        {"address_main": {"planet": "Mars"}},
        {"address_payment": {"same_as_main": "perhaps"}},
        {"av_contract_professional_secrecy": "perhaps"},
    ],
    ids=str,
)
@pytest.mark.parametrize("check_mode", [True, False])
def test_bad_input_is_refused_before_the_first_call(mailboxorg: Bench, bad: dict[str, Any], check_mode: bool) -> None:
    refused(mailboxorg.object("account", check_mode=check_mode, **{**NEW, **bad}), *bad)
    refused(mailboxorg.config({"accounts": [{**NEW, **bad}]}, check_mode=check_mode), *bad)
    assert mailboxorg.sim.requests == []
