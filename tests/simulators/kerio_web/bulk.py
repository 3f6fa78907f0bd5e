# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Methods that do the same to several objects, each by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from tests.simulators.framework.jsonrpc import RpcError
from tests.simulators.kerio_web.exchange import Exchange

T = TypeVar("T")
Entity = dict[str, Any]


def in_bulk(context: Exchange[Any, Any], items: Iterable[T], work: Callable[[T], Entity | None]) -> dict[str, Any]:
    """Do each item by itself -> {errors, result}; `result` holds the ids of what `work` returned.

    With `item_errors="top_level"` the first failure undoes all of it and is raised.
    """
    errors: list[dict[str, Any]] = []
    results: list[dict[str, Any]] = []
    all_or_nothing = context.settings.item_errors == "top_level"
    before = context.store.snapshot() if all_or_nothing else {}
    for index, item in enumerate(items):
        try:
            made = work(item)
        except RpcError as error:
            if all_or_nothing:
                context.store.restore(before)
                raise
            errors.append(item_error(index, error))
        else:
            if made is not None:
                results.append({"inputIndex": index, "id": made["id"]})
    return {"errors": errors, "result": results}


def errors_of(context: Exchange[Any, Any], items: Iterable[T], work: Callable[[T], Entity | None]) -> dict[str, Any]:
    """As `in_bulk` for methods that answer with errors only."""
    return {"errors": in_bulk(context, items, work)["errors"]}


def item_error(index: int, error: RpcError) -> dict[str, Any]:
    """An entry of a result's `errors`."""
    return {
        "inputIndex": index,
        "code": error.code,
        "message": error.message,
        "messageParameters": error.message_parameters,
    }
