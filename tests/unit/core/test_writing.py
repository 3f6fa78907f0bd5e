# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Changes of several commands, alone and in company: each gets its own answers and its own errors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from ansible_collections.postmaster.comms.plugins.module_utils._core.errors import (
    PostmasterError,
    ServerRefusal,
    Uncertain,
    Unreachable,
)
from ansible_collections.postmaster.comms.plugins.module_utils._core.writing import (
    Writing,
    carry_out,
    carry_out_together,
    in_parts,
    in_spite_of,
)


class Wire:
    """Answers each command with itself in upper case; ``errors`` by command. What reads finds nobody."""

    def __init__(self, **errors: PostmasterError) -> None:
        self.requests: list[list[str]] = []
        self.reads = 0
        self._errors = errors

    def read(self) -> None:
        self.reads += 1
        raise Unreachable("no route")

    def send(self, commands: Sequence[str]) -> list[Any]:
        self.requests.append(list(commands))
        return [self._errors.get(command, command.upper()) for command in commands]


def _change(*commands: str) -> Writing[str]:
    answers = ""
    for command in commands:
        answers += yield command
    return answers


def test_one_change_is_sent_command_by_command() -> None:
    wire = Wire()
    assert carry_out(_change("a", "b"), wire.send) == "AB"
    assert wire.requests == [["a"], ["b"]]


def test_a_change_without_a_command_sends_nothing() -> None:
    wire = Wire()
    assert carry_out(_change(), wire.send) == ""
    assert wire.requests == []


def test_several_changes_go_together_round_by_round() -> None:
    wire = Wire()
    assert carry_out_together([_change("a", "b"), _change("c"), _change(), _change("d", "e", "f")], wire.send) == [
        "AB",
        "C",
        "",
        "DEF",
    ]
    assert wire.requests == [["a", "c", "d"], ["b", "e"], ["f"]]


def test_a_change_that_fails_leaves_the_others_alone() -> None:
    error = ServerRefusal("no")
    wire = Wire(b=error)
    assert carry_out_together([_change("a", "b", "x"), _change("c", "d")], wire.send) == [error, "CD"]
    assert wire.requests == [["a", "c"], ["b", "d"]]


def test_the_error_is_raised_where_the_command_stands() -> None:
    """So a change may clean up after itself, or go on."""

    def change() -> Writing[str]:
        try:
            yield "a"
        except ServerRefusal:
            return str((yield "instead"))
        return "never"

    wire = Wire(a=ServerRefusal("no"))
    assert carry_out(change(), wire.send) == "INSTEAD"
    assert carry_out_together([change(), _change("b", "c")], wire.send) == ["INSTEAD", "BC"]
    assert wire.requests == [["a"], ["instead"], ["a", "b"], ["instead", "c"]]


def test_what_fails_before_its_first_command_is_not_sent() -> None:
    error = ServerRefusal("no such group")

    def look_up() -> None:
        raise error

    def change() -> Writing[str]:
        look_up()
        return str((yield "never"))

    wire = Wire()
    assert carry_out_together([change(), _change("a")], wire.send) == [error, "A"]
    assert wire.requests == [["a"]]
    with pytest.raises(ServerRefusal):
        carry_out(change(), wire.send)


def test_each_change_gets_the_answers_to_its_own_commands() -> None:
    """However many are over already."""
    changes = [
        _change(*f"{letter}{letter.upper()}"[:length]) for letter, length in zip("abcde", (2, 0, 1, 2, 1), strict=True)
    ]
    wire = Wire()
    assert carry_out_together(changes, wire.send) == ["AA", "", "C", "DD", "E"]
    assert wire.requests == [["a", "c", "d", "e"], ["A", "D"]]


def test_nothing_at_all_sends_nothing() -> None:
    wire = Wire()
    assert carry_out_together([], wire.send) == []
    assert wire.requests == []


def _reading(wire: Wire, *before: str) -> Writing[None]:
    """A change that reads something on its way."""
    yield from in_parts([*(_change(each) for each in before), _after_a_read(wire)])


def _after_a_read(wire: Wire) -> Writing[str]:
    wire.read()
    return (yield from _change("never"))


def test_changes_that_read_first_do_not_each_ask_a_server_that_is_gone() -> None:
    wire = Wire()
    outcomes = carry_out_together([_reading(wire) for _each in range(5)], wire.send)
    assert wire.requests == []
    assert wire.reads == 1
    assert all(isinstance(each, Unreachable) and not each.partly_written for each in outcomes)
    assert len({id(each) for each in outcomes}) == 5, "each error is going to name its own object"


def test_changes_that_are_half_done_do_not_each_ask_a_server_that_is_gone() -> None:
    """What was done of each is not denied."""
    wire = Wire()
    outcomes = carry_out_together([_reading(wire, f"part {number}") for number in range(5)], wire.send)
    assert wire.requests == [[f"part {number}" for number in range(5)]]
    assert wire.reads == 1
    assert all(isinstance(each, Unreachable) and each.partly_written for each in outcomes)


def test_what_is_given_up_was_begun_or_not() -> None:
    """Whatever the change that found nobody says of itself."""
    wire = Wire()

    def reading() -> Writing[None]:
        yield "first"
        wire.read()

    outcomes = carry_out_together([reading(), _change("a", "b")], wire.send)
    assert [isinstance(each, Unreachable) and each.partly_written for each in outcomes] == [False, True]
    assert wire.requests == [["first", "a"]]


def test_a_change_that_is_refused_cleans_up_although_another_one_found_nobody() -> None:
    """The server answered it, so it is for the change to say what is to be done."""
    wire = Wire(bad=ServerRefusal("no"))

    def cleaning() -> Writing[None]:
        try:
            yield "bad"
        except ServerRefusal as error:
            yield from in_spite_of(error, _change("clean"))
            raise

    outcomes = carry_out_together([_reading(wire, "part"), cleaning()], wire.send)
    assert [type(each) for each in outcomes] == [Unreachable, ServerRefusal]
    assert wire.requests == [["part", "bad"], ["clean"]]


@pytest.mark.parametrize("done", [0, 1, 3])
@pytest.mark.parametrize("kind", [ServerRefusal, Uncertain])
def test_the_error_of_a_later_part_says_that_something_was_written(done: int, kind: type[PostmasterError]) -> None:
    error = kind("no")
    wire = Wire(bad=error)
    parts = [_change(f"part {number}") for number in range(done)]
    with pytest.raises(kind) as caught:
        carry_out(in_parts([*parts, _change("bad"), _change("never")]), wire.send)
    assert caught.value is error
    assert error.partly_written is (done > 0)
    assert wire.requests == [*([f"part {number}"] for number in range(done)), ["bad"]], "none after the failure"


def test_an_error_that_says_so_itself_is_not_contradicted() -> None:
    error = ServerRefusal("half of it")
    error.partly_written = True
    with pytest.raises(ServerRefusal):
        carry_out(in_parts([_change("bad")]), Wire(bad=error).send)
    assert error.partly_written is True


def test_the_parts_are_made_as_they_come() -> None:
    """What a later part needs may only be known after the earlier ones."""
    wire = Wire()

    def parts() -> Any:
        yield _change("first")
        assert wire.requests == [["first"]]
        yield _change("second")

    carry_out(in_parts(parts()), wire.send)
    assert wire.requests == [["first"], ["second"]]


@pytest.mark.parametrize("cleans", [True, False])
def test_an_error_while_cleaning_up_is_not_the_one_to_tell(cleans: bool) -> None:
    first = ServerRefusal("first")

    def change() -> Writing[None]:
        try:
            yield "bad"
        except ServerRefusal as error:
            yield from in_spite_of(error, _change("clean"))
            raise

    wire = Wire(bad=first) if cleans else Wire(bad=first, clean=ServerRefusal("second"))
    with pytest.raises(ServerRefusal) as caught:
        carry_out(change(), wire.send)
    assert caught.value is first
    assert first.partly_written is not cleans
