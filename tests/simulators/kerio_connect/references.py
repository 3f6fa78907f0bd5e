# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads of what users refer to by id: company contacts, and the home servers of a distributed domain.

Fact sheet kerio_connect.md, appendix A1 and A3; tests prepare both lists in the store.
"""

from __future__ import annotations

from typing import Any

from tests.simulators.kerio_connect import query
from tests.simulators.kerio_connect.methods import Access, Context, Method
from tests.simulators.kerio_connect.structures import COMPANY_CONTACT, SEARCH_QUERY


def get_company_contacts(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    rows = list(context.store.company_contacts.values())
    return query.run(rows, params["query"], COMPANY_CONTACT, context.settings, lambda row, name: row[name])


def get_home_servers(context: Context, _params: dict[str, Any]) -> dict[str, Any]:
    return {"servers": list(context.store.home_servers.values())}


METHODS = {
    "CompanyContacts.get": Method(get_company_contacts, Access.READ, {"query": SEARCH_QUERY}),
    "DistributedDomain.getHomeServerList": Method(get_home_servers, Access.READ),
}
