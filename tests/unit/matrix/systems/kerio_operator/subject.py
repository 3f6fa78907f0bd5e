# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kerio Operator in the matrix: its rows as they were seen, and rows that tell everything in other forms."""

from __future__ import annotations

from ansible_collections.postmaster.comms.plugins.module_utils._systems.kerio_operator import SYSTEM
from tests.simulators import KerioOperator, KerioOperatorSettings
from tests.simulators.kerio_operator.store import Store
from tests.unit.matrix.subjects import OBJECT, Server, Subject
from tests.unit.matrix.systems.kerio_operator import budgets, samples, states
from tests.unit.matrix.systems.kerio_operator.stores import KEEPERS

_SWITCHES = {
    "ids": ("number", "text"),
    "booleans": ("mixed", "numbers", "json"),
    "no_extensions": ("list", "null"),
    "number_order": ("text", "number"),
}
# kerio_operator.md 3.4 and 4.1.
_SEEN_IN_ROWS = frozenset(
    {
        ("extension", "number"),
        ("extension", "description"),
        ("extension", "user"),
        ("extension", "sip_username"),
        ("extension", "lines.sip_username"),
        ("user", "name"),
        ("user", "full_name"),
        ("user", "email"),
        ("user", "enabled"),
        ("user", "extensions.number"),
    }
)


def _prepare(store: Store) -> None:
    for number in ("301", "302"):
        store.add_extension(number, description="Nobody's")


def _full() -> KerioOperator:
    """Everything that nobody has seen, in the other one of its plausible forms."""
    return KerioOperator(
        KerioOperatorSettings(
            extension_rows="full",
            user_rows="full",
            ids="text",
            booleans="numbers",
            no_extensions="null",
            error_codes="generic",
            create_errors="per_item",
            next_number_reply="bare",
            create_reply="group_only",
            set_reply="true",
            remove_reply="null",
            remove_params="guid",
            user_create_reply="empty",
            users_set_params="guid",
            users_remove_params="guid",
            other_fields="refuse",
            unknown_member="refuse",
            extension_entries="replace",
            entry_by_number="refuse",
        )
    )


SUBJECT = Subject(
    system=SYSTEM,
    servers=(
        Server("Operator seen", "by guids", KerioOperator, tells=_SEEN_IN_ROWS, switches=_SWITCHES),
        Server("Operator full", "by guid", _full, switches=_SWITCHES, ways=(OBJECT,)),
    ),
    prepare=_prepare,
    fill=states.fill,
    count=lambda store: len(store.users) + len(store.extensions),
    keepers=KEEPERS,
    budgets=budgets.BUDGETS,
    minimal=samples.MINIMAL,
    extra=budgets.EXTRA,
    named=samples.NAMED,
    apart=samples.APART,
    instead=samples.INSTEAD,
    entries=samples.ENTRIES,
    stand_ins=samples.STAND_INS,
    removal={"user": {"allow_mail_loss": True}},
    # Several lines describe an extension alone, and their names are unique.
    dependent=frozenset(
        {("extension", "sip_username"), *(("extension", f"lines.{name}") for name in samples.LINE_OPTIONS)}
    ),
    odd=states.ODD,
)
