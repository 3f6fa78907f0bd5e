# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many objects of Kerio Connect in one document: how few calls they cost, and that the server holds what was asked for.

What the server takes as a list goes as one call for each hundred, what differs by Batch.run (contract 10 and 14).
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from tests.unit.systems.bench import Bench, done
from tests.unit.systems.kerio_many import (
    DOMAIN,
    GROUPS,
    KINDS,
    PASSWORD,
    SIZE,
    Many,
    as_wished,
    batched,
    calls,
    written,
)

STEPS = ("made", "changed alike", "changed apart")


@pytest.mark.parametrize("many", KINDS, ids=lambda many: many.plural)
def test_a_hundred_and_ten_objects_cost_two_slices(kerio: Bench, many: Many) -> None:
    """Made, changed alike, changed apart, deleted: few calls each, what check mode predicted, and nothing left over."""
    documents = [many.document(), many.document(lambda n: many.alike), many.document(many.apart)]
    for place, document in enumerate(documents):
        result = kerio.predicted_config(document)
        assert result["summary"][("created", "updated", "updated")[place]] == SIZE, STEPS[place]
        as_wished(kerio, many, place)
        kerio.forget_requests()
        assert kerio.config(document)["changed"] is False
        assert kerio.sim.writes == []
    gone = {many.plural: [{**many.key(number), "state": "absent"} for number in range(SIZE)]}
    assert kerio.predicted_config(gone, allow_mail_loss=True)["summary"]["deleted"] == SIZE
    for number in range(SIZE):
        try:
            assert not many.held(kerio.store, number)
        except KeyError:
            continue


@pytest.mark.parametrize("many", KINDS, ids=lambda many: many.plural)
def test_what_each_step_sends(kerio: Bench, many: Many) -> None:
    gone = {many.plural: [{**many.key(number), "state": "absent"} for number in range(SIZE)]}
    steps = [many.document(), many.document(lambda n: many.alike), many.document(many.apart), gone]
    for place, document in enumerate(steps):
        kerio.forget_requests()
        result = done(kerio.config(document, allow_mail_loss=True))
        alone = [call for call in many.wires[place] if call != "Batch.run"]
        assert written(kerio) == alone * 2, place
        assert batched(kerio) == many.commands[place], place
        assert len(calls(kerio)) == 2 * len(many.wires[place]) + many.reads[place], (place, calls(kerio))
        assert kerio.logins == 1
        assert result["api"]["calls"] == len(calls(kerio)) + 2
        assert result["api"]["pages"] >= 1


@pytest.mark.parametrize("many", KINDS, ids=lambda many: many.plural)
def test_a_server_that_takes_no_batches_gets_one_after_another(kerio: Bench, many: Many) -> None:
    kerio.sim.settings.batch = False
    for place, document in enumerate([many.document(), many.document(lambda n: many.alike), many.document(many.apart)]):
        kerio.forget_requests()
        done(kerio.config(document))
        as_wished(kerio, many, place)
        assert calls(kerio).count("Batch.run") <= 1, "it is asked once"
        assert kerio.config(document)["changed"] is False


# What is known of names, and asked for again.


def test_objects_that_name_each_other_go_in_their_order(kerio: Bench) -> None:
    """A domain, its groups and its users in one document; what was made is found by those who name it."""
    document = {
        "domains": [{"name": f"d{n}.example"} for n in range(3)],
        "groups": [{"name": f"crew{n}", "domain": f"d{n}.example", "members": [f"u{n}"]} for n in range(3)],
        "users": [
            {"name": f"u{n}", "domain": f"d{n}.example", "password": PASSWORD, "groups": [f"crew{n}"]} for n in range(3)
        ],
        "mailing_lists": [
            {"name": "news", "domain": f"d{n}.example", "members": [f"u{n}@d{n}.example"]} for n in range(3)
        ],
        "resources": [{"name": "room", "domain": f"d{n}.example", "manager": f"u{n}"} for n in range(3)],
    }
    assert kerio.predicted_config(document)["summary"]["created"] == 15
    assert kerio.predicted_config(document)["changed"] is False
    for number in range(3):
        domain = f"d{number}.example"
        assert kerio.store.members(kerio.store.group(f"crew{number}", domain)["id"]) == [f"u{number}"]
        assert kerio.store.list_members("news", domain) == [f"u{number}"]
        assert kerio.store.resource("room", domain)["manager"]["id"] == kerio.store.user(f"u{number}", domain)["id"]


def test_groups_that_contain_each_other_are_made_in_their_order(kerio: Bench) -> None:
    """Each names the next one, so that none may go together with another."""
    entries = [
        {"name": f"i{n}", "entries": [{"type": "host", "host": "10.0.0.1"}, {"type": "group", "group": f"i{n + 1}"}]}
        for n in range(4)
    ]
    last = {"name": "i4", "entries": [{"type": "host", "host": "10.0.0.1"}]}
    assert kerio.predicted_config({"ip_address_groups": [*entries, last]})["summary"]["created"] == 5
    gone = [{"name": f"i{n}", "state": "absent"} for n in range(5)]
    assert kerio.predicted_config({"ip_address_groups": gone})["summary"]["deleted"] == 5


def test_a_whole_server_is_read_with_each_list_once(kerio: Bench) -> None:
    """Of users twice: they tell who is in a group, and groups are read before them."""
    kerio.store.add_group("crew", "example.org")
    kerio.store.add_user("carol", "example.org")
    for number in range(60):
        kerio.store.add_mailing_list(f"l{number}", members=["alice", "x@example.net"], moderators=["bob"])
        kerio.store.add_resource(f"r{number}", manager={"type": "UserPrincipal", "id": kerio.store.user("bob")["id"]})
    result = done(kerio.info())
    assert len(result["config"]["mailing_lists"]) == 60
    reads = {
        **dict.fromkeys(["Domains.get", "IpAddressGroups.get", "TimeRanges.get"], 1),
        **dict.fromkeys(["Groups.get", "Aliases.get", "MailingLists.get", "Resources.get", "Batch.run"], 2),
        "Users.get": 4,
    }
    assert Counter(calls(kerio)) == reads
    assert batched(kerio) == {"MailingLists.getMlUserList": 60}
    kerio.forget_requests()
    assert kerio.config(result["config"])["changed"] is False
    assert kerio.calls.count("Users.get") == 4
    assert kerio.calls.count("Domains.get") == 1


def test_the_heir_of_many_mailboxes_is_looked_up_once_for_a_slice(kerio: Bench) -> None:
    for number in range(SIZE):
        kerio.store.add_user(f"u{number}", messages=1)
    removal = {"state": "absent", "mailbox": "move", "move_to": "alice@example.com"}
    document = {"users": [{"name": f"u{n}", "domain": DOMAIN, **removal} for n in range(SIZE)]}
    assert done(kerio.config(document))["summary"]["deleted"] == SIZE
    # The list before and after, and the heir of each slice.
    assert calls(kerio).count("Users.get") == 2 + 2
    assert kerio.store.mailboxes["example.com/alice"] == 120 + SIZE


def test_ids_that_the_server_does_not_tell_are_asked_for_once_for_a_slice(
    kerio: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    sim: Any = kerio.sim
    run = sim.run

    def silent(context: Any, name: str, given: dict[str, Any]) -> Any:
        result = run(context, name, given)
        return {"errors": []} if name == "Groups.create" else result

    monkeypatch.setattr(sim, "run", silent)
    done(kerio.config(GROUPS.document()))
    as_wished(kerio, GROUPS, 0)
    assert calls(kerio).count("Groups.get") == 2 + 2


# What others do meanwhile.


@pytest.mark.parametrize("has_batches", [True, False])
def test_what_is_old_is_read_again_together_and_what_others_changed_stays(kerio: Bench, has_batches: bool) -> None:
    """Structures are written whole, so that they are merged with what the server holds now (contract 11)."""
    kerio.sim.settings.batch = has_batches
    for number in range(SIZE):
        kerio.store.add_user(f"u{number}")

    def somebody_else() -> None:
        for number in range(SIZE):
            user = kerio.store.user(f"u{number}")
            user["role"] = {**user["role"], "publicFolderRight": True}

    kerio.clock.step = 31.0
    kerio.before("Users.get", somebody_else, number=2)
    kerio.before("Batch.run", somebody_else)
    # Each with a role, and a text of its own, so that the patterns differ.
    wishes = [{"name": f"u{n}", "domain": DOMAIN, "role": "auditor", "description": f"desk {n}"} for n in range(SIZE)]
    assert done(kerio.config({"users": wishes}))["summary"]["updated"] == SIZE
    for number in range(SIZE):
        role = kerio.store.user(f"u{number}")["role"]
        assert (role["userRole"], role["publicFolderRight"]) == ("Auditor", True)
    if has_batches:
        assert batched(kerio) == {"Users.get": SIZE, "Users.set": SIZE}
        # Two lists; the users of each slice, fifty in a request; the slices.
        assert len(calls(kerio)) == 3 + (2 + 1) + 2


@pytest.mark.parametrize("many", KINDS, ids=lambda many: many.plural)
def test_old_objects_of_every_kind_are_changed_all_the_same(kerio: Bench, many: Many) -> None:
    done(kerio.config(many.document()))
    kerio.clock.step = 31.0
    kerio.forget_requests()
    assert done(kerio.config(many.document(many.apart)))["summary"]["updated"] == SIZE
    kerio.clock.step = 0.0
    assert kerio.config(many.document(many.apart))["changed"] is False
    assert len(calls(kerio)) < 60


def test_one_of_a_slice_that_changed_in_the_meantime_is_planned_anew(kerio: Bench) -> None:
    for number in range(5):
        kerio.store.add_user(f"u{number}")

    def somebody_else() -> None:
        kerio.store.user("u1")["description"] = "same"
        kerio.store.users.pop(kerio.store.user("u3")["id"])

    kerio.clock.step = 31.0
    kerio.before("Batch.run", somebody_else)
    wishes = [{"name": f"u{n}", "domain": DOMAIN, "description": "same", "password": PASSWORD} for n in range(5)]
    result = done(kerio.config({"users": wishes}))
    assert [kerio.store.user(f"u{n}")["description"] for n in range(5)] == ["same"] * 5
    assert result["changed"] is True
    assert kerio.config({"users": wishes})["changed"] is False


def test_the_primary_domain_moves_while_others_change(kerio: Bench) -> None:
    kerio.connection["api_username"] = "admin@example.com"
    for number in range(3):
        kerio.store.add_domain(f"d{number}.example")
    document = {
        "domains": [
            {"name": "example.com", "is_primary": False, "description": "was first"},
            {"name": "d0.example", "description": "plain"},
            {"name": "d1.example", "is_primary": True, "description": "is first"},
            {"name": "d2.example", "is_primary": False, "description": "plain"},
        ]
    }
    assert kerio.predicted_config(document)["summary"]["updated"] == 4
    assert [row["name"] for row in kerio.store.domains.values() if row["isPrimary"]] == ["d1.example"]
    assert kerio.predicted_config(document)["changed"] is False
