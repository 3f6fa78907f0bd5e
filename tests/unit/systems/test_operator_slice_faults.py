# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many objects of Kerio Operator of which some fail: each result is honest, nothing is done twice, a re-run does the
rest (contract 9 and 10)."""

from __future__ import annotations

import json
import random
from collections import Counter
from typing import Any

import pytest

from tests.simulators import Fault, KerioOperator
from tests.unit.systems.bench import Bench, Result, done

# One slice, and the rest of another one.
SIZE = 110
PASSWORD = "S1p-secret-1"
NUMBERS = [str(2000 + place) for place in range(SIZE)]
NEW = {"extensions": [{"number": number, "sip_password": PASSWORD} for number in NUMBERS]}
ALIKE = {"extensions": [{"number": number, "description": "same"} for number in NUMBERS]}
DIFFERENTLY = {"extensions": [{"number": number, "description": f"desk {number}"} for number in NUMBERS]}
GONE = {"extensions": [{"number": number, "state": "absent"} for number in NUMBERS]}
# Enough for one request with several commands.
FEW = 12


def few(document: dict[str, Any]) -> dict[str, Any]:
    """The first ones of it."""
    return {kind: entries[:FEW] for kind, entries in document.items()}


@pytest.fixture
def empty(operator: Bench) -> Bench:
    operator.sim.settings.licensed_users = 1000
    return operator


@pytest.fixture
def written(empty: Bench, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often the server carried out a write to each number or id, whatever it answered."""
    counts: Counter[str] = Counter()
    sim = empty.sim
    assert isinstance(sim, KerioOperator)
    run = sim.run

    def counted(context: Any, method: str, params: dict[str, Any]) -> Any:
        result = run(context, method, params)
        if sim.is_write(method):
            errors = result.get("errors", []) if isinstance(result, dict) else []
            failed = {error["inputIndex"] for error in errors}
            counts.update(one for place, one in enumerate(_subjects(params)) if place not in failed)
        return result

    monkeypatch.setattr(sim, "run", counted)
    return counts


def _subjects(params: dict[str, Any]) -> list[str]:
    """What a write is about."""
    detail = params.get("detail") or {}
    ids = params.get("guids", [params.get("guid")])
    return [detail["telNum"]] if "telNum" in detail else [f"id {guid}" for guid in ids]


@pytest.fixture
def site(empty: Bench) -> Bench:
    for number in NUMBERS:
        empty.store.add_extension(number)
    return empty


def wire(bench: Bench) -> list[str]:
    return [each.call for each in bench.sim.requests if not (each.batched or each.login or each.logout)]


def status(result: Result) -> Counter[str]:
    """How many objects had which fate, by the lines of the result."""
    return Counter(line["status"] for line in result["results"])


def failures(result: Result) -> dict[str, dict[str, Any]]:
    return {line["object"]: line for line in result["results"] if line["status"] == "failed"}


def finished(bench: Bench, document: dict[str, Any]) -> None:
    """A re-run does what is left, and then nothing is."""
    bench.sim.faults.clear()
    done(bench.predicted_config(document))
    assert bench.predicted_config(document)["changed"] is False


# Some are refused.


@pytest.mark.parametrize("on_error", ["stop", "continue"])
def test_those_that_the_licence_does_not_cover_fail_and_the_others_are_made(
    empty: Bench, on_error: str, written: Counter[str]
) -> None:
    empty.sim.settings.licensed_users = 31  # 93 extensions, 3 of which are there
    result = empty.config(NEW, on_error=on_error)
    assert result["failed"]
    assert result["changed"]
    tried = 100 if on_error == "stop" else SIZE
    assert status(result) == +Counter(done=90, failed=tried - 90, not_done=SIZE - tried)
    assert result["summary"] == {"created": 90, "updated": 0, "deleted": 0, "unchanged": 0, "failed": tried - 90}
    assert sum(empty.store.is_taken(number) for number in NUMBERS) == 90
    for name, line in failures(result).items():
        assert "exceeds the licence" in line["error"]
        assert not empty.store.is_taken(name.split()[-1])
    empty.sim.settings.licensed_users = 1000
    finished(empty, NEW)
    assert set(written.values()) == {1}


def test_one_that_is_refused_once_is_tried_again_alone(empty: Bench, written: Counter[str]) -> None:
    empty.sim.faults.add(Fault("rpc_error", "Extensions.create", after=7, code=1000, message="Busy."))
    assert done(empty.config(NEW))["summary"]["created"] == SIZE
    assert wire(empty).count("Extensions.create") == 1
    assert set(written.values()) == {1}


@pytest.mark.parametrize("on_error", ["stop", "continue"])
def test_one_that_is_refused_for_good_fails_alone(empty: Bench, on_error: str, written: Counter[str]) -> None:
    """The rest of its slice is made in either case; what comes after the slice only if asked to."""
    empty.sim.faults.add(Fault("rpc_error", "Extensions.create", after=7, code=1000, message="No."))
    empty.sim.faults.add(Fault("rpc_error", "Extensions.create", after=99, code=1000, message="No."))
    result = empty.config(NEW, on_error=on_error)
    assert list(failures(result)) == ["extension 2007"]
    assert failures(result)["extension 2007"]["error"] == result["failure"]["message"]
    assert (result["failure"]["method"], result["failure"]["object"]) == ("Extensions.create", "extension 2007")
    made = 99 if on_error == "stop" else SIZE - 1
    assert result["summary"]["created"] == made
    assert status(result)["not_done"] == (SIZE - made - 1 if on_error == "stop" else 0)
    assert not empty.store.is_taken("2007")
    finished(empty, NEW)
    assert all(empty.store.is_taken(number) for number in NUMBERS)
    assert set(written.values()) == {1}


def test_one_that_somebody_else_made_meanwhile_is_taken_as_it_is_and_changed(empty: Bench) -> None:
    document = {"extensions": [{**each, "description": "ours"} for each in NEW["extensions"]]}
    empty.before("Batch.run", lambda: empty.store.add_extension("2042", description="theirs"))
    assert done(empty.config(document))["changed"] is True
    assert empty.store.extension("2042")["description"] == "ours"
    assert len(empty.store.extensions) == 3 + SIZE
    assert empty.predicted_config(document)["changed"] is False


@pytest.mark.parametrize("document", [ALIKE, DIFFERENTLY], ids=["joined", "batched"])
@pytest.mark.parametrize("item_errors", ["per_item", "top_level"])
@pytest.mark.parametrize("error_codes", ["sibling", "generic"])
def test_one_that_goes_meanwhile_fails_alone(
    site: Bench, document: dict[str, Any], item_errors: str, error_codes: str
) -> None:
    """Whether the server tells which one it was, or refuses all of a call for it."""
    site.sim.settings.item_errors = item_errors
    site.sim.settings.error_codes = error_codes
    first = "Extensions.set" if document is ALIKE else "Batch.run"
    site.before(first, lambda: site.store.extensions.pop(site.store.extension("2042")["guid"]))
    result = site.config(document, on_error="continue")
    assert list(failures(result)) == ["extension 2042"]
    assert result["summary"]["updated"] == SIZE - 1
    described = {each["telNum"]: each["description"] for each in site.store.extensions.values()}
    for entry in document["extensions"]:
        if entry["number"] != "2042":
            assert described[entry["number"]] == entry["description"]
    assert "2042" not in described


def test_one_that_goes_meanwhile_and_was_to_go_is_gone(site: Bench) -> None:
    site.before("Batch.run", lambda: site.store.extensions.pop(site.store.extension("2042")["guid"]))
    result = done(site.config(GONE))
    assert result["summary"]["failed"] == 0
    assert len(site.store.extensions) == 3
    assert site.predicted_config(GONE)["changed"] is False


# Answers that do not say what came of each.


def test_an_error_that_names_no_item_is_found_out_by_reading(site: Bench, written: Counter[str]) -> None:
    """The server carried all of it out, and says that something failed: nothing is written again."""
    answer = {"errors": [{"code": 1000, "message": "Something failed."}]}
    site.sim.faults.add(Fault("replace_result", "Extensions.set", result=answer))
    assert done(site.config(ALIKE))["summary"]["updated"] == SIZE
    assert wire(site).count("Extensions.set") == 2
    assert {site.store.extension(number)["description"] for number in NUMBERS} == {"same"}


def test_an_item_that_is_named_is_the_only_one_that_is_tried_again(site: Bench) -> None:
    answer = {"errors": [{"inputIndex": "42", "code": 1000, "message": "Busy."}]}
    site.sim.faults.add(Fault("replace_result", "Extensions.set", result=answer))
    # It is read again before it is written again.
    site.before("Extensions.get", lambda: site.store.extension("2042").update(description="theirs"), number=2)
    assert done(site.config(ALIKE))["summary"]["updated"] == SIZE
    sent = [each.params["guids"] for each in site.sim.writes]
    assert [len(guids) for guids in sent] == [100, 1, 10]
    assert sent[1] == [site.store.extension("2042")["guid"]]


@pytest.mark.parametrize("code", [1000, 1001, 1003, -32603])
def test_an_error_about_all_of_a_call_leaves_each_to_itself(site: Bench, code: int) -> None:
    site.sim.faults.add(Fault("rpc_error", "Extensions.set", code=code, message="No."))
    result = site.config(few(ALIKE), on_error="continue")
    assert done(result)["summary"]["updated"] == FEW
    assert wire(site).count("Extensions.set") == 1 + FEW
    assert {site.store.extension(number)["description"] for number in NUMBERS[:FEW]} == {"same"}


@pytest.mark.parametrize("processed", [False, True])
def test_an_error_of_the_server_itself_about_a_batch_leaves_nothing_undone_or_done_twice(
    empty: Bench, processed: bool, written: Counter[str]
) -> None:
    empty.sim.faults.add(Fault("rpc_error", "Batch.run", code=-32603, message="Internal error.", processed=processed))
    assert done(empty.config(few(NEW)))["summary"]["created"] == FEW
    assert set(written.values()) == {1}
    assert len(empty.store.extensions) == 3 + FEW


GARBAGE: dict[str, Any] = {
    "members": {"x": 1},
    "nothing": None,
    "text": "done",
    "empty": [],
    "short": [{"result": {}}] * 5,
    "numbers": list(range(FEW)),
    "neither": [{"x": 1}] * FEW,
    "longer": [{"x": 1}] * 3 * FEW,
}


@pytest.mark.parametrize("answer", sorted(GARBAGE))
def test_a_batch_with_an_answer_that_makes_no_sense_is_found_out_by_reading(
    empty: Bench, answer: str, written: Counter[str]
) -> None:
    empty.sim.faults.add(Fault("replace_result", "Batch.run", result=GARBAGE[answer]))
    assert done(empty.config(few(NEW)))["summary"]["created"] == FEW
    assert set(written.values()) == {1}
    assert len(empty.store.extensions) == 3 + FEW
    assert empty.predicted_config(few(NEW))["changed"] is False


# What may happen to a request: as arguments of a fault.
UNCERTAIN: dict[str, dict[str, Any]] = {
    "drop_before": {"kind": "drop_before"},
    "drop_after": {"kind": "drop_after"},
    "html": {"kind": "html"},
    "html_after": {"kind": "html", "processed": True},
    "empty": {"kind": "empty"},
    "empty_after": {"kind": "empty", "processed": True},
    "truncated": {"kind": "truncated"},
    "half_then_drop": {"kind": "half_then_drop"},
    "502": {"kind": "status", "status": 502, "body": "<html>Bad gateway</html>"},
    "503_after": {"kind": "status", "status": 503, "body": "", "processed": True},
    "wrong_id": {"kind": "wrong_id"},
}
DOCUMENTS: dict[str, tuple[dict[str, Any], str]] = {
    "changed alike": (ALIKE, "Extensions.set"),
    "changed differently": (DIFFERENTLY, "Batch.run"),
    "gone": (GONE, "Batch.run"),
}


@pytest.mark.parametrize("fault", sorted(UNCERTAIN))
def test_new_objects_whose_request_is_lost_are_made_once(empty: Bench, fault: str, written: Counter[str]) -> None:
    empty.sim.faults.add(Fault(call="Batch.run", **UNCERTAIN[fault]))
    result = done(empty.config(few(NEW)))
    assert result["summary"]["created"] == FEW
    assert empty.sim.faults.pending == []
    assert set(written.values()) == {1}
    assert len(empty.store.extensions) == 3 + FEW
    assert empty.predicted_config(few(NEW))["changed"] is False


@pytest.mark.parametrize("fault", sorted(UNCERTAIN))
@pytest.mark.parametrize("change", sorted(DOCUMENTS))
def test_objects_whose_request_is_lost_are_changed_once(
    site: Bench, change: str, fault: str, written: Counter[str]
) -> None:
    document, method = DOCUMENTS[change]
    site.sim.faults.add(Fault(call=method, **UNCERTAIN[fault]))
    result = done(site.config(few(document)))
    assert result["changed"] is True
    assert result["summary"]["updated"] + result["summary"]["deleted"] == FEW
    assert site.sim.faults.pending == []
    assert set(written.values()) == {1}
    assert site.predicted_config(few(document))["changed"] is False


@pytest.mark.parametrize("on_error", ["stop", "continue"])
@pytest.mark.parametrize("fault", ["drop_before", "drop_after"])
def test_a_connection_that_breaks_for_good_ends_the_run_and_a_re_run_does_the_rest(
    empty: Bench, on_error: str, fault: str, written: Counter[str]
) -> None:
    """The first slice is made; the second one may be, and nobody can ask any more."""
    empty.sim.faults.add(Fault(fault, "Batch.run", after=1))
    empty.sim.faults.add(Fault("drop_before", "Extensions.get", after=1, times=99))
    result = empty.config(NEW, on_error=on_error)
    assert result["failed"]
    assert result["changed"]
    assert result["failure"]["retryable"] is True
    assert result["summary"]["created"] == 100
    assert status(result)["failed"] >= 1
    assert status(result)["done"] == 100
    assert sum(status(result).values()) == SIZE
    assert len(empty.store.extensions) == 3 + (100 if fault == "drop_before" else SIZE)
    finished(empty, NEW)
    assert set(written.values()) == {1}
    assert len(empty.store.extensions) == 3 + SIZE


# Sessions and limits.


def test_a_session_that_expires_before_a_batch_is_renewed_and_all_is_made_once(
    empty: Bench, written: Counter[str]
) -> None:
    empty.sim.faults.add(Fault("expire_session", "Batch.run"))
    assert done(empty.config(NEW))["summary"]["created"] == SIZE
    assert empty.logins == 2
    assert set(written.values()) == {1}


def test_a_session_that_expires_inside_a_batch_is_renewed_and_all_is_made_once(
    empty: Bench, written: Counter[str]
) -> None:
    empty.sim.faults.add(Fault("rpc_error", "Extensions.create", after=40, times=60, code=-32001, message="Expired."))
    assert done(empty.config(NEW))["summary"]["created"] == SIZE
    assert empty.logins == 2
    assert wire(empty).count("Batch.run") == 3
    assert set(written.values()) == {1}
    empty.sim.forget_sessions()  # the first one did not really expire


def test_a_session_that_expires_again_and_again_fails_without_doing_anything_twice(
    empty: Bench, written: Counter[str]
) -> None:
    empty.sim.faults.add(Fault("expire_session", times=999, after=4))
    result = empty.config(NEW)
    assert result["failed"]
    assert "session" in result["msg"]
    assert empty.logins < 10
    finished(empty, NEW)
    assert set(written.values()) == {1}


@pytest.mark.parametrize(
    "settings", [{"batch": False}, {"batch_limit": 20}, {"batch": False, "error_http_status": "idl"}]
)
def test_a_server_without_batches_or_with_small_ones_is_asked_one_by_one(
    empty: Bench, settings: dict[str, Any], written: Counter[str]
) -> None:
    for name, value in settings.items():
        setattr(empty.sim.settings, name, value)
    assert done(empty.config(NEW))["summary"]["created"] == SIZE
    assert wire(empty).count("Batch.run") == 1
    assert wire(empty).count("Extensions.create") == SIZE
    assert set(written.values()) == {1}
    empty.forget_requests()
    assert done(empty.config(ALIKE))["summary"]["updated"] == SIZE
    assert wire(empty).count("Extensions.set") == 2


def test_no_more_commands_go_together_than_the_server_takes(empty: Bench) -> None:
    empty.sim.settings.batch_limit = 100
    done(empty.config(NEW))
    sizes = [len(each.params["commandList"]) for each in empty.sim.requests if each.call == "Batch.run"]
    assert sizes == [100, 10]


# Lines.


def several(number: str, *more: str) -> dict[str, Any]:
    names = (number, *(f"{number}{each}" for each in more))
    return {"number": number, "lines": [{"sip_username": name} for name in names]}


LINES = {"extensions": [several(number, "a", "b") for number in NUMBERS[:FEW]]}


def names_of(bench: Bench, number: str) -> list[str]:
    return [line["sipUsername"] for line in bench.store.extension(number)["lines"]]


@pytest.mark.parametrize("fault", sorted(UNCERTAIN))
@pytest.mark.parametrize("after", range(4))
def test_lines_whose_request_is_lost_are_made_once_and_named(site: Bench, after: int, fault: str) -> None:
    """Each of the four requests: made, named, the second ones made, and named."""
    site.sim.faults.add(Fault(call="Batch.run", after=after, **UNCERTAIN[fault]))
    assert done(site.config(LINES))["summary"]["updated"] == FEW
    assert site.sim.faults.pending == []
    for number in NUMBERS[:FEW]:
        assert names_of(site, number) == [number, f"{number}a", f"{number}b"]
    assert site.predicted_config(LINES)["changed"] is False


@pytest.mark.parametrize("method", ["Extensions.createLine", "Extensions.set"])
def test_a_line_that_is_refused_leaves_nothing_behind_and_the_others_alone(site: Bench, method: str) -> None:
    taken = {"conflict": "2003a"}
    if method == "Extensions.set":
        site.store.add_line("102", taken["conflict"])
    else:
        site.sim.faults.add(Fault("rpc_error", method, after=3, code=1000, message="No."))
        site.sim.faults.add(Fault("rpc_error", method, after=11 + 11, code=1000, message="No."))
    result = site.config(LINES, on_error="continue")
    assert list(failures(result)) == ["extension 2003"]
    assert result["summary"]["updated"] == 11
    assert names_of(site, "2003") == ["2003"]
    for number in NUMBERS[:FEW]:
        if number != "2003":
            assert names_of(site, number) == [number, f"{number}a", f"{number}b"]


# Random faults.


@pytest.mark.parametrize("seed", range(12))
def test_whatever_happens_the_store_is_what_the_results_say(site: Bench, written: Counter[str], seed: int) -> None:
    """Three kinds of changes, faults at three places: what is done is there, what is not done or failed is not there
    unless its fate was unknown; and a re-run makes it whole."""
    chance = random.Random(seed)
    document = {
        "extensions": [
            *({"number": str(4000 + place), "sip_password": PASSWORD} for place in range(30)),
            *({"number": number, "description": chance.choice(["x", number])} for number in NUMBERS[:30]),
            *({"number": number, "state": "absent"} for number in NUMBERS[30:60]),
        ]
    }
    kinds = [*UNCERTAIN.values(), {"kind": "expire_session"}, {"kind": "rpc_error", "code": 1000, "message": "No."}]
    methods = ["Batch.run", "Extensions.create", "Extensions.set", "Extensions.remove", "Extensions.get"]
    for _number in range(3):
        fault = dict(chance.choice(kinds))
        method = chance.choice(methods[:1] if fault["kind"] != "rpc_error" else methods)
        site.sim.faults.add(Fault(call=method, after=chance.randrange(4), times=chance.randrange(1, 4), **fault))
    result = site.config(document, on_error=chance.choice(["stop", "continue"]))
    assert result.get("failed") or "results" in result
    for line in result.get("results", ()):
        number = line["object"].split()[-1]
        if line["status"] == "done":
            assert site.store.is_taken(number) == (line["action"] != "delete"), line
        elif line["status"] == "not_done" and line["action"] != "update":
            assert site.store.is_taken(number) == (line["action"] == "delete"), line
    assert json.dumps(result).count(PASSWORD) == 0
    finished(site, document)
    assert len(site.store.extensions) == 3 + SIZE
    doubled = {one: times for one, times in written.items() if times > 1}
    assert not {one for one in doubled if one.startswith("4")}, doubled
