# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options: one tree that argument specs and documentation are both derived from.

The tree itself is derived from the definitions of systems and resources; what is written here are the options about
behaviour, which are the same for every resource.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from .._core.fields import UNSET, Field
from .._core.plan import ALWAYS, ON_CHANGE, ON_CREATE
from .._core.resource import Resource
from .._core.structures import Entries, Nested, Struct
from .._core.words import spoken
from .._systems.system import System

PRESENT, ABSENT = "present", "absent"
STOP, CONTINUE = "stop", "continue"
ALLOW_MAIL_LOSS = "allow_mail_loss"
# Where a module about a whole system returns what a module about one object returns under its own name.
_PLACES_IN_RESULTS = {"unverified": "results[].unverified", "pending": "results[].status=pending"}


@dataclass(frozen=True)
class Option:
    """One option as Ansible knows it. ``environment`` is the variable that stands in for an omitted value."""

    name: str
    doc: str
    option_type: str = "str"
    required: bool = False
    default: Any = None
    choices: tuple[str, ...] = ()
    elements: str | None = None
    secret: bool = False
    environment: str | None = None
    aliases: tuple[str, ...] = ()
    suboptions: tuple[Option, ...] = ()


def connection_options(system: System) -> tuple[Option, ...]:
    """The connection options of a system."""
    return tuple(
        Option(
            each.name,
            each.doc,
            each.option_type,
            required=each.required,
            default=each.default,
            choices=each.choices,
            secret=each.secret,
            environment=f"{system.environment}_{each.variable}",
        )
        for each in system.connection
    )


def object_options(resource: Resource) -> tuple[Option, ...]:
    """The options of a module about one object, apart from the connection."""
    return (*_options_of(resource, ON_CREATE, allow_mail_loss=False), *_force(resource))


def _options_of(resource: Resource, update_password: str | None, allow_mail_loss: bool | None) -> tuple[Option, ...]:
    """What is said about one object; a default of None leaves the choice to the options of the whole document."""
    return (
        *_state(resource),
        *_field_options(resource),
        *_update_password(resource, update_password),
        *_behaviour(resource, of_entry=update_password is None),
        *_removal(resource, allow_mail_loss),
    )


def config_options(system: System) -> tuple[Option, ...]:
    """The options of a module about a whole system, apart from the connection."""
    accounts = tuple(option for resource in system.declared for option in _force(resource))
    behaviour = {option.name: option for each in system.declared for option in _task_behaviour(each)}
    behaviour.pop(ALLOW_MAIL_LOSS, None)
    return (
        Option(
            "config",
            "What the server is to hold. A list that is left out stays as it is, and so does every object that no "
            "entry names, unless O(prune) says otherwise.",
            "dict",
            required=True,
            suboptions=tuple(_entries(resource) for resource in system.declared),
        ),
        *_passwords_of_entries(system),
        *behaviour.values(),
        *_pruning(system),
        *_consent_to_mail_loss(system),
        Option(
            "on_error",
            "What to do when a change fails: V(stop) leaves what comes after it as it is, V(continue) goes on with the "
            "changes that do not hang on the failed one. Changes that go to the server together, at most a hundred of "
            "one kind, are tried together. The task fails either way, and says what was done. A lost connection or a "
            "refused login always ends it.",
            default=STOP,
            choices=(STOP, CONTINUE),
        ),
        *accounts[:1],
    )


def _passwords_of_entries(system: System) -> tuple[Option, ...]:
    if not any(each.secrets for each in system.declared):
        return ()
    compares = ON_CHANGE if any(each.readable_secrets for each in system.declared) else None
    doc = (
        "What O(config) entries without an own setting do with passwords: V(on_create) sends them for new objects "
        "only, V(always) sends them in every run, which reports a change each time."
        + (f" V({compares}) compares them first where the server tells them." if compares else "")
    )
    choices = (ON_CREATE, ALWAYS, *([compares] if compares else []))
    return (Option("update_password", doc, default=ON_CREATE, choices=choices),)


def _pruning(system: System) -> tuple[Option, ...]:
    return (
        Option(
            "prune",
            "Resources whose objects are deleted when O(config) does not name them. What other objects still name is "
            "not deleted, and the task fails before any change.",
            "list",
            elements="str",
            default=[],
            choices=tuple(resource.plural for resource in system.declared if not resource.permanent),
        ),
        *_scope(system),
        Option(
            "protect",
            "Objects that pruning leaves alone, by name or shell pattern, for instance V(postmaster@*).",
            "list",
            elements="str",
            default=[],
        ),
        Option(
            "max_deletions",
            "Number of objects that pruning may delete; if it were more, the task fails and nothing is changed.",
            "int",
            default=10,
        ),
        Option(
            "allow_empty",
            "Whether a resource may be pruned although O(config) describes none of its objects, which deletes all of "
            "them.",
            "bool",
            default=False,
        ),
    )


def _consent_to_mail_loss(system: System) -> tuple[Option, ...]:
    """One option for all resources that ask for it, be it for deletions or for changes."""
    of_removal = any(each.name == ALLOW_MAIL_LOSS for resource in system.declared for each in resource.removal)
    changes = [
        spoken(resource.plural)
        for resource in system.declared
        if any(each.name == ALLOW_MAIL_LOSS for each in resource.behaviour)
    ]
    what = ["deletions, by pruning or by entries, that destroy mail"] if of_removal else []
    what += [f"changes of {' and '.join(changes)} that do so"] if changes else []
    return (Option(ALLOW_MAIL_LOSS, f"Consent to {', and to '.join(what)}.", "bool", default=False),) if what else ()


def info_options(system: System) -> tuple[Option, ...]:
    """The options of a query, apart from the connection."""
    plurals = tuple(resource.plural for resource in system.declared)
    return (
        Option(
            "resources",
            "Resources to read; all of them when left out.",
            "list",
            elements="str",
            choices=plurals,
        ),
        *_domains(system, "domains", "Names of the domains to read; all of them when left out."),
    )


def _scope(system: System) -> tuple[Option, ...]:
    doc = (
        "The part of the server that O(config) describes. Nothing outside is pruned, and an entry outside is an error."
    )
    domains = _domains(system, "domains", "Names of the domains.")
    return (Option("scope", doc, "dict", suboptions=domains),) if domains else ()


def _domains(system: System, name: str, doc: str) -> tuple[Option, ...]:
    """An option about domains, on systems whose objects belong to some."""
    has_domains = any(resource.domain_key is not None for resource in system.declared)
    return (Option(name, doc, "list", elements="str"),) if has_domains else ()


def _entries(resource: Resource) -> Option:
    own = _options_of(resource, None, allow_mail_loss=None)
    names = {option.name for option in own}
    of_task = {"update_password", *(each.name for each in resource.behaviour)}
    options = tuple(_or_of_task(_inside(option, names, f"config.{resource.plural}[]."), of_task) for option in own)
    return Option(
        resource.plural,
        f"The {spoken(resource.plural)} to manage, each once.",
        "list",
        elements="dict",
        suboptions=options,
    )


def _or_of_task(option: Option, of_task: set[str]) -> Option:
    if option.name not in of_task:
        return option
    return replace(option, doc=f"{option.doc} The option O({option.name}) of the task applies when this is left out.")


def _inside(option: Option, names: set[str], prefix: str) -> Option:
    """The same option as part of a document: it refers to siblings, and to results, by their place there."""

    def reference(match: re.Match[str]) -> str:
        return f"O({prefix}{match[1]}" if match[1] in names else match[0]

    doc = re.sub(r"\bO\((\w+)", reference, option.doc)
    for name, place in _PLACES_IN_RESULTS.items():
        doc = doc.replace(f"RV({name})", f"RV({place})")
    return replace(
        option,
        doc=doc,
        suboptions=tuple(_inside(each, names, prefix) for each in option.suboptions),
    )


def _state(resource: Resource) -> tuple[Option, ...]:
    if resource.permanent:
        return ()
    doc = f"Whether the {spoken(resource.kind)} is to exist."
    return (Option("state", doc, default=PRESENT, choices=(PRESENT, ABSENT)),)


def _field_options(resource: Resource) -> Iterable[Option]:
    needed = () if resource.stand_in else resource.key
    return (_field(each, required=each.name in needed) for each in resource.writable)


def _field(field: Field, required: bool = False) -> Option:
    """``on_create`` becomes a sentence, never a default: what is omitted is unmanaged."""
    doc = field.doc
    if field.required_on_create:
        doc += " Required to create the object."
    elif field.on_create is not UNSET and not isinstance(field, Struct):
        doc += f" A new object gets {_shown(field.on_create)} unless this is given."
    return Option(
        field.name,
        doc,
        field.option_type,
        required=required,
        choices=field.choices,
        elements=field.elements,
        secret=field.secret,
        aliases=field.aliases,
        suboptions=_members(field) if isinstance(field, Nested) else (),
    )


def _members(field: Nested) -> tuple[Option, ...]:
    return tuple(
        _field(each, required=isinstance(field, Entries) and each.name == field.entry_key) for each in field.fields
    )


def _shown(value: Any) -> str:
    if value == "":
        return "an empty text"
    if value == []:
        return "an empty list"
    return f"V({str(value).lower() if isinstance(value, bool) else value})"


def _update_password(resource: Resource, default: str | None) -> tuple[Option, ...]:
    if not resource.secrets:
        return ()
    doc = (
        "When to send the password. V(on_create) sends it for a new object only, V(always) in every run, which reports "
    )
    if resource.readable_secrets:
        doc += (
            "a change each time. V(on_change) asks the server for the password that it holds and sends a different one."
        )
    else:
        doc += "a change each time, since the server never returns the password to compare it with."
    choices = (ON_CREATE, ALWAYS, *([ON_CHANGE] if resource.readable_secrets else []))
    return (Option("update_password", doc, default=default, choices=choices),)


def _behaviour(resource: Resource, of_entry: bool) -> Iterable[Option]:
    """How wishes are carried out. In an entry of a document there are no defaults: those of the task apply."""
    for each in resource.behaviour:
        yield replace(_field(replace(each, on_create=UNSET)), default=None if of_entry else each.on_create)


def _task_behaviour(resource: Resource) -> Iterable[Option]:
    """The same, for all entries of a document."""
    names = {each.name for each in resource.fields}
    return (_inside(each, names, f"config.{resource.plural}[].") for each in _behaviour(resource, of_entry=False))


def _removal(resource: Resource, allow_mail_loss: bool | None) -> tuple[Option, ...]:
    return tuple(
        replace(
            _field(replace(each, on_create=UNSET)),
            default=_removal_default(each, allow_mail_loss),
        )
        for each in resource.removal
    )


def _removal_default(field: Field, allow_mail_loss: bool | None) -> Any:
    if field.name == ALLOW_MAIL_LOSS:
        return allow_mail_loss
    return None if field.on_create is UNSET else field.on_create


def _force(resource: Resource) -> tuple[Option, ...]:
    if not resource.is_account:
        return ()
    doc = (
        "Whether to carry out a change that deletes, disables or demotes the very account that the task is "
        "logged in with."
    )
    return (Option("force", doc, "bool", default=False),)
