# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the simulated client interface keeps each value (kerio_connect.md 4.1, 4.2 and appendix B2, B3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tests.simulators.kerio_web.wire_types import zero
from tests.simulators.kerio_webmail.store import Entity, Store
from tests.simulators.kerio_webmail.structures import OUT_OF_OFFICE as OUT_OF_OFFICE_SETTINGS
from tests.unit.matrix.stores import Keeper, Place, as_json, plain, words

# Who logs in.
OWNER = "alice"
_RANGE = ("isTimeRangeEnabled", "timeRangeStart", "timeRangeEnd")

_FIELDS = {
    "CtFrom": "from",
    "CtTo": "to",
    "CtCc": "cc",
    "CtSubject": "subject",
    "CtRecipient": "recipient",
    "CtSender": "sender",
    "CtEnvelopeSender": "envelope_sender",
    "CtEnvelopeRecipient": "envelope_recipient",
    "CtSize": "size",
    "CtAttachment": "attachment",
    "CtSpam": "spam",
    "CtAll": "all",
}
_OPERATORS = {
    "CcEqual": "is",
    "CcNotEqual": "is_not",
    "CcContain": "contains",
    "CcNotContain": "does_not_contain",
    "CcUnder": "under",
    "CcOver": "over",
    "CcNoComparator": None,
}
_ACTIONS = {
    "FaFileInto": "file_into",
    "FaRedirect": "redirect",
    "FaCopyToAddress": "copy_to",
    "FaAddRecipient": "add_recipient",
    "FaKeep": "keep",
    "FaDiscard": "discard",
    "FaReject": "reject",
    "FaAutoReply": "auto_reply",
    "FaNotify": "notify",
    "FaAddHeader": "add_header",
    "FaSetHeader": "set_header",
    "FaRemoveHeader": "remove_header",
    "FaSetReadFlag": "mark_read",
    "FaStop": "stop",
}


def _conditions(value: list[Entity], _store: Any) -> list[tuple[Any, ...]]:
    """(field, operator, parameters), sizes in bytes as text."""
    return [(_FIELDS[row["testedTarget"]], _OPERATORS[row["comparator"]], row["parameters"]) for row in value]


def _actions(value: list[Entity], _store: Any) -> list[tuple[Any, ...]]:
    """(type, parameters)."""
    return [(_ACTIONS[row["type"]], row["parameters"]) for row in value]


def _rule(store: Store, key: Mapping[str, Any]) -> Entity | None:
    """With its place in the list."""
    for place, rule in enumerate(store.filters_of(OWNER), start=1):
        if rule["description"].lower() == key["name"].lower():
            return {**rule, "place": place}
    return None


def _rest(store: Store, own: Any) -> str:
    """The other rules in their order; every change moves the stamp."""
    accounts = {
        account.name: {**vars(account), "data_stamp": 0, "filters": _others(account.filters, own)}
        for account in store.accounts.values()
    }
    return as_json({**vars(store), "accounts": accounts})


def _others(rules: list[Entity], own: Any) -> list[Entity]:
    return [rule for rule in rules if own is None or rule["id"] != own["id"]]


FILTER = Keeper(
    find=_rule,
    raw=lambda _store, rule: rule,
    rest=_rest,
    places={
        ("name",): plain("description"),
        ("enabled",): plain("isEnabled"),
        ("match",): Place(("evaluationMode",), words(any="EmAnyOf", all="EmAllOf")),
        ("conditions",): Place(("conditions",), _conditions),
        ("actions",): Place(("actions",), _actions),
        ("position",): plain("place"),
    },
    # The place of a new rule depends on how many there are.
    defaults={("enabled",): True, ("match",): "all"},
)


def _reply(store: Store, _key: Mapping[str, Any]) -> Entity:
    return store.out_of_office_of(OWNER)


def _without_reply(store: Store, _own: Any) -> str:
    """The stamp of the rules may move along."""
    accounts = {
        account.name: {
            **vars(account),
            "data_stamp": 0,
            "out_of_office": None if account.name == OWNER else account.out_of_office,
        }
        for account in store.accounts.values()
    }
    return as_json({**vars(store), "accounts": accounts})


def _moment(name: str) -> Place:
    """Seconds since 1970; empty while there is no range of time."""

    def read(value: Entity, _store: Any) -> Any:
        if not value["isTimeRangeEnabled"]:
            return ""
        return datetime.strptime(value[name], "%Y%m%dT%H%M%S%z").timestamp()

    return Place(("range",), read)


def _with_range(_store: Store, reply: Entity) -> Entity:
    """The ends of the range count as one with the flag that says whether there is a range."""
    others = {name: value for name, value in reply.items() if name not in _RANGE}
    return {**others, "range": {name: reply[name] for name in _RANGE}}


OUT_OF_OFFICE = Keeper(
    find=_reply,
    raw=_with_range,
    rest=_without_reply,
    places={
        ("enabled",): plain("isEnabled"),
        ("text",): plain("text"),
        ("start",): _moment("timeRangeStart"),
        ("end",): _moment("timeRangeEnd"),
    },
    renew=lambda reply: reply.update(zero(OUT_OF_OFFICE_SETTINGS)),
    defaults={("enabled",): False, ("text",): "", ("start",): "", ("end",): ""},
)
KEEPERS = {"filter": FILTER, "out_of_office": OUT_OF_OFFICE}
