# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values for every field: derived from its type where that tells enough, one line below where it does not.

A new field of a plain type needs nothing here. Sample values are written independently of what the fields accept: how
a value is shown and stored stands beside it.
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
    TextSet,
)
from ansible_collections.postmaster.comms.plugins.module_utils._core.resource import Resource
from ansible_collections.postmaster.comms.plugins.module_utils._core.structures import Struct

Path = tuple[str, ...]
MIB, GIB = 1024**2, 1024**3
_SAME: Any = object()


@dataclass(frozen=True)
class Sample:
    """One value: what a task says, other ways to say it, how a result shows it, what the store's reader tells.

    ``beside`` are options that have to be given with it, ``brings`` other fields that change with it, as the store's
    reader tells them. ``refused`` is the option that a refusal of this value names: nothing may be written then.
    """

    given: Any
    stored: Any = _SAME
    shown: Any = _SAME
    spellings: tuple[Any, ...] = ()
    beside: Mapping[str, Any] = dataclass_field(default_factory=dict)
    brings: Mapping[Path, Any] = dataclass_field(default_factory=dict)
    refused: str | None = None

    def __post_init__(self) -> None:
        for name in ("shown", "stored"):
            if getattr(self, name) is _SAME:
                object.__setattr__(self, name, self.given)


def _texts(*values: Any) -> tuple[Sample, ...]:
    return tuple(Sample(value) for value in values)


TARGETS: Path = ("goto",)

# What a field's type cannot tell: names of objects that exist, addresses, and texts of a certain form.
NAMED: dict[tuple[str, str], tuple[Sample, ...]] = {
    ("user", "name"): (
        Sample("carol", spellings=("Carol", " CAROL ")),
        Sample("D.O-Brien_7", stored="d.o-brien_7", shown="d.o-brien_7", spellings=("d.o-brien_7",)),
    ),
    ("user", "domain"): (
        Sample("example.com", spellings=("EXAMPLE.com", "example.com.")),
        Sample("example.org"),
        Sample("Bücher.example", stored="bücher.example", shown="xn--bcher-kva.example", spellings=("bücher.example",)),
    ),
    ("user", "email_addresses"): (
        Sample(["zoe.carol"], spellings=(["Zoe.Carol"], ["zoe.carol@example.com"])),
        Sample(
            ["Sales", "c.arol", "c.arol@EXAMPLE.com"],
            stored=["c.arol", "sales"],
            shown=["c.arol", "sales"],
            spellings=(["c.arol", "sales"], ["SALES", "C.Arol"]),
        ),
        Sample([]),
    ),
    ("user", "groups"): (
        Sample(["staff"], spellings=(["Staff"],)),
        Sample(
            ["staff", "sales"], stored=["sales", "staff"], shown=["sales", "staff"], spellings=(["SALES", "staff"],)
        ),
        Sample([]),
    ),
    ("user", "access_policy"): (Sample("Restricted", spellings=("restricted",)), Sample("Default")),
    ("user", "company_contact"): _texts("Example Ltd", "Sample & Söhne", ""),
    ("user", "home_server"): _texts("mail-1", "mail-2"),
    ("user", "forwarding.addresses"): (
        Sample(["carol@example.net"], spellings=(["CAROL@Example.NET"],)),
        Sample(
            ["z@example.net", "A@example.net"],
            stored=["a@example.net", "z@example.net"],
            shown=["A@example.net", "z@example.net"],
            spellings=(["a@example.net", "z@example.net", "z@example.net"],),
        ),
        Sample([]),
    ),
    ("mailbox", "email"): (
        Sample("carol@example.com", spellings=("Carol@Example.COM",)),
        Sample("O'Brien+x@example.org", stored="o'brien+x@example.org", shown="o'brien+x@example.org"),
        Sample("k@bücher.example", stored="k@xn--bcher-kva.example", shown="k@xn--bcher-kva.example"),
    ),
    ("mailbox", "name"): _texts("Carol Example", 'Ďorđe "D" O\'Brien, \\ {{ x }} 例え', ""),
    ("alias", "address"): (
        Sample("team@example.com", spellings=("Team@EXAMPLE.com",)),
        Sample("Sales.Team@example.org", spellings=("sales.team@example.org",)),
        Sample("@example.org", spellings=("@EXAMPLE.ORG",)),
        Sample("@bücher.example", stored="@xn--bcher-kva.example", shown="@xn--bcher-kva.example"),
    ),
    ("alias", "goto"): (
        Sample(["alice@example.com"], spellings=(["Alice@EXAMPLE.com"],)),
        Sample(
            ["carol@example.net", "Bob@example.com", "bob@example.com"],
            stored=["bob@example.com", "carol@example.net"],
            shown=["Bob@example.com", "carol@example.net"],
            spellings=(["BOB@example.com", "carol@example.net"],),
        ),
        Sample([], refused="goto"),
    ),
    ("alias", "action"): (
        Sample("discard", brings={TARGETS: []}),
        Sample("learn_spam", brings={TARGETS: []}),
        Sample("learn_ham", brings={TARGETS: []}),
        Sample("deliver", refused="goto"),
        Sample("deliver", beside={"goto": ["bob@example.com"]}, brings={TARGETS: ["bob@example.com"]}),
    ),
}

# The least that a task says to make an object.
MINIMAL: dict[str, dict[Path, Sample]] = {
    "user": {
        ("name",): Sample("carol"),
        ("domain",): Sample("example.com"),
        ("password",): Sample("Minimal-Passw0rd"),
    },
    "mailbox": {
        ("email",): Sample("carol@example.com"),
        ("password",): Sample("Minimal-Passw0rd"),
        ("quota",): Sample("256M", stored=256 * MIB),
    },
    "alias": {("address",): Sample("team@example.com"), ("goto",): Sample(["alice@example.com", "bob@example.com"])},
}
# What a member needs beside it, so that the server takes it.
COMPANIONS: dict[tuple[str, str], dict[Path, Sample]] = {
    ("user", "forwarding.mode"): {("forwarding", "addresses"): Sample(["x@example.net"])},
}
# What cannot be given, or is not kept, together with a field.
APART: dict[tuple[str, str], frozenset[Path]] = {
    ("user", "forwarding.addresses"): frozenset({("forwarding", "mode")}),
    ("mailbox", "force_pw_update"): frozenset({("auth_source",)}),
    ("mailbox", "auth_source"): frozenset({("force_pw_update",)}),
    ("alias", "action"): frozenset({TARGETS}),
}
# What a wish says without words, and the diff shows.
IMPLIED: dict[tuple[str, str], frozenset[str]] = {("alias", "goto"): frozenset({"action"})}


@dataclass(frozen=True)
class Leaf:
    """A writable field, or a member of a structure, with the path of its option."""

    resource: Resource
    field: Field
    path: Path
    top: Field

    @property
    def name(self) -> str:
        return ".".join(self.path)

    @property
    def base(self) -> dict[Path, Sample]:
        """The values of an object without this field, as far as it can be without."""
        return {**MINIMAL[self.resource.kind], **self.companions}

    @property
    def companions(self) -> dict[Path, Sample]:
        """What this field needs beside it."""
        return COMPANIONS.get((self.resource.kind, self.name), {})

    @property
    def apart(self) -> frozenset[Path]:
        """What does not go together with this field."""
        return APART.get((self.resource.kind, self.name), frozenset())

    @property
    def is_key(self) -> bool:
        return self.path[0] in self.resource.key

    @property
    def samples(self) -> tuple[Sample, ...]:
        return NAMED.get((self.resource.kind, self.name)) or tuple(derived(self.field))


def options_of(values: Mapping[Path, Any]) -> dict[str, Any]:
    """The options of a task that wish for these values."""
    options: dict[str, Any] = {}
    for path, value in values.items():
        inner = options
        for name in path[:-1]:
            inner = inner.setdefault(name, {})
        inner[path[-1]] = value
    return options


def leaves(resource: Resource) -> Iterator[Leaf]:
    """Every writable field of a resource; a structure is its members."""
    for field in resource.writable:
        if isinstance(field, Struct):
            yield from (Leaf(resource, member, (field.name, member.name), field) for member in field.fields)
        else:
            yield Leaf(resource, field, (field.name,), field)


def derived(field: Field) -> Iterator[Sample]:
    """Values that follow from the type of a field, the empty or unlimited one last. Raises TypeError for a new type."""
    if field.secret:
        yield from _texts("Str0ng-Passw\"örd'1", "An0ther-{{ secret }}\\2")
        return
    for field_type, values in _BY_TYPE.items():
        if isinstance(field, field_type):
            yield from values(field)
            return
    raise TypeError(f"no sample values for {type(field).__name__} {field.name}: add a line to NAMED")


def _flag(_field: Any) -> Iterator[Sample]:
    yield from (Sample(True, spellings=("yes",)), Sample(False, spellings=("no", 0)))


def _flag_or(field: FlagOr) -> Iterator[Sample]:
    yield Sample(field.third, spellings=(field.third.upper(),))
    yield from (Sample(True, spellings=("yes", "True")), Sample(False, spellings=("no", "False")))


def _choice(field: Choice) -> Iterator[Sample]:
    yield from _texts(*field.words)


def _number_or(field: NumberOr) -> Iterator[Sample]:
    for number in (field.minimum, 7, field.maximum):
        yield Sample(number, spellings=(str(number),))
    yield Sample(field.word, spellings=(field.word.upper(),))


def _integer(field: Integer) -> Iterator[Sample]:
    for number in (7, field.maximum, field.minimum):
        yield Sample(number, spellings=(str(number),))


def _text_set(field: TextSet) -> Iterator[Sample]:
    if not field.words:
        raise TypeError(f"no sample values for the texts of {field.name}: add a line to NAMED")
    first, *_rest, last = sorted(field.words)
    yield Sample([last, first, last], stored=[first, last], shown=[first, last], spellings=([first, last],))
    yield Sample(sorted(field.words), spellings=(sorted(field.words, reverse=True),))
    yield from _texts([first], [])


def _text(field: Text) -> Iterator[Sample]:
    if field.reference is not None:
        raise TypeError(f"no sample values for {field.name}, which names another object: add a line to NAMED")
    yield from _texts("Plain words", " \"Zweite\" Zeile\n\t<b>'例え'</b> \\ 🐦 {{ 1 }} %41 ")
    if field.max_bytes is not None:
        yield from _texts("é" * (field.max_bytes // 2))
    yield from _texts("")


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
    Text: _text,
    Size: _size,
}
