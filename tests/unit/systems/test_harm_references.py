# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Attempts to do harm to what other objects hang on: domains with contents, what others name, the account in use.

The names of these tests, and of those in test_harm.py, are the list of the guards.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.simulators import Fault
from tests.simulators.mail_engine import Mailbox
from tests.unit.systems.bench import Bench, done, refused
from tests.unit.systems.mailboxorg import log_in_as
from tests.unit.systems.prunable import unharmed

BRANCH = "branch.example"
Prepare = Callable[[Any], object]


def pruning(bench: Bench, document: dict[str, Any], *prune: str, **options: Any) -> Callable[[bool], dict[str, Any]]:
    given = {"prune": list(prune), "allow_empty": True, **options}
    return lambda check_mode: bench.config(document, check_mode=check_mode, **given)


def deleted(result: dict[str, Any]) -> list[str]:
    return [line["object"] for line in done(result)["results"] if line["action"] == "delete"]


# Domains that are not empty.

KERIO_CONTENTS: dict[str, tuple[Prepare, str]] = {
    "user": (lambda store: store.add_user("carol", BRANCH), "1 user"),
    "group": (lambda store: store.add_group("team", BRANCH), "1 group"),
    "alias": (lambda store: store.add_alias("post", "x@example.net", BRANCH), "1 alias"),
    "mailing list": (lambda store: store.add_mailing_list("news", BRANCH), "1 mailing list"),
    "resource": (lambda store: store.add_resource("Room", BRANCH), "1 resource"),
}


@pytest.mark.parametrize("held", KERIO_CONTENTS)
@pytest.mark.parametrize("how", ["pruned", "named"])
def test_a_kerio_domain_that_holds_something_stays(kerio: Bench, held: str, how: str) -> None:
    kerio.store.add_domain(BRANCH)
    prepare, counted = KERIO_CONTENTS[held]
    prepare(kerio.store)
    document: dict[str, Any] = {"domains": [{"name": name} for name in ("example.com", "example.org")]}
    prune = ["domains"] if how == "pruned" else []
    if how == "named":
        document["domains"].append({"name": BRANCH, "state": "absent"})
    work = pruning(kerio, document, *prune, allow_mail_loss=True, force=True)
    sentence = unharmed(kerio, work, BRANCH, "nothing was changed")
    assert counted in sentence or "still names" in sentence


@pytest.mark.parametrize("how", ["pruned", "named"])
@pytest.mark.parametrize("held", ["mailbox", "alias"])
def test_a_mail_domain_that_holds_something_stays(either: Bench, held: str, how: str) -> None:
    either.store.add_domain(BRANCH)
    if held == "mailbox":
        either.store.mailboxes[f"carol@{BRANCH}"] = Mailbox(f"carol@{BRANCH}", messages=9)
    else:
        either.store.alias_by_address("info@example.com").address = f"info@{BRANCH}"
    document: dict[str, Any] = {"domains": [{"name": name} for name in ("example.com", "example.org")]}
    if how == "named":
        document["domains"].append({"name": BRANCH, "state": "absent"})
    prune = ["domains"] if how == "pruned" else []
    unharmed(either, pruning(either, document, *prune, allow_mail_loss=True), BRANCH, "nothing was changed")


@pytest.mark.parametrize("how", ["pruned", "named"])
@pytest.mark.parametrize("held", ["mailbox", "mailing list"])
def test_a_mailboxorg_domain_that_holds_something_stays(mailboxorg: Bench, held: str, how: str) -> None:
    mailboxorg.store.add_domain(BRANCH)
    if held == "mailbox":
        mailboxorg.store.add_mailbox(f"carol@{BRANCH}", messages=9)
    else:
        mailboxorg.store.add_mailinglist(f"news@{BRANCH}")
    document: dict[str, Any] = {"domains": [{"name": "example.com", "account": "example"}]}
    if how == "named":
        document["domains"].append({"name": BRANCH, "account": "example", "state": "absent"})
    prune = ["domains"] if how == "pruned" else []
    unharmed(mailboxorg, pruning(mailboxorg, document, *prune, allow_mail_loss=True), BRANCH, "nothing was changed")


def test_an_account_with_domains_stays(mailboxorg: Bench) -> None:
    log_in_as(mailboxorg, "reseller")
    document = {"accounts": [{"name": "reseller"}, {"name": "example"}]}
    work = pruning(mailboxorg, document, "accounts", allow_mail_loss=True)
    unharmed(mailboxorg, work, "account other", "nothing was changed")


@pytest.mark.parametrize("how", ["pruned", "named"])
def test_the_primary_domain_stays(kerio: Bench, how: str) -> None:
    for table in (kerio.store.users, kerio.store.groups, kerio.store.aliases):
        for each in [key for key, row in table.items() if row.get("loginName") != "admin"]:
            del table[each]
    document: dict[str, Any] = {"domains": [{"name": "example.org"}]}
    options = {"allow_mail_loss": True, "force": True}
    if how == "named":
        document["domains"].append({"name": "example.com", "state": "absent"})
        unharmed(kerio, pruning(kerio, document, **options), "primary domain")
    else:
        assert deleted(kerio.config(document, prune=["domains"], **options)) == []
        assert kerio.store.domain("example.com")


def test_a_primary_mark_that_moves_does_not_free_the_old_domain_for_pruning(kerio: Bench) -> None:
    """In the same run, the domain is still the primary one."""
    kerio.connection["api_username"] = "admin@example.com"
    document = {"domains": [{"name": "example.org", "is_primary": True}]}
    result = done(kerio.config(document, prune=["domains"], allow_mail_loss=True))
    assert deleted(result) == []
    assert kerio.store.domain("example.com")


# What others still name.


def _sub_group(store: Any) -> None:
    inner = store.add_ip_group_entry("inner", "192.0.2.1")
    store.add_ip_group_entry("outer", type="ChildGroup", childGroupId=inner["groupId"])


def _sub_range(store: Any) -> None:
    inner = store.add_time_range("inner", days=["Monday"])
    store.add_time_range("outer", type="TimeRangeChildGroup", childGroupId=inner["groupId"])


def _by_principal(kind: str, wire: str, name: str, member: str) -> Prepare:
    def prepare(store: Any) -> None:
        principal = {"type": wire, "id": getattr(store, kind)(name)["id"]}
        store.add_resource("Room", **{member: principal if member == "manager" else [principal]})

    return prepare


def _reader(store: Any) -> None:
    readers = [{"kind": "TrusteeUser", "readerId": store.user("bob")["id"]}]
    store.add_mailing_list(
        "news", archive={"keepArchive": True, "archiveOnlyForLogged": False, "archiveReaderList": readers}
    )


PEOPLE: dict[str, Any] = {
    "users": [{"name": name, "domain": "example.com"} for name in ("admin", "alice")],
}
ALL_BUT_SALES: dict[str, Any] = {"groups": [{"name": "staff", "domain": "example.com"}]}
NAMED: dict[str, tuple[Prepare, dict[str, Any], str, str, str]] = {
    "a group with members": (
        lambda store: store.user("bob").update(userGroups=[store.group("sales")["id"]]),
        ALL_BUT_SALES,
        "groups",
        "group sales@example.com",
        "user bob@example.com",
    ),
    "a user with an alias": (
        lambda store: store.add_alias("post", "bob@example.com"),
        PEOPLE,
        "users",
        "user bob@example.com",
        "alias post@example.com",
    ),
    "a user on a mailing list": (
        lambda store: store.add_mailing_list("news", members=["bob"]),
        PEOPLE,
        "users",
        "user bob@example.com",
        "mailing list news@example.com",
    ),
    "a moderator": (
        lambda store: store.add_mailing_list("news", moderators=["bob"]),
        PEOPLE,
        "users",
        "user bob@example.com",
        "mailing list news@example.com",
    ),
    "a reader of an archive": (_reader, PEOPLE, "users", "user bob@example.com", "mailing list news@example.com"),
    "a manager": (
        _by_principal("user", "UserPrincipal", "bob", "manager"),
        PEOPLE,
        "users",
        "user bob@example.com",
        "resource Room@example.com",
    ),
    "somebody who may reserve": (
        _by_principal("user", "UserPrincipal", "bob", "resourceUsers"),
        PEOPLE,
        "users",
        "user bob@example.com",
        "resource Room@example.com",
    ),
    "a group that manages": (
        _by_principal("group", "GroupPrincipal", "sales", "manager"),
        ALL_BUT_SALES,
        "groups",
        "group sales@example.com",
        "resource Room@example.com",
    ),
    "a domain whose users may reserve": (
        _by_principal("domain", "AuthDomainPrincipal", "example.org", "resourceUsers"),
        {"domains": [{"name": "example.com"}]},
        "domains",
        "domain example.org",
        "resource Room@example.com",
    ),
    "an IP group in a group": (
        _sub_group,
        {"ip_address_groups": [{"name": "outer"}, {"name": "Local clients"}]},
        "ip_address_groups",
        "IP address group inner",
        "outer",
    ),
    "a time range in a time range": (
        _sub_range,
        {"time_ranges": [{"name": "outer"}]},
        "time_ranges",
        "time range inner",
        "outer",
    ),
}


@pytest.mark.parametrize("what", NAMED)
def test_what_others_on_a_kerio_server_still_name_stays(kerio: Bench, what: str) -> None:
    prepare, document, plural, going, naming = NAMED[what]
    prepare(kerio.store)
    work = pruning(kerio, document, plural, allow_mail_loss=True, force=True)
    sentence = unharmed(kerio, work, going, naming, "nothing was changed")
    assert "document" in sentence  # What to do.


@pytest.mark.parametrize("domain", ["example.com", "example.org"])
def test_a_user_whom_another_domain_names_stays(kerio: Bench, domain: str) -> None:
    """What is out of the scope of pruning is read all the same, since it may name what is in it."""
    kerio.store.add_alias("bobs", "bob@example.com", domain)
    work = pruning(kerio, PEOPLE, "users", scope={"domains": ["example.com"]})
    unharmed(kerio, work, "user bob@example.com", f"alias bobs@{domain}")


def test_an_extension_of_a_user_stays(operator: Bench) -> None:
    document = {"extensions": [{"number": "100"}, {"number": "101"}]}
    unharmed(operator, pruning(operator, document, "extensions"), "extension 102", "user bob", "nothing was changed")


def test_a_user_with_an_extension_stays(operator: Bench) -> None:
    document = {"users": [{"name": "Admin"}, {"name": "alice"}]}
    work = pruning(operator, document, "users", allow_mail_loss=True)
    unharmed(operator, work, "user bob", "extension 102", "nothing was changed")


def test_a_mailbox_with_an_alias_stays(either: Bench) -> None:
    document = {"mailboxes": [{"email": "bob@example.com"}]}
    work = pruning(either, document, "mailboxes", allow_mail_loss=True)
    unharmed(either, work, "mailbox alice@example.com", "alias info@example.com", "nothing was changed")


def test_a_mailbox_with_a_sync_job_stays(either: Bench) -> None:
    either.store.add_syncjob("bob@example.com", "imap.example.net", "bob")
    document = {"mailboxes": [{"email": "alice@example.com"}]}
    work = pruning(either, document, "mailboxes", allow_mail_loss=True)
    unharmed(either, work, "mailbox bob@example.com", "sync job", "nothing was changed")


def test_a_mailbox_in_a_group_stays(mailboxorg: Bench) -> None:
    mailboxorg.store.add_group("team", "bob@example.com")
    document = {"mailboxes": [{"email": "alice@example.com"}]}
    work = pruning(mailboxorg, document, "mailboxes", allow_mail_loss=True)
    unharmed(mailboxorg, work, "mailbox bob@example.com", "group team", "nothing was changed")


def test_who_could_name_a_pruned_object_has_to_be_readable(kerio: Bench) -> None:
    """A list that cannot be read might name anybody."""
    for call in ("Aliases.get", "MailingLists.get", "Resources.get"):
        for kind in ("html", "truncated"):
            kerio.sim.faults.clear()
            kerio.sim.faults.add(Fault(kind, call, times=50))
            unharmed(kerio, pruning(kerio, PEOPLE, "users"), call)


# Our own account, and where it may log in from.


@pytest.mark.parametrize("server", ["kerio", "operator", "mailboxorg"])
def test_the_account_in_use_stays(server: str, request: pytest.FixtureRequest) -> None:
    bench: Bench = request.getfixturevalue(server)
    others = {
        "kerio": {"users": [{"name": name, "domain": "example.com"} for name in ("alice", "bob")]},
        "operator": {"users": [{"name": "alice"}, {"name": "bob"}]},
        "mailboxorg": {"accounts": [{"name": "example"}, {"name": "other"}]},
    }
    if server == "mailboxorg":
        log_in_as(bench, "reseller")
    (plural,) = others[server]
    consent = {} if server == "kerio" else {"allow_mail_loss": True}
    work = pruning(bench, others[server], plural, **consent)
    unharmed(bench, work, "logged in with", "delete", "force", "nothing was changed")


@pytest.mark.parametrize("change", ["pruned", "demoted", "left", "left by the user's own entry"])
def test_rights_that_the_account_in_use_has_from_a_group_stay(kerio: Bench, change: str) -> None:
    staff = kerio.store.group("staff")
    staff["role"] = "FullAdmin"
    admin = kerio.store.user("admin")
    admin["userGroups"] = [staff["id"]]
    admin["role"]["userRole"] = "UserRole"
    alice = {"name": "alice", "domain": "example.com", "groups": []}
    me = {"name": "admin", "domain": "example.com", "groups": []}
    documents: dict[str, tuple[dict[str, Any], list[str]]] = {
        "pruned": ({"groups": [{"name": "sales", "domain": "example.com"}], "users": [alice, me]}, ["groups"]),
        "demoted": ({"groups": [{"name": "staff", "domain": "example.com", "role": "auditor"}]}, []),
        "left": ({"groups": [{"name": "staff", "domain": "example.com", "members": ["alice"]}]}, []),
        "left by the user's own entry": ({"users": [me]}, []),
    }
    document, prune = documents[change]
    unharmed(kerio, pruning(kerio, document, *prune), "logged in with", "force", "nothing was changed")


@pytest.mark.parametrize("change", ["pruned", "changed", "disabled"])
def test_the_addresses_that_may_administer_the_server_stay(kerio: Bench, change: str) -> None:
    group_id = kerio.store.ip_address_group("Local clients")[0]["groupId"]
    kerio.store.remote_administration = {"isEnabled": True, "isLimited": True, "groupId": group_id}
    network = {"type": "network", "network": "192.168.0.0/16"}
    entries: dict[str, list[dict[str, Any]]] = {
        "pruned": [],
        "changed": [network],
        "disabled": [network, {"type": "this_machine", "enabled": False}],
    }
    kerio.store.add_ip_group_entry("other", "192.0.2.1")
    document = {"ip_address_groups": [{"name": "Local clients", "entries": entries[change]}]}
    if change == "pruned":
        document = {"ip_address_groups": [{"name": "other"}]}
    prune = ["ip_address_groups"] if change == "pruned" else []
    unharmed(kerio, pruning(kerio, document, *prune), "Local clients", "cut off", "nothing was changed")


# Names that are secrets.


def test_a_name_that_is_a_secret_elsewhere_is_not_in_the_way(kerio: Bench) -> None:
    """What is masked in texts is whole in what is compared and sent: the object of that name goes, and no other."""
    secret = "night-shift-7X"
    for name in (secret, "other"):
        kerio.store.add_group(name)
    document = {
        "groups": [{"name": name, "domain": "example.com"} for name in ("staff", "sales", "other")],
        "users": [{"name": "carol", "domain": "example.com", "password": secret, "description": f"was {secret}"}],
    }
    unharmed(kerio, pruning(kerio, document, "groups", max_deletions=0), "max_deletions")
    assert kerio.predicted_config(document, prune=["groups"])["summary"]["deleted"] == 1
    assert {group["name"] for group in kerio.store.groups.values()} == {"staff", "sales", "other"}
    assert kerio.store.user("carol")["description"] == f"was {secret}"
    assert kerio.predicted_config(document, prune=["groups"])["changed"] is False


# A failure on the way.


def test_a_domain_whose_users_could_not_be_deleted_is_not_deleted_either(kerio: Bench) -> None:
    kerio.store.add_domain(BRANCH)
    kerio.store.add_user("carol", BRANCH, messages=3)
    kerio.sim.faults.add(Fault("rpc_error", "Users.remove", times=50, code=1000, message="Mailbox is in use."))
    document = {
        "domains": [{"name": BRANCH, "state": "absent", "allow_mail_loss": True}],
        "users": [{"name": "carol", "domain": BRANCH, "state": "absent"}],
        "groups": [{"name": "night", "domain": "example.com"}],
    }
    result = kerio.config(document, on_error="continue")
    lines = {line["object"]: line for line in result["results"]}
    assert (result["failed"], result["changed"]) == (True, True)
    assert lines[f"user carol@{BRANCH}"]["status"] == "failed"
    assert lines[f"domain {BRANCH}"]["status"] == "not_done"
    assert lines[f"domain {BRANCH}"]["blocked_by"] == f"user carol@{BRANCH}"
    assert lines["group night@example.com"]["status"] == "done"
    assert kerio.store.domain(BRANCH)
    assert [write.call for write in kerio.sim.writes if write.call.startswith("Domains.")] == []


def test_what_failed_first_is_told_although_more_failed(kerio: Bench) -> None:
    kerio.sim.faults.add(Fault("rpc_error", "Groups.create", times=50, code=1000, message="Full."))
    groups = [{"name": name, "domain": "example.com"} for name in ("one", "two")]
    result = kerio.config({"groups": groups}, on_error="continue")
    refused(result, "group one@example.com", "2 failed")
