# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Email Management API in the matrix: its own dialect in three profiles, and mailcow's."""

from __future__ import annotations

from ansible_collections.postmaster.comms.plugins.module_utils._systems.mail import SYSTEM
from tests.simulators import Mailcow, MailRest
from tests.simulators.mail_engine import Domain, MailStore
from tests.simulators.mail_rest.settings import PROFILES
from tests.unit.matrix.states import IDN_DOMAIN
from tests.unit.matrix.subjects import ANY, CONFIG, OBJECT, Server, Subject
from tests.unit.matrix.systems.mail import budgets, samples, states
from tests.unit.matrix.systems.mail.stores import KEEPERS

_NOT_IN_REST = frozenset(
    ("mailbox", name)
    for name in (
        "auth_source",
        "force_tfa",
        "sogo_access",
        "protocol_access",
        "quarantine_notification",
        "quarantine_category",
        "relay_host",
    )
)
# A mailbox's name is never emptied (mail_api.md 2.8).
_KEEPS_NAMES = (("mailbox", "name", ""),)
_KEEPS_TLS = tuple(("mailbox", name, ANY) for name in ("tls_enforce_in", "tls_enforce_out"))


def _prepare(store: MailStore) -> None:
    name = IDN_DOMAIN.encode("idna").decode()
    store.domains[name] = Domain(name, mailboxes=100, maxquota=10240, quota=102400)


def _rest(
    profile: str, drops: tuple[tuple[str, str, object], ...] = (), ways: tuple[str, ...] = (OBJECT, CONFIG)
) -> Server:
    return Server(
        f"REST {profile}",
        "rest",
        lambda: MailRest(PROFILES[profile]),
        lacks=_NOT_IN_REST,
        drops=drops,
        ways=ways,
        connection={"api_dialect": "rest"},
        switches={"bool_read": ("json", "int", "string", "mixed"), "goto_read": ("text", "array")},
    )


SUBJECT = Subject(
    system=SYSTEM,
    servers=(
        _rest("documented"),
        _rest("thin", (*_KEEPS_NAMES, *_KEEPS_TLS), ways=(OBJECT,)),
        _rest("strict", ways=(OBJECT,)),
        Server(
            "mailcow",
            "mailcow",
            Mailcow,
            drops=_KEEPS_NAMES,
            connection={"api_dialect": "mailcow"},
            switches={"flags_as": ("number", "text")},
        ),
    ),
    prepare=_prepare,
    fill=states.fill,
    count=lambda store: len(store.mailboxes) + len(store.aliases),
    keepers=KEEPERS,
    budgets=budgets.BUDGETS,
    minimal=samples.MINIMAL,
    extra=budgets.EXTRA,
    named=samples.NAMED,
    apart=samples.APART,
    implied=samples.IMPLIED,
    removal={"mailbox": {"allow_mail_loss": True}},
    dependent=frozenset({("alias", "action"), ("mailbox", "force_pw_update"), ("mailbox", "auth_source")}),
    odd=states.ODD,
)
