# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A module in Ansible's worker and the same module in a process of its own: same result, same options shown, same
masks, whatever is asked.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any

import pytest
from ansible.module_utils.basic import AnsibleModule

from ansible_collections.postmaster.comms.plugins.module_utils._ansible.definition import Definition
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.progress import Progress
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.run_call import call_definition
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.run_config import config_definition
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.run_info import info_definition
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.run_object import object_definition
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.sessions import Sessions
from ansible_collections.postmaster.comms.plugins.module_utils._core.errors import ServerRefusal
from ansible_collections.postmaster.comms.plugins.module_utils._systems.kerio_connect import SYSTEM
from ansible_collections.postmaster.comms.plugins.module_utils._systems.mail import SYSTEM as MAIL
from ansible_collections.postmaster.comms.plugins.plugin_utils._worker import run_in_worker
from tests.unit.ansible.modules import CONNECTION, Result, as_module, in_worker
from tests.unit.core.memory_gateway import MemoryGateway
from tests.unit.core.memory_system import memory_system
from tests.unit.core.phones import PHONE
from tests.unit.core.samples import PERSON, TOWN

SECRET = "first-Passw0rd"
ANN: dict[str, Any] = {"address": "ann@example.com"}
EVE: dict[str, Any] = {"address": "eve@example.com", "password": SECRET}
CHECK = {"_ansible_check_mode": True, "_ansible_diff": True}


def _gateway() -> MemoryGateway:
    found = MemoryGateway()
    found.put(TOWN, name="example.com", motto="")
    found.put(PERSON, **ANN, full_name="before", tags=[])
    found.put(PHONE, number="1", login="desk", note="")
    return found


def _both(make: Callable[[MemoryGateway], Definition], **arguments: Any) -> Result:
    """The result, which is the same both ways and leaves the same server behind."""
    results, stores = [], []
    for run in (as_module, in_worker):
        gateway = _gateway()
        gateway.on("update", ServerRefusal(f"{SECRET} is not what I want", code=7))
        gateway.on("update", ServerRefusal(f"{SECRET} is not what I want", code=7))
        results.append(run(make(gateway), {**CONNECTION, **arguments}))
        stores.append({place: held.values for place, held in gateway.objects.items()})
    assert results[1] == results[0]
    assert json.dumps(results[1]) == json.dumps(results[0]), "in the same order, and True is not 1"
    assert stores[1] == stores[0]
    return results[1]


def _person(gateway: MemoryGateway) -> Definition:
    return object_definition(memory_system(gateway), PERSON)


def _phone(gateway: MemoryGateway) -> Definition:
    return object_definition(memory_system(gateway), PHONE)


def _document(gateway: MemoryGateway) -> Definition:
    return config_definition(memory_system(gateway))


def _query(gateway: MemoryGateway) -> Definition:
    return info_definition(memory_system(gateway))


def _shown(result: Result) -> Result:
    found = result["invocation"]["module_args"]
    assert isinstance(found, dict)
    return found


# Good options.


@pytest.mark.parametrize("ansible", [{}, CHECK, {"_ansible_diff": True}, {"_ansible_verbosity": 3}], ids=str)
@pytest.mark.parametrize("options", [EVE, ANN, {**ANN, "state": "absent", "allow_mail_loss": True}], ids=str)
def test_a_result_is_the_same_both_ways(options: dict[str, Any], ansible: dict[str, Any]) -> None:
    result = _both(_person, **options, **ansible)
    assert not result.get("failed")
    assert result["changed"] is (options is not ANN)
    assert ("diff" in result) is (result["changed"] and "_ansible_diff" in ansible)
    assert ("api" in result) is ("_ansible_verbosity" in ansible)


def test_secrets_are_masked_and_everything_else_is_shown() -> None:
    result = _both(_person, **EVE)
    shown = _shown(result)
    assert (shown["address"], shown["password"]) == (EVE["address"], "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER")
    assert shown["state"] == "present", "defaults too"
    assert not [name for name in shown if name.startswith("_ansible")]
    assert SECRET not in json.dumps(result)


def test_members_of_options_are_masked_too() -> None:
    lines = [{"login": "a", "password": SECRET}, {"login": "b", "password": f"{SECRET}-2"}]
    result = _both(_phone, number="5", lines=lines)
    assert not result.get("failed"), result
    assert SECRET not in json.dumps(result)


def test_a_secret_that_is_a_common_word_masks_the_same_words() -> None:
    result = _both(_person, **{**EVE, "password": "present"})
    assert _shown(result)["state"] == "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"


def test_what_is_no_text_stays_even_if_it_reads_as_a_secret() -> None:
    result = _both(_person, **{**EVE, "password": "True"})
    assert result["changed"] is True
    assert result["person"]["enabled"] is not False


def test_numbers_and_flags_as_texts_are_converted_alike() -> None:
    result = _both(_person, **EVE, enabled="yes", level="3", tags="a,b", quota="2048M", timeout="20")
    assert (result["person"]["enabled"], result["person"]["level"]) == (True, 3)
    assert result["person"]["tags"] == ["a", "b"]
    assert _shown(result)["timeout"] == 20


def test_a_document_and_a_query_are_the_same_both_ways() -> None:
    document = {"people": [EVE, {**ANN, "tags": ["a"]}], "phones": [{"number": "1", "note": "new"}]}
    result = _both(_document, config=document, _ansible_diff=True)
    assert result["failed"] is True, "the server refuses the changes"
    assert SECRET not in json.dumps(result)
    assert _both(_query)["config"]["people"][0]["address"] == ANN["address"]


@pytest.mark.parametrize("options", [{**EVE, "address": "eve@example.net"}, EVE], ids=["assumed", "nothing assumed"])
def test_warnings_are_the_same_both_ways(options: dict[str, Any]) -> None:
    result = _both(_person, **options, **CHECK)
    assert not result.get("failed")
    assert bool(result.get("warnings")) is (options is not EVE)
    assert ("assumed" in result) is (options is not EVE)


# Failures.


def test_a_failure_is_the_same_both_ways() -> None:
    result = _both(_person, **ANN, full_name="after", password=SECRET, update_password="always")
    assert (result["failed"], result["changed"], result["failure"]["code"]) == (True, False, 7)
    assert SECRET not in json.dumps(result)
    assert "is not what I want" in result["msg"]


BAD_OPTIONS: dict[str, dict[str, Any]] = {
    "an unknown option": {**EVE, "nonsense": 1},
    "several unknown ones": {**EVE, "nonsense": 1, "rubbish": SECRET},
    "no key": {"password": SECRET},
    "no number": {**EVE, "level": SECRET},
    "no flag": {**EVE, "enabled": SECRET},
    "no choice": {**EVE, "role": SECRET},
    "a list for a dictionary": {**EVE, "forwarding": [SECRET]},
    "a text for a dictionary": {**EVE, "forwarding": SECRET},
    "an unknown member": {**EVE, "forwarding": {"nonsense": SECRET}},
    "no state": {**EVE, "state": "gone"},
    "no address": {**EVE, "address": "nonsense"},
    "no timeout": {**EVE, "timeout": 0},
    "a null key": {**EVE, "address": None},
    "a null secret": {**EVE, "password": None},
}


@pytest.mark.parametrize("case", BAD_OPTIONS)
def test_bad_options_are_refused_alike(case: str) -> None:
    result = _both(_person, **BAD_OPTIONS[case])
    assert result["failed"] is True
    assert SECRET not in json.dumps(_without_what_nobody_declared(result, case))


def _without_what_nobody_declared(result: Result, case: str) -> Result:
    """The same text is declared as the password beside it, except where the task gives none."""
    return result if "password" in BAD_OPTIONS[case] else {}


def test_an_option_beside_its_alias_is_warned_of_alike() -> None:
    (definition,) = [object_definition(MAIL, each) for each in MAIL.declared if each.kind == "sync_job"]
    names = {"mailbox": "a@example.com", "remote_host": "imap.example.net", "host1": "imap.example.org"}
    arguments = {**names, "remote_user": "a", "password1": SECRET, "api_url": "nonsense", "api_key": "k"}
    result = in_worker(definition, arguments)
    assert result == as_module(definition, arguments)
    assert SECRET not in json.dumps(result)
    assert "nonsense" in result["msg"], "nobody is asked"


@pytest.mark.parametrize("params", [{"userIds": [1]}, "userIds=1", [1], 7, '{"query": {}}'], ids=str)
def test_calls_with_bad_options_are_refused_alike(params: Any) -> None:
    """Nobody is asked: the address leads nowhere."""
    assert SYSTEM.calls is not None
    definition = call_definition(SYSTEM)
    login = {"api_url": "nonsense", "api_username": "admin", "api_password": SECRET}
    arguments = {**login, "method": "Users.get", "params": params}
    result = in_worker(definition, arguments)
    assert result == as_module(definition, arguments)
    assert result["failed"] is True
    assert SECRET not in json.dumps(result)


# What only the worker has to care for.


def test_a_module_that_returns_nothing_is_a_defect() -> None:
    class Silent(Definition):
        def carry_out(self, module: AnsibleModule, sessions: Sessions, progress: Progress) -> None:
            """Forgets to return anything."""

    with pytest.raises(TypeError, match="exit_json"):
        run_in_worker(
            Silent("silent", memory_system(_gateway()), (), lambda run: {}), dict(CONNECTION), Sessions(), Progress()
        )


def test_a_failure_nobody_foresaw_reaches_ansible() -> None:
    def stumble(run: Any) -> Result:
        raise RuntimeError("a defect")

    definition = Definition("stumbling", memory_system(_gateway()), (), stumble)
    with pytest.raises(RuntimeError, match="a defect"):
        run_in_worker(definition, dict(CONNECTION), Sessions(), Progress())


def test_a_run_leaves_nothing_behind_for_the_next_one() -> None:
    """Options, secrets and warnings of one item are none of another's."""
    gateway = _gateway()
    first = in_worker(_person(gateway), {**CONNECTION, **EVE, **CHECK, "address": "eve@example.net"})
    assert first["warnings"]
    second = in_worker(_person(gateway), {**CONNECTION, **ANN, "full_name": SECRET, **CHECK})
    assert "warnings" not in second
    assert _shown(second)["full_name"] == SECRET, "a secret of the other item alone"
    assert _shown(second)["password"] is None


def test_nothing_is_logged_by_name(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        in_worker(_person(_gateway()), {**CONNECTION, **EVE})
    assert SECRET not in caplog.text
