# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets among options of any shape: none of them is in a result, an error or the system's log."""

from __future__ import annotations

import json
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from unittest import mock

import pytest
from ansible.module_utils.basic import AnsibleModule
from hypothesis import given, note, settings, strategies as st

from ansible_collections.postmaster.comms.plugins.module_utils._ansible.definition import Definition
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.run_call import call_definition
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.run_config import config_definition
from ansible_collections.postmaster.comms.plugins.module_utils._ansible.run_object import object_definition
from ansible_collections.postmaster.comms.plugins.module_utils._systems.registry import SYSTEMS
from tests.unit.ansible.modules import CONNECTION, WAYS, Result, in_worker
from tests.unit.core.memory_gateway import MemoryGateway
from tests.unit.core.memory_system import memory_system
from tests.unit.core.phones import PHONE
from tests.unit.core.samples import PERSON

CANARY = "c4naRy"
SECRET = f"{CANARY}-1"
OTHER = f"{CANARY}-2"
_SYSTEM = memory_system(MemoryGateway())
PERSONS, PHONES = object_definition(_SYSTEM, PERSON), object_definition(_SYSTEM, PHONE)
DOCUMENTS = config_definition(_SYSTEM)
QUICK = settings(max_examples=150, derandomize=True, deadline=None, database=None)


@contextmanager
def _system_log() -> Iterator[list[str]]:
    """What modules write to the system's log."""
    logged: list[str] = []
    with mock.patch.object(
        AnsibleModule, "log", lambda _module, text, log_args=None: logged.append(f"{text}{log_args}")
    ):
        yield logged


def _emitted(way: str, definition: Definition, arguments: Mapping[str, Any]) -> tuple[Result, str]:
    """The result, and all that was let out."""
    with _system_log() as logged:
        try:
            result = WAYS[way](definition, {**CONNECTION, **arguments})
        except TypeError as error:
            # Ansible's own check of options stumbles over numbers in place of dictionaries.
            result = {"failed": True, "msg": "".join(traceback.format_exception(error))}
    return result, json.dumps([result, logged], ensure_ascii=False)


LINE: dict[str, Any] = {"login": "desk", "password": SECRET}
SHAPES: dict[str, Any] = {
    "as declared": [LINE, {"login": "hall", "password": OTHER}],
    "one entry": LINE,
    "a list of lists": [[LINE]],
    "entries as JSON": [json.dumps(LINE)],
    "all as JSON": json.dumps([LINE]),
    "one as JSON": json.dumps(LINE),
    "entries as pairs": [f"login=desk password={SECRET}"],
    "one as pairs": f"login=desk password={SECRET}",
    "pairs with quotes": [f'login=desk password="{SECRET} and more"'],
    "several as pairs": f"login=desk password={SECRET},login=hall password={OTHER}",
    "plain text": SECRET,
    "plain texts": [SECRET, OTHER],
    "a dictionary of entries": {"desk": LINE},
    "secrets in a list": [{"login": "desk", "password": [SECRET, OTHER]}],
    "secrets in a dictionary": [{"login": "desk", "password": {"a": SECRET}}],
    "an entry of another kind": [LINE, 7, None, SECRET],
    "an entry with another mistake": [{**LINE, "secured": "perhaps"}],
    "an entry with an unknown member": [{**LINE, "nonsense": 1}],
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("shape", SHAPES)
def test_secrets_of_entries_are_shown_in_no_shape(shape: str, way: str) -> None:
    _result, emitted = _emitted(way, PHONES, {"number": "5", "lines": SHAPES[shape]})
    assert CANARY not in emitted


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("place", ["phones", "lines"])
def test_secrets_of_documents_are_shown_in_no_shape(place: str, shape: str, way: str) -> None:
    phones = SHAPES[shape] if place == "phones" else [{"number": "5", "lines": SHAPES[shape]}]
    _result, emitted = _emitted(way, DOCUMENTS, {"config": {"phones": phones}})
    assert CANARY not in emitted


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "config",
    [
        [{"phones": [LINE]}],
        json.dumps({"phones": [LINE]}),
        f"phones=[{LINE}]",
        f"password={SECRET}",
        [SECRET],
        {"phones": json.dumps([LINE]), "people": SECRET},
    ],
    ids=str,
)
def test_documents_that_are_none_show_no_secret(config: Any, way: str) -> None:
    _result, emitted = _emitted(way, DOCUMENTS, {"config": config})
    assert CANARY not in emitted


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("password", [[SECRET], {"a": SECRET}, [[SECRET, {"b": OTHER}]], f" {SECRET} "], ids=str)
@pytest.mark.parametrize("beside", [{}, {"level": "no number"}, {"forwarding": ["no dictionary"]}, {"nonsense": 1}])
def test_an_option_that_is_a_secret_is_one_in_any_shape(password: Any, beside: dict[str, Any], way: str) -> None:
    _result, emitted = _emitted(way, PERSONS, {"address": "a@example.com", "password": password, **beside})
    assert CANARY not in emitted


@pytest.mark.parametrize("way", WAYS)
def test_what_is_no_secret_is_shown_as_it_was_given(way: str) -> None:
    options = {"address": "a@example.com", "password": SECRET, "forwarding": ["no dictionary"], "full_name": "Ann"}
    result, _emitted_text = _emitted(way, PERSONS, options)
    shown = result["invocation"]["module_args"]
    assert (shown["full_name"], shown["forwarding"]) == ("Ann", ["no dictionary"])


# Whatever a task gives.

_WORDS = st.sampled_from(["desk", "x", "7", "no", ""])
_SECRETS = st.sampled_from([SECRET, OTHER, f"{SECRET} {OTHER}"])


def _shaped(value: Any) -> st.SearchStrategy[Any]:
    """The value as it is, as text, in a list, in a dictionary, beside something else."""
    text = value if isinstance(value, str) else json.dumps(value)
    return st.sampled_from([value, text, [value], [[value]], {"a": value}, [value, 7], [text]])


_LINES = (
    st.fixed_dictionaries({"password": _SECRETS.flatmap(_shaped)}, optional={"login": _WORDS, "secured": _WORDS})
    .flatmap(_shaped)
    .flatmap(_shaped)
)


@QUICK
@given(lines=_LINES, number=_WORDS)
def test_a_phone_of_any_shape_shows_no_secret(lines: Any, number: str) -> None:
    arguments = {"number": number, "lines": lines}
    note(str(arguments))
    _result, emitted = _emitted("worker", PHONES, arguments)
    assert CANARY not in emitted


@QUICK
@given(document=st.fixed_dictionaries({"phones": _LINES, "people": _LINES}).flatmap(_shaped))
def test_a_document_of_any_shape_shows_no_secret(document: Any) -> None:
    note(str(document))
    _result, emitted = _emitted("worker", DOCUMENTS, {"config": document})
    assert CANARY not in emitted


# Every module of every system.


def _declared_secrets(spec: Mapping[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, argument in spec.items():
        for given_name in (name, *argument.get("aliases", ())):
            if argument.get("no_log"):
                yield (*path, given_name)
            yield from _declared_secrets(argument.get("options") or {}, (*path, given_name))


def _at(path: tuple[str, ...], value: Any, lists: bool) -> dict[str, Any]:
    head, *rest = path
    if not rest:
        return {head: value}
    inner = _at(tuple(rest), value, lists)
    return {head: [inner] if lists else inner}


DEFINITIONS = [
    definition
    for system in SYSTEMS
    for definition in (*(object_definition(system, each) for each in system.declared), config_definition(system))
]


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda definition: str(definition.name))
@pytest.mark.parametrize("lists", [True, False], ids=["in lists", "in dictionaries"])
def test_every_declared_secret_is_kept_whatever_else_is_wrong(definition: Definition, lists: bool) -> None:
    """An option that does not exist ends the check of all others before anything is called."""
    paths = list(_declared_secrets(definition.spec))
    assert paths
    for path in paths:
        result = in_worker(definition, {**_at(path, SECRET, lists), "nonsense": 1})
        assert result["failed"] is True
        assert CANARY not in json.dumps(result), path


# Calls, whose options hold what nobody declared.

CALLS = next(call_definition(system) for system in SYSTEMS if system.calls is not None)
LOGIN = {"api_url": "nonsense", "api_username": "admin", "api_password": OTHER}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "params",
    [
        {"user": {"password": SECRET}},
        json.dumps({"user": {"password": SECRET}}),
        f"password={SECRET}",
        f"user=carol password='{SECRET} and more'",
        SECRET,
        [{"password": SECRET}],
        {"name": "password", "value": SECRET},
        {"password": [SECRET, {"a": OTHER}]},
    ],
    ids=str,
)
def test_secrets_of_calls_are_shown_in_no_shape(params: Any, way: str) -> None:
    _result, emitted = _emitted(way, CALLS, {**LOGIN, "method": "Users.set", "params": params})
    assert CANARY not in emitted
