# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a system is to the layers above it: names, connection options, resources, and a way to connect.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import os
import ssl
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Callable
from urllib.parse import urlsplit

from .._client.http import Http, Target
from .._core.errors import InvalidOption
from .._core.gateway import Gateway
from .._core.memory import Memory
from .._core.resource import Resource, in_dependency_order
from .call import Answer, Call, CallRules

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True)
class ConnectionOption:
    """One connection option; its environment variable is the system's prefix and ``variable``."""

    name: str
    variable: str
    doc: str
    option_type: str = "str"
    default: Any = None
    required: bool = False
    secret: bool = False
    choices: tuple[str, ...] = ()


def common_connection_options(url: str, path: str, is_default: bool = False) -> tuple[ConnectionOption, ...]:
    """The options that all systems share; ``url`` is an example, or where a system has one address, the default."""
    return (
        ConnectionOption(
            "api_url",
            "URL",
            f"Address of the server, for instance V({url}). The path C({path}) is added when it is missing.",
            required=not is_default,
            default=url if is_default else None,
        ),
        ConnectionOption(
            "validate_certs",
            "VALIDATE_CERTS",
            "Whether to check the certificate of the server. Prefer O(ca_path) to switching this off.",
            option_type="bool",
            default=True,
        ),
        ConnectionOption(
            "ca_path",
            "CA_PATH",
            "File or directory with the certificates of the authorities to trust, for a server whose certificate is "
            "not signed by a public one.",
            option_type="path",
        ),
        ConnectionOption(
            "timeout",
            "TIMEOUT",
            "Seconds to wait for an answer. Long lists of a busy server may need more.",
            option_type="int",
            default=30,
        ),
    )


def login_options(username_doc: str) -> tuple[ConnectionOption, ...]:
    """The options of systems that one logs in to with a name and a password."""
    return (
        ConnectionOption("api_username", "USERNAME", username_doc, required=True),
        ConnectionOption("api_password", "PASSWORD", "Password of the account.", required=True, secret=True),
    )


def _takes_no_calls(call: Call, as_read: bool) -> Answer:
    raise TypeError("this system declares no rules for single calls")


@dataclass(frozen=True)
class Session:
    """An open connection: a way to make gateways, and the HTTP client whose usage the result may show.

    ``send`` makes a single call, as a read or as a write, for systems that have rules for that.
    """

    make_gateway: Callable[[], Gateway]
    http: Http
    send: Callable[[Call, bool], Answer] = _takes_no_calls

    @cached_property
    def gateway(self) -> Gateway:
        """The objects behind the connection, with what was read of them."""
        return self.make_gateway()

    @cached_property
    def memory(self) -> Memory:
        """What runs about single objects know of them."""
        return Memory(self.gateway)


@dataclass(frozen=True)
class System:
    """One of the servers that the collection manages. ``whole`` is what a document describes: a server, an account.
    ``calls``: what is known of its calls, where a module for single ones is offered."""

    name: str
    title: str
    prefix: str
    environment: str
    path: str
    connection: tuple[ConnectionOption, ...]
    declared: tuple[Resource, ...]
    connect: Callable[[Target, Mapping[str, Any]], AbstractContextManager[Session]]
    whole: str = "server"
    narrow: Callable[[Mapping[str, Any]], tuple[Resource, ...]] | None = None
    calls: CallRules | None = None

    def resources(self, options: Mapping[str, Any]) -> tuple[Resource, ...]:
        """The resources as the dialect of these connection options knows them, in dependency order."""
        return in_dependency_order(self.declared if self.narrow is None else self.narrow(options))

    def target(self, options: Mapping[str, Any], read_only: bool) -> Target:
        """Where these options lead to. Raises InvalidOption."""
        if options["timeout"] <= 0:
            raise InvalidOption("timeout", f"{options['timeout']} is no number of seconds to wait")
        if options["ca_path"]:
            _refuse_unusable_authorities(options["ca_path"])
        return Target(
            self.title,
            base_url(options["api_url"], self.path),
            options["validate_certs"],
            options["ca_path"],
            options["timeout"],
            read_only,
        )


def _refuse_unusable_authorities(path: str) -> None:
    """Raises InvalidOption for a path without certificates, which the HTTP library would word as a network failure."""
    if not os.path.exists(path):
        raise InvalidOption("ca_path", f"{path} does not exist on the host that runs the module")
    if os.path.isdir(path):
        return
    try:
        _load(path, os.stat(path).st_mtime_ns)
    except OSError as error:
        raise InvalidOption(
            "ca_path", f"{path} holds no certificates in PEM form ({error.strerror or error})"
        ) from None


@lru_cache(maxsize=8)
def _load(path: str, changed: int) -> None:
    """Reading certificates takes as long as the rest of a loop's item. Raises OSError."""
    del changed  # Another content is another file.
    ssl.create_default_context(cafile=path)


def base_url(text: str, path: str) -> str:
    """The URL without the path of the API, which the client adds. Raises InvalidOption with what to write instead."""
    url = text.strip().rstrip("/")
    if url.endswith(path.rstrip("/")):
        url = url[: -len(path.rstrip("/"))]
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
        (host or "").encode("idna")
    except ValueError:
        host, parts = None, urlsplit("")
    if any(mark in url for mark in "@?#"):
        raise InvalidOption(
            "api_url", "is more than an address such as https://mail.example.com; credentials have own options"
        )
    if not host or parts.scheme not in ("https", "http"):
        raise InvalidOption("api_url", f"{text!r} is no address such as https://mail.example.com")
    if parts.scheme == "http" and host not in _LOOPBACK:
        raise InvalidOption("api_url", f"{text!r} would send credentials in clear; write https://")
    return url
