# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The redactor: no form in which a secret travels comes through."""

from __future__ import annotations

import json
from urllib.parse import quote, quote_plus, urlencode

import pytest
from hypothesis import given, strategies as st

from ansible_collections.postmaster.comms.plugins.module_utils._core.redact import MASK, Redactor
from tests.unit.core.strategies import QUICK

AWKWARD = "p/a\"s'sé\\ w&örd+=%"


def _knowing(*secrets: str | None) -> Redactor:
    redactor = Redactor()
    redactor.learn(*secrets)
    return redactor


FORMS = {
    "as it is": AWKWARD,
    "in a URL": quote(AWKWARD, safe=""),
    "in a path": quote(AWKWARD),
    "in a query": urlencode({"q": AWKWARD}),
    "with plus for blank": quote_plus(AWKWARD),
    "in JSON": json.dumps({"a": AWKWARD}),
    "in JSON with letters": json.dumps({"a": AWKWARD}, ensure_ascii=False),
    "in JSON by PHP": json.dumps({"a": AWKWARD}).replace("/", "\\/"),
    "as Python shows it": repr({"a": AWKWARD}),
    "as Python escapes it": AWKWARD.encode("unicode_escape").decode(),
}


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS)
def test_a_secret_is_masked_in_every_form_in_which_it_travels(text: str) -> None:
    shown = _knowing(AWKWARD).text(f"before {text} after")
    assert MASK in shown
    for telling in ("örd", "%C3%B6rd", "\\u00f6rd", "\\xf6rd"):
        assert telling not in shown
    assert shown.startswith("before ")
    assert shown.endswith(" after")


def test_a_secret_inside_another_leaves_no_rest() -> None:
    assert _knowing("abc", "abcdef").text("x abcdef y abc z") == f"x {MASK} y {MASK} z"


def test_nothing_to_hide_is_nothing_hidden() -> None:
    assert _knowing(None, "").text("a text") == "a text"
    assert Redactor().text("a text") == "a text"


@QUICK
@given(st.text(min_size=4, max_size=20).filter(lambda text: not set(text) & set("*")), st.text(), st.text())
def test_a_secret_is_never_left_in_a_text(secret: str, before: str, after: str) -> None:
    assert secret not in _knowing(secret).text(before + secret + after)
