# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Domains, groups, aliases, mailing lists, resources, groups of addresses and time ranges that no option could make."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.simulators.kerio_connect.store import Store
from tests.simulators.kerio_connect.structures import DOMAIN_QUOTA, FORWARDING
from tests.simulators.kerio_web.wire_types import zero

Make = Callable[[Store], Any]
_GONE = "keriodb://user/gone"
_NO_ARCHIVE = {"keepArchive": False, "archiveOnlyForLogged": False}


def _domain(**members: Any) -> Make:
    return lambda store: store.add_domain("odd.example", **members)


def _group(name: str = "odd", **members: Any) -> Make:
    return lambda store: store.add_group(name, **members)


def _alias(name: str, target: str, **members: Any) -> Make:
    return lambda store: store.add_alias(name, target, **members)


def _list(**members: Any) -> Make:
    return lambda store: store.add_mailing_list("odd", **members)


def _list_with(person: dict[str, Any]) -> Make:
    def make(store: Store) -> None:
        row = store.add_mailing_list("odd")
        store.mailing_list_members[row["id"]] = [{"userId": "", "emailAddress": "", "fullName": "", **person}]

    return make


def _resource(name: str = "odd", **members: Any) -> Make:
    return lambda store: store.add_resource(name, **members)


def _addresses(group: str = "odd", **members: Any) -> Make:
    return lambda store: store.add_ip_group_entry(group, **members)


def _times(group: str = "odd", **members: Any) -> Make:
    return lambda store: store.add_time_range(group, **members)


def _twice(store: Store) -> None:
    """The same entry in two rows that differ in what they say about it."""
    for number in (1, 2):
        store.add_ip_group_entry("odd", "192.0.2.1", description=f"Row {number}", enabled=number == 2)
        store.add_time_range("odd", days=["Monday"], description=f"Row {number}")


def _in_circles(store: Store) -> None:
    for name, other in (("odd", "even"), ("even", "odd")):
        store.add_ip_group_entry(name, "192.0.2.1")
        store.add_ip_group_entry(other, "192.0.2.2")
    ids = {row["groupName"]: row["groupId"] for row in store.ip_address_entries.values()}
    for name, other in (("odd", "even"), ("even", "odd")):
        store.add_ip_group_entry(name, type="ChildGroup", childGroupId=ids[other])


ODD: dict[str, Make] = {
    "forwarding beyond the ports": _domain(forwardingOptions={**zero(FORWARDING), "port": 99999}),
    "forwarding that is new": _domain(forwardingOptions={**zero(FORWARDING), "how": "NewWay"}),
    "quota warning beyond all": _domain(domainQuota={**zero(DOMAIN_QUOTA), "warningLimit": 400}),
    "quota warning to nobody known": _domain(domainQuota={**zero(DOMAIN_QUOTA), "email": "nobody"}),
    "domain kept for ages": _domain(keepForRecovery={"isEnabled": True, "days": 99999}),
    "domain with an alias that is none": _domain(aliasList=["a..b"]),
    "fewer users than none": _domain(userMaxCount=-7),
    "group of blanks": _group("  "),
    "group with an odd address": _group(emailAddresses=["a(b)", "x@EXAMPLE.com"]),
    "group of builtin rights": _group(role="BuiltInAdmin"),
    "alias of blanks": _alias("a b", "x@example.net"),
    "alias to nothing": _alias("odd", ""),
    "alias to what is no address": _alias("odd", "a(b)"),
    "alias to a folder that is gone": _alias("odd", "Gone", type="TypePublicFolder", deliverToId="gone"),
    "alias of a new type": _alias("odd", "somewhere", type="TypeNew"),
    "list of a new language": _list(languageId="x-klingon "),
    "list with a new policy": _list(
        subscription={"type": "NewPolicy", "moderatorReview": False, "moderatorNotification": False}
    ),
    "list that replies to nobody": _list(replyTo="OtherAddress", otherAddress="nobody"),
    "list of another server": _list(homeServer={"id": "keriodb://homeserver/x", "name": "mail-x"}),
    "list with somebody who is gone": _list_with({"userId": _GONE, "kind": "Member"}),
    "list with an odd address": _list_with({"emailAddress": "a(b)@c", "kind": "Moderator"}),
    "list of a new kind of people": _list_with({"emailAddress": "a@example.net", "kind": "Observer"}),
    "archive for somebody who is gone": _list(
        archive={**_NO_ARCHIVE, "archiveReaderList": [{"kind": "TrusteeUser", "readerId": _GONE}]}
    ),
    "resource of a new type": _resource(type="Vehicle"),
    "resource with an odd name": _resource("a@b"),
    "resource managed by a domain": lambda store: store.add_resource(
        "odd", manager={"type": "AuthDomainPrincipal", "id": store.domain("example.org")["id"]}
    ),
    "resource for somebody who is gone": _resource(resourceUsers=[{"type": "UserPrincipal", "id": _GONE}]),
    "addresses of a new type": _addresses(type="Country", host="CH"),
    "addresses without a name": _addresses(" ", host="192.0.2.1"),
    "host of blanks": _addresses(host=" "),
    "mask with holes": _addresses(type="Network", addr1="10.0.0.0", addr2="255.0.255.0"),
    "range backwards": _addresses(type="Range", addr1="192.0.2.9", addr2="192.0.2.1"),
    "group that is gone": _addresses(type="ChildGroup", childGroupId="keriodb://ipaddressgroup/gone"),
    "groups in circles": _in_circles,
    "the same entry twice": _twice,
    "times of a new type": _times(type="TimeRangeMonthly"),
    "day that there is not": _times(
        type="TimeRangeAbsolute",
        fromDate={"year": 2026, "month": 1, "day": 31},
        toDate={"year": 2026, "month": 2, "day": 31},
    ),
    "hour that there is not": _times(fromTime={"hour": 24, "min": 0}, days=["Monday"]),
    "no days": _times(days=[]),
    "range of time that is gone": _times(type="TimeRangeChildGroup", childGroupId="keriodb://timerangegroup/gone"),
}
