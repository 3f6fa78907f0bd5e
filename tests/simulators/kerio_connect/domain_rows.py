# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows of one domain, as the get methods with a domainId list them."""

from __future__ import annotations

from tests.simulators.kerio_connect.errors import missing
from tests.simulators.kerio_connect.methods import Context
from tests.simulators.kerio_connect.store import Entity


def rows_of_domain(context: Context, table: dict[str, Entity], domain_id: str) -> list[Entity]:
    """Raises RpcError 1002 for an unknown domain, 1004 for one that the caller may not see."""
    if not domain_id and context.settings.empty_domain_id == "all":
        return [row for row in table.values() if context.only_domain in (None, row["domainId"])]
    if domain_id not in context.store.domains:
        raise missing(context.settings, "The domain", domain_id)
    context.check_domain(domain_id)
    return [row for row in table.values() if row["domainId"] == domain_id]
