# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One redactor for everything that we word or show: it knows the secrets of the run.

Ansible masks the values of ``no_log`` options by itself; what it cannot know are session tokens, and the secrets that a
server echoes back (mailcow_recorded.md, section 4).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import json
from urllib.parse import quote, quote_plus

MASK = "********"


def _as_it_travels(secret: str) -> set[str]:
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


class Redactor:
    """Masks known secrets in texts."""

    def __init__(self) -> None:
        self._secrets: set[str] = set()

    def learn(self, *secrets: str | None) -> None:
        """Remember secrets, also in the forms in which they travel."""
        for secret in secrets:
            if secret:
                self._secrets.update(_as_it_travels(secret))

    def text(self, text: str) -> str:
        for secret in sorted(self._secrets, key=len, reverse=True):
            text = text.replace(secret, MASK)
        return text
