# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules and the state of a mailcow-style mail server, without HTTP; both mail simulators are built on it."""

from __future__ import annotations

from .engine import MEGABYTE, Engine, Entry, NothingDone, Rules
from .objects import Alias, DkimKey, Domain, Mailbox, SyncJob
from .php import PhpDied
from .starting import starting_store
from .store import MailStore, Usage

__all__ = [
    "MEGABYTE",
    "Alias",
    "DkimKey",
    "Domain",
    "Engine",
    "Entry",
    "MailStore",
    "Mailbox",
    "NothingDone",
    "PhpDied",
    "Rules",
    "SyncJob",
    "Usage",
    "starting_store",
]
