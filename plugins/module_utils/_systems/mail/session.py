# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Connecting to either mail dialect. Keys open no session, so there is nothing to log in to or out of.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, partial
from typing import Any

from ..._client import logins
from ..._client.http import Http, Target
from ..._core.errors import InvalidOption
from ..._core.gateway import Gateway
from ..._core.redact import Redactor
from ..._core.resource import Resource
from ..system import Session
from . import calls
from .aliases import ALIAS
from .api import API, Api, bearer, key_header
from .codecs import QUOTA, quota_of_domain
from .dialects.mailcow import MailcowGateway
from .dialects.rest import RestGateway
from .domains import DOMAIN, QUOTA_NAMES
from .mailboxes import MAILBOX
from .sync_jobs import LIKELY_SYNC_JOBS, NO_SYNC_JOBS, SYNC_JOB
from .wire import MAILCOW, REST, in_dialect

RESOURCES = (DOMAIN, MAILBOX, ALIAS, SYNC_JOB)
# What messages call the server.
TITLES = {REST: "Email Management API", MAILCOW: "mailcow"}
HEADERS = {REST: bearer, MAILCOW: key_header}
GATEWAYS: dict[str, Callable[[Http, str], Gateway]] = {REST: RestGateway, MAILCOW: MailcowGateway}


def narrow(options: Mapping[str, Any]) -> tuple[Resource, ...]:
    """The resources as the chosen dialect knows them. Raises InvalidOption for a path that is none."""
    dialect, given = options["api_dialect"], options["api_sync_jobs_path"]
    # mailcow writes megabytes and reads bytes, always.
    unit = "bytes" if dialect == MAILCOW else options["quota_unit"]
    path = LIKELY_SYNC_JOBS if given is None else sync_jobs_path(given)
    return _narrowed(dialect, unit, path, given is None)


@cache
def _narrowed(dialect: str, unit: str, sync_jobs: str, is_guessed: bool) -> tuple[Resource, ...]:
    """Made once for all items of a loop."""
    codecs = {
        DOMAIN: {name: quota_of_domain(*names, unit) for name, names in QUOTA_NAMES.items()},
        MAILBOX: {"quota": QUOTA[unit]},
    }
    narrowed = (in_dialect(resource, dialect, codecs.get(resource, {})) for resource in RESOURCES)
    return tuple(
        dataclasses.replace(each, route=dataclasses.replace(each.route, path=sync_jobs, guessed=is_guessed))
        if each.kind == SYNC_JOB.kind
        else each
        for each in narrowed
    )


def sync_jobs_path(text: str) -> str:
    """``sync/jobs`` and ``/api/v1/sync/jobs`` -> ``/sync/jobs``; empty for a server without. Raises InvalidOption."""
    path = text.strip()
    if path.lower() == NO_SYNC_JOBS:
        return ""
    path = (path[len(API) :] if path.startswith(API + "/") else path).strip("/")
    if not re.fullmatch(r"[\w.~-]+(/[\w.~-]+)*", path, re.ASCII) or ".." in path:
        reason = f"{text!r} is no path such as syncjobs or sync/jobs, nor {NO_SYNC_JOBS}"
        raise InvalidOption("api_sync_jobs_path", reason)
    return f"/{path}"


@contextmanager
def connect(target: Target, options: Mapping[str, Any]) -> Iterator[Session]:
    """A gateway for the chosen dialect. Raises LoginRefused for a key that was refused before."""
    key, dialect = options["api_key"], options["api_dialect"]
    if not key.isascii() or not key.isprintable() or key != key.strip():
        raise InvalidOption("api_key", "has characters that no HTTP header can carry; look at how it was copied")
    logins.refuse_if_known(target.url, key)
    redactor = Redactor()
    redactor.keep(key)
    http = Http(dataclasses.replace(target, title=TITLES[dialect]), redactor)
    try:
        send = partial(calls.send, Api(http, key, HEADERS[dialect](key)))
        yield Session(lambda: GATEWAYS[dialect](http, key), http, send)
    finally:
        http.close()
