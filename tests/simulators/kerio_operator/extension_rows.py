# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rows of Extensions.get: one for an extension with one line, else one for the group and one for each line.

Fact sheet kerio_operator.md 3.1 and 3.4.
"""

from __future__ import annotations

from tests.simulators.kerio_operator.settings import KerioOperatorSettings
from tests.simulators.kerio_operator.store import Entity, Store
from tests.simulators.kerio_operator.structures import LINE

SINGLE, ONE_OF_SEVERAL, GROUP_OF_LINES = 0, 1, 2
NOBODY = {"GUID": None, "USERNAME": "", "FULL_NAME": "", "EMAIL": ""}


def rows(store: Store, settings: KerioOperatorSettings) -> list[Entity]:
    owners = store.owners()
    found: list[Entity] = []
    for extension in store.extensions.values():
        shared = _shared(extension, owners.get(extension["guid"], NOBODY), settings)
        single = len(extension["lines"]) == 1
        if not single:
            # These rows have no sipUsername and no parentId: the members are missing, not null.
            found.append({"guid": extension["guid"], "lineType": GROUP_OF_LINES, **shared})
        for line in extension["lines"]:
            kind = SINGLE if single else ONE_OF_SEVERAL
            found.append({**_own(line, settings), "parentId": extension["guid"], "lineType": kind, **shared})
    return found


def _shared(extension: Entity, owner: Entity, settings: KerioOperatorSettings) -> Entity:
    """What all rows of an extension hold. The user's members keep their own style (fact sheet 2.4)."""
    row = {"telNum": extension["telNum"], "description": extension["description"]}
    row |= {name: owner[name] for name in ("USERNAME", "FULL_NAME", "EMAIL")}
    if settings.extension_rows == "full":
        row |= {name: extension[name] for name in ("callPermission", "recordInbound", "recordOutbound")}
        row["userGuid"] = owner["GUID"]
    return row


def _own(line: Entity, settings: KerioOperatorSettings) -> Entity:
    row = {"guid": line["guid"], "sipUsername": line["sipUsername"], "sipStatus": {"registered": line["registered"]}}
    if settings.extension_rows == "full":
        row |= {name: line[name] for name in LINE.members if name != "sipPassword"}
    if settings.secrets_in_rows:
        row["sipPassword"] = line["sipPassword"]
    return row
