# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values of the client interface and what the user writes for them.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..._core.fields import UNSET, Codec

_FLAGS = {"true": True, "1": True, "false": False, "0": False}


def read_flag(value: Any) -> Any:
    """true, 1, "1" or "true" and their opposites; UNSET for what says neither."""
    return _FLAGS.get(str(value).strip().lower(), UNSET)


def words(pairs: Mapping[str, str]) -> Codec:
    """An enumeration: the user's words to the server's names. A name that we do not know is kept as it is."""
    names = {wire: word for word, wire in pairs.items()}
    return Codec(lambda name: names.get(name, name), lambda word: pairs.get(word, word))


def message_text(text: str) -> str:
    """A text that people read: servers keep line ends and blank lines around it each in their own way."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


FLAG = Codec(read_flag)
