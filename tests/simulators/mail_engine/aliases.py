# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Aliases: checks in the order of mail_api.md 3.4, as recorded in mailcow_recorded.md sections 3, 5, 6, 8."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .addresses import is_address, normal_address, split_address, split_list
from .engine import ACCESS_DENIED, Engine, Entry, danger, success
from .objects import Alias
from .php import empty, intval, text

# The flags that replace targets, strongest first, and what is stored for them.
SPECIAL_TARGETS = {"goto_null": "null@localhost", "goto_spam": "spam@localhost", "goto_ham": "ham@localhost"}
FLAGS = ("active", "internal", "sogo_visible", "sender_allowed")
COMMENTS = ("public_comment", "private_comment")
LONGEST_COMMENT = 160  # bytes; looked at on creation only


def add_alias(engine: Engine, attr: dict[str, Any]) -> Iterator[Entry]:
    """Make one alias for each address. Bad targets are named and left out; an alias to itself is silently not made."""
    addresses, wished = split_list(attr.get("address")), split_list(attr.get("goto"))
    special = _special_target(attr)
    if any(len(text(attr.get(comment)).encode()) > LONGEST_COMMENT for comment in COMMENTS):
        yield danger("comment_too_long")
        return
    if not addresses[0]:
        yield danger("alias_empty")
        return
    if not wished[0] and not special:
        yield danger("goto_empty")
        return
    targets = [special] if special else []
    for target in [] if special else filter(None, wished):
        address = normal_address(target)
        if is_address(address):
            targets.append(address)
        else:
            yield danger("goto_invalid", address)
    if not targets:
        return
    for address in filter(None, addresses):
        if address not in targets:
            entry = _add_one(engine, address, list(dict.fromkeys(targets)), attr)
            yield entry
            if entry.key == "max_alias_exceeded":
                return


def edit_alias(engine: Engine, item: Any, attr: dict[str, Any]) -> Iterator[Entry]:
    """Change an alias. Without a target that passes nothing is stored, and success is reported all the same."""
    alias = engine.store.find_alias(item)
    if alias is None:
        yield danger("alias_invalid", None if empty(attr.get("address")) else attr["address"])
        return
    address = alias.address if empty(attr.get("address")) else normal_address(text(attr["address"]))
    if address != alias.address and (refusal := _refuse_address(engine, address)):
        yield refusal
        return
    special = _special_target(attr)
    targets = [special] if special else []
    wished = ",".join(alias.goto) if empty(attr.get("goto")) else attr["goto"]
    for target in [] if special else filter(None, split_list(wished)):
        if not is_address(target):
            yield danger("goto_invalid", target)
        elif target == address:
            yield danger("alias_goto_identical")
        else:
            targets.append(target)
    if targets:
        with engine.changing(alias):
            alias.address, alias.goto = address, targets
            _apply_edit(alias, attr)
    yield success("alias_modified", address)


def delete_alias(engine: Engine, item: Any) -> Iterator[Entry]:
    """Remove an alias, named by its number or its address."""
    alias = engine.store.find_alias(item)
    if alias is None:
        yield danger(ACCESS_DENIED)
        return
    del engine.store.aliases[alias.id]
    yield success("alias_removed", alias.address)


def _special_target(attr: dict[str, Any]) -> str | None:
    return next((target for flag, target in SPECIAL_TARGETS.items() if intval(attr.get(flag)) == 1), None)


def _add_one(engine: Engine, wished: str, targets: list[str], attr: dict[str, Any]) -> Entry:
    address = normal_address(wished)
    domain = engine.store.domains.get(split_address(address)[1])
    if domain and domain.aliases == engine.store.count_aliases(domain.name):
        return danger("max_alias_exceeded")
    if refusal := _refuse_address(engine, address):
        return refusal
    alias = Alias(engine.store.take_alias_id(), address, targets, created=engine.now())
    for flag in FLAGS:
        default = 0 if flag == "internal" else engine.rules.omitted_alias_flags
        setattr(alias, flag, default if attr.get(flag) is None else intval(attr[flag]))
    for comment in COMMENTS:
        setattr(alias, comment, None if attr.get(comment) is None else text(attr[comment]))
    engine.store.aliases[alias.id] = alias
    return success("alias_added", address, str(alias.id))


def _refuse_address(engine: Engine, address: str) -> Entry | None:
    local, domain = split_address(address)
    if engine.store.is_taken(address):
        return danger("is_alias_or_mailbox", address)
    if domain not in engine.store.domains and domain not in engine.store.alias_domains:
        return danger("domain_not_found", domain)
    if local and not is_address(address):
        return danger("alias_invalid", address)
    return None


def _apply_edit(alias: Alias, attr: dict[str, Any]) -> None:
    for flag in FLAGS:
        if attr.get(flag) is not None:
            setattr(alias, flag, intval(attr[flag]))
    for comment in COMMENTS:
        if attr.get(comment) is not None:
            setattr(alias, comment, text(attr[comment]))
