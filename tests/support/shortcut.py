# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests to simulators that run in this process, without sockets, TLS and the HTTP library, which would cost most of
the time of tests that ask for something else.

The simulator answers with the bytes that it would send. What happens on the wire is for the tests of the client, for
faults, and for the round trips of the matrix, which go through real connections.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from email.message import Message
from typing import Any
from unittest import mock
from urllib.parse import SplitResult, unquote, urlsplit

from requests import PreparedRequest, Request as HttpRequest, Response, Session
from requests.cookies import extract_cookies_to_jar, get_cookie_header
from requests.structures import CaseInsensitiveDict
from werkzeug.wrappers import Request

from tests.support.runner import AnySimulator


class _Sent:
    """What the rules for cookies ask of a request."""

    def __init__(self, url: str, headers: Mapping[str, str]) -> None:
        self.url = url
        self.headers = headers


class _Original:
    """Where the HTTP library looks for the cookies of a reply."""

    def __init__(self, cookies: list[str]) -> None:
        self.msg = Message()
        for cookie in cookies:
            self.msg["Set-Cookie"] = cookie
        self._original_response = self


@contextmanager
def in_this_process(simulators: Mapping[str, AnySimulator]) -> Iterator[None]:
    """Simulators by URL: what is sent to them does not leave the process, unless a fault waits there, or they are not
    trusted in the usual way. Everything else goes over the wire.
    """
    prepare = Session.prepare_request
    # Of another such context around this one, when there is one: then it takes what is not prepared, too.
    usual: Callable[..., Response] = Session.send

    def prepare_request(session: Session, request: HttpRequest) -> Any:
        """Nothing need be prepared for a simulator: what to send is decided when it is sent."""
        return request if _address(request.url) in simulators else prepare(session, request)

    def send(session: Session, request: HttpRequest | PreparedRequest, **options: Any) -> Response:
        if isinstance(request, PreparedRequest) or _address(request.url) not in simulators:
            return usual(session, request, **options)
        simulator = simulators[_address(request.url)]
        if simulator.faults.pending or options["verify"] != simulator.ca_path:
            return usual(session, prepare(session, request), **options)
        return _exchange(simulator, session, request)

    with mock.patch.multiple(Session, prepare_request=prepare_request, send=send):
        yield


def _address(url: str | bytes | None) -> str:
    parts = urlsplit(str(url))
    return f"{parts.scheme}://{parts.netloc}"


def _exchange(simulator: AnySimulator, session: Session, request: HttpRequest) -> Response:
    """One request and its reply, with the cookies of the session."""
    url = str(request.url)
    body = b"" if request.json is None else json.dumps(request.json, allow_nan=False).encode()
    sent = _Sent(url, {name: str(value) for name, value in {**session.headers, **request.headers}.items()})
    cookies = get_cookie_header(session.cookies, sent) if session.cookies else None  # type: ignore[no-untyped-call]
    environ = _environ(str(request.method), urlsplit(url), sent.headers, cookies, body)
    # The same entrance that the simulator's own server uses.
    response, new_cookies = _response(simulator._serve(Request(environ)).data)
    if new_cookies:
        extract_cookies_to_jar(session.cookies, sent, _Original(new_cookies))  # type: ignore[no-untyped-call]
    return response


def _environ(
    method: str, parts: SplitResult, headers: Mapping[str, str], cookies: str | None, body: bytes
) -> dict[str, Any]:
    """A request as the simulator's own server hands it over."""
    environ: dict[str, Any] = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
    return {
        **environ,
        **({"HTTP_COOKIE": cookies} if cookies else {}),
        "HTTP_HOST": parts.netloc,
        "REQUEST_METHOD": method,
        "PATH_INFO": unquote(parts.path).encode().decode("latin-1"),
        "QUERY_STRING": parts.query,
        "REQUEST_URI": parts.path,
        "SCRIPT_NAME": "",
        "SERVER_NAME": parts.hostname,
        "SERVER_PORT": str(parts.port),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_TYPE": "application/json" if body else "",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
        "wsgi.url_scheme": parts.scheme,
    }


def _response(transmitted: bytes) -> tuple[Response, list[str]]:
    """The reply, and the cookies that it sets."""
    head, body = transmitted.split(b"\r\n\r\n", 1)
    status, *lines = head.decode("latin-1").split("\r\n")
    headers = [line.split(": ", 1) for line in lines]
    response = Response()
    response.status_code = int(status.split(" ")[1])
    response.headers = CaseInsensitiveDict(dict(headers))
    response._content = body
    return response, [value for name, value in headers if name.lower() == "set-cookie"]
