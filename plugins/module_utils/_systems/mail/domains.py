# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Domains of the Email Management API and of mailcow (mail_api.md 1.3, 2.2, 2.8, 3.3; mailcow_recorded.md section 1).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import re
from typing import Any

from ..._core.addresses import domain_name
from ..._core.errors import InvalidOption
from ..._core.fields import Flag, Integer, Size, Text, TextSet, filled
from ..._core.resource import Resource, Values
from ..._core.sizes import format_size, parse_size
from .codecs import FLAG, NUMBER, TEXT, quota_of_domain
from .domain_calls import RATE, ROUTE, TAGS, rate
from .wire import MAILCOW, MIB, Wire, wire

# From small to large: the server wants each to be at most the next one.
QUOTAS = ("default_quota", "max_quota", "quota")
# Of each, mailcow's name on reading and the name in bodies.
QUOTA_NAMES = {
    "default_quota": ("def_quota_for_mbox", "defquota"),
    "max_quota": ("max_quota_for_mbox", "maxquota"),
    "quota": ("max_quota_for_domain", "quota"),
}
# What one relay option needs of the next: mailcow sets them by itself (mail_api.md 2.8).
RELAYING = ("relay_unknown_only", "relay_all_recipients", "backup_mx")
_SELECTOR = re.compile(r"[A-Za-z0-9_-]{1,63}")


def _selector(text: str) -> str:
    if not _SELECTOR.fullmatch(text):
        raise ValueError(f"{text!r} is no selector of letters, digits, hyphens and underscores")
    return text


def _complete(values: dict[str, Any]) -> dict[str, Any]:
    """Relaying in part implies relaying, and the name of a domain stands for a description that it has not got."""
    _refuse_disorder(values, {})
    for name, needed in zip(RELAYING, RELAYING[1:]):
        if values.get(name) is True:
            if values.get(needed) is False:
                raise InvalidOption(needed, f"contradicts {name}, which needs it; leave one out")
            values = {**values, needed: True}
    return {**values, "description": ""} if values.get("description") == values["name"] else values


def _check(values: Values, current: Values | None) -> None:
    held = current or {}
    _refuse_disorder(values, held)
    for name, needed in zip(RELAYING, RELAYING[1:]):
        is_on = values.get(name, held.get(name)) is True
        if is_on and values.get(needed) is False and held.get(needed) is not False:
            raise InvalidOption(needed, f"cannot be off while {name} is on; set that to false too")


def _refuse_disorder(values: Values, held: Values) -> None:
    """The server refuses quotas out of order, and 0. Raises InvalidOption for a wish that makes it so."""
    for name in QUOTAS:
        if name in values and parse_size(values[name]) == 0:
            raise InvalidOption(name, "is nothing, which the server refuses")
    for place, small in enumerate(QUOTAS):
        for large in QUOTAS[place + 1 :]:
            given = [name for name in (small, large) if name in values and values[name] != held.get(name)]
            sizes = [_size(values.get(name, held.get(name))) for name in (small, large)]
            if given and None not in sizes and sizes[0] > sizes[1]:
                _refuse_pair(given[0], small, large, {**held, **values})


def _refuse_pair(option: str, small: str, large: str, values: Values) -> None:
    if option == small:
        raise InvalidOption(small, f"{values[small]} is more than {large}, which is {values[large]}")
    raise InvalidOption(large, f"{values[large]} is less than {small}, which is {values[small]}")


def _size(text: Any) -> Any:
    """Bytes; None for what is unknown, or no size that an option takes."""
    try:
        return parse_size(str(text))
    except ValueError:
        return None


def _described(values: Values) -> Values:
    """Without relay options that lack what they need: each implies the next one, which older servers did not see to."""
    lacking = [name for name, needed in zip(RELAYING, RELAYING[1:]) if values.get(name) and values.get(needed) is False]
    return {name: value for name, value in values.items() if name not in lacking}


def _at_creation(given: Values, send: dict[str, Any]) -> dict[str, Any]:
    """Quotas that nobody gave follow those that were given."""
    after = dict(send)
    for place, name in enumerate(QUOTAS):
        if name in given:
            continue
        below = [parse_size(given[each]) for each in QUOTAS[:place] if each in given]
        above = [parse_size(given[each]) for each in QUOTAS[place + 1 :] if each in given]
        after[name] = format_size(min([max([parse_size(send[name]), *below]), *above]))
    return after


DOMAIN = Resource(
    kind="domain",
    plural="domains",
    module="mail_domain",
    summary="Manage domains of an Email Management API or mailcow server",
    description=(
        "Creates, changes and deletes domains, either through the Email Management API or through mailcow's own API.",
        "Options that are left out stay as they are on the server.",
        "A domain that still holds mailboxes or aliases is not deleted. Delete these first, or in the same document.",
        "Other names of a domain (mailcow's alias domains) go with it, and its DKIM key stays.",
    ),
    key=("name",),
    route=ROUTE,
    label="{name}",
    domain_key=lambda values: str(values["name"]),
    complete=_complete,
    check=_check,
    at_creation=_at_creation,
    described=_described,
    unproven=(
        "What the Email Management API ignores or refuses for a domain that exists; mailcow was seen.",
        "Options gal, relay_host, template, restart_sogo, dkim_*, and tags taken away; read in mailcow's code.",
    ),
    fields=(
        Text(
            "name",
            "Name of the domain. One with other letters than ASCII is kept in its ASCII form (punycode).",
            Wire("domain", (("domain_name",), ("domain",))),
            TEXT,
            form=domain_name,
            immutable=True,
        ),
        Text(
            "description",
            "Text about the domain. mailcow shows the name of a domain without one; this is returned as an empty text.",
            wire("description"),
            TEXT,
        ),
        Flag("active", "Whether the domain is in use.", wire("active"), FLAG, on_create=True),
        Integer(
            "max_aliases",
            "Number of aliases that the domain may have. mailcow ignores V(0) for a domain that exists, so this is "
            "refused there.",
            wire("aliases", "max_num_aliases_for_domain"),
            NUMBER,
            on_create=400,
            aliases=("aliases",),
        ),
        Integer(
            "max_mailboxes",
            "Number of mailboxes that the domain may have.",
            wire("mailboxes", "max_num_mboxes_for_domain"),
            NUMBER,
            on_create=10,
            aliases=("mailboxes",),
        ),
        Size(
            "default_quota",
            "Size that a mailbox gets when nobody asks for another one, for instance V(512M). A whole number of "
            "megabytes, and at most O(max_quota), which also holds for what a new domain gets by itself.",
            Wire("defquota", ((),)),
            quota_of_domain(*QUOTA_NAMES["default_quota"]),
            unit=MIB,
            limited=True,
            on_create="3G",
            aliases=("defquota",),
        ),
        Size(
            "max_quota",
            "Size that a single mailbox may have, for instance V(10G). A whole number of megabytes, and at most "
            "O(quota). What a new domain gets by itself lies between O(default_quota) and O(quota).",
            Wire("maxquota", ((),)),
            quota_of_domain(*QUOTA_NAMES["max_quota"]),
            unit=MIB,
            limited=True,
            on_create="10G",
            aliases=("maxquota",),
        ),
        Size(
            "quota",
            "Size that all mailboxes of the domain may have together, for instance V(100G). A whole number of "
            "megabytes. What a new domain gets by itself is at least O(max_quota).",
            Wire("quota", ((),)),
            quota_of_domain(*QUOTA_NAMES["quota"]),
            unit=MIB,
            limited=True,
            on_create="10G",
        ),
        Flag(
            "backup_mx",
            "Whether the server only relays mail for the domain, as its backup MX.",
            wire("backupmx"),
            FLAG,
            aliases=("backupmx",),
        ),
        Flag(
            "relay_all_recipients",
            "Whether mail to all addresses of the domain is relayed, also to those without a mailbox here. Implies "
            "O(backup_mx=true). Known to O(api_dialect=mailcow) only.",
            wire("relay_all_recipients", mailcow_only=True),
            FLAG,
        ),
        Flag(
            "relay_unknown_only",
            "Whether only mail to addresses without a mailbox here is relayed. Implies O(relay_all_recipients=true). "
            "Known to O(api_dialect=mailcow) only.",
            wire("relay_unknown_only", mailcow_only=True),
            FLAG,
        ),
        Integer(
            "relay_host",
            "Number of the sender-dependent transport that mail of the domain leaves by, V(0) for none. Known to "
            "O(api_dialect=mailcow) only.",
            wire("relayhost", mailcow_only=True),
            NUMBER,
        ),
        Flag(
            "gal",
            "Whether the users of the domain see each other in the groupware's global address list. Known to "
            "O(api_dialect=mailcow) only.",
            wire("gal", mailcow_only=True),
            FLAG,
        ),
        Text(
            "rate_limit",
            "Number of messages that a user of the domain may send in a second, minute, hour or day, for instance "
            "V(10/s), V(100/m), V(500/h) or V(2000/d), or V(unlimited). Known to O(api_dialect=mailcow) only.",
            wire("rl", mailcow_only=True),
            RATE,
            form=rate,
        ),
        TextSet(
            "tags",
            "All tags of the domain. Known to O(api_dialect=mailcow) only.",
            Wire("tags", ((),), frozenset({MAILCOW})),
            TAGS,
            form=filled,
        ),
        Integer(
            "dkim_key_size",
            "Bits of the DKIM key that is made together with the domain. mailcow keeps the key of a domain that is "
            "deleted, and takes it again. Known to O(api_dialect=mailcow) only.",
            wire("key_size", mailcow_only=True),
            NUMBER,
            # Fewer are not to be trusted, and receivers need not take more (RFC 8301).
            minimum=1024,
            maximum=4096,
            create_only=True,
        ),
        Text(
            "dkim_selector",
            "Selector of the DKIM key that is made together with the domain. Known to O(api_dialect=mailcow) only.",
            wire("dkim_selector", mailcow_only=True),
            TEXT,
            form=_selector,
            create_only=True,
        ),
        Integer(
            "template",
            "Number of the template that supplies what neither an option nor this module gives to a new domain: its "
            "flags, tags, rate limit and DKIM key. Known to O(api_dialect=mailcow) only.",
            wire("template", mailcow_only=True),
            NUMBER,
            create_only=True,
        ),
        Flag(
            "restart_sogo",
            "Whether the groupware is restarted after the creation of the domain, without which its users cannot log "
            "in there. Known to O(api_dialect=mailcow) only.",
            wire("restart_sogo", mailcow_only=True),
            FLAG,
            create_only=True,
        ),
    ),
)
