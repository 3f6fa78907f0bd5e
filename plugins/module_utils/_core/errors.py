# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every failure that the collection words itself.

An error carries one sentence for people (``str(error)``) and the same as data (``error.failure()``), as the contract
asks: which system, which call, which object, what the server said, and whether trying again can help.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from typing import Any

from .words import spoken


class PostmasterError(Exception):
    """Base of all failures: a sentence, and the facts behind it."""

    retryable = False
    # Whether other objects may fare better; not so when the connection or the login is the trouble.
    about_one_object = True

    def __init__(self, message: str, *, method: str | None = None, code: int | str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.method = method
        self.code = code
        self.system: str | None = None
        self.object: str | None = None
        # Some changes take several calls, and some servers carry out half of one.
        self.partly_written = False

    def failure(self) -> dict[str, Any]:
        """The failure as data, with the same members for every error."""
        return {
            "system": self.system,
            "method": self.method,
            "code": self.code,
            "message": self.message,
            "object": self.object,
            "retryable": self.retryable,
        }


class InvalidOption(PostmasterError):
    """An option whose value cannot be meant; found before the first call."""

    def __init__(self, option: str, reason: str) -> None:
        super().__init__(f"{option}: {reason}")
        self.option = option
        self.reason = reason

    def inside(self, where: str) -> InvalidOption:
        """The same, named by its place in a document (``users[2].``)."""
        return InvalidOption(where + self.option, self.reason)


class GuardRefusal(PostmasterError):
    """A plan that a guard does not let through; nothing was written."""


class MissingReference(PostmasterError):
    """An object that is named by an option and does not exist on the server."""

    def __init__(self, kind: str, name: str, advice: str) -> None:
        super().__init__(f"{spoken(kind)} {name!r} does not exist on the server; {advice}")
        self.kind = kind
        self.name = name


class Unreachable(PostmasterError):
    """No connection, no TLS, or no answer in time."""

    retryable = True
    about_one_object = False


class RateLimited(PostmasterError):
    """The server asks for a longer pause than we are willing to wait."""

    retryable = True
    about_one_object = False


class LoginRefused(PostmasterError):
    """Wrong credentials, or an account without the needed role. Tried once, never again: servers ban after a few."""

    about_one_object = False


class AccessDenied(PostmasterError):
    """Logged in, but not allowed to do this."""


class ServerRefusal(PostmasterError):
    """The server understood the call and refused it."""


class Conflict(ServerRefusal):
    """The server says that the object exists already."""


class NotFound(ServerRefusal):
    """The server says that there is no such object."""


class Prerequisite(PostmasterError):
    """The server wants something done elsewhere first. ``facts`` say what, as data for the result."""

    retryable = True

    def __init__(
        self, message: str, facts: dict[str, Any], *, method: str | None = None, code: int | None = None
    ) -> None:
        super().__init__(message, method=method, code=code)
        self.facts = facts


class ProtocolError(PostmasterError):
    """An answer that is not what the protocol promises: HTML, an empty body, half a document, another id."""

    retryable = True
    about_one_object = False


class Uncertain(PostmasterError):
    """A write that may or may not have been processed: the object has to be read again before anything else."""

    retryable = True


class WriteInCheckMode(PostmasterError):
    """A call that is not on the system's list of reads, attempted in check mode. Always a defect of this collection."""

    about_one_object = False


class NotApplied(PostmasterError):
    """A write that the server confirmed and did not carry out, field by field."""
