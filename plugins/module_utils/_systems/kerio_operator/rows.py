# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The three kinds of rows of ``Extensions.get``, put together to extensions (kerio_operator.md 3.1 and 3.4).

A number with one registration is one row, which is line and extension at the same time. A number with several is a row
for the extension, without SIP user name and parent, and one more for each line. So a number appears several times, and
ids are what tells rows apart.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from .lines import LINE_FIELDS
from .wire import Row, number, read_values

GROUP_ROW = "2"


@dataclass
class Extension:
    """One extension: its id, the row that tells about it, and the rows of its lines."""

    identity: int
    row: Row
    lines: list[Row] = field(default_factory=list)

    @property
    def number(self) -> str:
        return str(self.row["telNum"])

    @property
    def line_ids(self) -> dict[str, int]:
        """Ids of the lines by SIP user name in lower case."""
        return {str(line.get("sipUsername") or "").casefold(): number(line["guid"]) for line in self.lines}

    def line_id(self, sip_username: str) -> int | None:
        return self.line_ids.get(sip_username.casefold())

    @property
    def listed_id(self) -> int:
        """The id of the row that stands for the extension in the list, and never for one line of several."""
        return self.identity if len(self.lines) > 1 else int(number(self.row["guid"]))

    def line_values(self) -> list[dict[str, Any]]:
        """What is known of the lines."""
        return [read_values(LINE_FIELDS, line) for line in self.lines]


def extensions_of(rows: Iterable[Row]) -> list[Extension]:
    """The extensions of a whole list."""
    groups: dict[Any, Extension] = {}
    lines = []
    for row in rows:
        if _is_group(row):
            groups[number(row["guid"])] = Extension(number(row["guid"]), row)
        else:
            lines.append(row)
    for row in lines:
        parent = _parent(row) or number(row["guid"])
        groups.setdefault(parent, Extension(parent, row)).lines.append(row)
    return list(groups.values())


def _is_group(row: Row) -> bool:
    """By its type; by what it lacks where a server does not tell the type."""
    if row.get("lineType") is not None:
        return str(row["lineType"]) == GROUP_ROW
    return not _parent(row) and not row.get("sipUsername")


def _parent(row: Row) -> Any:
    """The id of the extension that a line belongs to; 0 and "0" stand for none, too."""
    return number(row.get("parentId") or 0)
