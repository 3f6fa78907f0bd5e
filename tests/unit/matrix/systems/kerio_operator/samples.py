# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a field's type cannot tell about its values: names of objects that exist, numbers, texts of a certain form."""

from __future__ import annotations

from tests.unit.matrix.paths import Entry, Path
from tests.unit.matrix.samples import Sample, Values, texts
from tests.unit.matrix.subjects import EntryNames

# Options of a line that also stand beside the extension's own, for its only line.
LINE_OPTIONS = (
    "sip_username",
    "sip_password",
    "codecs",
    "nat_support",
    "secured",
    "dtmf_mode",
    "fax_detect",
    "fax_detect_type",
)
ENTRY_OPTIONS = (
    "number",
    "primary",
    "ring",
    "ring_timeout",
    "busy_action",
    "voicemail_fallback",
    "voicemail_fallback_timeout",
)
_DESK, _MOBILE = (Entry("sip_username", name) for name in ("201", "201mobile"))

NAMED: dict[tuple[str, str], tuple[Sample, ...]] = {
    ("extension", "number"): (Sample("201", spellings=(201, " 201 ")), Sample("0301")),
    ("extension", "user"): (Sample("alice", spellings=("Alice", "ALICE")), *texts("bob", "")),
    ("extension", "sip_username"): texts("201desk", "d.e-s_k+1", "201"),
    ("user", "name"): (
        Sample("carol", spellings=("Carol", " CAROL ")),
        Sample("D.O-Brien_7", spellings=("d.o-brien_7",)),
    ),
    ("user", "email"): (
        Sample("carol@example.com", spellings=("Carol@EXAMPLE.com",)),
        Sample("c@bücher.example", stored="c@xn--bcher-kva.example", shown="c@xn--bcher-kva.example"),
        Sample(""),
    ),
    ("user", "pin"): texts("7391", "0462"),
    # Which ids there are depends on the server.
    ("user", "role_id"): (Sample(3, spellings=("3",)), Sample(2)),
}
# The least that a task says to make an object.
MINIMAL: dict[str, Values] = {
    "extension": {("number",): Sample("201"), ("sip_password",): Sample("Minimal-Passw0rd")},
    "user": {("name",): Sample("carol"), ("password",): Sample("Minimal-Passw0rd")},
}
ENTRIES = {
    ("extension", "lines"): EntryNames(("201", "201mobile"), keeps_one=True),
    ("user", "extensions"): EntryNames(("301", "302")),
}
# A server chooses the next number after those of the starting state.
STAND_INS = {
    ("extension", "sip_username"): (
        Sample("front.desk", brings={("number",): "103"}),
        Sample("900", brings={("number",): "103"}),
    )
}
# An extension is described by its only line or by its lines, never by both.
APART: dict[tuple[str, str], frozenset[Path]] = {
    ("extension", f"lines.{name}"): frozenset((own,) for own in LINE_OPTIONS) for name in LINE_OPTIONS
}
INSTEAD: dict[tuple[str, str], Values] = {
    ("extension", f"lines.{name}"): {
        ("lines", _DESK, "sip_password"): Sample("Another-Passw0rd"),
        ("lines", _MOBILE, "nat_support"): Sample(True),
    }
    for name in LINE_OPTIONS
}
