# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options that say how wishes are carried out, for the resources of several systems.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from .._core.fields import Choice
from .._core.plan import ALWAYS, ON_CREATE, UPDATE_UNREADABLE

UNREADABLE = Choice(
    UPDATE_UNREADABLE,
    "When to send options that the server does not tell: V(on_create) sends them for a new object, and along with "
    "another change; V(always) sends them in every run, which reports a change each time. Either way they are listed "
    "as RV(unverified).",
    words=(ON_CREATE, ALWAYS),
    on_create=ON_CREATE,
)
