# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What users might write for a field, derived from the field's own type; and wishes made of it.

Everything is deterministic (a failing example fails again on the next run) and keeps no data base of examples. A
strategy is made once and kept: to make it, and to let hypothesis look at it, takes longer than to draw from it.
"""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta, timezone
from functools import cache
from itertools import combinations, product
from typing import Any

from hypothesis import HealthCheck, Phase, settings, strategies as st

from ansible_collections.postmaster.comms.plugins.module_utils._core.errors import InvalidOption
from ansible_collections.postmaster.comms.plugins.module_utils._core.fields import (
    Choice,
    Field,
    Flag,
    FlagOr,
    Integer,
    NumberOr,
    Size,
    Texts,
)
from ansible_collections.postmaster.comms.plugins.module_utils._core.plan import Wish, behaviour_values
from ansible_collections.postmaster.comms.plugins.module_utils._core.resource import Resource
from ansible_collections.postmaster.comms.plugins.module_utils._core.structures import (
    Entries,
    Struct,
    StructList,
    Structs,
    StructSet,
)

# Slow machines are no defect, so nothing here looks at the time.
QUICK = settings(
    max_examples=20,
    derandomize=True,
    database=None,
    deadline=None,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),  # explaining a failure takes minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)
# Whole objects are expensive to make up.
FEW = settings(QUICK, max_examples=12)

MOST_OPTIONS = 8

# No control characters or surrogates: YAML, JSON and the servers know neither.
LETTERS = st.characters(exclude_categories=("Cs", "Cc"), max_codepoint=0x2FFF)
FREE_TEXT = st.text(LETTERS, max_size=30) | st.sampled_from(
    ["", " ", "<<x>>", "é", "ß", "0", "false", "a, b; c", "'\"\\"]
)
LABELS = st.text(string.ascii_letters + string.digits + "äöüßéñ", min_size=1, max_size=12)
DOMAINS = st.lists(LABELS, min_size=1, max_size=3).map(lambda labels: ".".join([*labels, "example"]))
LOCAL_PARTS = st.text(string.ascii_letters + string.digits + "_+-é", min_size=1, max_size=12)
EMAILS = st.builds("{}@{}".format, LOCAL_PARTS, DOMAINS)
CATCH_ALLS = DOMAINS.map("@{}".format)
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(datetime(1980, 1, 1), datetime(2080, 1, 1), timezones=OFFSETS)
ADDRESSES = st.ip_addresses()
# One example of each kind of text: a form that takes the example takes such texts.
TEXTS: dict[str, st.SearchStrategy[str]] = {
    "anything, at all!": FREE_TEXT,
    "part": LOCAL_PARTS,
    "town.example": DOMAINS,
    "Part@town.example": EMAILS,
    "@town.example": CATCH_ALLS,
    "X-Name": st.text(string.ascii_letters + string.digits + "-_", min_size=1, max_size=12),
    "1980-12-31T12:00:00+01:00": MOMENTS.map(lambda moment: moment.isoformat(timespec="seconds")) | st.just(""),
    "1980-12-31": st.dates().map(str) | st.just(""),
    "123": st.text(string.digits, min_size=1, max_size=6),
    "1234": st.text(string.digits, min_size=4, max_size=4),
    "5.5": st.decimals(-99, 99, places=1).map(str),
    "10/h": st.builds("{}{}{}".format, st.integers(0, 999), st.sampled_from(["/", " / "]), st.sampled_from("smHd"))
    | st.sampled_from(["unlimited", " Unlimited "]),
    "2 days": st.builds(
        "{} {}{}".format,
        st.integers(0, 200),
        st.sampled_from(["minute", "Hour", "day", "WEEK"]),
        st.sampled_from(["", "s"]),
    ),
    "08:05": st.times().map(lambda time: f"{time.hour}:{time.minute:02}"),
    "10.1.2.3": ADDRESSES.map(str),
    "10.0.0.0/8": st.builds("{}/{}".format, ADDRESSES, st.integers(0, 32)) | st.just("10.1.2.3/255.255.0.0"),
}


@cache
def values(field: Field) -> st.SearchStrategy[Any]:
    """Values that a user may give to a field, not yet in canonical form."""
    if isinstance(field, Struct):
        return st.fixed_dictionaries({}, optional={leaf.name: values(leaf) for leaf in field.fields})
    if isinstance(field, Entries):
        return _entries(field)
    if isinstance(field, StructList):
        return st.lists(_entry(field), max_size=3)
    if isinstance(field, StructSet):
        return st.lists(_entry(field), max_size=3).filter(lambda entries: _takes(field, entries))
    if isinstance(field, Texts):
        items = st.sampled_from(field.words) if field.words else _texts(field)
        return st.lists(items, max_size=5)
    if isinstance(field, (Flag, FlagOr)):
        spelled = st.sampled_from([True, False])
        if isinstance(field, FlagOr):
            spelled |= st.sampled_from(["yes", "No", "on", "False", field.third, field.third.upper()])
        return spelled
    if isinstance(field, Choice):
        return st.sampled_from(field.words)
    return _numbers(field) if isinstance(field, (Integer, NumberOr, Size)) else _texts(field)


def _entries(field: Entries) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Each entry once, with its key and any of the other members."""
    by_name = {leaf.name: values(leaf) for leaf in field.fields}
    entry = st.fixed_dictionaries({field.entry_key: by_name.pop(field.entry_key)}, optional=by_name)
    key = field.members[field.entry_key]
    return st.lists(entry, max_size=3, unique_by=lambda each: key.canonical(each[field.entry_key]).casefold())


@cache
def _entry(field: Structs) -> st.SearchStrategy[dict[str, Any]]:
    """Entries of every make: which members go together is found out by trying."""
    return st.one_of([*_makes(field)]).filter(lambda entry: _takes(field, [entry]))


def _makes(field: Structs) -> Iterator[st.SearchStrategy[dict[str, Any]]]:
    by_itself = {leaf.name: values(leaf) for leaf in field.fields if leaf.name in field.sent_at_creation}
    words = _telling(field)
    others = [leaf for leaf in field.fields if leaf not in words and leaf.name not in by_itself]
    subsets = [subset for size in range(len(others) + 1) for subset in combinations(others, size)]
    for chosen in product(*((None, *leaf.words) for leaf in words)):
        fixed = {leaf.name: word for leaf, word in zip(words, chosen, strict=True) if word is not None}
        for subset in subsets:
            if _takes(field, [{**fixed, **{leaf.name: _example(leaf) for leaf in subset}}]):
                free = {leaf.name: values(leaf) for leaf in subset}
                given = {**{name: st.just(word) for name, word in fixed.items()}, **free}
                yield st.fixed_dictionaries(given, optional=by_itself)


def _telling(field: Structs) -> list[Choice]:
    """The words that decide which members go together: trying all of them, where there are many, takes long."""
    words = [leaf for leaf in field.fields if isinstance(leaf, Choice)]
    return words if len(words) < 3 else words[:1]


def _example(leaf: Field) -> Any:
    if isinstance(leaf, Choice):
        return leaf.words[0]
    if isinstance(leaf, Texts) and leaf.words:
        return [leaf.words[0]]
    if isinstance(leaf, (Integer, NumberOr)):
        return leaf.minimum
    text = next(example for example in TEXTS if _accepts(leaf, example))
    return [text] if isinstance(leaf, Texts) else text


def _numbers(field: Integer | NumberOr | Size) -> st.SearchStrategy[Any]:
    if isinstance(field, Size):
        units = st.sampled_from(["M", "MB", "mib", "G", " g", "T"])
        sizes = st.builds("{}{}".format, st.integers(1, 5000), units)
        return (sizes | st.sampled_from(["unlimited", " Unlimited", "1024M"])).filter(
            lambda text: _accepts(field, text)
        )
    number = st.integers(field.minimum, field.maximum)
    spelled: st.SearchStrategy[Any] = number | number.map(str)
    if isinstance(field, NumberOr):
        spelled |= st.sampled_from([field.word, field.word.upper(), f" {field.word} "])
    return spelled


def _texts(field: Field) -> st.SearchStrategy[str]:
    kinds = [texts for example, texts in TEXTS.items() if _accepts(field, example)]
    assert kinds, f"no example suits {field.name}"
    return st.one_of(kinds).filter(lambda text: _accepts(field, text))


def _accepts(field: Field, text: str) -> bool:
    return _takes(field, [text] if isinstance(field, Texts) else text)


def _takes(field: Field, value: Any) -> bool:
    try:
        field.canonical(value)
    except ValueError:
        return False
    return True


@st.composite
def wishes(draw: st.DrawFn, resource: Resource, key: Mapping[str, Any], *, new: bool) -> Wish:
    """A wish for one object that its resource accepts; ``new`` gives what a creation requires.

    What it does not list of entries, or of lists that can be added to, stays or goes.
    """
    desired = draw(_desires(resource, tuple(key.items()), new=new))
    chosen = {option: draw(st.booleans()) for option in _ways(resource)}
    return Wish(resource, desired, behaviour=behaviour_values(resource, chosen))


def _ways(resource: Resource) -> list[str]:
    """The behaviour options that say what becomes of what a list does not name."""
    entries = {each.prune_option for each in resource.fields if isinstance(each, Entries)}
    lists = {each.append_option for each in resource.fields if isinstance(each, (Texts, StructSet))}
    return sorted((entries | lists) - {""})


@cache
def _desires(resource: Resource, key: tuple[tuple[str, Any], ...], *, new: bool) -> st.SearchStrategy[dict[str, Any]]:
    """What creation requires, and some of the other fields: making up dozens of values for one wish takes long."""
    free = [each for each in resource.writable if each.name not in resource.key]
    required = {each.name: values(each) for each in free if new and each.required_on_create}
    optional = {each.name: values(each) for each in free if each.name not in required and (new or not each.immutable)}

    @cache
    def with_some(names: frozenset[str]) -> st.SearchStrategy[dict[str, Any]]:
        return st.fixed_dictionaries({**required, **{name: optional[name] for name in sorted(names)}})

    def desired(options: dict[str, Any]) -> dict[str, Any] | None:
        return _desire(resource, {**dict(key), **options}, new)

    # Of what is always there, a wish without an option makes nothing.
    least = 1 if resource.permanent else 0
    some = st.just(frozenset[str]())
    if optional:
        some = st.frozensets(st.sampled_from(sorted(optional)), min_size=least, max_size=MOST_OPTIONS)
    # Several resources want a password of new objects in one way or another, so every other wish gives the first one.
    passwords = frozenset(each.name for each in resource.secrets[:1] if new and each.name in optional)
    some = st.builds(frozenset[str].union, some, st.sampled_from([passwords, frozenset()]))
    # The ignore: a filter does not tell mypy that None is gone.
    return some.flatmap(with_some).map(desired).filter(lambda values: values is not None)  # type: ignore[return-value]


def _desire(resource: Resource, options: Mapping[str, Any], new: bool) -> dict[str, Any] | None:
    try:
        desired = resource.desire(options)
        if new:
            resource.check(desired, None)
    except InvalidOption:
        return None
    return desired
