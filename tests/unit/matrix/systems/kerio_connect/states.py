# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random states of Kerio Connect, and odd ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.simulators.kerio_connect.store import Store
from tests.unit.matrix.subjects import Draw
from tests.unit.matrix.systems.kerio_connect import object_states, odd_objects, user_states


def fill(draw: Draw, store: Store) -> None:
    """Users first, since everything else names them."""
    user_states.fill(draw, store)
    object_states.fill(draw, store)


def _user(login: str = "zoe", domain: str = "example.com", **members: Any) -> Callable[[Any], None]:
    return lambda store: store.add_user(login, domain, **members)


def _in_new_domain(name: str) -> Callable[[Any], None]:
    def prepare(store: Store) -> None:
        store.add_domain(name)
        store.add_user("zoe", name)

    return prepare


_NO_RIGHTS = {"userRole": "UserRole", "publicFolderRight": False, "archiveFolderRight": False}
_NO_DAYS = {
    "isUsedDomain": True,
    **{name: {"isEnabled": False, "days": 30} for name in ("deletedItems", "junkEmail", "sentItems", "autoDelete")},
}
# What no option could say, on servers that are newer, older or less strict than we think.
ODD: dict[str, Callable[[Any], None]] = {
    **odd_objects.ODD,
    "login with dots": _user("x..y"),
    "login with brackets": _user("a(b)"),
    "name that is no domain": _in_new_domain("a..b"),
    "domain of one label": _in_new_domain("Local"),
    "address that is none": _user(emailAddresses=["a(b)", "zoe.q"]),
    "whole address of the own domain": _user(emailAddresses=["zoe.q@EXAMPLE.com", "zoe.q"]),
    "forwarding inside the domain": _user(emailForwarding={"mode": "UForwardYes", "emailAddresses": ["bob"]}),
    "unknown kind of forwarding": _user(emailForwarding={"mode": "UForwardNew", "emailAddresses": ["b@c.de"]}),
    "unknown authentication": _user(authType="UNewAuth"),
    "role that nobody can be given": _user(role={**_NO_RIGHTS, "userRole": "BuiltInAdmin"}),
    "days beyond the limit": _user(cleanOutItems={**_NO_DAYS, "sentItems": {"isEnabled": True, "days": 99999}}),
    "access policy that is gone": _user(accessPolicy="keriodb://accesspolicygroup/gone"),
    "company contact that is gone": _user(companyContactId="keriodb://companycontact/gone"),
}
