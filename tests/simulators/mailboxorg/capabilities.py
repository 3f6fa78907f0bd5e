# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Methods about capabilities: lists until the autumn of 2026, maps since then (fact sheet mailboxorg.md 0.3, 2.8)."""

from __future__ import annotations

from typing import Any

from tests.simulators.mailboxorg import capability_state
from tests.simulators.mailboxorg.capability_state import CAPABILITIES, STATES
from tests.simulators.mailboxorg.errors import invalid, not_allowed
from tests.simulators.mailboxorg.methods import DOWN_TO_ACCOUNT, DOWN_TO_DOMAIN, Context, Method
from tests.simulators.mailboxorg.parameters import addresses, choice, mapping, needed, optional, several, text
from tests.simulators.mailboxorg.store import Mailbox

OF_DOMAINS = tuple(name for name in CAPABILITIES if name != "MAIL_OTP")
STATE_MAP = mapping(choice(*CAPABILITIES), choice(*STATES))


# The list form: the whole set of those that are on.


def set_list(context: Context, params: dict[str, Any]) -> bool:
    box = context.mailbox(params["mail"])
    _check_possible(box, params["capabilities"])
    box.capabilities = _states(params["capabilities"])
    return True


def set_list_of_domain(context: Context, params: dict[str, Any]) -> bool:
    """Replaces the list of every mailbox; those whose plan supports none are left alone."""
    for box in context.store.mailboxes_of(context.domain(params["domain"]).name):
        if capability_state.possible(box):
            box.capabilities = _states(params["capabilities"])
    return True


def _states(names: list[str]) -> dict[str, str]:
    return {name: "on" if name in names else "off" for name in CAPABILITIES}


# The map form: some of them, each on, off, or as the account says; takes effect later.


def set_map(context: Context, params: dict[str, Any]) -> bool:
    box = context.mailbox(params["mail"])
    _check_possible(box, [name for name, state in params["capabilities"].items() if state == "on"])
    account = context.store.domains[box.domain].account
    capability_state.change(context, account, box.mail, params["capabilities"], {})
    return True


def get_map(context: Context, params: dict[str, Any]) -> Any:
    """The shape is unknown."""
    box = context.mailbox(params["mail"])
    return _wrapped(context, {name: box.capabilities.get(name, "inherit") for name in CAPABILITIES})


def set_of_account(context: Context, params: dict[str, Any]) -> bool:
    account, exceptions = context.account(params["account"]), params.get("exceptions", {})
    if unknown := set(exceptions) - set(params["capabilities"]):
        raise invalid("exceptions", f"without {', '.join(sorted(unknown))}, which capabilities does not name")
    capability_state.change(context, account.name, "", params["capabilities"], exceptions)
    return True


def get_of_account(context: Context, params: dict[str, Any]) -> Any:
    """The shape is unknown."""
    account = context.account(params["account"])
    return _wrapped(context, {name: account.capabilities.get(name, "inherit") for name in CAPABILITIES})


def _wrapped(context: Context, states: dict[str, str]) -> dict[str, Any]:
    return {"capabilities": states} if context.settings.capabilities_get == "wrapped" else states


def _check_possible(box: Mailbox, names: list[str]) -> None:
    """Raises ApiError for what the plan of a mailbox does not support."""
    for name in names:
        if name not in capability_state.possible(box):
            raise not_allowed(f"The mailbox {box.mail} cannot have {name}")


METHODS = {
    "list": {
        "mail.capabilities.set": Method(
            set_list,
            DOWN_TO_DOMAIN,
            {"mail": needed(text), "capabilities": needed(several(choice(*CAPABILITIES)))},
            is_write=True,
        ),
        "domain.capabilities.set": Method(
            set_list_of_domain,
            DOWN_TO_DOMAIN,
            {"domain": needed(text), "capabilities": needed(several(choice(*OF_DOMAINS)))},
            is_write=True,
        ),
    },
    "map": {
        "mail.capabilities.set": Method(
            set_map, DOWN_TO_DOMAIN, {"mail": needed(text), "capabilities": needed(STATE_MAP)}, is_write=True
        ),
        "mail.capabilities.get": Method(get_map, DOWN_TO_DOMAIN, {"mail": needed(text)}),
        "account.capabilities.set": Method(
            set_of_account,
            DOWN_TO_ACCOUNT,
            {
                "account": needed(text),
                "capabilities": needed(STATE_MAP),
                "exceptions": optional(mapping(choice(*CAPABILITIES), addresses)),
            },
            is_write=True,
        ),
        "account.capabilities.get": Method(get_of_account, DOWN_TO_ACCOUNT, {"account": needed(text)}),
    },
}
