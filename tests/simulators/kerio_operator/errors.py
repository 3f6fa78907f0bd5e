# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Refusals. No code was ever seen on an Operator: they are those of the siblings, or 1000 for all (fact sheet 1.5).

The texts are the simulator's own.
"""

from __future__ import annotations

from tests.simulators.framework.jsonrpc import RpcError
from tests.simulators.kerio_operator.settings import KerioOperatorSettings

FAILED = 1000
EXISTS = 1001
MISSING = 1002
NOT_PERMITTED = 1003
ACCESS_DENIED = 1004


def failed(message: str, about: str | None = None) -> RpcError:
    """``about`` stands in the place of %1."""
    return RpcError(FAILED, message) if about is None else RpcError(FAILED, message, about)


def exists(settings: KerioOperatorSettings, what: str, name: str) -> RpcError:
    return _refused(settings, EXISTS, f"{what} %1 already exists.", name)


def missing(settings: KerioOperatorSettings, what: str, identifier: object) -> RpcError:
    return _refused(settings, MISSING, f"{what} %1 does not exist.", str(identifier))


def not_permitted(settings: KerioOperatorSettings, message: str) -> RpcError:
    return _refused(settings, NOT_PERMITTED, message)


def access_denied(settings: KerioOperatorSettings) -> RpcError:
    return _refused(settings, ACCESS_DENIED, "Access denied.")


def _refused(settings: KerioOperatorSettings, sibling_code: int, message: str, *parameters: str) -> RpcError:
    return RpcError(FAILED if settings.error_codes == "generic" else sibling_code, message, *parameters)
