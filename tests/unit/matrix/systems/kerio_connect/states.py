# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random users of Kerio Connect."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from tests.simulators.kerio_connect.store import Store
from tests.unit.matrix.states import FOREIGN, IDN_DOMAIN, TEXTS
from tests.unit.matrix.subjects import Draw

# Names of objects that other objects refer to keep their own spelling.
_LOCAL_PARTS = st.sampled_from(
    ["zoe", "Zoe.Quinn", "o'neil", "a-b_c", "x+tag", "1", "Ünal", "мария", "名前", "UPPER", "d.e.f", "postmaster"]
)
_UNITS = ("Bytes", "KiloBytes", "MegaBytes", "GigaBytes", "TeraBytes", "PetaBytes")

_BYTES = st.fixed_dictionaries({"value": st.integers(0, 4096), "units": st.sampled_from(_UNITS)})
_SIZE_LIMITS = st.fixed_dictionaries({"isActive": st.booleans(), "limit": _BYTES})
_DAYS = st.fixed_dictionaries({"isEnabled": st.booleans(), "days": st.integers(0, 24855)})
# Addresses while nothing is forwarded, forwarding to nobody, local parts: odd, and harmless while nobody changes them.
_FORWARDS = st.fixed_dictionaries(
    {
        "mode": st.sampled_from(["UForwardNone", "UForwardYes", "UForwardDeliver"]),
        "emailAddresses": st.lists(FOREIGN | _LOCAL_PARTS, max_size=3),
    }
)
_KERIO_MEMBERS: dict[str, st.SearchStrategy[Any]] = {
    "fullName": TEXTS,
    "description": TEXTS,
    "isEnabled": st.booleans(),
    "itemSource": st.sampled_from(["DSInternalSource", "DSLDAPSource"]),
    "authType": st.sampled_from(
        ["UInternalAuth", "UWindowsNTAuth", "UPamAuth", "UKerberosAuth", "UAppleAuth", "ULDAPAuth"]
    ),
    "isPasswordReversible": st.booleans(),
    "allowPasswordChange": st.booleans(),
    "hasDefaultSpamRule": st.booleans(),
    "role": st.fixed_dictionaries(
        {
            "userRole": st.sampled_from(["UserRole", "Auditor", "AccountAdmin", "FullAdmin"]),
            "publicFolderRight": st.booleans(),
            "archiveFolderRight": st.booleans(),
        }
    ),
    "emailAddresses": st.lists(st.one_of(_LOCAL_PARTS, FOREIGN), max_size=4),
    "emailForwarding": _FORWARDS,
    "itemLimit": st.fixed_dictionaries({"isActive": st.booleans(), "limit": st.integers(0, 2**31 - 1)}),
    "diskSizeLimit": _SIZE_LIMITS,
    "outMessageLimit": _SIZE_LIMITS,
    "hasDomainRestriction": st.booleans(),
    "publishInGal": st.booleans(),
    "cleanOutItems": st.fixed_dictionaries(
        {
            "isUsedDomain": st.booleans(),
            **dict.fromkeys(("deletedItems", "junkEmail", "sentItems", "autoDelete"), _DAYS),
        }
    ),
}


def fill(draw: Draw, store: Store) -> None:
    """Up to three users, in any domain, with groups, policies and contacts."""
    domains = ["example.com", "example.org", IDN_DOMAIN]
    groups = {name: [g["id"] for g in store.groups.values() if _domain(store, g) == name] for name in domains}
    for login in draw(st.lists(_LOCAL_PARTS, min_size=1, max_size=3, unique_by=str.lower)):
        domain = draw(st.sampled_from(domains))
        fields = {name: draw(values) for name, values in _KERIO_MEMBERS.items()}
        member_of = draw(st.lists(st.sampled_from(groups[domain]), unique=True)) if groups[domain] else []
        contact = draw(st.sampled_from(["", *store.company_contacts]))
        policy = draw(st.sampled_from(list(store.access_policy_groups)))
        store.add_user(
            login, domain, **{**fields, "userGroups": member_of, "companyContactId": contact, "accessPolicy": policy}
        )


def _domain(store: Store, row: dict[str, Any]) -> str:
    return str(store.domains[row["domainId"]]["name"])


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
