# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values of mailing lists and resources: people of several domains, by login name and by address."""

from __future__ import annotations

from tests.unit.matrix.paths import Path
from tests.unit.matrix.samples import Sample, Values, texts

_DOMAIN = (
    Sample("example.com", spellings=("EXAMPLE.com", "example.com.")),
    Sample("example.org"),
    Sample("Bücher.example", stored="bücher.example", shown="xn--bcher-kva.example", spellings=("bücher.example",)),
)
# Users and groups of this server, who have to exist.
_USERS = (
    Sample(["walt@example.com"], spellings=(["Walt"], ["walt@EXAMPLE.com"], ["walt", "walt@example.com"])),
    Sample(
        ["xena@example.org", "Alice@example.com"],
        stored=["alice@example.com", "xena@example.org"],
        shown=["alice@example.com", "xena@example.org"],
        spellings=(["xena@example.org", "alice"],),
    ),
    Sample([]),
)
_GROUPS = (
    Sample(["staff@example.com"], spellings=(["Staff"], ["STAFF@EXAMPLE.com"])),
    Sample(
        ["staff@example.org", "sales@example.com"],
        stored=["sales@example.com", "staff@example.org"],
        shown=["sales@example.com", "staff@example.org"],
        spellings=(["staff@example.org", "sales"],),
    ),
    Sample([]),
)
# Also anybody elsewhere.
_PEOPLE = (
    Sample(["walt@example.com"], spellings=(["Walt"], ["walt@EXAMPLE.com"])),
    Sample(
        ["Fan@Example.net", "xena@example.org", "walt@example.com"],
        stored=["fan@example.net", "walt@example.com", "xena@example.org"],
        shown=["Fan@example.net", "walt@example.com", "xena@example.org"],
        spellings=(["walt", "fan@example.NET", "Xena@example.org"],),
    ),
    Sample([]),
)
NAMED: dict[tuple[str, str], tuple[Sample, ...]] = {
    ("mailing_list", "name"): (Sample("crew", spellings=("Crew", " CREW ")), Sample("d.o-news_7")),
    ("mailing_list", "domain"): _DOMAIN,
    ("mailing_list", "language"): (Sample("en", spellings=(" EN ",)), *texts("pt-BR", "")),
    ("mailing_list", "members"): _PEOPLE,
    ("mailing_list", "moderators"): _PEOPLE,
    ("mailing_list", "reply_address"): (
        Sample("replies@example.net", spellings=("Replies@EXAMPLE.net",)),
        Sample("c@bücher.example", stored="c@xn--bcher-kva.example", shown="c@xn--bcher-kva.example"),
        Sample(""),
    ),
    ("mailing_list", "archive.users"): _USERS,
    ("mailing_list", "archive.groups"): _GROUPS,
    ("resource", "name"): (
        Sample("Room 1", spellings=("room 1", " ROOM 1 ")),
        Sample("Beamer 'Größe' {2}", spellings=("beamer 'größe' {2}",)),
    ),
    ("resource", "domain"): _DOMAIN,
    ("resource", "reservable_by.domains"): (
        Sample(["example.com"], spellings=(["EXAMPLE.com."],)),
        Sample(
            ["example.org", "Bücher.example"],
            stored=["bücher.example", "example.org"],
            shown=["example.org", "xn--bcher-kva.example"],
            spellings=(["bücher.example", "example.org"],),
        ),
        Sample([]),
    ),
    ("resource", "reservable_by.users"): _USERS,
    ("resource", "reservable_by.groups"): _GROUPS,
    # There is one manager: whoever is named takes the place of the other.
    ("resource", "manager"): (
        Sample("walt@example.com", spellings=("Walt", "walt@EXAMPLE.com")),
        *texts("xena@example.org", ""),
    ),
    ("resource", "manager_group"): (
        Sample("staff@example.com", spellings=("Staff", "staff@EXAMPLE.com")),
        *texts("sales@example.org", ""),
    ),
}
MINIMAL: dict[str, Values] = {
    "mailing_list": {("name",): Sample("crew"), ("domain",): Sample("example.com")},
    "resource": {("name",): Sample("Room 1"), ("domain",): Sample("example.com")},
}
COMPANIONS: dict[tuple[str, str], Values] = {
    ("mailing_list", "reply_to"): {("reply_address",): Sample("replies@example.net")},
}
APART: dict[tuple[str, str], frozenset[Path]] = {
    ("resource", "manager"): frozenset({("manager_group",)}),
    ("resource", "manager_group"): frozenset({("manager",)}),
}
APPENDED: dict[tuple[str, str], Sample] = dict.fromkeys(
    [("mailing_list", "members"), ("mailing_list", "moderators")],
    Sample(
        ["alice", "Fan@example.net"],
        stored=["alice@example.com", "fan@example.net", "walt@example.com"],
        shown=["alice@example.com", "Fan@example.net", "walt@example.com"],
    ),
)
