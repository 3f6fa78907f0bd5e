# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the server checks when fields of an extension or a line are written (fact sheet kerio_operator.md 3.2, 3.3)."""

from __future__ import annotations

from tests.simulators.kerio_operator.dial_plan import check_free
from tests.simulators.kerio_operator.errors import exists, failed, missing
from tests.simulators.kerio_operator.methods import Context
from tests.simulators.kerio_operator.store import Entity
from tests.simulators.kerio_operator.structures import CODECS


def apply_to_group(context: Context, extension: Entity, part: Entity) -> None:
    """Write fields of an extension; the assignment to a user, which has its own place, last. Raises RpcError."""
    store = context.store
    if "telNum" in part and part["telNum"] != extension["telNum"]:
        check_free(context, part["telNum"])
    user_guid = part.get("userGuid")
    if user_guid is not None and user_guid not in store.users:
        raise missing(context.settings, "The user", user_guid)
    extension.update({name: value for name, value in part.items() if name != "userGuid"})
    if "userGuid" in part:
        store.assign(extension["guid"], None if user_guid is None else store.users[user_guid])


def apply_to_line(context: Context, line: Entity, part: Entity) -> None:
    """Write fields of a line. Raises RpcError 1000, 1001."""
    name = part.get("sipUsername", line["sipUsername"])
    if not name:
        raise failed("The SIP username is missing.")
    if context.settings.unique_sip_usernames:
        others = (other for _owner, other in context.store.lines() if other.get("guid") != line.get("guid"))
        if any(other["sipUsername"] == name for other in others):
            raise exists(context.settings, "The SIP username", name)
    line.update(part)
    if "selectedCodecs" in part:
        line["selectedCodecs"] = [_codec(codec, place) for place, codec in enumerate(part["selectedCodecs"], 1)]


def _codec(given: Entity, place: int) -> Entity:
    """A codec as it is kept; one that is sent without its place in the sequence has that of the list."""
    identifier = given.get("ID", "")
    if identifier not in CODECS:
        raise failed("There is no codec %1.", about=identifier)
    return {"ID": identifier, "SEQUENCE": given.get("SEQUENCE", place), "DESCRIPTION": CODECS[identifier]}
