# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the steps cost on Kerio Operator. There is no call for one object, so that lists are short and read whole."""

from __future__ import annotations

from tests.unit.matrix.budgets import Budget, Calls, Extra, Kind
from tests.unit.matrix.systems.kerio_operator.samples import ENTRY_OPTIONS, LINE_OPTIONS

_SESSION = ("Session.login", "Version.getApiVersion", "Session.logout")


def _both_ways(dialect: str, kind: str, budget: Budget) -> dict[tuple[str, str, str], Budget]:
    return {(dialect, kind, way): budget for way in ("object", "config")}


def _extension(remove: Calls) -> Budget:
    return Budget(
        found=("Extensions.get",),
        absent=("Extensions.get",),
        # Whether the number is free.
        parents=("Server.getInternalDirectoryList",),
        guard=(),
        create=("Extensions.create", "Extensions.get"),
        update=("Extensions.set", "Extensions.get"),
        delete=(*remove, "Extensions.get"),
        session=_SESSION,
    )


def _user(update: Calls, remove: Calls) -> Budget:
    return Budget(
        found=("Users.get",),
        absent=("Users.get",),
        parents=(),
        guard=(),
        create=("Users.create", "Users.get"),
        update=(*update, "Users.get"),
        delete=(*remove, "Users.get"),
        session=_SESSION,
    )


BUDGETS: dict[tuple[str, str, str], Budget] = {
    **_both_ways("by guids", "extension", _extension(("Extensions.remove",))),
    **_both_ways("by guids", "user", _user(("Users.set",), ("Users.remove",))),
    # The first form is refused.
    **_both_ways("by guid", "extension", _extension(("Extensions.remove",) * 2)),
    **_both_ways("by guid", "user", _user(("Users.set",) * 2, ("Users.remove",) * 2)),
}
_CREATE, _UPDATE = frozenset({Kind.CREATE}), frozenset({Kind.UPDATE})
_NEW_LINE = frozenset({"lines[201mobile]"})
_FEWER_LINES = frozenset({"prune_lines=True"})
EXTRA = (
    Extra("extension", frozenset({"user"}), ("Users.get",)),
    Extra("extension", frozenset({"update_password=on_change"}), ("Extensions.getSipPassword",)),
    Extra("extension", frozenset({"without number"}), ("Extensions.getNextValidNumber",), _CREATE),
    # The id of a new line comes from the list, and the server invents its name.
    Extra(
        "extension",
        _NEW_LINE,
        ("Extensions.get", "Extensions.get", "Extensions.createLine", "Extensions.set"),
        _CREATE,
    ),
    Extra("extension", _NEW_LINE, ("Extensions.get", "Extensions.createLine"), _UPDATE),
    Extra("extension", _FEWER_LINES, ("Extensions.remove",), _UPDATE, "by guids"),
    Extra("extension", _FEWER_LINES, ("Extensions.remove",) * 2, _UPDATE, "by guid"),
    # What belongs to the number goes to another id than what belongs to its line.
    *(Extra("extension", frozenset({"description", name}), ("Extensions.set",), _UPDATE) for name in LINE_OPTIONS),
    Extra("extension", frozenset({"description", "lines[201]"}), ("Extensions.set",), _UPDATE),
    *(Extra("user", frozenset({f"extensions.{name}"}), ("Extensions.get",)) for name in ENTRY_OPTIONS),
)
