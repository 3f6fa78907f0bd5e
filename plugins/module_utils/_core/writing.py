# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes as generators: each change yields the commands that it wants sent and gets their answers back, so that the
same lines change one object at a time or many objects together.

    def create(values):
        answer = yield Command("Groups.create", {"groups": [...]})
        yield Command("Groups.addMembers", {"groupId": answer["result"][0]["id"], ...})

What a command is, and an answer, is for each system to say.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Generator, Iterable, Sequence
from typing import Any, TypeVar

from .errors import PostmasterError

T = TypeVar("T")
Writing = Generator[Any, Any, T]
# An answer to each command, or an error of its own, in their order. Never raises PostmasterError.
SendMany = Callable[[Sequence[Any]], Sequence[Any]]


def carry_out(writing: Writing[T], send: SendMany) -> T:
    """Carry out one change. Raises PostmasterError."""
    (outcome,) = carry_out_together([writing], send)
    if isinstance(outcome, PostmasterError):
        raise outcome
    return outcome


def carry_out_together(writings: Sequence[Writing[T]], send: SendMany) -> list[T | PostmasterError]:
    """What came of each change: their first commands are sent together, then their second ones, and so on. A change
    that fails leaves the others alone, unless it found out that there is nobody to ask any more."""
    outcomes: dict[int, T | PostmasterError] = {}
    answers: dict[int, Any] = dict.fromkeys(range(len(writings)))
    while answers:
        commands: dict[int, Any] = {}
        lost: PostmasterError | None = None
        for number, answer in answers.items():
            if lost is not None and not isinstance(answer, PostmasterError):
                outcomes[number] = _give_up(writings[number], lost, is_begun=answer is not None)
                continue
            is_over, found = _go_on(writings[number], answer)
            if not is_over:
                commands[number] = found
                continue
            outcomes[number] = found
            if isinstance(found, PostmasterError) and found is not answer and not found.about_one_object:
                lost = found
        answers = dict(zip(commands, send(list(commands.values())))) if commands else {}
    return [outcomes[number] for number in range(len(writings))]


def _go_on(writing: Writing[T], answer: Any) -> tuple[bool, Any]:
    """Whether the change is over, and what came of it; else its next command."""
    try:
        return False, writing.throw(answer) if isinstance(answer, PostmasterError) else writing.send(answer)
    except StopIteration as end:
        return True, end.value
    except PostmasterError as error:
        return True, error


def _give_up(writing: Writing[T], lost: PostmasterError, is_begun: bool) -> PostmasterError:
    """The change would have to read too, which another one found to be in vain."""
    writing.close()
    error = copy.copy(lost)
    error.partly_written = is_begun
    return error


def in_parts(writings: Iterable[Writing[Any]]) -> Writing[None]:
    """The parts of one change, one after another; the error of one that fails after another says so."""
    written = False
    for writing in writings:
        try:
            yield from writing
        except PostmasterError as error:
            error.partly_written = error.partly_written or written
            raise
        written = True


def in_spite_of(error: PostmasterError, writing: Writing[Any]) -> Writing[None]:
    """Clean up after an error that stays the one to tell; if that fails too, something of ours is left behind."""
    try:
        yield from writing
    except PostmasterError:
        error.partly_written = True
