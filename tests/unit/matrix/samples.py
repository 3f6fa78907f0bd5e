# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values for every field: derived from its type where that tells enough, else a line in the samples of its system.

Sample values are written independently of what the fields accept: how a value is shown and stored stands beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field as dataclass_field
from typing import Any

from ansible_collections.postmaster.comms.plugins.module_utils._core.fields import (
    Choice,
    Field,
    Flag,
    FlagOr,
    Integer,
    NumberOr,
    Size,
    Text,
    TextList,
    TextSet,
)
from tests.unit.matrix.paths import Path

MIB, GIB = 1024**2, 1024**3
_SAME: Any = object()
Values = Mapping[Path, "Sample"]


@dataclass(frozen=True)
class Sample:
    """One value: what a task says, other ways to say it, how a result shows it, what the store's reader tells.

    ``beside`` are options that have to be given with it, ``brings`` other fields that change with it, as the store's
    reader tells them. ``refused`` is the option that a refusal of this value names: nothing may be written then, and
    if it is ``offline``, the server is not asked.
    ``keeps`` is in the sentence that refuses to delete an object while it has this value.
    """

    given: Any
    stored: Any = _SAME
    shown: Any = _SAME
    spellings: tuple[Any, ...] = ()
    beside: Mapping[str, Any] = dataclass_field(default_factory=dict)
    brings: Mapping[Path, Any] = dataclass_field(default_factory=dict)
    refused: str | None = None
    offline: bool = False
    keeps: str | None = None

    def __post_init__(self) -> None:
        for name in ("shown", "stored"):
            if getattr(self, name) is _SAME:
                object.__setattr__(self, name, self.given)


def texts(*values: Any) -> tuple[Sample, ...]:
    """Values that are shown and stored as they are given."""
    return tuple(Sample(value) for value in values)


def derived(field: Field) -> Iterator[Sample]:
    """Values that follow from the type of a field, the empty or unlimited one last. Raises TypeError for a new type."""
    if field.secret:
        yield from texts("Str0ng-Passw\"örd'1", "An0ther-{{ secret }}\\2")
        return
    for field_type, values in _BY_TYPE.items():
        if isinstance(field, field_type):
            yield from values(field)
            return
    raise TypeError(
        f"no sample values for {type(field).__name__} {field.name}: add a line to the samples of its system"
    )


def _flag(_field: Any) -> Iterator[Sample]:
    yield from (Sample(True, spellings=("yes",)), Sample(False, spellings=("no", 0)))


def _flag_or(field: FlagOr) -> Iterator[Sample]:
    yield Sample(field.third, spellings=(field.third.upper(),))
    yield from (Sample(True, spellings=("yes", "True")), Sample(False, spellings=("no", "False")))


def _choice(field: Choice) -> Iterator[Sample]:
    yield from texts(*field.words)


def _number_or(field: NumberOr) -> Iterator[Sample]:
    for number in (field.minimum, 7, field.maximum):
        yield Sample(number, spellings=(str(number),))
    yield Sample(field.word, spellings=(field.word.upper(),))


def _integer(field: Integer) -> Iterator[Sample]:
    for number in (7, field.maximum, field.minimum):
        yield Sample(number, spellings=(str(number),))


def _text_set(field: TextSet) -> Iterator[Sample]:
    if not field.words:
        raise TypeError(f"no sample values for the texts of {field.name}: add a line to the samples of its system")
    first, *_rest, last = sorted(field.words)
    yield Sample([last, first, last], stored=[first, last], shown=[first, last], spellings=([first, last],))
    yield Sample(sorted(field.words), spellings=(sorted(field.words, reverse=True),))
    yield from texts([first], [])


def _text_list(field: TextList) -> Iterator[Sample]:
    """The order counts, a repetition does not."""
    first, second, *rest = field.words
    yield Sample([second, first, second], stored=[second, first], shown=[second, first], spellings=([second, first],))
    yield from texts([first, second], [*rest, first], [])


def _text(field: Text) -> Iterator[Sample]:
    if field.reference is not None:
        raise TypeError(
            f"no sample values for {field.name}, which names another object: add a line to the samples of its system"
        )
    yield from texts("Plain words", " \"Zweite\" Zeile\n\t<b>'例え'</b> \\ 🐦 {{ 1 }} %41 ")
    if field.max_bytes is not None:
        yield from texts("é" * (field.max_bytes // 2))
    yield from texts("")


def _size(field: Size) -> Iterator[Sample]:
    if field.unit == 1:
        yield Sample("1500K", stored=1500 * 1024, spellings=("1536000B", "1500 kB"))
        yield Sample("1000001B", stored=1000001, spellings=("1000001b",))
        yield Sample("5P", stored=5 * 1024**5, spellings=("5120T",))
    yield Sample("512M", stored=512 * MIB, spellings=("524288K", "512 MiB"))
    yield Sample("2048M", stored=2 * GIB, shown="2G", spellings=("2G", "2GB"))
    yield Sample("unlimited", spellings=("UNLIMITED",))


_BY_TYPE: dict[type[Field], Callable[[Any], Iterator[Sample]]] = {
    Flag: _flag,
    FlagOr: _flag_or,
    Choice: _choice,
    NumberOr: _number_or,
    Integer: _integer,
    TextSet: _text_set,
    TextList: _text_list,
    Text: _text,
    Size: _size,
}
