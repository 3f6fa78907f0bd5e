# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Interface IpAddressGroups (fact sheet kerio_connect.md 3.7). What the parameter groupIds holds are ids of entries."""

from __future__ import annotations

import copy
import dataclasses
import ipaddress
from typing import Any

from tests.simulators.kerio_connect import defaults, entry_groups
from tests.simulators.kerio_connect.entry_groups import Entries
from tests.simulators.kerio_connect.entry_structures import IP_ADDRESS_ENTRY
from tests.simulators.kerio_connect.errors import failed
from tests.simulators.kerio_connect.methods import Access, Context, Method
from tests.simulators.kerio_connect.remote_administration import not_cut_off
from tests.simulators.kerio_connect.store import Entity
from tests.simulators.kerio_connect.structures import SEARCH_QUERY
from tests.simulators.kerio_web.bulk import errors_of, in_bulk
from tests.simulators.kerio_web.wire_types import KID, ListOf, invalid

ENTRIES = Entries(
    table="ip_address_entries",
    id_kind="ipaddress",
    struct=IP_ADDRESS_ENTRY,
    blank=defaults.ip_address_entry,
    child_type="ChildGroup",
    values={
        "Host": ("host",),
        "Network": ("addr1", "addr2"),
        "Range": ("addr1", "addr2"),
        "ChildGroup": ("childGroupId",),
        "ThisMachine": (),
        "IpPrefix": ("host",),
    },
    twice="This address group already exists!",
)


def get(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    return entry_groups.get(context, ENTRIES, params["query"])


def get_group_list(context: Context, _params: dict[str, Any]) -> dict[str, Any]:
    return entry_groups.group_list(context, ENTRIES)


def create(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    for index, given in enumerate(params["groups"]):
        if "type" not in given:
            raise invalid(f"groups[{index}].type", "missing")

    def create_one(given: Entity) -> Entity:
        entry = _checked(context, entry_groups.new_entry(context, ENTRIES, given))
        entry_groups.save(context, ENTRIES, entry, given)
        return entry

    return in_bulk(context, params["groups"], create_one)


def set_(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    details = params["details"]

    def set_one(entry_id: str) -> None:
        if context.settings.lockout == "refuse":
            trial = _trial(context)
            not_cut_off(trial, lambda: _set_one(trial, entry_id, details))
        _set_one(context, entry_id, details)

    return errors_of(context, params["groupIds"], set_one)


def _set_one(context: Context, entry_id: str, details: Entity) -> None:
    old = entry_groups.find(context, ENTRIES, entry_id)
    if context.settings.ip_entry_set == "strict":
        _check_complete(old, details)
    entry = _checked(context, entry_groups.changed_entry(context, ENTRIES, old, details))
    entry_groups.save(context, ENTRIES, entry, details)


def _check_complete(old: Entity, details: Entity) -> None:
    """Raises RpcError -32602: a value comes with its type, a new type with all its values."""
    if "type" not in details:
        without_type = [name for name in ENTRIES.all_values if name in details and details[name] != old[name]]
        if without_type:
            raise invalid("details.type", "missing")
    elif details["type"] != old["type"]:
        for name in ENTRIES.values[details["type"]]:
            if name not in details:
                raise invalid(f"details.{name}", "missing")


def _checked(context: Context, entry: Entity) -> Entity:
    """The entry as it is stored. Raises RpcError for values that are none of its type."""
    kind = entry["type"]
    if kind == "IpPrefix" and not context.settings.ip_prefix_type:
        raise invalid("type", "unknown")
    if context.settings.entry_values == "checked":
        if kind in ("Host", "IpPrefix") and not entry["host"].strip():
            raise failed("An entry needs an address.")
        if kind in ("Network", "Range"):
            for name in ("addr1", "addr2"):
                _check_address(entry[name])
        if kind == "Network" and context.settings.network_address == "mask":
            entry = {**entry, "addr1": _masked(entry["addr1"], entry["addr2"])}
    return entry_groups.finished(context, ENTRIES, entry)


def _check_address(text: str) -> None:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        raise failed("The address %1 is invalid.", about=text) from None


def _masked(address: str, mask: str) -> str:
    number = int(ipaddress.ip_address(address)) & int(ipaddress.ip_address(mask))
    return str(type(ipaddress.ip_address(address))(number))


def remove(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    def remove_one(entry_id: str) -> None:
        if context.settings.lockout == "refuse":
            trial = _trial(context)
            not_cut_off(trial, lambda: entry_groups.remove(trial, ENTRIES, entry_id))
        entry_groups.remove(context, ENTRIES, entry_id)

    return errors_of(context, params["groupIds"], remove_one)


def validate_set(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    """What `set` with the same parameters would fail with, and error 4000 for the entry that cuts the caller off."""
    trial, details = _trial(context), params["details"]
    return errors_of(
        trial,
        params["groupIds"],
        lambda entry_id: not_cut_off(trial, lambda: _set_one(trial, entry_id, details)),
    )


def validate_remove(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    trial = _trial(context)
    return errors_of(
        trial,
        params["groupIds"],
        lambda entry_id: not_cut_off(trial, lambda: entry_groups.remove(trial, ENTRIES, entry_id)),
    )


def _trial(context: Context) -> Context:
    """The same exchange with a server of which nobody keeps the state, and on which no group is held back by its use.

    A check for lock-outs has nothing to say about other reasons to refuse a removal.
    """
    settings = dataclasses.replace(context.settings, group_in_use="dangle")
    return dataclasses.replace(context, store=copy.deepcopy(context.store), settings=settings)


METHODS = {
    "IpAddressGroups.get": Method(get, Access.READ, {"query": SEARCH_QUERY}),
    "IpAddressGroups.getGroupList": Method(get_group_list, Access.READ),
    "IpAddressGroups.create": Method(create, Access.SERVER, {"groups": ListOf(IP_ADDRESS_ENTRY)}),
    "IpAddressGroups.set": Method(set_, Access.SERVER, {"groupIds": ListOf(KID), "details": IP_ADDRESS_ENTRY}),
    "IpAddressGroups.remove": Method(remove, Access.SERVER, {"groupIds": ListOf(KID)}),
    "IpAddressGroups.validateSet": Method(
        validate_set, Access.READ, {"groupIds": ListOf(KID), "details": IP_ADDRESS_ENTRY}
    ),
    "IpAddressGroups.validateRemove": Method(validate_remove, Access.READ, {"groupIds": ListOf(KID)}),
}
