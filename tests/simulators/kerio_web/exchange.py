# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One request as the methods of a server see it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from tests.simulators.framework.clock import Clock
from tests.simulators.framework.jsonrpc import RpcError
from tests.simulators.kerio_web.sessions import Session, Sessions
from tests.simulators.kerio_web.settings import KerioWebSettings
from tests.simulators.kerio_web.store import KerioStore

StoreT = TypeVar("StoreT", bound=KerioStore)
SettingsT = TypeVar("SettingsT", bound=KerioWebSettings)


@dataclass
class Exchange(Generic[StoreT, SettingsT]):
    """What a method works with. `session` is None only in methods open to all.

    sessions: those of the interface that was called. set_cookies: headers to answer with.
    """

    store: StoreT
    settings: SettingsT
    sessions: Sessions
    clock: Clock
    session: Session | None
    cookie: str | None
    client_address: str
    base_url: str
    set_cookies: list[str] = field(default_factory=list)

    def login_refused(self, name: str, message: str = "The user name or password is wrong.") -> RpcError:
        """The error of a failed login, which is also counted."""
        self.store.failed_logins.setdefault(name.lower(), []).append(self.clock.now())
        return RpcError(self.settings.login_failure_code, message)

    def check_lockout(self, name: str) -> None:
        """Raises RpcError for an account with too many failed logins: it refuses the right password, too."""
        limit, until = self.settings.lockout_after, self.clock.now() - self.settings.lockout_seconds
        recent = [moment for moment in self.store.failed_logins.get(name.lower(), []) if moment > until]
        if limit and len(recent) >= limit:
            raise RpcError(self.settings.login_failure_code, "The account is locked.")

    def open_session(self, user_id: str, name: str, *, token_cookie: bool) -> Session:
        """A login that succeeded: earlier failures are forgotten, the cookies go along with the answer."""
        self.store.failed_logins.pop(name.lower(), None)
        session = self.sessions.open(user_id, name, self.client_address)
        self.set_cookies += self.sessions.cookies(session, with_token=token_cookie)
        return session

    def close_session(self, login_page: str = "/admin/login") -> dict[str, str]:
        """-> the result of Session.logout"""
        self.sessions.close(self.cookie)
        return {"redirectUrl": self.base_url + login_page} if self.settings.logout_result == "redirect" else {}
