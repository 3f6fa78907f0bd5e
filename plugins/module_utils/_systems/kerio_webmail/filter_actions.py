# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a rule does with a message, in the user's words and in the server's (kerio_connect.md 4.2).

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..._core.addresses import email
from ..._core.fields import Choice, Codec, Text, filled
from ..._core.structures import StructList
from .codecs import message_text

# Each with the server's name and the members that are its parameters, in their order.
ACTIONS: dict[str, tuple[str, tuple[str, ...]]] = {
    "file_into": ("FaFileInto", ("folder",)),
    "redirect": ("FaRedirect", ("address",)),
    "copy_to": ("FaCopyToAddress", ("address",)),
    "add_recipient": ("FaAddRecipient", ("address",)),
    "keep": ("FaKeep", ()),
    "discard": ("FaDiscard", ()),
    "reject": ("FaReject", ("text",)),
    "auto_reply": ("FaAutoReply", ("text",)),
    "notify": ("FaNotify", ("address", "subject", "text")),
    "add_header": ("FaAddHeader", ("header", "value")),
    "set_header": ("FaSetHeader", ("header", "value")),
    "remove_header": ("FaRemoveHeader", ("header",)),
    "mark_read": ("FaSetReadFlag", ()),
    "stop": ("FaStop", ()),
}
_WORDS = {wire: word for word, (wire, _members) in ACTIONS.items()}
_HEADER = re.compile(r"[!-9;-~]+")


def header_name(text: str) -> str:
    """The name of a header. Raises ValueError, also for those that the server keeps to itself."""
    name = text.strip()
    if not _HEADER.fullmatch(name):
        raise ValueError(f"{text!r} is not the name of a header")
    if name.lower().startswith("content-"):
        raise ValueError(f"{name} cannot be changed: the server leaves headers that describe the content alone")
    return name


def one_line(text: str) -> str:
    """A text that a header can hold. Raises ValueError for one with line breaks."""
    if "\n" in text or "\r" in text:
        raise ValueError("has to be one line")
    return text


def _fitting(entry: dict[str, Any]) -> dict[str, Any]:
    """One action with exactly the members that belong to it. Raises ValueError."""
    word = entry.get("type")
    if word is None:
        raise ValueError("type is needed: what is done")
    members = ACTIONS[word][1]
    missing = [name for name in members if name not in entry]
    if missing:
        raise ValueError(f"{' and '.join(missing)} {'are' if missing[1:] else 'is'} needed for {word}")
    strange = [name for name in entry if name not in ("type", *members)]
    if strange:
        raise ValueError(f"{word} takes no {' and no '.join(strange)}")
    if word == "remove_header" and entry["header"].lower() == "received":
        raise ValueError("Received cannot be removed: the server keeps the way of a message")
    return entry


def _read(action: Any) -> Any:
    """An action in the user's words; one that these cannot say stays as the server has it."""
    if not isinstance(action, Mapping):
        return {"unknown": action}
    word = _WORDS.get(str(action.get("type")))
    parameters = [str(value) for value in action.get("parameters") or []]
    if word is None or len(parameters) != len(ACTIONS[word][1]):
        return dict(action)
    return {"type": word, **dict(zip(ACTIONS[word][1], parameters))}


def _write(action: Mapping[str, Any]) -> dict[str, Any]:
    wire, members = ACTIONS[action["type"]]
    return {"type": wire, "parameters": [action[name] for name in members]}


ACTION_LIST = StructList(
    "actions",
    "What is done with the message, as a whole list, in this order.",
    "actions",
    Codec(lambda found: [_read(each) for each in found], lambda wished: [_write(each) for each in wished]),
    required_on_create=True,
    form=_fitting,
    fields=(
        Choice(
            "type",
            "What is done, needed in each: V(file_into) a folder; V(redirect) the message to somebody else instead of "
            "keeping it, V(copy_to) somebody, V(add_recipient); V(keep) it in the inbox; V(discard) it, which loses it "
            "without a word to anybody; V(reject) it with a reason; V(auto_reply) with a text; V(notify) somebody; "
            "V(add_header), V(set_header) and V(remove_header); V(mark_read); or V(stop), after which no further rule "
            "is tried.",
            words=tuple(ACTIONS),
        ),
        Text("folder", "Path of the folder for V(file_into), as the server spells it.", form=filled),
        Text("address", "Address for V(redirect), V(copy_to), V(add_recipient) and V(notify).", form=email),
        Text("subject", "Subject of the message that V(notify) sends.", form=one_line),
        Text(
            "text",
            "Text of the answer that V(auto_reply) sends, of the message that V(notify) sends, or the reason that "
            "V(reject) gives. Blanks and empty lines around it do not count.",
            form=message_text,
        ),
        Text(
            "header",
            "Name of the header for V(add_header), V(set_header) and V(remove_header). Headers that begin with "
            "Content- cannot be changed, and Received cannot be removed.",
            form=header_name,
        ),
        Text("value", "Value of the header for V(add_header) and V(set_header).", form=one_line),
    ),
)
