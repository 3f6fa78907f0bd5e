# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which id stands for an extension: a deletion goes to it, so it must never be that of one line of several."""

from __future__ import annotations

from ansible_collections.postmaster.comms.plugins.module_utils._systems.kerio_operator.rows import extensions_of

LINES = [
    {"guid": 42, "parentId": 41, "lineType": 1, "telNum": "200", "sipUsername": "200"},
    {"guid": 43, "parentId": 41, "lineType": 1, "telNum": "200", "sipUsername": "200mobile"},
]


def test_the_only_line_stands_for_its_extension() -> None:
    (extension,) = extensions_of([{**LINES[0], "lineType": 0}])
    assert (extension.identity, extension.listed_id) == (41, 42)


def test_the_row_of_the_extension_stands_for_it() -> None:
    (extension,) = extensions_of([{"guid": 41, "lineType": 2, "telNum": "200"}, *LINES])
    assert (extension.identity, extension.listed_id) == (41, 41)


def test_one_of_several_lines_never_stands_for_the_extension() -> None:
    """A server that lists no row for the extension itself."""
    (extension,) = extensions_of(LINES)
    assert (extension.identity, extension.listed_id) == (41, 41)
