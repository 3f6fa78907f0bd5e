# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The business API of mailbox.org: HTTP, envelope, batches, sessions, dispatch."""

from __future__ import annotations

import json
from typing import Any, ClassVar

from werkzeug.wrappers import Request, Response

from tests.simulators.framework.faults import HTTP_KINDS, Fault
from tests.simulators.framework.records import Call
from tests.simulators.framework.simulator import Simulator
from tests.simulators.mailboxorg import (
    accounts,
    additional_accounts,
    capabilities,
    capability_state,
    domains,
    envelope,
    filters,
    general,
    groups,
    invoices,
    logins,
    mail_access,
    mail_reads,
    mailboxes,
    mailinglists,
    seed,
    vacation,
)
from tests.simulators.mailboxorg.envelope import Envelope
from tests.simulators.mailboxorg.errors import BATCH_REFUSED, NO_CALL, UNKNOWN_METHOD, ApiError, invalid_session
from tests.simulators.mailboxorg.methods import Context, Method, check_access
from tests.simulators.mailboxorg.parameters import accept
from tests.simulators.mailboxorg.sessions import HEADER, Sessions
from tests.simulators.mailboxorg.settings import MailboxOrgSettings
from tests.simulators.mailboxorg.stale import OldStates
from tests.simulators.mailboxorg.store import Store

ENDPOINT = "/v1"
BATCH = "batch"  # what the log calls a request that holds a list of calls
SESSION_CALLS = ("auth", "deauth")
RPC_KINDS = frozenset({"wrong_id", "expire_session", "rpc_error", "replace_result"})
METHODS: dict[str, Method] = {
    **general.METHODS,
    **accounts.METHODS,
    **invoices.METHODS,
    **domains.METHODS,
    **mailboxes.METHODS,
    **mail_reads.METHODS,
    **filters.METHODS,
    **vacation.METHODS,
    **mail_access.METHODS,
    **additional_accounts.METHODS,
    **mailinglists.METHODS,
    **groups.METHODS,
}
NOT_FOUND_PAGE = "<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1></body></html>"


class MailboxOrg(Simulator[MailboxOrgSettings, Store]):
    """`environment` holds the login of the level account; `credentials` has one for each level."""

    name: ClassVar[str] = "mailboxorg"
    fault_kinds: ClassVar[frozenset[str]] = HTTP_KINDS | RPC_KINDS

    def __init__(self, settings: MailboxOrgSettings | None = None, *, real_time: bool = False) -> None:
        self._passwords = seed.new_passwords()
        super().__init__(settings, real_time=real_time)
        self.sessions = Sessions(self.settings, self.clock)
        self._old_states = OldStates(self.settings)

    def default_settings(self) -> MailboxOrgSettings:
        return MailboxOrgSettings()

    def starting_store(self) -> Store:
        return seed.starting_store(self._passwords)

    def credentials(self, level: str = "account") -> tuple[str, str]:
        """User and password at the start. Raises KeyError for an unknown level (logins.LEVELS)."""
        return seed.USERS[level], self._passwords[level]

    @property
    def environment(self) -> dict[str, str]:
        user, password = self.credentials()
        return {
            "MAILBOXORG_URL": self.url,
            "MAILBOXORG_USERNAME": user,
            "MAILBOXORG_PASSWORD": password,
            "MAILBOXORG_CA_PATH": self.ca_path,
        }

    @property
    def open_sessions(self) -> int:
        return len(self.sessions.all_open())

    def forget_sessions(self) -> None:
        self.sessions.clear()
        self._old_states.clear()

    # Log.

    def describe(self, request: Request) -> Call:
        try:
            data = envelope.decode(request.get_data())
        except ApiError:
            return Call("")
        if isinstance(data, list):
            return Call(BATCH, commands=tuple(self._described(item) for item in data if isinstance(item, dict)))
        return self._described(data) if isinstance(data, dict) else Call("")

    def _described(self, data: dict[str, Any]) -> Call:
        name = str(data.get("method", ""))
        method = self._methods().get(name)
        return Call(
            name,
            data.get("params"),
            is_write=method is not None and method.is_write,
            login=name == "auth",
            logout=name == "deauth",
        )

    def _methods(self) -> dict[str, Method]:
        """Those about capabilities were replaced in the autumn of 2026."""
        return {**METHODS, **capabilities.METHODS[self.settings.capabilities]}

    # Requests.

    def handle(self, request: Request) -> Response:
        return self._answer(request, None)

    def protocol_fault(self, fault: Fault, request: Request) -> Response:
        return self._answer(request, fault)

    def _answer(self, request: Request, fault: Fault | None) -> Response:
        """A fault that meets a batch acts on each call in it."""
        if request.path.rstrip("/") != ENDPOINT:
            return Response(NOT_FOUND_PAGE, status=404, content_type="text/html")
        if request.method != "POST":
            return Response("", status=405, headers={"Allow": "POST"}, content_type="text/html")
        auth_text = request.headers.get(HEADER)
        try:
            data = envelope.decode(request.get_data())
            if not isinstance(data, list):
                return self._respond(self._answer_call(data, auth_text, fault))
            self._check_batch(data)
        except ApiError as error:
            return self._respond(envelope.failure(None, error, self.settings))
        answers = [self._answer_call(item, auth_text, fault or self._fault_of_command(item)) for item in data]
        told = [answer for answer in answers if answer is not None]
        return self._respond(told[::-1] if self.settings.batch == "reversed" else told)

    def _check_batch(self, calls: list[Any]) -> None:
        if self.settings.batch == "unsupported":
            raise ApiError(BATCH_REFUSED, "Lists of calls are not supported")
        if self.settings.batch_limit and len(calls) > self.settings.batch_limit:
            raise ApiError(BATCH_REFUSED, f"More than {self.settings.batch_limit} calls in a list")
        if not calls:
            raise ApiError(NO_CALL, "This is no call")

    def _fault_of_command(self, item: Any) -> Fault | None:
        return self.faults.take(self._described(item), kinds=RPC_KINDS) if isinstance(item, dict) else None

    def _answer_call(self, data: Any, auth_text: str | None, fault: Fault | None) -> dict[str, Any] | None:
        """None when nothing is to be answered."""
        silent = False
        try:
            call = envelope.parse(data)
            silent = call.is_notification and self.settings.notifications == "silent"
            result = self._under_fault(call, auth_text, fault) if fault else self._run(call, auth_text)
        except ApiError as error:
            answer = envelope.failure(envelope.id_of(data), error, self.settings)
        else:
            wrong = fault is not None and fault.kind == "wrong_id"
            answer = envelope.success("another call" if wrong else call.id, result, self.settings)
        return None if silent else answer

    def _under_fault(self, call: Envelope, auth_text: str | None, fault: Fault) -> Any:
        details = fault.details
        if fault.kind == "expire_session":
            self.sessions.close(auth_text or "")
            raise invalid_session()
        if fault.kind == "rpc_error":
            if details.get("processed"):
                self._run(call, auth_text)
            raise ApiError(details["code"], details.get("message", "Injected failure"))
        result = self._run(call, auth_text)
        return details["result"] if fault.kind == "replace_result" else result

    def _run(self, call: Envelope, auth_text: str | None) -> Any:
        """The result of one method. Raises ApiError."""
        method = self._methods().get(call.method)
        if method is None:
            raise ApiError(UNKNOWN_METHOD, f"There is no method {call.method}")
        context = self._context(auth_text)
        check_access(context, method)
        params = accept(method.params, call.params, context.level, self.settings)
        now = self.clock.now()
        capability_state.apply_due(self.store, now)
        if method.is_write:
            self._old_states.remember(self.store, now)
        elif call.method not in SESSION_CALLS:
            capability_state.count_read(self.store)
            context.store = self._old_states.seen_by_read(self.store, now)
        return method.call(context, params)

    def _context(self, auth_text: str | None) -> Context:
        session = self.sessions.find(auth_text) if auth_text else None
        if session is not None and not logins.still_there(self.store, session.login):
            self.sessions.close(session.text)
            session = None
        return Context(
            store=self.store,
            settings=self.settings,
            sessions=self.sessions,
            clock=self.clock,
            auth_text=auth_text,
            login=session.login if session else None,
        )

    def _respond(self, answer: Any) -> Response:
        if answer is None or answer == []:
            return Response("", content_type="application/json")
        is_error = isinstance(answer, dict) and answer.get("error") is not None
        status = self.settings.error_http_status if is_error else 200
        return Response(json.dumps(answer), status=status, content_type="application/json; charset=utf-8")
