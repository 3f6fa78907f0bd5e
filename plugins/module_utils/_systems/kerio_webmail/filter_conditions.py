# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a rule looks at in a message, in the user's words and in the server's (kerio_connect.md 4.2).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..._core.fields import Choice, Codec, TextList, filled
from ..._core.sizes import format_size, parse_size
from ..._core.structures import StructList

TEXTS = {
    "from": "CtFrom",
    "to": "CtTo",
    "cc": "CtCc",
    "subject": "CtSubject",
    "recipient": "CtRecipient",
    "sender": "CtSender",
    "envelope_sender": "CtEnvelopeSender",
    "envelope_recipient": "CtEnvelopeRecipient",
}
SIZES = {"size": "CtSize"}
# What is so or not, and is compared with nothing.
FACTS = {"attachment": "CtAttachment", "spam": "CtSpam", "all": "CtAll"}
TARGETS = {**TEXTS, **SIZES, **FACTS}

OF_TEXTS = {"is": "CcEqual", "is_not": "CcNotEqual", "contains": "CcContain", "does_not_contain": "CcNotContain"}
OF_SIZES = {"under": "CcUnder", "over": "CcOver"}
OPERATORS = {**OF_TEXTS, **OF_SIZES}
OF_FACTS = "CcNoComparator"

_FIELDS = {wire: word for word, wire in TARGETS.items()}
_OPERATORS = {wire: word for word, wire in OPERATORS.items()}


def _fitting(entry: dict[str, Any]) -> dict[str, Any]:
    """One condition whose members fit together. Raises ValueError."""
    field = entry.get("field")
    if field is None:
        raise ValueError("field is needed: what the condition looks at")
    operator, values = entry.get("operator"), entry.get("value") or []
    if field in FACTS:
        if operator is not None or values:
            raise ValueError(f"{field} is compared with nothing; leave operator and value out")
        return {"field": field}
    fitting = OF_SIZES if field in SIZES else OF_TEXTS
    if operator not in fitting:
        raise ValueError(f"operator {operator} does not go with {field}; use one of {', '.join(fitting)}")
    if not values:
        raise ValueError(f"value is needed: what {field} is compared with")
    return {**entry, "value": [_size(values)] if field in SIZES else values}


def _size(values: list[str]) -> str:
    if len(values) != 1:
        raise ValueError("size is compared with one value")
    return format_size(parse_size(values[0]))


def _read(condition: Any) -> Any:
    """A condition in the user's words; one that these cannot say stays as the server has it."""
    if not isinstance(condition, Mapping):
        return {"unknown": condition}
    field, comparator = _FIELDS.get(str(condition.get("testedTarget"))), condition.get("comparator")
    values = [str(value) for value in condition.get("parameters") or []]
    if field in FACTS and comparator == OF_FACTS and not values:
        return {"field": field}
    if field is None or field in FACTS or comparator not in _OPERATORS:
        return dict(condition)
    if field in SIZES and all(value.isascii() and value.isdigit() for value in values):
        values = [format_size(int(value)) for value in values]
    return {"field": field, "operator": _OPERATORS[comparator], "value": values}


def _write(condition: Mapping[str, Any]) -> dict[str, Any]:
    field, values = condition["field"], condition.get("value", [])
    return {
        "testedTarget": TARGETS[field],
        "comparator": OPERATORS[condition["operator"]] if "operator" in condition else OF_FACTS,
        "parameters": [str(parse_size(value)) for value in values] if field in SIZES else values,
    }


CONDITION_LIST = StructList(
    "conditions",
    "What a message has to be like, as a whole list. O(match) says whether one condition is enough.",
    "conditions",
    Codec(lambda found: [_read(each) for each in found], lambda wished: [_write(each) for each in wished]),
    required_on_create=True,
    form=_fitting,
    fields=(
        Choice(
            "field",
            "What the condition looks at, needed in each: a header (V(from), V(to), V(cc), V(subject), V(sender), or "
            "V(recipient) for To and Cc together), the sender or a recipient of the delivery (V(envelope_sender), "
            "V(envelope_recipient)), the V(size), whether there is an V(attachment) or the message was found to be "
            "V(spam), or V(all) for every message.",
            words=tuple(TARGETS),
        ),
        Choice(
            "operator",
            "How it is compared: texts with V(is), V(is_not), V(contains) or V(does_not_contain), a size with "
            "V(under) or V(over). Left out with V(attachment), V(spam) and V(all).",
            words=tuple(OPERATORS),
        ),
        TextList(
            "value",
            "What it is compared with: texts, or one size such as V(5M). Left out with V(attachment), V(spam) and "
            "V(all).",
            form=filled,
        ),
    ),
)
