# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Single calls to Kerio products: methods about many objects report errors beside their result, and several calls may
travel in one batch (kerio_connect.md 1.7 and 1.8, kerio_operator.md 1.5 and 4.7).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Callable

from .._client.jsonrpc import JsonRpc, rpc_error
from .._core.errors import InvalidOption, PostmasterError, Uncertain
from .call import Call, CallRules, Methods, one_method, rpc_rules
from .kerio_web import LOGIN, LOGOUT

BATCH, COMMANDS = "Batch.run", "commandList"


def rules(reads: frozenset[str]) -> CallRules:
    """The rules of one product. A batch is a read when all of its commands are."""
    return rpc_rules(reads, frozenset({LOGIN, LOGOUT}), methods_of=_methods_of)


def failures(reads: frozenset[str]) -> Callable[[JsonRpc, Call, Any], PostmasterError | None]:
    """Finds the failure that a result tells of, which says whether something was written all the same."""

    def failure(rpc: JsonRpc, call: Call, result: Any) -> PostmasterError | None:
        find = _failure_of_batch if call.method == BATCH else _failure_of_items
        return find(rpc, call, result, reads)

    return failure


def _methods_of(call: Call) -> Methods:
    if call.method != BATCH:
        return one_method(call)
    return [(f"params.{COMMANDS}", str(command.get("method") or "").strip()) for command in _commands(call)]


def _commands(call: Call) -> list[Mapping[str, Any]]:
    """The commands of a batch. Raises InvalidOption."""
    commands = call.data.get(COMMANDS)
    if not isinstance(commands, list) or not commands or not all(isinstance(each, Mapping) for each in commands):
        raise InvalidOption(f"params.{COMMANDS}", f"{BATCH} takes a list of commands, each with its method and params")
    return commands


def _failure_of_batch(rpc: JsonRpc, call: Call, result: Any, reads: frozenset[str]) -> PostmasterError | None:
    """The first failure among the commands; the others may have been carried out."""
    first: PostmasterError | None = None
    done, written = 0, False
    commands = _commands(call)
    for command, answer in zip(commands, result if isinstance(result, list) else ()):
        single = Call(str(command["method"]).strip(), command.get("params") or {})
        found = _failure_of_command(rpc, single, answer, reads)
        done += found is None
        written = written or (single.method not in reads if found is None else found.partly_written)
        first = first or found
    if first is not None:
        first.message += f"; {done} of the {len(commands)} commands of the batch were carried out"
        first.partly_written = written
    return first


def _failure_of_command(rpc: JsonRpc, call: Call, answer: Any, reads: frozenset[str]) -> PostmasterError | None:
    members = answer if isinstance(answer, Mapping) else {}
    if not isinstance(members.get("error"), Mapping):
        return _failure_of_items(rpc, call, members.get("result"), reads)
    error = rpc.translate(call.method, rpc_error(members["error"], rpc.http.redactor.text))
    error.partly_written = isinstance(error, Uncertain)
    return error


def _failure_of_items(rpc: JsonRpc, call: Call, result: Any, reads: frozenset[str]) -> PostmasterError | None:
    """The first error of a method about many objects; what its errors do not name was done."""
    found = result.get("errors") if isinstance(result, Mapping) else None
    errors = [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []
    if not errors:
        return None
    error = rpc.translate(call.method, rpc_error(errors[0], rpc.http.redactor.text))
    failed = len({str(each.get("inputIndex", number)) for number, each in enumerate(errors)})
    # The objects are the one list among the params; a method without a list is about one thing.
    items = max((len(each) for each in call.data.values() if isinstance(each, list)), default=1)
    if items > 1:
        error.message += f"; {failed} of {items} items failed"
    error.partly_written = call.method not in reads and (
        items > failed or bool(result.get("result")) or isinstance(error, Uncertain)
    )
    return error
