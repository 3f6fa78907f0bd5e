# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From where the server may be administered: everywhere, nowhere, or the addresses of one IP address group.

Fact sheet kerio_connect.md 3.7 (validateSet, validateRemove) and 3.12. The members about the built-in administrator are
missing. That a client outside gets error 1004 is the simulator's own choice: what the real server does is not known.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from typing import Any

from tests.simulators.framework.jsonrpc import RpcError
from tests.simulators.kerio_connect.entry_structures import ADMINISTRATION
from tests.simulators.kerio_connect.errors import missing
from tests.simulators.kerio_connect.methods import Access, Context, Method
from tests.simulators.kerio_connect.settings import KerioConnectSettings
from tests.simulators.kerio_connect.store import Entity, Store
from tests.simulators.kerio_web.wire_types import invalid

TOGETHER = ("isEnabled", "isLimited", "groupId")


def admits(store: Store, address: str) -> bool:
    """Whether a client with this IP address may administer the server."""
    return _admitted_by(store, store.remote_administration, address)


def _admitted_by(store: Store, setting: Entity, address: str) -> bool:
    if not setting["isEnabled"]:
        return False
    return not setting["isLimited"] or _in_group(store, setting["groupId"], address, frozenset())


def _in_group(store: Store, group_id: str, address: str, seen: frozenset[str]) -> bool:
    if group_id in seen:
        return False
    rows = [row for row in store.ip_address_entries.values() if row["groupId"] == group_id and row["enabled"]]
    return any(_in_entry(store, row, address, seen | {group_id}) for row in rows)


def _in_entry(store: Store, row: Entity, address: str, seen: frozenset[str]) -> bool:
    client = ipaddress.ip_address(address)
    if row["type"] == "ChildGroup":
        return _in_group(store, row["childGroupId"], address, seen)
    if row["type"] == "ThisMachine":
        return client.is_loopback
    if row["type"] in ("Host", "IpPrefix"):
        # A host may be the beginning of an address as well; names are not resolved.
        host = row["host"]
        return address == host or (address.startswith(host) and host.endswith((".", ":")))
    try:
        first, second = ipaddress.ip_address(row["addr1"]), ipaddress.ip_address(row["addr2"])
    except ValueError:  # entry_values="any" lets everything in
        return False
    if {first.version, second.version} != {client.version}:
        return False
    if row["type"] == "Network":
        return int(client) & int(second) == int(first) & int(second)
    return int(first) <= int(client) <= int(second)


def not_cut_off(context: Context, work: Callable[[], None]) -> None:
    """Do the work. Raises RpcError (code: switch `cut_off_code`) when it takes the interface away from the caller."""
    admitted = admits(context.store, context.client_address)
    work()
    if admitted and not admits(context.store, context.client_address):
        raise _cut_off(context.settings)


def _cut_off(settings: KerioConnectSettings) -> RpcError:
    return RpcError(settings.cut_off_code, "You will be cut off from remote administration!")


def get(context: Context, _params: dict[str, Any]) -> dict[str, Any]:
    setting = context.store.remote_administration
    names = {row["groupId"]: row["groupName"] for row in context.store.ip_address_entries.values()}
    return {"setting": {**setting, "groupName": names.get(setting["groupId"], "")}}


def set_(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    context.store.remote_administration = _accepted(context, params["setting"])
    return {}


def validate(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    new = _accepted(context, params["setting"])
    if not _admitted_by(context.store, new, context.client_address):
        raise _cut_off(context.settings)
    return {}


def _accepted(context: Context, given: Entity) -> Entity:
    """Raises RpcError -32602 unless all three members are there, 1002 for an unknown group."""
    for name in TOGETHER:
        if name not in given:
            raise invalid(f"setting.{name}", "missing")
    known = {row["groupId"] for row in context.store.ip_address_entries.values()}
    if (given["isLimited"] or given["groupId"]) and given["groupId"] not in known:
        raise missing(context.settings, "The group", given["groupId"])
    return {name: given[name] for name in TOGETHER}


METHODS = {
    "Server.getRemoteAdministration": Method(get, Access.READ),
    "Server.setRemoteAdministration": Method(set_, Access.SERVER, {"setting": ADMINISTRATION}),
    "Server.validateRemoteAdministration": Method(validate, Access.READ, {"setting": ADMINISTRATION}),
}
