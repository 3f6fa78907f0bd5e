# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The JSON-RPC side of every Kerio server: HTTP, envelope, session, faults, batches (fact sheet kerio_connect.md 1)."""

from __future__ import annotations

import json
from abc import abstractmethod
from typing import Any, ClassVar, Generic, TypeVar

from werkzeug.wrappers import Request, Response

from tests.simulators.framework import jsonrpc
from tests.simulators.framework.faults import HTTP_KINDS, Fault
from tests.simulators.framework.jsonrpc import RpcCall, RpcError
from tests.simulators.framework.records import Call
from tests.simulators.framework.simulator import Simulator
from tests.simulators.kerio_web.exchange import Exchange, SettingsT, StoreT
from tests.simulators.kerio_web.sessions import Sessions

ContextT = TypeVar("ContextT", bound=Exchange[Any, Any])

BATCH = "Batch.run"
TOO_MANY_COMMANDS = -32606
NOT_FOUND_PAGE = "<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1></body></html>"


class KerioWeb(Simulator[SettingsT, StoreT], Generic[SettingsT, StoreT, ContextT]):
    """A system derives from it, names its context and implements `sessions_at`, `is_write` and `run`."""

    context_type: type[ContextT]
    content_type: ClassVar[str] = "application/json; charset=UTF-8"
    fault_kinds: ClassVar[frozenset[str]] = HTTP_KINDS | {"wrong_id", "expire_session", "rpc_error", "replace_result"}

    # What a system adds.

    @abstractmethod
    def all_sessions(self) -> list[Sessions]:
        """The sessions of each interface."""

    @abstractmethod
    def sessions_at(self, path: str) -> Sessions | None:
        """Those of the interface whose JSON-RPC endpoint has this path; None for every other path."""

    @abstractmethod
    def is_write(self, method: str) -> bool:
        """Whether a method can change what is stored."""

    @abstractmethod
    def run(self, context: ContextT, name: str, given: dict[str, Any]) -> Any:
        """The result of one method, whether in a batch or not. Raises RpcError."""

    def other_request(self, request: Request) -> Response:
        """The answer to what is no call."""
        return Response(NOT_FOUND_PAGE, status=404, content_type="text/html")

    # Sessions.

    @property
    def open_sessions(self) -> int:
        return sum(len(sessions.all_open()) for sessions in self.all_sessions())

    def forget_sessions(self) -> None:
        for sessions in self.all_sessions():
            sessions.clear()

    # Log.

    def describe(self, request: Request) -> Call:
        try:
            call = jsonrpc.parse(request.get_data())
        except RpcError:
            return Call("")
        commands = call.params.get("commandList") if call.method == BATCH else None
        inner = [command for command in commands if isinstance(command, dict)] if isinstance(commands, list) else []
        described = tuple(self._described(str(command.get("method")), command.get("params")) for command in inner)
        return self._described(call.method, call.params, described)

    def _described(self, name: str, params: Any, commands: tuple[Call, ...] = ()) -> Call:
        return Call(
            name,
            params,
            is_write=self.is_write(name),
            login=name == "Session.login",
            logout=name == "Session.logout",
            commands=commands,
        )

    # Requests.

    def handle(self, request: Request) -> Response:
        return self._answer(request, None)

    def protocol_fault(self, fault: Fault, request: Request) -> Response:
        return self._answer(request, fault)

    def _answer(self, request: Request, fault: Fault | None) -> Response:
        sessions = self.sessions_at(request.path)
        if sessions is None:
            return self.other_request(request)
        if request.method != "POST":
            return Response("", status=405, headers={"Allow": "POST"}, content_type="text/html")
        if self.settings.max_body_bytes and len(request.get_data()) > self.settings.max_body_bytes:
            return self._json(jsonrpc.failure(None, RpcError(413, "Request entity too large.")), 413)
        try:
            call = jsonrpc.parse(request.get_data())
        except RpcError as error:
            return self._json(jsonrpc.failure(_id_of(request), error), self._status(error))
        context = self.context(request, sessions, call.token if self.settings.accept_body_token else None)
        try:
            result = self._under_fault(context, call, fault) if fault else self._run(context, call.method, call.params)
        except RpcError as error:
            response = self._json(jsonrpc.failure(call.id, error), self._status(error))
        else:
            wrong = fault is not None and fault.kind == "wrong_id"
            response = self._json(jsonrpc.success("another call" if wrong else call.id, result), 200)
        for line in context.set_cookies:
            response.headers.add("Set-Cookie", line)
        return response

    def context(self, request: Request, sessions: Sessions, body_token: str | None = None) -> ContextT:
        """body_token: the token that counts when there is no header X-Token."""
        cookie = request.cookies.get(sessions.interface.cookie)
        return self.context_type(
            store=self.store,
            settings=self.settings,
            sessions=sessions,
            clock=self.clock,
            session=sessions.find(cookie, request.headers.get("X-Token", body_token)),
            cookie=cookie,
            client_address=request.remote_addr or "",
            base_url=self.url,
        )

    def _under_fault(self, context: ContextT, call: RpcCall, fault: Fault) -> Any:
        details = fault.details
        if fault.kind == "expire_session":
            context.sessions.close(context.cookie)
            raise expired()
        if fault.kind == "rpc_error":
            if details.get("processed"):
                self._run(context, call.method, call.params)
            raise RpcError(details["code"], details.get("message", "Injected failure."))
        result = self._run(context, call.method, call.params)
        return details["result"] if fault.kind == "replace_result" else result

    def _run(self, context: ContextT, name: str, given: dict[str, Any]) -> Any:
        if name == BATCH and self.settings.batch:
            return self._run_batch(context, given)
        return self.run(context, name, given)

    def _run_batch(self, context: ContextT, given: dict[str, Any]) -> list[dict[str, Any]]:
        """An array with one {result} or {error} per command (fact sheet kerio_connect.md 1.8)."""
        if context.session is None:
            raise expired()
        commands = given.get("commandList")
        if not isinstance(commands, list):
            raise RpcError(jsonrpc.INVALID_PARAMS, "Invalid params. commandList: list expected.")
        if len(commands) > self.settings.batch_limit:
            raise RpcError(TOO_MANY_COMMANDS, "Too many commands.")
        return [self._run_command(context, command) for command in commands]

    def _run_command(self, context: ContextT, command: Any) -> dict[str, Any]:
        try:
            if not isinstance(command, dict) or command.get("method") in (None, BATCH, "Session.login"):
                raise RpcError(jsonrpc.INVALID_REQUEST, "Invalid request.")
            name, params = str(command["method"]), jsonrpc.named(command.get("params"))
            fault = self.faults.take(self._described(name, params), kinds=("rpc_error", "replace_result"))
            if fault is None:
                return {"result": self._run(context, name, params)}
            return {"result": self._under_fault(context, RpcCall(None, name, params, None), fault)}
        except RpcError as error:
            return {"error": error.as_member()}

    def _status(self, error: RpcError) -> int:
        if self.settings.error_http_status == "always_200" or error.code > 0:
            return 200
        return 404 if error.code == jsonrpc.METHOD_NOT_FOUND else 500

    def _json(self, data: dict[str, Any], status: int) -> Response:
        return Response(json.dumps(data), status=status, content_type=self.content_type)


def expired() -> RpcError:
    return RpcError(jsonrpc.SESSION_EXPIRED, "The session has expired, please log in again.")


def _id_of(request: Request) -> Any:
    """The id of a call that is broken in other ways, None when there is no finding it."""
    try:
        data = json.loads(request.get_data())
    except ValueError:
        return None
    return data.get("id") if isinstance(data, dict) else None
