# SPDX-FileCopyrightText: postmaster.comms contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is refused before the first write, in check mode too: the loss of mail, and what a server is known to refuse.

This file is private to the collection: it may change without notice between any two releases.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Callable, Optional

from ..._core.errors import GuardRefusal, InvalidOption
from ..._core.plan import Step
from ..._core.resource import Resource
from ..._core.sizes import format_size, parse_size
from ..._core.snapshot import Snapshot
from .aliases import ALIAS
from .domains import DOMAIN
from .mailboxes import MAILBOX
from .sync_jobs import NO_SYNC_JOBS, SYNC_JOB, loses_mail

ReadAll = Callable[[Resource, Optional[frozenset[str]]], list[Snapshot]]


def refuse_mail_loss(steps: Iterable[Step]) -> None:
    """Raises GuardRefusal for a sync job that destroys mail without consent."""
    for step in _of(SYNC_JOB, steps, "create", "update"):
        if loses_mail(step.values) and not step.wish.behaviour.get("allow_mail_loss"):
            raise _refusal(
                step,
                f"{step.name} deletes mail when it runs; set allow_mail_loss to true if that is meant, or "
                "delete_source and delete_target to false; nothing was changed",
            )


def refuse_filled_domains(steps: Sequence[Step], read_all: ReadAll) -> None:
    """Raises GuardRefusal for the deletion of a domain that holds what this plan does not delete: mailcow refuses it
    for mailboxes and drops aliases with the domain (mail_api.md 2.6); what another server does is not known."""
    deletions = list(_of(DOMAIN, steps, "delete"))
    contents = _Contents(deletions, steps, read_all)
    for step in deletions:
        found = {each: contents.of(step, each) for each in (MAILBOX, ALIAS)}
        counts = " and ".join(_counted(each, len(held)) for each, held in found.items() if held)
        if counts:
            example = next(each.name_of(held[0].values) for each, held in found.items() if held)
            raise _refusal(
                step,
                f"{step.name} still holds {counts}, for instance {example}; delete them first, or in the same "
                "document; nothing was changed",
            )


def refuse_without_place(steps: Iterable[Step]) -> None:
    """Raises InvalidOption for a sync job on a server that is said to have none."""
    for step in _of(SYNC_JOB, steps, "create"):
        if not step.resource.route.path:
            raise InvalidOption("api_sync_jobs_path", f"is {NO_SYNC_JOBS}, so {step.name} has no place on this server")


def refuse_ignored(steps: Iterable[Step]) -> None:
    """Raises InvalidOption for what mailcow confirms and ignores (mail_api.md 2.8)."""
    for step in _of(DOMAIN, steps, "update"):
        if step.send.get("max_aliases") == 0:
            reason = "mailcow ignores 0 for a domain that exists; 1 is the least that it takes"
            raise InvalidOption(f"{step.wish.where}max_aliases", reason)


def refuse_used_limits(steps: Sequence[Step], read_all: ReadAll) -> None:
    """Raises InvalidOption for limits of a domain below what it uses, which mailcow refuses (mail_api.md 2.8)."""
    lowered = [step for step in _of(DOMAIN, steps, "update") if any(_lowered(step))]
    contents = _Contents(lowered, steps, read_all)
    for step in lowered:
        for name, wish in _lowered(step):
            used, reason = _use(name, contents.of(step, ALIAS if name == "max_aliases" else MAILBOX))
            if wish < used:
                raise InvalidOption(f"{step.wish.where}{name}", f"{step.send[name]} is too low, since {reason}")


def _use(limit: str, found: Sequence[Snapshot]) -> tuple[int, str]:
    """How much of a limit of a domain is used by what it holds, as a number and in words."""
    if limit in ("max_mailboxes", "max_aliases"):
        return len(found), f"the domain has {_counted(ALIAS if limit == 'max_aliases' else MAILBOX, len(found))}"
    sizes = [_bytes(each.values.get("quota")) for each in found]
    if limit == "max_quota":
        return max(sizes, default=0), f"a mailbox of the domain has {format_size(max(sizes, default=0))}"
    return sum(sizes), f"the mailboxes of the domain have {format_size(sum(sizes))} together"


class _Contents:
    """What some domains hold once the deletions of a plan are done; each list is read when it is first asked for."""

    def __init__(self, of_domains: Iterable[Step], steps: Sequence[Step], read_all: ReadAll) -> None:
        self._domains = frozenset(str(step.values["name"]) for step in of_domains)
        self._steps = steps
        self._read_all = read_all
        self._lists: dict[str, list[Snapshot]] = {}

    def of(self, step: Step, resource: Resource) -> list[Snapshot]:
        domain = frozenset({str(step.values["name"])})
        return [each for each in self._left(resource) if resource.is_in(domain, each.values)]

    def _left(self, resource: Resource) -> list[Snapshot]:
        if resource.kind not in self._lists:
            going = {step.wish.key for step in _of(resource, self._steps, "delete")}
            self._lists[resource.kind] = [
                each
                for each in self._read_all(resource, self._domains)
                if resource.key_of(each.values) not in going and not resource.is_systems_own(each.values)
            ]
        return self._lists[resource.kind]


def _counted(resource: Resource, count: int) -> str:
    return f"{count} {resource.kind if count == 1 else resource.plural}"


def _lowered(step: Step) -> Iterator[tuple[str, int]]:
    """The limits that a step lowers, with what is wished: counts, or bytes."""
    held = {} if step.current is None else step.current.values
    for name in ("max_mailboxes", "max_aliases"):
        if name in step.send and step.send[name] < held.get(name, 0):
            yield name, step.send[name]
    for name in ("max_quota", "quota"):
        if name in step.send and parse_size(step.send[name]) < _bytes(held.get(name)):
            yield name, parse_size(step.send[name])


def _bytes(quota: Any) -> int:
    """A quota in bytes; an unlimited one counts as nothing, as mailcow adds them up."""
    try:
        return parse_size(str(quota))
    except ValueError:
        return 0


def _of(resource: Resource, steps: Iterable[Step], *actions: str) -> Iterator[Step]:
    return (step for step in steps if step.resource.kind == resource.kind and step.action in actions)


def _refusal(step: Step, message: str) -> GuardRefusal:
    error = GuardRefusal(step.wish.where + message)
    error.object = step.name
    return error
