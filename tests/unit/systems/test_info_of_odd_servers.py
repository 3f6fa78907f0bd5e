# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server is adopted by feeding its info to the config module: odd things that it holds must not stop that."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.simulators.mail_engine import Alias, Domain, Mailbox
from tests.unit.systems.bench import Bench, done

Prepare = Callable[[Any], object]


def with_user(**members: Any) -> Prepare:
    return lambda store: store.add_user("odd", **members)


KERIO: dict[str, Prepare] = {
    "forwarding to nobody": with_user(emailForwarding={"mode": "UForwardYes", "emailAddresses": []}),
    "dormant forwarding": with_user(emailForwarding={"mode": "UForwardNone", "emailAddresses": ["x@example.net"]}),
    "forwarding to a local part": with_user(emailForwarding={"mode": "UForwardYes", "emailAddresses": ["bob"]}),
    "whole addresses": with_user(emailAddresses=["odd.one@example.com", "ODD2"]),
    "an address of another domain": with_user(emailAddresses=["odd@example.net"]),
    "an address with a wildcard": with_user(emailAddresses=["sales-*"]),
    "an unknown kind of login": with_user(authType="UNewAuth"),
    "a limit of nothing": with_user(
        diskSizeLimit={"isActive": True, "limit": {"value": 0, "units": "Bytes"}},
        itemLimit={"isActive": True, "limit": 0},
    ),
    "a huge limit": with_user(diskSizeLimit={"isActive": True, "limit": {"value": 3, "units": "PetaBytes"}}),
    "an odd limit": with_user(diskSizeLimit={"isActive": True, "limit": {"value": 1234567, "units": "Bytes"}}),
    "a policy that is gone": with_user(accessPolicy="keriodb://accesspolicygroup/gone"),
    "a group that is gone": with_user(userGroups=["keriodb://group/gone"]),
    "a contact that is gone": with_user(companyContactId="keriodb://companycontact/gone"),
    "a name with brackets": lambda store: store.add_user("odd(1)"),
    "a name that ends in a dot": lambda store: store.add_user("odd."),
    "a name with capitals": lambda store: store.add_user("ODD"),
    "a name that is not ASCII": lambda store: store.add_user("ödd"),
    "a domain with capitals": lambda store: (store.add_domain("Odd.Example"), store.add_user("odd", "Odd.Example")),
    "an international domain": lambda store: (
        store.add_domain("Bücher.example"),
        store.add_user("x", "Bücher.example"),
    ),
    "a domain without a dot": lambda store: (store.add_domain("intranet"), store.add_user("odd", "intranet")),
    "a domain without users": lambda store: store.add_domain("empty.example"),
}


@pytest.mark.parametrize("oddity", KERIO)
def test_the_info_of_an_odd_kerio_server_changes_nothing(kerio: Bench, oddity: str) -> None:
    KERIO[oddity](kerio.store)
    document = done(kerio.info())["config"]
    assert len(document["users"]) == len(kerio.store.users)
    result = kerio.predicted_config(document, prune=["users"])
    assert result["changed"] is False
    assert result["summary"]["unchanged"] == len(kerio.store.users)


@pytest.mark.parametrize("oddity", KERIO)
def test_an_odd_kerio_user_can_be_changed_in_other_ways_and_deleted(kerio: Bench, oddity: str) -> None:
    before = set(kerio.store.users)
    KERIO[oddity](kerio.store)
    for user_id in set(kerio.store.users) - before:
        user = kerio.store.users[user_id]
        key = {"name": user["loginName"], "domain": kerio.store.domains[user["domainId"]]["name"]}
        assert kerio.predicted("user", **key, full_name="Changed")["changed"] is True
        assert kerio.store.users[user_id]["fullName"] == "Changed"
        assert kerio.predicted("user", **key, state="absent")["changed"] is True


def with_alias(address: str = "odd@example.com", goto: str = "bob@example.com", **members: Any) -> Prepare:
    def prepare(store: Any) -> None:
        targets = goto.split(",") if goto else []
        alias = Alias(store.take_alias_id(), address, targets, **members)
        store.aliases[alias.id] = alias

    return prepare


def with_mailbox(username: str = "odd@example.com", **members: Any) -> Prepare:
    return lambda store: store.mailboxes.update({username: Mailbox(username, **members)})


def in_domain(name: str, *prepare: Prepare) -> Prepare:
    def all_of_it(store: Any) -> None:
        store.domains[name] = Domain(name)
        for each in prepare:
            each(store)

    return all_of_it


MAIL: dict[str, Prepare] = {
    "an alias to nobody": with_alias(goto=""),
    "an alias to a host": with_alias(goto="root@localhost"),
    "an alias to a name": with_alias(goto="root"),
    "an alias to a special target and another": with_alias(goto="null@localhost,bob@example.com"),
    "an alias to a name and another": with_alias(goto="root,bob@example.com"),
    "targets with capitals twice": with_alias(goto="U1@example.net,u1@example.net"),
    "a long comment": with_alias(private_comment="x" * 400, public_comment="ü" * 161),
    "a comment of several lines": with_alias(private_comment="one\ntwo\r\n"),
    "an alias with signs": with_alias("o'dd+x=y{z}|~#$%&*/?^`!@example.com"),
    "an alias with capitals": with_alias("ODD@example.com"),
    "an unlimited mailbox": with_mailbox(quota=0),
    "a negative quota": with_mailbox(quota=-5),
    "a huge quota": with_mailbox(quota=5 * 1024**2),
    "an unknown state": with_mailbox(active=3),
    "a name in brackets inside": with_mailbox(name=" <Odd One> "),
    "no name": with_mailbox(name=""),
    "a mailbox with signs": with_mailbox("o'dd+x=y{z}|~#$%&*/?^`!@example.com"),
    "a domain without a dot": in_domain("intranet", with_mailbox("odd@intranet")),
    "an international domain": in_domain("xn--bcher-kva.example", with_mailbox("odd@xn--bcher-kva.example")),
    "a domain of another IDNA": in_domain("xn--strae-oqa.example", with_mailbox("odd@xn--strae-oqa.example")),
}


@pytest.mark.parametrize("oddity", MAIL)
def test_the_info_of_an_odd_mail_server_changes_nothing(either: Bench, oddity: str) -> None:
    if either.sim.name == "mail_rest":
        either.connection["quota_unit"] = either.sim.settings.quota_read_unit
    MAIL[oddity](either.store)
    document = done(either.info())["config"]
    assert len(document["mailboxes"]) == len(either.store.mailboxes)
    assert len(document["aliases"]) == len(either.store.aliases)
    result = either.predicted_config(document, prune=["mailboxes", "aliases"])
    assert result["changed"] is False, result["results"]
