# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The same three wishes for each kind of server, and what to look at afterwards in the server's own store."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from ansible_collections.postmaster.comms.plugins.module_utils._systems.kerio_connect import SYSTEM as KERIO_CONNECT
from ansible_collections.postmaster.comms.plugins.module_utils._systems.kerio_operator import SYSTEM as KERIO_OPERATOR
from ansible_collections.postmaster.comms.plugins.module_utils._systems.mail import SYSTEM as MAIL
from ansible_collections.postmaster.comms.plugins.module_utils._systems.mailboxorg import SYSTEM as MAILBOXORG
from ansible_collections.postmaster.comms.plugins.module_utils._systems.system import System
from tests.simulators import Fault, KerioConnect, KerioOperator, MailboxOrg, Mailcow, MailRest, Simulator
from tests.support.runner import Runner, SteppingClock

Options = dict[str, Any]
PASSWORD = 'Str0ng-pässw/rd "1"'
CREATE, UPDATE, DELETE, READ, LIST = "create", "update", "delete", "read", "list"
LOGIN, LOGOUT = "login", "logout"
WRITES = (CREATE, UPDATE, DELETE)


@dataclass(frozen=True)
class Server:
    """One kind of server: how to ask for the three writes, how its log calls them, how to look at what it holds.

    ``people`` gives the display name of each account by address. Of servers with sessions, ``session_headers`` carry
    them, ``expired`` is the code that says that one is over, and ``admin`` names the account
    in use where that is one of them. ``let_go`` takes bob from under what else names him, so that he can be pruned.
    """

    name: str
    title: str
    simulator: type[Simulator[Any, Any]]
    system: System
    kind: str
    plural: str
    wishes: dict[str, Options]
    calls: dict[str, str]
    people: Callable[[Any], dict[str, str]]
    session_headers: tuple[str, ...] = ()
    expired: int = 0
    admin: Options | None = None
    let_go: Callable[[Any], None] = lambda store: None


def _kerio_people(store: Any) -> dict[str, str]:
    names = {row["id"]: row["name"] for row in store.domains.values()}
    return {f"{row['loginName']}@{names[row['domainId']]}": row["fullName"] for row in store.users.values()}


def _mail_people(store: Any) -> dict[str, str]:
    return {address: mailbox.name for address, mailbox in store.mailboxes.items()}


def _operator_people(store: Any) -> dict[str, str]:
    return {f"{row['USERNAME']}@example.com": row["FULL_NAME"] for row in store.users.values()}


def _let_bob_go(store: Any) -> None:
    for number in store.numbers_of("bob"):
        store.assign(store.extension(number)["guid"], None)


def _mailboxorg_people(store: Any) -> dict[str, str]:
    return {address: mailbox.fields["first_name"] for address, mailbox in store.mailboxes.items()}


_MAILBOX_WISHES: dict[str, Options] = {
    CREATE: {"email": "carol@example.com", "name": "Carol", "password": PASSWORD, "quota": "512M"},
    UPDATE: {"email": "alice@example.com", "name": "Alice New"},
    DELETE: {"email": "alice@example.com", "state": "absent", "allow_mail_loss": True},
}
SERVERS = (
    Server(
        "kerio_connect",
        "Kerio Connect",
        KerioConnect,
        KERIO_CONNECT,
        "user",
        "users",
        {
            CREATE: {"name": "carol", "domain": "example.com", "full_name": "Carol", "password": PASSWORD},
            UPDATE: {"name": "alice", "domain": "example.com", "full_name": "Alice New"},
            DELETE: {"name": "alice", "domain": "example.com", "state": "absent", "mailbox": "delete"},
        },
        {
            CREATE: "Users.create",
            UPDATE: "Users.set",
            DELETE: "Users.remove",
            READ: "Users.get",
            LIST: "Users.get",
            LOGIN: "Session.login",
            LOGOUT: "Session.logout",
        },
        _kerio_people,
        session_headers=("X-Token", "Cookie"),
        expired=-32001,
        admin={"name": "admin", "domain": "example.com"},
    ),
    Server(
        "kerio_operator",
        "Kerio Operator",
        KerioOperator,
        KERIO_OPERATOR,
        "user",
        "users",
        {
            CREATE: {"name": "carol", "full_name": "Carol", "password": PASSWORD},
            UPDATE: {"name": "alice", "full_name": "Alice New"},
            DELETE: {"name": "alice", "state": "absent", "allow_mail_loss": True},
        },
        {
            CREATE: "Users.create",
            UPDATE: "Users.set",
            DELETE: "Users.remove",
            READ: "Users.get",
            LIST: "Users.get",
            LOGIN: "Session.login",
            LOGOUT: "Session.logout",
        },
        _operator_people,
        session_headers=("X-Token", "Cookie"),
        expired=-32001,
        admin={"name": "Admin"},
        let_go=_let_bob_go,
    ),
    Server(
        "mailboxorg",
        "mailbox.org",
        MailboxOrg,
        MAILBOXORG,
        "mailbox",
        "mailboxes",
        {
            CREATE: {
                "email": "carol@example.com",
                "first_name": "Carol",
                "last_name": "Example",
                "plan": "light",
                "password": PASSWORD,
            },
            UPDATE: {"email": "alice@example.com", "first_name": "Alice New"},
            DELETE: {"email": "alice@example.com", "state": "absent", "allow_mail_loss": True},
        },
        {
            CREATE: "mail.add",
            UPDATE: "mail.set",
            DELETE: "mail.del",
            READ: "mail.get",
            LIST: "mail.list",
            LOGIN: "auth",
            LOGOUT: "deauth",
        },
        _mailboxorg_people,
        session_headers=("HPLS-AUTH",),
        expired=253,
    ),
    Server(
        "mail_rest",
        "Email Management API",
        MailRest,
        MAIL,
        "mailbox",
        "mailboxes",
        _MAILBOX_WISHES,
        {
            CREATE: "POST /api/v1/mailboxes",
            UPDATE: "PUT /api/v1/mailboxes/{email}",
            DELETE: "DELETE /api/v1/mailboxes/{email}",
            READ: "GET /api/v1/mailboxes/{email}",
            LIST: "GET /api/v1/mailboxes",
        },
        _mail_people,
    ),
    Server(
        "mailcow",
        "mailcow",
        Mailcow,
        MAIL,
        "mailbox",
        "mailboxes",
        _MAILBOX_WISHES,
        {
            CREATE: "POST /api/v1/add/mailbox",
            UPDATE: "POST /api/v1/edit/mailbox",
            DELETE: "POST /api/v1/delete/mailbox",
            READ: "GET /api/v1/get/mailbox/{id}",
            LIST: "GET /api/v1/get/mailbox/all",
        },
        _mail_people,
    ),
)
BY_NAME = {server.name: server for server in SERVERS}
WITH_SESSIONS = [server.name for server in SERVERS if server.session_headers]
WITH_KEYS = [server.name for server in SERVERS if not server.session_headers]


@dataclass
class Trial:
    """A running server, fresh from a reset, and a client that is told to work with it. ``pauses`` take no time."""

    server: Server
    sim: Any
    pauses: list[float]
    connection: Options = field(default_factory=dict)
    clock: SteppingClock = field(default_factory=SteppingClock)

    def call(self, what: str) -> str:
        return self.server.calls[what]

    def fault(self, kind: str, what: str, **details: Any) -> None:
        """Let something go wrong with one of the server's calls, by our name (create, read ...) or by its own."""
        self.sim.faults.add(Fault(kind, self.server.calls.get(what, what), **details))

    def do(self, what: str, *, check: bool = False, **options: Any) -> Options:
        """The result of one of the three wishes. Holds no secret and leaves no session open, whatever happens."""
        wish = {**self.server.wishes[what], **options}
        return self._watched(self.runner().object(self.server.kind, wish, check=check, verbosity=4))

    def prune(self, *, check: bool = False) -> Options:
        """The result of a document with one account, deleting all others but the one in use."""
        self.server.let_go(self.sim.store)
        document = {self.server.plural: [self.server.wishes[UPDATE], *filter(None, [self.server.admin])]}
        behaviour: Options = {"prune": [self.server.plural], "allow_mail_loss": True}
        return self._watched(self.runner().config(document, check=check, verbosity=4, **behaviour))

    def info(self) -> Options:
        return self._watched(self.runner().info(resources=[self.server.plural], verbosity=4))

    def runner(self) -> Runner:
        runner = Runner(self.server.system, self.sim, **self.connection)
        runner.clock = self.clock
        return runner

    def impatient(self, patch: pytest.MonkeyPatch, what: str) -> None:
        """While a fault is waiting, this call alone is given up early; no other call depends on how fast anything is.

        The fault has met its request before the client goes on, so that the next request cannot meet it instead.
        """
        original = requests.Session.send

        def send(session: requests.Session, request: requests.PreparedRequest, **arguments: Any) -> requests.Response:
            body = json.loads(request.body) if request.body else None
            if not self.sim.faults.pending or not self._is(what, str(request.method), str(request.url), body):
                return original(session, request, **arguments)
            try:
                return original(session, request, **{**arguments, "timeout": (arguments["timeout"], 0.2)})
            except requests.RequestException:
                deadline = time.monotonic() + 30
                while self.sim.faults.pending and time.monotonic() < deadline:
                    threading.Event().wait(0.01)  # time.sleep is replaced
                raise

        patch.setattr(requests.Session, "send", send)

    def _is(self, what: str, method: str, url: str, body: Any) -> bool:
        call = self.call(what)
        if " " not in call:
            return isinstance(body, dict) and body.get("method") == call
        pattern = re.sub(r"\\{\w+\\}", "[^/]+", re.escape(call))
        return re.fullmatch(pattern, f"{method} {urlsplit(url).path}") is not None

    @property
    def people(self) -> dict[str, str]:
        return self.server.people(self.sim.store)

    def requests(self, what: str) -> list[Any]:
        return [record for record in self.sim.requests if record.call == self.server.calls.get(what, what)]

    @property
    def logins(self) -> int:
        return sum(record.login for record in self.sim.requests)

    @property
    def processed_writes(self) -> int:
        return sum(record.processed for record in self.sim.writes)

    def secrets(self) -> set[str]:
        """Everything that only client and server may know: keys, passwords, tokens, cookies."""
        known = {PASSWORD, *self.connection.values()} & {PASSWORD, self.connection.get("api_password")}
        known |= {self.connection.get("api_key")}
        known |= {value for name, value in self.sim.environment.items() if name.endswith(("_KEY", "_PASSWORD"))}
        for record in self.sim.requests:
            headers = {name.lower(): value for name, value in record.headers.items()}
            known |= {headers.get(name) for name in ("x-token", "x-api-key", "hpls-auth", "authorization")}
            known |= {cookie.partition("=")[2] for cookie in headers.get("cookie", "").split("; ")}
        return {str(secret) for secret in known if secret}

    def _watched(self, result: Options) -> Options:
        shown = json.dumps(result, ensure_ascii=False)
        for secret in self.secrets():
            assert secret not in shown
            assert json.dumps(secret)[1:-1] not in shown
            assert json.dumps(secret, ensure_ascii=False)[1:-1] not in shown
        assert getattr(self.sim, "open_sessions", 0) == 0, "a session was left open"
        assert self.sim.internal_errors == []
        return result
