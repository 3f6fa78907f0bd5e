# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A TLS server that reads one request and then does with the connection whatever it is told: below HTTP."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable
from types import TracebackType

from tests.simulators.framework import certificates

Answer = Callable[[ssl.SSLSocket], None]


def garbage(connection: ssl.SSLSocket) -> None:
    """Bytes that are no TLS record, as from a broken middlebox."""
    raw = socket.socket(fileno=connection.detach())
    raw.sendall(b"this is not encrypted" * 10)
    raw.close()


def reset(connection: ssl.SSLSocket) -> None:
    """The connection is reset instead of closed."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    connection.close()


def bad_status_line(connection: ssl.SSLSocket) -> None:
    connection.sendall(b"220 mail.example.com ESMTP\r\n\r\n")
    connection.close()


def bad_chunks(connection: ssl.SSLSocket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}")
    connection.close()


def bad_compression(connection: ssl.SSLSocket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nzzzz")
    connection.close()


class RawServer:
    """``requests`` counts the requests that were read to their end; each gets the answer, whatever it asks."""

    def __init__(self, answer: Answer) -> None:
        self.requests = 0
        self._answer = answer
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve, daemon=True)

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self) -> RawServer:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        # A blocked accept() is woken by shutting the listener down, not by closing it.
        self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._listener.close()

    def _serve(self) -> None:
        while True:
            try:
                raw, _address = self._listener.accept()
            except OSError:
                return
            with contextlib.suppress(OSError):
                connection = certificates.server_context().wrap_socket(raw, server_side=True)
                _read_request(connection)
                self.requests += 1
                self._answer(connection)


def _read_request(connection: ssl.SSLSocket) -> None:
    data = b""
    while b"\r\n\r\n" not in data:
        data += connection.recv(65536)
    head, _blank, body = data.partition(b"\r\n\r\n")
    length = next(
        (int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")), 0
    )
    while len(body) < length:
        body += connection.recv(65536)
