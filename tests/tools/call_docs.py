# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the modules for single calls say of themselves: the same for every system, but for how one names a call."""

from __future__ import annotations

from typing import Any

from ansible_collections.postmaster.comms.plugins.module_utils._systems.system import System

NOT_IDEMPOTENT: dict[str, Any] = {
    "description": "When run twice in a row without outside changes, the second run reports no change.",
    "support": "none",
    "details": ["A write is sent in every run, and reported as a change. C(changed_when) and C(when) help."],
}

_COMMON = (
    (
        "Values of members whose names say that they are secret (password, token, secret, api_key and the like) are "
        "replaced by asterisks in everything that is returned, answers of the server included."
    ),
    (
        "When an answer gets lost on the way, a read is sent again. A write is not: the task fails, is reported as "
        "changed, and says that nobody knows."
    ),
)


def summary(system: System) -> str:
    """The short description."""
    what = "Send any request to" if by_path(system) else "Call any method of"
    return f"{what} a {system.title} server" if system.whole == "server" else f"{what} {system.title}"


def description(system: System) -> list[str]:
    """The description, sentence by sentence."""
    what = "request" if by_path(system) else "method"
    first = (
        f"Makes one call that no other module of this collection makes, in the server's own words: any {what}, with "
        "the same connection, session, errors and care for secrets as everywhere."
    )
    return [first, *(_PATHS if by_path(system) else _METHODS), *_kerio(system), *_COMMON]


def returned(system: System) -> dict[str, Any]:
    """What comes back, apart from what every module returns."""
    words = {"method": _text("O(method)")}
    if by_path(system):
        words["path"] = _text("O(path), below C(/api/v1)")
        words["body"] = {**_text("O(body), with secrets masked"), "type": "raw", "returned": "when it was given"}
    else:
        words["params"] = {**_text("O(params), with secrets masked"), "type": "dict"}
    return {
        "result": {
            "description": "What the server answered, with secrets masked.",
            "returned": "when the call was sent and answered, also beside a failure that the answer tells of",
            "type": "raw",
        },
        "would_send": {
            "description": "The call that a run would make.",
            "returned": "in check mode, for a write",
            "type": "dict",
            "contains": words,
        },
    }


def by_path(system: System) -> bool:
    """Whether calls are verbs and paths."""
    return system.calls is not None and system.calls.by_path


_METHODS = (
    (
        "Methods that are known to change nothing are sent in check mode too, and reported as unchanged. Every other "
        "method is a write, which is reported as changed when it went through. In check mode it is not sent, and "
        "RV(would_send) tells what would be."
    ),
)
_PATHS = (
    (
        "With O(method=GET), and in mailcow's searches (O(path=search/domain), O(path=search/mailbox)), nothing "
        "changes: such calls are sent in check mode too, and reported as unchanged. Every other call is a write, which "
        "is reported as changed when it went through. In check mode it is not sent, and RV(would_send) tells what "
        "would be."
    ),
    "Lists are returned as the server gives them. Where it gives them in pages, this is one page.",
)


def _kerio(system: System) -> list[str]:
    if not system.name.startswith("kerio_"):
        return []
    return [
        (
            "Methods about several objects report their errors object by object. The task fails when there is one, and "
            "is reported as changed when others were carried out."
        ),
        "C(Batch.run) is a read when all of its commands are, and fails when one of them does.",
    ]


def _text(description: str) -> dict[str, Any]:
    return {"description": f"{description}.", "type": "str", "returned": "always"}
