# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Attempts to do harm, on every resource that can be pruned: the names of these tests are the list of the guards.

What is refused is refused in check mode with the same sentence; nothing is written, and the server is as it was.
What hangs on the objects of one system is in test_harm_references.py.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._systems.registry import SYSTEMS
from tests.simulators import Fault
from tests.unit.systems.bench import done
from tests.unit.systems.prunable import PRUNABLE, UNTIL_CLEARED, Ground, Prunable, ground_of

# An empty list as each server would tell it, and a list that claims to be longer than it is.
NOTHING: dict[str, Any] = {
    "kerio": {"list": [], "totalItems": 0},
    "webmail": {"filters": [], "dataStamp": 7},
    "operator users": {"userList": [], "totalItems": 0},
    "operator extensions": {"sipExtensionList": [], "totalItems": 0},
    "mailboxorg": [],
    "rest": [],
    "mailcow": [],
}
SHORT: dict[str, Any] = {
    "kerio": {"list": [], "totalItems": 3},
    "operator users": {"userList": [], "totalItems": 3},
    "operator extensions": {"sipExtensionList": [], "totalItems": 3},
    "mailboxorg mailboxes": {"results": [], "totalHits": 3, "totalPages": 1},
    "rest": {"data": [], "meta": {"total": 3}},
}
# How else servers tell that there is nothing.
EMPTY_TOO = {
    "rest": ("{}", "None"),
    "mailcow": ("{}", "None"),
    **{f"mailboxorg {each}": ("{}",) for each in ("accounts", "mailing_lists", "groups")},
}
# Domains that have to be empty before they go.
WITHOUT_MAIL = ("rest domains", "mailcow domains", "mailboxorg domains")
IN_DOMAINS = ("users", "groups", "aliases", "mailing_lists", "resources", "mailboxes")


def belongs_to_a_domain(each: Prunable) -> bool:
    return each.plural in ("domains", *IN_DOMAINS) and each.server != "operator" and str(each) != "mailboxorg groups"


@pytest.fixture(params=PRUNABLE, ids=str)
def ground(request: pytest.FixtureRequest) -> Ground:
    return ground_of(request.param, request)


def of(*wanted: Callable[[Prunable], bool]) -> pytest.MarkDecorator:
    """Grounds that fulfil all conditions, in place of all grounds."""
    chosen = [each for each in PRUNABLE if all(condition(each) for condition in wanted)]
    return pytest.mark.parametrize("ground", chosen, ids=str, indirect=True)


def answer(ground: Ground, answers: dict[str, Any]) -> Fault:
    """The server's list is this, each time it is asked."""
    told = answers[str(ground.of)] if str(ground.of) in answers else answers[ground.of.server]
    return replaced(ground, ground.of.lists, told)


def replaced(ground: Ground, call: str, told: Any) -> Fault:
    if ground.of.server in ("rest", "mailcow"):
        return Fault("status", call, times=UNTIL_CLEARED, status=200, body=json.dumps(told))
    return Fault("replace_result", call, times=UNTIL_CLEARED, result=told)


def untouched(ground: Ground, **options: Any) -> None:
    """The run is no failure, and does nothing; nor does check mode say that it would."""
    before = copy.deepcopy(ground.bench.store)
    for check_mode in (True, False):
        assert done(ground.prune(check_mode=check_mode, **options))["changed"] is False
    assert ground.bench.sim.writes == []
    assert ground.bench.store == before


# What harm would look like if nothing stopped it: without this, the refusals below would prove nothing.


def test_what_nobody_described_is_pruned_when_no_guard_objects(ground: Ground) -> None:
    untouched(ground)
    ground.add()
    for check_mode in (True, False):
        result = done(ground.prune(check_mode=check_mode))
        (line,) = result["results"]
        assert (line["action"], result["summary"]["deleted"]) == ("delete", 1)
        assert ground.of.name in line["object"]
    ground.bench.forget_requests()
    untouched(ground)


# Lists that are not what they seem.


@pytest.mark.parametrize("form", ["no list", "empty list", "deletions only"])
def test_an_empty_desired_list_prunes_nothing(ground: Ground, form: str) -> None:
    absent = [{**ground.of.keep[0], "state": "absent"}]
    documents: dict[str, dict[str, Any]] = {
        "no list": {},
        "empty list": {ground.of.plural: []},
        "deletions only": {ground.of.plural: absent},
    }
    document = documents[form]
    ground.refuses("prune", f"no {ground.of.plural}", "allow_empty", document=document)
    assert ground.bench.sim.requests == []


def test_a_list_that_the_server_tells_as_empty_prunes_nothing(ground: Ground) -> None:
    ground.add()
    ground.bench.sim.faults.add(answer(ground, NOTHING))
    untouched(ground, document={}, allow_empty=True)


@pytest.mark.parametrize("told", [{}, None, "", 0, True, [[]], [None], {"error": "no"}], ids=repr)
def test_an_answer_that_is_no_list_prunes_nothing(ground: Ground, told: Any) -> None:
    ground.add()
    ground.bench.sim.faults.add(replaced(ground, ground.of.lists, told))
    if repr(told) in EMPTY_TOO.get(str(ground.of), EMPTY_TOO.get(ground.of.server, ())):
        untouched(ground, document={}, allow_empty=True)
    else:
        ground.refuses(document={}, allow_empty=True)


def test_html_in_place_of_a_list_prunes_nothing(ground: Ground) -> None:
    ground.add()
    ground.bench.sim.faults.add(Fault("html", ground.of.lists, times=UNTIL_CLEARED))
    ground.refuses()


def test_an_empty_body_prunes_nothing(ground: Ground) -> None:
    ground.add()
    ground.bench.sim.faults.add(Fault("empty", ground.of.lists, times=UNTIL_CLEARED))
    ground.refuses()


def test_a_truncated_list_prunes_nothing(ground: Ground) -> None:
    ground.add()
    ground.bench.sim.faults.add(Fault("truncated", ground.of.lists, times=UNTIL_CLEARED))
    ground.refuses()


def test_a_list_during_which_the_connection_breaks_prunes_nothing(ground: Ground) -> None:
    ground.add()
    ground.bench.sim.faults.add(Fault("half_then_drop", ground.of.lists, times=UNTIL_CLEARED))
    ground.refuses()


def test_an_error_page_prunes_nothing(ground: Ground) -> None:
    ground.add()
    ground.bench.sim.faults.add(
        Fault("status", ground.of.lists, times=UNTIL_CLEARED, status=502, body="<html>Gone</html>")
    )
    ground.refuses()


@of(lambda each: str(each) in SHORT or each.server in SHORT)
def test_a_page_short_of_its_total_prunes_nothing(ground: Ground) -> None:
    ground.add()
    ground.bench.sim.faults.add(answer(ground, SHORT))
    ground.refuses()


@of(lambda each: each.server in ("kerio", "operator"))
def test_a_second_page_that_cannot_be_read_prunes_nothing(ground: Ground) -> None:
    ground.add()
    ground.bench.sim.settings.max_rows = 1
    for kind in ("html", "empty", "truncated"):
        ground.bench.sim.faults.clear()
        ground.bench.sim.faults.add(Fault(kind, ground.of.lists, times=UNTIL_CLEARED, after=1))
        ground.refuses()


def test_a_list_of_something_else_that_cannot_be_read_lets_nothing_be_written(ground: Ground) -> None:
    """One resource of the document is readable, another is not: neither is touched."""
    ground.add()
    for kind in ("html", "empty", "truncated"):
        ground.bench.sim.faults.clear()
        ground.bench.sim.faults.add(Fault(kind, ground.of.elsewhere, times=UNTIL_CLEARED))
        ground.refuses(document={**ground.document, **ground.of.other})


@pytest.mark.parametrize("unfiltered", ["domains", "conditions"])
@of(lambda each: belongs_to_a_domain(each) and each.plural != "domains")
def test_a_server_filter_that_returns_everything_prunes_nothing_elsewhere(
    ground: Ground, unfiltered: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Objects of other domains among those that were asked for."""
    add_in_another_domain(ground)
    if unfiltered == "domains":
        ignore_domains(ground, monkeypatch)
    elif ground.of.server == "kerio":
        ground.bench.sim.settings.ignore_conditions = True
    untouched(ground, scope={"domains": ["example.com"]})


def add_in_another_domain(ground: Ground) -> None:
    store = ground.bench.store
    if ground.of.server == "kerio":
        add = {
            "users": lambda: store.add_user("old", "example.org"),
            "groups": lambda: store.add_group("old", "example.org"),
            "aliases": lambda: store.add_alias("old", "x@example.net", "example.org"),
            "mailing_lists": lambda: store.add_mailing_list("old", "example.org"),
            "resources": lambda: store.add_resource("old", "example.org"),
        }
        add[ground.of.plural]()
        return
    if ground.of.server == "mailboxorg":
        store.add_domain("second.example")
        if ground.of.plural == "mailboxes":
            store.add_mailbox("old@second.example")
        elif ground.of.plural == "mailing_lists":
            store.add_mailinglist("old@second.example")
        else:
            store.add_group("old")
        return
    ground.add()  # Renamed below: the store keeps mail objects by their address.
    if ground.of.plural == "mailboxes":
        store.mailboxes["old@example.org"] = store.mailboxes.pop("old@example.com")
        store.mailboxes["old@example.org"].username = "old@example.org"
    else:
        store.alias_by_address("old@example.com").address = "old@example.org"


def ignore_domains(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server returns the objects of all domains, whichever was asked for."""
    if ground.of.server == "kerio":
        module = f"tests.simulators.kerio_connect.{ground.of.plural}.rows_of_domain"
        monkeypatch.setattr(module, lambda _context, table, _domain_id: list(table.values()))
    elif ground.of.server == "mailboxorg":
        monkeypatch.setattr(
            type(ground.bench.store), "mailboxes_of", lambda store, _domain: list(store.mailboxes.values())
        )


# What the task says.


@of(belongs_to_a_domain)
def test_a_mistyped_scope_is_refused(ground: Ground) -> None:
    ground.add()
    sentence = "'exmaple.com' does not exist"
    ground.refuses(
        "domain", sentence, "scope.domains", document={}, allow_empty=True, scope={"domains": ["exmaple.com"]}
    )


@of(belongs_to_a_domain)
def test_entries_outside_the_scope_are_refused(ground: Ground) -> None:
    ground.add()
    ground.refuses("outside the scope", "scope.domains", scope={"domains": ["old.example"]})
    assert ground.bench.sim.requests == []


def test_a_protect_pattern_that_protects_nothing_is_told_and_max_deletions_stops_it(ground: Ground) -> None:
    ground.add()
    result = done(ground.prune(check_mode=True, protect=["odl*"]))
    assert [warning for warning in result["warnings"] if "'odl*'" in warning]
    ground.refuses("max_deletions", ground.of.name, protect=["odl*"], max_deletions=0)


def test_a_protected_object_stays(ground: Ground) -> None:
    ground.add()
    untouched(ground, protect=["*OLD*", "399"])


def test_the_document_of_another_server_is_stopped_by_max_deletions(ground: Ground) -> None:
    """Each server has eleven objects of which the other one knows nothing; the default allows ten."""
    ground.add(*(str(number) for number in range(300, 311)))
    document = done(ground.bench.info())["config"]
    assert len(document[ground.of.plural]) >= 11
    ground.bench.sim.reset()
    ground.add(*(str(number) for number in range(500, 511)))
    only = {ground.of.plural: document[ground.of.plural]}
    for given in (document, only):
        sentence = ground.refuses("max_deletions", "500", document=given)
        assert "look at the list in check mode" in sentence


def test_other_changes_wait_for_a_guard_too(ground: Ground) -> None:
    """A document of which a guard refuses one deletion is not carried out in part."""
    ground.add()
    ground.refuses("max_deletions", document={**ground.document, **ground.of.other}, max_deletions=0)


@of(lambda each: each.consent and str(each) not in WITHOUT_MAIL)
def test_what_destroys_mail_needs_its_consent(ground: Ground) -> None:
    ground.add()
    ground.refuses("allow_mail_loss", ground.of.name, allow_mail_loss=False)


# Names that are not names.


OLD_JOB = {"mailbox": "alice@example.com", "remote_host": "imap.example.net", "remote_user": "old"}
# Objects of which a server holds two, as an entry would name one of them.
TWICE: dict[str, dict[str, Any]] = {
    **{
        f"kerio {plural}": {"name": "old", "domain": "example.com"}
        for plural in ("users", "groups", "mailing_lists", "resources")
    },
    "kerio domains": {"name": "old.example"},
    "operator users": {"name": "old"},
    "operator extensions": {"number": "399"},
    "webmail filters": {"name": "old"},
    "rest sync_jobs": OLD_JOB,
    "mailcow sync_jobs": OLD_JOB,
}


@of(lambda each: str(each) in TWICE)
def test_two_objects_of_one_name_are_not_taken_for_one(ground: Ground) -> None:
    """Which of them an entry means cannot be told, so none is changed or deleted."""
    ground.add("old", "old")
    key = TWICE[str(ground.of)]
    for entry in (key, {**key, "state": "absent"}):
        ground.refuses(ground.of.name, document={ground.of.plural: [*ground.document[ground.of.plural], entry]})
    told = done(ground.bench.info())["config"][ground.of.plural]
    assert not any(entry.items() >= key.items() for entry in told), "nobody could feed this back"


# The tests themselves.


def test_every_resource_that_can_be_pruned_is_put_to_the_test() -> None:
    names = {"kerio_connect": "kerio", "kerio_webmail": "webmail", "kerio_operator": "operator", "mail": "rest"}
    prunable = {
        (names.get(system.name, system.name), each.plural)
        for system in SYSTEMS
        for each in system.declared
        if not each.permanent
    }
    assert prunable == {(each.server, each.plural) for each in PRUNABLE if each.server != "mailcow"}
