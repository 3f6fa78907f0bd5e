# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The base of every simulated server: life cycle, log, faults, reset."""

from __future__ import annotations

import contextlib
import copy
import dataclasses
import sys
import threading
import traceback
from abc import ABC, abstractmethod
from typing import Any, ClassVar, Generic, Self, TypeVar

from werkzeug.wrappers import Request, Response

from tests.simulators.framework import certificates
from tests.simulators.framework.clock import Clock
from tests.simulators.framework.faults import HTTP_KINDS, Fault, Faults
from tests.simulators.framework.records import Call, Record
from tests.simulators.framework.server import HttpsServer, Transmission, cut_transmission, transmission

SettingsT = TypeVar("SettingsT")
StoreT = TypeVar("StoreT")

HTML_PAGE = "<!DOCTYPE html><html><head><title>Maintenance</title></head><body><h1>Back soon</h1></body></html>"


class Simulator(ABC, Generic[SettingsT, StoreT]):
    """A stateful server over real HTTPS.

    A system derives from it and implements `default_settings`, `starting_store`, `describe`, `handle` and
    `environment`; one that knows more kinds of faults than those of HTTP names them in `fault_kinds` and implements
    `protocol_fault`. Requests are handled one at a time, so the store needs no locks.
    """

    name: ClassVar[str]
    fault_kinds: ClassVar[frozenset[str]] = HTTP_KINDS

    def __init__(self, settings: SettingsT | None = None, *, real_time: bool = False) -> None:
        """`settings`: a dataclass of switches, None for the defaults; `real_time`: the clock also goes by itself."""
        self.settings: SettingsT = self.default_settings() if settings is None else settings
        self._first_settings = copy.deepcopy(self.settings)
        self._lock = threading.RLock()
        self._server: HttpsServer | None = None
        self._interrupted = threading.Event()
        self.clock = Clock(real_time=real_time)
        self.faults = Faults(self.fault_kinds)
        self.requests: list[Record] = []
        self.internal_errors: list[str] = []
        self.store: StoreT = self.starting_store()

    # What a system adds.

    @abstractmethod
    def default_settings(self) -> SettingsT:
        """The switches, as a real server would most plausibly behave."""

    @abstractmethod
    def starting_store(self) -> StoreT:
        """A new store in its starting state; called at construction and by `reset`, so it must be fast."""

    @abstractmethod
    def describe(self, request: Request) -> Call:
        """What a request asks for; must cope with any request, however broken."""

    @abstractmethod
    def handle(self, request: Request) -> Response:
        """Carry out a request and answer it."""

    @property
    @abstractmethod
    def environment(self) -> dict[str, str]:
        """The environment variables that point the collection at this server; it must be running."""

    @property
    def open_sessions(self) -> int:
        """How many sessions are open now; 0 for systems that know none."""
        return 0

    def protocol_fault(self, fault: Fault, request: Request) -> Response:
        """The answer under a fault that is not one of HTTP alone; called for the kinds added to `fault_kinds`."""
        raise NotImplementedError(fault.kind)

    def forget_sessions(self) -> None:
        """End all sessions (part of `reset`)."""

    # Life cycle.

    def start(self) -> Self:
        if self._server is not None:
            raise RuntimeError(f"the simulator {self.name} is running already")
        self._interrupted = threading.Event()
        self._server = HttpsServer(certificates.server_context(), self._serve)
        self._server.start()
        return self

    def stop(self) -> None:
        """Close the port. The store and the log stay readable."""
        if self._server is not None:
            self._interrupted.set()
            self._server.stop()
            self._server = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def url(self) -> str:
        if self._server is None:
            raise RuntimeError(f"the simulator {self.name} is not running")
        return f"https://127.0.0.1:{self._server.port}"

    @property
    def ca_path(self) -> str:
        return certificates.ca_path()

    def reset(self) -> None:
        """Back to the starting state; port and certificate stay, and `settings` stays the same object.

        Requests that an injected fault still delays are dropped: they belong to the state that is gone.
        """
        with self._lock:
            self._interrupted.set()
            self._interrupted = threading.Event()
            first = copy.deepcopy(self._first_settings)
            for item in dataclasses.fields(self.settings):  # type: ignore[arg-type]
                setattr(self.settings, item.name, getattr(first, item.name))
            self.clock.reset()
            self.faults.clear()
            self.requests.clear()
            self.internal_errors.clear()
            self.forget_sessions()
            self.store = self.starting_store()

    @property
    def writes(self) -> list[Record]:
        """Requests that changed or could have changed what is stored, those that a fault stopped included."""
        return [record for record in self.requests if record.is_write]

    # Requests.

    def _serve(self, request: Request) -> Transmission:
        try:
            call = self.describe(request)
        except Exception:
            return transmission(self._internal_error(), close=True)
        records = [_record(request, call)]
        records += [_record(request, command, batched=True) for command in call.commands]
        with self._lock:
            self.requests.extend(records)
            fault = self.faults.take(call)
        transmitted = self._reply(request, records[0], fault)
        for command in records[1:]:
            command.status, command.processed = records[0].status, records[0].processed
        return transmitted

    def _reply(self, request: Request, record: Record, fault: Fault | None) -> Transmission:
        if fault is not None and fault.kind == "slow" and self._interrupted.wait(fault.details["seconds"]):
            return Transmission(b"", close=True)
        if fault is None or fault.kind == "slow":
            return self._send(request, record, self._process(request, record))
        if fault.kind == "drop_before":
            return Transmission(b"", close=True)
        if fault.kind in ("drop_after", "truncated", "half_then_drop"):
            response = self._process(request, record)
            if fault.kind == "drop_after":
                return Transmission(b"", close=True)
            record.status = response.status_code
            return cut_transmission(response, announce_whole=fault.kind == "half_then_drop")
        if fault.kind in HTTP_KINDS:
            if fault.details.get("processed"):
                self._process(request, record)
            return self._send(request, record, _replacement(fault))
        with self._lock:
            return self._send(request, record, self._guarded(lambda: self._with_protocol_fault(fault, request, record)))

    def _with_protocol_fault(self, fault: Fault, request: Request, record: Record) -> Response:
        record.processed = fault.kind in ("wrong_id", "replace_result") or bool(fault.details.get("processed"))
        return self.protocol_fault(fault, request)

    def _process(self, request: Request, record: Record) -> Response:
        with self._lock:
            record.processed = True
            return self._guarded(lambda: self.handle(request))

    def _guarded(self, work: Any) -> Response:
        try:
            response: Response = work()
        except Exception:
            return self._internal_error()
        return response

    def _internal_error(self) -> Response:
        """A mistake of the simulator itself: loud, and never mistaken for an answer of the system."""
        text = traceback.format_exc()
        self.internal_errors.append(text)
        print(f"error inside the simulator {self.name}:\n{text}", file=sys.stderr)
        return Response(f"error inside the simulator\n{text}", status=500, content_type="text/plain; charset=utf-8")

    def _send(self, request: Request, record: Record, response: Response) -> Transmission:
        record.status = response.status_code
        wants_close = "close" in request.headers.get("Connection", "").lower()
        return transmission(response, head_only=request.method == "HEAD", close=wants_close)


def _record(request: Request, call: Call, *, batched: bool = False) -> Record:
    return Record(
        request.method,
        request.full_path.rstrip("?"),
        call.name,
        call.params,
        dict(request.headers),
        is_write=call.is_write,
        login=call.login,
        logout=call.logout,
        batched=batched,
    )


def _replacement(fault: Fault) -> Response:
    """The answer of faults that replace it."""
    if fault.kind == "html":
        return Response(HTML_PAGE, content_type="text/html; charset=utf-8")
    if fault.kind == "empty":
        return Response("", content_type="application/json")
    body = fault.details.get("body", "")
    headers = fault.details.get("headers", {})
    response = Response(body, status=fault.details["status"])
    with contextlib.suppress(KeyError):
        del response.headers["Content-Type"]
    if not any(name.lower() == "content-type" for name in headers):
        response.headers["Content-Type"] = "text/html" if str(body).lstrip().startswith("<") else "application/json"
    response.headers.update(headers)
    return response
