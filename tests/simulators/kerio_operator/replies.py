# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The forms of replies that nobody has seen, each in all its plausible variants (fact sheet 3.2, 4.1, 8.1)."""

from __future__ import annotations

from typing import Any

from tests.simulators.framework.jsonrpc import RpcError
from tests.simulators.kerio_operator.settings import KerioOperatorSettings, Reply
from tests.simulators.kerio_web.bulk import item_error

# Members that hold ids; the switch `ids` speaks of these.
ID_NAMES = frozenset({"guid", "parentId", "userGuid", "guidGroup", "guidLine", "id", "GUID", "ID"})


def done(errors: list[dict[str, Any]], form: Reply) -> Any:
    """The reply of set and remove; failures of single items are told in every form."""
    if errors:
        return {"errors": errors}
    forms: dict[Reply, Any] = {
        "errors": {"errors": []},
        "empty": {},
        "null": None,
        "true": True,
        "result": {"result": {}},
    }
    return forms[form]


def next_number(number: str, settings: KerioOperatorSettings) -> Any:
    return {
        "telNum": {"telNum": number},
        "number": {"number": int(number)},
        "nested": {"result": {"telNum": number}},
        "extension": {"extension": number},
        "nextValidNumber": {"nextValidNumber": number},
        "bare": number,
        "bare_number": int(number),
    }[settings.next_number_reply]


def created_extension(group: int, line: int, settings: KerioOperatorSettings) -> dict[str, Any]:
    """Seen are the inner result and its guidGroup; for new lines both ids were seen."""
    ids = {"guidGroup": group, "guidLine": line}
    if settings.create_reply == "flat":
        return {"id": ids}
    return {"result": {"id": {"guidGroup": group} if settings.create_reply == "group_only" else ids}}


def created_line(group: int, line: int) -> dict[str, Any]:
    return {"result": {"id": {"guidGroup": group, "guidLine": line}}}


def created_user(guid: int, settings: KerioOperatorSettings) -> dict[str, Any]:
    form = settings.user_create_reply
    if form == "result_id":
        return {"result": {"id": guid}}
    return {} if form == "empty" else {form: guid}


def refused_creation(error: RpcError, settings: KerioOperatorSettings) -> dict[str, Any]:
    """The reply of a create that failed. Raises the error where that is how the server says it."""
    if settings.create_errors == "top_level" or error.code < 0:
        raise error
    return {"errors": [item_error(0, error)]}


def in_wire_types(value: Any, settings: KerioOperatorSettings, name: str = "") -> Any:
    """A result with ids and booleans as the settings want them."""
    if isinstance(value, dict):
        return {key: in_wire_types(item, settings, key) for key, item in value.items()}
    if isinstance(value, list):
        return [in_wire_types(item, settings, name) for item in value]
    if not name:
        return value
    if isinstance(value, bool):
        return int(value) if settings.booleans == "numbers" else value
    if isinstance(value, int) and name in ID_NAMES and settings.ids == "text":
        return str(value)
    if name in ("DISABLED", "LDAP_ENABLED", "registered", "ENABLE_DHCP") and settings.booleans == "json":
        return bool(value)
    return value
