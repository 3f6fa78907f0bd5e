# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kerio Connect's client interface in the matrix: what belongs to the user who logs in."""

from __future__ import annotations

from ansible_collections.postmaster.comms.plugins.module_utils._systems.kerio_webmail import SYSTEM
from tests.simulators import KerioWebmail, KerioWebmailSettings
from tests.simulators.kerio_webmail.store import Store
from tests.unit.matrix.subjects import Server, Subject
from tests.unit.matrix.systems.kerio_webmail import budgets, samples, states
from tests.unit.matrix.systems.kerio_webmail.stores import KEEPERS, OWNER


def _strict() -> KerioWebmail:
    """What is not sent is lost, and whatever a server may do to times, texts and ids is done."""
    return KerioWebmail(
        KerioWebmailSettings(
            out_of_office_left_out="default",
            rule_member_left_out="default",
            duplicate_descriptions_code=1001,
            reversed_range_code=1000,
            out_of_office_moves_stamp=True,
            stamps="large",
        )
    )


def _prepare(store: Store) -> None:
    """Nothing: rules name folders and addresses that nobody looks up."""


SUBJECT = Subject(
    system=SYSTEM,
    servers=(
        Server(
            "Kerio webmail",
            "kerio_webmail",
            _strict,
            switches={
                "unset_time": ("", "19700101T000000+0000"),
                "time_zone": ("as_sent", "utc", "server"),
                "filter_ids": ("kept", "new", "position"),
            },
        ),
    ),
    prepare=_prepare,
    fill=states.fill,
    # The one reply, and the rules that have a name of their own.
    count=lambda store: 1 + len(store.filters_of(OWNER)),
    keepers=KEEPERS,
    budgets=budgets.BUDGETS,
    minimal=samples.MINIMAL,
    extra=budgets.EXTRA,
    named=samples.NAMED,
    apart=samples.APART,
    # A place among the others, and two ends that have to fit.
    dependent=frozenset({("filter", "position"), ("out_of_office", "start"), ("out_of_office", "end")}),
    odd=states.ODD,
)
