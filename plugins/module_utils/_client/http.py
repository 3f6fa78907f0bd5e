# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""HTTP for all systems: one ``requests.Session``, certificate checks, timeouts, retries that never duplicate.

A read may be sent again after any failure on the way. A write is sent again only when it certainly was not processed:
the connection was never made, or the server answered 429. Every other doubt is raised as Uncertain.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import time
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Callable

from .._core.errors import ProtocolError, RateLimited, Uncertain, Unreachable, WriteInCheckMode
from .._core.redact import Redactor
from .waits import named_wait, pause_ahead

try:
    import requests
    import urllib3
    from requests.adapters import HTTPAdapter
    from urllib3.util.retry import Retry

    REQUESTS_IMPORT_ERROR = None
except ImportError:
    REQUESTS_IMPORT_ERROR = traceback.format_exc()

READ_RETRIES = 2
READ_RETRY_STATUSES = frozenset({502, 503, 504})
# The commonest window is a minute; with rounding it takes a little longer.
MAX_RATE_LIMIT_WAIT_SECONDS = 120.0
MAX_RATE_LIMIT_WAITS = 6


@dataclass(frozen=True)
class Target:
    """Where to connect to, and how. ``timeout`` is in seconds; ``ca_path`` a file or directory of authorities."""

    title: str
    url: str
    validate_certs: bool = True
    ca_path: str | None = None
    timeout: float = 30.0
    read_only: bool = False

    @property
    def verify(self) -> bool | str:
        return self.ca_path if self.validate_certs and self.ca_path else self.validate_certs


@dataclass
class Usage:
    """What a run cost: calls on the wire, writes among them, logins, pages of lists; a redacted line for each call."""

    calls: int = 0
    writes: int = 0
    logins: int = 0
    pages: int = 0
    trace: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Reply:
    """An HTTP reply: ``headers`` are case-insensitive."""

    status: int
    headers: Mapping[str, str]
    text: str


def _nothing() -> None:
    """Nobody wants to know of calls."""


class Http:
    """One server. Errors are PostmasterErrors in the user's words; nothing in them is a secret."""

    def __init__(self, target: Target, redactor: Redactor) -> None:
        self.target = target
        self.redactor = redactor
        self.usage = Usage()
        self.before_call: Callable[[], None] = _nothing
        self._pause = 0.0
        if not target.validate_certs:
            # The task asks for it, and where Ansible runs it, there is nobody to warn but the one who wrote it.
            urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)
        self._session = requests.Session()
        # Without this, an entry for the host in ~/.netrc would replace our own header.
        self._session.auth = lambda request: request
        self._adapter = HTTPAdapter()
        self._session.mount("https://", self._adapter)
        self._session.mount("http://", self._adapter)

    def begin_run(self) -> None:
        """Another run uses the same connection: it pays for its own calls, and its secrets are others."""
        self.usage = Usage()
        self.redactor.forget()

    def close(self) -> None:
        self._session.close()

    def cookies(self) -> dict[str, str]:
        return {name: value for name, value in self._session.cookies.get_dict().items() if value}

    def drop_cookies(self) -> None:
        self._session.cookies.clear()

    def send(
        self,
        method: str,
        url: str,
        *,
        call: str,
        is_write: bool,
        is_session: bool = False,
        json: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Send one request and return the reply, whatever its status.

        ``call`` names it in messages. Raises WriteInCheckMode, Unreachable, Uncertain or RateLimited.
        """
        if is_write and self.target.read_only:
            raise WriteInCheckMode(
                f"{call} was stopped in check mode, since it is not a known read; please report this as a bug",
                method=call,
            )
        for attempt in range(MAX_RATE_LIMIT_WAITS + 1):
            self.usage.writes += int(is_write)
            self._keep_pause()
            reply = self._send_once(method, url, call, is_write or is_session, json, headers)
            if reply.status != 429:
                self._pause = pause_ahead(reply.headers, time.time())
                return reply
            self._wait_for_rate_limit(reply, call, attempt)
        raise AssertionError("unreachable: the last wait raises")

    def _send_once(
        self, method: str, url: str, call: str, once_only: bool, json: Any, headers: Mapping[str, str] | None
    ) -> Reply:
        self.before_call()
        self.usage.calls += 1
        self._adapter.max_retries = _retries(once_only)
        try:
            request = requests.Request(method, url, json=json, headers=dict(headers or {}))
            response = self._session.send(
                self._session.prepare_request(request),
                timeout=self.target.timeout,
                allow_redirects=False,
                **self._surroundings,
            )
            # JSON is UTF-8, whatever a server without a charset in its headers lets the HTTP library believe.
            text = response.content.decode("utf-8-sig", errors="replace")
        except (OSError, ValueError) as error:
            # requests raises its own errors, which are OSErrors, and lets some of its libraries' through.
            self.usage.trace.append(self.redactor.text(f"{call}: {type(error).__name__}"))
            raise self._translate(error, call, once_only) from None
        self.usage.trace.append(
            self.redactor.text(f"{call}: HTTP {response.status_code}, {len(response.content)} bytes")
        )
        return Reply(response.status_code, response.headers, text)

    @cached_property
    def _surroundings(self) -> dict[str, Any]:
        """Proxies and authorities, also those that environment variables name: looked up once for the server."""
        found = self._session.merge_environment_settings(self.target.url, {}, None, self.target.verify, None)
        return dict(found)

    def _keep_pause(self) -> None:
        """The last reply said that no call is left in this period: wait for the next one, if that is soon."""
        if 0 < self._pause <= MAX_RATE_LIMIT_WAIT_SECONDS:
            time.sleep(self._pause)
        self._pause = 0.0

    def _wait_for_rate_limit(self, reply: Reply, call: str, attempt: int) -> None:
        """Wait as long as the server says, or longer each time when it does not; raises RateLimited in the end."""
        named = named_wait(reply.headers, time.time())
        wait = float(2**attempt) if named is None else named
        if wait > MAX_RATE_LIMIT_WAIT_SECONDS:
            longest = f"{MAX_RATE_LIMIT_WAIT_SECONDS:.0f} s"
            reason = f"asks to wait {wait:.0f} s before {call}, more than the {longest} that we wait"
        elif attempt == MAX_RATE_LIMIT_WAITS:
            reason = f"still refuses {call} after {attempt} pauses"
        else:
            time.sleep(wait)
            return
        message = f"{self.target.title} limits the rate of calls and {reason}; run the task again later"
        raise RateLimited(message, method=call, code=429)

    def _translate(self, error: Exception, call: str, once_only: bool) -> Unreachable | Uncertain:
        where = f"{self.target.title} at {self.target.url}"
        reason = self.redactor.text(_root_cause(error))
        if "CERTIFICATE_VERIFY_FAILED" in reason:
            return Unreachable(
                f"{where} shows a certificate that is not trusted ({reason}); set ca_path to the certificate of the "
                "authority that signed it",
                method=call,
            )
        if not isinstance(error, requests.RequestException):
            return Unreachable(f"{where} cannot be called ({reason}); check api_url and ca_path", method=call)
        if isinstance(error, requests.exceptions.ConnectTimeout):
            return Unreachable(f"{where} did not answer within {self.target.timeout:g} s; check api_url", method=call)
        if _never_connected(error):
            return Unreachable(f"{where} cannot be reached ({reason}); check api_url and the network", method=call)
        if isinstance(error, requests.exceptions.InvalidURL):
            return Unreachable(
                f"api_url: {self.target.url!r} is no URL such as https://mail.example.com:4040", method=call
            )
        if once_only:
            return Uncertain(f"{where} broke the connection during {call} ({reason})", method=call)
        return Unreachable(f"{where} broke the connection during {call} ({reason}); run the task again", method=call)


def unusable_reply(title: str, call: str, reply: Reply, is_write: bool, reason: str) -> ProtocolError | Uncertain:
    """The error for an answer that is not what the protocol promises; after a write its fate is unknown."""
    message = (
        f"{title} answered {call} with {reason} (HTTP {reply.status}); check that api_url is the address of its API"
    )
    return (Uncertain if is_write else ProtocolError)(message, method=call, code=reply.status)


def _retries(once_only: bool) -> Retry:
    """urllib3 repeats a write only while no connection could be made at all."""
    if once_only:
        return Retry(
            total=1, connect=1, read=0, status=0, other=0, redirect=0, backoff_factor=0.2, raise_on_status=False
        )
    return Retry(
        total=READ_RETRIES,
        redirect=0,
        status_forcelist=READ_RETRY_STATUSES,
        allowed_methods=None,
        backoff_factor=0.2,
        respect_retry_after_header=False,
        raise_on_status=False,
    )


def _root_cause(error: BaseException) -> str:
    """The innermost reason in one line; the outer ones repeat URLs and object addresses."""
    reason = getattr(error.args[0], "reason", None) if error.args else None
    inner = reason if isinstance(reason, BaseException) else error
    text = str(inner.args[-1]) if inner.args else type(inner).__name__
    return text.rpartition(">: ")[2] or text


def _never_connected(error: BaseException) -> bool:
    """True when no byte of the request can have reached the server."""
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return type(reason).__name__ in {"NewConnectionError", "NameResolutionError", "ConnectTimeoutError", "ProxyError"}
