# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A simulated mailcow server with its own API (``X-API-Key``, ``/api/v1/{get,add,edit,delete}/…``)."""

from __future__ import annotations

from tests.simulators.mailcow.settings import OLDER_SERVER, MailcowSettings
from tests.simulators.mailcow.simulator import Mailcow

__all__ = ["OLDER_SERVER", "Mailcow", "MailcowSettings"]
