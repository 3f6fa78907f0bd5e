# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""mailbox.org in the matrix: as of the autumn of 2026, and as it was in 2022."""

from __future__ import annotations

from typing import Any

from ansible_collections.postmaster.comms.plugins.module_utils._systems.mailboxorg import SYSTEM
from tests.simulators import MailboxOrg, MailboxOrgSettings
from tests.simulators.mailboxorg.store import Mailbox, Store
from tests.unit.matrix.subjects import OBJECT, Server, Subject
from tests.unit.matrix.systems.mailboxorg import budgets, samples, states
from tests.unit.matrix.systems.mailboxorg.stores import KEEPERS, LISTS


class _Mailboxes(dict[str, Mailbox]):
    """Mailboxes that may use one-time passwords too, which starting ones may not."""

    def __setitem__(self, mail: str, mailbox: Mailbox) -> None:
        mailbox.possible_capabilities = sorted({*mailbox.possible_capabilities, "MAIL_OTP"})
        super().__setitem__(mail, mailbox)


def _prepare(store: Store) -> None:
    store.mailboxes = _Mailboxes(store.mailboxes)
    store.add_domain("second.example", "example", context_id="40001")
    store.add_domain("third.example", "example", context_id="40002")
    for each in store.accounts.values():
        each.fields["max_mailinglist"] = 20
    for name in ("example.net", "xn--bcher-kva.example"):
        for account in ("example", "other"):
            store.publish_ownership(account, name)


def _as_reseller(simulator: Any) -> dict[str, str]:
    """One login for accounts, domains and mailboxes alike; what levels are refused is tested elsewhere."""
    username, password = simulator.credentials("reseller")
    return {"api_username": username, "api_password": password}


def _today() -> MailboxOrg:
    return MailboxOrg(MailboxOrgSettings(enforce_levels=False))


def _of_2022() -> MailboxOrg:
    """Lists instead of maps, no pages, no batches, PHP's idea of types."""
    return MailboxOrg(
        MailboxOrgSettings(
            enforce_levels=False,
            batch="unsupported",
            null_members=True,
            extra_members=True,
            booleans="text",
            quotas="text",
            empty_maps="object",
            empty_text="null",
            plan_case="capital",
            allow_nets="text",
            birthday="german",
            deletion_date="datetime",
            account_list="objects",
            account_memo_clears=True,
            domain_context_id="absent",
            domain_list="full",
            mail_list_paging=False,
            capabilities="list",
        )
    )


_SWITCHES = {
    "booleans": ("bool", "int", "text"),
    "quotas": ("int", "text"),
    "empty_maps": ("list", "object"),
    "empty_text": ("text", "null"),
    "allow_nets": ("list", "text"),
    "birthday": ("as_given", "iso", "german", "datetime", "epoch"),
    "deletion_date": ("as_given", "iso", "german", "datetime", "epoch"),
    "account_list": ("names", "objects"),
    "domain_context_id": ("text", "int", "absent"),
}


def _count(store: Store) -> int:
    """Three things belong to each mailbox."""
    of_accounts = sum(len(each.mailinglists) + len(each.groups) for each in store.accounts.values())
    return len(store.accounts) + len(store.domains) + 4 * len(store.mailboxes) + of_accounts


SUBJECT = Subject(
    system=SYSTEM,
    servers=(
        Server(
            "mailbox.org 2026",
            "2026",
            _today,
            # An empty memo of an account was seen to keep the old one (mailboxorg.md 2.2).
            drops=(("account", "memo", ""),),
            login=_as_reseller,
            switches=_SWITCHES,
        ),
        Server(
            "mailbox.org 2022",
            "2022",
            _of_2022,
            refuses=tuple(("mailbox", f"capabilities.{name}", "inherit") for name in samples.CAPABILITIES),
            login=_as_reseller,
            keepers=LISTS,
            switches=_SWITCHES,
            ways=(OBJECT,),
        ),
    ),
    prepare=_prepare,
    fill=states.fill,
    count=_count,
    keepers=KEEPERS,
    budgets=budgets.BUDGETS,
    minimal=samples.MINIMAL,
    extra=budgets.EXTRA,
    named=samples.NAMED,
    companions=samples.COMPANIONS,
    apart=samples.APART,
    implied=samples.IMPLIED,
    appended=samples.APPENDED,
    removal={
        "account": {"allow_mail_loss": True},
        "mailbox": {"allow_mail_loss": True, "free_address": True},
        "mailing_list": {"allow_mail_loss": True},
    },
    dependent=samples.DEPENDENT,
    odd=states.ODD,
)
