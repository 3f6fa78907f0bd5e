# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A simulated server of the Email Management API (``Bearer``, ``/api/v1/domains``, ``mailboxes``, ``aliases``, …)."""

from __future__ import annotations

from tests.simulators.mail_rest.settings import FAULTS, PROFILES, MailRestSettings
from tests.simulators.mail_rest.simulator import MailRest

__all__ = ["FAULTS", "PROFILES", "MailRest", "MailRestSettings"]
