# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whose domains of mailbox.org a login sees, and what its level lets it do (mailboxorg.md 7)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulators import Fault
from tests.unit.systems.bench import Bench, done, refused
from tests.unit.systems.mailboxorg import CAROL, DOMAIN_PASSWORD, HEAD_OFFICE, NEW_DOMAIN, log_in_as

# Domains and accounts of others.


@pytest.mark.parametrize("code", [2, 90010])
def test_a_domain_of_somebody_else_is_neither_read_nor_taken(mailboxorg: Bench, code: int) -> None:
    mailboxorg.sim.settings.foreign_code = code
    result = mailboxorg.object("domain", **{**NEW_DOMAIN, "name": "example.org"})
    refused(result, "example.org")
    assert mailboxorg.store.domain("example.org").account == "other"
    result = mailboxorg.object("domain", name="example.org", account="example", state="absent")
    assert done(result)["changed"] is False
    assert done(mailboxorg.info())["config"]["domains"][0]["name"] == "example.com"
    assert len(done(mailboxorg.info())["config"]["domains"]) == 1


@pytest.mark.parametrize("check_mode", [True, False])
def test_a_reseller_is_told_which_account_has_the_domain(mailboxorg: Bench, check_mode: bool) -> None:
    log_in_as(mailboxorg, "reseller")
    result = mailboxorg.object("domain", check_mode=check_mode, **{**NEW_DOMAIN, "name": "example.org"})
    refused(result, "example.org", "account other")
    assert mailboxorg.sim.writes == []


def test_a_reseller_manages_the_domains_of_its_accounts(mailboxorg: Bench) -> None:
    log_in_as(mailboxorg, "reseller")
    mailboxorg.store.publish_ownership("other", "new.example")
    assert mailboxorg.predicted("domain", **{**NEW_DOMAIN, "account": "other"})["changed"] is True
    assert mailboxorg.store.domain("new.example").account == "other"
    assert mailboxorg.predicted("domain", name="example.org", account="other", memo="x")["changed"] is True
    config = done(mailboxorg.info(resources=["domains"]))["config"]
    assert {(entry["name"], entry["account"]) for entry in config["domains"]} == {
        ("example.com", "example"),
        ("example.org", "other"),
        ("new.example", "other"),
    }
    assert mailboxorg.predicted_config(config)["changed"] is False


def test_a_domain_moves_to_another_account_in_two_entries(mailboxorg: Bench) -> None:
    log_in_as(mailboxorg, "reseller")
    mailboxorg.store.add_domain("old.example", "example")
    mailboxorg.store.publish_ownership("other", "old.example")
    document = {
        "domains": [
            {"name": "old.example", "account": "example", "state": "absent"},
            {"name": "old.example", "account": "other", "password": DOMAIN_PASSWORD},
        ]
    }
    result = mailboxorg.predicted_config(document)
    assert result["summary"] == {"created": 1, "updated": 0, "deleted": 1, "unchanged": 0, "failed": 0}
    assert mailboxorg.store.domain("old.example").account == "other"
    assert mailboxorg.predicted_config(document)["changed"] is False


@pytest.mark.parametrize("level", ["account", "reseller"])
def test_a_missing_account_is_named_in_a_run_and_assumed_in_check_mode(mailboxorg: Bench, level: str) -> None:
    log_in_as(mailboxorg, level)
    wish = {**NEW_DOMAIN, "account": "nobody"}
    refused(mailboxorg.object("domain", **wish), "account 'nobody'", "does not exist")
    prediction = done(mailboxorg.object("domain", check_mode=True, **wish))
    assert prediction["assumed"] == ["account nobody"]
    assert mailboxorg.sim.writes == []


def test_a_domain_of_a_missing_account_is_absent_already(mailboxorg: Bench) -> None:
    for account in ("nobody", "other"):
        assert mailboxorg.predicted("domain", name="x.example", account=account, state="absent")["changed"] is False
    assert mailboxorg.sim.writes == []


# Levels.

LEVEL_WISHES: dict[str, dict[str, Any]] = {
    "domain.add": NEW_DOMAIN,
    "domain.del": {**HEAD_OFFICE, "state": "absent"},
    "context_id": {**HEAD_OFFICE, "context_id": "99", "allow_groupware_loss": True},
}


@pytest.mark.parametrize("what", sorted(LEVEL_WISHES))
@pytest.mark.parametrize("level", ["domain", "mail"])
@pytest.mark.parametrize("check_mode", [True, False])
def test_a_level_that_is_too_low_is_told_before_the_first_write(
    mailboxorg: Bench, what: str, level: str, check_mode: bool
) -> None:
    log_in_as(mailboxorg, level)
    result = mailboxorg.object("domain", check_mode=check_mode, **LEVEL_WISHES[what])
    user, _password = mailboxorg.sim.credentials(level)  # type: ignore[attr-defined]
    refused(result, "needs a login of level", f"{user!r} has level {level}")
    if level == "domain":
        assert "level account or above" in result["msg"]
    assert mailboxorg.sim.writes == []
    assert mailboxorg.store.domain("example.com")


@pytest.mark.parametrize("told", ["text", "absent"])
@pytest.mark.parametrize("level", ["admin", "reseller", "account", "domain"])
def test_every_level_down_to_the_domain_changes_its_memo(mailboxorg: Bench, level: str, told: Any) -> None:
    mailboxorg.sim.settings.domain_context_id = told
    log_in_as(mailboxorg, level)
    assert mailboxorg.predicted("domain", **HEAD_OFFICE, memo="Main")["changed"] is True
    assert mailboxorg.store.domain("example.com").memo == "Main"
    assert mailboxorg.predicted("domain", **HEAD_OFFICE, memo="Main")["changed"] is False


def test_a_login_of_a_domain_sees_that_domain_only(mailboxorg: Bench) -> None:
    log_in_as(mailboxorg, "domain")
    config = done(mailboxorg.info(resources=["domains"]))["config"]
    assert [entry["name"] for entry in config["domains"]] == ["example.com"]
    assert mailboxorg.predicted_config(config)["changed"] is False
    result = mailboxorg.object("domain", name="example.org", account="other", memo="x", password=DOMAIN_PASSWORD)
    refused(result, "level")
    assert mailboxorg.store.domain("example.org").memo == ""


def test_what_a_lenient_service_allows_is_still_ours_to_refuse_below_the_documented_level(mailboxorg: Bench) -> None:
    """The refusal is ours, so that check mode and a run agree whatever the service thinks."""
    mailboxorg.sim.settings.enforce_levels = False
    log_in_as(mailboxorg, "domain")
    for check_mode in (True, False):
        refused(mailboxorg.object("domain", check_mode=check_mode, **NEW_DOMAIN), "level account")
    assert mailboxorg.sim.writes == []


def test_a_level_that_is_high_enough_is_no_explanation_of_a_refusal(mailboxorg: Bench) -> None:
    for code in (2, 90013):
        mailboxorg.sim.faults.add(Fault("rpc_error", "domain.set", times=2, code=code, message="No."))
        message = refused(mailboxorg.object("domain", **HEAD_OFFICE, memo="Main"), "No.", f"code {code}")
        assert "documentation" not in message
        assert ("somebody else" in message) is (code == 2)
        mailboxorg.sim.faults.clear()


def test_a_level_that_is_not_named_for_a_method_explains_its_refusal(mailboxorg: Bench) -> None:
    """A reseller is above those who may add mailboxes, and not among them (mailboxorg.md 7)."""
    log_in_as(mailboxorg, "reseller")
    mailboxorg.sim.settings.wrong_level_code = 90010
    mailboxorg.sim.faults.add(Fault("rpc_error", "mail.add", times=9, code=90010, message="No."))
    result = mailboxorg.object("mailbox", **{**CAROL, "email": "carol@example.com"})
    refused(result, "No.", "admin or account or domain", "'reseller' has level reseller")


@pytest.mark.parametrize("check_mode", [True, False])
def test_a_mailbox_needs_its_domain(mailboxorg: Bench, check_mode: bool) -> None:
    for level in ("account", "domain"):
        log_in_as(mailboxorg, level)
        result = mailboxorg.object("mailbox", check_mode=check_mode, **{**CAROL, "email": "carol@new.example"})
        if check_mode:
            assert done(result)["assumed"] == ["domain new.example"]
        else:
            refused(result, "domain 'new.example'", "does not exist")
        result = mailboxorg.object("mailbox", check_mode=True, **{**CAROL, "email": "carol@example.com"})
        assert "assumed" not in done(result)
    assert mailboxorg.sim.writes == []
