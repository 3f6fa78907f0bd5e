# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a value stands among the options of a task: ``("forwarding", "mode")``, or for a member of an entry of a list
``("lines", Entry("sip_username", "201"), "codecs")``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple


class Entry(NamedTuple):
    """The entry of a list whose member has this value."""

    member: str
    value: str


Path = tuple[str | Entry, ...]


def name_of(path: Path) -> str:
    """What people call the option, whatever the entry: ``lines.codecs``."""
    steps = [step for step in path if not isinstance(step, Entry)]
    last = path[-1]
    return ".".join([*steps, last.member] if isinstance(last, Entry) else steps)


def place_of(path: Path) -> str:
    """How a result names it: ``lines[201].codecs``."""
    text = ""
    for step in path:
        text += f"[{step.value}]" if isinstance(step, Entry) else f".{step}" if text else step
    return text


def options_of(values: Mapping[Path, Any]) -> dict[str, Any]:
    """The options of a task that wish for these values. A path that ends with an entry asks for no more than that."""
    options: dict[str, Any] = {}
    for path, value in values.items():
        _put(options, path, value)
    return options


def _put(options: dict[str, Any], path: Sequence[str | Entry], value: Any) -> None:
    head, rest = path[0], path[1:]
    assert isinstance(head, str)
    if not rest:
        options[head] = value
    elif isinstance(rest[0], Entry):
        entry = _entry(options.setdefault(head, []), rest[0])
        if rest[1:]:
            _put(entry, rest[1:], value)
    else:
        _put(options.setdefault(head, {}), rest, value)


def _entry(entries: list[dict[str, Any]], wanted: Entry) -> dict[str, Any]:
    found = at(entries, (wanted,))
    if found is None:
        found = {wanted.member: wanted.value}
        entries.append(found)
    assert isinstance(found, dict)
    return found


def at(options: Any, path: Path) -> Any:
    """The value at this path; None where there is none."""
    value = options
    for step in path:
        if isinstance(step, Entry):
            value = next((each for each in value or () if each.get(step.member) == step.value), None)
        else:
            value = value.get(step) if isinstance(value, Mapping) else None
    return value
