# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Interface Users (fact sheet kerio_operator.md 4.1)."""

from __future__ import annotations

import functools
from typing import Any

from tests.simulators.framework.jsonrpc import RpcError
from tests.simulators.kerio_operator import defaults, query, replies
from tests.simulators.kerio_operator.errors import failed, missing
from tests.simulators.kerio_operator.methods import QUERY, Access, Context, Method, accept_detail
from tests.simulators.kerio_operator.naming import ANY_NAMING, named_objects
from tests.simulators.kerio_operator.settings import KerioOperatorSettings
from tests.simulators.kerio_operator.store import Entity, Store
from tests.simulators.kerio_operator.structures import (
    SEEN_IN_ENTRIES,
    SEEN_IN_USER_ROWS,
    USER,
    USER_SECRETS,
)
from tests.simulators.kerio_operator.user_rules import check_licence, checked
from tests.simulators.kerio_web.bulk import errors_of
from tests.simulators.kerio_web.wire_types import Anything, invalid

DETAIL = Anything()  # checked by accept_detail


def row(store: Store, user: Entity, settings: KerioOperatorSettings) -> Entity:
    """A user as listed: what was seen, or everything; secrets by their own switch only."""
    full = settings.user_rows == "full"
    shown = {name: user[name] for name in ("GUID", *USER.members) if full or name in SEEN_IN_USER_ROWS}
    if not settings.secrets_in_rows:
        shown = {name: value for name, value in shown.items() if name not in USER_SECRETS}
    else:
        shown |= {name: user[name] for name in USER_SECRETS}
    entries = [_entry(store, entry, full=full) for entry in user["EXTENSIONS"]]
    shown["EXTENSIONS"] = entries or (None if settings.no_extensions == "null" else [])
    return shown


def _entry(store: Store, entry: Entity, *, full: bool) -> Entity:
    extension = store.extensions[entry["GUID"]]
    whole = {**entry, "TEL_NUM": extension["telNum"], "DESCRIPTION": extension["description"]}
    return whole if full else {name: whole[name] for name in SEEN_IN_ENTRIES}


def get(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    rows = [row(context.store, user, context.settings) for user in context.store.users.values()]
    return query.run(rows, params.get("query"), "userList", context.settings, ("GUID",))


def create(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    detail = accept_detail(USER, params["detail"], context.settings)
    if "USERNAME" not in detail:
        raise invalid("detail.USERNAME", "missing")
    store = context.store
    try:
        check_licence(context, detail, besides=None)
        user = {**defaults.user(), "GUID": store.new_user_guid()}
        _write(context, user, checked(context, user, detail))
    except RpcError as error:
        return replies.refused_creation(error, context.settings)
    store.users[user["GUID"]] = user
    return replies.created_user(user["GUID"], context.settings)


def set_(context: Context, params: dict[str, Any]) -> Any:
    detail = accept_detail(USER, params["detail"], context.settings)
    guids = named_objects(params, context.settings.users_set_params)
    answer = errors_of(context, guids, lambda guid: _set_one(context, guid, detail))
    return replies.done(answer["errors"], context.settings.set_reply)


def _set_one(context: Context, guid: int, detail: Entity) -> None:
    user = _find(context, guid)
    wanted = detail
    if context.settings.users_set == "whole":
        # Who leaves the password out means the one that is there; all else goes back to its default.
        wanted = {**defaults.user(), "USER_PASSWORD": user["USER_PASSWORD"], "USERNAME": user["USERNAME"], **detail}
    check_licence(context, {**user, **wanted}, besides=guid)
    _write(context, user, checked(context, user, wanted))


def _write(context: Context, user: Entity, values: Entity) -> None:
    """`values` are checked. An extension that somebody else had is taken from there."""
    for entry in values.get("EXTENSIONS", []):
        context.store.release(entry["GUID"])
    user.update(values)


def _find(context: Context, guid: int) -> Entity:
    user = context.store.users.get(guid)
    if user is None:
        raise missing(context.settings, "The user", guid)
    return user


def remove(context: Context, params: dict[str, Any]) -> Any:
    guids = named_objects(params, context.settings.users_remove_params)
    answer = errors_of(context, guids, functools.partial(_remove_one, context))
    return replies.done(answer["errors"], context.settings.remove_reply)


def _remove_one(context: Context, guid: int) -> None:
    """The extensions of the user stay, and are free from then on."""
    user = _find(context, guid)
    if user is context.caller and context.settings.own_account == "refuse":
        raise failed("The account in use cannot be removed.")
    del context.store.users[guid]


METHODS = {
    "Users.get": Method(get, Access.READ, {"query": QUERY}),
    "Users.create": Method(create, Access.WRITE, {"detail": DETAIL}),
    "Users.set": Method(set_, Access.WRITE, {"detail": DETAIL, **ANY_NAMING}, optional=frozenset(ANY_NAMING)),
    "Users.remove": Method(remove, Access.WRITE, ANY_NAMING, optional=frozenset(ANY_NAMING)),
}
