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
    "a group with quotes": lambda store: store.add_group("'\"It's\" – 夜間 #1: {x}"),
    "a group with blanks around": lambda store: store.add_group("night shift "),
    "an alias for all": lambda store: store.add_alias("*", "bob@example.com"),
    "an alias to a local part": lambda store: store.add_alias("odd", "bob"),
    "an alias to nothing": lambda store: store.add_alias("odd", ""),
    "an alias to itself": lambda store: store.add_alias("odd", "odd@example.com"),
    "two rows of an alias": lambda store: [store.add_alias("odd", f"{name}@example.net") for name in "ab"],
    "an alias with capitals": lambda store: [store.add_alias(name, f"{name}@example.net") for name in ("Odd", "odd")],
    "a list with capitals": lambda store: store.add_mailing_list("ODD", members=["alice", "X@Example.net"]),
    "a list in another language": lambda store: store.add_mailing_list("odd", languageId="zh-TW"),
    "a list of lines": lambda store: store.add_mailing_list("odd", welcomeString="a\r\n'b'\n\n", footerString=" "),
    "a list whose member is gone": lambda store: (
        store.add_mailing_list("odd", members=["bob"]),
        store.mailing_list_members[store.mailing_list("odd")["id"]][0].update(userId="keriodb://user/gone"),
    ),
    "a list with a moderator who is a member": lambda store: store.add_mailing_list(
        "odd", members=["alice"], moderators=["alice", "x@example.net"]
    ),
    "a list for a reader who is gone": lambda store: store.add_mailing_list(
        "odd",
        archive={
            "keepArchive": True,
            "archiveOnlyForLogged": False,
            "archiveReaderList": [{"kind": "TrusteeUser", "readerId": "keriodb://user/gone"}],
        },
    ),
    "a resource with a blank and quotes": lambda store: store.add_resource('Bob\'s "big" room ü'),
    "a resource of somebody who is gone": lambda store: store.add_resource(
        "odd",
        resourceUsers=[{"type": "UserPrincipal", "id": "keriodb://user/gone"}],
        manager={"type": "GroupPrincipal", "id": "keriodb://group/gone"},
    ),
    "a resource for everybody": lambda store: store.add_resource(
        "odd", resourceUsers=[{"type": "AnyonePrincipal", "id": ""}, {"type": "AuthUserPrincipal", "id": ""}]
    ),
    "an IP group of host names": lambda store: [
        store.add_ip_group_entry("odd", host) for host in ("Host.Example", "10.")
    ],
    "an IP group with an odd mask": lambda store: store.add_ip_group_entry(
        "odd", type="Network", addr1="10.0.0.1", addr2="255.0.255.0"
    ),
    "an IP group that says the same twice": lambda store: [
        store.add_ip_group_entry("odd", "192.0.2.1", description=text) for text in ("a", "b")
    ],
    "an IP group that contains itself": lambda store: store.add_ip_group_entry(
        "odd", type="ChildGroup", childGroupId=store.add_ip_group_entry("odd", "192.0.2.1")["groupId"]
    ),
    "an IP group in a group that is gone": lambda store: store.add_ip_group_entry(
        "odd", type="ChildGroup", childGroupId="keriodb://ipaddressgroup/gone"
    ),
    "an IP group without a name": lambda store: store.add_ip_group_entry(" ", "192.0.2.1"),
    "an IP group backwards": lambda store: store.add_ip_group_entry(
        "odd", type="Range", addr1="10.0.0.9", addr2="10.0.0.1"
    ),
    "a time range without days": lambda store: store.add_time_range("odd", days=[]),
    "a time range over midnight": lambda store: store.add_time_range(
        "odd", days=["Friday"], fromTime={"hour": 22, "min": 0}, toTime={"hour": 6, "min": 0}
    ),
    "a time range until 24:00": lambda store: store.add_time_range(
        "odd", days=["Friday"], fromTime={"hour": 8, "min": 0}, toTime={"hour": 24, "min": 0}
    ),
    "a time range with days twice": lambda store: store.add_time_range("odd", days=["Sunday", "Monday", "Sunday"]),
}
# Objects with nothing that an option could name are neither told nor pruned.
EVERYTHING = (
    *("domains", "groups", "users", "aliases", "mailing_lists", "resources", "ip_address_groups", "time_ranges"),
)


@pytest.mark.parametrize("oddity", KERIO)
def test_the_info_of_an_odd_kerio_server_changes_nothing(kerio: Bench, oddity: str) -> None:
    KERIO[oddity](kerio.store)
    document = done(kerio.info())["config"]
    assert len(document["users"]) == len(kerio.store.users)
    prune = [plural for plural in EVERYTHING if document[plural]]
    result = kerio.predicted_config(document, prune=prune, allow_mail_loss=True)
    assert result["changed"] is False, result["results"]
    assert result["summary"]["unchanged"] == sum(map(len, document.values()))


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
