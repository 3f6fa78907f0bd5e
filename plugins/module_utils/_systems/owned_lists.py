# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists that are owned as a whole, or only added to, and travel entry by entry.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Iterable

from .._core.fields import Flag

APPEND = Flag(
    "append",
    "Whether a list is added to what the server has, instead of replacing it.",
    on_create=False,
)


def only_in(texts: Iterable[str], others: Iterable[str]) -> list[str]:
    """The texts that the others lack, compared without regard to case."""
    held = {text.casefold() for text in others}
    return [text for text in texts if text.casefold() not in held]
