# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Properties over random states and random documents.

Whatever a server holds: the query's answer, fed back, changes nothing. Whatever a document asks for: the server holds
it afterwards, and the same document changes nothing. Examples are few and always the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, note, settings, strategies as st

from tests.simulators.kerio_connect.store import Store as KerioStore
from tests.simulators.mail_engine import Alias
from tests.support.runner import OptionsRefused
from tests.unit.matrix.conftest import Fleet
from tests.unit.matrix.dialects import SERVERS, Running, Server
from tests.unit.matrix.documents import Entry, changed_entries, entries
from tests.unit.matrix.samples import options_of
from tests.unit.matrix.states import fill_kerio, fill_mail
from tests.unit.matrix.stores import KEEPERS

QUICK = settings(
    max_examples=20, derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
EVERY_SERVER = pytest.mark.parametrize("server", SERVERS, ids=lambda server: server.name)


@EVERY_SERVER
@QUICK
@given(data=st.data())
def test_what_a_server_holds_is_described_and_kept(server: Server, fleet: Fleet, data: st.DataObject) -> None:
    running = fleet[server]
    store = running.store
    (fill_kerio if isinstance(store, KerioStore) else fill_mail)(data.draw, store)
    _vary(server, running, data)
    objects = len(store.users) if isinstance(store, KerioStore) else len(store.mailboxes) + len(store.aliases)
    info = running.runner.info()
    note(str(info))
    assert not info.get("failed"), info["msg"]
    assert sum(len(described) for described in info["config"].values()) == objects
    _changes_nothing(running, info["config"], objects)


def _vary(server: Server, running: Running, data: st.DataObject) -> None:
    """Ways to answer in which servers of one kind differ."""
    switches: dict[str, list[Any]] = {
        "kerio_connect": [("normalise_byte_units", [True, False]), ("unasked_fields", ["none", "id", "all"])],
        "rest": [("bool_read", ["json", "int", "string", "mixed"]), ("goto_read", ["text", "array"])],
        "mailcow": [("flags_as", ["number", "text"])],
    }
    for name, choices in switches[server.dialect]:
        setattr(running.simulator.settings, name, data.draw(st.sampled_from(choices)))


@EVERY_SERVER
@QUICK
@given(data=st.data())
def test_what_a_document_asks_for_is_there_afterwards(server: Server, fleet: Fleet, data: st.DataObject) -> None:
    running = fleet[server]
    wanted = data.draw(entries(server))
    _apply(running, wanted)
    _holds(running, wanted)
    _changes_nothing(running, _document(wanted), len(wanted))
    others = data.draw(changed_entries(server, wanted))
    _apply(running, others)
    _holds(running, [before.overlaid(after) for before, after in zip(wanted, others, strict=True)])
    _changes_nothing(running, _document(others), len(others))


def _document(wanted: list[Entry]) -> dict[str, list[dict[str, Any]]]:
    document: dict[str, list[dict[str, Any]]] = {}
    for entry in wanted:
        options = options_of({path: sample.given for path, sample in entry.values.items()})
        document.setdefault(entry.resource.plural, []).append(options)
    return document


def _apply(running: Running, wanted: list[Entry]) -> None:
    document = _document(wanted)
    note(str(document))
    predicted = running.runner.config(document, check=True)
    running.simulator.requests.clear()
    actual = running.runner.config(document)
    assert not actual.get("failed"), actual["msg"]
    assert (predicted["changed"], predicted["diff"]) == (actual["changed"], actual["diff"])
    assert predicted["summary"] == actual["summary"]
    assert bool(running.simulator.writes) is actual["changed"]


def _holds(running: Running, wanted: list[Entry]) -> None:
    for entry in wanted:
        keeper = KEEPERS[entry.resource.kind]
        found = keeper.find(running.store, options_of({path: each.given for path, each in entry.key.items()}))
        assert found is not None, entry
        state = keeper.state(running.store, found)
        for path, sample in entry.values.items():
            assert state[path] == sample.stored, (entry.resource.kind, path)


def _changes_nothing(running: Running, document: dict[str, Any], objects: int) -> None:
    for check in (True, False):
        running.simulator.requests.clear()
        answer = running.runner.config(document, check=check)
        assert not answer.get("failed"), answer["msg"]
        assert answer["changed"] is False, answer["results"]
        assert answer["diff"] == []
        assert answer["summary"]["unchanged"] == objects
        assert running.simulator.writes == []
        assert running.simulator.open_sessions == 0


def _user(login: str = "zoe", domain: str = "example.com", **members: Any) -> Callable[[Any], None]:
    return lambda store: store.add_user(login, domain, **members)


def _alias(address: str, goto: list[str], **members: Any) -> Callable[[Any], None]:
    return lambda store: store.aliases.update({77: Alias(77, address, goto, **members)})


def _in_new_domain(name: str) -> Callable[[Any], None]:
    def prepare(store: KerioStore) -> None:
        store.add_domain(name)
        store.add_user("zoe", name)

    return prepare


_NO_RIGHTS = {"userRole": "UserRole", "publicFolderRight": False, "archiveFolderRight": False}
_NO_DAYS = {
    "isUsedDomain": True,
    **{name: {"isEnabled": False, "days": 30} for name in ("deletedItems", "junkEmail", "sentItems", "autoDelete")},
}
# What no option could say, on servers that are newer, older or less strict than we think.
ODD: dict[str, list[tuple[str, Callable[[Any], None]]]] = {
    "kerio_connect": [
        ("login with dots", _user("x..y")),
        ("login with brackets", _user("a(b)")),
        ("name that is no domain", _in_new_domain("a..b")),
        ("domain of one label", _in_new_domain("Local")),
        ("address that is none", _user(emailAddresses=["a(b)", "zoe.q"])),
        ("whole address of the own domain", _user(emailAddresses=["zoe.q@EXAMPLE.com", "zoe.q"])),
        ("forwarding inside the domain", _user(emailForwarding={"mode": "UForwardYes", "emailAddresses": ["bob"]})),
        ("unknown kind of forwarding", _user(emailForwarding={"mode": "UForwardNew", "emailAddresses": ["b@c.de"]})),
        ("unknown authentication", _user(authType="UNewAuth")),
        ("role that nobody can be given", _user(role={**_NO_RIGHTS, "userRole": "BuiltInAdmin"})),
        ("days beyond the limit", _user(cleanOutItems={**_NO_DAYS, "sentItems": {"isEnabled": True, "days": 99999}})),
        ("access policy that is gone", _user(accessPolicy="keriodb://accesspolicygroup/gone")),
        ("company contact that is gone", _user(companyContactId="keriodb://companycontact/gone")),
    ],
    "mail": [
        ("target of one label", _alias("z@example.com", ["root@mailhost"])),
        ("target without a domain", _alias("z@example.com", ["root", "a@example.net"])),
        ("special target beside another", _alias("z@example.com", ["a@example.net", "null@localhost"])),
        ("unknown special target", _alias("z@example.com", ["later@localhost"])),
        ("negative quota", lambda store: setattr(store.mailboxes["bob@example.com"], "quota", -5)),
        ("a quota of whole tebibytes", lambda store: setattr(store.mailboxes["bob@example.com"], "quota", 3 * 1024**2)),
    ],
}


@EVERY_SERVER
def test_odd_things_on_a_server_do_not_spoil_its_description(server: Server, fleet: Fleet) -> None:
    spoilt = []
    for name, prepare in ODD[server.system_name]:
        running = fleet[server]
        prepare(running.store)
        info = running.runner.info()
        assert not info.get("failed"), info["msg"]
        running.simulator.requests.clear()
        try:
            answer = running.runner.config(info["config"])
        except OptionsRefused as refused:
            answer = {"failed": True, "msg": str(refused)}
        if answer.get("failed") or answer["changed"] or running.simulator.writes:
            spoilt.append(f"{name}: {answer.get('msg') or answer['results']}")
    assert not spoilt, "\n".join(spoilt)
