# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What makes a filter rule acceptable (fact sheet kerio_connect.md 4.2)."""

from __future__ import annotations

from tests.simulators.framework.jsonrpc import RpcError
from tests.simulators.kerio_webmail.settings import KerioWebmailSettings
from tests.simulators.kerio_webmail.store import Entity

# Targets that compare nothing, and comparators that only sizes know.
WITHOUT_COMPARATOR = frozenset({"CtAttachment", "CtSpam", "CtAll"})
OF_SIZES = frozenset({"CcUnder", "CcOver"})
NUMBER_OF_PARAMETERS = {
    "FaAddHeader": 2,
    "FaSetHeader": 2,
    "FaRemoveHeader": 1,
    "FaAddRecipient": 1,
    "FaCopyToAddress": 1,
    "FaReject": 1,
    "FaFileInto": 1,
    "FaRedirect": 1,
    "FaDiscard": 0,
    "FaKeep": 0,
    "FaNotify": 3,
    "FaSetReadFlag": 0,
    "FaAutoReply": 1,
    "FaStop": 0,
}
OF_HEADERS = frozenset({"FaAddHeader", "FaSetHeader", "FaRemoveHeader"})


def check_rule(rule: Entity, folders: list[str], settings: KerioWebmailSettings, where: str) -> None:
    """Raises RpcError with the code of a switch; `folders`: those of the user, who alone may file into them."""
    if settings.rule_checks_code:
        problems = [
            *(_condition_problem(condition, settings) for condition in rule["conditions"]),
            *(_action_problem(action) for action in rule["actions"]),
        ]
        found = next(filter(None, problems), None)
        if found is not None:
            raise RpcError(settings.rule_checks_code, f"Invalid params. {where}: {found}.")
    if settings.missing_folder_code:
        targets = [action["parameters"][0] for action in rule["actions"] if action["type"] == "FaFileInto"]
        missing = next((target for target in targets if target not in folders), None)
        if missing is not None:
            raise RpcError(settings.missing_folder_code, "Folder %1 does not exist.", missing)


def _condition_problem(condition: Entity, settings: KerioWebmailSettings) -> str | None:
    target, comparator, values = condition["testedTarget"], condition["comparator"], condition["parameters"]
    if (target in WITHOUT_COMPARATOR) != (comparator == "CcNoComparator"):
        return f"{target} does not go with {comparator}"
    if comparator == "CcNoComparator":
        return f"{target} takes no parameters" if values else None
    if comparator in OF_SIZES and target != "CtSize":
        return f"{comparator} compares sizes only"
    if not values or (settings.condition_parameters == "one" and len(values) != 1):
        return f"{target} with {len(values)} parameters"
    if target == "CtSize" and not all(value.isascii() and value.isdecimal() for value in values):
        return "a size is a number of bytes"
    return None


def _action_problem(action: Entity) -> str | None:
    kind, values = action["type"], action["parameters"]
    if len(values) != NUMBER_OF_PARAMETERS[kind]:
        return f"{kind} takes {NUMBER_OF_PARAMETERS[kind]} parameters"
    if kind in OF_HEADERS:
        header = values[0].lower()
        if header.startswith("content-") or (kind == "FaRemoveHeader" and header == "received"):
            return f"{kind} must leave the header {values[0]} alone"
    return None
