# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The password policy of a domain (fact sheet kerio_connect.md 3.1)."""

from __future__ import annotations

import secrets
import string
from collections.abc import Callable

from tests.simulators.framework.jsonrpc import RpcError
from tests.simulators.kerio_connect.settings import KerioConnectSettings
from tests.simulators.kerio_connect.store import Entity

CLASSES: tuple[Callable[[str], bool], ...] = (
    lambda c: c.isascii() and c.isupper(),
    lambda c: c.isascii() and c.islower(),
    lambda c: c.isascii() and c.isdigit(),
    lambda c: c in string.punctuation or c.isspace(),
    lambda c: not c.isascii() and c.isalpha(),
)
NEEDED_CLASSES = 3


def check_password(password: str, user: Entity, domain: Entity, settings: KerioConnectSettings) -> None:
    """Raises RpcError (code: switch `password_refused_code`) when the domain's policy refuses the password."""
    if not domain["passwordComplexityEnabled"]:
        return
    if not is_complex(password, user, domain["passwordMinimumLength"]):
        raise RpcError(settings.password_refused_code, "The password does not meet the password policy.")


def is_complex(password: str, user: Entity, minimum: int) -> bool:
    used = sum(any(belongs(character) for character in password) for belongs in CLASSES)
    names = [user["loginName"], *user["fullName"].split()]
    lower = password.lower()
    return (
        len(password) >= minimum
        and used >= NEEDED_CLASSES
        and not any(len(name) > 2 and name.lower() in lower for name in names)
    )


def generate(domain: Entity) -> str:
    """One that the policy accepts."""
    length = max(domain["passwordMinimumLength"], 12)
    return "aA1-" + "".join(secrets.choice(string.ascii_letters + string.digits) for _index in range(length - 4))
