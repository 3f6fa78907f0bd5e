# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Interfaces Server and Version, as far as account management needs them (fact sheet kerio_connect.md 3.4, 3.12)."""

from __future__ import annotations

import hashlib
import time
from typing import Any

from tests.simulators.kerio_connect import addresses, enums
from tests.simulators.kerio_connect.errors import missing
from tests.simulators.kerio_connect.methods import Access, Context, Method
from tests.simulators.kerio_connect.structures import ENTITY_DETAIL, SEARCH_QUERY
from tests.simulators.kerio_web.wire_types import KID, STR, Enum, ListOf

PRODUCT = "Kerio Connect"
MAJOR, MINOR, REVISION, BUILD = 9, 2, 8, 2803
API_VERSION = 1


def get_version(_context: Context, _params: dict[str, Any]) -> dict[str, Any]:
    return {
        "product": PRODUCT,
        "version": f"{MAJOR}.{MINOR}.{REVISION}",
        "major": MAJOR,
        "minor": MINOR,
        "revision": REVISION,
        "build": BUILD,
    }


def get_product_version(_context: Context, _params: dict[str, Any]) -> dict[str, Any]:
    version = {
        "productName": PRODUCT,
        "major": MAJOR,
        "minor": MINOR,
        "revision": REVISION,
        "build": BUILD,
        "order": 0,
        "releaseType": "Final",
        "displayNumber": f"{MAJOR}.{MINOR}.{REVISION}",
    }
    return {"productVersion": version}


def get_api_version(_context: Context, _params: dict[str, Any]) -> dict[str, Any]:
    return {"apiVersion": API_VERSION}


def find_entity_by_email(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    """Whose addresses collide; the entity that is being edited is in the list with isPattern."""
    store, domain_id = context.store, params["domainId"]
    if domain_id not in store.domains:
        raise missing(context.settings, "The domain", domain_id)
    wanted = {addresses.local_part(store, domain_id, address) for address in params["addresses"]}
    own_id = params["updatedEntity"].get("id", "")
    found = [
        {
            "kind": kind,
            "name": entity.get("loginName") or entity["name"],
            "collisionAddress": f"{local}@{store.domains[domain_id]['name']}",
            "win": False,
            "isPattern": entity["id"] == own_id,
        }
        for kind, entity, local in addresses.owners(store, domain_id)
        if local in wanted
    ]
    if found:
        found[0]["win"] = True
    return {"entities": found}


def get_named_constants(_context: Context, _params: dict[str, Any]) -> dict[str, Any]:
    """KMS_ names with the wire strings of the enums that the simulator knows."""
    known = [kind for kind in vars(enums).values() if isinstance(kind, Enum)]
    names = sorted({name for kind in known for name in kind.names})
    return {"constants": [{"name": f"KMS_{name}", "value": name} for name in names]}


def get_web_sessions(context: Context, _params: dict[str, Any]) -> dict[str, Any]:
    """Conditions and fields of the query are ignored, as on the real server (fact sheet 2.3)."""
    rows = [
        {
            "id": _session_id(session.cookie),
            "userName": session.user_name,
            "clientAddress": session.client_address,
            "expirationTime": time.strftime("%d.%m.%Y %H:%M:%S", time.gmtime(context.sessions.expires(session))),
            "componentType": "WebComponentADMIN",
            "isSecure": True,
        }
        for session in context.sessions.all_open()
    ]
    return {"list": rows, "totalItems": len(rows)}


def kill_web_sessions(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    for session in context.sessions.all_open():
        if _session_id(session.cookie) in params["ids"]:
            context.sessions.close(session.cookie)
    return {}


def _session_id(cookie: str) -> str:
    # The list must not give away what opens a session.
    return hashlib.sha256(cookie.encode()).hexdigest()[:32]


def restart(context: Context, _params: dict[str, Any]) -> dict[str, Any]:
    """Finishes renaming domains: the old name stays as an alternative name. All sessions end."""
    for domain in context.store.domains.values():
        info = domain["renameInfo"]
        if info["isRenamed"]:
            for folder in [key for key in context.store.mailboxes if key.startswith(f"{info['oldName']}/".lower())]:
                login = folder.partition("/")[2]
                context.store.mailboxes[f"{info['newName']}/{login}".lower()] = context.store.mailboxes.pop(folder)
            domain["name"] = info["newName"]
            domain["aliasList"] = [*domain["aliasList"], info["oldName"]]
            domain["renameInfo"] = {"isRenamed": False, "oldName": "", "newName": ""}
    context.sessions.clear()
    return {}


METHODS = {
    "Server.getVersion": Method(get_version, Access.READ),
    "Server.findEntityByEmail": Method(
        find_entity_by_email,
        Access.READ,
        {"addresses": ListOf(STR), "updatedEntity": ENTITY_DETAIL, "domainId": KID},
    ),
    "Server.getNamedConstantList": Method(get_named_constants, Access.READ),
    "Server.getWebSessions": Method(get_web_sessions, Access.READ, {"query": SEARCH_QUERY}),
    "Server.killWebSessions": Method(kill_web_sessions, Access.SERVER, {"ids": ListOf(KID)}),
    "Server.restart": Method(restart, Access.SERVER),
    "Version.getProductVersion": Method(get_product_version, Access.OPEN),
    "Version.getApiVersion": Method(get_api_version, Access.OPEN),
}
