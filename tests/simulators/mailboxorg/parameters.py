# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Parameters of methods: their types as the official tables give them, and the check of what a client sent."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tests.simulators.framework.json_types import is_json
from tests.simulators.mailboxorg import dates
from tests.simulators.mailboxorg.errors import (
    denied,
    invalid,
    missing_parameter,
    not_allowed,
    unknown_parameter,
)
from tests.simulators.mailboxorg.settings import MailboxOrgSettings

# (value, strict) -> the value to work with; raises ValueError with what was wanted.
Kind = Callable[[Any, bool], Any]

ADDRESS = re.compile(r"[^@\s,;<>]+@([a-z0-9-]+\.)+[a-z0-9-]+", re.IGNORECASE)
DOMAIN = re.compile(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]*[a-z0-9])?", re.IGNORECASE)
FLAGS = {0: False, 1: True, "0": False, "1": True}


def text(value: Any, strict: bool) -> str:
    if is_json(value, str) or (not strict and (is_json(value, int) or is_json(value, float))):
        return str(value)
    raise ValueError("a string")


def flag(value: Any, strict: bool) -> bool:
    if is_json(value, bool):
        return bool(value)
    if not strict and (is_json(value, int) or is_json(value, str)) and value in FLAGS:
        return FLAGS[value]
    raise ValueError("a boolean")


def whole(value: Any, strict: bool) -> int:
    if is_json(value, int):
        return int(value)
    if not strict and is_json(value, str) and re.fullmatch(r"-?\d+", value):
        return int(value)
    raise ValueError("an integer")


def amount(value: Any, strict: bool) -> int:
    """Gigabytes: a string that holds a whole number (fact sheet 2.5)."""
    digits = text(value, strict)
    if not re.fullmatch(r"\d+", digits):
        raise ValueError("a string with a whole number")
    return int(digits)


def address(value: Any, strict: bool) -> str:
    found = text(value, strict)
    if not ADDRESS.fullmatch(found):
        raise ValueError("an e-mail address")
    return found


def address_or_empty(value: Any, strict: bool) -> str:
    return "" if value == "" else address(value, strict)


def domain_name(value: Any, strict: bool) -> str:
    found = text(value, strict)
    if not DOMAIN.fullmatch(found):
        raise ValueError("a domain name")
    return found


def addresses(value: Any, strict: bool) -> list[str]:
    return [address(item, strict) for item in _list(value)]


def date(value: Any, strict: bool) -> str:
    """ISO or German, kept as given; empty for none. Which formats the service takes is unknown."""
    found = text(value, strict)
    if found and dates.read(found) is None:
        raise ValueError("a date")
    return found


def iso_date(value: Any, strict: bool) -> str:
    found = text(value, strict)
    if dates.read(found, ("%Y-%m-%d",)) is None:
        raise ValueError("a date as YYYY-MM-DD")
    return found


def choice(*values: str) -> Kind:
    def one_of(value: Any, strict: bool) -> str:
        if is_json(value, str) and value in values:
            return str(value)
        raise ValueError(f"one of {', '.join(values)}")

    return one_of


def several(kind: Kind) -> Kind:
    def list_of(value: Any, strict: bool) -> list[Any]:
        return [kind(item, strict) for item in _list(value)]

    return list_of


def mapping(keys: Kind, values: Kind) -> Kind:
    """An object; PHP clients send an empty one as []."""

    def map_of(value: Any, strict: bool) -> dict[str, Any]:
        if value == []:
            return {}
        if not isinstance(value, dict):
            raise ValueError("an object")
        return {keys(key, strict): values(item, strict) for key, item in value.items()}

    return map_of


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError("a list")
    return value


@dataclass(frozen=True)
class Param:
    """levels: who may use this parameter, None for everybody who may call the method. newer: unknown in 2022.
    misplaced: another method of the same object takes it, this one does not.
    """

    kind: Kind
    required: bool = False
    levels: frozenset[str] | None = None
    newer: bool = False
    misplaced: bool = False


def needed(kind: Kind) -> Param:
    return Param(kind, required=True)


def optional(kind: Kind) -> Param:
    return Param(kind)


def misplaced(*names: str) -> dict[str, Param]:
    return {name: Param(text, misplaced=True) for name in names}


def newer(kind: Kind) -> Param:
    return replace(optional(kind), newer=True)


def accept(
    params: Mapping[str, Param], given: Mapping[str, Any], level: str, settings: MailboxOrgSettings
) -> dict[str, Any]:
    """Checked parameters. null is the same as leaving one out, as a working client sends it (fact sheet 2.5).

    Raises ApiError for what is missing, unknown, misplaced, of the wrong type or above the caller's level.
    """
    accepted = {}
    for name, value in given.items():
        param = params.get(name)
        if param is None or (param.newer and not settings.mail_list_paging):
            if settings.unknown_parameters == "refuse":
                raise unknown_parameter(name)
        elif param.misplaced:
            if settings.misplaced_parameters == "refuse":
                raise not_allowed(f"The parameter {name} cannot be used here")
        elif value is not None:
            if settings.enforce_levels and param.levels is not None and level not in param.levels:
                raise denied(settings.wrong_level_code)
            accepted[name] = _cleaned(name, param.kind, value, settings.check_types)
    for name, param in params.items():
        if param.required and name not in accepted:
            raise missing_parameter(name)
    return accepted


def _cleaned(name: str, kind: Kind, value: Any, strict: bool) -> Any:
    try:
        return kind(value, strict)
    except ValueError as error:
        raise invalid(name, str(error)) from None
