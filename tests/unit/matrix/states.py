# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values of random states: whatever a real server may hold, odd things included."""

from __future__ import annotations

from hypothesis import strategies as st

# Everything that a person can type or paste: all scripts, quotes, line breaks; nothing unassigned.
_CHARACTERS = st.characters(exclude_categories=("Cc", "Cn", "Co", "Cs")) | st.sampled_from("\n\t'\"\\{}%<>")
IDN_DOMAIN = "bücher.example"
TEXTS = st.text(_CHARACTERS, max_size=40)
FOREIGN = st.sampled_from(
    ["a@example.net", "B.C@Example.NET", "a@EXAMPLE.net", "d@sub.example.co.uk", "e+f@example.org"]
)
