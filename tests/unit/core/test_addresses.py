# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Addresses and domain names in the form in which they are compared."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import example, given, strategies as st

from ansible_collections.postmaster.comms.plugins.module_utils._core.addresses import (
    alias_address,
    domain_name,
    domain_of,
    email,
    local_part,
    mailbox_address,
)
from tests.unit.core.strategies import DOMAINS, EMAILS, FREE_TEXT, QUICK

FORMS: list[Callable[[str], str]] = [domain_name, local_part, email, mailbox_address, alias_address]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Example.COM", "example.com"),
        (" example.com. ", "example.com"),
        ("BÜCHER.example", "xn--bcher-kva.example"),
        ("XN--BCHER-KVA.example", "xn--bcher-kva.example"),
        ("bücher。example", "xn--bcher-kva.example"),
        ("localhost", "localhost"),
        ("_dmarc.example.com", "_dmarc.example.com"),
        ("a" * 63 + ".example", "a" * 63 + ".example"),
    ],
)
def test_domain_names(text: str, name: str) -> None:
    assert domain_name(text) == name


BAD_DOMAINS = [
    "",
    ".",
    "a..b",
    ".example.com",
    "-a.example",
    "a-.example",
    "a b.example",
    "a@b.example",
    "exa\nmple.com",
    "example\n.com",
    "example.com/..",
    "a" * 64 + ".example",
    ".".join(["abcdefgh"] * 30),
    "ü" * 80 + ".example",
]


@pytest.mark.parametrize("text", BAD_DOMAINS)
def test_what_is_no_domain_name(text: str) -> None:
    with pytest.raises(ValueError, match="is not a domain name"):
        domain_name(text)


@pytest.mark.parametrize("text", BAD_DOMAINS)
def test_an_address_needs_a_domain_name(text: str) -> None:
    with pytest.raises(ValueError, match="is not an e-mail address"):
        email(f"ann@{text}")
    with pytest.raises(ValueError, match="neither an e-mail address nor a catch-all"):
        alias_address(f"@{text}")


@pytest.mark.parametrize(
    "text", ["", "@", "ann", "@example.com", "ann@", "a b@example.com", "a,b@example.com", "a@b@c"]
)
def test_what_is_no_address(text: str) -> None:
    with pytest.raises(ValueError, match="is not an e-mail address"):
        email(text)


@pytest.mark.parametrize("text", ["", "ann@example.com", ".ann", "ann.", "a..b", "a b", "a;b", "<ann>", "x" * 65])
def test_what_is_no_local_part(text: str) -> None:
    with pytest.raises(ValueError, match="the part before the @"):
        local_part(text)


def test_case_of_addresses() -> None:
    assert email(" Ann.Smith@EXAMPLE.com ") == "Ann.Smith@example.com"
    assert mailbox_address("Ann@EXAMPLE.com") == "ann@example.com"
    assert alias_address("Ann@EXAMPLE.com") == "Ann@example.com"
    assert local_part(" Ann+tag ") == "Ann+tag"


def test_international_addresses() -> None:
    assert email("Ann@Bücher.example") == "Ann@xn--bcher-kva.example"
    assert mailbox_address("ÄNN@example.com") == "änn@example.com"


def test_catch_all() -> None:
    assert alias_address(" @EXAMPLE.com ") == "@example.com"
    assert alias_address("@Bücher.example") == "@xn--bcher-kva.example"
    assert domain_of("@example.com") == domain_of("ann@example.com") == "example.com"


@pytest.mark.parametrize("form", FORMS, ids=lambda form: str(form.__name__))
def test_every_form_is_idempotent_and_leaves_nothing_that_breaks_a_line(form: Callable[[str], str]) -> None:
    @QUICK
    @given(FREE_TEXT | DOMAINS | EMAILS | st.text(max_size=20) | DOMAINS.map("@{}".format))
    @example("example\n.com")
    @example("a@example\n.com")
    @example("İ" * 64)
    @example("İ" * 64 + "@example.com")
    def check(text: str) -> None:
        try:
            canonical = form(text)
        except ValueError:
            return
        assert form(canonical) == canonical
        assert not any(letter.isspace() for letter in canonical)

    check()
