# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""All systems, for what concerns each of them: documentation and tests. Modules import the one that they need.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from .kerio_connect import SYSTEM as KERIO_CONNECT
from .kerio_operator import SYSTEM as KERIO_OPERATOR
from .kerio_webmail import SYSTEM as KERIO_WEBMAIL
from .mail import SYSTEM as MAIL
from .mailboxorg import SYSTEM as MAILBOXORG

SYSTEMS = (KERIO_CONNECT, KERIO_WEBMAIL, KERIO_OPERATOR, MAILBOXORG, MAIL)
