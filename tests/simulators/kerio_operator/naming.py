# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which objects a set or remove is about; how they are named was never seen for all methods (fact sheet 3.2, 4.1)."""

from __future__ import annotations

from typing import Any

from tests.simulators.kerio_web.wire_types import Anything, ListOf, Number, Type, accept, invalid

# The parameter that names the objects, by what the switches `*_params` say.
NAMED_BY: dict[str, Type] = {"guids": ListOf(Number()), "guid": Number(), "ids": ListOf(Number())}
# For the table of methods: which of them is wanted is checked when the switches are known.
ANY_NAMING: dict[str, Type] = dict.fromkeys(NAMED_BY, Anything())


def named_objects(params: dict[str, Any], name: str) -> list[int]:
    """The guids in the parameter that this server wants. Raises RpcError -32602 when it is not there."""
    if name not in params:
        raise invalid(name, "missing")
    value = accept(NAMED_BY[name], params[name], name)
    return value if isinstance(value, list) else [value]
