# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Domain names and mail addresses as a mailcow server takes them (mail_api.md 2.8, 3.1)."""

from __future__ import annotations

import re
from typing import Any

from .php import text

_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_SEPARATORS = re.compile("[ ,;\n]")


def ascii_domain(name: Any) -> str:
    """A domain name trimmed, in lower case and in its ASCII form; what cannot be converted stays as it is."""
    plain = text(name).strip().lower()
    try:
        return plain.encode("idna").decode("ascii")
    except UnicodeError:
        return plain


def unicode_domain(name: str) -> str:
    """The form of a domain name for people (``xn--…`` decoded)."""
    try:
        return name.encode("ascii").decode("idna")
    except UnicodeError:
        return name


def is_domain(name: str) -> bool:
    """Whether an ASCII name is a domain: labels of 1–63 letters, digits and hyphens; a single label will do."""
    return 0 < len(name) <= 253 and all(_LABEL.fullmatch(label) for label in name.split("."))


def is_address(address: str) -> bool:
    """Whether PHP's address filter lets ``address`` pass: ASCII, a dot in the domain, local part of at most 64."""
    local, at, domain = address.rpartition("@")
    return bool(at and len(local) <= 64 and _ATOM.fullmatch(local) and "." in domain and is_domain(domain.lower()))


def split_address(address: str) -> tuple[str, str]:
    """Local part and domain, split at the first ``@``; both empty without one, as PHP's ``strstr`` finds nothing."""
    local, at, domain = address.partition("@")
    return (local, domain) if at else ("", "")


def normal_address(address: str) -> str:
    """The address with its domain in ASCII; the local part keeps its case. Text without ``@`` gives ``@``."""
    local, domain = split_address(address)
    return f"{local}@{ascii_domain(domain)}"


def split_list(value: Any) -> list[str]:
    """The parts of a text that holds several addresses, trimmed, without exact duplicates, order kept. May be ``[""]``.

    Raises PhpDied for a list (mailcow_recorded.md A16: ``goto`` as a JSON list is an empty reply).
    """
    return list(dict.fromkeys(part.strip() for part in _SEPARATORS.split(text(value))))
