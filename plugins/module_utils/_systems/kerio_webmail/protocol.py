# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the client interface adds to the web library of the Kerio products: its address and its reads (kerio_connect.md
1.1 and appendix B1).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from .. import kerio_web

TITLE = "Kerio Connect client interface"
PATH = "/webmail/api/jsonrpc/"
READS = frozenset({"Filters.get", "Filters.getById", "Session.getOutOfOffice"})
PROTOCOL = kerio_web.protocol(
    TITLE,
    READS,
    rights="the server does not let this user change it; ask who administers the server",
    path=PATH,
    batches=None,  # Nobody has seen the client interface take any.
)
