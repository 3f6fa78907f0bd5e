# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules for incoming mail of the user who logs in (kerio_connect.md 4.2).

A rule is known by its description, since its id says nothing to anybody.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from typing import Any

from ..._core.errors import InvalidOption
from ..._core.fields import Choice, Flag, Integer, Text, filled
from ..._core.resource import Resource, Values
from .codecs import FLAG, words
from .filter_actions import ACTION_LIST
from .filter_conditions import CONDITION_LIST

MATCH = {"any": "EmAnyOf", "all": "EmAllOf"}
# What describes a rule, unless it was written as a script.
DEFINITION = ("match", "conditions", "actions")
# Set among the values of rules that have the same name.
AMBIGUOUS = "ambiguous"


def _complete(values: dict[str, Any]) -> dict[str, Any]:
    """An empty list might mean every message, or no rule at all."""
    if values.get("conditions") == []:
        raise InvalidOption("conditions", "is empty; for a rule about every message, write one with the field all")
    if values.get("actions") == []:
        raise InvalidOption("actions", "is empty; for a rule that does nothing, set enabled to false")
    return values


def _check(values: Values, current: Values | None) -> None:
    given = [name for name in DEFINITION if name in values]
    if current is not None and current.get("incomplete") and given:
        raise InvalidOption(
            given[0],
            "cannot be compared or changed, since the rule was written as a script; delete it first if this task is to "
            "describe it, or leave match, conditions and actions out",
        )


def _protected(values: Values) -> str | None:
    """Nothing could name these rules, so that nobody can have meant them."""
    if values.get(AMBIGUOUS):
        return "another rule has the same name, so that nothing tells them apart"
    return None if values["name"].strip() else "it has no name"


def _described(values: Values) -> Values:
    return {name: value for name, value in values.items() if name != "name"} if values.get(AMBIGUOUS) else values


FILTER = Resource(
    kind="filter",
    plural="filters",
    module="kerio_filter",
    summary="Manage the filter rules of a Kerio Connect user",
    description=(
        "Creates, changes, orders and deletes the rules for incoming mail of the user who logs in.",
        "Log in as the user; an administrator cannot do this for others.",
        "Options that are left out stay as they are on the server.",
        (
            "Rules are known by their names. Rules without a name, and rules that share one, are left alone: they are "
            "neither pruned nor part of a document, and a task that names one of several fails."
        ),
        (
            "The server keeps all rules as one list. Each change reads it anew, changes what is meant and nothing "
            "else, and is made again once when somebody else was faster."
        ),
        (
            "Rules that were written as a script can be switched, moved and deleted. What they do cannot be described "
            "by options, so documents leave it out, and the module puts a script back that the server lost."
        ),
    ),
    key=("name",),
    entangled=True,
    label="{name}",
    complete=_complete,
    check=_check,
    protected=_protected,
    described=_described,
    unproven=(
        "Whether a condition may have several values, and how they are combined then.",
        "How the server spells the folders that a rule files into.",
        (
            "How the server refuses a list that somebody else has changed meanwhile. After any refusal the list is "
            "read again."
        ),
        (
            "Whether the server keeps rules that were written as scripts when the list is written. They are read "
            "before and after."
        ),
    ),
    fields=(
        Text(
            "name",
            "Name of the rule, which the web client calls its description. Compared without regard to case.",
            "description",
            form=filled,
            immutable=True,
        ),
        Flag("enabled", "Whether the rule is applied.", "isEnabled", FLAG, on_create=True),
        Choice(
            "match",
            "Whether V(all) O(conditions) have to hold, or V(any) one of them.",
            "evaluationMode",
            words(MATCH),
            words=tuple(MATCH),
            on_create="all",
        ),
        CONDITION_LIST,
        ACTION_LIST,
        Integer(
            "position",
            "Place of the rule, from 1, in the order in which the server tries them. A new rule goes to the end when "
            "this is left out. Rules without a wished place keep their order between those that have one.",
            minimum=1,
            server_decides=True,
        ),
        Flag(
            "incomplete",
            "Whether conditions and actions do not describe the rule, since it was written as a script.",
            "isIncomplete",
            FLAG,
            read_only=True,
        ),
    ),
)
