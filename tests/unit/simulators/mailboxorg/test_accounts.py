# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Accounts: flat when written, nested when read; their invoices, mailing lists and groups."""

from __future__ import annotations

import base64
import zlib
from typing import Any

import pytest

from tests.unit.simulators.mailboxorg.client import Client, refused

NEW: dict[str, Any] = {"account": "kunde42", "password": "a-New-Secret-1", "plan": "basic"}


def test_flat_parameters_are_read_nested(account: Client) -> None:
    answer = account.call(
        "account.set",
        account="example",
        salutation="frau",
        address_main_street="Side Street 2",
        address_payment_same_as_main=False,
        address_payment_company="Payer Ltd",
        contact_mail_payment="pay@example.com",
        bank_iban="DE00",
        tarifflimits={"profi": 5},
        max_mailinglist=7,
        language="en_US",
    )
    assert answer["address_main"]["salutation"] == "frau"
    assert answer["address_main"]["street"] == "Side Street 2"
    assert answer["address_main"]["town"] == "Berlin"
    assert (answer["address_payment"]["same_as_main"], answer["address_payment"]["company"]) == (False, "Payer Ltd")
    assert answer["contact"]["mail_payment"] == "pay@example.com"
    assert answer["bank"]["iban"] == "DE00"
    assert (answer["tarifflimits"], answer["max_mailinglist"], answer["language"]) == ({"profi": 5}, 7, "en_US")
    assert (answer["type"], answer["status"], answer["plan"]) == ("BMBO", "aktiv", "profi")
    assert not [name for name in answer if "_street" in name or "password" in name]
    assert account.call("account.get", account="example") == answer


def test_secrets_are_kept_and_never_shown(account: Client) -> None:
    answer = account.call("account.set", account="example", password="secret-1", telephone_password="secret-2")
    assert "secret" not in str(answer)
    stored = account.server.store.account("example")
    assert (stored.password, stored.fields["telephone_password"]) == ("secret-1", "secret-2")


def test_empty_memo_keeps_the_old_one_as_seen_at_the_real_service(account: Client) -> None:
    assert account.call("account.set", account="example", memo="", company="C")["memo"] == "first customer"
    assert account.call("account.set", account="example", memo="new")["memo"] == "new"
    account.server.settings.account_memo_clears = True
    assert account.call("account.set", account="example", memo="")["memo"] == ""


def test_empty_maps_look_like_lists(account: Client) -> None:
    assert account.call("account.get", account="example")["tarifflimits"] == []
    assert account.call("account.set", account="example", tarifflimits=[])["tarifflimits"] == []
    account.server.settings.empty_maps = "object"
    assert account.call("account.get", account="example")["tarifflimits"] == {}


@pytest.mark.parametrize(
    "params",
    [
        {"plan": "free"},
        {"plan": "Profi"},
        {"tarifflimits": {"light": 1}},
        {"tarifflimits": {"profi": "1"}},
        {"max_mailinglist": "7"},
        {"status": "disabled"},
        {"address_main": {"street": "x"}},
        {"address_main_salutation": "herr"},
        {"account": "nobody"},
    ],
)
def test_bad_parameters_of_an_account_change_nothing(account: Client, params: dict[str, Any]) -> None:
    before = repr(account.server.store)
    with refused():
        account.call("account.set", **{"account": "example", "company": "New", **params})
    assert repr(account.server.store) == before


def test_unknown_and_loosely_typed_parameters_by_switch(account: Client) -> None:
    account.server.settings.unknown_parameters = "ignore"
    account.server.settings.check_types = False
    answer = account.call("account.set", account="example", max_mailinglist="7", status="x", company=5)
    assert (answer["max_mailinglist"], answer["status"], answer["company"]) == (7, "aktiv", "5")


def test_account_of_a_new_customer(reseller: Client) -> None:
    answer = reseller.call("account.add", **NEW, address_main_salutation="herr", memo="m", max_mailinglist=1)
    assert (answer["account"], answer["plan"], answer["memo"]) == ("kunde42", "basic", "m")
    assert answer["address_main"]["salutation"] == "herr"
    assert answer["max_mailinglist"] == 1
    assert answer["payment_type"] == "invoice"
    assert reseller.server.store.account("kunde42").owner == "reseller"
    with refused():
        reseller.call("account.add", **NEW)
    customer = Client(reseller.server).login_as("kunde42", "a-New-Secret-1")
    assert customer.call("domain.list", account="kunde42") == []
    assert customer.call("context.list", account="kunde42") == []
    customer.http.close()


def test_what_a_new_account_takes(reseller: Client) -> None:
    """The table of the fact sheet (mailboxorg.md 2.2): less than account.set takes."""
    address = ("first_name", "last_name", "street", "zipcode", "town", "country")
    texts = ["company", "ustid", "memo", "language", "address_main_salutation"]
    texts += [f"contact_{name}" for name in ("mail", "phone", "fax", "mobile")]
    texts += [f"address_{kind}_{name}" for kind in ("main", "payment") for name in address]
    answer = reseller.call("account.add", **NEW, **{name: f"x {name}" for name in texts}, tarifflimits={"basic": 1})
    assert {text for text in texts if f"'x {text}'" not in str(answer)} == set()
    assert answer["max_mailinglist"] == 0
    for name in ("address_payment_company", "salutation", "payment_type", "contact_mail_payment"):
        with refused():
            reseller.call("account.add", **{**NEW, "account": "second", name: "x"})
    assert "second" not in reseller.server.store.accounts


@pytest.mark.parametrize("name", ["account", "password", "plan"])
def test_new_account_needs(reseller: Client, name: str) -> None:
    with refused():
        reseller.call("account.add", **{key: value for key, value in NEW.items() if key != name})
    with refused():
        reseller.call("account.add", **{**NEW, "bank_iban": "only in account.set"})
    assert "kunde42" not in reseller.server.store.accounts


def test_account_takes_everything_with_it(reseller: Client) -> None:
    customer = Client(reseller.server).login()
    assert reseller.call("account.del", account="example") is True
    store = reseller.server.store
    assert sorted(store.accounts) == ["other", "reseller"]
    assert list(store.domains) == ["example.org"]
    assert list(store.mailboxes) == ["olga@example.org"]
    assert set(store.contexts.values()) == {"other"}
    with refused(253):
        customer.call("hello.innerworld")
    customer.http.close()


def test_list_of_accounts_in_both_forms(reseller: Client) -> None:
    assert reseller.call("account.list", query="EXAM") == ["example"]
    assert reseller.call("account.list", query="exam", extended_results=True)[0]["company"] == "Example Ltd"
    reseller.server.settings.account_list = "objects"
    assert [row["account"] for row in reseller.call("account.list")] == ["reseller", "example", "other"]


def test_invoices(account: Client) -> None:
    invoice = account.call("account.invoice.list", account="example")[0]
    answer = account.call("account.invoice.get", account="example", token=invoice["token"], type="csv")
    assert invoice["invoiceNumber"].encode() in zlib.decompress(base64.b64decode(answer["bin"]))
    with refused():
        account.call("account.invoice.get", account="example", token="none", type="csv")
    with refused():
        account.call("account.invoice.get", account="example", token=invoice["token"], type="doc")


def test_mailing_lists(account: Client) -> None:
    key = {"mailinglist": "staff@example.com", "account": "example"}
    assert account.call("mailinglist.add", **key, password="p", adminmail="alice@example.com") is True
    with refused():
        account.call("mailinglist.add", **key, password="p")
    assert account.call("mailinglist.set", **key, password="q") is True
    assert account.server.store.account("example").mailinglists["staff@example.com"]["password"] == "q"
    assert account.call("mailinglist.get", **key)["adminmail"] == "alice@example.com"
    account.call("mailinglist.add", mailinglist="more@example.com", account="example", password="p")
    with refused():
        account.call("mailinglist.add", mailinglist="third@example.com", account="example", password="p")
    assert len(account.call("mailinglist.list", account="example")) == 2
    assert account.call("mailinglist.del", **key) is True
    account.server.settings.mailinglist_list = "names"
    assert account.call("mailinglist.list", account="example") == ["more@example.com"]
    for method in ("mailinglist.get", "mailinglist.set", "mailinglist.del"):
        with refused():
            account.call(method, **key)
    with refused():
        account.call("mailinglist.add", mailinglist="bob@example.com", account="example", password="p")


def test_groups(account: Client, reseller: Client) -> None:
    members = ["alice@example.com", "alice@example.com"]
    assert account.call("group.add", name="staff", display_name="Staff", mail_addresses_to_add=members) is True
    with refused():
        account.call("group.add", name="staff", display_name="Again", mail_addresses_to_add=[])
    account.call("group.add", name="empty", display_name="Empty", mail_addresses_to_add=[])
    group, empty = account.call("group.list")
    assert empty["mail_addresses"] == []
    account.call("group.del", group_id=empty["group_id"])
    assert (group["name"], group["mail_addresses"]) == ("staff", ["alice@example.com"])
    key = {"group_id": group["group_id"], "display_name": "All"}
    with refused():
        account.call("group.set", **key)
    with refused():
        account.call("group.set", **key, mail_addresses_to_add=["nobody@example.com"])
    with refused():
        reseller.call("group.set", account="example", **key, mail_addresses_to_add=["olga@example.org"])
    account.call("group.set", **key, mail_addresses_to_add=["bob@example.com"])
    account.call("group.set", **key, mail_addresses_to_remove=["bob@example.com"])
    assert account.call("group.list")[0]["mail_addresses"] == ["alice@example.com"]
    change = {"mail_addresses_to_add": ["bob@example.com"], "mail_addresses_to_remove": ["alice@example.com"]}
    assert reseller.call("group.set", account="example", **key, **change) is True
    assert account.call("group.get", group_id=group["group_id"]) == {
        "group_id": group["group_id"],
        "name": "staff",
        "display_name": "All",
        "mail_addresses": ["bob@example.com"],
    }
    account.call("mail.del", mail="bob@example.com")
    account.server.settings.group_id = "text"
    shown = account.call("group.list")[0]
    assert (shown["group_id"], shown["mail_addresses"]) == (str(group["group_id"]), [])
    assert account.call("group.del", group_id=group["group_id"]) is True
    assert account.call("group.list") == []
    with refused():
        account.call("group.get", group_id=group["group_id"])


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("mail", "a@example.com", True),
        ("mail", "a@b@c", False),
        ("domain", "example.com", True),
        ("domain", "example", False),
        ("contextid", "30112", True),
        ("contextid", "new", False),
        ("pass", "short", False),
        ("pass", "Enoug-1", False),
        ("pass", "Enough-1", True),
        ("pass", "onlylowerletters", False),
        ("pass2", "Enough-1", True),
    ],
)
def test_validator(account: Client, kind: str, value: str, expected: bool) -> None:
    assert account.call("utils.validator", value=value, type=kind) is expected
