# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a method of the client interface is: its parameters, whether it writes, and what it is handed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.simulators.kerio_web.exchange import Exchange
from tests.simulators.kerio_web.simulator import expired
from tests.simulators.kerio_web.wire_types import Type, accept, invalid
from tests.simulators.kerio_webmail.settings import KerioWebmailSettings
from tests.simulators.kerio_webmail.store import Account, Store


@dataclass
class Context(Exchange[Store, KerioWebmailSettings]):
    """What a method works with, and whose request it is."""

    @property
    def caller(self) -> Account:
        """The account in use, the only one that a session sees. Raises RpcError -32001 without one (any more)."""
        return self.require_caller()

    def require_caller(self) -> Account:
        """The same, as a call."""
        account = self.store.accounts.get(self.session.user_id) if self.session else None
        if account is None or not account.is_enabled:
            self.sessions.close(self.cookie)
            raise expired()
        return account


@dataclass(frozen=True)
class Method:
    """call(context, params) -> result; `params` are checked and cleaned before, and every one of them is needed."""

    call: Callable[[Context, dict[str, Any]], dict[str, Any]]
    params: Mapping[str, Type] = field(default_factory=dict)
    is_write: bool = False
    needs_session: bool = True


def accept_params(method: Method, given: dict[str, Any]) -> dict[str, Any]:
    """Checked parameters; those that the method does not know are dropped. Raises RpcError -32602."""
    accepted = {}
    for name, kind in method.params.items():
        if name not in given:
            raise invalid(name, "missing")
        accepted[name] = accept(kind, given[name], name)
    return accepted
