# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sessions and other methods that concern no object (fact sheet mailboxorg.md 2.1)."""

from __future__ import annotations

import re
from typing import Any

from tests.simulators.mailboxorg import logins, passwords
from tests.simulators.mailboxorg.errors import denied
from tests.simulators.mailboxorg.methods import ALL_BUT_FTP, ANYBODY, Context, Method
from tests.simulators.mailboxorg.parameters import ADDRESS, DOMAIN, choice, flag, needed, optional, text

# The real rules of utils.validator are unknown; these are ours.
VALIDATORS = {
    "hostname": DOMAIN,
    "domain": DOMAIN,
    "mailhost": DOMAIN,
    "mail": ADDRESS,
    "account": re.compile(r"[A-Za-z0-9._-]{2,64}"),
    "user": re.compile(r"[A-Za-z0-9@._-]{2,128}"),
    "contextid": re.compile(r"\d+"),
    "memo": re.compile(r".*", re.DOTALL),
    "name": re.compile(r"[^<>]+"),
}


def auth(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    login = logins.check(context.store, params["user"], params["pass"])
    if login is None:
        raise denied()
    result = {"session": context.sessions.open(login).text, "level": login.level}
    return {**result, "_info": "v4"} if context.settings.extra_members else result


def deauth(context: Context, _params: dict[str, Any]) -> bool:
    context.sessions.close(context.auth_text or "")
    return True


def world(_context: Context, _params: dict[str, Any]) -> str:
    return "Hello World!"


def inner_world(_context: Context, _params: dict[str, Any]) -> str:
    return "Hello Inner-World!"


def search(context: Context, params: dict[str, Any]) -> dict[str, list[str]]:
    """Plain names that hold the text, within what the login reaches. What the flags add is unknown: nothing here."""
    wanted, store = params["query"].lower(), context.store
    return {
        "accounts": [
            a.name for a in store.accounts.values() if wanted in a.name.lower() and context.reaches_account(a)
        ],
        "domains": [d.name for d in store.domains.values() if wanted in d.name and context.reaches_domain(d)],
        "emails": [b.mail for b in store.mailboxes.values() if wanted in b.mail and context.reaches_mailbox(b)],
    }


def account_allowed(context: Context, params: dict[str, Any]) -> bool:
    account = context.store.accounts.get(params["account"])
    return account is not None and context.reaches_account(account)


def domain_allowed(context: Context, params: dict[str, Any]) -> bool:
    domain = context.store.domains.get(context.folded(params["domain"]))
    return domain is not None and context.reaches_domain(domain)


def validator(_context: Context, params: dict[str, Any]) -> bool:
    if params["type"] in ("pass", "pass2"):
        return passwords.is_strong(params["value"])
    return VALIDATORS[params["type"]].fullmatch(params["value"]) is not None


METHODS = {
    "auth": Method(auth, ANYBODY, {"user": needed(text), "pass": needed(text)}, needs_login="no"),
    "deauth": Method(deauth, ANYBODY),
    "hello.world": Method(world, ANYBODY, needs_login="no"),
    "hello.innerworld": Method(inner_world, ALL_BUT_FTP),
    "search": Method(
        search,
        ALL_BUT_FTP,
        {
            "query": needed(text),
            "get_account_summary": optional(flag),
            "get_extended_mail_result": optional(flag),
        },
    ),
    "test.accountallowed": Method(account_allowed, ALL_BUT_FTP, {"account": needed(text)}),
    "test.domainallowed": Method(domain_allowed, ALL_BUT_FTP, {"domain": needed(text)}),
    "utils.validator": Method(
        validator,
        ANYBODY,
        {"value": needed(text), "type": needed(choice(*VALIDATORS, "pass", "pass2"))},
        needs_login="practice",
    ),
}
