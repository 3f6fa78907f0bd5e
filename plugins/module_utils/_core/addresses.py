# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mail addresses and domain names in the one form in which they are compared.

Domains are compared as lower-case A-labels ("punycode"), since that is what the servers keep (mail_api.md 2.8). Local
parts keep their case where they are sent, and are compared without it.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import re
from functools import lru_cache

_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_LOCAL_PART = re.compile(r"[^\s@,;<>\"()\[\]\\]{1,64}")


@lru_cache(maxsize=1024)  # Thousands of addresses share a few domains.
def domain_name(text: str) -> str:
    """``BÜCHER.example`` -> ``xn--bcher-kva.example``. Raises ValueError when it is no domain name."""
    name = text.strip().rstrip(".").lower()
    try:
        ascii_name = name.encode("idna").decode("ascii") if not name.isascii() else name
    except UnicodeError:
        raise ValueError(f"{text!r} is not a domain name") from None
    if not ascii_name or len(ascii_name) > 253 or not all(_LABEL.fullmatch(label) for label in ascii_name.split(".")):
        raise ValueError(f"{text!r} is not a domain name")
    return ascii_name


def local_part(text: str) -> str:
    """The part before the ``@``, checked. Raises ValueError with a hint when it is a whole address or not usable."""
    part = text.strip()
    if not _LOCAL_PART.fullmatch(part) or part.startswith(".") or part.endswith(".") or ".." in part:
        raise ValueError(f"{text!r} is not the local part of an address (the part before the @)")
    return part


def email(text: str) -> str:
    """An address with its domain normalised and its local part as written. Raises ValueError."""
    part, at, domain = text.strip().rpartition("@")
    if not at:
        raise ValueError(f"{text!r} is not an e-mail address")
    try:
        return f"{local_part(part)}@{domain_name(domain)}"
    except ValueError:
        raise ValueError(f"{text!r} is not an e-mail address") from None


def mailbox_address(text: str) -> str:
    """An address all in lower case: servers fold the local part of a mailbox (mail_api.md 2.8)."""
    return email(text.lower())


def alias_address(text: str) -> str:
    """An address, or ``@domain`` for a catch-all. Raises ValueError."""
    stripped = text.strip()
    try:
        return f"@{domain_name(stripped[1:])}" if stripped.startswith("@") else email(stripped)
    except ValueError:
        raise ValueError(f"{text!r} is neither an e-mail address nor a catch-all such as @example.com") from None


def domain_of(address: str) -> str:
    """The domain of a normalised address."""
    return address.rpartition("@")[2]
