# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The mailbox that something belongs to, as its key.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from ..._core.addresses import mailbox_address
from ..._core.fields import Field, Reference, Text
from .codecs import TEXT
from .wire import Wire


def owner(doc: str) -> Field:
    """The option that names the mailbox; it may be made by the same run."""
    return Text(
        "mailbox",
        doc,
        Wire((), "mail"),
        TEXT,
        form=mailbox_address,
        immutable=True,
        reference=Reference("mailbox", assumable=True),
    )
