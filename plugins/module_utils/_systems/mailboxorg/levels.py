# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may call what: the levels of logins, and those that the documentation names for each method (mailboxorg.md 1.3
and 7). It names levels one by one: a reseller, for instance, lacks rights that its customers have.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..._core.errors import AccessDenied

TITLE = "mailbox.org"
# Highest first.
ADMIN, RESELLER, ACCOUNT, DOMAIN, MAIL = ORDER = ("admin", "reseller", "account", "domain", "mail")

_DOWN_TO_RESELLER = (ADMIN, RESELLER)
_DOWN_TO_ACCOUNT = (ADMIN, RESELLER, ACCOUNT)
_DOWN_TO_DOMAIN = (ADMIN, RESELLER, ACCOUNT, DOMAIN)
_WITHOUT_RESELLER = (ADMIN, ACCOUNT, DOMAIN, MAIL)
METHODS: dict[str, tuple[str, ...]] = {
    "account.add": (RESELLER,),
    "account.del": _DOWN_TO_RESELLER,
    "account.list": _DOWN_TO_RESELLER,
    # Resellers only in 2022; since then an account was seen to change itself.
    "account.set": _DOWN_TO_ACCOUNT,
    "account.get": _DOWN_TO_ACCOUNT,
    "context.list": _DOWN_TO_ACCOUNT,
    "domain.add": _DOWN_TO_ACCOUNT,
    "domain.del": _DOWN_TO_ACCOUNT,
    "domain.list": _DOWN_TO_ACCOUNT,
    "domain.get": _DOWN_TO_DOMAIN,
    "domain.set": _DOWN_TO_DOMAIN,
    "mail.list": _DOWN_TO_DOMAIN,
    "mail.del": _DOWN_TO_DOMAIN,
    "mail.capabilities.set": _DOWN_TO_DOMAIN,
    # Younger than the list of levels; taken to be like its counterpart.
    "mail.capabilities.get": _DOWN_TO_DOMAIN,
    "mail.add": (ADMIN, ACCOUNT, DOMAIN),
    # Resellers are left out here too, and the levels of mail.vacation and group, which are younger, are not told.
    **dict.fromkeys(("mail.spamprotect.get", "mail.spamprotect.set"), _WITHOUT_RESELLER),
    **dict.fromkeys(("mail.blacklist.list", "mail.blacklist.add", "mail.blacklist.del"), _WITHOUT_RESELLER),
    **dict.fromkeys((f"mailinglist.{verb}" for verb in ("list", "get", "add", "set", "del")), (ADMIN, ACCOUNT)),
    # A group is that of an account, as its methods' parameters show.
    **dict.fromkeys((f"group.{verb}" for verb in ("list", "get", "add", "set", "del")), _DOWN_TO_ACCOUNT),
    "mail.get": ORDER,
    "mail.set": ORDER,
}
# Options that need more than their method does (mailboxorg.md 2.4 and 2.5: badges inside the tables).
OPTIONS: dict[str, dict[str, str]] = {
    "domain.set": {"context_id": ACCOUNT},
    "mail.set": dict.fromkeys(
        ("plan", "additional_mail_quota", "additional_cloud_quota", "active", "deletion_date"), DOMAIN
    ),
}


@dataclass
class Login:
    """Who is logged in: the name is given, the level is told by the server, and empty before that."""

    name: str
    level: str = ""

    def is_below(self, level: str) -> bool:
        """Whether the login has a known level that is lower."""
        return self.level in ORDER and ORDER.index(self.level) > ORDER.index(level)

    def may_call(self, method: str) -> bool:
        """Whether the login is at least of the lowest level that is named for a method; the server decides the rest."""
        return method not in METHODS or not self.is_below(METHODS[method][-1])

    def may_lack(self, method: str) -> bool:
        """Whether it is no surprise that the server refuses a method: where the documentation does not name the level,
        and for resellers, who lack rights of their customers."""
        return self.level not in METHODS.get(method, ()) or self.level == RESELLER


def refuse_below(login: Login, method: str, options: Iterable[str] = ()) -> None:
    """Raises AccessDenied for what the server is known to refuse to a login of this level, before it is sent."""
    if not login.may_call(method):
        raise _too_low(login, method, method, METHODS[method][-1])
    for name in options:
        needed = OPTIONS.get(method, {}).get(name)
        if needed is not None and login.is_below(needed):
            raise _too_low(login, method, f"{name} of {method}", needed)


def explanation(login: Login, method: str) -> str:
    """What to say of a refusal where the login's level is not among those that the documentation names."""
    named = METHODS.get(method, ())
    if not named or not login.level or login.level in named:
        return ""
    return (
        f"; the documentation of mailbox.org names the level {' or '.join(named)} for {method}, and "
        f"{login.name!r} has level {login.level}"
    )


def _too_low(login: Login, method: str, what: str, needed: str) -> AccessDenied:
    or_above = "" if METHODS[method] == (needed,) else " or above"
    return AccessDenied(
        f"{TITLE}: {what} needs a login of level {needed}{or_above}; {login.name!r} has level {login.level}",
        method=method,
    )
