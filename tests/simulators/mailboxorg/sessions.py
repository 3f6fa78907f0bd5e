# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sessions: a text in the header HPLS-AUTH, good for 20 minutes after each use (fact sheet mailboxorg.md 1.3, 1.4)."""

from __future__ import annotations

import random
import secrets
import string
from dataclasses import dataclass

from tests.simulators.framework.clock import Clock
from tests.simulators.mailboxorg.logins import Login
from tests.simulators.mailboxorg.settings import MailboxOrgSettings

HEADER = "HPLS-AUTH"
PUNCTUATION = ";%)&"


@dataclass
class Session:
    text: str
    login: Login
    last_used: float


class Sessions:
    def __init__(self, settings: MailboxOrgSettings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._by_text: dict[str, Session] = {}

    def open(self, login: Login) -> Session:
        session = Session(_new_text(), login, self._clock.now())
        self._by_text[session.text] = session
        return session

    def find(self, text: str) -> Session | None:
        """The session of that text, whose time begins again."""
        session = self._by_text.get(text)
        if session is None or not self._is_alive(session):
            return None
        session.last_used = self._clock.now()
        return session

    def close(self, text: str) -> None:
        self._by_text.pop(text, None)

    def clear(self) -> None:
        self._by_text.clear()

    def all_open(self) -> list[Session]:
        return [session for session in self._by_text.values() if self._is_alive(session)]

    def _is_alive(self, session: Session) -> bool:
        return self._clock.now() < session.last_used + self._settings.session_seconds


def _new_text() -> str:
    """42 characters like those seen: 19 with punctuation, then hexadecimal digits, a dot and eight digits."""
    letters = [secrets.choice(string.ascii_letters + string.digits) for _position in range(19 - len(PUNCTUATION))]
    start = [*letters, *PUNCTUATION]
    random.SystemRandom().shuffle(start)
    digits = "".join(secrets.choice(string.digits) for _position in range(9))
    return f"{''.join(start)}{secrets.token_hex(7)[:13]}{digits[0]}.{digits[1:]}"
