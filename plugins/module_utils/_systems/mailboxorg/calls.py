# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the gateway needs of each resource's calls, and what they share.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..._core.errors import PostmasterError, ProtocolError
from ..._core.plan import Step
from ..._core.resource import Resource, Values
from ..._core.snapshot import Snapshot
from .. import calls
from .levels import TITLE
from .wire import later_params, tells


class Calls(calls.Calls):
    """The calls about one resource, and what has to be known of them before the first write."""

    def methods(self, step: Step) -> Iterable[str]:
        """The methods that a step calls to write."""
        prefix = step.resource.route
        if step.action == "delete":
            return [f"{prefix}.del"]
        if step.action == "update":
            return [f"{prefix}.set"]
        return [f"{prefix}.add", *([f"{prefix}.set"] if later_params(step.resource, step.send) else [])]

    def missing(self, step: Step) -> Iterable[str]:
        """The options that a step would have to send along, and that neither the task nor the server told."""
        del step  # Most methods take a part of the object.
        return ()

    def unread(self, step: Step) -> PostmasterError | None:
        """Why the object of a step could not be read along with others, if it could not."""
        del step  # Most lists tell everything or fail.
        return None


def is_about(row: Mapping[str, Any], member: str, name: str) -> bool:
    """Whether a reply is the object of that name: the server might find another one by an alias, or say nothing."""
    return str(row.get(member, "")).casefold() == name.casefold()


class AnotherReply(ProtocolError):
    """A reply that has to be the object of a name, and is not."""


def another_reply(method: str, name: str) -> AnotherReply:
    return AnotherReply(f"{TITLE} answered {method} of {name} with something that is not {name}", method=method)


def unexpected(method: str, what: str) -> ProtocolError:
    return ProtocolError(f"{TITLE} answered {method} with something that is not {what}", method=method)


def if_whole(snapshot: Snapshot, resource: Resource, values: Values) -> Snapshot | None:
    """A reply as the object after a write, where it shows everything that was sent; else it has to be read."""
    return snapshot if tells(snapshot, resource, values) else None


def no_list(method: str) -> ProtocolError:
    return ProtocolError(f"{TITLE} answered {method} with something that is no list of objects", method=method)
