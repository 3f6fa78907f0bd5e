# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a field's type cannot tell about its values: names of objects that exist, addresses, texts of a certain form."""

from __future__ import annotations

from tests.unit.matrix.paths import Path
from tests.unit.matrix.samples import Sample, Values, texts

NAMED: dict[tuple[str, str], tuple[Sample, ...]] = {
    ("user", "name"): (
        Sample("carol", spellings=("Carol", " CAROL ")),
        Sample("D.O-Brien_7", stored="d.o-brien_7", shown="d.o-brien_7", spellings=("d.o-brien_7",)),
    ),
    ("user", "domain"): (
        Sample("example.com", spellings=("EXAMPLE.com", "example.com.")),
        Sample("example.org"),
        Sample("Bücher.example", stored="bücher.example", shown="xn--bcher-kva.example", spellings=("bücher.example",)),
    ),
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
    "user": {
        ("name",): Sample("carol"),
        ("domain",): Sample("example.com"),
        ("password",): Sample("Minimal-Passw0rd"),
    },
}
# What a member needs beside it, so that the server takes it.
COMPANIONS: dict[tuple[str, str], Values] = {
    ("user", "forwarding.mode"): {("forwarding", "addresses"): Sample(["x@example.net"])},
}
# What cannot be given, or is not kept, together with a field.
APART: dict[tuple[str, str], frozenset[Path]] = {
    ("user", "forwarding.addresses"): frozenset({("forwarding", "mode")}),
}
