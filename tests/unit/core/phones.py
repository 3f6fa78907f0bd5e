# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""More resources of the made-up server: phones with lines, and holders who get phones.

A phone is known by its number or, in its place, by the login of its only line; the server may choose the number, and
tells secrets when asked. What it holds of a single line can be described beside the phone or as an entry of ``lines``.
A holder may be made before the phones that it gets.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.postmaster.comms.plugins.module_utils._core.errors import InvalidOption
from ansible_collections.postmaster.comms.plugins.module_utils._core.fields import (
    Choice,
    Flag,
    Integer,
    Reference,
    Text,
    TextList,
    secret,
)
from ansible_collections.postmaster.comms.plugins.module_utils._core.plan import (
    ALWAYS,
    ON_CREATE,
    UPDATE_UNREADABLE,
    Wish,
    behaviour_values,
)
from ansible_collections.postmaster.comms.plugins.module_utils._core.resource import Resource, Values
from ansible_collections.postmaster.comms.plugins.module_utils._core.structures import Entries

CODECS = ("alaw", "ulaw", "opus")
LINE = (
    Text("login", "Login of the line."),
    secret("password", "Password of the line."),
    Flag("secured", "Whether it is encrypted.", on_create=False),
    TextList("codecs", "Codecs in order.", words=CODECS),
)
OF_ONE_LINE = tuple(each.name for each in LINE)


def _number(text: str) -> str:
    if not (text.isascii() and text.isdigit()):
        raise ValueError(f"{text!r} is no number")
    return text


def _complete(values: dict[str, Any]) -> dict[str, Any]:
    for name in OF_ONE_LINE:
        if "lines" in values and name in values:
            raise InvalidOption(name, "speaks of the only line")
    return values


def _at_creation(given: Values, send: dict[str, Any]) -> dict[str, Any]:
    """The login is the number unless it is given; with lines, nothing is said of an only line."""
    if "lines" in given:
        return {name: value for name, value in send.items() if name not in OF_ONE_LINE}
    return {"login": send["number"], **send} if "number" in send else send


def _in_terms_of(given: Values, current: Values) -> Values:
    if "lines" not in given or "lines" in current or "login" not in current:
        return current
    rest = {name: value for name, value in current.items() if name not in OF_ONE_LINE}
    return {**rest, "lines": [{name: current[name] for name in OF_ONE_LINE if name in current}]}


HOLDER = Resource(
    kind="holder",
    plural="holders",
    module="sample_holder",
    summary="Holders",
    description=("Those who get phones.",),
    key=("name",),
    label="{name}",
    fields=(
        Text("name", "Name.", immutable=True),
        Text("motto", "Motto.", on_create=""),
        Entries(
            "phones",
            "Phones.",
            fields=(
                Text("number", "Number.", form=_number),
                Flag("ring", "Whether it rings.", on_create=True),
                Integer("delay", "Seconds.", maximum=60),
            ),
            entry_key="number",
            prune_option="prune_phones",
            reference=Reference("phone", assumable=True, late=True),
        ),
    ),
    behaviour=(Flag("prune_phones", "Whether phones that are not listed go.", on_create=False),),
)

PHONE = Resource(
    kind="phone",
    plural="phones",
    module="sample_phone",
    summary="Phones",
    description=("Phones.",),
    key=("number",),
    stand_in=("login",),
    label="{number}",
    readable_secrets=True,
    complete=_complete,
    at_creation=_at_creation,
    in_terms_of=_in_terms_of,
    fields=(
        Text("number", "Number.", form=_number, immutable=True, server_decides=True),
        Text("note", "Note.", on_create=""),
        Text("holder", "Who has it.", fold=True, reference=Reference("holder", assumable=True)),
        *LINE,
        Entries("lines", "Lines.", fields=LINE, entry_key="login", prune_option="prune_lines"),
    ),
    behaviour=(
        Flag("prune_lines", "Whether lines that are not listed go.", on_create=False),
        Choice(UPDATE_UNREADABLE, "When to send what is not told.", words=(ON_CREATE, ALWAYS), on_create=ON_CREATE),
    ),
)
ALL = (HOLDER, PHONE)


def phone(
    number: str | None = "101",
    *,
    where: str = "",
    present: bool = True,
    behaviour: Mapping[str, Any] | None = None,
    update_password: str = ON_CREATE,
    **options: Any,
) -> Wish:
    """The wish for a phone; options as a user writes them."""
    return _wish(PHONE, {"number": number, **options}, where, present, behaviour or {}, update_password)


def holder(
    name: str = "ann",
    *,
    where: str = "",
    present: bool = True,
    behaviour: Mapping[str, Any] | None = None,
    **options: Any,
) -> Wish:
    """The wish for a holder of phones."""
    return _wish(HOLDER, {"name": name, **options}, where, present, behaviour or {}, ON_CREATE)


def _wish(
    resource: Resource, options: Values, where: str, present: bool, behaviour: Values, update_password: str
) -> Wish:
    given = resource.desire(options, where)
    return Wish(
        resource,
        given if present else resource.identifying(given),
        present=present,
        update_password=update_password,
        behaviour=behaviour_values(resource, behaviour, where),
        where=where,
    )
