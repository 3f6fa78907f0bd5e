# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The systems of the matrix, one package each under ``systems/``. A new system is a line here."""

from __future__ import annotations

from tests.unit.matrix.systems.kerio_connect.subject import SUBJECT as KERIO_CONNECT
from tests.unit.matrix.systems.kerio_operator.subject import SUBJECT as KERIO_OPERATOR
from tests.unit.matrix.systems.kerio_webmail.subject import SUBJECT as KERIO_WEBMAIL
from tests.unit.matrix.systems.mail.subject import SUBJECT as MAIL
from tests.unit.matrix.systems.mailboxorg.subject import SUBJECT as MAILBOXORG

SUBJECTS = (KERIO_CONNECT, KERIO_WEBMAIL, MAIL, KERIO_OPERATOR, MAILBOXORG)
