# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a server makes of the values that it is sent, and what it shows of them; values are canonical."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from ansible_collections.postmaster.comms.plugins.module_utils._core.fields import Field
from ansible_collections.postmaster.comms.plugins.module_utils._core.structures import Entries, Nested


def stored(each: Field, before: Any, sent: Any) -> Any:
    """What the server holds after a change: the secrets of entries that were not sent again are still there."""
    if not isinstance(each, Entries) or before is None:
        return sent
    held = {entry[each.entry_key].casefold(): entry for entry in before}
    return [{**held.get(entry[each.entry_key].casefold(), {}), **entry} for entry in sent]


def told(each: Field, value: Any, hidden: Collection[str]) -> Any:
    """A value without the members that no read returns; ``hidden`` names more of them (``field.member``)."""
    if not isinstance(each, Nested):
        return value
    members = {leaf.name for leaf in each.fields if leaf.readable and f"{each.name}.{leaf.name}" not in hidden}

    def shown(entry: Mapping[str, Any]) -> dict[str, Any]:
        return {name: item for name, item in entry.items() if name in members}

    return [shown(entry) for entry in value] if isinstance(value, list) else shown(value)


def secrets_of(each: Field, value: Any) -> Any:
    """The secrets in a value, None where there are none; of entries, those that have one, with their keys."""
    if not isinstance(each, Entries):
        return value if each.secret else None
    secret = {leaf.name for leaf in each.fields if leaf.secret}
    return [
        {name: item for name, item in entry.items() if name in secret | {each.entry_key}}
        for entry in value
        if secret & entry.keys()
    ]
