# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets among options, known as soon as the options are there: before anybody checks them.

Ansible looks for secrets while it checks options, and finds none of them when a dictionary is none. What it puts into
the result then, and into the system's log, are the options as they were given.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.common.validation import check_type_dict

from .._core.redact import forms_of, secrets_in

_MAY_HOLD_SECRETS = ("params", "body", "path")
_IS_QUOTED_DIFFERENTLY = re.compile(r"[\\\"'\s]|[^ -~]")


class CarefulModule(AnsibleModule):
    """A module that shows no secret, however its options are wrong."""

    params: dict[str, Any]

    def _load_params(self) -> None:
        super()._load_params()
        for secret in _declared(self.argument_spec, self.params):
            self.no_log_values.update(_in_messages(secret))


class FreeFormModule(CarefulModule):
    """A module whose options may hold secrets that no argument spec can name."""

    def _load_params(self) -> None:
        super()._load_params()
        for name in _MAY_HOLD_SECRETS:
            for secret in _undeclared(name, self.params.get(name)):
                self.no_log_values.update(forms_of(secret))

    def _log_invocation(self) -> None:
        """The log names the method, and nothing of what it is given."""
        params = self.params
        self.params = {name: value for name, value in params.items() if name not in _MAY_HOLD_SECRETS}
        try:
            super()._log_invocation()
        finally:
            self.params = params


def _declared(spec: Mapping[str, Any], options: Mapping[str, Any]) -> Iterator[str]:
    """The values of the options that are declared secret, members of dictionaries and lists included; and what says by
    its name that it is one, where nothing of that name is declared."""
    known = {given: argument for name, argument in spec.items() for given in (name, *argument.get("aliases", ()))}
    for name, value in options.items():
        argument = known.get(name)
        if value is None or str(name).startswith("_ansible_"):
            continue
        if argument is None:
            yield from secrets_in({name: value})
            # An entry may stand one level too deep; a mere text of an unknown name is none.
            yield from _members(spec, value) if _is_structured(value) else ()
        elif argument.get("no_log"):
            yield from _texts(value)
        elif "options" in argument:
            yield from _members(argument["options"], value)


def _members(spec: Mapping[str, Any], value: Any) -> Iterator[str]:
    """The same inside a value that is to be a dictionary, or a list of them, and may be anything."""
    if isinstance(value, Mapping):
        yield from _declared(spec, value)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from _members(spec, each)
    elif isinstance(value, str):
        try:
            # What stands in a text has the form that the text gives it.
            for secret in _declared(spec, check_type_dict(value)):
                yield from forms_of(secret)
        except TypeError:
            yield from _texts(value) if _declares_secrets(spec) else ()


def _is_structured(value: Any) -> bool:
    with suppress(TypeError):
        return not isinstance(value, str) or bool(check_type_dict(value))
    return False


def _in_messages(secret: str) -> set[str]:
    """Messages may quote a value; few secrets look different then, and Ansible takes its time for each form."""
    return forms_of(secret) if _IS_QUOTED_DIFFERENTLY.search(secret) else {secret}


def _declares_secrets(spec: Mapping[str, Any]) -> bool:
    return any(each.get("no_log") or _declares_secrets(each.get("options") or {}) for each in spec.values())


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        for each in value:
            yield from _texts(each)
    elif value not in (None, "") and not isinstance(value, bool):
        yield str(value)


def _undeclared(name: str, value: Any) -> Iterable[str]:
    """The secrets in the value of an option, whatever form it was written in; all of it where it has no known one."""
    if name == "path":
        return secrets_in(dict(parse_qsl(urlsplit(str(value or "")).query)))
    if not isinstance(value, str):
        return secrets_in(value)
    with suppress(ValueError):
        return secrets_in(json.loads(value))
    with suppress(TypeError):
        return secrets_in(check_type_dict(value))
    return [value]
