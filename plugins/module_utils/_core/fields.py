# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fields: what one property of a resource looks like to the user, and how it is compared.

A field knows nothing of the wire beyond the *address* that its system's gateway understands (``wire``) and the codec
that turns the server's value into the user's and back. Values inside the core are always in *canonical* form, the form
that ``canonical`` returns: what the user wrote and what the server said become equal when they mean the same.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable, ClassVar

from .sizes import UNLIMITED, format_size, parse_size


class _Unset:
    """The absence of a value, where None, "" and [] are values of their own."""

    def __repr__(self) -> str:
        return "UNSET"

    def __bool__(self) -> bool:
        raise TypeError("UNSET is compared with 'is', never tested by truthiness")


UNSET = _Unset()


def unchanged(value: Any) -> Any:
    return value


@dataclass(frozen=True)
class Codec:
    """Both directions between the server's value and the canonical one.

    ``read`` returns UNSET for a value that tells nothing; ``write`` always returns what the server takes.
    """

    read: Callable[[Any], Any] = unchanged
    write: Callable[[Any], Any] = unchanged


@dataclass(frozen=True)
class Reference:
    """A field that names another object.

    ``assumable``: a task of ours could have made the object, so that check mode takes a missing one as coming.
    ``late``: the field may be set after its own object was made, when what it names comes later in the same run.
    ``part`` is what of a text names the object: of an address, its domain. ``within`` is the field that completes the
    name, for objects whose label is ``name@domain``. ``optional``: a text may as well name something else, such as an
    address elsewhere, so that nothing is missing when there is no such object. ``mirror``: the named object holds the
    relation itself (a user's groups), and takes it along when it goes.
    """

    kind: str
    assumable: bool = False
    late: bool = False
    part: Callable[[str], str] = unchanged
    within: str = ""
    optional: bool = False
    mirror: bool = False


@dataclass(frozen=True, eq=False)
class Field:
    """What every kind of field has. The subclasses add what their values need.

    ``on_create`` is the value that is sent at creation when the user gives none (never a default of the option).
    ``create_only``: taken at creation and never again; ``write_only``: taken but never returned; ``read_only``:
    returned but never taken; ``server_decides``: nobody can predict it unless it is given; ``immutable``: cannot be
    changed later; ``asynchronous``: the server confirms first and carries it out some time later.
    """

    name: str
    doc: str
    wire: Any = None
    codec: Codec = Codec()
    required_on_create: bool = False
    on_create: Any = UNSET
    secret: bool = False
    write_only: bool = False
    create_only: bool = False
    read_only: bool = False
    server_decides: bool = False
    immutable: bool = False
    asynchronous: bool = False
    reference: Reference | None = None
    aliases: tuple[str, ...] = ()

    option_type: ClassVar[str] = "str"
    elements: ClassVar[str | None] = None

    def __post_init__(self) -> None:
        contradictions = (
            (
                self.read_only and (self.write_only or self.create_only or self.required_on_create),
                "read-only and written",
            ),
            (self.read_only and self.on_create is not UNSET, "read-only and sent at creation"),
            (self.secret and not self.write_only, "a secret has to be write-only: nothing reads one back"),
            (
                self.server_decides and (self.required_on_create or self.on_create is not UNSET),
                "left to the server and always sent",
            ),
            (self.required_on_create and self.on_create is not UNSET, "required and defaulted at creation"),
        )
        for wrong, reason in contradictions:
            if wrong:
                raise TypeError(f"field {self.name}: {reason}")
        if self.on_create is not UNSET:
            object.__setattr__(self, "on_create", self.canonical(self.on_create))

    @property
    def readable(self) -> bool:
        """Whether the server's value can be compared with a wish."""
        return not (self.write_only or self.create_only)

    @property
    def choices(self) -> tuple[Any, ...]:
        return ()

    def canonical(self, value: Any) -> Any:
        """The one form of a value. Raises ValueError with the reason when the value cannot be meant."""
        return value

    def same(self, wish: Any, current: Any) -> bool:
        """Whether two canonical values mean the same."""
        return bool(wish == current)

    def merged(self, current: Any, wish: Any, only: bool = False) -> Any:
        """The value after the wish was carried out on the current one; ``only``: nothing else stays beside it."""
        return wish

    def new(self, wish: Any) -> Any:
        """The value of a new object."""
        return wish

    def names(self, value: Any) -> list[str]:
        """The objects that a value of a referring field names."""
        part = unchanged if self.reference is None else self.reference.part
        return [part(name) for name in (value if isinstance(value, list) else [value]) if name]


@dataclass(frozen=True, eq=False)
class Text(Field):
    """A text; ``form`` brings it into canonical form, ``fold`` compares it without regard to case."""

    form: Callable[[str], str] = unchanged
    max_length: int | None = None
    max_bytes: int | None = None
    fold: bool = False

    def canonical(self, value: Any) -> str:
        text = self.form(str(value))
        if self.max_length is not None and len(text) > self.max_length:
            raise ValueError(f"is longer than {self.max_length} characters")
        if self.max_bytes is not None and len(text.encode()) > self.max_bytes:
            raise ValueError(f"is longer than {self.max_bytes} bytes")
        return text

    def same(self, wish: str, current: str) -> bool:
        return wish.casefold() == current.casefold() if self.fold else wish == current


def filled(text: str) -> str:
    """A text that has to say something. Raises ValueError for an empty one."""
    if not text.strip():
        raise ValueError("is empty; leave it out to keep what the server has")
    return text


def secret(name: str, doc: str, wire: Any = None, form: Callable[[str], str] = filled, **flags: Any) -> Text:
    """A password or key: sent, never read, never shown."""
    return Text(name, doc, wire, secret=True, write_only=True, form=form, **flags)


@dataclass(frozen=True, eq=False)
class Flag(Field):
    """Yes or no."""

    option_type: ClassVar[str] = "bool"

    def canonical(self, value: Any) -> bool:
        if not isinstance(value, bool):
            raise ValueError(f"{value!r} is neither true nor false")
        return value


@dataclass(frozen=True, eq=False)
class Integer(Field):
    """A whole number within limits."""

    minimum: int = 0
    maximum: int = 2**31 - 1

    option_type: ClassVar[str] = "int"

    def canonical(self, value: Any) -> int:
        return _whole_number(value, self.minimum, self.maximum)


@dataclass(frozen=True, eq=False)
class Choice(Field):
    """One word of several. ``words`` are what the user writes."""

    words: tuple[str, ...] = ()

    @property
    def choices(self) -> tuple[str, ...]:
        return self.words

    def canonical(self, value: Any) -> str:
        if value not in self.words:
            raise ValueError(f"{value!r} is not one of {', '.join(self.words)}")
        return str(value)


@dataclass(frozen=True, eq=False)
class FlagOr(Field):
    """Yes, no, or a third state that some servers know."""

    third: str = ""

    option_type: ClassVar[str] = "raw"

    def canonical(self, value: Any) -> bool | str:
        words: dict[str, bool | str] = dict.fromkeys(("true", "yes", "on"), True)
        words |= dict.fromkeys(("false", "no", "off"), False)
        words[self.third] = self.third
        word = str(value).strip().lower()
        if word not in words:
            raise ValueError(f"{value!r} is neither true, false nor {self.third}")
        return words[word]


@dataclass(frozen=True, eq=False)
class NumberOr(Field):
    """A whole number, or a word for "no limit" or "switched off"."""

    word: str = UNLIMITED
    minimum: int = 0
    maximum: int = 2**31 - 1

    option_type: ClassVar[str] = "raw"

    def canonical(self, value: Any) -> int | str:
        if isinstance(value, str) and value.strip().lower() == self.word:
            return self.word
        try:
            return _whole_number(value, self.minimum, self.maximum)
        except ValueError as error:
            raise ValueError(f"{error}, nor {self.word!r}") from None


@dataclass(frozen=True, eq=False)
class Size(Field):
    """A size with its unit, or ``unlimited`` where that can be; ``unit`` is the grain of what the server can hold, in
    bytes."""

    unit: int = 1
    zero_is_unlimited: bool = False
    limited: bool = False

    def canonical(self, value: Any) -> str:
        text = str(value).strip()
        if text.lower() == UNLIMITED and not self.limited:
            return UNLIMITED
        size = parse_size(text)
        if size % self.unit:
            raise ValueError(
                f"{text!r} is no multiple of {format_size(self.unit)}, and the server can hold nothing finer"
            )
        if size == 0 and self.zero_is_unlimited:
            raise ValueError(f"{text!r} would be taken as no limit by the server; write {UNLIMITED} if that is meant")
        return format_size(size)


@dataclass(frozen=True, eq=False)
class Texts(Field):
    """What lists and sets of texts have in common.

    A wish is the whole list, unless the behaviour option ``append_option`` says that it is added to what is there.
    """

    form: Callable[[str], str] = unchanged
    words: tuple[str, ...] = ()
    append_option: str = ""

    option_type: ClassVar[str] = "list"
    elements: ClassVar[str | None] = "str"

    @property
    def choices(self) -> tuple[str, ...]:
        return self.words

    def canonical(self, value: Any) -> list[str]:
        """The texts in their order, each once."""
        items: dict[str, str] = {}
        for item in value:
            text = self.form(str(item))
            if self.words and text not in self.words:
                raise ValueError(f"{text!r} is not one of {', '.join(self.words)}")
            items.setdefault(text.casefold(), text)
        return list(items.values())

    def merged(self, current: list[str], wish: list[str], only: bool = False) -> list[str]:
        if only or not self.append_option:
            return wish
        held = {text.casefold() for text in current}
        return self.arranged([*current, *(text for text in wish if text.casefold() not in held)])

    def arranged(self, texts: list[str]) -> list[str]:
        """The canonical order of texts, which need not be canonical: a server may hold what no option takes."""
        return texts


@dataclass(frozen=True, eq=False)
class TextList(Texts):
    """Texts whose order counts."""


@dataclass(frozen=True, eq=False)
class TextSet(Texts):
    """Texts without order and repetition, compared without regard to case."""

    def canonical(self, value: Any) -> list[str]:
        return self.arranged(super().canonical(value))

    def arranged(self, texts: list[str]) -> list[str]:
        return sorted(texts, key=str.casefold)

    def same(self, wish: list[str], current: list[str]) -> bool:
        return [text.casefold() for text in wish] == [text.casefold() for text in current]


def as_read(field: Field, value: Any) -> Any:
    """The canonical form of a server's value, or the value itself where the server knows more than we do."""
    try:
        return field.canonical(value)
    except ValueError:
        return value


def _whole_number(value: Any, minimum: int, maximum: int) -> int:
    text = str(value).strip()
    if isinstance(value, (bool, float)) or not text.lstrip("-").isdigit():
        raise ValueError(f"{value!r} is not a whole number")
    number = int(text)
    if not minimum <= number <= maximum:
        raise ValueError(f"{number} is not between {minimum} and {maximum}")
    return number
