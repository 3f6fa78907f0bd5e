# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Errors. Three codes of the real service are known (fact sheet mailboxorg.md 1.5); all others here are private."""

from __future__ import annotations

from typing import Any

from tests.simulators.framework.jsonrpc import RpcError

ACCESS_DENIED = 2
NO_DNS_RECORD = 218
INVALID_SESSION = 253

# Private: nobody knows what the real service answers in these cases, so nothing may depend on these numbers.
NO_JSON = 90001
NO_CALL = 90002
BATCH_REFUSED = 90003
UNKNOWN_METHOD = 90004
MISSING_PARAMETER = 90005
INVALID_PARAMETER = 90006
UNKNOWN_PARAMETER = 90007
NOT_FOUND = 90008
EXISTS = 90009
FOREIGN = 90010
NOT_EMPTY = 90011
DELETED_ADDRESS = 90012
NOT_ALLOWED = 90013
LIMIT_REACHED = 90014

GERMAN = {
    ACCESS_DENIED: "Zugriff verweigert",
    NO_DNS_RECORD: "Der DNS-TXT-Eintrag enthält nicht die richtigen Daten",
    INVALID_SESSION: "Diese Auth-ID ist ungültig",
}


class ApiError(RpcError):
    """An error to answer with; `data` is a member of it only where the service has something to say there."""

    def __init__(self, code: int, message: str, data: dict[str, Any] | None = None) -> None:
        super().__init__(code, message)
        self.data = data

    def as_member(self) -> dict[str, Any]:
        member: dict[str, Any] = {"code": self.code, "message": self.message}
        return member if self.data is None else {**member, "data": self.data}


def denied(code: int = ACCESS_DENIED) -> ApiError:
    return ApiError(code, "Access denied")


def invalid_session() -> ApiError:
    return ApiError(INVALID_SESSION, "This Auth-ID is invalid")


def no_dns_record(host: str, txt: str) -> ApiError:
    message = "The DNS TXT record does not contain the correct data"
    return ApiError(NO_DNS_RECORD, message, {"host": host, "txt": txt})


def missing_parameter(name: str) -> ApiError:
    return ApiError(MISSING_PARAMETER, f"The parameter {name} is missing")


def invalid(name: str, wanted: str) -> ApiError:
    return ApiError(INVALID_PARAMETER, f"The parameter {name} must be {wanted}")


def unknown_parameter(name: str) -> ApiError:
    return ApiError(UNKNOWN_PARAMETER, f"There is no parameter {name}")


def not_found(what: str) -> ApiError:
    return ApiError(NOT_FOUND, f"{what} does not exist")


def exists(what: str) -> ApiError:
    return ApiError(EXISTS, f"{what} exists already")


def not_allowed(why: str) -> ApiError:
    return ApiError(NOT_ALLOWED, why)
