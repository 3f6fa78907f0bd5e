# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter rules: a list that is written whole, under a stamp, with rules in it that nobody may damage
(kerio_connect.md 4.2)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, strategies as st

from ansible_collections.postmaster.comms.plugins.module_utils._systems.kerio_webmail.order import in_wished_order
from tests.simulators import Fault
from tests.unit.systems.bench import Bench, done, refused

STOP = {"actions": [{"type": "FaStop", "parameters": []}]}
SPAM = [{"testedTarget": "CtSpam", "comparator": "CcNoComparator", "parameters": []}]
RULE: dict[str, Any] = {"name": "Boss", "conditions": [{"field": "all"}], "actions": [{"type": "keep"}]}
SWITCHES: dict[str, dict[str, Any]] = {
    "usual": {},
    "stamp not looked at": {"stale_stamp_code": 0},
    "large stamps": {"stamps": "large"},
    "new ids": {"filter_ids": "new"},
    "places for ids": {"filter_ids": "position"},
    "strict ids": {"unknown_filter_id": "refuse"},
    "members kept": {"rule_member_left_out": "kept"},
    "computed": {"is_incomplete": "computed"},
    "unchecked": {"rule_checks_code": 0},
    "newer": {"extra_members": True},
}
# Each action with its parameters on the wire, and each condition with its form there.
ACTIONS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"type": "file_into", "folder": "INBOX/A"}, {"type": "FaFileInto", "parameters": ["INBOX/A"]}),
    ({"type": "redirect", "address": "a@B.example"}, {"type": "FaRedirect", "parameters": ["a@b.example"]}),
    ({"type": "copy_to", "address": "a@b.example"}, {"type": "FaCopyToAddress", "parameters": ["a@b.example"]}),
    ({"type": "add_recipient", "address": "a@b.example"}, {"type": "FaAddRecipient", "parameters": ["a@b.example"]}),
    ({"type": "keep"}, {"type": "FaKeep", "parameters": []}),
    ({"type": "discard"}, {"type": "FaDiscard", "parameters": []}),
    ({"type": "reject", "text": "No."}, {"type": "FaReject", "parameters": ["No."]}),
    ({"type": "auto_reply", "text": "Hi\n\nall\n"}, {"type": "FaAutoReply", "parameters": ["Hi\n\nall"]}),
    (
        {"type": "notify", "text": "t", "subject": "s", "address": "a@b.example"},
        {"type": "FaNotify", "parameters": ["a@b.example", "s", "t"]},
    ),
    ({"type": "add_header", "header": "X-A", "value": "b"}, {"type": "FaAddHeader", "parameters": ["X-A", "b"]}),
    ({"type": "set_header", "header": "X-A", "value": ""}, {"type": "FaSetHeader", "parameters": ["X-A", ""]}),
    ({"type": "remove_header", "header": "X-A"}, {"type": "FaRemoveHeader", "parameters": ["X-A"]}),
    ({"type": "mark_read"}, {"type": "FaSetReadFlag", "parameters": []}),
    ({"type": "stop"}, {"type": "FaStop", "parameters": []}),
]


def _condition(target: str, comparator: str, *parameters: str) -> dict[str, Any]:
    return {"testedTarget": target, "comparator": comparator, "parameters": list(parameters)}


CONDITIONS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    *(
        ({"field": field, "operator": "is", "value": ["é x"]}, _condition(target, "CcEqual", "é x"))
        for field, target in {
            "from": "CtFrom",
            "to": "CtTo",
            "cc": "CtCc",
            "subject": "CtSubject",
            "recipient": "CtRecipient",
            "sender": "CtSender",
            "envelope_sender": "CtEnvelopeSender",
            "envelope_recipient": "CtEnvelopeRecipient",
        }.items()
    ),
    ({"field": "to", "operator": "is_not", "value": ["a"]}, _condition("CtTo", "CcNotEqual", "a")),
    ({"field": "to", "operator": "contains", "value": ["a", "b"]}, _condition("CtTo", "CcContain", "a", "b")),
    ({"field": "to", "operator": "does_not_contain", "value": ["a"]}, _condition("CtTo", "CcNotContain", "a")),
    ({"field": "size", "operator": "under", "value": ["1024K"]}, _condition("CtSize", "CcUnder", "1048576")),
    ({"field": "size", "operator": "over", "value": ["0B"]}, _condition("CtSize", "CcOver", "0")),
    ({"field": "attachment"}, _condition("CtAttachment", "CcNoComparator")),
    ({"field": "spam"}, _condition("CtSpam", "CcNoComparator")),
    ({"field": "all", "value": []}, _condition("CtAll", "CcNoComparator")),
]


def _names(webmail: Bench) -> list[str]:
    return [rule["description"] for rule in webmail.store.filters_of("alice")]


def _rule(webmail: Bench, name: str) -> dict[str, Any]:
    return dict(next(rule for rule in webmail.store.filters_of("alice") if rule["description"] == name))


@pytest.mark.parametrize("switches", SWITCHES)
def test_every_change_is_predicted_and_made_once(webmail: Bench, switches: str) -> None:
    for name, value in SWITCHES[switches].items():
        setattr(webmail.sim.settings, name, value)
    walk: tuple[dict[str, Any], ...] = (
        {**RULE, "match": "any", "conditions": [each for each, _wire in CONDITIONS]},
        {"name": "boss", "position": 1},
        {"name": "Boss", "match": "all"},
        {"name": "Boss", "enabled": False},
        {"name": "Boss", "actions": [{"type": "keep"}, {"type": "stop"}]},
        {"name": "Boss", "actions": [{"type": "stop"}, {"type": "keep"}]},
        {"name": "Boss", "conditions": [{"field": "spam"}]},
        {"name": "Boss", "state": "absent"},
    )
    before = webmail.store.filters_of("alice")
    for wish in walk:
        assert webmail.predicted("filter", **wish)["changed"] is True, wish
        assert webmail.predicted("filter", **wish)["changed"] is False, wish
        config = done(webmail.info())["config"]
        assert webmail.predicted_config(config)["changed"] is False
    after = webmail.store.filters_of("alice")
    assert [{**rule, "id": ""} for rule in after] == [{**rule, "id": ""} for rule in before]


@pytest.mark.parametrize(("wish", "wire"), ACTIONS)
def test_actions_on_the_wire(webmail: Bench, wish: dict[str, Any], wire: dict[str, Any]) -> None:
    webmail.predicted("filter", **{**RULE, "actions": [wish]})
    assert _rule(webmail, "Boss")["actions"] == [wire]


@pytest.mark.parametrize(("wish", "wire"), CONDITIONS)
def test_conditions_on_the_wire(webmail: Bench, wish: dict[str, Any], wire: dict[str, Any]) -> None:
    webmail.predicted("filter", **{**RULE, "conditions": [wish]})
    assert _rule(webmail, "Boss")["conditions"] == [wire]


def test_a_new_rule_goes_to_the_end_and_is_on(webmail: Bench) -> None:
    prediction = webmail.object("filter", check_mode=True, **RULE)
    assert prediction["filter"]["position"] is None
    assert webmail.predicted("filter", **RULE)["filter"]["position"] == 3
    rule = _rule(webmail, "Boss")
    assert (rule["isEnabled"], rule["evaluationMode"], rule["isIncomplete"]) == (True, "EmAllOf", False)


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"actions": [{"type": "notify", "address": "a@b.example"}]}, "subject and text are needed for notify"),
        ({"actions": [{"type": "stop"}, {"type": "stop", "text": "x"}]}, "entry 2: stop takes no text"),
        ({"actions": [{"folder": "x"}]}, "type is needed"),
        ({"actions": [{"type": "file_into", "folder": " "}]}, "folder: is empty"),
        ({"actions": [{"type": "redirect", "address": "nobody"}]}, "is not an e-mail address"),
        ({"actions": [{"type": "remove_header", "header": "received"}]}, "Received cannot be removed"),
        ({"actions": [{"type": "add_header", "header": "CONTENT-Type", "value": ""}]}, "cannot be changed"),
        ({"actions": [{"type": "add_header", "header": "a b", "value": ""}]}, "not the name of a header"),
        ({"actions": [{"type": "set_header", "header": "X", "value": "a\nBcc: x"}]}, "one line"),
        ({"actions": []}, "actions: is empty"),
        ({"conditions": []}, "conditions: is empty"),
        ({"conditions": [{"operator": "is", "value": ["a"]}]}, "field is needed"),
        ({"conditions": [{"field": "to", "value": ["a"]}]}, "operator None does not go with to"),
        ({"conditions": [{"field": "to", "operator": "over", "value": ["5M"]}]}, "operator over does not go with to"),
        ({"conditions": [{"field": "size", "operator": "is", "value": ["5M"]}]}, "does not go with size"),
        ({"conditions": [{"field": "size", "operator": "over", "value": ["5"]}]}, "write 5M for megabytes"),
        ({"conditions": [{"field": "size", "operator": "over", "value": ["5M", "6M"]}]}, "one value"),
        ({"conditions": [{"field": "to", "operator": "is", "value": []}]}, "value is needed"),
        ({"conditions": [{"field": "to", "operator": "is", "value": [""]}]}, "value: is empty"),
        ({"conditions": [{"field": "spam", "operator": "is"}]}, "compared with nothing"),
        ({"conditions": [{"field": "all", "value": ["x"]}]}, "compared with nothing"),
        ({"name": "  "}, "name: is empty"),
        ({"position": 0}, "not between 1"),
    ],
)
def test_rules_that_cannot_be_meant_are_refused_before_the_first_call(
    webmail: Bench, wish: dict[str, Any], words: str
) -> None:
    refused(webmail.object("filter", check_mode=True, **{**RULE, **wish}), words)
    assert webmail.calls == []


# Order.


@given(st.lists(st.text(max_size=2), unique=True, max_size=7), st.data())
def test_wished_places_are_kept_and_the_others_keep_their_order(rules: list[str], data: st.DataObject) -> None:
    moving = data.draw(st.lists(st.sampled_from(rules), unique=True)) if rules else []
    places = data.draw(st.permutations(range(1, len(rules) + 1)))
    wished = dict(zip(moving, places, strict=False))
    ordered = in_wished_order(rules, wished.get)
    assert sorted(ordered) == sorted(rules)
    assert {rule: ordered.index(rule) + 1 for rule in wished} == wished
    assert [rule for rule in ordered if rule not in wished] == [rule for rule in rules if rule not in wished]
    assert in_wished_order(ordered, wished.get) == ordered


def test_a_document_puts_all_rules_in_their_places_at_once(webmail: Bench) -> None:
    """Also those that stand where they are to stand, and are pushed away by others."""
    for name in "ABC":
        webmail.store.add_filter("alice", name, conditions=SPAM, **STOP)
    document = {
        "filters": [
            {"name": "C", "position": 1},
            {"name": "Large messages", "position": 2},
            {**RULE, "position": 6},
            {**RULE, "name": "First", "position": 3},
            {"name": "Announcements", "state": "absent"},
        ]
    }
    result = webmail.predicted_config(document)
    assert _names(webmail) == ["C", "Large messages", "First", "A", "B", "Boss"]
    assert result["summary"] == {"created": 2, "updated": 1, "deleted": 1, "unchanged": 1, "failed": 0}
    assert webmail.predicted_config(document)["changed"] is False


def test_rules_are_written_one_after_another(webmail: Bench) -> None:
    """Each write replaces the whole list, and nobody has seen the client interface take several commands."""
    webmail.forget_requests()
    document = {"filters": [{**RULE, "name": f"rule {number}"} for number in range(5)]}
    assert webmail.config(document)["summary"]["created"] == 5
    assert webmail.calls == ["Filters.get", *["Filters.get", "Filters.set"] * 5, "Filters.get"]
    assert _names(webmail)[-5:] == [f"rule {number}" for number in range(5)]


def test_a_place_is_kept_while_others_go(webmail: Bench) -> None:
    webmail.store.add_filter("alice", "Z", conditions=SPAM, **STOP)
    document = {"filters": [{"name": "Large messages", "position": 2}, {"name": "Announcements", "state": "absent"}]}
    webmail.predicted_config(document)
    assert _names(webmail) == ["Z", "Large messages"]


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        ([{"name": "Announcements", "position": 3}], "config.filters[0].position: 3 is beyond the end: there are 2"),
        (
            [{"name": "Announcements", "position": 2}, {"name": "Large messages", "state": "absent"}],
            "there are 1 rules",
        ),
        (
            [{"name": "Announcements", "position": 2}, {"name": "Large messages", "position": 2}],
            "config.filters[1].position: 2 is where filter Announcements is to stand",
        ),
    ],
)
def test_places_that_cannot_be(webmail: Bench, filters: list[dict[str, Any]], words: str) -> None:
    for check_mode in (True, False):
        refused(webmail.config({"filters": filters}, check_mode=check_mode), words)
    assert not webmail.sim.writes


# Rules that options cannot say.


def test_rules_that_nothing_names_are_left_alone(webmail: Bench) -> None:
    for name in ("Double", "double", "", "Single"):
        webmail.store.add_filter("alice", name, conditions=SPAM, **STOP)
    info = done(webmail.info())
    assert [each["name"] for each in info["config"]["filters"]] == ["Announcements", "Large messages", "Single"]
    assert len(info["warnings"]) == 3
    assert webmail.predicted_config(info["config"])["changed"] is False
    for wish in ({"enabled": False}, {"state": "absent"}):
        refused(webmail.object("filter", name="DOUBLE", **wish), "2 rules have the name")
        refused(webmail.config({"filters": [{"name": "DOUBLE", **wish}]}), "2 filters", "nothing tells them apart")
    webmail.predicted_config({"filters": [{"name": "Single", "position": 1}]}, prune=["filters"])
    assert _names(webmail) == ["Single", "Double", "double", ""]


def test_what_is_not_known_is_kept_and_told(webmail: Bench) -> None:
    rule = webmail.store.add_filter("alice", "Odd", conditions=[], actions=[{"type": "FaFly", "parameters": ["x"]}])
    rule.update(evaluationMode="EmOdd", unknown={"a": 1})
    info = done(webmail.info())
    assert info["config"]["filters"][2] == {"name": "Odd", "enabled": True, "position": 3}
    assert sorted(warning.split()[2] for warning in info["warnings"]) == ["actions", "conditions", "match"]
    assert webmail.predicted_config(info["config"])["changed"] is False


def test_unknown_members_go_back_as_they_came(webmail: Bench) -> None:
    webmail.sim.settings.extra_members = True
    webmail.predicted("filter", name="Announcements", enabled=False)
    (write,) = webmail.sim.writes
    assert all("x9SinceNewerRelease" in rule for rule in write.params["filters"])


@pytest.mark.parametrize("script_in_set", ["kept", "lost"])
@pytest.mark.parametrize("filter_ids", ["kept", "new", "position"])
@pytest.mark.parametrize("is_incomplete", ["as_sent", "computed"])
def test_scripts_survive_every_change(webmail: Bench, script_in_set: str, filter_ids: str, is_incomplete: str) -> None:
    settings, account = webmail.sim.settings, webmail.store.user("alice")
    settings.script_in_set, settings.filter_ids = script_in_set, filter_ids
    settings.is_incomplete = is_incomplete
    for name in ("One", "Two"):
        rule = webmail.store.add_filter("alice", name, isIncomplete=True)
        account.scripts[rule["id"]] = f"# {name}"
    config = done(webmail.info())["config"]
    assert config["filters"][2] == {"name": "One", "enabled": True, "position": 3}
    changes: tuple[dict[str, Any], ...] = (
        {"name": "Announcements", "position": 4},
        {"name": "Two", "position": 1},
        {"name": "One", "enabled": False},
        {"name": "Large messages", "state": "absent"},
        RULE,
    )
    for wish in changes:
        assert webmail.predicted("filter", **wish)["changed"] is True
        scripts = {rule["description"]: account.scripts.get(rule["id"]) for rule in account.filters}
        assert (scripts["One"], scripts["Two"]) == ("# One", "# Two")
    assert _rule(webmail, "One")["isEnabled"] is False
    assert [_rule(webmail, name)["isIncomplete"] for name in ("One", "Two", "Boss")] == [True, True, False]
    assert webmail.predicted("filter", name="Two", state="absent")["changed"] is True
    assert list(account.scripts.values()) == ["# One"]


@pytest.mark.parametrize("option", ["match", "conditions", "actions"])
def test_a_script_is_not_overwritten(webmail: Bench, option: str) -> None:
    webmail.store.add_filter("alice", "Script", isIncomplete=True)
    wish = {"match": "any", **RULE}
    refused(webmail.object("filter", name="Script", **{option: wish[option]}), option, "written as a script")


def test_a_script_that_cannot_be_read_stops_the_change(webmail: Bench) -> None:
    webmail.store.add_filter("alice", "Script", isIncomplete=True)
    webmail.sim.faults.add(Fault("rpc_error", "Filters.getById", times=9, code=1000))
    refused(webmail.object("filter", name="Announcements", enabled=False), "Filters.getById")
    assert not webmail.sim.writes


@pytest.fixture
def script(webmail: Bench) -> Callable[[], str | None]:
    """A rule that was written by hand, on a server that loses such when the list is written; returns its script."""
    webmail.sim.settings.script_in_set = "lost"
    account = webmail.store.user("alice")
    rule = webmail.store.add_filter("alice", "Script", isIncomplete=True)
    account.scripts[rule["id"]] = "# by hand"
    return lambda: account.scripts.get(_rule(webmail, "Script")["id"])


@pytest.mark.parametrize("fault", [{"kind": "rpc_error", "code": 1000}, {"kind": "drop_before"}])
def test_a_script_that_cannot_be_put_back_is_told_of(
    webmail: Bench, script: Callable[[], str | None], fault: dict[str, Any]
) -> None:
    webmail.sim.faults.add(Fault(call="Filters.setById", times=9, **fault))
    result = webmail.object("filter", name="Announcements", enabled=False)
    assert (result["failed"], result["changed"]) == (True, True)
    assert "'Script'" in result["msg"]
    assert "# by hand" in result["msg"]
    assert script() is None


@pytest.mark.parametrize("call", ["Filters.set", "Filters.setById"])
@pytest.mark.parametrize("fault", ["drop_before", "drop_after", "html", "truncated"])
def test_a_script_survives_broken_connections(
    webmail: Bench, script: Callable[[], str | None], fault: str, call: str
) -> None:
    webmail.sim.faults.add(Fault(fault, call))
    assert done(webmail.object("filter", name="Announcements", position=3))["changed"] is True
    assert script() == "# by hand"
    assert _names(webmail) == ["Large messages", "Script", "Announcements"]


# Others write at the same time.


def _meanwhile(webmail: Bench, monkeypatch: pytest.MonkeyPatch, times: int, **fields: Any) -> None:
    """Somebody else adds a rule each time when ours are about to be written."""
    simulator: Any = webmail.sim
    run, left = simulator.run, [times]

    def interfering(context: Any, name: str, params: dict[str, Any]) -> Any:
        if name == "Filters.set" and left[0]:
            left[0] -= 1
            webmail.store.add_filter("alice", **{"description": f"Other {left[0]}", **fields}, conditions=SPAM, **STOP)
        return run(context, name, params)

    monkeypatch.setattr(simulator, "run", interfering)


@pytest.mark.parametrize(
    ("wish", "names"),
    [
        (RULE, ["Announcements", "Large messages", "Other 0", "Boss"]),
        ({"name": "Announcements", "position": 2}, ["Large messages", "Announcements", "Other 0"]),
        ({"name": "Large messages", "state": "absent"}, ["Announcements", "Other 0"]),
    ],
)
@pytest.mark.parametrize("code", [1000, 1003, -32602, -32603])
def test_what_somebody_else_did_meanwhile_stays(
    webmail: Bench, monkeypatch: pytest.MonkeyPatch, wish: dict[str, Any], names: list[str], code: int
) -> None:
    webmail.sim.settings.stale_stamp_code = code
    _meanwhile(webmail, monkeypatch, 1)
    result = webmail.object("filter", **wish)
    if code == 1003:
        # Not permitted: no second try could help, had it been about the user's rights.
        assert result["failed"]
        return
    assert done(result)["changed"] is True
    assert _names(webmail) == names


def test_somebody_who_is_always_faster_ends_in_a_failure(webmail: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    _meanwhile(webmail, monkeypatch, 9)
    refused(webmail.object("filter", **RULE), "Filters.set")
    assert "Boss" not in _names(webmail)


def test_somebody_makes_the_same_rule_meanwhile(webmail: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    _meanwhile(webmail, monkeypatch, 1, description="Boss")
    assert done(webmail.object("filter", **RULE))["changed"] is True
    assert _names(webmail).count("Boss") == 1
    assert _rule(webmail, "Boss")["actions"] == [{"type": "FaKeep", "parameters": []}]


def test_a_refusal_that_is_meant_is_not_repeated(webmail: Bench) -> None:
    webmail.sim.settings.missing_folder_code = 1000
    refused(webmail.object("filter", **{**RULE, "actions": [{"type": "file_into", "folder": "x"}]}), "Folder x")
    assert len(webmail.sim.writes) == 1


@pytest.mark.parametrize("fault", ["drop_before", "drop_after", "html", "truncated", "half_then_drop"])
@pytest.mark.parametrize(
    "wish", [RULE, {"name": "Announcements", "position": 2}, {"name": "Large messages", "state": "absent"}]
)
def test_a_write_of_unknown_fate_is_done_once(webmail: Bench, fault: str, wish: dict[str, Any]) -> None:
    webmail.sim.faults.add(Fault(fault, "Filters.set"))
    assert done(webmail.object("filter", **wish))["changed"] is True
    assert [record.processed for record in webmail.sim.writes].count(True) == 1
    assert webmail.predicted("filter", **wish)["changed"] is False


def test_a_session_that_ends_is_renewed_and_nothing_is_lost(webmail: Bench) -> None:
    webmail.sim.faults.add(Fault("expire_session", "Filters.set"))
    assert done(webmail.object("filter", **RULE))["changed"] is True
    assert _names(webmail) == ["Announcements", "Large messages", "Boss"]


@pytest.mark.parametrize(
    "answer",
    [
        {"dataStamp": 1},
        {"dataStamp": 1, "filters": None},
        {"dataStamp": 1, "filters": {}},
        {"dataStamp": 1, "filters": [{"id": "x"}]},
        {"filters": []},
    ],
)
def test_an_answer_that_is_no_list_never_prunes(webmail: Bench, answer: dict[str, Any]) -> None:
    webmail.sim.faults.add(Fault("replace_result", "Filters.get", times=9, result=answer))
    refused(webmail.config({"filters": []}, prune=["filters"], allow_empty=True), "Filters.get")
    refused(webmail.object("filter", **RULE), "Filters.get")
    assert not webmail.sim.writes
