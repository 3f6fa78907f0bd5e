# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""IP address groups of Kerio Connect (kerio_connect.md 3.7).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import ipaddress
from typing import Any

from ..._core.fields import Choice, Text
from ..._core.resource import Resource
from ..._core.structures import StructSet
from ..owned_lists import APPEND
from .entry_groups import (
    ALLOW_LOCKOUT,
    GROUP,
    Entry,
    EntryService,
    Row,
    attributes,
    child_group,
    complete,
    described,
    fitting,
    name_field,
    protected,
)

KIND = "ip_address_group"
TYPES = {
    "host": "Host",
    "network": "Network",
    "range": "Range",
    "this_machine": "ThisMachine",
    "prefix": "IpPrefix",
    GROUP: "ChildGroup",
}
# What each type of entry says.
MAKES: dict[str, tuple[str, ...]] = {
    "host": ("host",),
    "network": ("network",),
    "range": ("from", "to"),
    "this_machine": (),
    "prefix": ("prefix",),
    GROUP: ("group",),
}
_WORDS = {wire: word for word, wire in TYPES.items()}


def address(text: str) -> str:
    """An IP address in its shortest form. Raises ValueError."""
    try:
        return str(ipaddress.ip_address(text.strip()))
    except ValueError:
        raise ValueError(f"{text!r} is no IP address") from None


def network(text: str) -> str:
    """``10.1.2.3/255.0.0.0`` -> ``10.0.0.0/8``. Raises ValueError."""
    first, _slash, mask = text.strip().partition("/")
    try:
        start = ipaddress.ip_address(first)
        return str(ipaddress.ip_network((str(start), _prefix_length(mask, start.max_prefixlen)), strict=False))
    except ValueError:
        raise ValueError(f"{text!r} is no network such as 10.0.0.0/8 or 10.0.0.0/255.0.0.0") from None


def _prefix_length(mask: str, bits: int) -> int:
    if mask.isdigit():
        return int(mask)
    number = ipaddress.ip_address(mask)
    rest = int(number) ^ ((1 << bits) - 1)
    # Of a mask, the bits that are not set are all at the end.
    if number.max_prefixlen != bits or rest & (rest + 1):
        raise ValueError(mask)
    return bits - rest.bit_length()


def host(text: str) -> str:
    """An address in its shortest form; a name, or the beginning of an address, in lower case. Raises ValueError."""
    name = text.strip().lower()
    if not name or any(character.isspace() for character in name):
        raise ValueError(f"{text!r} is neither the name of a host nor an IP address")
    try:
        return address(name)
    except ValueError:
        return name


def _prefix(text: str) -> str:
    prefix = text.strip().lower()
    if not prefix or any(character.isspace() for character in prefix):
        raise ValueError(f"{text!r} is no beginning of an IP address")
    return prefix


def _fitting(entry: dict[str, Any]) -> dict[str, Any]:
    """One entry whose members fit together. Raises ValueError."""
    if fitting(entry, MAKES) == "range":
        first, last = ipaddress.ip_address(entry["from"]), ipaddress.ip_address(entry["to"])
        if first.version != last.version or int(first) > int(last):
            raise ValueError(f"to: {last} does not come after {first}")
    return entry


def _read(row: Row) -> dict[str, Any]:
    made = _WORDS[str(row["type"])]
    if made == "network":
        return {"type": made, "network": f"{row['addr1']}/{row['addr2']}"}
    if made == "range":
        return {"type": made, "from": row["addr1"], "to": row["addr2"]}
    return {"type": made, **dict.fromkeys(MAKES[made], row.get("host"))}


def _write(entry: Entry) -> dict[str, Any]:
    made = entry["type"]
    members: dict[str, Any] = {"type": TYPES[made]}
    if made == "network":
        found = ipaddress.ip_network(entry["network"])
        return {**members, "addr1": str(found.network_address), "addr2": str(found.netmask)}
    if made == "range":
        return {**members, "addr1": entry["from"], "addr2": entry["to"]}
    return members if made == "this_machine" else {**members, "host": entry[made]}


ENTRIES = StructSet(
    "entries",
    "All entries of the group, in any order. Others are removed, unless O(append) is set. A group has at least one.",
    form=_fitting,
    required_on_create=True,
    append_option=APPEND.name,
    fields=(
        Choice(
            "type",
            "What the entry is, needed in each: a V(host), a V(network), a V(range) of addresses, "
            "V(this_machine), which is the server itself, the V(prefix) of an address, or another V(group).",
            words=tuple(TYPES),
        ),
        Text(
            "host",
            "Name or IP address of a host, or the beginning of an IP address, for V(host).",
            form=host,
        ),
        Text(
            "network",
            "Address and mask of a network for V(network), for instance V(192.168.0.0/16) or "
            "V(192.168.0.0/255.255.0.0).",
            form=network,
        ),
        Text("from", "First address of a V(range).", form=address),
        Text("to", "Last address of a V(range).", form=address),
        Text("prefix", "Beginning of an IP address for V(prefix), as the server spells it.", form=_prefix),
        child_group(KIND),
        *attributes(),
    ),
)
IP_ADDRESS_GROUP = Resource(
    kind=KIND,
    plural="ip_address_groups",
    module="kerio_ip_address_group",
    summary="Manage IP address groups of Kerio Connect",
    description=(
        "Creates, changes and deletes groups of IP addresses of a Kerio Connect server.",
        "The server keeps the entries of a group one by one; here a group with all its entries is one object.",
        (
            "A change is made entry by entry: entries that stay are not touched, and new ones are added before others "
            "are removed, so that a group in use is never empty in between."
        ),
        (
            "Before entries are changed or removed, the server is asked whether that would cut this login off from the "
            "administration. If so, the task fails before anything is changed, unless O(allow_lockout) is set. The "
            "answer knows nothing of entries that the same task adds: where those are what lets you in, add them with "
            "O(append) in a task before."
        ),
        (
            "A group that another group contains is not deleted. Access policies and other settings that use a group "
            "cannot be seen from here; what becomes of them is up to the server."
        ),
        (
            "Groups with entries of a type that no option describes are never pruned, and documents leave their "
            "entries out. With O(append) such a group can be added to."
        ),
    ),
    key=("name",),
    entangled=True,
    label="{name}",
    route=EntryService(
        "IpAddressGroups",
        ENTRIES,
        entities="groups",
        ids="groupIds",
        child_type=TYPES[GROUP],
        members=("host", "addr1", "addr2"),
        read=_read,
        write=_write,
        name_column="name",
        warns=True,
    ),
    complete=complete,
    protected=protected,
    described=described,
    unproven=(
        "That removing the last entry of a group removes the group.",
        "What the server does about a group that is deleted while settings such as access policies use it.",
        "What the text of an entry of type V(prefix) looks like, and that servers before release 9 do not know it.",
        "How IPv6 networks are kept; they are sent with their mask written as an address.",
        "Which code the warning about being cut off has. Whatever the server objects to is reported.",
    ),
    fields=(name_field("group"), ENTRIES),
    behaviour=(APPEND, ALLOW_LOCKOUT),
)
