# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a field's type cannot tell about its values: names of objects that exist, addresses, texts of a certain form."""

from __future__ import annotations

from tests.unit.matrix.paths import Path
from tests.unit.matrix.samples import Sample, Values, texts
from tests.unit.matrix.systems.kerio_connect import entry_samples, list_samples

_DOMAIN_OF_AN_OBJECT = (
    Sample("example.com", spellings=("EXAMPLE.com", "example.com.")),
    Sample("example.org"),
    Sample("Bücher.example", stored="bücher.example", shown="xn--bcher-kva.example", spellings=("bücher.example",)),
)
_ADDRESS_OR_NONE = (
    Sample("warn@example.com", spellings=("warn@EXAMPLE.com", " warn@example.com ")),
    Sample("c@bücher.example", stored="c@xn--bcher-kva.example", shown="c@xn--bcher-kva.example"),
    Sample(""),
)
NAMED: dict[tuple[str, str], tuple[Sample, ...]] = {
    ("domain", "name"): (
        Sample("new.example", spellings=("NEW.example", "new.example.")),
        Sample("Grün.example", stored="xn--grn-ioa.example", shown="xn--grn-ioa.example"),
    ),
    # There is always a primary domain: this one stays it, and stays.
    ("domain", "is_primary"): (Sample(False, spellings=("no",)), Sample(True, spellings=("yes",), keeps="primary")),
    ("domain", "aliases"): (
        Sample(["alt.example"], spellings=(["ALT.example."],)),
        Sample(
            ["b.alt.example", "A.alt.example", "a.alt.EXAMPLE"],
            stored=["a.alt.example", "b.alt.example"],
            shown=["a.alt.example", "b.alt.example"],
            spellings=(["a.alt.example", "B.alt.example"],),
        ),
        Sample([]),
    ),
    ("domain", "quota.email"): _ADDRESS_OR_NONE,
    ("domain", "archive.address"): _ADDRESS_OR_NONE,
    # Kept in minutes, as far as this table is concerned.
    ("domain", "quota.period"): (
        Sample("6 hours", stored=360, spellings=("360 minutes", "6 HOURS", "6hour")),
        Sample("2 days", stored=2880, spellings=("48 hours",)),
        Sample("7 days", stored=10080, shown="1 week", spellings=("1 week",)),
        Sample("90 minutes", stored=90),
    ),
    ("domain", "bind_address"): texts("192.0.2.5", "2001:db8::5", ""),
    ("group", "name"): (
        Sample("team", spellings=("Team", " TEAM ")),
        Sample("Büro & 'Söhne'", spellings=("büro & 'söhne'",)),
    ),
    ("group", "domain"): _DOMAIN_OF_AN_OBJECT,
    ("group", "email_addresses"): (
        Sample(["the.team"], spellings=(["The.Team"], ["the.team@example.com"])),
        Sample(
            ["Zebra", "a.team", "a.team@EXAMPLE.com"],
            stored=["a.team", "zebra"],
            shown=["a.team", "zebra"],
            spellings=(["A.Team", "zebra"],),
        ),
        Sample([]),
    ),
    ("group", "members"): (
        Sample(["walt"], spellings=(["Walt"], ["walt@EXAMPLE.com"], ["walt", "WALT"])),
        Sample(["xena", "Walt", "XENA"], stored=["walt", "xena"], shown=["walt", "xena"]),
        Sample([]),
    ),
    ("alias", "name"): (Sample("support", spellings=("Support", " SUPPORT ")), Sample("news-*?")),
    ("alias", "domain"): _DOMAIN_OF_AN_OBJECT,
    ("alias", "targets"): (
        Sample(["alice@example.com"], spellings=(["alice"], ["Alice@EXAMPLE.com"], ["alice", "alice@example.com"])),
        Sample(
            ["z@example.net", "Walt@Example.org"],
            stored=["walt@example.org", "z@example.net"],
            shown=["Walt@example.org", "z@example.net"],
            spellings=(["Z@example.net", "walt@example.org"],),
        ),
        # Its folder is left.
        Sample([]),
    ),
    ("alias", "public_folders"): (
        Sample(["Public"], stored=["public"], spellings=(["PUBLIC"], ["Public", "public"])),
        Sample(
            ["Public", "Archiv 'Süd'"],
            stored=["archiv 'süd'", "public"],
            shown=["Archiv 'Süd'", "Public"],
            spellings=(["Archiv 'Süd'", "Public"],),
        ),
        Sample([]),
        # Nobody could make it with a task.
        Sample(["Public", "Nowhere"], refused="public_folders"),
    ),
    **list_samples.NAMED,
    **entry_samples.NAMED,
    ("user", "name"): (
        Sample("carol", spellings=("Carol", " CAROL ")),
        Sample("D.O-Brien_7", stored="d.o-brien_7", shown="d.o-brien_7", spellings=("d.o-brien_7",)),
    ),
    ("user", "domain"): _DOMAIN_OF_AN_OBJECT,
    ("user", "email_addresses"): (
        Sample(["zoe.carol"], spellings=(["Zoe.Carol"], ["zoe.carol@example.com"])),
        Sample(
            ["Sales", "c.arol", "c.arol@EXAMPLE.com"],
            stored=["c.arol", "sales"],
            shown=["c.arol", "sales"],
            spellings=(["c.arol", "sales"], ["SALES", "C.Arol"]),
        ),
        Sample([]),
    ),
    ("user", "groups"): (
        Sample(["staff"], spellings=(["Staff"],)),
        Sample(
            ["staff", "sales"], stored=["sales", "staff"], shown=["sales", "staff"], spellings=(["SALES", "staff"],)
        ),
        Sample([]),
    ),
    ("user", "access_policy"): (Sample("Restricted", spellings=("restricted",)), Sample("Default")),
    ("user", "company_contact"): texts("Example Ltd", "Sample & Söhne", ""),
    ("user", "home_server"): texts("mail-1", "mail-2"),
    ("user", "forwarding.addresses"): (
        Sample(["carol@example.net"], spellings=(["CAROL@Example.NET"],)),
        Sample(
            ["z@example.net", "A@example.net"],
            stored=["a@example.net", "z@example.net"],
            shown=["A@example.net", "z@example.net"],
            spellings=(["a@example.net", "z@example.net", "z@example.net"],),
        ),
        Sample([]),
    ),
}
# The least that a task says to make an object.
MINIMAL: dict[str, Values] = {
    "domain": {("name",): Sample("new.example")},
    "group": {("name",): Sample("team"), ("domain",): Sample("example.com")},
    "alias": {
        ("name",): Sample("support"),
        ("domain",): Sample("example.com"),
        ("targets",): Sample(["bob@example.com"]),
    },
    **list_samples.MINIMAL,
    **entry_samples.MINIMAL,
    "user": {
        ("name",): Sample("carol"),
        ("domain",): Sample("example.com"),
        ("password",): Sample("Minimal-Passw0rd"),
    },
}
# What a member needs beside it, so that the server takes it.
COMPANIONS: dict[tuple[str, str], Values] = {
    ("domain", "directory_service_password"): {("directory_service", "enabled"): Sample(True)},
    **list_samples.COMPANIONS,
    ("user", "forwarding.mode"): {("forwarding", "addresses"): Sample(["x@example.net"])},
}
# What cannot be given, or is not kept, together with a field.
APART: dict[tuple[str, str], frozenset[Path]] = {
    ("user", "forwarding.addresses"): frozenset({("forwarding", "mode")}),
    **list_samples.APART,
}
# What is added to the first value of a list, and what the list is then.
APPENDED: dict[tuple[str, str], Sample] = {
    ("group", "members"): Sample(["Xena"], stored=["walt", "xena"], shown=["walt", "xena"]),
    ("alias", "targets"): Sample(
        ["carl@Example.net"],
        stored=["alice@example.com", "carl@example.net"],
        shown=["alice@example.com", "carl@example.net"],
    ),
    ("alias", "public_folders"): Sample(
        ["Archiv 'Süd'"], stored=["archiv 'süd'", "public"], shown=["Archiv 'Süd'", "Public"]
    ),
    **list_samples.APPENDED,
    **entry_samples.APPENDED,
}
# What a removal has to consent to.
REMOVAL = {kind: {"allow_mail_loss": True} for kind in ("domain", "mailing_list", "resource")}
