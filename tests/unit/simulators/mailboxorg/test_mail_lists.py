# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""mail.list: details, pages, order; finding a mailbox by its external id."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.simulators.mailboxorg.client import Client, refused

# What items hold without details (fact sheet mailboxorg.md 2.5).
KNOWN = {
    *("mail", "parent_uid", "domain", "type", "memo", "forwards", "aliases", "capabilities"),
    *("possible_capabilities", "plan", "creation_date"),
}


@pytest.fixture
def many(account: Client) -> Client:
    for number, name in enumerate(("eve", "carol", "dave")):
        account.server.store.add_mailbox(f"{name}@example.com", first_name=name, created=1_700_000_001 + number)
    return account


def test_plain_list_without_and_with_details(account: Client) -> None:
    rows = account.call("mail.list", domain="example.com")
    assert [set(row) for row in rows] == [KNOWN, KNOWN]
    assert account.call("mail.list", domain="example.com", details=False) == rows
    detailed = account.call("mail.list", domain="example.com", details=True)
    assert detailed[0] == account.get_mail("alice@example.com")
    account.server.settings.mail_list_members = "full"
    assert account.call("mail.list", domain="example.com") == detailed


def test_pages(many: Client) -> None:
    pages = [many.call("mail.list", domain="example.com", page_size=2, page=number) for number in (1, 2, 3, 4)]
    assert [(page["totalHits"], page["totalPages"]) for page in pages] == [(5, 3)] * 4
    assert [len(page["results"]) for page in pages] == [2, 2, 1, 0]
    assert [row["mail"] for page in pages for row in page["results"]] == many.addresses()
    assert set(pages[0]["results"][0]) == KNOWN


@pytest.mark.parametrize(
    "params",
    [
        {"page": 2},
        {"page": 1},
        {"page_size": -1},
        {"page_size": 0, "page": 1},
        {"page_size": 2, "page": 0},
        {"page_size": "2"},
        {"sort_field": "city"},
        {"sort_order": "up"},
        {"domain": "nowhere.example"},
        {"domain": None},
    ],
)
def test_bad_pages(account: Client, params: dict[str, Any]) -> None:
    with refused():
        account.call("mail.list", **{"domain": "example.com", **params})


@pytest.mark.parametrize(
    ("field", "order", "first", "last"),
    [
        ("mail", "asc", "alice", "eve"),
        ("mail", "desc", "eve", "alice"),
        ("first_name", "asc", "alice", "eve"),
        ("creation_date", "desc", "dave", "alice"),
        ("plan", "asc", "bob", "eve"),
    ],
)
def test_order(many: Client, field: str, order: str, first: str, last: str) -> None:
    found = many.addresses(sort_field=field, sort_order=order)
    assert (found[0], found[-1]) == (f"{first}@example.com", f"{last}@example.com")
    assert many.addresses(sort_field=field, sort_order=order, page_size=1, page=5) == [f"{last}@example.com"]


def test_order_by_status_and_backwards_without_a_field(many: Client) -> None:
    many.set_mail("alice@example.com", active=False)
    assert many.addresses(sort_field="status")[-1] == "alice@example.com"
    assert many.addresses(sort_order="desc") == many.addresses()[::-1]


def test_before_2024_there_are_no_pages(many: Client) -> None:
    many.server.settings.mail_list_paging = False
    with refused():
        many.call("mail.list", domain="example.com", page_size=2, page=1)
    with refused():
        many.call("mail.get", mail="bob@example.com", include_quota_usage=False)
    many.server.settings.unknown_parameters = "ignore"
    answer = many.call("mail.list", domain="example.com", page_size=2, page=1, details=True, sort_field="mail")
    assert isinstance(answer, list)
    assert ([row["mail"] for row in answer], set(answer[0])) == (many.addresses(), KNOWN)


def test_external_id(account: Client) -> None:
    account.set_mail("bob@example.com", uid_extern="x-1")
    account.server.store.mailbox("olga@example.org").fields["uid_extern"] = "x-2"
    find = {"account": "example", "uid_extern": "x-1"}
    assert account.call("mail.externaluid", **find)["mail"] == "bob@example.com"
    for other in ("x-2", ""):
        with refused():
            account.call("mail.externaluid", **{**find, "uid_extern": other})


def test_members_that_nobody_knows(account: Client) -> None:
    account.server.settings.extra_members = True
    assert "_unknown" in account.get_mail("bob@example.com")
    assert "_unknown" in account.call("domain.get", domain="example.com")
    assert "_unknown" in account.call("account.get", account="example")
