# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which members of JSON are secrets, by their names, in the styles of all systems."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, strategies as st

from ansible_collections.postmaster.comms.plugins.module_utils._core.redact import (
    MASK,
    Redactor,
    masked,
    says_secret,
    secrets_in,
)
from tests.unit.core.strategies import QUICK

SECRET = [
    "password", "Password", "USER_PASSWORD", "AMI_PASSWORD", "sipPassword", "builtInAdminPassword", "passwd", "pass",
    "pass2", "password1", "password2", "password_hash", "passwordHash", "new_account_password", "apppassword", "pwd",
    "user_pw", "passphrase", "secret", "clientSecret", "secrets", "token", "X-Token", "accessToken", "api_key",
    "apiKey", "APIKEY", "X-API-Key", "private_key", "privateKey", "dkim_privkey", "session_key", "PIN", "voicemailPin",
    "otp", "Authorization",
]  # fmt: skip
PLAIN = [
    "passwordMinimumLength", "passwordComplexityEnabled", "isPasswordReversible", "passwd_update", "force_pw_update",
    "same_password_disallowed", "bypass", "compass", "spin", "key", "keyId", "public_key", "keyword", "name", "mail",
    "tokenExpiration", "pinned", "userName", "passwordExpirationDays",
]  # fmt: skip


@pytest.mark.parametrize("name", SECRET)
def test_a_name_that_says_secret(name: str) -> None:
    assert says_secret(name)


@pytest.mark.parametrize("name", PLAIN)
def test_a_name_that_does_not(name: str) -> None:
    assert not says_secret(name)


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        ({"a": [{"password": "x1", "name": "n"}]}, {"a": [{"password": MASK, "name": "n"}]}),
        ({"secrets": {"a": ["x1", {"b": 4711}], "c": None}}, {"secrets": {"a": [MASK, {"b": MASK}], "c": None}}),
        ({"pin": 4711, "number": 4711}, {"pin": MASK, "number": 4711}),
        ({"needPassword": True, "password": None}, {"needPassword": True, "password": None}),
        ({"require_reset_password": "1", "password": "off"}, {"require_reset_password": "1", "password": "off"}),
        ({"type": "pass", "value": "x1"}, {"type": "pass", "value": MASK}),
        ({"name": "smtp.password", "value": "x1"}, {"name": "smtp.password", "value": MASK}),
        ({"type": "mail", "value": "x1"}, {"type": "mail", "value": "x1"}),
        (["log", {"password1": "long secret"}, "long secret"], ["log", {"password1": MASK}, MASK]),
        ("plain", "plain"),
        ([], []),
    ],
)  # fmt: skip
def test_what_is_secret_is_masked_and_nothing_else(data: Any, shown: Any) -> None:
    assert masked(data) == shown


def test_a_whole_answer_may_be_a_secret() -> None:
    assert masked("generated", secret=True) == MASK
    assert masked({"id": 7, "memo": ""}, secret=True) == {"id": MASK, "memo": ""}


def test_the_secrets_are_found_for_the_texts_that_repeat_them() -> None:
    data = {
        "a": [{"password": "x1"}],
        "pin": 4711,
        "token": "",
        "secret": True,
        "query": {"name": "pass", "value": "y2"},
    }
    assert sorted(secrets_in(data)) == ["4711", "x1", "y2"]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*SECRET[:4], *PLAIN[:4]]), inner),
    max_leaves=12,
)


@QUICK
@given(_JSON)
def test_masking_keeps_the_shape_and_leaves_no_secret(data: Any) -> None:
    shown = masked(data)
    assert [each for each in secrets_in(shown) if each != MASK] == []
    assert masked(shown) == shown
    assert _shape(shown) == _shape(data)


def _shape(data: Any) -> Any:
    if isinstance(data, dict):
        return {name: _shape(value) for name, value in data.items()}
    return [_shape(each) for each in data] if isinstance(data, list) else None


def test_a_redactor_goes_through_data_too() -> None:
    redactor = Redactor()
    redactor.learn("s3cret")
    assert redactor.data({"a": ["x s3cret", 1, None], "s3cret": True}) == {"a": [f"x {MASK}", 1, None], "s3cret": True}
