# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a field's type cannot tell about its values: names of objects that exist, addresses, texts of a certain form."""

from __future__ import annotations

from tests.unit.matrix.paths import Path
from tests.unit.matrix.samples import MIB, Sample, Values, texts

_TARGETS: Path = ("goto",)

NAMED: dict[tuple[str, str], tuple[Sample, ...]] = {
    ("mailbox", "email"): (
        Sample("carol@example.com", spellings=("Carol@Example.COM",)),
        Sample("O'Brien+x@example.org", stored="o'brien+x@example.org", shown="o'brien+x@example.org"),
        Sample("k@bücher.example", stored="k@xn--bcher-kva.example", shown="k@xn--bcher-kva.example"),
    ),
    ("mailbox", "name"): texts("Carol Example", 'Ďorđe "D" O\'Brien, \\ {{ x }} 例え', ""),
    ("alias", "address"): (
        Sample("team@example.com", spellings=("Team@EXAMPLE.com",)),
        Sample("Sales.Team@example.org", spellings=("sales.team@example.org",)),
        Sample("@example.org", spellings=("@EXAMPLE.ORG",)),
        Sample("@bücher.example", stored="@xn--bcher-kva.example", shown="@xn--bcher-kva.example"),
    ),
    ("alias", "goto"): (
        Sample(["alice@example.com"], spellings=(["Alice@EXAMPLE.com"],)),
        Sample(
            ["carol@example.net", "Bob@example.com", "bob@example.com"],
            stored=["bob@example.com", "carol@example.net"],
            shown=["Bob@example.com", "carol@example.net"],
            spellings=(["BOB@example.com", "carol@example.net"],),
        ),
        Sample([], refused="goto"),
    ),
    ("alias", "action"): (
        Sample("discard", brings={_TARGETS: []}),
        Sample("learn_spam", brings={_TARGETS: []}),
        Sample("learn_ham", brings={_TARGETS: []}),
        Sample("deliver", refused="goto"),
        Sample("deliver", beside={"goto": ["bob@example.com"]}, brings={_TARGETS: ["bob@example.com"]}),
    ),
}
# The least that a task says to make an object.
MINIMAL: dict[str, Values] = {
    "mailbox": {
        ("email",): Sample("carol@example.com"),
        ("password",): Sample("Minimal-Passw0rd"),
        ("quota",): Sample("256M", stored=256 * MIB),
    },
    "alias": {("address",): Sample("team@example.com"), _TARGETS: Sample(["alice@example.com", "bob@example.com"])},
}
# What cannot be given, or is not kept, together with a field.
APART: dict[tuple[str, str], frozenset[Path]] = {
    ("mailbox", "force_pw_update"): frozenset({("auth_source",)}),
    ("mailbox", "auth_source"): frozenset({("force_pw_update",)}),
    ("alias", "action"): frozenset({_TARGETS}),
}
# What a wish says without words, and the diff shows.
IMPLIED: dict[tuple[str, str], frozenset[str]] = {("alias", "goto"): frozenset({"action"})}
