# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a method of the API is: its parameters, who may call it, and what it is handed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from tests.simulators.kerio_operator.errors import access_denied
from tests.simulators.kerio_operator.settings import KerioOperatorSettings
from tests.simulators.kerio_operator.store import Entity, Store
from tests.simulators.kerio_operator.structures import ADMINISTRATOR, READ_ONLY_ADMINISTRATOR
from tests.simulators.kerio_web.exchange import Exchange
from tests.simulators.kerio_web.sessions import Interface
from tests.simulators.kerio_web.simulator import expired
from tests.simulators.kerio_web.wire_types import Anything, ListOf, Nullable, Struct, Type, accept, invalid

# Only the names of the first were seen; those of the second follow them (fact sheet 1.3).
ADMINISTRATION = Interface("SESSION_OPERATOR_WEBADMIN", "TOKEN_OPERATOR_WEBADMIN", "/admin/", token_bytes=16)
PHONE = Interface("SESSION_OPERATOR_CLIENT", "TOKEN_OPERATOR_CLIENT", "/myphone/", token_bytes=16)

ADMINISTRATORS = (ADMINISTRATOR, READ_ONLY_ADMINISTRATOR)
# Checked where it is used, since working clients send parts of it in odd types.
QUERY = Anything()


class Access(Enum):
    """Who may call a method (fact sheet 1.3: the account decides, not the interface)."""

    OPEN = "without a session"
    SETUP = "without a session, as long as the server is not activated"
    OWN = "every account, about the own session"
    OWN_WRITE = "every account: writes what concerns only itself"
    PHONE = "every account, about its own telephone"
    READ = "every administrator"
    WRITE = "administrators who are not limited to reading"

    @property
    def is_write(self) -> bool:
        return self in (Access.SETUP, Access.OWN_WRITE, Access.WRITE)


@dataclass
class Context(Exchange[Store, KerioOperatorSettings]):
    """What a method works with, and whose request it is."""

    @property
    def caller(self) -> Entity:
        """The account in use. Raises RpcError -32001 when there is none (any more)."""
        user = self.store.users.get(int(self.session.user_id)) if self.session else None
        if user is None or user["DISABLED"]:
            self.sessions.close(self.cookie)
            raise expired()
        return user


@dataclass(frozen=True)
class Method:
    """call(context, params) -> result; `params` are checked before, and those that are left out are missing there."""

    call: Callable[[Context, dict[str, Any]], Any]
    access: Access
    params: Mapping[str, Type] = field(default_factory=dict)
    optional: frozenset[str] = frozenset({"query"})


def accept_params(method: Method, given: dict[str, Any]) -> dict[str, Any]:
    """Checked parameters; those that the method does not know are dropped. Raises RpcError -32602."""
    accepted = {}
    for name, kind in method.params.items():
        if name in given:
            accepted[name] = accept(kind, given[name], name)
        elif name not in method.optional:
            raise invalid(name, "missing")
    return accepted


def check_access(context: Context, method: Method) -> None:
    """Raises RpcError -32001 without a session, 1004 without the right."""
    access = method.access
    if access in (Access.OPEN, Access.SETUP):
        return
    role = context.caller["ADMINISTRATION_ROLE_ID"]
    allowed = {Access.READ: role in ADMINISTRATORS, Access.WRITE: role == ADMINISTRATOR}.get(access, True)
    if not allowed or (context.settings.methods_tied_to_interface and not _belongs(access, context.sessions.interface)):
        raise access_denied(context.settings)


def _belongs(access: Access, interface: Interface) -> bool:
    """Whether a method is offered on an interface, for servers where that counts."""
    if access is Access.PHONE:
        return interface is PHONE
    return access not in (Access.READ, Access.WRITE) or interface is ADMINISTRATION


def accept_detail(kind: Struct, given: Any, settings: KerioOperatorSettings) -> Entity:
    """The members of an object that a client sent, checked. Raises RpcError -32602."""
    accepted: Entity = accept(kind, given, "detail")
    if settings.unknown_member == "refuse" and (unknown := _unknown_members(kind, given)):
        raise invalid("detail", f"unknown member {unknown[0]}")
    return accepted


def _unknown_members(kind: Type, given: Any) -> list[str]:
    """Names at any depth that the type does not know; `given` was accepted."""
    if isinstance(kind, Nullable):
        return [] if given is None else _unknown_members(kind.item, given)
    if isinstance(kind, ListOf):
        return [name for item in given for name in _unknown_members(kind.item, item)]
    if not isinstance(kind, Struct):
        return []
    inner = [_unknown_members(member.type, given[name]) for name, member in kind.members.items() if name in given]
    return [*(name for name in given if name not in kind.members), *(name for names in inner for name in names)]
