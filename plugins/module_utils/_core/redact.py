# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One redactor for everything that we word or show: it knows the secrets of the run.

Ansible masks the values of ``no_log`` options by itself; what it cannot know are session tokens, and the secrets that a
server echoes back (mailcow_recorded.md, section 4).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote, quote_plus

MASK = "********"
# What the name of a member ends with when its value is a secret. Short words have to stand alone (``bypass`` says
# nothing), and so has ``key``: a public one is shown, a private one is not. ``passwordMinimumLength`` is no secret.
_SAYS_SECRET = re.compile(
    r"((password|passwd|passphrase|secret|token|apikey|privkey)s?([_-]?hash)?"
    r"|(^|[\W_])(pass|pwd|pw|pin|otp|authorization|(api|private|secret|access|auth|session)[\W_]?key))[0-9]*$"
)
# Some servers write yes and no as texts, also for ``require_reset_password``.
_FLAGS = frozenset({"", "0", "1", "true", "false", "yes", "no", "on", "off"})
_LONG = 8
_BEGINNING = 6
# A pair of name and value: it is the value of the first that says what the second is.
_NAMES_OF_VALUES = ("name", "type", "key")


def forms_of(secret: str) -> set[str]:
    """The secret itself, in URLs, in JSON (PHP escapes slashes too), and in the texts of Python's errors."""
    in_json = {json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1]}
    in_urls = {quote(secret), quote(secret, safe=""), quote_plus(secret)}
    in_errors = {
        repr(secret)[1:-1],
        ascii(secret)[1:-1],
        secret.encode("unicode_escape").decode("ascii"),
        secret.replace("\\", "\\\\").replace("'", "\\'"),
    }
    return {secret, *in_json, *(text.replace("/", "\\/") for text in in_json), *in_urls, *in_errors}


def says_secret(name: str) -> bool:
    """Whether the value of a member of this name is a secret: ``sipPassword``, ``USER_PASSWORD``, ``api_key``."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
    return _SAYS_SECRET.search(words) is not None


def secrets_in(data: Any, secret: bool = False) -> Iterator[str]:
    """The secrets in JSON, by the names of its members, however deep; ``secret``: all of it is one."""
    if isinstance(data, Mapping):
        for name, value in data.items():
            yield from secrets_in(value, secret or _is_secret(name, data))
    elif isinstance(data, (list, tuple)):
        for each in data:
            yield from secrets_in(each, secret)
    elif secret and _is_worth_hiding(data):
        yield str(data)


def masked(data: Any, secret: bool = False) -> Any:
    """The same JSON with a mask in place of each of these secrets, and of texts that repeat a long one: a PIN may well
    be somebody's number too."""
    return _masked(data, secret, {each for each in secrets_in(data, secret) if len(each) >= _LONG})


def _masked(data: Any, secret: bool, known: set[str]) -> Any:
    if isinstance(data, Mapping):
        return {name: _masked(value, secret or _is_secret(name, data), known) for name, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [_masked(each, secret, known) for each in data]
    hide = secret and _is_worth_hiding(data)
    return MASK if hide or (isinstance(data, str) and data in known) else data


def _is_secret(name: Any, siblings: Mapping[Any, Any]) -> bool:
    if name == "value":
        return any(says_secret(str(siblings.get(each) or "")) for each in _NAMES_OF_VALUES)
    return says_secret(str(name))


def _is_worth_hiding(value: Any) -> bool:
    return value is not None and not isinstance(value, bool) and str(value).lower() not in _FLAGS


class _Secrets:
    """Secrets by how they begin, so that a text is not searched for each of thousands."""

    def __init__(self) -> None:
        self._by_beginning: dict[str, set[str]] = {}

    def add(self, secrets: Iterable[str]) -> None:
        for secret in set(secrets):
            for form in forms_of(secret):
                self._by_beginning.setdefault(form[:_BEGINNING], set()).add(form)

    def found_in(self, text: str) -> Iterator[str]:
        lengths = {len(beginning) for beginning in self._by_beginning}
        pieces = {text[start : start + length] for length in lengths for start in range(len(text) - length + 1)}
        for beginning in pieces & self._by_beginning.keys():
            yield from (secret for secret in self._by_beginning[beginning] if secret in text)


class Redactor:
    """Masks known secrets in texts, also in the forms in which they travel: those of the session as long as it lives,
    others until ``forget``."""

    def __init__(self) -> None:
        self._lasting = _Secrets()
        self._others = _Secrets()

    def keep(self, *secrets: str) -> None:
        """Remember secrets of the session."""
        self._lasting.add(secrets)

    def learn(self, *secrets: str | None) -> None:
        """Remember secrets of a run."""
        self._others.add(secret for secret in secrets if secret)

    def forget(self) -> None:
        """Another run begins."""
        self._others = _Secrets()

    def text(self, text: str) -> str:
        found = {*self._lasting.found_in(text), *self._others.found_in(text)}
        for secret in sorted(found, key=len, reverse=True):
            text = text.replace(secret, MASK)
        return text

    def data(self, data: Any) -> Any:
        """JSON with the known secrets masked in its texts."""
        if isinstance(data, Mapping):
            return {name: self.data(value) for name, value in data.items()}
        if isinstance(data, (list, tuple)):
            return [self.data(each) for each in data]
        return self.text(data) if isinstance(data, str) else data
