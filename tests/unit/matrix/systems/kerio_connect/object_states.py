# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random domains, groups, aliases, mailing lists, resources, groups of addresses and time ranges of Kerio Connect."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.simulators.kerio_connect.store import Entity, Store
from tests.unit.matrix.states import FOREIGN, IDN_DOMAIN, TEXTS
from tests.unit.matrix.subjects import Draw
from tests.unit.matrix.systems.kerio_connect.user_states import BYTES, DAYS, LOCAL_PARTS, SIZE_LIMITS

DOMAINS = ("example.com", "example.org", IDN_DOMAIN)
# Names that are written into files, and looked for there.
NAMES = st.sampled_from(
    ["Büro", 'it\'s "x"', "名前", "{{ x }}", "a: b", "- c", "# d", "yes", "1", "Rock & Roll", "d.e-f_g", "*", "%41"]
)
_LISTS = st.sampled_from(["crew", "D.O-News_7", "Ünal", "o'neil", "x+tag", "1"])
_FLAG = st.booleans()
_NUMBER = st.integers(0, 2**31 - 1)

_DOMAIN_MEMBERS: dict[str, st.SearchStrategy[Any]] = {
    "description": TEXTS,
    "userMaxCount": st.sampled_from([-1, 0, 7, 2**31 - 1]),
    "passwordExpirationEnabled": _FLAG,
    "passwordExpirationDays": _NUMBER,
    "passwordMinimumLength": _NUMBER,
    "outgoingMessageLimit": SIZE_LIMITS,
    "deletedItems": DAYS,
    "autoDelete": DAYS,
    "keepForRecovery": DAYS,
    "forwardingOptions": st.fixed_dictionaries(
        {
            "isEnabled": _FLAG,
            "host": TEXTS,
            "port": st.integers(0, 65535),
            "how": st.sampled_from(["Online", "OfflineScheduler", "OfflineEtrn"]),
            "preventLoop": _FLAG,
        }
    ),
    "domainFooter": st.fixed_dictionaries({"isUsed": _FLAG, "text": TEXTS, "isHtml": _FLAG, "isUsedInDomain": _FLAG}),
    "kerberosRealm": TEXTS,
    "ipAddressBind": st.fixed_dictionaries(
        {"enabled": _FLAG, "value": st.sampled_from(["", "192.0.2.1", "2001:db8::1"])}
    ),
    "logo": st.fixed_dictionaries({"isUsed": _FLAG, "url": TEXTS}),
    "domainQuota": st.fixed_dictionaries(
        {
            "diskSizeLimit": SIZE_LIMITS,
            "consumedSize": BYTES,
            "notification": st.fixed_dictionaries(
                {
                    "type": st.sampled_from(["notifyOnce", "notifyEvery"]),
                    "period": st.fixed_dictionaries(
                        {
                            "value": st.integers(0, 99),
                            "units": st.sampled_from(["Minutes", "Hours", "Days", "Weeks"]),
                        }
                    ),
                }
            ),
            "warningLimit": st.integers(0, 100),
            "email": st.just("") | FOREIGN,
            "blocks": _FLAG,
        }
    ),
    "isDkimEnabled": _FLAG,
    "remoteArchiveAddress": st.just("") | FOREIGN,
}
_PERMISSION = st.sampled_from(["Allowed", "Moderated", "Denied"])
_LIST_MEMBERS: dict[str, st.SearchStrategy[Any]] = {
    "description": TEXTS,
    "languageId": st.sampled_from(["", "en", "pt-BR"]),
    "welcomeString": TEXTS.map(lambda text: text.replace("\n", "\r\n")),
    "footerString": TEXTS,
    "subscription": st.fixed_dictionaries(
        {"type": _PERMISSION, "moderatorReview": _FLAG, "moderatorNotification": _FLAG}
    ),
    "posting": st.fixed_dictionaries(
        {
            "memberPosting": _PERMISSION,
            "nonMemberPosting": _PERMISSION,
            "moderatorPosting": st.sampled_from(["PostAllowed", "PostModerated", "PostAccordingMembership"]),
            "userPostingNotification": _FLAG,
            "sendErrorsToModerator": _FLAG,
        }
    ),
    # Also with an address that nobody uses, or without one.
    "replyTo": st.sampled_from(["Sender", "ThisList", "OtherAddress", "SenderThisList"]),
    "otherAddress": st.just("") | FOREIGN,
    "subjectPrefix": TEXTS,
    "hideSenderAddress": _FLAG,
    "allowEmptySubject": _FLAG,
}
_ADDRESSES = st.one_of(
    st.fixed_dictionaries(
        {"type": st.just("Host"), "host": st.sampled_from(["192.0.2.1", "2001:db8::1", "Mail.Example.COM", "192.168."])}
    ),
    st.sampled_from([("10.1.2.3", "255.0.0.0"), ("2001:db8::", "ffff:ffff::"), ("10.0.0.0", "255.255.255.255")]).map(
        lambda pair: {"type": "Network", "addr1": pair[0], "addr2": pair[1]}
    ),
    st.just({"type": "Range", "addr1": "192.0.2.1", "addr2": "192.0.2.9"}),
    st.just({"type": "ThisMachine"}),
    st.just({"type": "IpPrefix", "host": "192.168"}),
)
_DAY = st.sampled_from(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"])
_TIME = st.fixed_dictionaries({"hour": st.integers(0, 23), "min": st.integers(0, 59)})
_DATE = st.fixed_dictionaries({"year": st.integers(2020, 2040), "month": st.integers(0, 11), "day": st.integers(1, 28)})
_HOURS = {"fromTime": _TIME, "toTime": _TIME}
_TIMES = st.one_of(
    st.fixed_dictionaries({"type": st.just("TimeRangeDaily"), **_HOURS, "days": st.lists(_DAY, unique=True)}),
    st.fixed_dictionaries({"type": st.just("TimeRangeWeekly"), **_HOURS, "fromDay": _DAY, "toDay": _DAY}),
    # Some of these end before they begin, which no option could say.
    st.fixed_dictionaries({"type": st.just("TimeRangeAbsolute"), **_HOURS, "fromDate": _DATE, "toDate": _DATE}),
)


def fill(draw: Draw, store: Store) -> None:
    """A few of each, which name each other, users and groups of other domains among them."""
    for name in draw(st.lists(st.sampled_from(["sub.example.co.uk", "x.example"]), unique=True, max_size=1)):
        store.add_domain(name, aliasList=[f"alt.{name}"], **_values(draw, _DOMAIN_MEMBERS))
    domains = st.sampled_from([str(row["name"]) for row in store.domains.values()])
    _fill_groups(draw, store, domains)
    _fill_aliases(draw, store, domains)
    _fill_lists(draw, store, domains)
    _fill_resources(draw, store, domains)
    for name in draw(st.lists(NAMES, max_size=2, unique_by=str.lower)):
        for entry in draw(st.lists(_ADDRESSES, min_size=1, max_size=3)):
            store.add_ip_group_entry(name, **{"description": draw(TEXTS), "enabled": draw(_FLAG), **entry})
    for name in draw(st.lists(NAMES, max_size=2, unique_by=str.lower)):
        for entry in draw(st.lists(_TIMES, min_size=1, max_size=3)):
            store.add_time_range(name, **{"description": draw(TEXTS), "enabled": draw(_FLAG), **entry})


def _values(draw: Draw, members: dict[str, st.SearchStrategy[Any]]) -> dict[str, Any]:
    return {name: draw(values) for name, values in members.items()}


def _fill_groups(draw: Draw, store: Store, domains: st.SearchStrategy[str]) -> None:
    for name in draw(st.lists(NAMES, max_size=2, unique_by=str.lower)):
        domain = draw(domains)
        group = store.add_group(
            name,
            domain,
            description=draw(TEXTS),
            emailAddresses=draw(st.lists(LOCAL_PARTS, max_size=3)),
            role=draw(st.sampled_from(["UserRole", "Auditor", "FullAdmin"])),
            itemSource=draw(st.sampled_from(["DSInternalSource", "DSLDAPSource"])),
        )
        for user in _some_of(draw, [row for row in store.users.values() if row["domainId"] == group["domainId"]]):
            user["userGroups"] = [*user["userGroups"], group["id"]]


def _fill_aliases(draw: Draw, store: Store, domains: st.SearchStrategy[str]) -> None:
    """Several rows of one name, in several spellings, with descriptions that differ."""
    for name in draw(st.lists(st.sampled_from(["support", "Info-2", "news-*", "?x"]), max_size=2, unique=True)):
        domain = draw(domains)
        targets = draw(st.lists(FOREIGN | LOCAL_PARTS, min_size=1, max_size=3, unique_by=str.lower))
        for target in targets:
            store.add_alias(draw(st.sampled_from([name, name.upper()])), target, domain, description=draw(TEXTS))
        folders = [row for row in store.public_folders.values() if row["domainId"] == store.domain(domain)["id"]]
        for folder in _some_of(draw, folders):
            store.add_alias(name, folder["name"], domain, type="TypePublicFolder", deliverToId=folder["id"])


def _fill_lists(draw: Draw, store: Store, domains: st.SearchStrategy[str]) -> None:
    for name in draw(st.lists(_LISTS, max_size=2, unique_by=str.lower)):
        people = st.lists(FOREIGN, max_size=2, unique_by=str.lower)
        row = store.add_mailing_list(
            name,
            draw(domains),
            members=draw(people),
            moderators=draw(people),
            **_values(draw, _LIST_MEMBERS),
            archive={
                "keepArchive": draw(_FLAG),
                "archiveOnlyForLogged": draw(_FLAG),
                "archiveReaderList": [
                    {"kind": kind, "readerId": each["id"]}
                    for kind, table in (("TrusteeUser", store.users), ("TrusteeGroup", store.groups))
                    for each in _some_of(draw, [*table.values()])
                ],
            },
        )
        for kind in ("Member", "Moderator"):
            store.mailing_list_members[row["id"]] += [
                {"userId": user["id"], "emailAddress": "", "fullName": "", "kind": kind}
                for user in _some_of(draw, [*store.users.values()])
            ]


def _fill_resources(draw: Draw, store: Store, domains: st.SearchStrategy[str]) -> None:
    for name in draw(st.lists(NAMES.filter(lambda name: not set(name) & set('":*')), max_size=2, unique_by=str.lower)):
        tables = {
            "AuthDomainPrincipal": store.domains,
            "UserPrincipal": store.users,
            "GroupPrincipal": store.groups,
        }
        everybody = [{"type": kind, "id": each["id"]} for kind, table in tables.items() for each in table.values()]
        flags = [{"type": kind, "id": ""} for kind in ("AnyonePrincipal", "AuthUserPrincipal")]
        managers = [
            {"type": "NonePrincipal", "id": ""},
            *(each for each in everybody if each["type"] != "AuthDomainPrincipal"),
        ]
        store.add_resource(
            name,
            draw(domains),
            description=draw(TEXTS),
            type=draw(st.sampled_from(["Room", "Equipment"])),
            isEnabled=draw(_FLAG),
            resourceUsers=[*_some_of(draw, flags), *_some_of(draw, everybody)],
            manager=draw(st.sampled_from(managers)),
        )


def _some_of(draw: Draw, rows: list[Entity]) -> list[Entity]:
    places = draw(st.lists(st.integers(0, len(rows) - 1), max_size=3, unique=True)) if rows else []
    return [rows[place] for place in places]
