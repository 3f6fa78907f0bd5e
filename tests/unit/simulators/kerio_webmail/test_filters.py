# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter rules: the whole list and its stamp, what a rule may hold, and its raw form."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulators.kerio_webmail.rule_checks import NUMBER_OF_PARAMETERS
from tests.simulators.kerio_webmail.structures import ACTION_TYPE, COMPARATOR, TESTED_TARGET
from tests.unit.simulators.kerio_web import refused
from tests.unit.simulators.kerio_webmail.client import Rule, WebmailClient, condition, rule

# The list


def descriptions(client: WebmailClient) -> list[str]:
    return [row["description"] for row in client.rules()]


def test_set_replaces_the_list_in_its_order(alice: WebmailClient, bob: WebmailClient) -> None:
    first, second = alice.rules()
    alice.replace(rule("Three"), second)
    assert descriptions(alice) == ["Three", "Large messages"]
    assert [row["description"] for row in alice.server.store.filters_of("alice")] == ["Three", "Large messages"]
    alice.replace(*reversed(alice.rules()), first)
    assert descriptions(alice) == ["Large messages", "Three", "Announcements"]
    assert bob.rules() == []
    alice.replace()
    assert alice.rules() == []


def test_read_list_sent_back_changes_nothing_but_the_stamp(alice: WebmailClient) -> None:
    before = alice.rules()
    stamp = alice.stamp()
    assert alice.replace(*before) == stamp + 1
    assert alice.rules() == before


def test_stale_stamp_is_refused_unless_nobody_looks(alice: WebmailClient) -> None:
    stamp = alice.stamp()
    alice.replace(rule("One"), stamp=stamp)
    with refused(1000):
        alice.replace(rule("Two"), stamp=stamp)
    with refused(1000):
        alice.call("Filters.getById", {"currentDataStamp": stamp, "id": alice.rules()[0]["id"]})
    assert descriptions(alice) == ["One"]
    alice.server.settings.stale_stamp_code = 0
    alice.replace(rule("Two"), stamp=stamp)
    assert descriptions(alice) == ["Two"]
    alice.server.settings.stamps = "large"
    stamp = alice.stamp()
    assert alice.replace() not in (stamp, stamp + 1)


@pytest.mark.parametrize("ids", ["kept", "new", "position"])
def test_what_becomes_of_ids(alice: WebmailClient, ids: Any) -> None:
    alice.server.settings.filter_ids = ids
    first, second = alice.rules()
    alice.replace(second, first, rule("Third"))
    after = [row["id"] for row in alice.rules()]
    assert len(set(after)) == 3
    old = [second["id"], first["id"]]
    assert {"kept": after[:2] == old, "new": not set(after) & set(old), "position": after == ["1", "2", "3"]}[ids]


def test_id_sent_twice_or_unknown_makes_a_new_rule(alice: WebmailClient) -> None:
    first = alice.rules()[0]
    alice.replace(first, {**first, "description": "Copy"}, rule("Foreign", id="keriostorage://filter/x/y"))
    assert descriptions(alice) == ["Announcements", "Copy", "Foreign"]
    assert len({row["id"] for row in alice.rules()}) == 3
    alice.server.settings.unknown_filter_id = "refuse"
    with refused(1002):
        alice.replace(rule("Foreign", id="keriostorage://filter/x/y"))


def test_members_left_out(alice: WebmailClient) -> None:
    second = alice.rules()[1]
    partial = {"id": second["id"], "description": "Renamed"}
    alice.server.settings.rule_member_left_out = "kept"
    alice.replace(partial)
    assert alice.rules() == [{**second, "description": "Renamed"}]
    alice.server.settings.rule_member_left_out = "default"
    alice.replace(partial)
    assert alice.rules()[0]["actions"] == []
    assert alice.rules()[0]["isEnabled"] is False


def test_incomplete_as_sent_or_found_out(alice: WebmailClient) -> None:
    empty = rule("Empty", conditions=[], actions=[])
    alice.replace(empty, rule("Full", isIncomplete=True))
    assert [row["isIncomplete"] for row in alice.rules()] == [False, True]
    alice.server.settings.is_incomplete = "computed"
    alice.replace(*alice.rules())
    assert [row["isIncomplete"] for row in alice.rules()] == [True, False]


def test_two_rules_of_one_description(alice: WebmailClient) -> None:
    alice.replace(rule("Same"), rule("Same"))
    alice.server.settings.duplicate_descriptions_code = 1001
    with refused(1001):
        alice.replace(*alice.rules())


def test_newer_servers_send_more_members(alice: WebmailClient) -> None:
    alice.server.settings.extra_members = True
    read = alice.rules()
    assert all("x9SinceNewerRelease" in row for row in read)
    alice.replace(*read)
    assert "x9SinceNewerRelease" not in alice.server.store.filters_of("alice")[0]


# What a rule may hold

PARAMETERS = ("X-Header", "value", "text")


@pytest.mark.parametrize("kind", ACTION_TYPE.names)
def test_every_action_with_its_number_of_parameters(alice: WebmailClient, kind: str) -> None:
    number = NUMBER_OF_PARAMETERS[kind]
    right = rule("Action", (kind, *PARAMETERS[:number]))
    alice.replace(right)
    assert alice.rules()[0]["actions"] == [{"type": kind, "parameters": list(PARAMETERS[:number])}]
    for wrong in {number - 1, number + 1} - {-1}:
        values = (*PARAMETERS, "more")[:wrong]
        with refused(-32602):
            alice.replace(rule("Action", (kind, *values)))
    alice.server.settings.rule_checks_code = 0
    alice.replace(rule("Action", (kind, *PARAMETERS, "more")))
    assert len(alice.rules()[0]["actions"][0]["parameters"]) == 4


def takes(target: str, comparator: str) -> bool:
    """What the fact sheet says of the two."""
    if target in ("CtAttachment", "CtSpam", "CtAll"):
        return comparator == "CcNoComparator"
    return comparator != "CcNoComparator" and (comparator not in ("CcUnder", "CcOver") or target == "CtSize")


@pytest.mark.parametrize("target", TESTED_TARGET.names)
def test_every_condition_with_the_comparators_it_knows(alice: WebmailClient, target: str) -> None:
    for comparator in COMPARATOR.names:
        values = () if comparator == "CcNoComparator" else ("1024",)
        given = condition(target, comparator, *values)
        if takes(target, comparator):
            alice.replace(rule("Condition", conditions=[given]))
            assert alice.rules()[0]["conditions"] == [given]
        else:
            with refused(-32602):
                alice.replace(rule("Condition", conditions=[given]))


@pytest.mark.parametrize(
    "given",
    [
        condition("CtAll", "CcNoComparator", "x"),
        condition("CtSubject", "CcContain"),
        condition("CtSize", "CcOver", "10 MB"),
        {"testedTarget": "CtAll", "parameters": []},
        {"comparator": "CcContain", "parameters": ["x"]},
        {"testedTarget": "CtBody", "comparator": "CcContain", "parameters": ["x"]},
        {"testedTarget": "CtSize", "comparator": "CcOver", "parameters": [1024]},
    ],
)
def test_conditions_that_are_refused(alice: WebmailClient, given: Rule) -> None:
    with refused(-32602):
        alice.replace(rule("Condition", conditions=[given]))
    assert len(alice.rules()) == 2


def test_several_values_in_one_condition(alice: WebmailClient) -> None:
    several = rule("Several", conditions=[condition("CtFrom", "CcContain", "a@example.net", "b@example.net")])
    alice.replace(several)
    alice.server.settings.condition_parameters = "one"
    with refused(-32602):
        alice.replace(several)


@pytest.mark.parametrize(
    ("action", "accepted"),
    [
        (("FaAddHeader", "Content-Type", "x"), False),
        (("FaSetHeader", "content-language", "x"), False),
        (("FaRemoveHeader", "Content-ID"), False),
        (("FaRemoveHeader", "RECEIVED"), False),
        (("FaSetHeader", "Received", "x"), True),
        (("FaRemoveHeader", "X-Content-"), True),
        (("FaBounce",), False),
    ],
)
def test_headers_that_rules_leave_alone(alice: WebmailClient, action: tuple[str, ...], accepted: bool) -> None:
    if accepted:
        alice.replace(rule("Header", action))
    else:
        with refused(-32602):
            alice.replace(rule("Header", action))


def test_action_without_a_type(alice: WebmailClient) -> None:
    with refused(-32602):
        alice.replace(rule("None", actions=[{"parameters": []}]))


def test_folder_must_be_there_by_switch(alice: WebmailClient) -> None:
    alice.replace(rule("Anywhere", ("FaFileInto", "No such")))
    alice.server.settings.missing_folder_code = 4104
    with refused(4104):
        alice.replace(rule("Anywhere", ("FaFileInto", "No such")))
    alice.replace(rule("There", ("FaFileInto", "Lists")))


# Raw form


def raw(client: WebmailClient, rule_id: str) -> Rule:
    return dict(client.call("Filters.getById", {"currentDataStamp": client.stamp(), "id": rule_id})["rule"])


def set_raw(client: WebmailClient, **members: Any) -> int:
    params = {"currentDataStamp": client.stamp(), "rule": members}
    return int(client.call("Filters.setById", params)["newDataStamp"])


def test_raw_form_reads_and_writes_one_rule(alice: WebmailClient) -> None:
    first, second = alice.rules()
    shown = raw(alice, first["id"])
    assert (shown["description"], shown["isEnabled"]) == ("Announcements", True)
    assert '"[announce]"' in shown["script"]
    stamp = set_raw(alice, **{**shown, "isEnabled": False})
    assert stamp == alice.stamp()
    assert alice.rules() == [{**first, "isEnabled": False}, second]


def test_script_written_by_hand_makes_a_rule_incomplete(alice: WebmailClient) -> None:
    first = alice.rules()[0]
    set_raw(alice, id=first["id"], script="keep;")
    after = alice.rules()[0]
    assert (after["isIncomplete"], after["conditions"], after["actions"]) == (True, [], [])
    assert raw(alice, first["id"])["script"] == "keep;"
    # The list sent back, as a client does that changes another rule.
    alice.replace(*alice.rules())
    assert raw(alice, first["id"])["script"] == "keep;"
    alice.server.settings.filter_ids = "new"
    alice.replace(*alice.rules())
    assert raw(alice, alice.rules()[0]["id"])["script"] == "keep;"
    alice.server.settings.script_in_set = "lost"
    alice.replace(*alice.rules())
    assert raw(alice, alice.rules()[0]["id"])["script"] != "keep;"


def test_conditions_take_the_place_of_a_script(alice: WebmailClient) -> None:
    first, second = alice.rules()
    set_raw(alice, id=first["id"], script="keep;")
    alice.replace({**first, "isIncomplete": False}, second)
    assert alice.rules() == [first, second]
    assert raw(alice, first["id"])["script"] != "keep;"


def test_generated_script_is_understood_when_it_comes_back(alice: WebmailClient) -> None:
    first = alice.rules()[0]
    pattern = rule("Pattern", ("FaReject", 'No "thanks" \\'), conditions=[condition("CtSender", "CcNotEqual", "x")])
    before = alice.server.store.snapshot()["accounts"]
    generated = alice.call("Filters.generateRule", {"pattern": pattern})["rule"]
    assert alice.server.store.snapshot()["accounts"] == before
    assert (generated["id"], generated["description"]) == ("", "Pattern")
    set_raw(alice, id=first["id"], script=generated["script"])
    after = alice.rules()[0]
    assert (after["conditions"], after["actions"]) == (pattern["conditions"], pattern["actions"])
    assert (after["description"], after["isIncomplete"]) == ("Announcements", False)
    with refused(-32602):
        alice.call("Filters.generateRule", {"pattern": rule("Pattern", ("FaReject",))})


def test_raw_rule_of_an_unknown_id(alice: WebmailClient) -> None:
    with refused(1002):
        raw(alice, "nowhere")
    with refused(1002):
        set_raw(alice, id="", description="New", script="keep;")
    alice.server.settings.raw_rule_without_id = "append"
    set_raw(alice, id="", isEnabled=True, description="New", script="keep;")
    added = alice.rules()[2]
    assert (added["description"], added["isEnabled"], added["isIncomplete"]) == ("New", True, True)
    assert raw(alice, added["id"])["script"] == "keep;"


def test_different_rules_have_different_scripts(alice: WebmailClient) -> None:
    """Every target with every comparator, every action: no two scripts are alike."""
    alice.server.settings.rule_checks_code = 0
    patterns = [
        rule("Same", conditions=[condition(target, comparator, "1")])
        for target in TESTED_TARGET.names
        for comparator in COMPARATOR.names
        if takes(target, comparator)
    ]
    patterns += [rule("Same", (kind, "a")) for kind in ACTION_TYPE.names]
    patterns += [rule("Same", ("FaNotify", 'a", "b')), rule("Same", ("FaNotify", "a", "b"))]
    patterns += [rule("Same", evaluationMode="EmAllOf"), rule("Same", actions=[])]
    scripts = [alice.call("Filters.generateRule", {"pattern": pattern})["rule"]["script"] for pattern in patterns]
    assert len(set(scripts)) == len(scripts)
