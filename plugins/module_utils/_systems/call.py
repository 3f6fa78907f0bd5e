# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Single calls, for what no resource describes: in the server's own words, through the session of all modules.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Callable
from urllib.parse import parse_qsl, urlsplit

from .._core.errors import InvalidOption, PostmasterError
from .._core.redact import secrets_in


@dataclass(frozen=True)
class Call:
    """A method of JSON-RPC with its params; or, with a path, a verb of HTTP with its body."""

    method: str
    data: Any = None
    path: str | None = None

    @property
    def words(self) -> dict[str, Any]:
        """The call in the words of the options."""
        if self.path is None:
            return {"method": self.method, "params": self.data}
        body = {} if self.data is None else {"body": self.data}
        return {"method": self.method, "path": self.path, **body}

    @property
    def secrets(self) -> set[str]:
        """What is secret in it by its name."""
        query = dict(parse_qsl(urlsplit(self.path or "").query))
        return {*secrets_in(self.data), *secrets_in(query)}


@dataclass(frozen=True)
class Answer:
    """The JSON that came back; ``error`` where the server took the call and says in it that it failed."""

    result: Any
    error: PostmasterError | None = None


@dataclass(frozen=True)
class CallRules:
    """What can be said of a system's calls without asking it.

    ``by_path``: calls are verbs and paths, not names of methods. ``prepare`` makes a call of the options and raises
    InvalidOption. ``is_read`` tells a call that is known to change nothing. ``secret_results`` are methods whose whole
    result is a secret.
    """

    by_path: bool
    prepare: Callable[[Mapping[str, Any]], Call]
    is_read: Callable[[Call, Mapping[str, Any]], bool]
    secret_results: frozenset[str] = frozenset()


Methods = list[tuple[str, str]]


def one_method(call: Call) -> Methods:
    """The method that is called, with the option that names it."""
    return [("method", call.method)]


def rpc_rules(
    reads: frozenset[str],
    session_methods: frozenset[str],
    secret_results: frozenset[str] = frozenset(),
    methods_of: Callable[[Call], Methods] = one_method,
) -> CallRules:
    """The rules of a system that speaks JSON-RPC: ``reads`` are the methods that are known to change nothing,
    ``methods_of`` tells all that one call asks for."""

    def prepare(options: Mapping[str, Any]) -> Call:
        call = Call(options["method"].strip(), options["params"])
        for option, method in methods_of(call):
            if not method:
                raise InvalidOption(option, "is empty; write the name of a method")
            if method in session_methods:
                raise InvalidOption(option, f"{method} is not for tasks: each of them logs in and out by itself")
        return call

    def is_read(call: Call, options: Mapping[str, Any]) -> bool:
        return all(method in reads for _option, method in methods_of(call))

    return CallRules(False, prepare, is_read, secret_results)
