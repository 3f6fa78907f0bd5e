# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The administration interface of a Kerio Connect server: HTTP, envelope, session, dispatch, batches."""

from __future__ import annotations

import json
import secrets
from typing import Any, ClassVar

from werkzeug.wrappers import Request, Response

from tests.simulators.framework import jsonrpc
from tests.simulators.framework.faults import HTTP_KINDS, Fault
from tests.simulators.framework.jsonrpc import RpcCall, RpcError
from tests.simulators.framework.records import Call
from tests.simulators.framework.simulator import Simulator
from tests.simulators.kerio_connect import (
    access_policy,
    aliases,
    domains,
    groups,
    references,
    seed,
    server_calls,
    session_calls,
    user_removal,
    users,
)
from tests.simulators.kerio_connect.methods import Context, Method, accept_params, check_access
from tests.simulators.kerio_connect.sessions import COOKIE, Sessions
from tests.simulators.kerio_connect.settings import KerioConnectSettings
from tests.simulators.kerio_connect.store import Store

ENDPOINT = "/admin/api/jsonrpc"
BATCH = "Batch.run"
TOO_MANY_COMMANDS = -32606
METHODS: dict[str, Method] = {
    **session_calls.METHODS,
    **users.METHODS,
    **domains.METHODS,
    **groups.METHODS,
    **aliases.METHODS,
    **access_policy.METHODS,
    **references.METHODS,
    **server_calls.METHODS,
}
NOT_FOUND_PAGE = "<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1></body></html>"


class KerioConnect(Simulator[KerioConnectSettings, Store]):
    name: ClassVar[str] = "kerio_connect"
    fault_kinds: ClassVar[frozenset[str]] = HTTP_KINDS | {"wrong_id", "expire_session", "rpc_error", "replace_result"}

    def __init__(self, settings: KerioConnectSettings | None = None, *, real_time: bool = False) -> None:
        self.admin_name = seed.ADMIN
        self.admin_password = secrets.token_urlsafe(18)
        super().__init__(settings, real_time=real_time)
        self.sessions = Sessions(self.settings, self.clock)

    def default_settings(self) -> KerioConnectSettings:
        return KerioConnectSettings()

    def starting_store(self) -> Store:
        return seed.starting_store(self.admin_password)

    @property
    def environment(self) -> dict[str, str]:
        return {
            "KERIO_CONNECT_URL": self.url,
            "KERIO_CONNECT_USERNAME": self.admin_name,
            "KERIO_CONNECT_PASSWORD": self.admin_password,
            "KERIO_CONNECT_CA_PATH": self.ca_path,
        }

    @property
    def open_sessions(self) -> int:
        return len(self.sessions.all_open())

    def forget_sessions(self) -> None:
        self.sessions.clear()

    # Log.

    def describe(self, request: Request) -> Call:
        try:
            call = jsonrpc.parse(request.get_data())
        except RpcError:
            return Call("")
        commands = call.params.get("commandList") if call.method == BATCH else None
        inner = [command for command in commands if isinstance(command, dict)] if isinstance(commands, list) else []
        described = tuple(_described(str(command.get("method")), command.get("params")) for command in inner)
        return _described(call.method, call.params, described)

    # Requests.

    def handle(self, request: Request) -> Response:
        return self._answer(request, None)

    def protocol_fault(self, fault: Fault, request: Request) -> Response:
        return self._answer(request, fault)

    def _answer(self, request: Request, fault: Fault | None) -> Response:
        if request.path.removesuffix("/") != ENDPOINT:
            return Response(NOT_FOUND_PAGE, status=404, content_type="text/html")
        if request.method != "POST":
            return Response("", status=405, headers={"Allow": "POST"}, content_type="text/html")
        if self.settings.max_body_bytes and len(request.get_data()) > self.settings.max_body_bytes:
            return _json(jsonrpc.failure(None, RpcError(413, "Request entity too large.")), 413)
        try:
            call = jsonrpc.parse(request.get_data())
        except RpcError as error:
            return _json(jsonrpc.failure(_id_of(request), error), self._status(error))
        context = self._context(request, call)
        try:
            result = self._under_fault(context, call, fault) if fault else self._run(context, call.method, call.params)
        except RpcError as error:
            response = _json(jsonrpc.failure(call.id, error), self._status(error))
        else:
            wrong = fault is not None and fault.kind == "wrong_id"
            response = _json(jsonrpc.success("another call" if wrong else call.id, result), 200)
        for name, value in context.new_cookies.items():
            response.headers.add("Set-Cookie", f"{name}={value}; Path=/; Secure; HttpOnly")
        return response

    def _under_fault(self, context: Context, call: RpcCall, fault: Fault) -> Any:
        details = fault.details
        if fault.kind == "expire_session":
            self.sessions.close(context.cookie)
            raise RpcError(jsonrpc.SESSION_EXPIRED, "The session has expired, please log in again.")
        if fault.kind == "rpc_error":
            if details.get("processed"):
                self._run(context, call.method, call.params)
            raise RpcError(details["code"], details.get("message", "Injected failure."))
        result = self._run(context, call.method, call.params)
        return details["result"] if fault.kind == "replace_result" else result

    def _context(self, request: Request, call: RpcCall) -> Context:
        token = request.headers.get("X-Token")
        if token is None and self.settings.accept_body_token:
            token = call.token
        cookie = request.cookies.get(COOKIE)
        return Context(
            store=self.store,
            settings=self.settings,
            sessions=self.sessions,
            clock=self.clock,
            session=self.sessions.find(cookie, token),
            cookie=cookie,
            client_address=request.remote_addr or "",
            base_url=self.url,
        )

    def _run(self, context: Context, name: str, given: dict[str, Any]) -> Any:
        """The result of one method. Raises RpcError."""
        user_removal.finish_removals(self.store, self.sessions, self.clock.now())
        if name == BATCH and self.settings.batch:
            return self._run_batch(context, given)
        method = METHODS.get(name)
        if method is None:
            raise RpcError(jsonrpc.METHOD_NOT_FOUND, "Method not found.")
        check_access(context, method)
        return method.call(context, accept_params(method, given, self.settings))

    def _run_batch(self, context: Context, given: dict[str, Any]) -> list[dict[str, Any]]:
        """An array with one {result} or {error} per command (fact sheet 1.8)."""
        if context.session is None:
            raise RpcError(jsonrpc.SESSION_EXPIRED, "The session has expired, please log in again.")
        commands = given.get("commandList")
        if not isinstance(commands, list):
            raise RpcError(jsonrpc.INVALID_PARAMS, "Invalid params. commandList: list expected.")
        if len(commands) > self.settings.batch_limit:
            raise RpcError(TOO_MANY_COMMANDS, "Too many commands.")
        return [self._run_command(context, command) for command in commands]

    def _run_command(self, context: Context, command: Any) -> dict[str, Any]:
        try:
            if not isinstance(command, dict) or command.get("method") in (None, BATCH, "Session.login"):
                raise RpcError(jsonrpc.INVALID_REQUEST, "Invalid request.")
            name, params = str(command["method"]), jsonrpc.named(command.get("params"))
            fault = self.faults.take(_described(name, params), kinds=("rpc_error", "replace_result"))
            if fault is None:
                return {"result": self._run(context, name, params)}
            return {"result": self._under_fault(context, RpcCall(None, name, params, None), fault)}
        except RpcError as error:
            return {"error": error.as_member()}

    def _status(self, error: RpcError) -> int:
        if self.settings.error_http_status == "always_200" or error.code > 0:
            return 200
        return 404 if error.code == jsonrpc.METHOD_NOT_FOUND else 500


def _described(name: str, params: Any, commands: tuple[Call, ...] = ()) -> Call:
    return Call(
        name,
        params,
        is_write=name in METHODS and METHODS[name].access.is_write,
        login=name == "Session.login",
        logout=name == "Session.logout",
        commands=commands,
    )


def _id_of(request: Request) -> Any:
    """The id of a call that is broken in other ways, None when there is no finding it."""
    try:
        data = json.loads(request.get_data())
    except ValueError:
        return None
    return data.get("id") if isinstance(data, dict) else None


def _json(data: dict[str, Any], status: int) -> Response:
    return Response(json.dumps(data), status=status, content_type="application/json; charset=UTF-8")
