# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""HTTPS on a free port of 127.0.0.1: sockets, TLS and bytes, nothing about any system."""

from __future__ import annotations

import contextlib
import http
import socket
import ssl
import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler
from werkzeug.wrappers import Request, Response


@dataclass(frozen=True)
class Transmission:
    """The bytes to send (empty: none at all), and whether the connection is closed after them."""

    data: bytes
    close: bool = False


def transmission(response: Response, *, head_only: bool = False, close: bool = False) -> Transmission:
    """A complete HTTP/1.1 reply as one piece, so that it leaves in one packet where possible."""
    body = response.get_data()
    return Transmission(_head(response, len(body), close) + (b"" if head_only else body), close)


def cut_transmission(response: Response, *, announce_whole: bool) -> Transmission:
    """Half of a reply, then the connection closes; the length announced is that of the whole or of the half."""
    body = response.get_data()
    half = body[: len(body) // 2]
    return Transmission(_head(response, len(body if announce_whole else half), close=True) + half, close=True)


def _head(response: Response, length: int, close: bool) -> bytes:
    code = response.status_code
    reason = http.HTTPStatus(code).phrase if code in http.HTTPStatus._value2member_map_ else "Unknown"
    lines = [f"HTTP/1.1 {code} {reason}"]
    lines += [f"{name}: {value}" for name, value in response.headers if name.lower() != "content-length"]
    lines += [f"Content-Length: {length}", f"Connection: {'close' if close else 'keep-alive'}", "", ""]
    return "\r\n".join(lines).encode("latin-1")


class _Handler(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # it would add 40 ms to many calls

    def run_wsgi(self) -> None:
        request = Request(self.make_environ())
        request.get_data()  # all of it: bytes left over would be taken for the next request
        reply: Transmission = self.server.app(request)  # type: ignore[assignment, arg-type, call-arg]
        self.close_connection = self.close_connection or reply.close
        self.wfile.write(reply.data)

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 - the base class calls it so
        """Silence: the log of a simulator is its list of requests."""


class HttpsServer(ThreadedWSGIServer):
    """One thread per connection. TLS handshakes happen in these threads: a client that stalls holds up nobody else."""

    request_queue_size = 128

    def __init__(self, context: ssl.SSLContext, serve: Callable[[Request], Transmission]) -> None:
        super().__init__("127.0.0.1", 0, serve, _Handler)  # type: ignore[arg-type]
        self.ssl_context = context
        self._open: set[socket.socket] = set()
        self._changed = threading.Condition()
        self._accepting = threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True)

    def start(self) -> None:
        self._accepting.start()

    def stop(self) -> None:
        """Close the port and every connection, and wait for their threads."""
        self.shutdown()
        self._accepting.join()
        with self._changed:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
            self._changed.wait_for(lambda: not self._open, timeout=10)

    def finish_request(self, request: Any, client_address: Any) -> None:
        assert self.ssl_context is not None
        connection = self.ssl_context.wrap_socket(request, server_side=True, do_handshake_on_connect=False)
        with self._changed:
            self._open.add(connection)
        try:
            connection.do_handshake()
            _Handler(connection, client_address, self)
        except OSError:
            pass  # the client went away, or did not trust the certificate
        finally:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()
            with self._changed:
                self._open.discard(connection)
                self._changed.notify_all()

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), OSError):
            traceback.print_exc()
