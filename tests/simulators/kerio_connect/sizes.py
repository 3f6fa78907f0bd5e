# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Byte values with units (fact sheet kerio_connect.md 2.4)."""

from __future__ import annotations

from typing import Any

from tests.simulators.kerio_connect.enums import BYTE_UNITS

BYTES_OF_A_MESSAGE = 16384


def size_of_mail(messages: int) -> dict[str, Any]:
    """Every message of the simulator is of the same size."""
    return normalised({"value": messages * BYTES_OF_A_MESSAGE, "units": "Bytes"})


def in_bytes(size: dict[str, Any]) -> int:
    return int(size["value"]) << (10 * BYTE_UNITS.names.index(size["units"]))


def normalised(size: dict[str, Any]) -> dict[str, Any]:
    """The same size in the largest unit that holds it exactly; 0 is 0 Bytes."""
    value, unit = in_bytes(size), 0
    while value and value % 1024 == 0 and unit < len(BYTE_UNITS.names) - 1:
        value, unit = value // 1024, unit + 1
    return {"value": value, "units": BYTE_UNITS.names[unit]}


def is_size(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() == {"value", "units"} and value["units"] in BYTE_UNITS.names


def with_normalised_sizes(value: Any) -> Any:
    """A copy of any JSON value in which every size is normalised."""
    if is_size(value):
        return normalised(value)
    if isinstance(value, dict):
        return {name: with_normalised_sizes(item) for name, item in value.items()}
    if isinstance(value, list):
        return [with_normalised_sizes(item) for item in value]
    return value
