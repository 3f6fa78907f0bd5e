# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Domains: proof of ownership, contexts, removal."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.unit.simulators.mailboxorg.client import PASSWORD, Client, Failure, refused

NEW: dict[str, Any] = {"account": "example", "domain": "new.example", "password": "d"}


def refusal(client: Client, **params: Any) -> Any:
    with pytest.raises(Failure) as caught:
        client.call("domain.add", **{**NEW, **params})
    assert caught.value.code == 218
    return caught.value.data


def test_missing_record_is_told_until_it_is_there(account: Client) -> None:
    record = refusal(account, memo="m", create_new_context_id=True)
    assert re.fullmatch(r"[0-9a-f]{40}", record["host"])
    assert re.fullmatch(r"[0-9a-f]{40}", record["txt"])
    assert record["host"] != record["txt"]
    assert set(record) == {"host", "txt"}
    assert refusal(account) == record
    store = account.server.store
    assert "new.example" not in store.domains
    assert len(store.contexts) == 2
    store.dns.add((f"{record['host']}.new.example", "something else"))
    refusal(account)
    store.dns.add((f"{record['host']}.new.example", record["txt"]))
    assert account.call("domain.add", **NEW, memo="m")["memo"] == "m"
    assert store.domain("new.example").password == "d"


def test_record_differs_by_account_and_domain(account: Client, reseller: Client) -> None:
    records = [
        refusal(account),
        refusal(account, domain="second.example"),
        refusal(reseller, account="other"),
    ]
    assert len({record["host"] for record in records}) == 3
    assert len({record["txt"] for record in records}) == 3
    account.server.store.publish_ownership("other", "new.example")
    refusal(account)


def test_host_may_be_the_full_name(account: Client) -> None:
    bare = refusal(account)
    account.server.settings.ownership_host = "full"
    assert refusal(account) == {"host": f"{bare['host']}.new.example", "txt": bare["txt"]}


def test_record_may_take_its_time(account: Client) -> None:
    account.server.settings.dns_misses = 2
    refusal(account)
    account.server.store.publish_ownership("example", "new.example")
    refusal(account)
    refusal(account)
    assert account.call("domain.add", **NEW)["domain"] == "new.example"


def test_memo_and_password(account: Client) -> None:
    answer = account.call("domain.set", domain="Example.COM", memo="", password="new")
    assert answer == {"domain": "example.com", "memo": "", "count_mails": 2, "context_id": "30112"}
    assert account.call("domain.get", domain="example.com") == answer
    account.call("domain.set", domain="example.com", memo="again")
    stored = account.server.store.domain("example.com")
    assert (stored.memo, stored.password) == ("again", "new")


def test_list_of_domains(account: Client) -> None:
    account.server.store.add_domain("second.example", context_id="30112", memo="m")
    short = [{"domain": "example.com", "count_mails": 2}, {"domain": "second.example", "count_mails": 0}]
    assert account.call("domain.list", account="example") == short
    assert account.call("domain.list", account="example", filter="SECOND") == short[1:]
    account.server.settings.domain_list = "full"
    assert account.call("domain.list", account="example")[1]["memo"] == "m"


@pytest.mark.parametrize(("form", "shown"), [("text", {"context_id": "30112"}), ("int", {"context_id": 30112})])
def test_context_id_in_every_form(account: Client, form: Any, shown: dict[str, Any]) -> None:
    account.server.settings.domain_context_id = form
    answer = account.call("domain.get", domain="example.com")
    assert {name: value for name, value in answer.items() if name == "context_id"} == shown
    account.server.settings.domain_context_id = "absent"
    assert "context_id" not in account.call("domain.get", domain="example.com")


def test_new_domain_takes_the_context_asked_for(account: Client) -> None:
    for name in ("a.example", "b.example", "c.example", "d.example"):
        account.server.store.publish_ownership("example", name)
    account.call("domain.add", **{**NEW, "domain": "a.example"})
    account.call("domain.add", **{**NEW, "domain": "b.example"}, create_new_context_id=True)
    first = account.call("context.list", account="example")
    assert list(first.values()) == [["example.com", "a.example"], ["b.example"]]
    own = list(first)[1]
    account.call("domain.add", **{**NEW, "domain": "c.example"}, context_id=own)
    account.server.settings.default_context = "new"
    account.call("domain.add", **{**NEW, "domain": "d.example"})
    assert list(account.call("context.list", account="example").values()) == [
        ["example.com", "a.example"],
        ["b.example", "c.example"],
        ["d.example"],
    ]


@pytest.mark.parametrize(
    "params", [{"context_id": "99999"}, {"context_id": "30113"}, {"context_id": "30112", "create_new_context_id": True}]
)
def test_impossible_contexts(account: Client, params: dict[str, Any]) -> None:
    """30113 is the context of another account."""
    account.server.store.publish_ownership("example", "new.example")
    before = repr(account.server.store)
    with refused():
        account.call("domain.add", **NEW, **params)
    with refused():
        account.call("domain.set", domain="example.com", **params)
    assert repr(account.server.store) == before


def test_another_context_costs_groupware_data_and_no_mail(account: Client) -> None:
    store = account.server.store
    alice, bob = store.mailbox("alice@example.com"), store.mailbox("bob@example.com")
    account.call("domain.set", domain="example.com", memo="x", context_id="30112", create_new_context_id=False)
    assert (alice.groupware_items, bob.groupware_items) == (30, 4)
    account.call("domain.set", domain="example.com", create_new_context_id=True)
    assert store.domain("example.com").context_id not in ("30112", "30113")
    assert (alice.groupware_items, alice.messages, bob.groupware_items, bob.messages) == (0, 120, 0, 7)
    assert store.mailbox("olga@example.org").groupware_items == 1
    alice.groupware_items = 5
    account.call("domain.set", domain="example.com", context_id="30112")
    assert alice.groupware_items == 0


def test_mailbox_with_a_context_of_its_own_is_spared(account: Client) -> None:
    account.add_mail("carol@example.com", create_own_context=True)
    carol = account.server.store.mailbox("carol@example.com")
    carol.groupware_items = 9
    account.call("domain.set", domain="example.com", create_new_context_id=True)
    assert carol.groupware_items == 9


def test_domain_with_mailboxes_stays(account: Client) -> None:
    with refused():
        account.call("domain.del", account="example", domain="example.com")
    for mail in ("alice@example.com", "bob@example.com"):
        account.call("mail.del", mail=mail)
    assert account.call("domain.del", account="example", domain="example.com") is True
    assert account.call("domain.list", account="example") == []
    with refused():
        account.call("domain.get", domain="example.com")
    with refused():
        account.call("domain.del", account="example", domain="example.com")


def test_domain_of_another_account_of_the_same_reseller(reseller: Client) -> None:
    reseller.server.store.add_domain("second.example", "other")
    with refused():
        reseller.call("domain.del", account="example", domain="second.example")
    assert reseller.call("domain.del", account="other", domain="second.example") is True


@pytest.mark.parametrize(
    "params",
    [
        {"domain": "example.com"},
        {"domain": "no domain"},
        {"domain": 5},
        {"password": None},
        {"account": None},
        {"context_id": 30112},
        {"plan": "basic"},
    ],
)
def test_bad_parameters_of_a_new_domain(account: Client, params: dict[str, Any]) -> None:
    account.server.store.publish_ownership("example", "new.example")
    with refused():
        account.call("domain.add", **{**NEW, **params})
    assert "new.example" not in account.server.store.domains


def test_case_of_names_by_switch(account: Client) -> None:
    account.server.store.publish_ownership("example", "new.example")
    account.server.settings.fold_case = False
    assert account.call("domain.add", **{**NEW, "domain": "New.example"})["domain"] == "New.example"
    with refused():
        account.call("domain.get", domain="new.example")


def test_spf(account: Client) -> None:
    answer = account.call("domain.validate.spf", domain="example.com")
    assert answer["valid"] is False
    account.server.store.dns.add(("example.com", answer["spf_should"]))
    assert account.call("domain.validate.spf", domain="example.com")["valid"] is True
    account.server.store.dns.add(("example.com", "v=spf1 -all"))
    assert account.call("domain.validate.spf", domain="example.com")["valid"] is False


def test_delete_list(account: Client) -> None:
    account.call("mail.del", mail="bob@example.com")
    rows = account.call("domain.deletelist.search", domain="example.com")
    assert [row["mail"] for row in rows] == ["bob@example.com"]
    with refused():
        account.add_mail("bob@example.com")
    assert account.call("domain.deletelist.delete", mail="bob@example.com") is True
    assert account.call("domain.deletelist.search", domain="example.com") == []
    with refused():
        account.call("domain.deletelist.delete", mail="bob@example.com")
    assert account.add_mail("bob@example.com", password=PASSWORD)["mail"] == "bob@example.com"
    account.server.settings.deletelist_form = "names"
    account.call("mail.del", mail="bob@example.com")
    assert account.call("domain.deletelist.search", domain="example.com") == ["bob@example.com"]
