# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The systems of the matrix, one package each. A new system is a line here."""

from __future__ import annotations

from tests.unit.matrix.systems import kerio_connect, kerio_operator, mail, mailboxorg

SUBJECTS = (kerio_connect.SUBJECT, mail.SUBJECT, kerio_operator.SUBJECT, mailboxorg.SUBJECT)
