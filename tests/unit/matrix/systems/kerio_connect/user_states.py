# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random users of Kerio Connect."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.simulators.kerio_connect.store import Store
from tests.unit.matrix.states import FOREIGN, IDN_DOMAIN, TEXTS
from tests.unit.matrix.subjects import Draw

# Names of objects that other objects refer to keep their own spelling.
LOCAL_PARTS = st.sampled_from(
    ["zoe", "Zoe.Quinn", "o'neil", "a-b_c", "x+tag", "1", "Ünal", "мария", "名前", "UPPER", "d.e.f", "postmaster"]
)
_UNITS = ("Bytes", "KiloBytes", "MegaBytes", "GigaBytes", "TeraBytes", "PetaBytes")

BYTES = st.fixed_dictionaries({"value": st.integers(0, 4096), "units": st.sampled_from(_UNITS)})
SIZE_LIMITS = st.fixed_dictionaries({"isActive": st.booleans(), "limit": BYTES})
DAYS = st.fixed_dictionaries({"isEnabled": st.booleans(), "days": st.integers(0, 24855)})
# Addresses while nothing is forwarded, forwarding to nobody, local parts: odd, and harmless while nobody changes them.
_FORWARDS = st.fixed_dictionaries(
    {
        "mode": st.sampled_from(["UForwardNone", "UForwardYes", "UForwardDeliver"]),
        "emailAddresses": st.lists(FOREIGN | LOCAL_PARTS, max_size=3),
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
    "emailAddresses": st.lists(st.one_of(LOCAL_PARTS, FOREIGN), max_size=4),
    "emailForwarding": _FORWARDS,
    "itemLimit": st.fixed_dictionaries({"isActive": st.booleans(), "limit": st.integers(0, 2**31 - 1)}),
    "diskSizeLimit": SIZE_LIMITS,
    "outMessageLimit": SIZE_LIMITS,
    "hasDomainRestriction": st.booleans(),
    "publishInGal": st.booleans(),
    "cleanOutItems": st.fixed_dictionaries(
        {
            "isUsedDomain": st.booleans(),
            **dict.fromkeys(("deletedItems", "junkEmail", "sentItems", "autoDelete"), DAYS),
        }
    ),
}


def fill(draw: Draw, store: Store) -> None:
    """Up to three users, in any domain, with groups, policies and contacts."""
    domains = ["example.com", "example.org", IDN_DOMAIN]
    groups = {name: [g["id"] for g in store.groups.values() if _domain(store, g) == name] for name in domains}
    for login in draw(st.lists(LOCAL_PARTS, min_size=1, max_size=3, unique_by=str.lower)):
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
