# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests to simulators that run in this process, without sockets and TLS, which would cost most of the matrix's time.

The bytes are the same. What happens on the wire is for the tests of the client, and for the round trips of this folder,
which go through real connections.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPResponse
from typing import Any
from unittest import mock
from urllib.parse import urlsplit

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from urllib3 import HTTPResponse as RawResponse
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from tests.support.runner import AnySimulator


class _Bytes:
    """What the standard library takes for a socket to read a reply from."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def makefile(self, _mode: str) -> io.BytesIO:
        return io.BytesIO(self._data)


@contextmanager
def in_this_process(simulators: Mapping[str, AnySimulator]) -> Iterator[None]:
    """Simulators by URL: what is sent to them does not leave the process. Everything else goes its usual way."""
    usual = HTTPAdapter.send

    def send(adapter: HTTPAdapter, request: PreparedRequest, **options: Any) -> Response:
        parts = urlsplit(request.url or "")
        simulator = simulators.get(f"{parts.scheme}://{parts.netloc}")
        if simulator is None:
            return usual(adapter, request, **options)
        response: Response = adapter.build_response(request, _reply(simulator, request, parts.path, parts.query))
        return response

    with mock.patch.object(HTTPAdapter, "send", send):
        yield


def _reply(simulator: AnySimulator, request: PreparedRequest, path: str, query: str) -> RawResponse:
    body = request.body or b""
    builder = EnvironBuilder(
        method=request.method or "GET",
        path=path,
        query_string=query,
        headers=list(request.headers.items()),
        data=body if isinstance(body, bytes) else str(body).encode(),
    )
    # The same entrance that the simulator's own server uses.
    sent = simulator._serve(Request(builder.get_environ())).data
    parsed = HTTPResponse(_Bytes(sent), method=request.method)  # type: ignore[arg-type]
    parsed.begin()
    return RawResponse(
        body=parsed,
        headers=dict(parsed.msg),
        status=parsed.status,
        reason=parsed.reason,
        preload_content=False,
        original_response=parsed,  # where requests looks for cookies
        request_method=request.method,
    )
