# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the server checks when a user is written (fact sheet kerio_operator.md 4.1)."""

from __future__ import annotations

import re

from tests.simulators.kerio_operator import defaults
from tests.simulators.kerio_operator.errors import exists, failed, missing, not_permitted
from tests.simulators.kerio_operator.methods import Context
from tests.simulators.kerio_operator.store import Entity
from tests.simulators.kerio_operator.structures import ROLES
from tests.simulators.kerio_web.wire_types import invalid

# No blanks, diacritics or special symbols, says the manual.
USERNAME = re.compile(r"[A-Za-z0-9._-]+")
PIN = re.compile(r"[0-9]{4}")
STRONG = re.compile(r"(?=.*[0-9])(?=.*[^A-Za-z0-9])")


def check_licence(context: Context, wanted: Entity, besides: int | None) -> None:
    """Raises RpcError 1003 when one more enabled user is one too many; `besides` is not counted."""
    enabled = [guid for guid, user in context.store.users.items() if not user["DISABLED"] and guid != besides]
    if not wanted.get("DISABLED") and len(enabled) >= context.settings.licensed_users:
        raise not_permitted(context.settings, "The number of users exceeds the licence.")


def checked(context: Context, user: Entity, given: Entity) -> Entity:
    """The members to write into `user`. Changes nothing; raises RpcError 1000, 1001, 1002, -32602."""
    values = dict(given)
    if "USERNAME" in given:
        _check_name(context, user, given["USERNAME"])
    if given.get("PIN") and not PIN.fullmatch(given["PIN"]):
        raise failed("The PIN must have four digits.")
    if given.get("ADMINISTRATION_ROLE_ID", ROLES[0]) not in ROLES:
        raise missing(context.settings, "The role", given["ADMINISTRATION_ROLE_ID"])
    password: str = given["USER_PASSWORD"] if "USER_PASSWORD" in given else user["USER_PASSWORD"]
    if not password and not given.get("LDAP_ENABLED", user["LDAP_ENABLED"]):
        raise failed("The password is missing.")
    if context.settings.password_policy and "USER_PASSWORD" in given and not STRONG.search(password):
        raise failed("The password needs a digit and a special character.")
    if "EXTENSIONS" in given:
        values["EXTENSIONS"] = _entries(context, user, given["EXTENSIONS"] or [])
    return values


def _check_name(context: Context, user: Entity, name: str) -> None:
    if not USERNAME.fullmatch(name):
        raise failed("%1 is no username.", about=name)
    for other in context.store.users.values():
        if other is not user and other["USERNAME"].lower() == name.lower():
            raise exists(context.settings, "The user", name)


def _entries(context: Context, user: Entity, given: list[Entity]) -> list[Entity]:
    """The user's extensions as they are kept; TEL_NUM and DESCRIPTION are the extension's own and not changed here."""
    known = {entry["GUID"]: entry for entry in user["EXTENSIONS"]}
    owners = context.store.owners()
    made: list[Entity] = []
    for index, sent in enumerate(given):
        guid = _guid(context, sent, index)
        if guid is None:
            continue
        owner = owners.get(guid)
        if owner not in (None, user) and context.settings.assigned_extension == "refuse":
            raise failed("The extension %1 belongs to another user.", about=context.store.extensions[guid]["telNum"])
        if any(entry["GUID"] == guid for entry in made):
            raise failed("The extension %1 is given twice.", about=context.store.extensions[guid]["telNum"])
        kept = known.get(guid) if context.settings.extension_entries == "merge" else None
        before = kept or defaults.entry(guid, primary=not made)
        settable = {name: value for name, value in sent.items() if name in before}
        made.append({**before, **settable, "GUID": guid})
    return made


def _guid(context: Context, sent: Entity, index: int) -> int | None:
    """The extension that an entry means; None when the entry is to be ignored."""
    store, settings = context.store, context.settings
    if "GUID" in sent:
        if sent["GUID"] not in store.extensions:
            raise missing(settings, "The extension", sent["GUID"])
        return int(sent["GUID"])
    if settings.entry_by_number == "ignore":
        return None
    if settings.entry_by_number == "refuse" or "TEL_NUM" not in sent:
        raise invalid(f"detail.EXTENSIONS[{index}].GUID", "missing")
    for guid, extension in store.extensions.items():
        if extension["telNum"] == sent["TEL_NUM"]:
            return guid
    raise missing(settings, "The extension", sent["TEL_NUM"])
