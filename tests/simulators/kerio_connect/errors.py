# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Errors with the codes of the fact sheet (kerio_connect.md 1.7); the texts are the simulator's own."""

from __future__ import annotations

from tests.simulators.framework.jsonrpc import RpcError
from tests.simulators.kerio_connect.settings import KerioConnectSettings

FAILED = 1000
NOT_PERMITTED = 1003
ACCESS_DENIED = 1004


def failed(message: str, *, about: str = "") -> RpcError:
    """`about`: what %1 in the message stands for."""
    return _error(FAILED, message, about)


def not_permitted(message: str, *, about: str = "") -> RpcError:
    """`about`: what %1 in the message stands for."""
    return _error(NOT_PERMITTED, message, about)


def _error(code: int, message: str, about: str) -> RpcError:
    return RpcError(code, message, about) if "%1" in message else RpcError(code, message)


def access_denied() -> RpcError:
    return RpcError(ACCESS_DENIED, "Access denied.")


def exists(settings: KerioConnectSettings, what: str, name: str) -> RpcError:
    return RpcError(settings.exists_code, f"{what} %1 already exists.", name)


def missing(settings: KerioConnectSettings, what: str, identifier: str) -> RpcError:
    return RpcError(settings.missing_code, f"{what} %1 does not exist.", identifier)
