# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the steps cost in the client interface. The list of rules is read before every write, and again after it."""

from __future__ import annotations

from tests.unit.matrix.budgets import Budget, Extra

_CHANGED = ("Filters.get", "Filters.set", "Filters.get")
BUDGETS: dict[tuple[str, str, str], Budget] = {
    ("kerio_webmail", "filter", way): Budget(
        found=("Filters.get",),
        absent=("Filters.get",),
        parents=(),
        guard=(),
        create=_CHANGED,
        update=_CHANGED,
        delete=_CHANGED,
        session=("Session.login", "Session.logout"),
    )
    for way in ("object", "config")
}
BUDGETS |= {
    ("kerio_webmail", "out_of_office", way): Budget(
        found=("Session.getOutOfOffice",),
        absent=(),
        parents=(),
        guard=(),
        create=(),
        update=("Session.setOutOfOffice", "Session.getOutOfOffice"),
        delete=(),
        session=("Session.login", "Session.logout"),
    )
    for way in ("object", "config")
}
EXTRA: tuple[Extra, ...] = ()
