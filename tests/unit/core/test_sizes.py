# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sizes as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from ansible_collections.postmaster.comms.plugins.module_utils._core.sizes import format_size, parse_size
from tests.unit.core.strategies import QUICK

KIB = 1024


@QUICK
@given(st.integers(0, KIB**6))
def test_what_is_formatted_is_read_back_exactly(size: int) -> None:
    assert parse_size(format_size(size)) == size


@pytest.mark.parametrize(
    ("text", "size", "shortest"),
    [
        ("0B", 0, "0B"),
        ("1b", 1, "1B"),
        ("512M", 512 * KIB**2, "512M"),
        ("512 MB", 512 * KIB**2, "512M"),
        ("3gib", 3 * KIB**3, "3G"),
        (" 3 G ", 3 * KIB**3, "3G"),
        ("1024M", KIB**3, "1G"),
        ("1536M", 1536 * KIB**2, "1536M"),
        ("1025B", 1025, "1025B"),
        ("2T", 2 * KIB**4, "2T"),
        ("1P", KIB**5, "1P"),
    ],
)
def test_sizes(text: str, size: int, shortest: str) -> None:
    assert parse_size(text) == size
    assert format_size(size) == shortest


@pytest.mark.parametrize("text", ["", "M", "-1M", "1.5G", "1,5G", "1X", "0x10M", "1 G B", "unlimited", "1G\n2G", "²M"])
def test_what_is_no_size(text: str) -> None:
    with pytest.raises(ValueError, match="is not a size such as 512M or 3G"):
        parse_size(text)


@pytest.mark.parametrize("text", ["512", " 512 ", "0"])
def test_a_bare_number_is_refused_with_a_hint(text: str) -> None:
    with pytest.raises(ValueError, match=f"write {text.strip()}M for megabytes"):
        parse_size(text)
