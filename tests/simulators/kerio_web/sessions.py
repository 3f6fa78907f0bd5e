# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sessions of one web interface: cookie, token, expiry (kerio_connect.md 1.3 to 1.6, kerio_operator.md 1.3)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from tests.simulators.framework.clock import Clock
from tests.simulators.kerio_web.settings import KerioWebSettings


@dataclass(frozen=True)
class Interface:
    """How one web interface of a server names its cookies; cookie_path is where a client sends them back."""

    cookie: str
    token_cookie: str
    cookie_path: str
    token_bytes: int


@dataclass
class Session:
    """user_id: the account as text, empty for an administrator that is none of the accounts."""

    cookie: str
    token: str
    user_id: str
    user_name: str
    client_address: str
    started: float
    last_used: float


class Sessions:
    def __init__(self, interface: Interface, settings: KerioWebSettings, clock: Clock) -> None:
        self.interface = interface
        self._settings = settings
        self._clock = clock
        self._by_cookie: dict[str, Session] = {}

    def open(self, user_id: str, user_name: str, client_address: str) -> Session:
        now = self._clock.now()
        cookie, token = secrets.token_hex(16), secrets.token_hex(self.interface.token_bytes)
        session = Session(cookie, token, user_id, user_name, client_address, now, now)
        self._by_cookie[session.cookie] = session
        return session

    def find(self, cookie: str | None, token: str | None) -> Session | None:
        """The session that both belong to; using it restarts its idle time."""
        session = self._by_cookie.get(cookie or "")
        if session is None or token != session.token or not self._is_alive(session):
            return None
        session.last_used = self._clock.now()
        return session

    def close(self, cookie: str | None) -> None:
        self._by_cookie.pop(cookie or "", None)

    def close_of_user(self, user_id: str) -> None:
        for session in self.all_open():
            if session.user_id == user_id:
                self.close(session.cookie)

    def clear(self) -> None:
        self._by_cookie.clear()

    def all_open(self) -> list[Session]:
        return [session for session in self._by_cookie.values() if self._is_alive(session)]

    def expires(self, session: Session) -> float:
        idle_end = session.last_used + self._settings.session_idle_seconds
        return min(idle_end, session.started + self._settings.session_max_seconds)

    def _is_alive(self, session: Session) -> bool:
        return self._clock.now() < self.expires(session)

    def cookies(self, session: Session, *, with_token: bool) -> list[str]:
        """Values of the Set-Cookie headers. The session comes first: some clients keep just the first cookie."""
        attributes = f"Path={self.interface.cookie_path}; Secure"
        lines = [f"{self.interface.cookie}={session.cookie}; {attributes}; HttpOnly"]
        return [*lines, f"{self.interface.token_cookie}={session.token}; {attributes}"] if with_token else lines
