# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Connecting to either mail dialect. Keys open no session, so there is nothing to log in to or out of.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from ..._client import logins
from ..._client.http import Http, Target
from ..._core.errors import InvalidOption
from ..._core.gateway import Gateway
from ..._core.redact import Redactor
from ..._core.resource import Resource
from ..system import Session
from .aliases import ALIAS
from .codecs import QUOTA
from .dialects.mailcow import CODECS as MAILCOW_CODECS, MailcowGateway
from .dialects.rest import RestGateway
from .mailboxes import MAILBOX
from .wire import MAILCOW, REST, in_dialect

RESOURCES = (MAILBOX, ALIAS)
# What messages call the server.
TITLES = {REST: "Email Management API", MAILCOW: "mailcow"}
GATEWAYS: dict[str, Callable[[Http, str], Gateway]] = {REST: RestGateway, MAILCOW: MailcowGateway}


def narrow(options: Mapping[str, Any]) -> tuple[Resource, ...]:
    """The resources as the chosen dialect knows them."""
    dialect = options["api_dialect"]
    codecs = MAILCOW_CODECS if dialect == MAILCOW else {"quota": QUOTA[options["quota_unit"]]}
    return tuple(in_dialect(resource, dialect, codecs) for resource in RESOURCES)


@contextmanager
def connect(target: Target, options: Mapping[str, Any]) -> Iterator[Session]:
    """A gateway for the chosen dialect. Raises LoginRefused for a key that was refused before."""
    key = options["api_key"]
    if not key.isascii() or not key.isprintable() or key != key.strip():
        raise InvalidOption("api_key", "has characters that no HTTP header can carry; look at how it was copied")
    logins.refuse_if_known(target.url, key)
    redactor = Redactor()
    redactor.learn(key)
    http = Http(dataclasses.replace(target, title=TITLES[options["api_dialect"]]), redactor)
    try:
        yield Session(GATEWAYS[options["api_dialect"]](http, key), http)
    finally:
        http.close()
