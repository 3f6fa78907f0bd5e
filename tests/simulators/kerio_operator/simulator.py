# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A Kerio Operator server: two JSON-RPC endpoints and the login form on one port."""

from __future__ import annotations

import re
import secrets
from typing import Any, ClassVar

from werkzeug.wrappers import Request, Response

from tests.simulators.framework import jsonrpc
from tests.simulators.framework.jsonrpc import RpcError
from tests.simulators.framework.records import Call
from tests.simulators.kerio_operator import (
    dial_plan,
    extensions,
    phone,
    replies,
    seed,
    server_reads,
    session_calls,
    users,
)
from tests.simulators.kerio_operator.methods import (
    ADMINISTRATION,
    PHONE,
    Context,
    Method,
    accept_params,
    check_access,
)
from tests.simulators.kerio_operator.settings import KerioOperatorSettings
from tests.simulators.kerio_operator.store import Store
from tests.simulators.kerio_web.sessions import Sessions
from tests.simulators.kerio_web.simulator import KerioWeb

ADMINISTRATION_ENDPOINT = "/admin/api/jsonrpc"
PHONE_ENDPOINT = "/myphone/api/jsonrpc"
LOGIN_FORM = "/admin/dologin.php"
LOGIN_PAGE = "/admin/login"
METHODS: dict[str, Method] = {
    **session_calls.METHODS,
    **extensions.METHODS,
    **users.METHODS,
    **dial_plan.METHODS,
    **server_reads.METHODS,
    **phone.METHODS,
}


class KerioOperator(KerioWeb[KerioOperatorSettings, Store, Context]):
    name: ClassVar[str] = "kerio_operator"
    context_type = Context
    content_type: ClassVar[str] = "application/json-rpc"

    def __init__(self, settings: KerioOperatorSettings | None = None, *, real_time: bool = False) -> None:
        self.admin_name = seed.ADMIN
        self.admin_password = secrets.token_urlsafe(18)
        super().__init__(settings, real_time=real_time)
        self.sessions = Sessions(ADMINISTRATION, self.settings, self.clock)
        self.phone_sessions = Sessions(PHONE, self.settings, self.clock)

    def default_settings(self) -> KerioOperatorSettings:
        return KerioOperatorSettings()

    def starting_store(self) -> Store:
        return seed.starting_store(self.admin_password)

    @property
    def environment(self) -> dict[str, str]:
        return {
            "KERIO_OPERATOR_URL": self.url,
            "KERIO_OPERATOR_USERNAME": self.admin_name,
            "KERIO_OPERATOR_PASSWORD": self.admin_password,
            "KERIO_OPERATOR_CA_PATH": self.ca_path,
        }

    def all_sessions(self) -> list[Sessions]:
        return [self.sessions, self.phone_sessions]

    def sessions_at(self, path: str) -> Sessions | None:
        return {ADMINISTRATION_ENDPOINT: self.sessions, PHONE_ENDPOINT: self.phone_sessions}.get(_plain(path))

    def is_write(self, method: str) -> bool:
        return method in METHODS and METHODS[method].access.is_write

    def run(self, context: Context, name: str, given: dict[str, Any]) -> Any:
        method = METHODS.get(name)
        if method is None:
            raise RpcError(jsonrpc.METHOD_NOT_FOUND, "Method not found.")
        check_access(context, method)
        return replies.in_wire_types(method.call(context, accept_params(method, given)), self.settings)

    # The login form: its session and that of Session.login are of the same kind (fact sheet 1.3, 6.11).

    def describe(self, request: Request) -> Call:
        if _plain(request.path) == LOGIN_FORM:
            return Call(f"{request.method} {LOGIN_FORM}", request.form.to_dict(), login=True)
        return super().describe(request)

    def other_request(self, request: Request) -> Response:
        path = _plain(request.path)
        if path == LOGIN_FORM and request.method == "POST":
            return self._log_in_by_form(request)
        if path == LOGIN_PAGE and request.method == "GET":
            page = f'<html><body><form action="{LOGIN_FORM}" method="post"></form></body></html>'
            return Response(page, content_type="text/html")
        return super().other_request(request)

    def _log_in_by_form(self, request: Request) -> Response:
        """A redirect in either case; cookies only when the login succeeded."""
        context = self.context(request, self.sessions)
        try:
            session_calls.open_session(
                context, request.form.get("kerio_username", ""), request.form.get("kerio_password", "")
            )
        except RpcError:
            return Response("", status=302, headers={"Location": LOGIN_PAGE}, content_type="text/html")
        response = Response("", status=302, headers={"Location": "/admin/"}, content_type="text/html")
        for line in context.set_cookies:
            response.headers.add("Set-Cookie", line)
        return response


def _plain(path: str) -> str:
    """Clients double slashes and leave the last one out (fact sheet 1.1)."""
    return re.sub("/+", "/", path).rstrip("/")
