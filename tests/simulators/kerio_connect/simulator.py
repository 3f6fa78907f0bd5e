# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The administration interface of a Kerio Connect server: its methods behind one endpoint."""

from __future__ import annotations

import secrets
from typing import Any, ClassVar

from tests.simulators.framework import jsonrpc
from tests.simulators.framework.jsonrpc import RpcError
from tests.simulators.kerio_connect import (
    access_policy,
    aliases,
    domains,
    groups,
    ip_address_groups,
    mailing_list_members,
    mailing_lists,
    references,
    remote_administration,
    resources,
    seed,
    server_calls,
    session_calls,
    time_ranges,
    user_removal,
    users,
)
from tests.simulators.kerio_connect.errors import access_denied
from tests.simulators.kerio_connect.methods import Context, Method, accept_params, check_access
from tests.simulators.kerio_connect.settings import KerioConnectSettings
from tests.simulators.kerio_connect.store import Store
from tests.simulators.kerio_web.sessions import Interface, Sessions
from tests.simulators.kerio_web.simulator import KerioWeb

ENDPOINT = "/admin/api/jsonrpc"
INTERFACE = Interface("SESSION_CONNECT_WEBADMIN", "TOKEN_CONNECT_WEBADMIN", cookie_path="/", token_bytes=32)
METHODS: dict[str, Method] = {
    **session_calls.METHODS,
    **users.METHODS,
    **domains.METHODS,
    **groups.METHODS,
    **aliases.METHODS,
    **mailing_lists.METHODS,
    **mailing_list_members.METHODS,
    **resources.METHODS,
    **ip_address_groups.METHODS,
    **time_ranges.METHODS,
    **remote_administration.METHODS,
    **access_policy.METHODS,
    **references.METHODS,
    **server_calls.METHODS,
}


class KerioConnect(KerioWeb[KerioConnectSettings, Store, Context]):
    name: ClassVar[str] = "kerio_connect"
    context_type = Context

    def __init__(self, settings: KerioConnectSettings | None = None, *, real_time: bool = False) -> None:
        self.admin_name = seed.ADMIN
        self.admin_password = secrets.token_urlsafe(18)
        super().__init__(settings, real_time=real_time)
        self.sessions = Sessions(INTERFACE, self.settings, self.clock)

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

    def all_sessions(self) -> list[Sessions]:
        return [self.sessions]

    def sessions_at(self, path: str) -> Sessions | None:
        return self.sessions if path.removesuffix("/") == ENDPOINT else None

    def is_write(self, method: str) -> bool:
        return method in METHODS and METHODS[method].access.is_write

    def run(self, context: Context, name: str, given: dict[str, Any]) -> Any:
        user_removal.finish_removals(self.store, self.sessions, self.clock.now())
        method = METHODS.get(name)
        if method is None:
            raise RpcError(jsonrpc.METHOD_NOT_FOUND, "Method not found.")
        if not remote_administration.admits(self.store, context.client_address):
            raise access_denied()
        check_access(context, method)
        return method.call(context, accept_params(method, given, self.settings))
