# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a method of the API is, who may call it, and what it is handed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.simulators.framework.clock import Clock
from tests.simulators.mailboxorg.errors import denied, invalid_session, missing_parameter, not_found
from tests.simulators.mailboxorg.logins import LEVELS, Login
from tests.simulators.mailboxorg.parameters import Param
from tests.simulators.mailboxorg.sessions import Sessions
from tests.simulators.mailboxorg.settings import MailboxOrgSettings
from tests.simulators.mailboxorg.store import Account, Domain, Mailbox, Store

# Sets of levels that several methods share (fact sheet mailboxorg.md 7). "reseller" lacks some rights of its customers.
ANYBODY = frozenset(LEVELS)
ALL_BUT_FTP = frozenset({"admin", "reseller", "account", "domain", "mail"})
DOWN_TO_DOMAIN = frozenset({"admin", "reseller", "account", "domain"})
DOWN_TO_ACCOUNT = frozenset({"admin", "reseller", "account"})
DOWN_TO_RESELLER = frozenset({"admin", "reseller"})
NO_RESELLER = frozenset({"admin", "account", "domain", "mail"})
NO_RESELLER_DOMAIN = frozenset({"admin", "account", "domain"})
NO_RESELLER_ACCOUNT = frozenset({"admin", "account"})


@dataclass
class Context:
    """What a method works with. `login` is None only in methods that need none."""

    store: Store
    settings: MailboxOrgSettings
    sessions: Sessions
    clock: Clock
    auth_text: str | None
    login: Login | None

    @property
    def level(self) -> str:
        """The level that counts: without enforcement, everybody has the rights of the account."""
        level = self.login.level if self.login else "ftp"
        return "account" if level in ("domain", "mail") and not self.settings.enforce_levels else level

    def folded(self, name: str) -> str:
        return name.lower() if self.settings.fold_case else name

    # Objects that the caller names: raise ApiError when there is none, or when it is somebody else's.

    def account(self, name: str) -> Account:
        account = self.store.accounts.get(name)
        if account is None:
            raise not_found(f"The account {name}")
        if not self.reaches_account(account):
            raise denied(self.settings.foreign_code)
        return account

    def own_account(self, name: str | None) -> Account:
        """The account named, or the caller's when none is."""
        own = self.login.account if self.login else ""
        if name is None and not own:
            raise missing_parameter("account")
        return self.account(own if name is None else name)

    def domain(self, name: str) -> Domain:
        domain = self.store.domains.get(self.folded(name))
        if domain is None:
            raise not_found(f"The domain {name}")
        if not self.reaches_domain(domain):
            raise denied(self.settings.foreign_code)
        return domain

    def mailbox(self, mail: str) -> Mailbox:
        box = self.store.mailboxes.get(self.folded(mail))
        if box is None:
            raise not_found(f"The mailbox {mail}")
        if not self.reaches_mailbox(box):
            raise denied(self.settings.foreign_code)
        return box

    def reaches_account(self, account: Account) -> bool:
        if self.login is None:
            return False
        if self.level == "reseller" and account.owner == self.login.account:
            return True
        return self.level == "admin" or (self.level in ("reseller", "account") and account.name == self.login.account)

    def reaches_domain(self, domain: Domain) -> bool:
        if self.level == "domain" and self.login is not None:
            return domain.name == self.login.domain
        return self.reaches_account(self.store.accounts[domain.account])

    def reaches_mailbox(self, box: Mailbox) -> bool:
        if self.level == "mail" and self.login is not None:
            return box.mail == self.login.mail
        return self.reaches_domain(self.store.domains[box.domain])


@dataclass(frozen=True)
class Method:
    """call(context, params) -> result; `params` are checked and cleaned before.

    needs_login: "no", "practice" (the documentation leaves it open, in practice a login is needed) or "yes".
    """

    call: Callable[[Context, dict[str, Any]], Any]
    levels: frozenset[str]
    params: Mapping[str, Param] = field(default_factory=dict)
    is_write: bool = False
    needs_login: Literal["no", "practice", "yes"] = "yes"


def check_access(context: Context, method: Method) -> None:
    """Raises ApiError 253 for a session that is gone, and what the settings say for a missing one or a low level."""
    settings = context.settings
    if method.needs_login == "no" or (method.needs_login == "practice" and settings.anonymous == "docs"):
        return
    if not context.auth_text:
        raise denied(settings.missing_header_code)
    if context.login is None:
        raise invalid_session()
    if settings.enforce_levels and context.level not in method.levels:
        raise denied(settings.wrong_level_code)
