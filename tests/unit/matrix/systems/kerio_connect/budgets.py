# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the steps cost on Kerio Connect.

A module about one object looks for it by name, which the server may not compare as we do: what is not found is looked
for once more, also when it was deleted. A module about the whole system reads each list once, and once more after its
writes.
"""

from __future__ import annotations

from tests.unit.matrix.budgets import Budget, Calls, Extra, Kind

_SESSION = ("Session.login", "Session.logout")
# New entries, others that they name, other attributes of those that stay, and what goes.
_CHANGES_OF_ENTRIES = ("create", "getGroupList", "set", "remove")
_CREATE, _UPDATE = frozenset({Kind.CREATE}), frozenset({Kind.UPDATE})


def _both_ways(
    kind: str,
    listed: Calls,
    *,
    create: Calls,
    update: Calls,
    delete: Calls,
    found: Calls = (),
    read_back: Calls = (),
    listed_with: Calls = (),
    parents: Calls = (),
    guard: Calls = (),
    looked_up_once_more: bool = True,
) -> dict[tuple[str, str, str], Budget]:
    """``listed`` are the calls that find objects of this kind, ``found`` what it takes to know all of one, first and
    when it is ``read_back``; ``listed_with`` are those that the whole list takes.
    """
    return {
        ("kerio_connect", kind, way): Budget(
            found=(*listed, *found),
            absent=(*listed, *(again if way == "object" else listed_with)),
            parents=parents,
            guard=guard,
            create=(*create, *listed[-1:], *read_back),
            update=(*update, *listed[-1:], *read_back),
            delete=(*delete, *listed[-1:], *(again if way == "object" else listed_with)),
            session=_SESSION,
        )
        for way, again in (("object", listed[-1:] if looked_up_once_more else ()), ("config", ()))
    }


BUDGETS: dict[tuple[str, str, str], Budget] = {
    **_both_ways(
        "user",
        ("Domains.get", "Users.get"),
        guard=("Session.whoAmI",),
        create=("Users.create",),
        update=("Users.set",),
        delete=("Users.remove",),
    ),
    **_both_ways(
        "domain",
        ("Domains.get",),
        # What the domain still holds.
        guard=("Users.get", "Groups.get", "Aliases.get", "MailingLists.get", "Resources.get"),
        create=("Domains.create",),
        update=("Domains.set",),
        delete=("Domains.remove",),
    ),
    **_both_ways(
        "group",
        ("Domains.get", "Groups.get"),
        # Members are told by the users.
        found=("Users.get",),
        read_back=("Users.get",),
        listed_with=("Users.get",),
        guard=("Session.whoAmI",),
        create=("Groups.create",),
        update=("Groups.set",),
        delete=("Groups.remove",),
    ),
    **_both_ways(
        "alias",
        ("Domains.get", "Aliases.get"),
        create=("Aliases.create",),
        update=("Aliases.set",),
        delete=("Aliases.remove",),
        # Names hold wildcards, so that the whole list is read at once.
        looked_up_once_more=False,
    ),
    **_both_ways(
        "mailing_list",
        ("Domains.get", "MailingLists.get"),
        # The names behind the ids of people, who are all in the domain of the list.
        found=("MailingLists.getMlUserList", "Users.get", "Groups.get"),
        read_back=("MailingLists.getMlUserList",),
        parents=("Users.get", "Groups.get"),
        create=("MailingLists.create", "MailingLists.addMlUserList", "Users.get"),
        update=("MailingLists.set",),
        delete=("MailingLists.remove",),
    ),
    **_both_ways(
        "resource",
        ("Domains.get", "Resources.get"),
        found=("Users.get", "Groups.get"),
        # Each user that is named.
        parents=("Users.get", "Users.get", "Groups.get"),
        create=("Resources.create", "Users.get"),
        update=("Resources.set",),
        delete=("Resources.remove",),
    ),
    **_both_ways(
        "ip_address_group",
        ("IpAddressGroups.get",),
        # Whether another group contains it, and whether we are cut off without it.
        guard=("IpAddressGroups.get", "IpAddressGroups.validateRemove"),
        create=("IpAddressGroups.create",),
        update=(),
        delete=("IpAddressGroups.remove",),
    ),
    **_both_ways(
        "time_range",
        ("TimeRanges.get",),
        create=("TimeRanges.create",),
        update=(),
        delete=("TimeRanges.remove",),
        # There is no condition by name, so that the whole list is read at once.
        looked_up_once_more=False,
    ),
}
EXTRA = (
    Extra("user", frozenset({"groups"}), ("Groups.get",)),
    # Our own rights may come from a group that is left.
    Extra("user", frozenset({"groups"}), ("Session.whoAmI",), _UPDATE),
    Extra("user", frozenset({"access_policy"}), ("AccessPolicy.getGroupList",)),
    Extra("user", frozenset({"company_contact"}), ("CompanyContacts.get",)),
    Extra("user", frozenset({"home_server"}), ("DistributedDomain.getHomeServerList",)),
    Extra("user", frozenset({"enabled"}), ("Session.whoAmI",)),
    Extra("user", frozenset({"role"}), ("Session.whoAmI",)),
    # A group may be where our own rights come from.
    Extra("group", frozenset(), ("Session.whoAmI",), _UPDATE),
    Extra("group", frozenset({"members"}), ("Users.get",) * 2 + ("Groups.addMemberList",), _CREATE),
    Extra(
        "group",
        frozenset({"members"}),
        ("Users.get",) * 3 + ("Groups.addMemberList", "Groups.removeMemberList"),
        _UPDATE,
    ),
    Extra("alias", frozenset({"public_folders"}), ("Aliases.getMailPublicFolderList",), _CREATE),
    Extra("alias", frozenset({"public_folders"}), ("Aliases.getMailPublicFolderList",), _UPDATE),
    *(
        Extra("alias", frozenset({name}), ("Aliases.create", "Aliases.remove"), _UPDATE)
        for name in ("targets", "public_folders")
    ),
    # People of other domains: one list for each domain, as far as their names are looked for, and one call for each
    # user whom a wish names.
    *(
        Extra(
            "mailing_list", frozenset({name}), ("MailingLists.addMlUserList", "MailingLists.removeMlUserList"), _UPDATE
        )
        for name in ("members", "moderators")
    ),
    *(Extra("mailing_list", frozenset({name}), ("Users.get",) * 2) for name in ("members", "moderators")),
    Extra("mailing_list", frozenset({"archive.users"}), ("Users.get",) * 2),
    Extra("mailing_list", frozenset({"archive.users"}), ("Users.get",) * 4, _UPDATE),
    Extra("mailing_list", frozenset({"archive.groups"}), ("Groups.get",) * 2),
    *(Extra("resource", frozenset({name}), ("Users.get",) * 2) for name in ("reservable_by.users", "manager")),
    Extra("resource", frozenset({"reservable_by.users"}), ("Users.get",) * 4, _UPDATE),
    Extra("resource", frozenset({"manager"}), ("Users.get",) * 3, _UPDATE),
    *(Extra("resource", frozenset({name}), ("Groups.get",) * 2) for name in ("reservable_by.groups", "manager_group")),
    *(
        # The reply does not tell the id of the group that its first entry makes.
        Extra(kind, frozenset({"entries"}), (f"{name}.create", *[f"{name}.getGroupList"] * 2), _CREATE)
        for kind, name in (("ip_address_group", "IpAddressGroups"), ("time_range", "TimeRanges"))
    ),
    Extra(
        "ip_address_group",
        frozenset({"entries"}),
        tuple(f"IpAddressGroups.{name}" for name in (*_CHANGES_OF_ENTRIES, "validateSet", "validateRemove")),
        _UPDATE,
    ),
    Extra("time_range", frozenset({"entries"}), tuple(f"TimeRanges.{name}" for name in _CHANGES_OF_ENTRIES), _UPDATE),
)
