# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How mail domains travel: what is written otherwise than it is read, and what mailcow changes by calls of their own
(mail_api.md 2.8 and 3.3; mailcow_recorded.md A9, A12).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..._client.rest import path_segment
from ..._core.fields import UNSET, Codec
from ..._core.resource import Values
from ..._core.sizes import UNLIMITED
from .routes import Body, Call, OwnEdit, Route

# mailcow adds as many tags by one call, and skips the others.
TAGS_PER_CALL = 25
_DONE = "domain_modified"


def rate(text: str) -> str:
    """``10 / h`` -> ``10/h``, or ``unlimited``. Raises ValueError."""
    word = "".join(text.split()).lower()
    number, _slash, frame = word.partition("/")
    if word == UNLIMITED:
        return word
    if not (number.isascii() and number.isdigit()) or int(number) == 0 or frame not in ("s", "m", "h", "d"):
        raise ValueError(f"{text!r} is no rate such as 10/s, 100/m, 500/h or 2000/d, nor {UNLIMITED}")
    return f"{int(number)}/{frame}"


def _read_rate(value: Any) -> Any:
    """mailcow shows false, or a number as text and a letter."""
    if isinstance(value, dict):
        return f"{value.get('value')}/{value.get('frame')}"
    return UNLIMITED if value in (False, 0, "0", "") else UNSET


def _read_tags(row: Any) -> Any:
    """The member is missing where there are no tags, so that only the whole object tells whether there are."""
    if not isinstance(row, dict):
        return UNSET
    tags = row.get("tags") or []
    return [str(tag) for tag in tags] if isinstance(tags, list) else UNSET


RATE = Codec(_read_rate)
TAGS = Codec(_read_tags, list)


def _before_write(body: Body, changed: Values, before: Values | None) -> Body:
    """An empty description is ignored by mailcow, which writes the name of the domain where there is none: so do we."""
    if body.get("description") != "":
        return body
    return {**body, "description": (changed if before is None else before)["name"]}


def _after_read(values: dict[str, Any]) -> dict[str, Any]:
    return {**values, "description": ""} if values.get("description") == values.get("name") else values


def _edit(name: str, attributes: Body) -> Call:
    return Call("/edit/domain", attributes, _DONE, item=name)


def _relay_host(name: str, values: Values, before: Values) -> Iterable[Call]:
    return (_edit(name, {"relayhost": values["relay_host"]}),)


def _rate_limit(name: str, values: Values, before: Values) -> Iterable[Call]:
    """The ordinary edit of a domain ignores the rate, with success."""
    number, _slash, frame = values["rate_limit"].partition("/")
    limit = {"rl_value": int(number), "rl_frame": frame} if frame else {"rl_value": "", "rl_frame": "s"}
    return (Call("/edit/rl-domain", limit, "rl_saved", item=name),)


def _tags(name: str, values: Values, before: Values) -> Iterator[Call]:
    """Tags are only added by an edit, and one that is there already breaks it off: so only the new ones are sent."""
    wanted, held = ({tag.casefold(): tag for tag in each} for each in (values["tags"], before.get("tags", ())))
    gone = [tag for key, tag in held.items() if key not in wanted]
    new = [tag for key, tag in wanted.items() if key not in held]
    if gone:
        yield Call(f"/delete/domain/tag/{path_segment(name)}", gone, _DONE)
    for start in range(0, len(new), TAGS_PER_CALL):
        yield _edit(name, {"tags": new[start : start + TAGS_PER_CALL]})


ROUTE = Route(
    "/domains",
    "domain",
    identity="name",
    own_edits=(
        OwnEdit(("relay_host",), _relay_host, after_creation=True),
        OwnEdit(("rate_limit",), _rate_limit, after_creation=True),
        OwnEdit(("tags",), _tags, after_creation=True),
    ),
    before_write=_before_write,
    after_read=_after_read,
)
