# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Email Management API in the matrix: its own dialect in three profiles, and mailcow's."""

from __future__ import annotations

from typing import Any

from ansible_collections.postmaster.comms.plugins.module_utils._systems.mail import SYSTEM
from tests.simulators import Mailcow, MailRest
from tests.simulators.mail_engine import Domain, MailStore
from tests.simulators.mail_rest.settings import PROFILES
from tests.unit.matrix.states import IDN_DOMAIN
from tests.unit.matrix.subjects import ANY, CONFIG, OBJECT, Server, Subject
from tests.unit.matrix.systems.mail import budgets, samples, states
from tests.unit.matrix.systems.mail.stores import KEEPERS

_NOT_IN_REST = frozenset(
    (kind, name)
    for kind, names in {
        "domain": (
            "relay_all_recipients",
            "relay_unknown_only",
            "relay_host",
            "gal",
            "rate_limit",
            "tags",
            "dkim_key_size",
            "dkim_selector",
            "template",
            "restart_sogo",
        ),
        "mailbox": (
            "auth_source",
            "force_tfa",
            "sogo_access",
            "protocol_access",
            "quarantine_notification",
            "quarantine_category",
            "relay_host",
        ),
    }.items()
    for name in names
)
# A mailbox's name is never emptied (mail_api.md 2.8).
_KEEPS_NAMES = (("mailbox", "name", ""),)
# The same of an alias limit of none.
_KEEPS_LIMIT = ("domain", "max_aliases", 0)
_KEEPS_TLS = tuple(("mailbox", name, ANY) for name in ("tls_enforce_in", "tls_enforce_out"))


class _Domains(dict[str, Domain]):
    """Domains whose DKIM keys go with them. A real server keeps these, so that only the first domain of a name gets the
    key that is asked for.
    """

    def __init__(self, store: MailStore) -> None:
        super().__init__(store.domains)
        self._keys = store.dkim_keys

    def pop(self, name: str, *default: Any) -> Any:
        self._keys.pop(name, None)
        return super().pop(name, *default)


def _prepare(store: MailStore) -> None:
    store.domains = _Domains(store)
    name = IDN_DOMAIN.encode("idna").decode()
    store.add_domain(name, mailboxes=100, maxquota=10240, quota=102400)


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
        _rest("thin", (*_KEEPS_NAMES, *_KEEPS_TLS, _KEEPS_LIMIT), ways=(OBJECT,)),
        _rest("strict", ways=(OBJECT,)),
        Server(
            "mailcow",
            "mailcow",
            Mailcow,
            drops=_KEEPS_NAMES,
            # Which is known of mailcow, so that it is not tried.
            refuses=(_KEEPS_LIMIT,),
            connection={"api_dialect": "mailcow"},
            switches={"flags_as": ("number", "text")},
        ),
    ),
    prepare=_prepare,
    fill=states.fill,
    count=lambda store: sum(len(each) for each in (store.domains, store.mailboxes, store.aliases, store.syncjobs)),
    keepers=KEEPERS,
    budgets=budgets.BUDGETS,
    minimal=samples.MINIMAL,
    extra=budgets.EXTRA,
    named=samples.NAMED,
    apart=samples.APART,
    implied=samples.IMPLIED,
    removal={"mailbox": {"allow_mail_loss": True}},
    costly=samples.COSTLY,
    dependent=samples.DEPENDENT,
    odd=states.ODD,
)
