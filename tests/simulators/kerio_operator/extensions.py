# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Interface Extensions as of 2.0 (fact sheet kerio_operator.md 3)."""

from __future__ import annotations

import functools
from typing import Any

from tests.simulators.framework.jsonrpc import RpcError
from tests.simulators.kerio_operator import defaults, query, replies
from tests.simulators.kerio_operator.dial_plan import check_free
from tests.simulators.kerio_operator.errors import failed, missing, not_permitted
from tests.simulators.kerio_operator.extension_rows import rows
from tests.simulators.kerio_operator.extension_rules import apply_to_group, apply_to_line
from tests.simulators.kerio_operator.methods import QUERY, Access, Context, Method, accept_detail
from tests.simulators.kerio_operator.naming import ANY_NAMING, named_objects
from tests.simulators.kerio_operator.store import Entity
from tests.simulators.kerio_operator.structures import EXTENSION, GROUP, ID, LINE
from tests.simulators.kerio_web.bulk import errors_of
from tests.simulators.kerio_web.wire_types import Anything, ListOf, Nullable, Struct, invalid

DETAIL = Anything()  # checked by accept_detail
EXTENSIONS_PER_USER = 3


def get(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    found = rows(context.store, context.settings)
    return query.run(found, params.get("query"), "sipExtensionList", context.settings, ("guid", "parentId", "lineType"))


def create(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    detail = accept_detail(EXTENSION, params["detail"], context.settings)
    if "telNum" not in detail:
        raise invalid("detail.telNum", "missing")
    try:
        made = _create(context, detail)
    except RpcError as error:
        return replies.refused_creation(error, context.settings)
    return replies.created_extension(made["guid"], made["lines"][0]["guid"], context.settings)


def _create(context: Context, detail: Entity) -> Entity:
    store = context.store
    if len(store.extensions) >= EXTENSIONS_PER_USER * context.settings.licensed_users:
        raise not_permitted(context.settings, "The number of extensions exceeds the licence.")
    check_free(context, detail["telNum"])
    line = {**defaults.line(), "sipUsername": ""}
    apply_to_line(context, line, {"sipUsername": detail["telNum"], **_part(detail, LINE)})
    extension = {**defaults.extension(), "telNum": detail["telNum"], "guid": store.new_guid(), "lines": [line]}
    apply_to_group(context, extension, _part(detail, GROUP))
    line["guid"] = store.new_guid()
    store.put_extension(extension)
    return extension


def create_line(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    """With an empty detail the server makes up username and password (fact sheet 3.2)."""
    detail = accept_detail(LINE, params.get("detail") or {}, context.settings)
    try:
        extension = _group(context, params["guid"])
        guid = context.store.new_guid()
        line = {**defaults.line(), "sipUsername": "", "guid": guid}
        apply_to_line(context, line, {"sipUsername": f"{extension['telNum']}x{guid}", **detail})
    except RpcError as error:
        return replies.refused_creation(error, context.settings)
    extension["lines"].append(line)
    return replies.created_line(extension["guid"], line["guid"])


def _group(context: Context, guid: int) -> Entity:
    extension = context.store.extensions.get(guid)
    if extension is None:
        raise missing(context.settings, "The extension", guid)
    return extension


def _find(context: Context, guid: int) -> tuple[Entity, Entity | None]:
    """The extension with this guid and None, or the extension of the line with this guid and the line."""
    if guid in context.store.extensions:
        return context.store.extensions[guid], None
    for extension, line in context.store.lines():
        if line["guid"] == guid:
            return extension, line
    raise missing(context.settings, "The extension", guid)


def set_(context: Context, params: dict[str, Any]) -> Any:
    detail = accept_detail(EXTENSION, params["detail"], context.settings)
    answer = errors_of(context, params["guids"], lambda guid: _set_one(context, guid, detail))
    return replies.done(answer["errors"], context.settings.set_reply)


def _set_one(context: Context, guid: int, detail: Entity) -> None:
    extension, line = _find(context, guid)
    settable = _settable(context, extension, detail, GROUP if line is None else LINE)
    line = extension["lines"][0] if line is None else line
    changed_extension, changed_line = dict(extension), dict(line)
    if line_part := _part(settable, LINE):
        apply_to_line(context, changed_line, line_part)
    apply_to_group(context, changed_extension, _part(settable, GROUP))
    extension.update(changed_extension)
    context.store.put_extension(extension)
    line.update(changed_line)


def _settable(context: Context, extension: Entity, detail: Entity, own: Struct) -> Entity:
    """`detail` as far as it is written.

    Nobody knows what becomes of fields of a line that are sent with the id of its extension, and of the reverse.
    own: the fields that belong to the id. With several lines nothing says which is meant, so that is always refused.
    """
    others = sorted(name for name in detail if name not in own.members)
    if not others or (context.settings.other_fields == "accept" and len(extension["lines"]) == 1):
        return detail
    if context.settings.other_fields == "ignore":
        return _part(detail, own)
    raise failed("%1 cannot be set with this id.", about=others[0])


def _part(detail: Entity, kind: Struct) -> Entity:
    return {name: value for name, value in detail.items() if name in kind.members}


def get_sip_password(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    _extension, line = _find(context, params["guid"])
    if line is None:
        raise missing(context.settings, "The line", params["guid"])
    return {"password": line["sipPassword"]}


def remove(context: Context, params: dict[str, Any]) -> Any:
    guids = named_objects(params, context.settings.remove_params)
    answer = errors_of(context, guids, functools.partial(_remove_one, context))
    return replies.done(answer["errors"], context.settings.remove_reply)


def _remove_one(context: Context, guid: int) -> None:
    """The group takes all its lines along, the last line its group; one line of several goes alone."""
    extension, line = _find(context, guid)
    if line is not None and len(extension["lines"]) > 1:
        extension["lines"] = [other for other in extension["lines"] if other is not line]
        return
    context.store.release(extension["guid"])
    del context.store.extensions[extension["guid"]]


METHODS = {
    "Extensions.get": Method(get, Access.READ, {"query": QUERY}),
    "Extensions.create": Method(create, Access.WRITE, {"detail": DETAIL}),
    "Extensions.createLine": Method(
        create_line, Access.WRITE, {"guid": ID, "detail": Nullable(DETAIL)}, optional=frozenset({"detail"})
    ),
    "Extensions.set": Method(set_, Access.WRITE, {"guids": ListOf(ID), "detail": DETAIL}),
    "Extensions.getSipPassword": Method(get_sip_password, Access.READ, {"guid": ID}),
    "Extensions.remove": Method(remove, Access.WRITE, ANY_NAMING, optional=frozenset(ANY_NAMING)),
}
