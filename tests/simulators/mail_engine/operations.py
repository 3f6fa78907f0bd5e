# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Adding, editing and deleting by category, and the ``log`` that the server puts into each message of its reply."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from .aliases import add_alias, delete_alias, edit_alias
from .domains import add_domain, delete_domain, delete_tags, edit_domain
from .engine import Engine, Entry
from .mailboxes import add_mailbox, delete_mailbox, edit_mailbox, edit_tls_policy
from .ratelimits import edit_domain_limit
from .syncjobs import add_syncjob, delete_syncjob, edit_syncjob

Adder = Callable[[Engine, dict[str, Any]], Iterator[Entry]]
Editor = Callable[[Engine, Any, dict[str, Any]], Iterator[Entry]]
Deleter = Callable[[Engine, Any], Iterator[Entry]]

ADDERS: dict[str, Adder] = {
    "domain": add_domain,
    "mailbox": add_mailbox,
    "alias": add_alias,
    "syncjob": add_syncjob,
}
# Category -> the name under which the server hands the items on. A member of that name in ``attr`` replaces the items
# (mailcow_recorded.md A4): it then edits other objects than those asked for.
EDITORS: dict[str, tuple[str, Editor]] = {
    "domain": ("domain", edit_domain),
    "mailbox": ("username", edit_mailbox),
    "tls_policy": ("username", edit_tls_policy),
    "alias": ("id", edit_alias),
    "syncjob": ("id", edit_syncjob),
    "rl-domain": ("object", edit_domain_limit),
}
DELETERS: dict[str, tuple[str, Deleter]] = {
    "domain": ("domain", delete_domain),
    "mailbox": ("username", delete_mailbox),
    "alias": ("id", delete_alias),
    "syncjob": ("id", delete_syncjob),
}
MASKED = ("password", "password2")  # and nothing else: password1 of a sync job comes back in clear


def add(engine: Engine, category: str, attr: Any) -> list[Entry]:
    """Make objects. Raises KeyError for an unknown category, PhpDied and NothingDone."""
    work = ADDERS[category](engine, attr if isinstance(attr, dict) else {})
    return _logged(work, ["mailbox", "add", category, _masked(attr), None])


def edit(engine: Engine, category: str, items: Any, attr: dict[str, Any]) -> list[Entry]:
    """Change the objects that ``items`` names (one or a list). Raises KeyError, PhpDied and NothingDone."""
    name, editor = EDITORS[category]
    data = {name: _as_list(items), **attr}
    taken = {member: value for member, value in attr.items() if member not in engine.rules.edit_ignores}
    work = (entry for item in _as_list(data[name]) for entry in editor(engine, item, taken))
    if category == "rl-domain":
        return _logged(work, ["ratelimit", "edit", "domain", data])
    return _logged(work, ["mailbox", "edit", category, _masked(data), None])


def delete(engine: Engine, category: str, items: Any) -> list[Entry]:
    """Remove the objects that ``items`` names. Raises KeyError, PhpDied and NothingDone."""
    name, deleter = DELETERS[category]
    wanted = list(items.values()) if isinstance(items, dict) else _as_list(items)
    work = (entry for item in wanted for entry in deleter(engine, item))
    return _logged(work, ["mailbox", "delete", category, {name: items if isinstance(items, dict) else wanted}, None])


def remove_tags(engine: Engine, domain: str, items: Any) -> list[Entry]:
    """Take tags off one domain, which the path names. Raises NothingDone."""
    tags = _as_list(items)
    work = delete_tags(engine, domain, tags)
    return _logged(work, ["mailbox", "delete", "tags_domain", {"tags": tags, "domain": domain}, None])


def _as_list(items: Any) -> list[Any]:
    return items if isinstance(items, list) else [items]


def _masked(data: Any) -> Any:
    if not isinstance(data, dict):
        return data
    return {name: "*" if name in MASKED else value for name, value in data.items()}


def _logged(entries: Iterable[Entry], log: list[Any]) -> list[Entry]:
    done = list(entries)
    for entry in done:
        if entry.log is None:
            entry.log = log
    return done
