# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Interface Filters: the rules of the user who is logged in (fact sheet kerio_connect.md 4.2)."""

from __future__ import annotations

import copy
from typing import Any

from tests.simulators.framework.jsonrpc import RpcError
from tests.simulators.kerio_web.wire_types import INT, KID, ListOf, invalid, zero
from tests.simulators.kerio_webmail import stamps
from tests.simulators.kerio_webmail.methods import Context, Method
from tests.simulators.kerio_webmail.rule_checks import check_rule
from tests.simulators.kerio_webmail.script import script_of
from tests.simulators.kerio_webmail.settings import KerioWebmailSettings
from tests.simulators.kerio_webmail.store import Account, Entity
from tests.simulators.kerio_webmail.structures import FILTER_ACTION, FILTER_CONDITION, FILTER_RAW_RULE, FILTER_RULE

# Members that make up what a rule does, and therefore its script.
DEFINITION = ("conditions", "actions", "evaluationMode")


def get(context: Context, _params: dict[str, Any]) -> dict[str, Any]:
    account = context.caller
    rows = copy.deepcopy(account.filters)
    if context.settings.extra_members:
        for row in rows:
            row["x9SinceNewerRelease"] = {"isEnabled": True}
    return {"dataStamp": account.data_stamp, "filters": rows}


def set_(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    """Replaces all rules: what is not in the list is gone, and its order is the order in which they are tried."""
    account, settings = context.caller, context.settings
    stamps.check(account, params["currentDataStamp"], settings)
    old = {rule["id"]: rule for rule in account.filters}
    rules, scripts = [], {}
    for index, given in enumerate(params["filters"]):
        where = f"filters[{index}]"
        before = old.pop(given.get("id", ""), None)
        if before is None and given.get("id") and settings.unknown_filter_id == "refuse":
            raise _missing(settings, given["id"])
        rule = _completed(given, before, settings, where)
        check_rule(rule, account.folders, settings, where)
        rule["id"] = _id_after_set(context, account, before, index)
        script = account.scripts.get(before["id"]) if before else None
        if script is not None and settings.script_in_set == "kept" and not (rule["conditions"] or rule["actions"]):
            scripts[rule["id"]] = script
            rule["isIncomplete"] = True
        rules.append(rule)
    _check_descriptions(rules, settings)
    account.filters, account.scripts = rules, scripts
    return {"newDataStamp": stamps.advance(account, settings)}


def _completed(given: Entity, before: Entity | None, settings: KerioWebmailSettings, where: str) -> Entity:
    """A whole rule from what a client sent. Raises RpcError -32602 for a condition or action that does not say what."""
    base = before if before is not None and settings.rule_member_left_out == "kept" else zero(FILTER_RULE)
    rule = {**copy.deepcopy(base), **given}
    for condition in given.get("conditions", []):
        if not {"testedTarget", "comparator"} <= condition.keys():
            raise invalid(f"{where}.conditions", "testedTarget and comparator are needed")
    for action in given.get("actions", []):
        if "type" not in action:
            raise invalid(f"{where}.actions", "type is needed")
    rule["conditions"] = [{**zero(FILTER_CONDITION), **condition} for condition in rule["conditions"]]
    rule["actions"] = [{**zero(FILTER_ACTION), **action} for action in rule["actions"]]
    if settings.is_incomplete == "computed":
        rule["isIncomplete"] = not (rule["conditions"] and rule["actions"])
    return rule


def _id_after_set(context: Context, account: Account, before: Entity | None, index: int) -> str:
    if context.settings.filter_ids == "position":
        return str(index + 1)
    if context.settings.filter_ids == "kept" and before is not None:
        return str(before["id"])
    return context.store.new_id("filter", account.domain)


def _check_descriptions(rules: list[Entity], settings: KerioWebmailSettings) -> None:
    if not settings.duplicate_descriptions_code:
        return
    seen = set()
    for rule in rules:
        if rule["description"] in seen:
            raise RpcError(settings.duplicate_descriptions_code, "Rule %1 already exists.", rule["description"])
        seen.add(rule["description"])


# The raw form: a script in place of conditions and actions.


def generate_rule(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    """What a rule would be in raw form; nothing is stored."""
    rule = _completed(params["pattern"], None, context.settings, "pattern")
    check_rule(rule, context.caller.folders, context.settings, "pattern")
    return {"rule": _raw(context, rule, script_of(rule))}


def get_by_id(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    account = context.caller
    stamps.check(account, params["currentDataStamp"], context.settings)
    rule = account.filters[_place(context, account, params["id"])]
    return {"rule": _raw(context, rule, account.scripts.get(rule["id"]) or script_of(rule))}


def set_by_id(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    """Changes one rule. A script that this server has not made stays a script: the rule is incomplete from then on."""
    account, given = context.caller, params["rule"]
    stamps.check(account, params["currentDataStamp"], context.settings)
    rule = _addressed(context, account, given.get("id", ""))
    rule.update({name: given[name] for name in ("isEnabled", "description") if name in given})
    script = given.get("script")
    if script is not None and script != (account.scripts.get(rule["id"]) or script_of(rule)):
        understood = context.store.understood.get(script)
        rule.update(copy.deepcopy(understood) if understood else {name: zero_of(name) for name in DEFINITION})
        rule["isIncomplete"] = understood is None
        account.scripts.pop(rule["id"], None)
        if understood is None:
            account.scripts[rule["id"]] = script
    return {"newDataStamp": stamps.advance(account, context.settings)}


def _addressed(context: Context, account: Account, rule_id: str) -> Entity:
    """The rule to change: that of the id, or a new one at the end where the server takes it so."""
    known = any(rule["id"] == rule_id for rule in account.filters)
    if known or context.settings.raw_rule_without_id == "refuse":
        return account.filters[_place(context, account, rule_id)]
    rule: Entity = {**zero(FILTER_RULE), "id": _id_after_set(context, account, None, len(account.filters))}
    account.filters.append(rule)
    return rule


def _raw(context: Context, rule: Entity, script: str) -> Entity:
    if not rule["isIncomplete"]:
        context.store.understood[script] = copy.deepcopy({name: rule[name] for name in DEFINITION})
    return {**{name: rule[name] for name in ("id", "isEnabled", "description")}, "script": script}


def zero_of(name: str) -> Any:
    return zero(FILTER_RULE.members[name].type)


def _place(context: Context, account: Account, rule_id: str) -> int:
    for index, rule in enumerate(account.filters):
        if rule["id"] == rule_id:
            return index
    raise _missing(context.settings, rule_id)


def _missing(settings: KerioWebmailSettings, rule_id: str) -> RpcError:
    return RpcError(settings.missing_code, "Rule %1 does not exist.", rule_id)


METHODS = {
    "Filters.get": Method(get),
    "Filters.set": Method(set_, {"currentDataStamp": INT, "filters": ListOf(FILTER_RULE)}, is_write=True),
    "Filters.getById": Method(get_by_id, {"currentDataStamp": INT, "id": KID}),
    "Filters.setById": Method(set_by_id, {"currentDataStamp": INT, "rule": FILTER_RAW_RULE}, is_write=True),
    "Filters.generateRule": Method(generate_rule, {"pattern": FILTER_RULE}),
}
