# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The client interface of a Kerio Connect server: its methods behind one endpoint."""

from __future__ import annotations

import secrets
from typing import Any, ClassVar

from tests.simulators.framework import jsonrpc
from tests.simulators.framework.jsonrpc import RpcError
from tests.simulators.kerio_web.sessions import Interface, Sessions
from tests.simulators.kerio_web.simulator import KerioWeb
from tests.simulators.kerio_webmail import filters, out_of_office, seed, session_calls
from tests.simulators.kerio_webmail.methods import Context, Method, accept_params
from tests.simulators.kerio_webmail.settings import KerioWebmailSettings
from tests.simulators.kerio_webmail.store import Store

ENDPOINT = "/webmail/api/jsonrpc"
INTERFACE = Interface("SESSION_CONNECT_WEBMAIL", "TOKEN_CONNECT_WEBMAIL", cookie_path="/", token_bytes=32)
METHODS: dict[str, Method] = {**session_calls.METHODS, **out_of_office.METHODS, **filters.METHODS}


class KerioWebmail(KerioWeb[KerioWebmailSettings, Store, Context]):
    """A server of its own, with its own users: it shares nothing with the simulated administration interface."""

    name: ClassVar[str] = "kerio_webmail"
    context_type = Context

    def __init__(self, settings: KerioWebmailSettings | None = None, *, real_time: bool = False) -> None:
        self.user_name = seed.USER
        self.user_password = secrets.token_urlsafe(18)
        super().__init__(settings, real_time=real_time)
        self.sessions = Sessions(INTERFACE, self.settings, self.clock)

    def default_settings(self) -> KerioWebmailSettings:
        return KerioWebmailSettings()

    def starting_store(self) -> Store:
        return seed.starting_store(self.user_password)

    @property
    def environment(self) -> dict[str, str]:
        return {
            "KERIO_WEBMAIL_URL": self.url,
            "KERIO_WEBMAIL_USERNAME": self.store.user(self.user_name).address,
            "KERIO_WEBMAIL_PASSWORD": self.user_password,
            "KERIO_WEBMAIL_CA_PATH": self.ca_path,
        }

    def all_sessions(self) -> list[Sessions]:
        return [self.sessions]

    def sessions_at(self, path: str) -> Sessions | None:
        return self.sessions if path.removesuffix("/") == ENDPOINT else None

    def is_write(self, method: str) -> bool:
        return method in METHODS and METHODS[method].is_write

    def run(self, context: Context, name: str, given: dict[str, Any]) -> Any:
        method = METHODS.get(name)
        if method is None:
            raise RpcError(jsonrpc.METHOD_NOT_FOUND, "Method not found.")
        if method.needs_session:
            context.require_caller()
        return method.call(context, accept_params(method, given))
